"""Read what a command is given, texts and tables alike, into one frame of events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.commands.shared import Request, complain, extract_all
from geo.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer
    from geo.batch.selection import Selection
    from geo.events.reconciliation import ReconcileRules
    from geo.inputs import TableOptions
    from geo.models import Event
    from geo.pipeline import Extraction
    from geo.readers.table import TableResult
    from geo.review import Judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Hold what the inputs tell: the events of texts first, then the rows of tables.

    Texts are reconciled with each other, tables and results of batches are taken as they are.
    ``rejected`` counts the inputs and rows that could not be read whole; each was said when it
    was met.
    """

    frame: GeoDataFrame
    events: tuple[Event, ...] = ()
    tables: tuple[TableResult, ...] = ()
    unresolved: tuple[str, ...] = ()
    at_unit: tuple[str, ...] = ()
    rejected: int = 0
    flagged: int = 0
    heading: str | None = None


def gather(
    request: Request,
    options: TableOptions,
    gazetteer: Gazetteer,
    judge: Judge | None = None,
    selection: Selection | None = None,
    rules: ReconcileRules | None = None,
) -> Gathered:
    """Read all inputs, with the places that `judge` knows decisions about as decided.

    `rules` say how near the reports of several texts must be to tell of one event.
    Raises :class:`geo.errors.InputError` when nothing could be read.
    """
    from geo.batch.results import read_result
    from geo.frame import to_geodataframe
    from geo.inputs import read_table_frame

    kinds = _sorted(request.inputs, options)
    found, rejected = _read_texts(request, kinds["text"], gazetteer)
    if len(kinds["text"]) == len(request.inputs) and not found:
        raise InputError("no input could be read, so nothing was written")
    known, flat = _read_records(kinds["record"])
    read = [read_table_frame(name, gazetteer, options) for name in kinds["table"]]
    own = _reconciled(found, rules)
    if kinds["text"]:
        _advise(found, own)
    events = tuple({event.id: event for event in (*own, *known)}.values())
    results = [read_result(name, selection) for name in kinds["batch"]]
    tables = [*flat, *(frame for _, frame in read), *results]
    if judge is not None:
        events, tables = _review(events, tables, judge)
    frames = [to_geodataframe(events, gazetteer=gazetteer)] if events or not tables else []
    frame = join_frames([*frames, *tables])
    if selection is not None:
        frame = select(frame, selection)
    return Gathered(
        frame=frame,
        events=events,
        tables=tuple(table for table, _ in read),
        unresolved=_unresolved(found, tables),
        at_unit=tuple(
            name for frame in tables for name in _names(frame, frame["geo_method"] == "unit")
        ),
        rejected=rejected,
        flagged=sum(len({p.row for p in table.problems if p.lost}) for table, _ in read),
        heading=next((item.document.title for item in found if item.document.title), None),
    )


def select(frame: GeoDataFrame, selection: Selection) -> GeoDataFrame:
    """Return the rows that were asked for; say it when there are rows and none of them was."""
    kept = selection.of(frame)
    if len(frame) and not len(kept):
        types = ", ".join(sorted(frame["event_type"].dropna().unique()))
        complain(f"none of the {len(frame)} events is one of those selected; their types: {types}")
    return kept


def _review(
    events: tuple[Event, ...], tables: list[GeoDataFrame], judge: Judge
) -> tuple[tuple[Event, ...], list[GeoDataFrame]]:
    from geo.review import review_events, review_frame

    return review_events(events, judge), [review_frame(frame, judge) for frame in tables]


def _sorted(inputs: Sequence[str], options: TableOptions) -> dict[str, list[str]]:
    """Sort the inputs into texts, tables, our own full records and results of batches."""
    from geo.batch.results import is_batch
    from geo.inputs import is_record_file, is_table

    kinds: dict[str, list[str]] = {"text": [], "record": [], "table": [], "batch": []}
    for name in inputs:
        if name != "-" and is_batch(name):
            kinds["batch"].append(name)
        elif name != "-" and is_record_file(name):
            kinds["record"].append(name)
        else:
            kinds["table" if name != "-" and is_table(name, options) else "text"].append(name)
    return kinds


def _read_records(names: Sequence[str]) -> tuple[list[Event], list[GeoDataFrame]]:
    from geo.exporters.reading import read_lines

    read = [read_lines(name) for name in names]
    return [e for events, _ in read for e in events], [flat for _, flat in read if len(flat)]


def join_frames(frames: Sequence[GeoDataFrame]) -> GeoDataFrame:
    """Return frames of the schema one below the other, with the attributions of all."""
    import geopandas as gpd
    import pandas as pd

    if len(frames) == 1:
        return frames[0]
    credits = dict.fromkeys(line for f in frames for line in f.attrs.get("attribution", ()))
    bare = [frame.copy() for frame in frames]
    for frame in bare:  # pandas compares attrs, tuples of one length only
        frame.attrs.clear()
    joined = gpd.GeoDataFrame(pd.concat(bare, ignore_index=True), crs=frames[0].crs)
    joined.attrs["attribution"] = tuple(credits)
    return joined


def _read_texts(
    request: Request, texts: Sequence[str], gazetteer: Gazetteer
) -> tuple[list[Extraction], int]:
    from geo.readers import Reject

    items = list(extract_all(replace(request, inputs=texts), gazetteer)) if texts else []
    found = [item for item in items if not isinstance(item, Reject)]
    return found, len(items) - len(found)


def _reconciled(found: Sequence[Extraction], rules: ReconcileRules | None) -> tuple[Event, ...]:
    from geo.events.reconciliation import reconcile_events

    return reconcile_events([event for item in found for event in item.events], rules)


def _unresolved(found: Sequence[Extraction], frames: Sequence[GeoDataFrame]) -> tuple[str, ...]:
    names = [
        r.mention.text
        for item in found
        for r in item.resolutions
        if r.mention.literal and r.place is None
    ]
    for frame in frames:
        names += _names(frame, frame["longitude"].isna())
    return tuple(names)


def _names(frame: GeoDataFrame, rows: pd.Series[bool]) -> list[str]:
    return [str(name) for name in frame.loc[rows, "place_text"].dropna()]


def _advise(found: Sequence[Extraction], events: Sequence[Event]) -> None:
    undated = sum(item.document.published is None for item in found)
    if undated:
        inputs = "the input has" if len(found) == 1 else f"{undated} of {len(found)} inputs have"
        complain(f"{inputs} no publication date, so relative dates stay open; give --published")
    if not any(item.resolutions for item in found):
        complain("no place is named in the text, so the map is empty")
    elif not events:
        complain("no events were found, so the map is empty; see conflict-map explain")
