"""The gazetteer that travels with the packages, as a user meets it."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from gazetteer.datafiles import DATA
from gazetteer.distance import distance_km
from gazetteer.tables import read_table

SETTLEMENTS = [
    # name, where one of its places must lie (lon, lat), within km
    ("Stepne", 35.306, 47.797, 1),
    ("Zaporizhzhia", 35.117, 47.852, 1),
    ("Zaporižžja", 35.117, 47.852, 1),
    ("Запорожье", 35.117, 47.852, 1),
    ("Charkiw", 36.25, 49.98, 2),
    ("Milano", 9.19, 45.46, 2),
    ("Artemivsk", 38.0, 48.6, 5),
    ("Le Caire", 31.25, 30.06, 5),
    ("Алеппо", 37.16, 36.2, 5),
]


@pytest.mark.parametrize(("name", "lon", "lat", "km"), SETTLEMENTS)
def test_settlements(embedded: Gazetteer, name: str, lon: float, lat: float, km: float) -> None:
    places = [c.place for c in embedded.lookup(name) if c.place.feature_class == "P"]
    assert any(distance_km(lon, lat, p.lon or 0, p.lat or 0) <= km for p in places)


COUNTRIES = [
    ("Ukraine", "UA"), ("Ucraina", "UA"), ("Украина", "UA"), ("Niemcy", "DE"), ("Siria", "SY"),
    ("USA", "US"), ("États-Unis", "US"), ("Сполучені Штати Америки", "US"), ("Palestina", "PS"),
    ("Russie", "RU"), ("Russland", "RU"), ("Росія", "RU"), ("Ägypten", "EG"), ("Soudan", "SD"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code"), COUNTRIES)
def test_countries(embedded: Gazetteer, name: str, code: str) -> None:
    first = embedded.lookup(name)[0].place
    assert (first.admin.country, first.feature_code[:3]) == (code, "PCL")


DEMONYMS = [("Ukrainian", "UA"), ("ucraini", "UA"), ("russischen", "RU"), ("українських", "UA")]


@pytest.mark.parametrize(("word", "code"), DEMONYMS)
def test_demonyms_are_no_names(embedded: Gazetteer, word: str, code: str) -> None:
    country = embedded.demonym(word)
    assert country is not None
    assert country.admin.country == code
    assert all(c.name.kind != "demonym" for c in embedded.lookup(word))


UNITS = [
    ("Kharkiv Oblast", "=UA.07", "UA-63"),
    ("Харківська область", "=UA.07", "UA-63"),
    ("Харківщина", "=UA.07", "UA-63"),
    ("Crimea", "=UA.11", "UA-43"),
    ("Lombardia", "=IT.09", "IT-25"),
    ("Белгородская область", "=RU.09", "RU-BEL"),
    ("Bayern", "=DE.02", "DE-BY"),
]


@pytest.mark.parametrize(("name", "path", "iso"), UNITS)
def test_units(embedded: Gazetteer, name: str, path: str, iso: str) -> None:
    unit = embedded.place(path)
    assert unit.id in [candidate.place.id for candidate in embedded.lookup(name)]
    assert dict(unit.codes)["iso_3166_2"] == iso
    assert unit.radius_km
    assert embedded.place(f"iso_3166_2={iso}") == unit


def test_homonyms_are_all_there(embedded: Gazetteer) -> None:
    places = [c.place for c in embedded.lookup("Степне") if c.place.admin.country == "UA"]
    assert len(places) >= 20
    located = [place for place in places if place.located == "exact"]
    assert {place.geonameid for place in located} >= {692554, 11115586}
    for place in places:
        is_rough = ("approximate", "postal") in place.codes
        assert place.radius_km if place.located == "unit" or is_rough else place.geonameid


def test_a_village_known_by_name_stands_at_its_hromada(embedded: Gazetteer) -> None:
    rows = read_table(DATA / "codifier.tsv.gz")
    codes = [r["katottg"] for r in rows if (r["admin2"], r["category"]) == ("1402", "C")]
    places = [embedded.find_place(f"katottg:{code}") for code in codes]
    village = next(place for place in places if place and place.located == "unit")
    names = [unit.name for unit in embedded.ancestors(village)]
    assert names[0].endswith(" hromada")
    assert names[1:] == ["Bakhmut Raion", "Donetsk Oblast", "Ukraine"]
    assert embedded.within(village, embedded.place("region:donbas"))
    assert not embedded.within(village, embedded.place("=UA.26"))


def test_a_village_of_the_front_has_a_point_that_says_it_is_approximate(
    embedded: Gazetteer,
) -> None:
    village = next(c.place for c in embedded.lookup("Роздолівка") if c.place.admin.admin2 == "1402")
    assert (village.located, village.radius_km) == ("exact", 5.0)
    assert ("approximate", "point") in village.codes
    assert [round(village.lon or 0, 1), round(village.lat or 0, 1)] == [38.1, 48.8]


def test_a_village_of_the_postal_codes_has_a_point_that_says_it_is_approximate(
    embedded: Gazetteer,
) -> None:
    village = next(c.place for c in embedded.lookup("Klishchiivka"))
    assert (village.located, village.radius_km) == ("exact", 5.0)
    assert ("approximate", "postal") in village.codes
    assert [round(village.lon or 0, 1), round(village.lat or 0, 1)] == [38.0, 48.5]


NEWS_PLACES = {
    "Barsalogho": ("BF", "05"), "Wad al-Noura": ("SD", "38"), "Bakhmut": None,
    "Kibumba": ("CD", "11"), "Pazigyi": ("MM", "10"), "Mezzeh": ("SY", "08"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "region"), NEWS_PLACES.items())
def test_villages_of_reports_are_there_where_geonames_lacks_them(
    embedded: Gazetteer, name: str, region: tuple[str, str] | None
) -> None:
    found = [c.place for c in embedded.lookup(name) if "news-places" in c.place.sources]
    assert [(p.admin.country, p.admin.admin1) for p in found] == ([region] if region else [])


def test_upazilas_and_unions_of_bangladesh_are_units_inside_their_district(
    embedded: Gazetteer,
) -> None:
    upazila = embedded.place("pcode:BD20840007")
    assert (upazila.name, upazila.feature_code) == ("Baghaichhari Upazila", "ADM3")
    assert embedded.within(upazila, embedded.place("=BD.84.2084"))
    union = next(c.place for c in embedded.lookup("Sajek"))
    assert (union.feature_code, union.admin.admin3) == ("ADM4", upazila.admin.admin3)
    assert embedded.within(union, upazila)
    assert ("approximate", "inside") in union.codes


def test_a_district_without_a_point_stands_at_the_town_it_is_named_after(
    embedded: Gazetteer,
) -> None:
    rylsk = next(c.place for c in embedded.lookup("Рыльский район"))
    town = next(c.place for c in embedded.lookup("Рыльск"))
    assert (rylsk.lon, rylsk.lat) == pytest.approx((town.lon, town.lat), abs=1e-3)
    assert ("approximate", "seat") in rylsk.codes


@pytest.mark.parametrize(
    ("path", "lon", "lat"), [("=CM.07.2226830", 10.2, 5.9), ("=RU.09.824992", 35.7, 50.8)]
)
def test_a_district_without_a_town_of_its_name_stands_at_its_middle(
    embedded: Gazetteer, path: str, lon: float, lat: float
) -> None:
    district = embedded.place(path)
    assert [district.lon, district.lat] == pytest.approx([lon, lat], abs=0.1)
    assert ("approximate", "seat") in district.codes


@pytest.mark.parametrize(
    ("name", "place_id"),
    [("Maarat al-Numan", "gn:167611"), ("Beit Lahia", "gn:281145"), ("W.Va.", "gn:4826850")],
)
def test_news_spellings_and_abbreviations_find_the_place(
    embedded: Gazetteer, name: str, place_id: str
) -> None:
    assert place_id in {candidate.place.id for candidate in embedded.lookup(name)}


SPELLINGS = (
    "Klishchiivka Klishchiyivka Klišćijivka Kliščiïvka Klischtschijiwka Klichtchiïvka "
    "Kliszczijiwka Клещеевка Кліщіївка"
)


@pytest.mark.parametrize("name", SPELLINGS.split())
def test_every_habit_finds_the_village(embedded: Gazetteer, name: str) -> None:
    found = (*embedded.lookup(name), *embedded.transliterated(name))
    assert any(c.place.id == "katottg:UA14020010120064151" for c in found)


def test_kyiv_city_is_not_kyiv_oblast(embedded: Gazetteer) -> None:
    city = embedded.place("gn:703448")
    assert city.admin.admin1 == "12"
    town = embedded.lookup("Bila Tserkva")[0].place
    assert not embedded.within(town, embedded.place("=UA.12"))
    assert embedded.within(town, embedded.place("=UA.13"))


POINTS = [
    (35.306, 47.797, ["UA.26", "UA"]),
    (34.1, 44.95, ["UA.11", "UA"]),  # Simferopol
    (9.19, 45.46, ["IT.09.MI", "IT.09", "IT"]),
    (34.47, 31.5, ["PS.GZ", "PS"]),
    (-30.0, 40.0, []),  # the Atlantic
    (179.9, -16.5, ["FJ"]),  # the date line
]


@pytest.mark.parametrize(("lon", "lat", "paths"), POINTS)
def test_units_at(embedded: Gazetteer, lon: float, lat: float, paths: list[str]) -> None:
    expected = [embedded.place(f"={path}").id for path in paths]
    found = [unit.id for unit in embedded.units_at(lon, lat)]
    assert [unit for unit in found if unit in expected] == expected
    assert bool(found) == bool(paths)


GEOMETRIES = [
    ("=UA", "MULTIPOLYGON"),
    ("=UA.07", "MULTIPOLYGON"),
    ("region:donbas", "POLYGON"),
    ("region:dnipro", "LINESTRING"),
    ("region:gaza-strip", "POLYGON"),
]


@pytest.mark.parametrize(("place_id", "kind"), GEOMETRIES)
def test_geometry(embedded: Gazetteer, place_id: str, kind: str) -> None:
    import shapely

    place = embedded.place(place_id)
    shape = shapely.from_wkt(embedded.geometry(place.id))
    assert shape.geom_type.upper() in (kind, f"MULTI{kind}")
    assert shape.is_valid
    assert shape.distance(shapely.Point(place.lon, place.lat)) < 1


def test_points_have_no_geometry(embedded: Gazetteer) -> None:
    assert embedded.geometry("gn:692554") is None
    assert embedded.geometry("region:sahel") is None
    assert ("approximate", "circle") in embedded.place("region:sahel").codes


def test_info(embedded: Gazetteer) -> None:
    info = embedded.info()
    assert {source.name for source in info.sources} >= {"geonames", "admin-units", "codifier"}
    assert all(source.licence and source.edition for source in info.sources)
    assert [source.name for source in info.sources if not source.places] == ["other-names"]
    assert info.size_bytes < 120e6
    assert info.places > 300_000


def test_search_finds_the_stepne_near_zaporizhzhia(embedded: Gazetteer) -> None:
    best = embedded.search("Stepne", near="Zaporizhzhia", country="UA")[0]
    assert best.candidate.place.geonameid == 692554
    assert {reason for reason, _ in best.reasons} >= {"exact name", "in UA"}


def test_the_readme_runs(embedded: Gazetteer, tmp_path: Path) -> None:
    readme = Path(__file__).parents[2] / "gazetteer" / "README.md"
    (code,) = re.findall(r"```python\n(.*?)```", readme.read_text(encoding="utf-8"), re.S)
    script = tmp_path / "readme.py"
    script.write_text(code, encoding="utf-8")
    made = runpy.run_path(str(script))
    assert len(made["places"].index) == len(embedded.index)
