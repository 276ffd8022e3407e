"""``conflict-map explain``: what decided, and which candidates lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import without_controls
from geo.commands.explanation import explain_document, explain_event
from geo.commands.option_groups import grouped
from geo.commands.texts import NearnessOptions, Quiet, TextOptions, extract_all
from geo.commands.waiting import opened
from geo.commands.wording import Voice

if TYPE_CHECKING:
    from geo.events.reconciliation import ReconcileRules
    from geo.models import Event


@grouped
def explain(
    inputs: Annotated[list[str], typer.Argument(help="Text, HTML or JSONL files; - is stdin.")],
    *,
    texts: TextOptions,
    nearness: NearnessOptions,
    names: Annotated[
        bool, typer.Option("--names", help="Name the features that decided, with their weights.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Say what decided each mention, claim and merge, and what lost."""
    from geo.readers import Reject

    rules, voice = nearness.rules(), Voice(names=names)
    failed = 0
    events: list[Event] = []
    for item in extract_all(inputs, texts, opened(quiet=quiet), quiet=quiet):
        if isinstance(item, Reject):
            failed += 1
        else:
            print(without_controls("\n".join(explain_document(item, voice))))
            events += item.events
    for line in _joined(events, rules, voice):
        print(without_controls(line))
    if failed:
        raise typer.Exit(code=2)


def _joined(events: Sequence[Event], rules: ReconcileRules, voice: Voice) -> Iterator[str]:
    """Yield what several documents tell: events that are joined, and totals with their parts."""
    from geo.events.reconciliation import reconcile_events

    if len({e.document_id for event in events for e in event.evidence}) < 2:
        return
    kept = reconcile_events(events, rules)
    yield ""
    yield f"# All documents: within {rules.distance_km:g} km and {rules.days} days, one kind"
    for event in kept:
        if event.merge_rules or event.series_id:
            yield from explain_event(event, voice)
