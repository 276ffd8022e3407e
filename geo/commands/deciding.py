"""Find the decisions that people remembered beside the inputs, and report what they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import complain, counted
from geo.commands.files import existing
from geo.errors import InputError

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geo.review import Judge, Outcome

_SHOWN = 10

DecisionSheets = Annotated[
    list[Path] | None,
    typer.Option(
        "--decisions",
        help="Review sheet to follow; default: places.review.csv beside the inputs.",
        metavar="FILE",
    ),
]
NoDecisions = Annotated[
    bool, typer.Option("--no-decisions", help="Follow no review sheet, whatever lies there.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidingOptions:
    """Hold whose decisions are followed."""

    decisions: DecisionSheets = None
    no_decisions: NoDecisions = False

    def sheets(self, inputs: Sequence[str]) -> tuple[Path, ...]:
        """Return the sheets that were given, else those that lie beside the inputs."""
        from geo.review.remembering import find_sheets

        if self.no_decisions:
            return ()
        if self.decisions:
            return tuple(existing(path) for path in self.decisions)
        return find_sheets(inputs)


def without_sheets(inputs: Sequence[str]) -> list[str]:
    """Return the inputs less the review sheets that a ``*.csv`` caught: they hold no events.

    Raises :class:`geo.errors.InputError` when nothing else was given.
    """
    from geo.review.remembering import DEFAULT_NAMES

    kept = [name for name in inputs if Path(name).name not in DEFAULT_NAMES]
    if not kept:
        raise InputError(f"{inputs[0]} holds decisions, no events; give the inputs beside it")
    return kept


def judge_by(sheets: Sequence[Path], gazetteer: Gazetteer) -> Judge | None:
    """Return a judge that knows the decisions of the sheets, ``None`` where there are none."""
    if not sheets:
        return None
    from geo.review import Judge
    from geo.review.remembering import read_all

    return Judge(read_all(sheets), gazetteer)


def report_decisions(outcome: Outcome, sheets: Sequence[Path], *, quiet: bool = False) -> None:
    """Print what decisions did; those that match nothing, and problems, go to standard error."""
    names = ", ".join(str(path) for path in sheets)
    if not quiet:
        failed = {(problem.sheet, problem.row) for problem in outcome.problems}
        followed = [d for d in outcome.matched if (d.sheet, d.row) not in failed]
        matched = counted(len(followed), "decision")
        print(f"review: {matched} of {names} applied to {counted(outcome.events, 'event')}")
    for problem in outcome.problems:
        complain(f"{problem}; left undecided")
    for decision in outcome.unmatched[:_SHOWN]:
        setting = f" in {decision.context}" if decision.context else ""
        where = f"{decision.sheet}, row {decision.row}"
        others = [name or "no setting" for name in outcome.elsewhere[decision.key]]
        now = f", but stands undecided in {' and in '.join(others)}" if others else ""
        complain(f"{where}: {decision.text!r}{setting} no longer matches any event{now}; kept")
    if len(outcome.unmatched) > _SHOWN:
        more = counted(
            len(outcome.unmatched) - _SHOWN, "more decision matches", "more decisions match"
        )
        complain(f"… and {more} no event; kept")
