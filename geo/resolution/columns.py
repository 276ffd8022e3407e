"""Lay the candidates of a whole document out in columns, one row a candidate.

What takes a microsecond for one candidate takes milliseconds for the hundreds that the names of
an article have; numpy describes them all in about the time of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geo.resolution import scene_features as features
from geo.resolution.choices import Choice, Codings
from geo.resolution.units import unit_number
from geo.resolution.weights import Part

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Hold what a part weighs for each candidate: its arguments' values, and which of them."""

    part: Callable[..., Part]
    values: tuple[Sequence[Any], ...]
    numbers: tuple[NDArray[Any], ...]

    @property
    def weights(self) -> NDArray[Any]:
        """Return what the part weighs for each candidate."""
        found: NDArray[Any] = _weights(self.part, self.values)[self.numbers]
        return found

    def at(self, rows: NDArray[Any]) -> list[Part]:
        """Return the parts of some candidates."""
        numbers = tuple([column[rows] for column in self.numbers])
        found: list[Part] = _parts(self.part, self.values)[numbers].tolist()
        return found


@lru_cache(maxsize=32)
def _parts(part: Callable[..., Part], values: tuple[Sequence[Any], ...]) -> NDArray[Any]:
    """Return a part for all combinations of the values of its arguments."""
    found = np.empty([len(some) for some in values], dtype=object)
    for number, arguments in enumerate(product(*values)):
        found.flat[number] = part(*arguments)
    return found


def forget_tables() -> None:
    """Forget all tables: new weights were fitted."""
    _parts.cache_clear()
    _weights.cache_clear()


@lru_cache(maxsize=32)
def _weights(part: Callable[..., Part], values: tuple[Sequence[Any], ...]) -> NDArray[Any]:
    parts = _parts(part, values)
    return np.array([one.weight for one in parts.flat]).reshape(parts.shape)


class Priors(NamedTuple):
    """Hold the countries that something other than a name of a place speaks for.

    ``peoples`` whose people are named, ``home`` where the language is spoken, ``outlet`` where
    the text was published.
    """

    peoples: Collection[str]
    home: Collection[str]
    outlet: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slate:
    """Hold the candidates of a document's mentions one below the other.

    ``texts`` and ``choices`` go by mention, and so do ``starts``, the first row of each, and
    ``counts``; the rest goes by row. ``owner`` is the mention's number, ``places`` a number for
    each distinct place, as in ``numbers``. ``fixed`` are the columns that no reading changes.
    """

    texts: tuple[str, ...]
    choices: tuple[Choice, ...]
    starts: NDArray[Any]
    counts: NDArray[Any]
    owner: NDArray[Any]
    codings: Codings
    weights: NDArray[Any]
    points: NDArray[Any]
    places: NDArray[Any]
    numbers: dict[str, int]
    fixed: tuple[Column, ...]


def lay_out(texts: Sequence[str], choices: Sequence[Choice], priors: Priors) -> Slate:
    """Return the candidates of mentions, of which each has at least one."""
    counts = np.array([len(choice.candidates) for choice in choices])
    codings = Codings(*np.concatenate([choice.codings for choice in choices], axis=1))
    numbers: dict[str, int] = {}
    ids = (place_id for choice in choices for place_id in choice.ids)
    places = [numbers.setdefault(place_id, len(numbers)) for place_id in ids]
    return Slate(
        texts=tuple(texts),
        choices=tuple(choices),
        starts=np.cumsum(counts) - counts,
        counts=counts,
        owner=np.repeat(np.arange(len(choices)), counts),
        codings=codings,
        weights=np.concatenate([choice.weights for choice in choices]),
        points=np.concatenate([choice.points for choice in choices], axis=1),
        places=np.array(places),
        numbers=numbers,
        fixed=(_of_priors(codings.country, priors), _of_peers(texts, choices)),
    )


def bands_of(values: Sequence[float] | NDArray[Any], bounds: Sequence[float]) -> NDArray[Any]:
    """Return how many of the bounds each value reaches."""
    found: NDArray[Any] = _as_array(tuple(bounds)).searchsorted(values, side="right")
    return found


@lru_cache(maxsize=32)
def _as_array(bounds: tuple[float, ...]) -> NDArray[Any]:
    return np.array(bounds)


def _of_priors(countries: NDArray[Any], priors: Priors) -> Column:
    def among(codes: Collection[str], inside: int, outside: int = 0) -> NDArray[Any]:
        return look_up(countries, {unit_number((code,)): inside for code in codes}, outside)

    numbers = (
        among(priors.peoples, 1, 2 if priors.peoples else 0),
        among(priors.home, 1),
        among(priors.outlet, 1),
    )
    two = (False, True)
    return Column(features.of_priors, (features.PEOPLES, two, two), numbers)


def _of_peers(texts: Sequence[str], choices: Sequence[Choice]) -> Column:
    bands = bands_of(_peers(texts, choices), features.PEERS)
    return Column(features.of_peers, (tuple(range(len(features.PEERS) + 1)),), (bands,))


def _peers(texts: Sequence[str], choices: Sequence[Choice]) -> list[float]:
    """Return how many other names could lie in each candidate's region, each by its share.

    What is beyond the highest band is not counted to the end.
    """
    spread = _spread(texts, choices)

    def share(region: int, text: str) -> float:
        total = 0.0
        for other, own in spread.get(region, ()):
            total += own if other != text else 0.0
            if total >= features.PEERS[-1]:
                break
        return total

    found: list[float] = []
    for text, choice in zip(texts, choices, strict=True):
        shares = {region: share(region, text) for region in choice.spread}
        found += [shares.get(region, 0.0) for region in choice.regions]
    return found


def _spread(texts: Sequence[str], choices: Sequence[Choice]) -> dict[int, list[tuple[str, float]]]:
    """Return for each region the names that have candidates there, each with its share."""
    first: dict[str, Choice] = {}
    for text, choice in zip(texts, choices, strict=True):
        first.setdefault(text, choice)
    spread: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for text, choice in first.items():
        for region in choice.spread:
            spread[region].append((text, 1 / len(choice.spread)))
    return spread


def look_up(numbers: NDArray[Any], known: Mapping[int, int], otherwise: int = 0) -> NDArray[Any]:
    """Return what is known of each number, else `otherwise`."""
    if not known:
        return np.full(len(numbers), otherwise)
    return np.array(list(map(known.get, numbers.tolist(), repeat(otherwise))))
