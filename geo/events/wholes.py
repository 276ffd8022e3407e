"""Leave out the totals that are told beside their parts: "four dead: three in A, one in B"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.events.context import Counted, Located, Sentence
from geo.events.levels import lies_in
from geo.events.linking import Link
from geo.events.roles import RoleOf
from geo.events.shares import find_shares, is_announced
from geo.models import Token

_SUMS = ("total", "umbrella")
_BEHIND = 4  # tokens: "four dead in all"
_MOST_PARTS = 12
_MOST_SENTENCES = 6  # from a total to its last part
_LEAST_PARTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """Hold a number that counts victims of one role, and the place that it belongs to."""

    at: int
    number: int
    count: Counted
    link: Link | None

    @property
    def best(self) -> float:
        return self.count.quantity.best or 0

    @property
    def share(self) -> float:
        """Return how much a number tells of all its places: "one each in A and B" tells two."""
        return self.best * (1 + len(self.link.too) if self.link is not None else 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Hold the totals of a document: by sentence and number, and the units they are told of."""

    numbers: frozenset[tuple[int, int]]
    units: frozenset[int]

    def left_out(
        self, links: Sequence[Sequence[Link | None]]
    ) -> tuple[tuple[Link | None, ...], ...]:
        """Return the links of numbers without those of the totals."""
        return tuple(
            tuple(None if (at, n) in self.numbers else link for n, link in enumerate(here))
            for at, here in enumerate(links)
        )

    def is_unit(self, place: Located | None) -> bool:
        """Tell whether a place is the unit that a total was told of: its parts tell more."""
        return id(place) in self.units


def find_totals(
    sentences: Sequence[Sentence],
    counted: Sequence[Sequence[RoleOf]],
    links: Sequence[Sequence[Link | None]],
    tokens: Sequence[Token],
) -> Totals:
    """Return the numbers that are the sum of numbers told beside them.

    The parts stand right behind the total, or right before it, at two places or more. That they
    are its parts is told by a word or a colon, by the greater unit that the total is told of, by
    a heading that it stands in, or by a sentence that names all their places.
    """
    totals = [
        total
        for role in ("killed", "injured")
        for total in _totals(sentences, tokens, _told_of(role, counted, links))
    ]
    units = {
        id(total.link.place)
        for total, parts in totals
        if total.link is not None and _is_of_all(total.link.place, parts)
    }
    units.update(id(place) for sentence in sentences for place in _headed(sentence, tokens))
    return Totals(
        numbers=frozenset((total.at, total.number) for total, _ in totals),
        units=frozenset(units),
    )


def _headed(sentence: Sentence, tokens: Sequence[Token]) -> Iterator[Located]:
    """Yield the units named before a total that the sentence shares out over places in them."""
    for share in find_shares(sentence, tokens):
        first = share.parts[0].first
        owners = [place for place in sentence.places if place.first > first]
        for place in sentence.places:
            if place.first < first and all(lies_in(owner, place) for owner in owners):
                yield place


def _told_of(
    role: str,
    counted: Sequence[Sequence[RoleOf]],
    links: Sequence[Sequence[Link | None]],
) -> list[_Told]:
    return [
        _Told(at=at, number=number, count=one.count, link=link)
        for at, (roles, owners) in enumerate(zip(counted, links, strict=True))
        for number, (one, link) in enumerate(zip(roles, owners, strict=True))
        if one.role in (role, "both") and one.count.quantity.best
    ]


def _totals(
    sentences: Sequence[Sentence], tokens: Sequence[Token], told: Sequence[_Told]
) -> Iterator[tuple[_Told, list[_Told]]]:
    for n, total in enumerate(told):
        if total.best < _LEAST_PARTS:
            continue
        behind = _parts(total, told[n + 1 : n + 1 + _MOST_PARTS])
        before = _parts(total, told[max(0, n - _MOST_PARTS) : n][::-1])
        if behind and _heads(sentences, tokens, total, behind):
            yield total, behind
        elif before and _sums_up(sentences, total, before[::-1]):
            yield total, before


def _parts(total: _Told, others: Sequence[_Told]) -> list[_Told]:
    """Return the numbers next to a total that make it, of at least two places."""
    parts: list[_Told] = []
    missing = total.best
    for part in others:
        if missing <= 0 or abs(part.at - total.at) > _MOST_SENTENCES:
            break
        parts.append(part)
        missing -= part.share
    owners = {id(part.link.place) for part in parts if part.link is not None}
    spread = len(owners) + sum(len(part.link.too) for part in parts if part.link is not None)
    return parts if not missing and spread >= _LEAST_PARTS else []


def _heads(
    sentences: Sequence[Sentence],
    tokens: Sequence[Token],
    total: _Told,
    parts: Sequence[_Told],
) -> bool:
    """Tell whether what stands with a total announces the parts behind it."""
    sentence, first = sentences[total.at], parts[0]
    if sentence.heading or (total.link is not None and _is_of_all(total.link.place, parts)):
        return True
    if first.at != total.at:
        named = _names_all(sentence, parts)
        return named or _has_mark(sentence, sentence.first, total.count.first, _SUMS)
    return is_announced(sentence, total.count, first.count, tokens)


def _sums_up(sentences: Sequence[Sentence], total: _Told, parts: Sequence[_Told]) -> bool:
    """Tell whether a total sums up the parts before it."""
    sentence = sentences[total.at]
    if total.link is not None and _is_of_all(total.link.place, parts):
        return True
    first = parts[-1].count.last if parts[-1].at == total.at else sentence.first
    return _has_mark(sentence, first, total.count.last + _BEHIND, _SUMS)


def _is_of_all(place: Located, parts: Sequence[_Told]) -> bool:
    """Tell whether a place is a unit that holds the places of all parts."""
    owners = [part.link.place for part in parts if part.link is not None]
    return bool(owners) and all(lies_in(owner, place) for owner in owners)


def _names_all(sentence: Sentence, parts: Sequence[_Told]) -> bool:
    """Tell "Strikes on A and B killed four. Three died in A, one in B."."""
    owners = [part.link.place.resolution.place for part in parts if part.link is not None]
    return all(place is not None and place.id in sentence.place_ids for place in owners)


def _has_mark(sentence: Sentence, first: int, last: int, marks: Sequence[str]) -> bool:
    return any(first <= p <= last for mark in marks for p in sentence.concepts.get(mark, ()))
