"""Choose the actors, weapon and source that the words beside an occurrence give."""

from __future__ import annotations

from collections.abc import Sequence

from geo.events.context import Located, Sentence
from geo.models import Token

_TRIGGERS = (
    "missile", "drone", "rocket", "shelling", "airstrike", "strike", "clash", "ambush",
    "violence", "explosion", "mine", "sabotage", "capture", "liberate", "advance", "detained",
)  # fmt: skip


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
