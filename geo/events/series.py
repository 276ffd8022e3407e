"""Put totals of ground and the periods they contain into series, of which one figure counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.events.whereabouts import Place, cubes_around, days_of, is_near, places_of, published_on
from geo.models import Event


def link_series(events: Sequence[Event], distance_km: float = 5.0) -> tuple[Event, ...]:
    """Group each cumulative area with what it contains, so that a total adds one of them.

    The latest total of a place and direction counts; earlier totals, the total of one of its
    flanks, and the periods that it reaches over are part of it and do not. A period that begins
    after a total was told is in none. The order is kept.
    """
    totals = [i for i, event in enumerate(events) if event.cumulative and event.area is not None]
    heads = _Heads(events, distance_km)
    for number in sorted(totals, key=lambda i: _rank(events[i])):
        heads.add(number)
    return tuple(_linked(events, i, heads.head_of(i)) for i in range(len(events)))


def _linked(events: Sequence[Event], number: int, head: int | None) -> Event:
    if head is None:
        event = events[number]
        is_loose = event.area is not None and event.series_id is not None
        return replace(event, series_id=None, counts_in_total=True) if is_loose else event
    series = f"series-{events[head].id}"
    return replace(events[number], series_id=series, counts_in_total=head == number)


def _rank(event: Event) -> tuple[bool, int, float]:
    """Order totals: of the whole before those of flanks, the latest first, the largest first."""
    flanked = event.area_flank is not None
    return flanked, -published_on(event).toordinal(), -_km2(event)


def _km2(event: Event) -> float:
    area = event.area
    return 0.0 if area is None else area.best or area.low or 0.0


class _Heads:
    """Hold the totals that count, by place, and which total each other one is part of."""

    def __init__(self, events: Sequence[Event], distance_km: float) -> None:
        self._events = events
        self._distance_km = distance_km
        self._at: dict[Place, list[int]] = defaultdict(list)
        self._above: dict[int, int] = {}

    def add(self, number: int) -> None:
        """Take in a total: part of one that counts, or one that counts and may contain others."""
        total = self._events[number]
        around = list(self._near(number))
        whole = next((h for h in around if _supersedes(self._events[h], total)), None)
        if whole is not None:
            self._above[number] = whole
            return
        for other in around:
            if _contains(total, self._events[other]):
                self._above[other] = number
                self._leave(other)
        for key in places_of(total.place, self._distance_km):
            self._at[key].append(number)

    def head_of(self, number: int) -> int | None:
        """Return the total that an event is part of, itself when it is one that counts."""
        event = self._events[number]
        if event.area is None:
            return None
        if not event.cumulative:
            return next((h for h in self._near(number) if _reaches(self._events[h], event)), None)
        while number in self._above:
            number = self._above[number]
        return number

    def _leave(self, number: int) -> None:
        for key in places_of(self._events[number].place, self._distance_km):
            self._at[key].remove(number)

    def _near(self, number: int) -> Iterator[int]:
        """Yield the totals that count near an event and in its direction, in order."""
        event = self._events[number]
        found: set[int] = set()
        for own in places_of(event.place, self._distance_km):
            for key in [own] if isinstance(own, str) else cubes_around(own):
                found.update(self._at.get(key, ()))
        for other in sorted(found):
            total = self._events[other]
            if total.area_direction == event.area_direction and is_near(
                event.place, total.place, self._distance_km
            ):
                yield other


def _since(event: Event) -> object:
    return event.interval.start if event.interval is not None else None


def _supersedes(head: Event, total: Event) -> bool:
    """Tell whether a total stands for another: a later one of the same ground, or a larger one."""
    if head.area_flank == total.area_flank and _since(head) == _since(total):
        return True
    return _contains(head, total)


def _contains(head: Event, total: Event) -> bool:
    """Tell whether a total holds all of another: as large, and of the whole or the same flank."""
    return head.area_flank in (None, total.area_flank) and _km2(head) >= _km2(total)


def _reaches(total: Event, period: Event) -> bool:
    """Tell whether a total reaches over a period: no smaller, and not told before it began."""
    if _km2(period) > _km2(total):
        return False
    days, told = days_of(period), days_of(total)
    if days is None or told is None:
        return True
    since = total.interval.start if total.interval is not None else None
    return days[0] <= told[1] and (since is None or days[1] >= since)
