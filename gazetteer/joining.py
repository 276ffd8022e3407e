"""Join the user's sources with each other and with the embedded gazetteer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.conflate import find_same, join_places
from gazetteer.indexing import Record, identifiers_of
from gazetteer.lookup import Gazetteer
from gazetteer.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.index import Index
    from gazetteer.models import Place

_SOUNDS_SAME = 0.96  # of a transliterated name: the same letters but for the habit


def join_records(base: Index, sources: Iterable[tuple[Iterable[Record], bool]]) -> list[Record]:
    """Return one record for each place that the sources hold, in their order.

    Each source comes with whether its points win. Places that the base knows keep their id
    there, so that the joined one takes their place when the overlay is opened.
    """
    joined = _Joined(Gazetteer(base))
    for records, wins in sources:
        for record in records:
            joined.add(record, wins=wins)
    return list(joined.records.values())


class _Joined:
    """Hold the records joined so far, findable by name and by identifier."""

    def __init__(self, base: Gazetteer) -> None:
        self.base = base
        self.records: dict[str, Record] = {}
        self._by_name: dict[str, dict[str, None]] = {}
        self._by_identifier: dict[str, str] = {}

    def add(self, record: Record, *, wins: bool) -> None:
        """Join a record with the place it is, or keep it as a new one."""
        place = self._with_region(record.place)
        same = find_same(place, self._namesakes(record), self._find_place)
        if same is not None:
            place = join_places(same.place, place, new_point_wins=wins)
        before = self.records.get(place.id)
        names = tuple(dict.fromkeys((*(before.names if before else ()), *record.names)))
        outline = record.outline or (before.outline if before else None)
        self.records[place.id] = Record(place, names, outline)
        for name in record.names:
            self._by_name.setdefault(fold(name.name), {})[place.id] = None
        for identifier in (record.place.id, *identifiers_of(place)):
            self._by_identifier[identifier] = place.id

    def _with_region(self, place: Place) -> Place:
        """Fill in the region that an exact point lies in, where the source does not say."""
        if place.admin.admin1 or place.located != "exact" or place.feature_class != "P":
            return place
        for unit in self.base.units_at(place.lon or 0.0, place.lat or 0.0):
            if unit.feature_code == "ADM1" and place.admin.country in (None, unit.admin.country):
                return replace(place, admin=replace(unit.admin, admin2=place.admin.admin2))
        return place

    def _namesakes(self, record: Record) -> Iterator[Place]:
        for name in dict.fromkeys(name.name for name in record.names):
            for place_id in self._by_name.get(fold(name), ()):
                yield self.records[place_id].place
            for candidate in self.base.lookup(name):
                yield self._latest(candidate.place)
            for candidate in self.base.transliterated(name, limit=20):
                if candidate.similarity >= _SOUNDS_SAME:
                    yield self._latest(candidate.place)

    def _find_place(self, identifier: str) -> Place | None:
        joined = self._by_identifier.get(identifier)
        return self.records[joined].place if joined else self.base.find_place(identifier)

    def _latest(self, place: Place) -> Place:
        record = self.records.get(place.id)
        return record.place if record else place
