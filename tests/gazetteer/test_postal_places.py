"""Villages of further countries, from GeoNames' postal codes: the table, and finding them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from gazetteer.datafiles import DATA
from gazetteer.distance import distance_km
from gazetteer.making.known_points import Known, KnownPoints, is_in_city
from gazetteer.making.postal_places import COUNTRIES, village_name
from gazetteer.outline_file import read_outline
from gazetteer.sources.embedded_postal import read_postal_places
from gazetteer.tables import read_table

if TYPE_CHECKING:
    from gazetteer import Gazetteer

OUTLINES_KM = 5.0  # drawn to 0.02 degrees


@pytest.fixture(scope="module")
def villages() -> list[dict[str, str]]:
    return list(read_table(DATA / "postal-places.tsv.gz"))


def test_every_country_has_its_villages(villages: list[dict[str, str]]) -> None:
    counted = Counter(row["country"] for row in villages)
    assert set(counted) == set(COUNTRIES)
    assert counted["RU"] > 16_000
    assert counted["BY"] > 1_900
    assert counted["PL"] > 40_000


def test_points_are_of_one_village_each_and_in_order(villages: list[dict[str, str]]) -> None:
    points = [(row["country"], row["lon"], row["lat"]) for row in villages]
    assert len(set(points)) == len(points)
    countries = [row["country"] for row in villages]
    assert countries == sorted(countries)
    assert all(float(row["radius_km"]) >= 5.0 for row in villages)


def test_villages_lie_in_their_region(villages: list[dict[str, str]]) -> None:
    import shapely

    drawn = {
        (row["iso2"], row["admin1"]): row["outline"]
        for row in read_table(DATA / "units.tsv.gz")
        if row["level"] == "1"
    }
    regions = {(row["country"], row["admin1"]) for row in villages}
    assert regions <= set(drawn)
    for country, admin1 in sorted(regions):
        outline = read_outline(drawn[country, admin1])
        if outline is None:
            continue
        inside = [row for row in villages if (row["country"], row["admin1"]) == (country, admin1)]
        points = shapely.points([(float(row["lon"]), float(row["lat"])) for row in inside])
        shapely.prepare(outline)
        assert outline.covers(points).all() or (
            shapely.distance(outline, points).max() * 111.2 < OUTLINES_KM
        ), (country, admin1)


FOUND = [
    # names in the eight languages, and where the village lies
    ("Kosilovo Kosilowo Kossilovo Косилово Косілово", 35.637, 50.641),
    ("Большетроицкое Bolshetroitskoye Bolschetroizkoje Bolchetroitskoe Bolszetroickoje",
     37.286, 50.545),
    ("Lozowoje Лозовое Lozovoye Lozovoe", None, None),
    ("Hüsülü Husulu", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("names", "lon", "lat"), FOUND)
def test_found_in_every_language(
    embedded: Gazetteer, names: str, lon: float | None, lat: float | None
) -> None:
    ids = [
        {
            candidate.place.id
            for candidate in embedded.lookup(name)
            if candidate.place.id.startswith("post:")
            and (lon is None or lat is None or _km(candidate.place, lon, lat) < 1)
        }
        for name in names.split()
    ]
    assert set.intersection(*ids), ids


def _km(place: object, lon: float, lat: float) -> float:
    return distance_km(place.lon, place.lat, lon, lat)  # type: ignore[attr-defined]


def test_a_village_says_that_its_point_is_joined_by_name(embedded: Gazetteer) -> None:
    (village,) = {
        c.place for c in embedded.lookup("Косилово") if c.place.id.startswith("post:ru35.6")
    }
    assert (village.name, village.local_name) == ("Kosilovo", "Косилово")
    assert (village.feature_code, village.located, village.radius_km) == ("PPL", "exact", 5.0)
    assert village.codes == (("approximate", "postal"),)
    assert embedded.ancestors(village)[0] == embedded.place("=RU.09")


def test_a_village_of_the_news_stands_where_its_post_is(embedded: Gazetteer) -> None:
    village = embedded.place("news:ru-snagost")
    assert (village.lon, village.lat, village.radius_km) == (34.8936, 51.3133, 5.0)
    assert village.sources == ("news-places", "postal-places")
    assert [c.place.id for c in embedded.lookup("Снагость")] == [village.id]


def test_identifiers_are_unique() -> None:
    ids = [record.place.id for record in read_postal_places()]
    assert len(set(ids)) == len(ids)


POSTS = [
    ("Ивановка", "Ивановка"), ("Верх-Каргат", "Верх-Каргат"), ("La Ceiba (Norte)", "La Ceiba"),
    ("Тула 5", None), ("Пв Москва-Тамбов", None), ("Минск - Сокол", None), ("Яр", None),
    ("Korangi Gpo", None), ("Tira Loc.C.F.", None), ("KRESY", None),
]  # fmt: skip


@pytest.mark.parametrize(("post", "village"), POSTS)
def test_offices_are_no_villages(post: str, village: str | None) -> None:
    assert village_name(post) == village


FAMOUS = ["Москва", "Париж", "Украинская", "Россия", "Київ", "Kraków", "Ankara"]


@pytest.mark.parametrize("name", FAMOUS)
def test_no_village_bears_a_name_that_all_know(villages: list[dict[str, str]], name: str) -> None:
    assert not [row for row in villages if row["name"] == name]


def test_known_points_are_found_across_cells() -> None:
    known = KnownPoints()
    town = Known("09", 36.0, 50.0, 1_000_000, frozenset(("town",)), frozenset())
    known.add(town)
    assert known.nearest(35.99, 49.99, 5.0) == town
    assert known.nearest(36.2, 50.0, 5.0) is None
    ((off, found),) = known.around(36.1, 50.0, 25.0)
    assert found == town
    assert off == pytest.approx(7.1, abs=0.1)
    assert is_in_city(off, found)
    assert not is_in_city(11.0, found)
