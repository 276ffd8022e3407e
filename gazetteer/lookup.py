"""Answer questions about place names from the indexes: the gazetteer as its users see it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.admin import ancestors_of, is_within
from gazetteer.errors import UnknownPlaceError
from gazetteer.models import Candidate, Match, Place
from gazetteer.names import fold

if TYPE_CHECKING:
    from gazetteer.index import Index


class Gazetteer:
    """Look up names in one index; get one from :func:`gazetteer.open_gazetteer`."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.lookup = lru_cache(maxsize=65536)(self._lookup)

    def _lookup(self, name: str) -> tuple[Candidate, ...]:
        """Return all places with this name, best-known first; empty when there is none.

        Case, apostrophes, stress marks and Latin diacritics do not matter.
        """
        return tuple(
            self._candidate(row, "exact" if self.index.spelling(row) == name else "folded")
            for row in self.index.rows(fold(name))
        )

    def contains(self, folded: str) -> bool:
        """Tell whether a name, already folded, is a name of any place."""
        return folded in self.index.names

    def prefixes(self, folded_text: str) -> list[str]:
        """Return all names (folded) that `folded_text` begins with, shortest first.

        The caller checks that the name ends where a word ends.
        """
        return list(self.index.names.iter_prefixes(folded_text))

    def place(self, place_id: str) -> Place:
        """Return the place with this identifier (``gn:692554``) or code (``=UA.26``).

        Raises :class:`UnknownPlaceError` when there is none.
        """
        number = self.index.number(place_id)
        if number is None:
            raise UnknownPlaceError(f"no place {place_id!r} in the gazetteer")
        return self.index.place(number)

    def find_place(self, identifier: str) -> Place | None:
        """Return the place with this identifier or code, or ``None``."""
        number = self.index.number(identifier)
        return None if number is None else self.index.place(number)

    def ancestors(self, place: Place) -> tuple[Place, ...]:
        """Return the known units that contain `place`, nearest first, the country last."""
        return ancestors_of(place, self.find_place)

    def within(self, place: Place, unit: Place) -> bool:
        """Tell whether `place` lies in `unit` (an admin unit, country or continent)."""
        return is_within(place, unit, self.find_place)

    def _candidate(self, row: int, match: Match, similarity: float = 1.0) -> Candidate:
        return Candidate(
            place=self.index.place(self.index.arrays["places"][row]),
            name=self.index.name(row),
            match=match,
            similarity=similarity,
        )
