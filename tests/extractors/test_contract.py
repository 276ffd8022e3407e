"""What a document bears out is taken, what it does not is rejected with its reason."""

from __future__ import annotations

from datetime import date

import pytest

from geo.extractors.contract import check_answer
from geo.extractors.proposals import Answer
from geo.models import Document
from geo.pipeline import annotate

TEXT = (
    "On Monday a drone killed a mother and her son in Kupiansk, in the Kharkiv region. "
    "Seven others were wounded, among them a driver, aged 41. Nobody was hurt in Sumy. "
    "The army says it liberated 3 square kilometres near Robotyne last week, and 40 in all."
)
FIRST, SECOND, QUIET, AREA = (
    TEXT[: TEXT.index(" Seven")],
    TEXT[TEXT.index("Seven") : TEXT.index(" Nobody")],
    "Nobody was hurt in Sumy.",
    TEXT[TEXT.index("The army") :],
)
KUPIANSK = {"text": "Kupiansk", "name": "Kupiansk", "kind": "city", "country": "UA"}
SUMY = {"text": "Sumy", "kind": "city"}
ROBOTYNE = {"text": "Robotyne", "kind": "village", "country": "UA"}


def figure(best, low=None, high=None, words=()):
    low, high = (best, best) if low is None and high is None else (low, high)
    return {"low": low, "best": best, "high": high, "words": list(words)}


def claim(**fields):
    return {"evidence": FIRST, "event_type": "missile_or_drone_strike", "place": KUPIANSK} | fields


@pytest.fixture(scope="module")
def annotation(gazetteer):
    document = Document(id="a", text=TEXT, language="en", published=date(2023, 8, 16))
    return annotate(document, gazetteer)


@pytest.fixture
def check(annotation, gazetteer):
    def check(*claims, told=None):
        answer = Answer(extractor="test", told={"claims": list(claims)} if told is None else told)
        return check_answer(answer, annotation, gazetteer)

    return check


@pytest.mark.parametrize(
    ("fields", "name", "value", "words"),
    [
        ({"killed": figure(2)}, "killed", 2, "a + son"),
        ({"killed": figure(2, words=["a mother", "her son"])}, "killed", 2, "a + son"),
        ({"evidence": SECOND, "injured": figure(7)}, "injured", 7, "Seven"),
        ({"evidence": f"{FIRST} {SECOND}", "injured": figure(7)}, "injured", 7, "Seven"),
        ({"evidence": QUIET, "place": SUMY, "injured": figure(0)}, "injured", 0, "Nobody"),
        (
            {
                "evidence": AREA,
                "event_type": "territorial_gain",
                "place": ROBOTYNE,
                "area": {"km2": 40, "words": "40 in all", "direction": "liberated"},
                "cumulative": True,
            },
            "area",
            40,
            "40",
        ),
    ],
)
def test_numbers_are_read_again(check, fields, name, value, words):
    (event,) = check(claim(**fields)).events
    quantity = getattr(event, name)
    assert (quantity.best, quantity.text) == (value, words)
    assert all(TEXT[c.evidence.start : c.evidence.stop] in TEXT for c in event.claims)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"evidence": "A drone killed two in Kupiansk."}, "the evidence is not in the document"),
        ({"evidence": "drone"}, "the evidence has fewer than 2 words"),
        ({"evidence": "\ud800 drone"}, "evidence holds half a character"),
        ({"killed": figure(5)}, "killed: the number 5 cannot be read"),
        ({"evidence": SECOND, "injured": figure(41)}, "injured: the number 41 cannot be read"),
        ({"killed": figure(2, words=["two men"])}, "the words 'two men' for a number are not in"),
        ({"killed": figure(0)}, "killed: the number 0 cannot be read"),
        ({"place": {"text": "Izium"}}, "the place 'Izium' is not in the document"),
        ({"place": {"text": "wounded"}}, "the gazetteer has no 'wounded'"),
        ({"place": KUPIANSK | {"country": "MX"}}, "the gazetteer has no 'Kupiansk' in MX"),
        (
            {"evidence": AREA, "place": ROBOTYNE, "area": {"km2": 50, "words": "40"}},
            "an area of 50 km² cannot be read",
        ),
        ({"killed": {"low": 5, "best": 2, "high": 2}}, "killed: low, best, high are out of order"),
        ({"killed": {"low": None}}, "killed: a figure has neither low, best nor high"),
        ({"killed": figure(2.5)}, "killed: low 2.5 is no number of persons"),
        ({"killed": figure(True)}, "killed: low True is no number"),
        ({"killed": 2}, "killed: a figure is no object"),
        ({"event_type": "battle"}, "event_type 'battle' is none of"),
        ({"event_type": None}, "event_type is missing"),
        ({"evidence": 5}, "evidence 5 is no text"),
        ({"place": "Kupiansk"}, "place: a place is no object"),
        ({"date_start": "yesterday"}, "date_start: 'yesterday' is no day"),
        ({"area": {"km2": -1}}, "area: km2 -1 is no area"),
        ({"other_places": "Sumy"}, "other_places is no list"),
    ],
)
def test_what_is_not_borne_out_is_rejected(check, fields, said):
    checked = check(claim(**fields))
    assert checked.events == ()
    (rejection,) = checked.rejections
    assert said in str(rejection)


def test_one_bad_claim_does_not_hold_up_the_others(check):
    checked = check(claim(killed=figure(9)), "nonsense", claim(killed=figure(2)))
    assert [event.killed.best for event in checked.events] == [2]
    assert [rejection.number for rejection in checked.rejections] == [1, 2]


def test_a_claim_told_twice_counts_once(check):
    checked = check(claim(killed=figure(2)), claim(killed=figure(2)))
    assert len(checked.events) == 1
    assert "told twice" in str(checked.rejections[0])


def test_coordinates_of_an_answer_are_not_looked_at(check):
    (event,) = check(claim(place=KUPIANSK | {"lat": 1.0, "lon": 2.0}, lat=1.0, lon=2.0)).events
    assert (round(event.place.lat, 1), round(event.place.lon, 1)) == (49.7, 37.6)


def test_a_village_unknown_is_put_at_the_town_beside_it_and_says_so(annotation, gazetteer):
    text = "Two people died in Qwertyno, a village near Kupiansk."
    document = Document(id="b", text=text, language="en", published=date(2023, 8, 16))
    told = {
        "claims": [
            claim(
                evidence=text,
                place={"text": "Qwertyno", "kind": "village"},
                other_places=[KUPIANSK],
                killed=figure(2),
            )
        ]
    }
    answer = Answer(extractor="test", told=told)
    (event,) = check_answer(answer, annotate(document, gazetteer), gazetteer).events
    assert (event.place.mention.text, event.place.geo_precision) == ("Qwertyno", 2)
    assert event.place.radius_km >= 25
    assert "the gazetteer lacks 'Qwertyno'" in event.warnings[0]


@pytest.mark.parametrize(
    ("fields", "days", "warning"),
    [
        (
            {"date_text": "On Monday", "date_start": "2023-08-14", "date_end": "2023-08-14"},
            "2023-08-14",
            None,
        ),
        ({"date_text": "Monday"}, "2023-08-14", None),
        (
            {"date_text": "Monday", "date_start": "2023-08-07", "date_end": "2023-08-07"},
            "2023-08-07",
            "days: our rules read 2023-08-14",
        ),
        ({"date_start": "2023-08-14"}, None, "days without the words"),
        ({"date_text": "Tuesday", "date_start": "2023-08-15"}, None, "'Tuesday' for its days"),
        ({"date_text": "Monday", "date_start": "2023-09-04"}, None, "lies after publication"),
        (
            {"date_text": "Monday", "date_start": "2023-08-14", "date_end": "2023-08-01"},
            None,
            "run backwards",
        ),
    ],
)
def test_days_need_their_words(check, fields, days, warning):
    (event,) = check(claim(**fields)).events
    found = event.interval.start.isoformat() if event.interval else None
    assert found == days
    assert (warning is None and not event.warnings) or warning in "; ".join(event.warnings)


def test_weapon_and_actor_are_kept_where_the_document_says_them(check):
    (event,) = check(claim(weapon="drone", actor="Russia", claimed_by="The army")).events
    assert (event.weapons, event.actors, event.claimed_by) == (("drone",), (), "The army")
    assert event.warnings == ("actor 'Russia' left out: not in the document",)


@pytest.mark.parametrize("told", [None, [], {"claims": {}}, {"claim": []}, "x"])
def test_an_answer_that_is_none_raises(annotation, gazetteer, told):
    from geo.extractors.errors import ExtractorError

    with pytest.raises(ExtractorError, match="no object with a list 'claims'"):
        check_answer(Answer(extractor="test", told=told), annotation, gazetteer)
