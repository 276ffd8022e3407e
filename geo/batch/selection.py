"""Select events by time, area, type and confidence, before they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow.compute as pc
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

_LON, _LAT = 180.0, 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Say which events are wanted; what is not known of an event is not taken for a yes.

    ``since`` and ``until`` are days that the event's days touch. ``bbox`` is west, south, east,
    north in WGS84 degrees and touches the event's point or outline; west above east crosses the
    180th meridian. ``within`` is a polygon (lon lat) that the point or outline touches; parts are
    skipped by its box. ``types`` are event types or subtypes as in the table, whatever their case.
    ``confidence`` is the least ``geo_confidence``.
    """

    since: date | None = None
    until: date | None = None
    bbox: tuple[float, float, float, float] | None = None
    types: tuple[str, ...] = ()
    confidence: float | None = None
    within: BaseGeometry | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise InputError(f"since {self.since} is later than until {self.until}")
        if self.bbox is not None:
            west, south, east, north = self.bbox
            if max(abs(west), abs(east)) > _LON or max(abs(south), abs(north)) > _LAT:
                raise InputError(f"{self.bbox} is no box of west, south, east, north in degrees")
            if south > north:
                raise InputError(f"south {south} is above north {north}")
        if self.confidence is not None and not 0 <= self.confidence <= 1:
            raise InputError(f"a confidence of {self.confidence} is not between 0 and 1")
        if self.within is not None and (self.within.is_empty or self.within.area == 0):
            raise InputError("what the events shall lie within has no area")

    @property
    def is_everything(self) -> bool:
        """Tell whether nothing is left out."""
        return self == Selection()

    def expression(self) -> pc.Expression | None:
        """Return the selection for pyarrow, which skips what cannot match; ``None`` for all."""
        import pyarrow.compute as pc

        wanted: Any = None
        for part in self._expressions(pc.field):
            wanted = part if wanted is None else wanted & part
        return wanted

    def _expressions(self, field: Any) -> list[Any]:  # noqa: ANN401 - pyarrow has no types
        import pyarrow.compute as pc

        parts = []
        start, end = field("date_start"), field("date_end")
        if self.since is not None:
            day = self.since.isoformat()
            parts.append((end >= day) | (end.is_null() & (start >= day)))
        if self.until is not None:
            day = self.until.isoformat()
            parts.append((start <= day) | (start.is_null() & (end <= day)))
        if self.bbox is not None:
            west, south, east, north = self.bbox
            left, right = field("bbox", "xmax") >= west, field("bbox", "xmin") <= east
            parts.append(left & right if west <= east else left | right)
            parts.append((field("bbox", "ymax") >= south) & (field("bbox", "ymin") <= north))
        if self.within is not None:
            west, south, east, north = self.within.bounds
            parts.append((field("bbox", "xmax") >= west) & (field("bbox", "xmin") <= east))
            parts.append((field("bbox", "ymax") >= south) & (field("bbox", "ymin") <= north))
        if self.types:
            words = [word.casefold() for word in self.types]
            columns = (field("event_type"), field("event_subtype"))
            one, other = (pc.utf8_lower(column).isin(words) for column in columns)
            parts.append(one | other)
        if self.confidence is not None:
            parts.append(field("geo_confidence") >= self.confidence)
        return parts

    def of(self, frame: GeoDataFrame) -> GeoDataFrame:
        """Return the wanted rows of a frame of the schema."""
        if self.is_everything:
            return frame
        return frame[self.mask(frame)].reset_index(drop=True)

    def exactly(self, frame: GeoDataFrame) -> GeoDataFrame:
        """Return the rows of a frame read by :meth:`expression`, which knows boxes only."""
        if self.within is None or not len(frame):
            return frame
        return frame[_lies_in(frame, self.within)].reset_index(drop=True)

    def mask(self, frame: pd.DataFrame) -> pd.Series[bool]:
        """Return which rows of a frame of the schema are wanted."""
        import pandas as pd

        keep = pd.Series(data=True, index=frame.index)
        start, end = frame["date_start"], frame["date_end"]
        if self.since is not None:
            keep &= end.fillna(start).fillna("") >= self.since.isoformat()
        if self.until is not None:
            keep &= start.fillna(end).fillna("~") <= self.until.isoformat()
        if self.bbox is not None:
            keep &= _touches(frame, self.bbox)
        if self.within is not None:
            keep &= _lies_in(frame, self.within)
        if self.types:
            words = [word.casefold() for word in self.types]
            columns = [
                frame[name].str.lower().isin(words) for name in ("event_type", "event_subtype")
            ]
            keep &= columns[0] | columns[1]
        if self.confidence is not None:
            keep &= (frame["geo_confidence"] >= self.confidence).fillna(value=False)
        return keep.astype("bool")


def _lies_in(frame: Any, area: BaseGeometry) -> Any:  # noqa: ANN401 - a GeoDataFrame; booleans
    import shapely

    shapely.prepare(area)
    return shapely.intersects(area, frame.geometry.to_numpy())


def _touches(frame: Any, bbox: Sequence[float]) -> pd.Series[bool]:  # noqa: ANN401 - a GeoDataFrame
    west, south, east, north = bbox
    bounds = frame.geometry.bounds
    left, right = bounds["maxx"] >= west, bounds["minx"] <= east
    within = left & right if west <= east else left | right
    touches: pd.Series[bool] = within & (bounds["maxy"] >= south) & (bounds["miny"] <= north)
    return touches
