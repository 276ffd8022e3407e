"""Add up events: what is known, in bounds, each fact once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from geo.schema import COUNTED

if TYPE_CHECKING:
    import pandas as pd

    from gazetteer.models import Place
    from geo.models import Event

Frame = TypeVar("Frame", bound="pd.DataFrame")
_UNCOUNTED_REVIEWS = ("rejected",)
_GROUND = (
    "area_km2", "area_role", "area_direction", "series_id", "counts_in_total", "duplicate_of",
    "review_status",
)  # fmt: skip
WHOLE = ("cumulative", "stock")  # area_role of figures that are totals already


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Hold a sum with its bounds; ``None`` is unknown, never 0.

    ``best`` adds the best figures, and the lower bound where only that is known ("dozens").
    ``high`` is ``None`` where a figure has no upper bound ("at least five"). ``known`` counts
    the events that give a figure.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    known: int = 0

    def __str__(self) -> str:
        if self.best is None:
            return "unknown"
        if self.low == self.best == self.high:
            return str(self.best)
        return f"{self.best} ({self.low}–{'?' if self.high is None else self.high})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Hold square kilometres: those told in total, and those of periods; they are never added.

    ``within`` is the part of ``total`` that a period's figure tells: "three last week, forty in
    all" is ``total`` 40, ``within`` 3 and no ``periods``. ``periods`` adds up what was told of
    periods that belong to no total. ``None`` is unknown, never 0.

    >>> print(Area(total=40.0, within=3.0, known=1))
    40 km² in total, of which 3 in periods
    >>> print(Area(total=40.0, periods=12.0, known=2))
    40 km² in total; 12 km² in periods
    """

    total: float | None = None
    periods: float | None = None
    within: float | None = None
    known: int = 0

    def __str__(self) -> str:
        parts = []
        if self.total is not None:
            within = f", of which {self.within:.15g} in periods" if self.within else ""
            parts.append(f"{self.total:.15g} km² in total{within}")
        if self.periods is not None:
            parts.append(f"{self.periods:.15g} km² in periods")
        return "; ".join(parts) or "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Hold what a set of events adds up to.

    ``counted`` events are summed in full; rejected ones and duplicates are not, and of a part of a
    total only the persons are.

    >>> killed = Bounds(low=3, best=3, high=3, known=1)
    >>> figures = {"killed": killed, "injured": Bounds()}
    >>> print(Totals(events=1, counted=1, unresolved=0, undated=0, figures=figures))
    1 event · killed 3 · injured unknown
    """

    events: int
    counted: int
    unresolved: int
    undated: int
    figures: Mapping[str, Bounds] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)

    @property
    def killed(self) -> Bounds:
        """Return the sum of those killed."""
        return self.figures["killed"]

    @property
    def injured(self) -> Bounds:
        """Return the sum of those injured."""
        return self.figures["injured"]

    def __str__(self) -> str:
        events = f"{self.events:,} event" + ("" if self.events == 1 else "s")
        areas = "".join(f" · {name} {area}" for name, area in self.areas.items())
        return f"{events} · killed {self.killed} · injured {self.injured}{areas}"

    def area(self, direction: str) -> Area:
        """Return the area liberated, captured, lost or contested (``area``: not told which)."""
        return self.areas.get(direction, Area())


def summarise(events: pd.DataFrame | Iterable[Event]) -> Totals:
    """Add up a frame of the schema, or events; each fact counts once, unknown adds nothing.

    Only rows with ``counts_in_total`` are summed, and of those neither duplicates nor rejected
    ones. Ground that is part of another's total (a ``series_id``, and no ``counts_in_total``) is
    left out, the persons told with it are not: a series is one of ground.

    >>> from geo import read_frame
    >>> totals = summarise(read_frame("outputs/example/article.it.geojson"))
    >>> print(totals)
    4 events · killed 3 · injured 4 · liberated 40 km² in total, of which 3 in periods
    >>> print(totals.killed, totals.area("captured"))
    3 unknown
    """
    frame = _frame(events)
    counted = _counted(frame)
    persons = frame[_counts_persons(frame)]
    return Totals(
        events=len(frame),
        counted=len(counted),
        unresolved=int(frame["longitude"].isna().sum()),
        undated=int((frame["date_start"].isna() & frame["date_end"].isna()).sum()),
        figures={name: _bounds(persons, name) for name in COUNTED},
        areas=_areas(frame, counted),
    )


class Tally:
    """Add up frames of the schema that come one after the other, as :func:`summarise` does one."""

    def __init__(self) -> None:
        self._sums: list[Totals] = []
        self._ground: list[pd.DataFrame] = []

    def add(self, frame: pd.DataFrame) -> None:
        """Add the events of a frame."""
        self._sums.append(summarise(frame))
        told = frame[frame["area_km2"].notna()]
        self._ground.append(told[list(_GROUND)])

    def adding(self, frames: Iterable[Frame]) -> Iterator[Frame]:
        """Hand frames on, adding each."""
        for frame in frames:
            self.add(frame)
            yield frame

    def totals(self) -> Totals:
        """Return what all of them add up to."""
        import pandas as pd

        sums = self._sums
        ground = pd.concat(self._ground, ignore_index=True) if sums else None
        figures = {name: join_bounds([total.figures[name] for total in sums]) for name in COUNTED}
        return Totals(
            events=sum(total.events for total in sums),
            counted=sum(total.counted for total in sums),
            unresolved=sum(total.unresolved for total in sums),
            undated=sum(total.undated for total in sums),
            figures=figures,
            areas={} if ground is None else _areas(ground, _counted(ground)),
        )


def join_bounds(sums: Sequence[Bounds]) -> Bounds:
    """Return the sum of several sums; those of nothing known add nothing.

    >>> print(join_bounds([Bounds(), Bounds(low=1, best=2, high=3, known=1)]))
    2 (1–3)
    """
    known = [bounds for bounds in sums if bounds.known]
    if not known:
        return Bounds()
    highs = [bounds.high for bounds in known]
    return Bounds(
        low=sum(bounds.low or 0 for bounds in known),
        best=sum(bounds.best or 0 for bounds in known),
        high=None if None in highs else sum(high or 0 for high in highs),
        known=sum(bounds.known for bounds in known),
    )


def _counted(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["counts_in_total"] & _stands(frame)]


def _counts_persons(frame: pd.DataFrame) -> pd.Series[bool]:
    is_ground = frame["series_id"].notna() & frame["area_km2"].notna()
    return (frame["counts_in_total"] | is_ground) & _stands(frame)


def _frame(events: pd.DataFrame | Iterable[Event]) -> pd.DataFrame:
    import pandas as pd

    from geo.frame import to_geodataframe

    if isinstance(events, pd.DataFrame):
        return events
    frame: pd.DataFrame = to_geodataframe(events, gazetteer=_Nowhere())
    return frame


def _stands(frame: pd.DataFrame) -> pd.Series[bool]:
    return frame["duplicate_of"].isna() & ~frame["review_status"].isin(_UNCOUNTED_REVIEWS)


class _Nowhere:
    """Name no units: totals need none."""

    def ancestors(self, place: Place) -> tuple[()]:
        return ()


def _bounds(frame: pd.DataFrame, name: str) -> Bounds:
    low, best, high = (frame[f"{name}_{bound}"] for bound in ("low", "best", "high"))
    best = best.fillna(low).fillna(high)
    known = best.notna()
    if not known.any():
        return Bounds()
    low, high = low.fillna(best)[known], high[known]
    plain = frame.loc[known, f"{name}_low"].isna()  # a lone best figure is its own upper bound
    high = high.fillna(best[known].where(plain))
    return Bounds(
        low=int(low.sum()),
        best=int(best[known].sum()),
        high=None if high.isna().any() else int(high.sum()),
        known=int(known.sum()),
    )


def _areas(frame: pd.DataFrame, counted: pd.DataFrame) -> dict[str, Area]:
    told = frame[frame["area_km2"].notna() & _stands(frame)]
    told = told.assign(area_direction=told["area_direction"].fillna("area"))
    parts = told[~told["counts_in_total"] & ~told["area_role"].isin(WHOLE)]
    sums: dict[str, Area] = {}
    for direction, rows in told[told.index.isin(counted.index)].groupby("area_direction"):
        whole = rows["area_role"].isin(WHOLE)
        series = set(rows["series_id"].dropna())
        within = parts[(parts["area_direction"] == direction) & parts["series_id"].isin(series)]
        sums[str(direction)] = Area(
            total=_sum(rows.loc[whole, "area_km2"]),
            periods=_sum(rows.loc[~whole, "area_km2"]),
            within=_sum(within["area_km2"]),
            known=len(rows),
        )
    return sums


def _sum(km2: pd.Series[float]) -> float | None:
    """Add up; nothing told is unknown."""
    return float(km2.sum()) if len(km2) else None
