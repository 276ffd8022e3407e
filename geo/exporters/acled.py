"""Write a CSV with ACLED's columns, for tools that expect them; it is not ACLED's data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.exporters.about import About
from geo.exporters.rows import plain_rows
from geo.exporters.spreadsheet import Cell, write_metadata, write_table

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

HEADER = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region "
    "country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale "
    "notes fatalities tags timestamp"
).split()
_TIME = {1: 1, 2: 2, 3: 2, 4: 3}  # SCHEMA: 5 and unknown are 3, with a warning
_PLACE = {1: 1, 2: 2, 3: 2, 4: 3, 5: 2, 6: 3, 7: 3}
_VAGUE = ((100, 100), (24, 12), (12, 12), (10, 10))  # ACLED: hundreds 100, dozens 12, tens 10


def write(frame: GeoDataFrame, path: Path, *, about: About, bom: bool = False) -> None:
    """Write one row an event; what ACLED codes and we do not know stays empty.

    ``fatalities`` is the best figure, for "dozens" ACLED's 12, "hundreds" its 100. Imprecise
    dates and vague figures say so in ``tags``.
    """
    write_table(path, HEADER, _rows(frame), bom=bom)
    write_metadata(path, about, HEADER)


def _rows(frame: GeoDataFrame) -> Iterator[list[Cell]]:
    for row in plain_rows(frame):
        known = _known(row)
        yield [known.get(name) for name in HEADER]


def _known(row: dict[str, Any]) -> dict[str, Cell]:
    day = row["date_start"] or row["date_end"]
    fatalities, note = count_fatalities(row)
    warnings = [note] if note else []
    if (row["date_precision"] or 9) >= 5:
        warnings.append("date less precise than a month")
    if row["longitude"] is None:
        warnings.append("place not resolved")
    same = {
        name: row[name]
        for name in ("event_type", "actor1", "actor2", "country", "admin1", "admin2", "admin3",
                     "latitude", "longitude")
    }  # fmt: skip
    return same | {
        "event_id_cnty": row["event_id"],
        "event_date": day,
        "year": int(day[:4]) if day else None,
        "time_precision": _TIME.get(row["date_precision"], 3),
        "sub_event_type": row["event_subtype"],
        "location": row["place_name"] or row["place_text"],
        "geo_precision": _PLACE.get(row["geo_precision"]),
        "source": row["source_name"],
        "notes": row["sentence"] or row["title"],
        "fatalities": fatalities,
        "tags": "; ".join(warnings) or None,
    }


def count_fatalities(row: dict[str, Any]) -> tuple[int | None, str | None]:
    """Return ACLED's single figure of those killed, and what was decided for it.

    >>> count_fatalities({"killed_best": None, "killed_low": 24})
    (12, 'fatalities by the rule for vague numbers')
    """
    if row["killed_best"] is not None:
        return row["killed_best"], None
    low = row["killed_low"]
    if low is None:
        return None, "fatalities unknown"
    figure = next((value for least, value in _VAGUE if low >= least), low)
    return figure, "fatalities by the rule for vague numbers"
