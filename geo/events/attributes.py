"""Choose the date, actors, weapon and source that the words beside an occurrence give."""

from __future__ import annotations

from collections.abc import Sequence

from geo.events.context import Located, Sentence
from geo.models import Interval, Token

_TRIGGERS = (
    "missile", "drone", "rocket", "shelling", "airstrike", "strike", "clash", "ambush",
    "violence", "explosion", "mine", "sabotage", "capture", "liberate", "advance", "detained",
)  # fmt: skip
_BREAK_COST = 60
_HISTORY = ("year",)


def choose_interval(
    sentences: Sequence[Sentence], at: int, place: Located | None, tokens: Sequence[Token]
) -> Interval | None:
    """Return the interval nearest to an occurrence: its clause first, then sentence, then lead."""
    sentence = sentences[at]
    anchor = place.first if place else sentence.first
    here = [i for i in sentence.intervals if i.rule not in _HISTORY]
    if here:
        return min(here, key=lambda i: _cost(sentence, i, anchor, tokens))
    return _inherited(sentences, at)


def _cost(sentence: Sentence, interval: Interval, anchor: int, tokens: Sequence[Token]) -> int:
    assert interval.span is not None
    at = next(
        (i for i in range(sentence.first, sentence.stop) if tokens[i].stop > interval.span.start),
        sentence.first,
    )
    speech = any(0 <= at - p <= 3 for p in sentence.concepts.get("speech", ()))
    distance = abs(at - anchor)
    return distance + _BREAK_COST * sentence.breaks_between(at, anchor) + 30 * speech


def _inherited(sentences: Sequence[Sentence], at: int) -> Interval | None:
    """Return the date of the lead that a list or paragraph opens with, when it has just one."""
    sentence = sentences[at]
    for other in reversed(sentences[:at]):
        if other.paragraph != sentence.paragraph:
            return None
        if other.intervals:
            lead = other.intervals[-1]
            return lead if not other.places and len(other.intervals) == 1 else None
    return None


def find_actors(sentence: Sentence, place: Located | None) -> tuple[tuple[str, str], ...]:
    """Return the armed actors named in the clause, each with its role.

    An actor before the first trigger word, or right beside it, attacks; one behind it is the
    target. Without a trigger the role is unknown.
    """
    triggers = [p for c in _TRIGGERS for p in sentence.concepts.get(c, ())]
    anchor = place.first if place else None
    found: dict[str, str] = {}
    for term in sentence.terms:
        if term.concept != "actor" or not isinstance(term.value, str) or term.value in found:
            continue
        if anchor is not None and sentence.breaks_between(term.first, anchor):
            continue
        found[term.value] = _role(term.first, triggers)
    return tuple(found.items())


def _role(position: int, triggers: Sequence[int]) -> str:
    if not triggers:
        return "unknown"
    nearest = min(triggers, key=lambda t: abs(t - position))
    if position < min(triggers) or abs(nearest - position) <= 2:
        return "attacker"
    return "target"


def find_weapons(sentence: Sentence, place: Located | None) -> tuple[str, ...]:
    """Return the weapons named in the sentence, those of the clause first, each once."""
    anchor = place.first if place else None
    ranked: dict[str, int] = {}
    for term in sentence.terms:
        if term.concept == "weapon" and isinstance(term.value, str):
            crossed = 0 if anchor is None else sentence.breaks_between(term.first, anchor)
            ranked[term.value] = min(crossed, ranked.get(term.value, crossed))
    if not ranked:
        return ()
    least = min(ranked.values())
    return tuple(name for name, crossed in ranked.items() if crossed == least)


def find_speaker(sentence: Sentence, tokens: Sequence[Token]) -> str | None:
    """Return the words that say who claims it, when the sentence attributes what it tells."""
    positions = sentence.concepts.get("speech", ())
    return tokens[positions[0]].text if positions else None
