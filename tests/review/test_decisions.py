"""What reviewers write into a row, and what it means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.review.cells import Offer, format_offer, parse_offer
from geo.review.decisions import DecisionError, read_decision, read_own_pair, read_whole

ROW = {
    "key": "place-1",
    "place_text": "Stepne",
    "context": "UA.26",
    "chosen": "Stepne, Poltava Oblast, Ukraine 91% [gn:11115586 49.60000 34.50000]",
    "candidate_1": "Stepne, Poltava Oblast, Ukraine 91% [gn:11115586 49.60000 34.50000]",
    "candidate_2": "Stepne, Zaporizhzhia Oblast, Ukraine 7% [gn:692554 47.79746 35.30612]",
}


@pytest.mark.parametrize(
    ("decision", "answer"),
    [
        ("ok", "ok"), ("OK.", "ok"), ("Yes", "ok"), ("так", "ok"), ("sì", "ok"), ("✓", "ok"),
        ("1", "gn:11115586"), ("2", "gn:692554"), ("2.0", "gn:692554"), ("2,0", "gn:692554"),
        ("#2", "gn:692554"), (" 2 ", "gn:692554"),
        ("gn:692554", "gn:692554"), ("692554", "gn:692554"), ("692554.0", "gn:692554"),
        ("6.92554E+05", "gn:692554"), ("692 554", "gn:692554"), ("692,554", "gn:692554"),
        ("692.554", "gn:692554"), ("katottg:UA23080070", "katottg:UA23080070"),
        ("47.797, 35.306", "47.797, 35.306"), ("47,797; 35,306", "47.797, 35.306"),
        ("47,797, 35,306", "47.797, 35.306"), ("-33.5 -70.25", "-33.5, -70.25"),
        ("33.5 S, 70.25 W", "-33.5, -70.25"), ("POINT (35.3 47.8)", "47.8, 35.3"),
        ("47°30'N 35°30'E", "47.5, 35.5"),
        ("https://www.openstreetmap.org/?mlat=47.8&mlon=35.3#map=12/1.0/2.0", "47.8, 35.3"),
        ("https://www.openstreetmap.org/#map=12/47.8/35.3", "47.8, 35.3"),
        ("https://www.google.com/maps/@47.8,35.3,12z", "47.8, 35.3"),
        ("unlocated", "unlocated"), ("Not a place", "rejected"), ("reject", "rejected"),
    ],
)  # fmt: skip
def test_decision(decision, answer):
    assert read_decision(ROW | {"decision": decision}, 2).answer == answer


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"decision": "maybe"}, "not understood"), ({"decision": "3"}, "no candidate 3"),
        ({"decision": "6.93E+05"}, "not understood"), ({"decision": "95.0, 35.0"}, "no point"),
        ({"decision": "47.8"}, "not understood"), ({"decision": "2/3"}, "not understood"),
        ({"decision": "ok", "latitude": "47.8", "longitude": "35.3"}, "keep one"),
        ({"latitude": "47.8"}, "both must be degrees"), ({"decision": "own"}, "are empty"),
        ({"latitude": "47797", "longitude": "35306"}, "no point on earth"),
        ({"decision": "ok", "scope": "some"}, "scope"),
        ({"decision": "2", "radius_km": "-1"}, "radius_km"),
        ({"decision": "2", "precision": "12"}, "precision"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_what_to_write(cells, words):
    with pytest.raises(DecisionError, match=words):
        read_decision(ROW | cells, 2)


@pytest.mark.parametrize("cells", [{}, {"decision": "  "}, {"note": "ask Olena"}])
def test_no_decision_yet(cells):
    assert read_decision(ROW | cells, 2) is None


def test_own_coordinates_with_all_that_belongs_to_them():
    cells = {
        "latitude": "47,797", "longitude": "35,306", "name": "Stepne school", "radius_km": "0,5 km",
        "precision": "1.0", "scope": "Everywhere", "reviewed_by": "Anna", "note": "per phone",
    }  # fmt: skip
    found = read_decision(ROW | cells, 7)
    assert (found.kind, found.place.lat, found.place.lon) == ("point", 47.797, 35.306)
    assert (found.place.name, found.radius_km, found.precision) == ("Stepne school", 0.5, 1)
    assert (found.everywhere, found.by, found.note, found.row) == (True, "Anna", "per phone", 7)


def test_a_row_without_its_key_is_known_by_its_words():
    row = {name: value for name, value in ROW.items() if name != "key"} | {"decision": "ok"}
    assert read_decision(row, 2).key == read_decision(row | {"chosen": ""}, 3).key


@settings(deadline=None)
@given(
    st.floats(-89, 89).map(lambda v: round(v, 5)), st.floats(-179, 179).map(lambda v: round(v, 5))
)
def test_a_pair_is_read_back_in_any_locale(lat, lon):
    point, comma = f"{lat:.5f}, {lon:.5f}", f"{lat:.5f}; {lon:.5f}".replace(".", ",")
    assert read_own_pair(point) == read_own_pair(comma) == (lon, lat)


@settings(deadline=None)
@given(st.integers(6, 99_999_999))
def test_a_whole_number_is_read_back_as_spreadsheets_write_it(number):
    digits = str(number)
    exponent = f"{digits[0]}.{digits[1:] or '0'}E+{len(digits) - 1:02}"
    for text in (digits, f"{digits}.0", f"{digits},00", exponent, f"{number:,}".replace(",", " ")):
        assert read_whole(text) == number


@settings(deadline=None)
@given(st.integers(1_000_000, 99_999_999))
def test_a_number_that_lost_digits_is_never_another_number(number):
    assert read_whole(f"{number:.2E}") in (None, number)


@settings(deadline=None)
@given(
    st.text(
        st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters=","), max_size=40
    ),
    st.floats(-180, 180),
    st.floats(-90, 90),
)
def test_an_offer_is_read_back_whatever_its_name(name, lon, lat):
    offer = Offer(id="user:my place", name=name, country="[x]", lon=lon, lat=lat, score=0.5)
    back = parse_offer(format_offer(offer))
    assert back.id == "user:my_place"
    assert abs(back.lon - lon) < 1e-5
    assert abs(back.lat - lat) < 1e-5
