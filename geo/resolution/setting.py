"""Name the setting a toponym is read in: the country and the region that its text is about.

The same words in the same setting mean the same place, however a later version resolves them;
a review is remembered by both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from gazetteer.names import fold
from geo.models import Resolution, Span

_UNITS = frozenset({"ADM1", "ADM2", "ADM3"})
_KINDS = {
    "admin1": "unit", "admin2": "unit", "admin3": "unit", "region": "unit", "country": "unit",
    "sector": "sector", "water": "water",
}  # fmt: skip
_BESIDE = 80  # characters between a place and the unit that it is said to lie in
_SHARE = 0.7  # of a document's places in one region, for the document to be about that region
_FEWEST = 3
_SURE = 0.5  # less sure places tell no setting: they change first from version to version


class Settings:
    """Hold the units that a document names, counted once, to name the setting of any mention.

    `resolutions` and `sentences` are those of the document, in text order.
    """

    def __init__(self, resolutions: Iterable[Resolution], sentences: Sequence[Span]) -> None:
        self._sentences = sentences
        self._sentence_starts = [span.start for span in sentences]
        self._places: dict[str, int] = defaultdict(int)
        self._places_by_name: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._regions: dict[str, int] = defaultdict(int)
        self._regions_by_name: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._units: list[tuple[Span, str, str]] = []
        for resolution in resolutions:
            if resolution.mention.literal and resolution.confidence >= _SURE:
                self._count(resolution)
        self._unit_starts = [span.start for span, _, _ in self._units]
        self._known: dict[tuple[str, str | None], str | None] = {}

    def _count(self, resolution: Resolution) -> None:
        place, name = resolution.place, fold(resolution.mention.text)
        if place is None:
            return
        if country := place.admin.country:
            self._places[country] += 1
            self._places_by_name[name][country] += 1
        if units := _codes(resolution):
            self._regions[units] += 1
            self._regions_by_name[name][units] += 1
            if place.feature_code in _UNITS:
                self._units.append((resolution.mention.span, name, units))

    def name(self, resolution: Resolution, *, country: str | None = None) -> str:
        """Return the setting of a mention, as in ``UA.26`` or ``UA; unit``: units, then kind.

        The units are GeoNames codes: those of an administrative unit named just beside, else the
        country and region that most other places of the document lie in; `country` is assumed
        where no place tells one. Of the mention itself no more than its country plays a part.
        The kind is what the words around the mention say it is, left out for settlements and
        sites.
        """
        mention = resolution.mention
        name = fold(mention.text)
        own = resolution.place.admin.country if resolution.place else None
        if (name, own) not in self._known:
            self._known[name, own] = self._of_document(name, own)
        units = self._named_beside(mention.span, name) or self._known[name, own] or country
        kind = _KINDS.get(mention.hint or "")
        return "; ".join(part for part in (units, kind) if part)

    def _named_beside(self, at: Span, name: str) -> str | None:
        index = bisect_right(self._sentence_starts, at.start) - 1
        if index < 0 or not self._sentences[index].contains(at):
            return None
        first = bisect_left(self._unit_starts, at.start - _BESIDE)
        last = bisect_right(self._unit_starts, at.start + _BESIDE)
        near = [
            (abs(span.start - at.start), units)
            for span, other, units in self._units[first:last]
            if other != name and self._sentences[index].contains(span)
        ]
        return min(near)[1] if near else None

    def _of_document(self, name: str, own: str | None) -> str | None:
        countries = _without(self._places, self._places_by_name.get(name, {}))
        if own:
            countries[own] = countries.get(own, 0) + 1
        if not countries:
            return None
        country = _commonest(countries)
        others = _without(self._regions, self._regions_by_name.get(name, {}))
        regions = {unit: n for unit, n in others.items() if unit.startswith(f"{country}.")}
        if regions:
            region = _commonest(regions)
            if regions[region] >= max(_FEWEST, _SHARE * sum(regions.values())):
                return region
        return country


def name_table_setting(parts: Iterable[str | None]) -> str:
    """Return the setting of a table's row: the units it names, as it names them.

    >>> name_table_setting(["Ukraine", None, "Zaporizkyi  raion"])
    'Ukraine, Zaporizkyi raion'
    """
    return ", ".join(" ".join(part.split()) for part in parts if part and part.strip())


def _without(counts: Mapping[str, int], others: Mapping[str, int]) -> dict[str, int]:
    """Return what is left of counts; unlike that of a Counter, in a microsecond."""
    return {unit: n for unit, count in counts.items() if (n := count - others.get(unit, 0)) > 0}


def _commonest(counts: Mapping[str, int]) -> str:
    return min(counts, key=lambda code: (-counts[code], code))


def _codes(resolution: Resolution) -> str | None:
    place = resolution.place
    if place is None or not place.admin.country or not place.admin.admin1:
        return None
    return f"{place.admin.country}.{place.admin.admin1}"
