"""Tables as frames of the schema: what is given stays, what is not known is null."""

from __future__ import annotations

import pandas as pd
import pytest

import geo
from geo.schema import NAMES


@pytest.fixture(scope="module")
def frame(tmp_path_factory):
    path = tmp_path_factory.mktemp("tables") / "mine.csv"
    path.write_text(
        "id,place,country,admin1,lat,lon,where_prec,date,killed,injured\n"
        "a,Depot,Ukraine,Kherson,46.6,32.6,1,2023-05-02,0,0\n"
        ",Kherson province,Ukraine,,46.6,32.6,4,2023-05,,\n"
        ",Kherson,UKR,,,,,,3,\n"
        ",Qwortzblup,,,,,,,,\n"
        ",,Ukraine,,,,,2023-05-02,,2\n"
        ",Odd,Ukraine,,46.6,32.6,12,soon,,\n",
        encoding="utf-8",
    )
    return geo.resolve_table(geo.read_table(path))


def column(frame, name):
    return [None if pd.isna(value) else value for value in frame[name]]


def test_the_frame_has_the_columns_of_the_schema(frame):
    assert tuple(frame.columns[:-1]) == NAMES
    assert (len(frame), frame.crs.to_epsg()) == (6, 4326)
    assert frame.attrs["attribution"] == () if "attribution" in frame.attrs else True


EXPECTED = {
    "geo_method": ["table", "table", "gazetteer", "unresolved", "unit", "table"],
    "geo_precision": [1, 4, 1, 9, 6, 1],
    "geo_radius_km": [None, 100.0],
    "longitude": [32.6, 32.6],
    "country": ["Ukraine", "Ukraine", "UKR", None, "Ukraine", "Ukraine"],
    "iso2": [None, None, "UA", None, "UA", None],
    "date_precision": [1, 4, 9, 9, 1, 9],
    "date_basis": ["explicit", "explicit", "unknown", "unknown", "explicit", "unknown"],
    "date_end": ["2023-05-02", "2023-05-31", None, None, "2023-05-02", None],
    "casualty_status": ["none_reported", "unknown", "reported", "unknown", "reported", "unknown"],
    "killed_best": [0, None, 3, None, None, None],
    "source_name": ["mine.csv"] * 6,
    "review_status": ["unreviewed"] * 6,
}


@pytest.mark.parametrize("name", EXPECTED)
def test_columns(frame, name):
    assert column(frame, name)[: len(EXPECTED[name])] == EXPECTED[name]


def test_an_odd_cell_beside_a_place_that_is_not_found(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("place,killed\nKherson,dozens\nQwortzblup,2\nTOTAL,2\n", encoding="utf-8")
    found = geo.resolve_table(geo.read_table(path))
    assert column(found, "warnings") == [
        "killed_best 'dozens': no whole number of 0 or more; left empty",
        "'Qwortzblup' is unknown",
        "row 'TOTAL': taken for the sum of other rows; kept, and in no total",
    ]
    assert column(found, "longitude")[-1] is None
    assert geo.summarise(found).killed.best == 2


def test_rows_without_an_identity_get_one_that_lasts(frame, tmp_path):
    ids = column(frame, "event_id")
    assert ids[0] == "a"
    assert len(set(ids)) == 6
    assert all(len(identity) == 16 for identity in ids[1:])


def test_geometry_is_null_exactly_where_there_is_no_place(frame):
    assert (frame.geometry.isna() == frame["longitude"].isna()).all()
    assert (frame["longitude"].isna() == (frame["geo_precision"] == 9)).all()


def test_problems_stand_in_the_row(frame):
    assert column(frame, "warnings")[5] == (
        "date_start 'soon': no day; left empty; "
        "geo_precision '12': no code of the scale; left empty"
    )
    assert column(frame, "warnings")[:5] == [None, None, None, "'Qwortzblup' is unknown", None]


def test_resolving_again_takes_the_name(frame, tmp_path):
    path = tmp_path / "again.csv"
    path.write_text("place,country,lat,lon\nKherson,UA,1.0,2.0\n", encoding="utf-8")
    table = geo.read_table(path)
    kept, again = geo.resolve_table(table), geo.resolve_table(table, overwrite=True)
    assert (kept["latitude"].iloc[0], again["latitude"].round(1).iloc[0]) == (1.0, 46.6)
    assert again["geonameid"].iloc[0] == 706448
