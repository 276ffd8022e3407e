"""PostGIS, on a real server: ``.ci/postgis make test`` starts one."""

from __future__ import annotations

import os
import uuid

import geopandas as gpd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

from geo.errors import ExportError, InputError
from geo.exporters import About, PublicationRules
from geo.exporters.postgis import is_database, parse_url, write_postgis
from geo.exporters.reading import days_as_text
from geo.exporters.rows import cleaned
from geo.frame import conform, to_geodataframe
from tests.events_factory import Units, make_events

SERVER = os.environ.get("CONFLICT_MAP_POSTGIS", "")
needs_server = pytest.mark.skipif(not SERVER, reason="CONFLICT_MAP_POSTGIS names no server")
EXACT = PublicationRules(exact=True)


@pytest.fixture
def engine():
    from sqlalchemy import create_engine

    engine = create_engine(parse_url(SERVER))
    yield engine
    engine.dispose()


@pytest.fixture
def table(engine):
    name = f"events_{uuid.uuid4().hex[:12]}"
    yield name
    with engine.begin() as connection:
        connection.exec_driver_sql(f'DROP TABLE IF EXISTS "{name}"')


@pytest.fixture(scope="module")
def frame():
    return cleaned(to_geodataframe(make_events(), gazetteer=Units()))


def rows_of(engine, query):
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


@needs_server
def test_the_table_comes_back_equal(engine, table, frame):
    assert write_postgis(frame, SERVER, table=table, rules=EXACT) == table
    again = gpd.read_postgis(f'SELECT * FROM "{table}"', engine, geom_col="geometry")
    again = conform(days_as_text(again), list(again.geometry))
    again["geometry"] = shapely.normalize(again.geometry.to_numpy())
    expected = frame.set_geometry(shapely.normalize(frame.geometry.to_numpy()), crs=4326)
    assert_geodataframe_equal(again, expected, check_like=True)


@needs_server
def test_types_system_index_and_comment(engine, table, frame):
    about = About(title="100% a test; 'quoted'", attribution=("Somebody's data, CC BY 4.0",))
    write_postgis(frame, SERVER, table=table, rules=EXACT, about=about)
    types = dict(
        rows_of(
            engine,
            "SELECT column_name, data_type FROM information_schema.columns "
            f"WHERE table_name = '{table}'",
        )
    )
    wanted = {
        "date_start": "date", "killed_best": "bigint", "longitude": "double precision",
        "counts_in_total": "boolean", "sentence": "text",
    }  # fmt: skip
    assert {name: types[name] for name in wanted} == wanted
    assert rows_of(engine, f'SELECT DISTINCT ST_SRID(geometry) FROM "{table}" WHERE geometry '
                   "IS NOT NULL") == [(4326,)]  # fmt: skip
    assert rows_of(engine, f'SELECT count(*) FROM "{table}" WHERE geometry IS NULL') == [(2,)]
    (index,) = rows_of(engine, f"SELECT indexdef FROM pg_indexes WHERE tablename = '{table}'")
    assert "gist" in index[0]
    ((comment,),) = rows_of(engine, f"SELECT obj_description('{table}'::regclass)")
    assert "100% a test; 'quoted'" in comment
    assert "Somebody's data, CC BY 4.0" in comment


@needs_server
def test_our_own_table_is_replaced_and_any_other_left_alone(engine, table, frame):
    for count in (8, 3):
        write_postgis(frame.head(count), SERVER, table=table, rules=EXACT)
        assert rows_of(engine, f'SELECT count(*) FROM "{table}"') == [(count,)]
    with engine.begin() as connection:
        connection.exec_driver_sql(f'DROP TABLE "{table}"')
        connection.exec_driver_sql(f'CREATE TABLE "{table}" (mine int)')
    with pytest.raises(ExportError, match="is not ours; choose another --table"):
        write_postgis(frame, SERVER, table=table)
    assert rows_of(engine, f'SELECT * FROM "{table}"') == []


@needs_server
def test_the_rules_of_publication_hold(engine, table, frame):
    own = frame.head(1).assign(geo_method="table", place_id=None, sentence="At 47.797456 N")
    write_postgis(own, SERVER, table=table)
    ((lon, point, text),) = rows_of(
        engine, f'SELECT longitude, ST_AsText(geometry), sentence FROM "{table}"'
    )
    assert (lon, point, text) == (35.305, "POINT(35.305 47.795)", "At 47.795 N")


@needs_server
@pytest.mark.parametrize("command", ["map", "convert"])
def test_from_the_command_line(run, engine, table, tmp_path, command):
    source = tmp_path / "events.csv"
    source.write_text("place,country,killed\nKherson,UA,2\n", encoding="utf-8")
    options = ["-q", "-o", tmp_path / "out"] if command == "map" else ["-q"]
    ran = run(command, source, "--to", SERVER, "--table", table, *options)
    assert (ran.code, ran.err) == (0, "")
    assert rows_of(engine, f'SELECT place_name, killed_best FROM "{table}"') == [("Kherson", 2)]


def test_a_server_that_is_not_there_is_said(frame, tmp_path):
    url = f"postgresql://me:secret@/db?host={tmp_path}"
    with pytest.raises(ExportError, match="cannot write conflict_events") as error:
        write_postgis(frame, url)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "message"),
    [("mysql://x/y", "only to postgresql:// databases"), ("nonsense", "is no URL")],
)
def test_other_urls_are_refused(url, message):
    with pytest.raises(InputError, match=message):
        parse_url(url)


@pytest.mark.parametrize("name", ["a b", "x;DROP", "", "a.b.c", '"q"', "x" * 64])
def test_odd_names_of_tables_are_refused(frame, name):
    with pytest.raises(InputError, match="is no name of a table"):
        write_postgis(frame, "postgresql://nowhere/db", table=name)


def test_urls_are_told_from_paths():
    assert is_database("postgres://x/y") and is_database("postgresql+psycopg://x/y")
    assert not is_database("postgresql.gpkg") and not is_database("C:\\events.csv")
