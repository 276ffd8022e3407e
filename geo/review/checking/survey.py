"""Prepare a table for its checks: columns as arrays, units and places looked up once each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from geo.resolution.tables import PlaceQuery, Resolver
from geo.review.checking.findings import Finding

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.models import Place
    from geo.readers.table import TableResult
    from geo.resolution.table_hints import Hints

Array = Any  # a numpy array, one value a row
T = TypeVar("T")
KM_PER_DEGREE = 111.32
EARTH_KM = 6371.0088


class Asked(NamedTuple):
    """Hold what the table asks of one distinct place: its words and units, and their meaning."""

    query: PlaceQuery
    hints: Hints
    country: Place | None


class Survey:
    """View a table that was read; nothing of it is changed."""

    def __init__(self, table: TableResult, gazetteer: Gazetteer, today: date) -> None:
        self.frame = table.frame
        self.problems = table.problems
        self.given = frozenset(table.columns)  # columns that the file has itself
        self.gazetteer = gazetteer
        self.today = today
        self.resolver = Resolver(gazetteer)
        self._known: dict[str, Any] = {}
        self.numbers: list[int] = [int(number) for number in table.frame.index]

    def __len__(self) -> int:
        return len(self.numbers)

    def texts(self, name: str) -> list[str | None]:
        """Return a column as texts, ``None`` where unknown or missing."""
        return self.remember(f"texts {name}", lambda: self._texts(name))

    def _texts(self, name: str) -> list[str | None]:
        if name not in self.frame.columns:
            return [None] * len(self)
        return [value if isinstance(value, str) else None for value in self.frame[name].tolist()]

    def values(self, name: str) -> Array:
        """Return a column as an array of floats, NaN where unknown or missing."""
        import numpy as np

        if name not in self.frame.columns:
            return np.full(len(self), np.nan)
        return self.frame[name].astype("Float64").to_numpy("float64", na_value=np.nan)

    @cached_property
    def lon(self) -> Array:
        """Return longitudes in degrees, NaN where unknown."""
        return self.values("longitude")

    @cached_property
    def lat(self) -> Array:
        """Return latitudes in degrees, NaN where unknown."""
        return self.values("latitude")

    @cached_property
    def located(self) -> Array:
        """Tell the rows that have coordinates other than zero-zero."""
        import numpy as np

        return ~np.isnan(self.lon) & ~np.isnan(self.lat) & ~((self.lon == 0) & (self.lat == 0))

    @cached_property
    def precision(self) -> Array:
        """Return geo_precision, NaN where the table gives none."""
        return self.values("geo_precision")

    @cached_property
    def asked(self) -> list[Asked]:
        """Return what the rows ask of the gazetteer; rows that ask alike share one."""
        names = ("place_text", "country", "iso3", "iso2", "admin1", "admin2")
        known: dict[PlaceQuery, Asked] = {}
        found = []
        for name, own, iso3, iso2, admin1, admin2 in zip(*map(self.texts, names), strict=True):
            query = PlaceQuery(name=name, country=own or iso3 or iso2, admin1=admin1, admin2=admin2)
            if query not in known:
                hints = self.resolver.finder.find(query.country, admin1, admin2)
                known[query] = Asked(query, hints, hints.country)
            found.append(known[query])
        return found

    def units(self, level: str) -> dict[str, tuple[Place, list[int]]]:
        """Return the units that rows with coordinates name, by identity, with those rows."""
        found: dict[str, tuple[Place, list[int]]] = {}
        for at in self.located.nonzero()[0].tolist():
            unit: Place | None = getattr(self.asked[at].hints, level)
            if unit is not None:
                found.setdefault(unit.id, (unit, []))[1].append(at)
        return found

    @cached_property
    def km_outside_country(self) -> Array:
        """Return how far points lie outside their country, 0 inside, NaN where unknown."""
        return self._km_outside("country")

    @cached_property
    def km_outside_admin1(self) -> Array:
        """Return how far points lie outside their first-level unit, as for the country."""
        return self._km_outside("admin1")

    def _km_outside(self, level: str) -> Array:
        import numpy as np

        km = np.full(len(self), np.nan)
        for unit, rows in self.units(level).values():
            km[rows] = self.km_to(unit, self.lon[rows], self.lat[rows])
        return km

    def km_to(self, unit: Place, lon: Array, lat: Array) -> Array:
        """Return about how far points lie outside the outline of a unit, NaN where it has none."""
        import numpy as np
        import shapely

        shape = self.gazetteer.find_outline(unit.id)
        if shape is None:
            return np.full(len(lon), np.nan)
        shapely.prepare(shape)
        inside = shapely.contains_xy(shape, lon, lat)
        km = np.zeros(len(lon))
        far = ~inside
        degrees = shapely.distance(shape, shapely.points(lon[far], lat[far]))
        km[far] = degrees * KM_PER_DEGREE * np.cos(np.radians(np.clip(lat[far], -75, 75)))
        return km

    def finding(
        self, at: int, code: str, column: str, explanation: str, suggestion: str, value: str = ""
    ) -> Finding:
        """Return a finding about the row at a position."""
        import math

        lon, lat = float(self.lon[at]), float(self.lat[at])
        known = not (math.isnan(lon) or math.isnan(lat))
        return Finding(
            row=self.numbers[at],
            code=code,
            column=column,
            value=value or (f"{lat:g}, {lon:g}" if column == POINT and known else ""),
            explanation=explanation,
            suggestion=suggestion,
            event_id=self.texts("event_id")[at],
            lon=lon if known else None,
            lat=lat if known else None,
        )

    def remember(self, name: str, make: Callable[[], T]) -> T:
        """Return what `make` returned the first time."""
        if name not in self._known:
            self._known[name] = make()
        known: T = self._known[name]
        return known

    def noted(self, *words: str) -> Iterator[tuple[int, str, str, str]]:
        """Yield what the reader noted with any of these words: row, column, value, reason."""
        for problem in self.problems:
            if problem.row is not None and any(word in problem.reason for word in words):
                yield problem.row, problem.column or "", problem.value, problem.reason

    @cached_property
    def position(self) -> dict[int, int]:
        """Return the position of each row by its number in the file."""
        return {number: at for at, number in enumerate(self.numbers)}


POINT = "latitude, longitude"


def km_between(lon: Array, lat: Array, other_lon: Array, other_lat: Array) -> Array:
    """Return great-circle distances in km between points in degrees (haversine).

    >>> round(float(km_between(35.117, 47.852, 36.230, 49.988)))
    251
    """
    import numpy as np

    one, two = np.radians(lat), np.radians(other_lat)
    east = np.radians(np.subtract(other_lon, lon)) / 2
    half = np.sin((two - one) / 2) ** 2 + np.cos(one) * np.cos(two) * np.sin(east) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
