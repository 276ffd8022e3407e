"""Find the places of one country whose name sounds like a name that is spelt by another habit.

The names of a country are sounded out when it is first asked for, and compared with all of
them: consonants choose a few hundred, :func:`gazetteer.sounds.likeness` decides. Countries with
too many names for that have none.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.index import country_number
from gazetteer.sounds import consonants, likeness, readings, sounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from gazetteer.index import Index

_MOST_NAMES = 40_000
_REMEMBERED = 40  # countries
_COMPARED = 80
_SHORT, _LONG = 2, 6  # consonants: up to the first all must agree, from the second two may not
_SHORTEST = 4  # sounds


class _Names(NamedTuple):
    """Hold the sounds of a country's names with their rows, by the names' consonants."""

    rows: dict[str, list[int]]
    by_consonants: dict[str, list[str]]
    keys: list[str]


def heard_names(name: str, country: str, index: Index, least: float) -> list[tuple[float, int]]:
    """Return the rows of a country's names that sound like `name`, as (likeness, row).

    `country` is an ISO 3166-1 alpha-2 code, `least` the smallest likeness; the likest come first.
    """
    names = _names_of(index, country)
    if not names.keys:
        return []
    (asked,) = sounds([name])
    if len(asked) < _SHORTEST:
        return []
    alike = [(likeness(asked, heard), heard) for heard in _near(asked, names)]
    best = sorted((pair for pair in alike if pair[0] >= least), key=lambda p: (-p[0], p[1]))
    return [(likely, row) for likely, heard in best for row in names.rows[heard]]


def _near(asked: str, names: _Names) -> Sequence[str]:
    """Return the sounds of the names that share most consonants with what is asked for."""
    from rapidfuzz import process
    from rapidfuzz.distance import Indel, Levenshtein

    found: dict[str, None] = {}
    for reading in readings(asked):
        edits = 0 if len(reading) <= _SHORT else 1 if len(reading) < _LONG else 2
        near = process.extract(
            reading, names.keys, scorer=Levenshtein.distance, score_cutoff=edits, limit=None
        )
        found.update((heard, None) for key, _, _ in near for heard in names.by_consonants[key])
    likest = process.extract(asked, list(found), scorer=Indel.distance, limit=_COMPARED)
    return [heard for heard, _, _ in likest]


@lru_cache(maxsize=_REMEMBERED)
def _names_of(index: Index, country: str) -> _Names:
    found = (_countries_of_rows(index) == country_number(country)).nonzero()[0].tolist()
    if len(found) > _MOST_NAMES:
        return _Names({}, {}, [])
    rows: dict[str, list[int]] = defaultdict(list)
    for row, heard in zip(found, sounds(list(map(index.spelling, found))), strict=True):
        if heard:
            rows[heard].append(row)
    alike: dict[str, list[str]] = defaultdict(list)
    for heard, key in zip(rows, consonants(list(rows)), strict=True):
        alike[key].append(heard)
    return _Names(dict(rows), dict(alike), list(alike))


@lru_cache(maxsize=2)
def _countries_of_rows(index: Index) -> np.ndarray[Any, Any]:
    """Return the number of the country that the place of each row lies in."""
    import numpy as np

    countries = np.frombuffer(index.arrays["countries"], dtype=np.uint16)
    return countries[np.frombuffer(index.arrays["places"], dtype=np.uint32)]
