"""Write events to a table of a PostgreSQL database with PostGIS."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from geo.errors import ExportError, InputError
from geo.exporters.about import About, describe_sources
from geo.exporters.publication import PublicationRules, publish
from geo.exporters.rows import cleaned, with_dates
from geo.schema import COLUMNS, ColumnType

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from sqlalchemy import URL, Connection
    from sqlalchemy.types import TypeEngine

TABLE = "conflict_events"
SCHEMES = ("postgresql", "postgres")
_MARK = "Written by conflict-map. "  # how we know a table of ours, which may be replaced
_LONGEST_NAME = 63


def write_postgis(
    frame: GeoDataFrame,
    url: str,
    *,
    table: str = TABLE,
    rules: PublicationRules | None = None,
    about: About | None = None,
) -> str:
    """Publish a frame of the schema to a table (``name`` or ``schema.name``); return its name.

    The geometry is in WGS84 (EPSG:4326) with a spatial index, days are dates, the sources stand
    in the table's comment. A table that was written here before is replaced in one transaction,
    any other is left alone. Needs the extra ``postgis``. Raises
    :class:`geo.errors.ExportError` when the database cannot be reached or written to.
    """
    return write_published_to(
        publish(frame, rules).frame, url, table=table, about=about or describe_sources(frame)
    )


def write_published_to(frame: GeoDataFrame, url: str, *, table: str, about: About) -> str:
    """Write a frame that :func:`geo.exporters.publish` returned."""
    try:
        import geoalchemy2  # noqa: F401 - geopandas needs it
        import psycopg  # noqa: F401 - the driver
        from sqlalchemy import create_engine
        from sqlalchemy.exc import SQLAlchemyError
    except ImportError as error:
        raise ExportError(
            f"PostGIS needs {error.name}: pip install 'conflict-event-mapper[postgis]'"
        ) from error
    target = parse_url(url)
    schema, name = _names(table)
    shown = target.render_as_string(hide_password=True)
    engine = create_engine(target)
    try:
        with engine.begin() as connection:
            _write(connection, frame, schema, name, about)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise ExportError(f"{shown}: cannot write {table} ({reason})") from error
    finally:
        engine.dispose()
    return table


def is_database(target: str | PurePath) -> bool:
    """Tell the URL of a database from a path.

    >>> is_database("postgresql://localhost/events"), is_database("events.gpkg")
    (True, False)
    """
    return str(target).partition("://")[0].partition("+")[0] in SCHEMES and "://" in str(target)


def parse_url(text: str) -> URL:
    """Return the URL for our driver; raise :class:`geo.errors.InputError` for any other."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(text)
    except ArgumentError as error:
        raise InputError(f"{text!r} is no URL; write postgresql://user@host/database") from error
    if url.drivername.partition("+")[0] not in SCHEMES:
        raise InputError(f"cannot write to {url.drivername!r}; only to postgresql:// databases")
    return url.set(drivername="postgresql+psycopg")


def _names(table: str) -> tuple[str | None, str]:
    schema, dot, name = table.rpartition(".")
    for part in (schema, name) if dot else (name,):
        if not part.isidentifier() or len(part) > _LONGEST_NAME:
            raise InputError(f"{table!r} is no name of a table; write letters, digits, underscores")
    return schema or None, name


def _write(
    connection: Connection, frame: GeoDataFrame, schema: str | None, name: str, about: About
) -> None:
    _refuse_others(connection, schema, name)
    ready = with_dates(cleaned(frame))
    for column in COLUMNS:  # the driver wants Python's own dates
        if column.type == "day":
            ready[column.name] = ready[column.name].astype(object)
    ready.to_postgis(
        name, connection, schema=schema, if_exists="replace", index=False, dtype=_types(ready)
    )
    quoted = f'"{schema}"."{name}"' if schema else f'"{name}"'
    comment = f"{_MARK}{about.title}. {about.note} {about.credit}".replace("'", "''")
    connection.exec_driver_sql(f"COMMENT ON TABLE {quoted} IS '{comment}'".replace("%", "%%"))


def _refuse_others(connection: Connection, schema: str | None, name: str) -> None:
    """Raise where the table is there and was not written by us."""
    from sqlalchemy import inspect

    inspector = inspect(connection)
    if not inspector.has_table(name, schema=schema):
        return
    comment = inspector.get_table_comment(name, schema=schema)["text"] or ""
    if not comment.startswith(_MARK):
        raise ExportError(f"a table {name!r} is there and is not ours; choose another --table")


def _types(frame: GeoDataFrame) -> dict[str, TypeEngine[Any]]:
    from sqlalchemy import types

    kinds: dict[ColumnType, TypeEngine[Any]] = {
        "text": types.Text(), "json": types.Text(), "day": types.Date(), "flag": types.Boolean(),
        "count": types.BigInteger(), "integer": types.BigInteger(), "number": types.Float(53),
    }  # fmt: skip
    named = {column.name: kinds[column.type] for column in COLUMNS}
    for column in COLUMNS:
        if column.type == "day" and not _is_dates(frame, column.name):
            named[column.name] = types.Text()
    return named


def _is_dates(frame: GeoDataFrame, name: str) -> bool:
    return not any(isinstance(value, str) for value in frame[name])
