"""Add up the numbers of one occurrence: sums over categories, tolls that replace, parts."""

from __future__ import annotations

from collections.abc import Sequence

from geo.events.context import Counted, Sentence
from geo.events.roles import RoleOf
from geo.models import Quantity, Span

_REACH = 4
_CHAINED = 7
_OF_LEAST = 2  # tokens from "more" to the number of "more than 160"
_HEAD = 3  # tokens from a number to whom it counts


def combine(roles: Sequence[RoleOf], sentence: Sentence) -> Quantity | None:
    """Return the one figure that several numbers of the same role make, or ``None`` for none.

    Parts ("of them three children") and earlier tolls are left out, a toll that rose stands
    alone, and so does a number that is the sum of the others. Numbers in one list ("two men and
    a woman") are added, as is what is told to be further; figures of two speakers are the ends of
    a range, whose lower is the best; of others the first counts.
    """
    if len(roles) < 2:
        return roles[0].count.quantity if roles else None
    whole = [r for r in roles if not _is_part(sentence, r) and not _is_in_care(sentence, r, roles)]
    whole = whole or list(roles[:1])
    most = max([r.count.quantity.best or 0 for r in whole])
    risen = [
        r for r in whole if _marked(sentence, r, ("update",)) and r.count.quantity.best == most
    ]
    if risen:
        return risen[-1].count.quantity
    counted = [r for r in whole if r.count.quantity.best != 0]
    if not counted:
        return whole[0].count.quantity
    total = _sum_among(sentence, [r.count for r in counted])
    if total is not None:
        return total
    chains = _chains(sentence, counted)
    first, *others = [combine_quantities([r.count.quantity for r in chain]) for chain in chains]
    for chain, quantity in zip(chains[1:], others, strict=True):
        first = _joined(sentence, first, chain[0], quantity)
    return first


def _joined(sentence: Sentence, first: Quantity, role: RoleOf, other: Quantity) -> Quantity:
    """Add a figure that stands apart, or take it for another speaker's."""
    if _is_further(sentence, role):
        return combine_quantities([first, other])
    speakers = sentence.concepts.get("speech", ())
    if speakers and "article" in (first.qualifier, other.qualifier):
        return max(first, other, key=lambda quantity: quantity.best or 0)  # "pulled a last body"
    if first.best is not None and other.best is not None and speakers:
        low, high = sorted((first, other), key=lambda quantity: quantity.best or 0)
        return Quantity(
            low=low.best,
            best=low.best,
            high=high.best,
            qualifier="range",
            text=f"{first.text} / {other.text}",
            span=Span(first.span.start, other.span.stop),
        )
    return combine_quantities([first, other])


def _sum_among(sentence: Sentence, counts: Sequence[Counted]) -> Quantity | None:
    """Return the number that the others add up to: "two people died, a man and a girl".

    It stands before them or behind them, and counts persons of any kind: "a man, two women and a
    girl" are four, and so are "two women, a man and a girl".
    """
    if len(counts) < 3:
        return None
    for whole in (counts[0], counts[-1]):
        rest = [count.quantity.best for count in counts if count is not whole]
        is_known = whole.quantity.best is not None and None not in rest
        if is_known and whole.quantity.best == sum(value or 0 for value in rest):
            return whole.quantity if _is_of_any_kind(sentence, whole) else None
    return None


def _is_of_any_kind(sentence: Sentence, count: Counted) -> bool:
    """Tell "two people" and "two: ..." from "two women"."""
    if count.implicit:
        return False
    ahead = range(count.last + 1, count.last + 1 + _HEAD)
    heads = [p for c in ("person", "kin") for p in sentence.concepts.get(c, ()) if p in ahead]
    heads = [
        p
        for p in heads
        if not sentence.commas_between(count.last, p) and not sentence.breaks_between(count.last, p)
    ]
    anyone = sentence.concepts.get("anyone", ())
    return not heads or any(p in ahead for p in anyone)


def _chains(sentence: Sentence, roles: Sequence[RoleOf]) -> list[list[RoleOf]]:
    chains: list[list[RoleOf]] = []
    for role in roles:
        last = chains[-1][-1].count if chains else None
        is_near = last is not None and role.count.first - last.last <= _CHAINED
        if (
            last is not None
            and is_near
            and not sentence.breaks_between(last.first, role.count.first)
        ):
            chains[-1].append(role)
        else:
            chains.append([role])
    return chains


def combine_quantities(quantities: Sequence[Quantity]) -> Quantity:
    """Add quantities bound by bound; one unknown bound makes the sum's unknown.

    >>> two = Quantity(low=2, best=2, high=2, qualifier=None, text="two", span=Span(0, 3))
    >>> more = Quantity(low=5, best=5, high=None, qualifier="at_least", text="5", span=Span(9, 10))
    >>> total = combine_quantities([two, more])
    >>> total.low, total.best, total.high
    (7, 7, None)
    """
    if len(quantities) == 1:
        return quantities[0]
    qualifiers = {q.qualifier for q in quantities} - {None}
    return Quantity(
        low=_sum([q.low for q in quantities]),
        best=_sum([q.best for q in quantities]),
        high=_sum([q.high for q in quantities]),
        qualifier=min(filter(None, qualifiers), default=None),
        text=" + ".join(q.text for q in quantities),
        span=Span(min(q.span.start for q in quantities), max(q.span.stop for q in quantities)),
    )


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _is_part(sentence: Sentence, role: RoleOf) -> bool:
    """Tell a part of a figure told before, or an earlier figure."""
    if _marked(sentence, role, ("subset", "previous")) or _goes_on_parts(sentence, role.count):
        return True
    count = role.count
    positions = sentence.concepts.get("subset", ())
    return any(
        count.first <= p <= count.last + _REACH and not _heads_part(sentence, count.last, p)
        for p in positions
    )


def _is_in_care(sentence: Sentence, role: RoleOf, roles: Sequence[RoleOf]) -> bool:
    """Tell "12 were wounded, four were hospitalised", where the four are of the twelve."""
    if role.role != "injured" or _marked(sentence, role, ("additional",)):
        return False
    count = role.count
    ahead = range(count.last + 1, count.last + 1 + _CHAINED)
    at = next((p for p in sentence.concepts.get("in_hospital", ()) if p in ahead), None)
    if at is None or any(count.last < p < at for p in sentence.concepts.get("injured", ())):
        return False
    many = count.quantity.best or 0
    before = [r.count.quantity.best or 0 for r in roles if r.count.first < count.first]
    return any(whole > many for whole in before)


def _goes_on_parts(sentence: Sentence, count: Counted) -> bool:
    """Tell the "three" of "among them ten women and three children"."""
    at = sentence.counts.index(count)
    if not at:
        return False
    before = sentence.counts[at - 1]
    gap = range(before.last + 1, count.first)
    joints = (*sentence.concepts.get("and", ()), *sentence.concepts.get("subset", ()))
    is_joined = 0 < len(gap) <= _REACH and any(p in gap for p in joints)
    headed = any(0 < before.first - p <= _REACH for p in sentence.concepts.get("subset", ()))
    return is_joined and headed


def _heads_part(sentence: Sentence, last: int, position: int) -> bool:
    """Tell "70 people, among them ten women", where the words belong to what follows them."""
    return bool(sentence.commas_between(last, position)) or any(
        0 < other.first - position <= _REACH for other in sentence.counts
    )


def _is_further(sentence: Sentence, role: RoleOf) -> bool:
    """Tell "another 160" from "more than 160", where the word is part of the number."""
    count = role.count
    is_least = count.quantity.qualifier == "at_least"
    return any(
        0 < count.first - position <= _REACH
        and not (is_least and count.first - position <= _OF_LEAST)
        for position in sentence.concepts.get("additional", ())
    )


def _marked(sentence: Sentence, role: RoleOf, concepts: Sequence[str]) -> bool:
    return any(
        0 < role.count.first - position <= _REACH
        for concept in concepts
        for position in sentence.concepts.get(concept, ())
    )
