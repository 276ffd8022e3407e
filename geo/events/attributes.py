"""Choose the actors and weapons that the words beside an occurrence give."""

from __future__ import annotations

from collections.abc import Sequence

from geo.events.context import Located, Sentence

_TRIGGERS = (
    "missile", "drone", "rocket", "shelling", "airstrike", "strike", "clash", "ambush",
    "violence", "explosion", "mine", "sabotage", "capture", "liberate", "advance", "detained",
)  # fmt: skip


def find_actors(sentence: Sentence, place: Located | None) -> tuple[tuple[str, str], ...]:
    """Return the armed actors named in the clause, each with its role.

    An actor before the first trigger word attacks; so does one right behind it ("bombardamento
    russo"), unless another attacks already. One further behind is the target. Without a trigger
    the role is unknown.
    """
    triggers = [p for c in _TRIGGERS for p in sentence.concepts.get(c, ())]
    here = sentence.own(place)
    anchor = here.first if here else None
    found: dict[str, str] = {}
    for term in sentence.terms:
        if term.concept != "actor" or not isinstance(term.value, str) or term.value in found:
            continue
        if anchor is not None and sentence.breaks_between(term.first, anchor):
            continue
        found[term.value] = _role(term.first, triggers, attacked="attacker" in found.values())
    return tuple(found.items())


def _role(position: int, triggers: Sequence[int], *, attacked: bool) -> str:
    if not triggers:
        return "unknown"
    nearest = min(abs(t - position) for t in triggers)
    if position < min(triggers) or (nearest <= 2 and not attacked):
        return "attacker"
    return "target"


def find_weapons(sentence: Sentence, place: Located | None) -> tuple[str, ...]:
    """Return the weapons named in the sentence, those of the clause first, each once."""
    here = sentence.own(place)
    anchor = here.first if here else None
    ranked: dict[str, int] = {}
    for term in sentence.terms:
        if term.concept == "weapon" and isinstance(term.value, str):
            crossed = 0 if anchor is None else sentence.breaks_between(term.first, anchor)
            ranked[term.value] = min(crossed, ranked.get(term.value, crossed))
    if not ranked:
        return ()
    least = min(ranked.values())
    return tuple(name for name, crossed in ranked.items() if crossed == least)
