"""The setting of a place is what its text is about, not what the place was resolved to."""

from __future__ import annotations

import pytest

from geo.models import Document
from geo.pipeline import extract
from geo.resolution import ResolutionSettings
from geo.resolution.setting import name_table_setting
from geo.review.keys import place_key

DAY = " killed two people on 2 May 2023."


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("Shelling in the village of Stepne, Poltava region," + DAY, {"Stepne": "UA.18"}),
        ("Shelling in the village of Stepne, Zaporizhzhia region," + DAY, {"Stepne": "UA.26"}),
        ("Shelling in Kherson" + DAY, {"Kherson": "UA"}),
        ("Shelling in Nikopol" + DAY + " Homes burned in Marhanets, Pavlohrad and Dnipro.",
         {"Nikopol": "UA.04"}),
        ("Shelling in Nikopol" + DAY + " Homes burned in Lviv, Odesa and Kherson.",
         {"Nikopol": "UA"}),
    ],
)  # fmt: skip
def test_setting(gazetteer, text, settings):
    events = extract(Document(id="a", text=text, language="en"), gazetteer).events
    found = {e.place.mention.text: e.place_context for e in events if e.place}
    assert settings.items() <= found.items()


def test_the_same_report_in_other_words_has_the_same_setting(gazetteer):
    one = "Shelling in the village of Stepne, Zaporizhzhia region," + DAY
    two = "The regional head spoke on Wednesday. " + one + " Firefighters worked all night."
    found = [extract(Document(id="a", text=t, language="en"), gazetteer).events for t in (one, two)]
    assert {e.place_context for events in found for e in events if e.place} == {"UA.26"}


def test_a_region_is_another_place_than_its_town_however_it_is_written(gazetteer):
    text = (
        f"Shelling in the Kharkiv region{DAY} A drone hit Kharkiv and killed a man on 3 May 2023."
    )
    events = extract(Document(id="a", text=text, language="en"), gazetteer).events
    keys = [place_key(e.place.mention.text, e.place_context) for e in events if e.place]
    assert keys == [place_key("Kharkiv", "UA; unit"), place_key("Kharkiv", "UA")]


def test_an_assumed_country_is_a_setting(gazetteer):
    document = Document(id="a", text="Shelling in Qwertzhausen" + DAY, language="en")
    settings = ResolutionSettings(country="UA")
    assert {e.place_context for e in extract(document, gazetteer, settings=settings).events} <= {
        None,
        "UA",
    }


@pytest.mark.parametrize(
    ("parts", "setting"),
    [(["Ukraine", None, " X  Raion "], "Ukraine, X Raion"), ([None, " ", None], ""), ([], "")],
)
def test_the_setting_of_a_row_is_what_the_table_names(parts, setting):
    assert name_table_setting(parts) == setting
