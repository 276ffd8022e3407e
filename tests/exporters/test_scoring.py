"""The scored record of an event points at the sentences with its place and its numbers."""

from datetime import date

import pytest

from gazetteer import open_gazetteer
from geo.exporters.scoring import to_scored
from geo.models import Document
from geo.pipeline import extract

TOLD = [
    ("[A drone hit a bus in Kupiansk on Monday.] Trains were late.", None),
    ("[A drone hit a bus in Kupiansk. Four passengers were killed.] Trains were late.", 4),
    ("It rained. [Shells hit Kupiansk. Windows broke. Two women were killed.] It rained.", 2),
]


@pytest.mark.parametrize(("marked", "killed"), TOLD)
def test_evidence_reaches_from_the_place_to_the_last_number(marked, killed):
    text = marked.replace("[", "").replace("]", "")
    document = Document(id="a", text=text, language="en", published=date(2024, 11, 20))
    found = extract(document, open_gazetteer())
    (event,) = to_scored("a", found.events, found.resolutions)["events"]
    first, last = event["evidence"]
    assert text[first:last] == marked[marked.index("[") + 1 : marked.index("]")]
    assert event["killed"] == killed


def test_a_named_place_lies_where_it_lies_whatever_lies_north_of_it():
    text = "Gunmen killed two men some 70 km north of Bukavu on Monday."
    document = Document(id="a", text=text, language="en", published=date(2024, 11, 20))
    found = extract(document, open_gazetteer())
    scored = to_scored("a", found.events, found.resolutions)
    (bukavu,), (event,) = scored["toponyms"], scored["events"]
    assert (bukavu["lat"], bukavu["lon"]) == (event["lat"], event["lon"])
    assert bukavu["lat"] == pytest.approx(-2.5, abs=0.1)
    assert found.events[0].place.lat == pytest.approx(-1.86, abs=0.1)
