"""Decide what may be published, and how exactly: one set of rules for all formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.exporters.coarsening import coarsen_rows, round_rows

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

SENSITIVITIES = ("none", "personal", "graphic", "military_position")
REVIEWS = ("any", "not_rejected", "reviewed")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationRules:
    """Hold what is published and how exactly.

    Points of the user's own (``geo_method`` table, review, geocoder) are put on a fixed grid of
    ``grid_degrees``; the gazetteer's places are rounded to three decimals. ``exact`` keeps all
    as it is. ``min_age_hours`` withholds what happened or was published later than that before
    now, and what has no date at all. ``withhold`` names the sensitivities that are left out,
    ``coarsen`` those that are put on the ten times coarser grid, whatever their source.
    ``review``: ``any``, ``not_rejected``, or ``reviewed`` (ok and corrected only).

    >>> PublicationRules(grid_degrees=0.1, withhold=("personal",)).review
    'not_rejected'
    """

    exact: bool = False
    grid_degrees: float = 0.01
    min_age_hours: float | None = None
    withhold: tuple[str, ...] = ()
    coarsen: tuple[str, ...] = ("military_position",)
    review: str = "not_rejected"

    def __post_init__(self) -> None:
        unknown = {*self.withhold, *self.coarsen} - set(SENSITIVITIES)
        if unknown:
            raise InputError(
                f"no sensitivity {min(unknown)!r}; there are {', '.join(SENSITIVITIES)}"
            )
        if self.review not in REVIEWS:
            raise InputError(f"no review filter {self.review!r}; there are {', '.join(REVIEWS)}")
        if not 0 < self.grid_degrees <= 10:
            raise InputError(f"a grid of {self.grid_degrees} degrees is not between 0 and 10")
        if self.min_age_hours is not None and self.min_age_hours < 0:
            raise InputError(f"an age of {self.min_age_hours} hours is in the future")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Hold what may go out, and how many rows were withheld for which reason."""

    frame: GeoDataFrame
    withheld: Mapping[str, int] = field(default_factory=dict)
    coarsened: int = 0


def publish(
    frame: GeoDataFrame, rules: PublicationRules | None = None, *, now: datetime | None = None
) -> Published:
    """Apply the rules; the finer coordinates are nowhere in the result, text included.

    `now` (aware, default the present) is what ages are measured against.

    >>> from geo import read_frame
    >>> frame = read_frame("outputs/example/article.it.geojson")
    >>> out = publish(frame, PublicationRules(review="reviewed"))
    >>> len(out.frame), out.withheld
    (0, {'review': 4})
    """
    rules = rules or PublicationRules()
    frame = frame.reset_index(drop=True)
    withheld: dict[str, int] = {}
    for reason, keep in _filters(frame, rules, now or datetime.now(UTC)).items():
        kept = keep[frame.index]
        if not kept.all():
            withheld[reason] = int((~kept).sum())
            frame = frame[kept]
    if rules.exact:
        return Published(frame=frame, withheld=withheld)
    coarse = coarsen_rows(frame, rules.grid_degrees, rules.coarsen)
    return Published(
        frame=round_rows(coarse), withheld=withheld, coarsened=int(coarse["geo_obfuscated"].sum())
    )


def _filters(
    frame: pd.DataFrame, rules: PublicationRules, now: datetime
) -> dict[str, pd.Series[bool]]:
    kept = {"sensitivity": ~frame["sensitivity"].isin(rules.withhold)}
    if rules.review == "not_rejected":
        kept["review"] = frame["review_status"] != "rejected"
    elif rules.review == "reviewed":
        kept["review"] = frame["review_status"].isin(["ok", "corrected"])
    if rules.min_age_hours is not None:
        kept["age"] = _is_old_enough(frame, now - timedelta(hours=rules.min_age_hours))
    return kept


def _is_old_enough(frame: pd.DataFrame, limit: datetime) -> pd.Series[bool]:
    """Measure from the end of the latest known day, in UTC."""
    import pandas as pd

    days = [
        pd.to_datetime(frame[name], errors="coerce", utc=True, format="ISO8601")
        for name in ("date_start", "date_end", "published")
    ]
    latest = pd.concat(days, axis=1).max(axis=1) + pd.Timedelta(days=1)
    return (latest <= limit).fillna(value=False)
