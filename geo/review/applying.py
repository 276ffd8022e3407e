"""Apply what people decided about places to events: none is changed, reviewed ones are returned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer.names import fold
from geo.models import Event, Resolution, Review
from geo.review.decisions import Decision, DecisionError
from geo.review.keys import choice_of, place_key
from geo.review.settling import settle
from geo.review.sheet import Decisions, SheetProblem

if TYPE_CHECKING:
    from gazetteer import Gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Tell what a set of decisions did: which matched, how many events they touched.

    ``elsewhere`` says, by key, in which other settings the words of an unmatched decision were
    met undecided.
    """

    matched: tuple[Decision, ...]
    unmatched: tuple[Decision, ...]
    elsewhere: Mapping[str, tuple[str, ...]]
    problems: tuple[SheetProblem, ...]
    events: int


class Judge:
    """Find the decision for a place text in its setting, and settle it; remember what matched."""

    def __init__(self, decisions: Decisions, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._all = decisions.decisions
        self._by_key = _by_key(decisions.decisions)
        self._everywhere = {
            fold(decision.text): decision for decision in decisions.decisions if decision.everywhere
        }
        self._matched: set[str] = set()
        self._problems = {(p.sheet, p.row, p.reason): p for p in decisions.problems}
        self._events = 0
        self._open: dict[str, set[str]] = {}

    def judge(self, before: Resolution, context: str | None) -> tuple[Resolution, Review] | None:
        """Return the resolution that was decided with its trail, ``None`` for an open one."""
        decision = self._find(before, context)
        if decision is None:
            self._open.setdefault(fold(before.mention.text), set()).add(context or "")
            return None
        self._matched.add(decision.key)
        try:
            after = settle(decision, before, self.gazetteer)
        except DecisionError as error:
            reason = f"{decision.text!r}: {error}"
            self._problems[decision.sheet, decision.row, reason] = SheetProblem(
                sheet=decision.sheet, row=decision.row, reason=reason
            )
            return None
        return after, _review(decision, before, after)

    def count(self, events: int) -> None:
        """Count events that a decision touched."""
        self._events += events

    def outcome(self) -> Outcome:
        """Tell what was done so far."""
        unmatched = tuple(d for d in self._all if d.key not in self._matched)
        return Outcome(
            matched=tuple(d for d in self._all if d.key in self._matched),
            unmatched=unmatched,
            elsewhere={d.key: tuple(sorted(self._open.get(fold(d.text), ()))) for d in unmatched},
            problems=tuple(self._problems.values()),
            events=self._events,
        )

    def _find(self, before: Resolution, context: str | None) -> Decision | None:
        text = before.mention.text
        choice = choice_of(before.place.id if before.place else None, before.lon, before.lat)
        of_choice = self._by_key.get(place_key(text, context, choice)) if choice else None
        if of_choice is not None:
            return of_choice
        return self._by_key.get(place_key(text, context)) or self._everywhere.get(fold(text))


def _by_key(decisions: Sequence[Decision]) -> dict[str, Decision]:
    """Index decisions by their keys, then by those their words have now, where these agree."""
    found = {decision.key: decision for decision in decisions}
    anew: dict[str, list[Decision]] = {}
    for decision in decisions:
        anew.setdefault(decision.key_anew, []).append(decision)
    alone = {key: same[0] for key, same in anew.items() if len({d.answer for d in same}) == 1}
    return alone | found


def _review(decision: Decision, before: Resolution, after: Resolution) -> Review:
    status: str = decision.kind
    if status not in ("rejected", "unlocated"):
        status = "ok" if after == before else "corrected"
    moved = decision.kind == "ok" and status == "corrected" and decision.place is not None
    return Review(
        decision=status,
        key=decision.key,
        answer=decision.place.id if moved and decision.place else decision.answer,
        by=decision.by,
        on=decision.on,
        note=decision.note,
        before=before,
    )


def review_events(events: Iterable[Event], judge: Judge) -> tuple[Event, ...]:
    """Return the events with their places as decided, in order.

    An event that was reviewed before is judged by what it was before that.

    >>> import geo
    >>> from geo.review import Decisions
    >>> events = tuple(geo.read_events("outputs/example/article.it.events.jsonl"))
    >>> judge = geo.Judge(Decisions(), geo.open_gazetteer())  # of geo.read_decisions(sheet)
    >>> review_events(events, judge) == events, judge.outcome().events
    (True, 0)
    """
    return tuple(_review_event(event, judge) for event in events)


def _review_event(event: Event, judge: Judge) -> Event:
    before = event.review.before if event.review else event.place
    if before is None:
        return event
    judged = judge.judge(before, event.place_context)
    if judged is None:
        return event
    judge.count(1)
    after, review = judged
    claims = tuple(
        replace(claim, place=after) if claim.place in (before, event.place) else claim
        for claim in event.claims
    )
    return replace(
        event,
        place=after,
        claims=claims,
        review=review,
        review_status=status_of(review),
        reviewed_by=review.by,
        review_note=note_of(review, after),
    )


def status_of(review: Review) -> str:
    """Return the word of ``review_status``: ok, corrected or rejected."""
    return "corrected" if review.decision == "unlocated" else review.decision


def note_of(review: Review, after: Resolution) -> str:
    """Return the trail as one line: the note, the day, and what was there before and after.

    >>> from geo.models import Mention, Span
    >>> place = Resolution(
    ...     mention=Mention(span=Span(0, 1), text="X"), place=None, lon=None, lat=None,
    ...     confidence=0, margin=0, geo_precision=9, radius_km=None, method="unresolved")
    >>> note_of(Review(decision="rejected", key="k", on="2023-08-20", note="a man"), place)
    'a man · 2023-08-20 · rejected: not located'
    """
    change = f"{review.decision}: {_name(review.before or after)}"
    if review.decision in ("corrected", "unlocated"):
        change += f" → {_name(after)}"
    return " · ".join(part for part in (review.note, review.on, change) if part)


def _name(resolution: Resolution) -> str:
    place = resolution.place
    return f"{place.name} ({place.id})" if place else "not located"


def merge_decisions(parts: Sequence[Decisions]) -> Decisions:
    """Join the decisions of several sheets; of two about one key the first stands."""
    kept: dict[str, Decision] = {}
    problems = [problem for part in parts for problem in part.problems]
    for part in parts:
        for decision in part.decisions:
            other = kept.setdefault(decision.key, decision)
            if other is not decision and other.answer != decision.answer:
                reason = f"{decision.text!r} is decided otherwise in another sheet; left out"
                problems.append(SheetProblem(sheet=decision.sheet, row=decision.row, reason=reason))
    return Decisions(decisions=tuple(kept.values()), problems=tuple(problems))
