"""Read a table of events: which columns hold what, and what in it is odd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.readers.table_columns import ColumnReader
from geo.readers.table_files import read_raw
from geo.readers.table_oddities import Problem
from geo.readers.table_profiles import Profile, load_profiles, map_columns, profile_named, recognise

if TYPE_CHECKING:
    import pandas as pd

_LONG, _MOST = 40, 30  # of headers that a message shows


@dataclass(frozen=True, slots=True, kw_only=True)
class TableResult:
    """Hold a table in our words.

    ``frame`` has the columns of the schema that the table fills, typed, null where unknown, and
    the row's number in the file as its index. ``columns`` says which of their headers became
    which of ours, ``unused`` which became none. ``shapes`` are the geometries of files that have
    them (lon lat, WGS84), one a row.
    """

    path: str
    frame: pd.DataFrame
    profile: Profile
    columns: dict[str, str]
    unused: tuple[str, ...] = ()
    shapes: Sequence[Any] = ()
    problems: tuple[Problem, ...] = ()


def read_table(
    path: str | Path, *, profile: str | None = None, columns: Mapping[str, str] | None = None
) -> TableResult:
    r"""Read a table of events from a CSV, TSV, XLSX, Parquet, GeoJSON, GeoPackage or JSONL file.

    The kind of table is recognised by its headers unless `profile` names it. `columns` maps our
    columns to theirs (``{"place_text": "Lugar"}``) and wins over the profile. No row is dropped:
    a cell that cannot be read becomes null and a :class:`Problem`. Raises
    :class:`geo.errors.InputError` when there is no table, or no column of places in it.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "mine.csv")
    ...     _ = path.write_text("Ort,Tote,Datum\nKherson,3,2.5.2023\nLviv,zwei,3.5.2023\n")
    ...     table = read_table(path)
    >>> table.columns
    {'date_start': 'Datum', 'place_text': 'Ort', 'killed_best': 'Tote'}
    >>> [str(problem) for problem in table.problems if problem.lost]
    ["row 3: killed_best 'zwei': no whole number of 0 or more; left empty"]
    """
    path = Path(path)
    positions = {n: h for p in load_profiles().values() for n, h in p.positions.items()}
    raw = read_raw(path, positions)
    kind = profile_named(profile) if profile else recognise(raw.headers, raw.tags)
    found = map_columns(kind, raw.headers, raw.tags, columns)
    if not {"place_text", "latitude", "coordinates", "country", "admin1"} & set(found) and not len(
        raw.shapes
    ):
        raise InputError(
            f"{path}: no column of places is known by its name; say which it is with "
            f"--place-column (there are: {_named(raw.headers)})"
        )
    reader = ColumnReader(raw, kind, found)
    frame = reader.read()
    return TableResult(
        path=str(path),
        frame=frame,
        profile=kind,
        columns={ours: raw.headers[at] or raw.tags[at] for ours, at in found.items()},
        unused=tuple(h for at, h in enumerate(raw.headers) if h and at not in found.values()),
        shapes=raw.shapes,
        problems=tuple(reader.problems),
    )


def _named(headers: Sequence[str]) -> str:
    """Return the headers as one text; what is no table at all may have whole paragraphs there."""
    shown = [h if len(h) <= _LONG else f"{h[:_LONG]}…" for h in headers if h]
    more = len(shown) - _MOST
    return ", ".join(shown[:_MOST]) + (f" and {more} more" if more > 0 else "")
