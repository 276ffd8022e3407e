"""With GeoNames' postal file added, the villages of the front are on the map."""

from pathlib import Path

import pytest

from gazetteer import open_gazetteer
from gazetteer.datafiles import DATA
from gazetteer.distance import distance_km
from gazetteer.sources.importing import add_file
from gazetteer.tables import read_table

POSTAL = Path(__file__).parents[3] / "shared" / "data" / "geonames-postal-UA.txt"
VILLAGES = Path(__file__).parent / "data" / "front-line-villages.tsv"
OBLASTS = {"05": "Donetsk", "07": "Kharkiv", "08": "Kherson", "14": "Luhansk", "26": "Zaporizhzhia"}
SETTLEMENTS = "MTXC"
WITHIN_KM = 5.0

pytestmark = pytest.mark.skipif(not POSTAL.exists(), reason="the postal file is not here")


@pytest.fixture(scope="module")
def with_postal(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONFLICT_MAP_DATA", str(tmp_path_factory.mktemp("postal")))
        add_file("postal", POSTAL)
        yield open_gazetteer()


def test_most_settlements_of_five_oblasts_are_located(with_postal):
    """Two measures: the settlement itself; and its name in the oblast, as coverage is counted.

    The file holds fewer points than there are namesakes: one Ivanivka of three. Its good points
    and GeoNames' own could at best locate 3,833 of the 5,621 settlements, .682: for each name of
    an oblast the lesser of settlements and of points more than 3 km apart. The embedded
    gazetteer has .627 of them by itself, .673 with the file added.
    """
    entries, located, names = 0, 0, set()
    rows = [row for row in read_table(DATA / "codifier.tsv.gz") if row["admin1"] in OBLASTS]
    for row in rows:
        if row["category"] in SETTLEMENTS:
            entries += 1
            if with_postal.place(f"katottg={row['katottg']}").located == "exact":
                located += 1
                names.add((row["admin1"], row["name"]))
    by_name = sum(
        row["category"] in SETTLEMENTS and (row["admin1"], row["name"]) in names for row in rows
    )
    assert entries > 5000
    assert located / entries >= 0.67
    assert by_name / entries >= 0.75


def test_front_line_villages_are_within_5_km_of_where_they_lie(with_postal):
    lines = VILLAGES.read_text(encoding="utf-8").splitlines()
    villages = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(villages) == 92
    near = [
        name for raion, name, lon, lat in villages if is_near(with_postal, raion, name, lon, lat)
    ]
    assert len(near) >= 70


def is_near(gazetteer, raion, name, lon, lat):
    points = (c.place for c in gazetteer.lookup(name) if c.place.admin.admin2 == raion)
    return any(
        place.located == "exact"
        and distance_km(place.lon, place.lat, float(lon), float(lat)) <= WITHIN_KM
        for place in points
    )
