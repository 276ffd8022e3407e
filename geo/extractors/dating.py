"""Check told days against the words of the document that give them."""

from __future__ import annotations

from datetime import date, timedelta

from geo.events.context import Annotation
from geo.extractors.proposals import Proposal
from geo.extractors.quoting import find_quote
from geo.models import Interval, Span

_LENGTHS = ((0, 1), (5, 2), (7, 3), (31, 4))  # days between start and end, precision


def check_days(proposal: Proposal, near: Span, annotation: Annotation) -> Interval | str | None:
    """Return the days of a claim, ``None`` where it tells none, or why they are not taken.

    Days need their words in the document. Where our own rules read other days in the same
    words, the interval's rule says so.
    """
    start, end, words = proposal.date_start, proposal.date_end, proposal.date_text
    if start is None and end is None and words is None:
        return None
    if words is None:
        return "days without the words that give them"
    span = find_quote(annotation.document.text, words, near)
    if span is None:
        return f"the words {words!r} for its days are not in the document"
    ours = _ours(annotation, span)
    if start is None and end is None:
        return ours
    published = annotation.document.published
    if start and end and start > end:
        return f"the days {start} to {end} run backwards"
    latest = max(day for day in (start, end) if day)
    if published and latest > published + timedelta(days=1):
        return f"the day {latest} lies after publication"
    differs = ours is not None and ours.start is not None and (ours.start, ours.end) != (start, end)
    return Interval(
        start=start,
        end=end,
        precision=_precision(start, end),
        text=span.of(annotation.document.text),
        basis=ours.basis if ours else "explicit",
        span=span,
        rule=f"told; our rules read {ours.start} to {ours.end}" if differs and ours else "told",
    )


def _ours(annotation: Annotation, span: Span) -> Interval | None:
    found = [i for i in annotation.intervals if i.span and i.span.overlaps(span)]
    return found[0] if len(found) == 1 else None


def _precision(start: date | None, end: date | None) -> int:
    if start is None or end is None:
        return 5
    length = (end - start).days
    return next((code for most, code in _LENGTHS if length <= most), 5)
