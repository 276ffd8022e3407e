"""Answer questions about place names from the indexes: the gazetteer as its users see it."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, product
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.admin import ancestors_of, is_within
from gazetteer.errors import UnknownPlaceError
from gazetteer.models import Candidate, GazetteerInfo, Match, Place, PlaceName, SourceInfo
from gazetteer.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from gazetteer.index import Index
    from gazetteer.models import ScoredCandidate

_REMEMBERED = 16384
_LEAST_HEARD = 0.8  # of 1: below, names are others
_MOST_NAMESAKES = 100  # of one likely name; the best-known come first


class _Layer(NamedTuple):
    """Hold an index and, for places that a higher layer replaces, the number there."""

    names: Index
    replaced: dict[int, int]


class Gazetteer:
    """Look up names in an index, and in an overlay of the user's sources above it.

    Get one from :func:`gazetteer.open_gazetteer`.
    """

    def __init__(self, index: Index, overlay: Index | None = None) -> None:
        self.index = index
        self.overlay = overlay
        pairs = overlay.arrays["shadows"] if overlay else ()
        replaced = dict(zip(pairs[::2], pairs[1::2], strict=True))
        self._layers = (*([_Layer(overlay, {})] if overlay else []), _Layer(index, replaced))
        self._has_packed_outlines = bool(index.meta.get("packed_outlines"))
        self.lookup = lru_cache(maxsize=_REMEMBERED)(self._lookup)
        self.transliterated = lru_cache(maxsize=8192)(self._transliterated)
        self.fuzzy = lru_cache(maxsize=8192)(self._fuzzy)
        self.heard = lru_cache(maxsize=8192)(self._heard)

    def _lookup(self, name: str) -> tuple[Candidate, ...]:
        """Return all places with this name, best-known first; empty when there is none.

        Case, apostrophes, stress marks and Latin diacritics do not matter. A user's places
        come before all others.
        """
        folded = fold(name)
        found: dict[str, Candidate] = {}
        for layer in self._layers:
            for row in layer.names.rows(folded):
                match: Match = "exact" if layer.names.spelling(row) == name else "folded"
                candidate = self._candidate(layer, row, match, 1.0)
                found.setdefault(candidate.place.id, candidate)
        return tuple(found.values())

    def _transliterated(self, name: str, *, limit: int = 10) -> tuple[Candidate, ...]:
        """Return places whose name sounds like `name` in another habit of transliteration.

        Likest first, at most `limit` names, each with all its places. Places that
        :meth:`lookup` finds are left out.
        """
        from gazetteer.likeness import alike_names

        found = (alike_names(name, layer.names) for layer in self._layers)
        return self._places_of(chain(*found), "transliterated", limit, self.lookup(name))

    def _fuzzy(self, name: str, *, limit: int = 10) -> tuple[Candidate, ...]:
        """Return places whose name differs from `name` by few edits, or transliterates it.

        One edit from five letters, two from eight, three from twelve; shorter names match
        exactly or not at all. At most `limit` names of each sort, each with all its places.
        """
        from gazetteer.fuzzy import similar_names

        alike = self.transliterated(name, limit=limit)
        found = (similar_names(fold(name), layer.names) for layer in self._layers)
        misspelt = self._places_of(chain(*found), "fuzzy", limit, (*self.lookup(name), *alike))
        return tuple(sorted((*alike, *misspelt), key=lambda candidate: -candidate.similarity))

    def _heard(self, name: str, country: str, *, limit: int = 10) -> tuple[Candidate, ...]:
        """Return places of a country whose name sounds like `name` as another language spells it.

        `country` is an ISO 3166-1 alpha-2 code. Likest first, at most `limit` places, each by
        the name that is likest. None of the largest countries: see :mod:`gazetteer.hearing`.
        """
        from gazetteer.hearing import heard_names

        found: dict[str, Candidate] = {}
        for layer in self._layers:
            for alike, row in heard_names(name, country, layer.names, _LEAST_HEARD):
                candidate = self._candidate(layer, row, "heard", alike)
                known = found.get(candidate.place.id)
                if known is None or known.similarity < alike:
                    found[candidate.place.id] = candidate
        return tuple(sorted(found.values(), key=lambda c: (-c.similarity, c.place.id))[:limit])

    def demonym(self, word: str) -> Place | None:
        """Return the country whose people or adjective `word` is ("Ukrainian", "ucraino").

        Demonyms are no names of places: :meth:`lookup` does not find them.
        """
        return self.find_place(f"demonym={fold(word)}")

    def contains(self, folded: str) -> bool:
        """Tell whether a name, already folded, is a name of any place."""
        if self.overlay is not None and folded in self.overlay.names:
            return True
        return folded in self.index.names

    def begins(self, folded: str) -> bool:
        """Tell whether any name, folded, begins with these letters."""
        if self.overlay is None:
            return next(self.index.names.iterkeys(folded), None) is not None
        keys = (next(layer.names.names.iterkeys(folded), None) for layer in self._layers)
        return any(key is not None for key in keys)

    def prefixes(self, folded_text: str) -> list[str]:
        """Return all names (folded) that `folded_text` begins with, shortest first.

        The caller checks that the name ends where a word ends.
        """
        if self.overlay is None:
            return list(self.index.names.iter_prefixes(folded_text))
        found = {n for layer in self._layers for n in layer.names.names.prefixes(folded_text)}
        return sorted(found, key=len)

    def goes_on(self, folded: str) -> bool:
        """Tell whether a name begins with this word and goes on behind it with another.

        Where so many longer words begin with it that it would take long to tell, the answer is
        yes.
        """
        return any(layer.names.goes_on(folded) for layer in self._layers)

    def place(self, place_id: str) -> Place:
        """Return the place with this identifier (``gn:692554``) or code (``=UA.26``).

        Raises :class:`UnknownPlaceError` when there is none.
        """
        found = self.find_place(place_id)
        if found is None:
            raise UnknownPlaceError(f"no place {place_id!r} in the gazetteer")
        return found

    def find_place(self, identifier: str) -> Place | None:
        """Return the place with this identifier or code, or ``None``."""
        for layer in self._layers:
            number = layer.names.number(identifier)
            if number is not None:
                return self._place(layer, number)
        return None

    def ancestors(self, place: Place) -> tuple[Place, ...]:
        """Return the known units that contain `place`, nearest first, the country last."""
        return ancestors_of(place, self.find_place)

    def within(self, place: Place, unit: Place) -> bool:
        """Tell whether `place` lies in `unit` (an admin unit, country or continent)."""
        return is_within(place, unit, self.find_place)

    def units_at(self, lon: float, lat: float) -> tuple[Place, ...]:
        """Return the places whose outline holds a point in degrees, smallest first.

        Countries, first-level units and the user's own areas have outlines.
        """
        from gazetteer.outlines import numbers_at
        from gazetteer.shapes import packed_units_at

        found = [
            self._place(layer, number)
            for layer in self._layers
            for number in numbers_at(layer.names, lon, lat)
        ]
        if self._has_packed_outlines:
            found += packed_units_at(lon, lat, self.find_place)
        return tuple({place.id: place for place in found}.values())

    def geometry(self, place_id: str) -> str | None:
        """Return the WKT (lon lat) of a place's outline or line, ``None`` for points.

        Raises :class:`UnknownPlaceError` when there is no such place.
        """
        from gazetteer.shapes import shape_of_place

        return shape_of_place(self.place(place_id), self.find_outline, self.find_place)

    def find_outline(self, place_id: str) -> BaseGeometry | None:
        """Return the outline of a place as a shapely geometry, ``None`` where there is none."""
        from gazetteer.outlines import shape_of
        from gazetteer.shapes import packed_outline

        for layer in self._layers:
            number = layer.names.number(place_id)
            shape = None if number is None else shape_of(layer.names, number)
            if shape is not None:
                return shape
        return packed_outline(self.place(place_id)) if self._has_packed_outlines else None

    def search(
        self,
        name: str,
        *,
        near: str | tuple[float, float] | None = None,
        country: str | None = None,
        limit: int = 10,
    ) -> tuple[ScoredCandidate, ...]:
        """Return the candidates for `name` with scores and reasons, best first.

        `near` is a place's name or a ``(lon, lat)`` in degrees, `country` an ISO 3166-1 alpha-2
        code; both raise what lies there and rule nothing out.
        """
        from gazetteer.search import search_places

        return search_places(self, name, near=near, country=country, limit=limit)

    def info(self) -> GazetteerInfo:
        """Describe the gazetteer: content version, sources, counts, place and size on disk."""
        metas = [layer.names.meta for layer in self._layers]
        sources = tuple(
            SourceInfo(**source, places=meta["counts"].get(source["name"], 0))
            for meta in reversed(metas)
            for source in meta["sources"]
        )
        return GazetteerInfo(
            version="+".join(meta["version"] for meta in reversed(metas)),
            sources=sources,
            places=sum(meta["places"] for meta in metas) - len(self._layers[-1].replaced),
            names=sum(meta["names"] for meta in metas),
            path=str(self.index.folder),
            size_bytes=sum(size for meta in metas for size, _checksum in meta["files"].values()),
        )

    def _place(self, layer: _Layer, number: int) -> Place:
        above = layer.replaced.get(number)
        if above is not None and self.overlay:
            return self.overlay.place(above)
        return layer.names.place(number)

    def _candidate(self, layer: _Layer, row: int, match: Match, similarity: float) -> Candidate:
        index = layer.names
        place = self._place(layer, index.arrays["places"][row])
        language, kind = index.tag(row)
        name = PlaceName(place_id=place.id, name=index.spelling(row), language=language, kind=kind)
        return Candidate(place=place, name=name, match=match, similarity=similarity)

    def _places_of(
        self,
        names: Iterable[tuple[float, str]],
        match: Match,
        limit: int,
        known: Iterable[Candidate],
    ) -> tuple[Candidate, ...]:
        """Return the places of the likest names, given as (similarity, folded name)."""
        found: dict[str, Candidate] = {}
        left_out = {candidate.place.id for candidate in known}
        likest = sorted(set(names), key=lambda item: (-item[0], item[1]))[:limit]
        for (similarity, name), layer in product(likest, self._layers):
            for row in layer.names.rows(name)[:_MOST_NAMESAKES]:
                candidate = self._candidate(layer, row, match, similarity)
                if candidate.place.id not in left_out:
                    found.setdefault(candidate.place.id, candidate)
        return tuple(found.values())
