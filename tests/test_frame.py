"""The flat table: exactly the schema, unknown is null, each fact counted once."""

from __future__ import annotations

import dataclasses

import pytest

from geo.errors import InputError
from geo.frame import make_frame, to_geodataframe
from geo.records import from_record, to_record
from geo.schema import COLUMNS, NAMES, dtype_of
from geo.totals import Bounds, summarise
from tests.events_factory import Units, make_events


@pytest.fixture(scope="module")
def frame():
    return to_geodataframe(make_events(), gazetteer=Units())


def test_the_columns_are_the_schema_and_a_geometry(frame):
    assert list(frame.columns) == [*NAMES, "geometry"]
    assert frame.crs == "EPSG:4326"
    assert {c.name: dtype_of(c) for c in COLUMNS} == {n: str(frame[n].dtype) for n in NAMES}


def test_an_empty_frame_has_the_same_types(frame):
    empty = to_geodataframe([], gazetteer=Units())
    assert len(empty) == 0
    assert (empty.dtypes == frame.dtypes).all()


@pytest.mark.parametrize(
    ("row", "kind"),
    [(0, "Point"), (1, "Polygon"), (2, "Polygon"), (4, None), (5, "Point"), (7, None)],
)
def test_the_geometry_follows_the_precision(frame, row, kind):
    geometry = frame.geometry.iloc[row]
    assert (geometry.geom_type if geometry is not None else None) == kind
    assert frame["longitude"].isna().iloc[row] == (frame["geo_precision"].iloc[row] == 9)


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (0, "killed_best", 2), (0, "admin1", "Zaporizhzhia Oblast"), (0, "country", "Ukraine"),
        (0, "iso3", "UKR"), (0, "actor2_role", "target"), (0, "event_type",
        "Explosions/Remote violence"), (0, "date_start", "2023-08-14"), (2, "period_end",
        "2023-08-13"), (4, "killed_best", 0), (4, "casualty_status", "none_reported"),
        (5, "casualty_status", "unknown"), (7, "casualty_status", "reported"),
        (0, "merged_ids_json", '["00000000000000ff"]'), (1, "admin1_code", "UA-07"),
    ],
)  # fmt: skip
def test_values(frame, row, column, value):
    assert frame[column].iloc[row] == value


def test_unknown_is_null(frame):
    assert frame["killed_best"].isna().tolist() == [
        False, False, True, True, False, True, True, False,
    ]  # fmt: skip
    assert frame["date_precision"].iloc[3] == 9


def test_totals_count_each_fact_once(frame):
    for events in (frame, make_events()):
        totals = summarise(events)
        assert (totals.events, totals.counted, totals.unresolved) == (8, 7, 2)
        assert totals.killed == Bounds(low=8, best=8, high=None, known=4)
        assert totals.injured == Bounds(low=24, best=24, high=None, known=3)
        assert str(totals.area("liberated")) == "40 km² in total, of which 3 in periods"
        assert str(totals.area("lost")) == "unknown"


def test_totals_of_nothing_are_unknown_and_not_zero():
    assert summarise([]).killed == Bounds()
    assert str(summarise([]).killed) == "unknown"


TOLD = {"area_role": "increment", "area_direction": "liberated", "counts_in_total": True}
AREAS = [
    ("periods add up", [{"area_km2": 3}, {"area_km2": 4}], (None, 7, None), "7 km² in periods"),
    ("a total and another place's period", [
        {"area_km2": 40, "area_role": "cumulative"}, {"area_km2": 12},
    ], (40, 12, None), "40 km² in total; 12 km² in periods"),
    ("a period within its total", [
        {"area_km2": 40, "area_role": "cumulative", "series_id": "s"},
        {"area_km2": 3, "series_id": "s", "counts_in_total": False},
    ], (40, None, 3), "40 km² in total, of which 3 in periods"),
    ("an earlier total within a later one is no period", [
        {"area_km2": 40, "area_role": "cumulative", "series_id": "s"},
        {"area_km2": 37, "area_role": "cumulative", "series_id": "s", "counts_in_total": False},
    ], (40, None, None), "40 km² in total"),
    ("what is held is a total", [
        {"area_km2": 90, "area_role": "stock"}, {"area_km2": 2},
    ], (90, 2, None), "90 km² in total; 2 km² in periods"),
    ("a rejected period", [
        {"area_km2": 3}, {"area_km2": 4, "review_status": "rejected"},
    ], (None, 3, None), "3 km² in periods"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "sums", "words"), [case[1:] for case in AREAS],
                         ids=[case[0] for case in AREAS])  # fmt: skip
def test_totals_of_ground_and_periods_are_never_added(rows, sums, words):
    area = summarise(make_frame([TOLD | row for row in rows], [None] * len(rows))).area("liberated")
    assert (area.total, area.periods, area.within) == sums
    assert str(area) == words


PART = {"area_km2": 3, "series_id": "s", "counts_in_total": False}
PERSONS = [
    ("an area alone counts", [{"area_km2": 3, "killed_best": 2}], 2, 1),
    ("a part of a total loses its area, not its dead", [
        {"area_km2": 40, "area_role": "cumulative", "series_id": "s", "killed_best": 1},
        PART | {"killed_best": 2},
    ], 3, 1),
    ("a part without persons is not summed", [
        {"area_km2": 40, "area_role": "cumulative", "series_id": "s", "killed_best": 1}, PART,
    ], 1, 1),
    ("a rejected part tells nothing", [
        {"killed_best": 1}, PART | {"killed_best": 2, "review_status": "rejected"},
    ], 1, 1),
    ("a row that is a sum of others is no part of a series", [
        {"killed_best": 1}, {"killed_best": 9, "counts_in_total": False},
    ], 1, 1),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "killed", "counted"), [case[1:] for case in PERSONS],
                         ids=[case[0] for case in PERSONS])  # fmt: skip
def test_persons_told_with_a_part_of_a_total_count(rows, killed, counted):
    totals = summarise(make_frame([TOLD | row for row in rows], [None] * len(rows)))
    assert (totals.killed.best, totals.counted) == (killed, counted)


def test_ground_of_no_known_direction_is_not_lost():
    rows = [TOLD | {"area_direction": None, "area_km2": 5.0}]
    assert summarise(make_frame(rows, [None])).area("area").periods == 5


def test_records_lose_nothing():
    for event in make_events():
        assert from_record(to_record(event)) == event


def test_rejected_and_duplicate_rows_do_not_count(frame):
    changed = frame.copy()
    changed.loc[0, "review_status"] = "rejected"
    changed.loc[1, "duplicate_of"] = "x"
    assert summarise(changed).killed.best == 5


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"event_type": "party"}, "Event.event_type: 'party' is none of"),
        ({"id": 3}, "Event.id: 3 is no str"),
        ({"killed": {"low": 1}}, "needs best"),
        ({"evidence": None}, "Event.evidence"),
        ({"place": 7}, "7 is no index"),
    ],
)
def test_a_broken_record_says_which_field(change, words):
    record = to_record(make_events()[0]) | change
    with pytest.raises(InputError, match=words):
        from_record(record)


def test_every_field_of_an_event_is_written():
    record = to_record(make_events()[0])
    known = {field.name for field in dataclasses.fields(make_events()[0])}
    assert set(record) - {"resolutions"} <= known
