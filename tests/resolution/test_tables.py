"""Names in tables: read as they are written, constrained by hints, each once."""

from __future__ import annotations

import pytest

from gazetteer import open_gazetteer
from geo.resolution.table_hints import HintFinder
from geo.resolution.table_names import read_name, strip_generic
from geo.resolution.tables import PlaceQuery, Resolver, resolve_places


@pytest.fixture(scope="module")
def resolver():
    return Resolver(open_gazetteer())


# name | country | admin1 | admin2 -> place, precision, method
PLACES = [
    ("Stepne", "Ukraine", "Zaporizhzhia Oblast", None, "gn:692554", 1, "gazetteer"),
    ("Stepne", "UKR", "Poltava oblast", None, "gn:11115586", 1, "gazetteer"),
    ("Kharkiv", "Ukraine", None, None, "gn:706483", 1, "gazetteer"),
    ("Kharkiv oblast", "Ukraine", None, None, "Kharkiv", 4, "gazetteer"),
    ("Aleppo/Halab city", "Syria", None, None, "gn:170063", 1, "gazetteer"),
    ("outskirts of Aleppo", "Syria", None, None, "gn:170063", 2, "gazetteer"),
    ("Northern Aleppo governorate", "Syria", None, None, "Aleppo", 4, "gazetteer"),
    ("Bhāndāria town", "Bangladesh", "Barisāl Division", "Pirojpur District", "Bhāndāria", 1,
     "gazetteer"),
    ("Teknaf sub-district", "Bangladesh", None, None, "pcode:BD20220090", 3, "gazetteer"),
    ("Sadar Gazipur upazila", "Bangladesh", "Dhaka Division", None, "Gazipur Sadar", 3,
     "gazetteer"),
    ("Jamalpur Sadar sub-District", "Bangladesh", "Dhaka Division", "Jamalpur District",
     "Jamalpur Sadar", 3, "gazetteer"),
    ("Sajek town", "Bangladesh", "Chittagong Division", "Rangamati District", "Sajek", 3,
     "gazetteer"),
    ("Qwortzblup", "Syria", "Aleppo governorate", None, "Aleppo", 4, "unit"),
    ("Qwortzblup", "Syria", "Aleppo governorate", "Al Bab district", "Al-Bab", 3, "unit"),
    ("Qwortzblup", None, None, None, None, 9, "unresolved"),
    (None, "Ukraine", "Kherson Oblast", None, "Kherson", 4, "unit"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "country", "admin1", "admin2", "place", "precision", "how"), PLACES
)
def test_places(resolver, name, country, admin1, admin2, place, precision, how):
    found = resolver.resolve(PlaceQuery(name=name, country=country, admin1=admin1, admin2=admin2))
    assert (found.geo_precision, found.method) == (precision, how)
    assert (found.lon is None) == (precision == 9)
    if place is None:
        assert found.place is None
    else:
        assert found.place.id == place or found.place.name.startswith(place)


def test_a_hint_is_not_contradicted(resolver):
    """The only Kharkiv lies elsewhere, so the name is put at the unit that was named."""
    found = resolver.resolve(PlaceQuery(name="Kharkiv", country="UA", admin1="Odesa Oblast"))
    assert (found.method, found.place.feature_code) == ("unit", "ADM1")
    assert found.place.name.startswith("Odes")


def test_alike_namesakes_stay_open_and_are_kept(resolver):
    found = resolver.resolve(PlaceQuery(name="San Isidro village", country="Philippines"))
    assert found.method == "unit"
    assert found.place.feature_code == "PCLI"
    assert len({r.candidate.place.admin.admin1 for r in found.candidates}) > 1
    assert found.explanation[0] == "several places have the name alike"


def test_redrawn_borders_do_not_hide_a_town(resolver):
    """Sherpur District was in Dhaka Division until 2015."""
    query = PlaceQuery(
        name="Sherpur town",
        country="Bangladesh",
        admin1="Dhaka Division",
        admin2="Sherpur District",
    )
    found = resolver.resolve(query)
    assert (found.place.name, found.place.feature_class) == ("Sherpur", "P")
    assert any("does not lie in" in line for line in found.explanation)


def test_each_distinct_query_is_resolved_once(resolver, monkeypatch):
    asked = []
    resolve = Resolver.resolve
    monkeypatch.setattr(
        Resolver, "resolve", lambda self, query: asked.append(query) or resolve(self, query)
    )
    queries = [PlaceQuery(name=name, country="UA") for name in ("Kherson", "Odesa") * 500]
    assert len(resolve_places(queries, resolver.gazetteer)) == len(asked) == 2


COUNTRIES = [
    ("Yemen (North Yemen)", "YE"), ("DR Congo (Zaire)", "CD"), ("Bosnia-Herzegovina", "BA"),
    ("Korea, Republic of", "KR"), ("Iran (Islamic Republic of)", "IR"), ("Україна", "UA"),
    ("Ucraina", "UA"), ("UKR", "UA"), ("bd", "BD"), ("Ruritania", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code"), COUNTRIES)
def test_countries(resolver, name, code):
    hints = resolver.finder.find(name, None, None)
    assert hints.code == code
    assert bool(hints.notes) == (code is None)


def test_the_unit_inside_the_larger_one_is_meant(resolver):
    finder = HintFinder(resolver.gazetteer)
    hints = finder.find("Mexico", "Quintana Roo state", "Benito Juárez municipality")
    assert hints.admin2.admin.admin1 == hints.admin1.admin.admin1
    assert finder.find("Mexico", None, "Benito Juárez municipality").admin2 is None


CELLS = [
    ("Baghuz Fawqani village", "Baghuz Fawqani", "settlement"),
    ("село Степне", "Степне", "settlement"),
    ("Harinakunda sub-District", "Harinakunda", "unit"),
    ("Sadar upazila", "Sadar", "unit"),
    ("North-West region", "North-West", "unit"),
    ("South Sudan", "South Sudan", None),
    ("Northern Alliance", "Northern Alliance", None),
    ("town", "town", None),
    ("Arak gas field", "Arak gas", "near"),
]


@pytest.mark.parametrize(("cell", "name", "kind"), CELLS)
def test_generic_words(cell, name, kind):
    assert strip_generic(cell) == (name, kind)


@pytest.mark.parametrize("cell", ["", " ", "()", "/", "-", ",", "village", "al", "(((", "a/b/c/d"])
def test_odd_cells_are_read_without_an_error(resolver, cell):
    assert all(reading.name.strip() for reading in read_name(cell))
    assert resolver.resolve(PlaceQuery(name=cell, country="UA")).mention.text is not None
