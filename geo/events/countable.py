"""Tell what may be counted: numbers, and persons in the singular that stand without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.events.context import Counted
from geo.models import Quantity, Span, Token

_PERSONS = ("single", "person", "kin", "military")
_VICTIMS = ("killed", "injured", "casualties", "affected")
_HYPHENS = frozenset("-‐‑")


def find_counted(
    numbers: Sequence[Counted], concepts: Mapping[str, Sequence[int]], tokens: Sequence[Token]
) -> tuple[Counted, ...]:
    """Return what a sentence counts, in text order: its numbers and the persons without one."""
    single = concepts.get("single", ())
    if not numbers and not single:
        return ()
    kept = _countable(numbers, concepts) if numbers else []
    kept += _implicit_ones(tokens, single, kept)
    return tuple(sorted(kept, key=lambda count: count.first))


def _countable(counts: Sequence[Counted], concepts: Mapping[str, Sequence[int]]) -> list[Counted]:
    """Leave out articles and negations that no person and no casualty word stands beside."""
    persons = {p for c in _PERSONS for p in concepts.get(c, ())}
    victims = {p for c in _VICTIMS for p in concepts.get(c, ())}
    linked = {p for c in ("in", "near") for p in concepts.get(c, ())}
    owners = set(concepts.get("of", ()))
    kept: list[Counted] = []
    for count in counts:
        ahead = range(count.last + 1, count.last + 5)
        behind = range(count.first - 4, count.first)
        if count.quantity.qualifier == "article":
            if kept and count.first - kept[-1].last <= 3 and count.first - 1 in owners:
                continue  # "four members of a family"
            if persons.isdisjoint(ahead[:3]) and ahead[0] not in linked | victims:
                continue
        if count.quantity.qualifier == "zero" and victims.isdisjoint({*ahead, *behind}):
            continue
        kept.append(count)
    return kept


def _implicit_ones(
    tokens: Sequence[Token], positions: Sequence[int], counts: Sequence[Counted]
) -> list[Counted]:
    """Count one for each person in the singular that no number stands before.

    Half of a compound ("tecnico-militare") is no person.
    """
    ones: list[Counted] = []
    for position in positions:
        if any(0 <= position - c.last <= 3 or position == c.last for c in counts):
            continue
        if any(token.text in _HYPHENS for token in tokens[position + 1 : position + 2]):
            continue
        token = tokens[position]
        span = Span(token.start, token.stop)
        quantity = Quantity(low=1, best=1, high=1, qualifier=None, text=token.text, span=span)
        ones.append(Counted(quantity=quantity, first=position, last=position, implicit=True))
    return ones
