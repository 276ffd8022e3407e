"""Tell tables of events from texts, and read a table into the frame of the schema."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import InputError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer
    from geo.readers.table import TableResult

_TABLES = (
    ".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".geojson", ".gpkg",
    ".fgb", ".shp",
)  # fmt: skip
_LINES = (".jsonl", ".ndjson")
_PEEKED = 20  # lines
_RECORD = {"id", "event_type", "resolutions"}  # keys of a full record that no table has


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOptions:
    """Hold what the user says of the tables: kind, columns (ours to theirs), country.

    ``resolve_again`` resolves rows that have coordinates as well.
    """

    profile: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    country: str | None = None
    resolve_again: bool = False


def is_table(path: str | Path, options: TableOptions | None = None) -> bool:
    """Tell a table of events from texts, by the ending.

    JSON lines are articles where the first objects have a ``text``, else a table; a profile or
    a column in `options` makes them a table.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending in _LINES:
        if options and (options.profile or options.columns):
            return True
        first = _first_objects(path)
        return bool(first) and not any(isinstance(record.get("text"), str) for record in first)
    return ending in _TABLES


def read_table_frame(
    path: str | Path, gazetteer: Gazetteer, options: TableOptions | None = None
) -> tuple[TableResult, GeoDataFrame]:
    """Read a table and resolve its places; return what was read, and the frame of the schema."""
    from geo.exporters.credits import read_credits
    from geo.readers.table import read_table
    from geo.tables import resolve_table

    options = options or TableOptions()
    table = read_table(path, profile=options.profile, columns=options.columns)
    frame = resolve_table(
        table, gazetteer, country=options.country, overwrite=options.resolve_again
    )
    if table.profile.our_cells:
        frame.attrs["attribution"] = read_credits(path)
    return table, frame


def is_record_file(path: str | Path) -> bool:
    """Tell JSON lines of full event records, as ``conflict-map map`` writes them."""
    path = Path(path)
    if path.suffix.lower() not in _LINES:
        return False
    return any(record.keys() >= _RECORD for record in _first_objects(path))


def _first_objects(path: Path) -> list[dict[str, Any]]:
    import orjson

    found: list[dict[str, Any]] = []
    try:
        with path.open("rb") as stream:
            for line in islice(stream, _PEEKED):
                with suppress(orjson.JSONDecodeError):
                    record = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
                    found += [record] if isinstance(record, dict) else []
    except OSError as error:
        raise InputError(f"{path} does not exist; check the path") from error
    return found
