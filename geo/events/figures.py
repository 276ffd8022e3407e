"""Add up the numbers of one occurrence: sums over categories, tolls that replace, parts."""

from __future__ import annotations

from collections.abc import Sequence

from geo.events.context import Sentence
from geo.events.roles import RoleOf
from geo.models import Quantity, Span

_REACH = 4


def combine(roles: Sequence[RoleOf], sentence: Sentence | None = None) -> Quantity | None:
    """Return the one figure that several numbers of the same role make, or ``None`` for none.

    A toll ("rose to 7") stands alone. A number that equals the sum of the others is their total
    and is not added to them.
    """
    if not roles:
        return None
    quantities = [role.count.quantity for role in roles]
    if len(quantities) == 1:
        return quantities[0]
    if sentence is not None:
        tolls = [r.count.quantity for r in roles if _marked(sentence, r, "update")]
        if tolls:
            return tolls[-1]
    zeros = [q for q in quantities if q.best == 0]
    if zeros:
        counted = [q for q in quantities if q.best != 0]
        return combine_quantities(counted) if counted else zeros[0]
    for quantity in quantities:
        rest = [q.best for q in quantities if q is not quantity]
        is_known = quantity.best is not None and None not in rest
        if is_known and quantity.best == sum(value or 0 for value in rest):
            return quantity
    return combine_quantities(quantities)


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


def _marked(sentence: Sentence, role: RoleOf, concept: str) -> bool:
    return any(
        0 < role.count.first - position <= _REACH for position in sentence.concepts.get(concept, ())
    )
