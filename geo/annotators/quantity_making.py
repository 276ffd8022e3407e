"""Make quantities of the tokens that they were read from."""

from __future__ import annotations

from collections.abc import Sequence

from geo.models import Quantity, Span, Token


def quantity_of(
    tokens: Sequence[Token],
    first: int,
    last: int,
    low: float | None,
    best: float | None,
    high: float | None,
    qualifier: str | None,
) -> Quantity:
    """Return the quantity that tokens `first` to `last` tell, with its bounds."""
    return Quantity(
        low=low,
        best=best,
        high=high,
        qualifier=qualifier,
        text=text_of(tokens, first, last),
        span=Span(tokens[first].start, tokens[last].stop),
    )


def vague_quantity(tokens: Sequence[Token], first: int, last: int, low: int) -> Quantity:
    """Return a quantity of which only a lower bound is known: "dozens"."""
    return quantity_of(tokens, first, last, low, None, None, "vague")


def text_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """Return tokens as they stand in the text, with one blank where any white space is."""
    parts = [tokens[first].text]
    for one, other in zip(tokens[first:last], tokens[first + 1 : last + 1], strict=True):
        parts.append((" " if other.start > one.stop else "") + other.text)
    return "".join(parts)
