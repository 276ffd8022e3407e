"""Keep decisions beside the inputs, where every later run finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from gazetteer.names import fold
from geo.review.cells import format_radius
from geo.review.decisions import Decision
from geo.review.keys import place_key
from geo.review.sheet import Decisions, Sheet, decide, read_sheet

DEFAULT_NAMES = ("places.review.csv", "places.review.xlsx")
Row = dict[str, str]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def find_sheets(inputs: Iterable[str | Path]) -> tuple[Path, ...]:
    """Return the review sheets that lie beside inputs (``-`` is the current folder), each once."""
    folders = [Path() if str(item) == "-" else Path(item).parent for item in inputs]
    paths = [folder / name for folder in folders for name in DEFAULT_NAMES]
    return tuple(dict.fromkeys(path for path in paths if path.is_file()))


def remember(
    new: Sheet, path: str | Path, *, by: str | None = None, on: str | None = None
) -> tuple[tuple[Row, ...], Decisions]:
    """Return the rows of `path` with the decisions of `new` taken in, and the new decisions.

    `by` and `on` stamp decisions that are new or other than before and name no reviewer or day.
    What a decision was before goes into the row's ``history``. Rows of `new` without a decision
    change nothing; rows that cannot be understood are problems of the result. Of several old
    rows about one place the last is kept. The rows are sorted by their words.
    """
    path = Path(path)
    old = read_sheet(path) if path.is_file() else Sheet(path=str(path), rows=())
    known = {decision.key: decision for decision in decide(old).decisions}
    anew = {decision.key_anew: key for key, decision in known.items()}
    taken = decide(new)
    rows = dict(new.rows)
    kept = {_key(row): row for _, row in old.rows}
    stamped = []
    for given in taken.decisions:
        key = given.key if given.key in kept else anew.get(given.key, given.key)
        before = known.get(key)
        decision = _stamped(given, before, by, on)
        kept[decision.key] = _row(rows[decision.row], decision, before, kept.pop(key, {}))
        stamped.append(decision)
    order = sorted(kept.values(), key=lambda r: (fold(r["place_text"]), r["context"], r["key"]))
    return tuple(order), replace(taken, decisions=tuple(stamped))


def _key(row: Mapping[str, str]) -> str:
    return row["key"] or place_key(row["place_text"], row["context"])


def _stamped(
    decision: Decision, before: Decision | None, by: str | None, on: str | None
) -> Decision:
    """Add who and when where the row does not say it anew; an old decision keeps its own."""
    if before is None:
        return replace(decision, by=decision.by or by, on=decision.on or on)
    if before.answer == decision.answer:
        day = decision.on if _DAY.fullmatch(decision.on or "") else before.on or decision.on
        return replace(decision, by=decision.by or before.by, on=day)
    return replace(
        decision,
        by=by if by and decision.by in (None, before.by) else decision.by,
        on=on if on and decision.on in (None, before.on) else decision.on,
    )


def _row(
    given: Mapping[str, str], decision: Decision, before: Decision | None, old: Mapping[str, str]
) -> Row:
    history = old.get("history") or given.get("history", "")
    if before is not None and before.answer != decision.answer:
        line = " ".join(part for part in (before.on, before.by, before.answer) if part)
        history = "; ".join(part for part in (history, line) if part)
    words = {name: old[name] for name in ("place_text", "context") if old.get(name)}
    return (
        dict(given)
        | words
        | {  # words that an old Windows encoding could not hold stay whole
            "key": decision.key,
            "decision": decision.answer,  # a pair is text in every locale, a lone number is not
            "latitude": "",
            "longitude": "",
            "radius_km": format_radius(decision.radius_km),
            "scope": "everywhere" if decision.everywhere else "",
            "reviewed_by": decision.by or "",
            "reviewed_on": decision.on or "",
            "history": history,
        }
    )


def read_all(paths: Sequence[str | Path]) -> Decisions:
    """Read several review sheets as one; of two decisions about one key the first stands."""
    from geo.review.applying import merge_decisions
    from geo.review.sheet import read_decisions

    return merge_decisions([read_decisions(path) for path in paths])
