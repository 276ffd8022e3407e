"""Sum events by place, kind and month, for maps of more events than one page can carry.

Places are the cells of a square grid on Web Mercator, each of which lies whole in one of the next
coarser level: the finest level whose sums fit the page is taken, and does not depend on how the
events were cut into parts. Sums follow :mod:`geo.totals`: unknown is no number, never 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.webmap.payload import kinds_of, texts_in, to_months, to_numbers, values_in

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    Ints = npt.NDArray[np.int64]

FINEST = 15  # the world is 2**15 cells wide: 1.2 km at the equator
MOST_ROWS = 250_000  # some 8 MB of the page
MONTH, YEAR = 1, 12
FIGURES = ("killed", "injured")
POINT, AREA, COUNTRY, NOWHERE = range(4)  # how exactly the events of a place are known
GAIN, PERIOD, PART = range(3)  # ground told in total, of a period, of a period within a total
_WHOLE = ("cumulative", "stock")
_PLACE = ["x", "y", "level", "admin1", "code"]
_FACT = ["kind", "first", "last", "review", "direction", "ground", "series"]
_SUMS = ("known", "low", "best", "high", "open")


class Words:
    """Number words in the order in which they come; ``None`` is -1."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, words: list[str | None]) -> list[int]:
        """Return the number of each word."""
        known = self._numbers
        return [-1 if word is None else known.setdefault(word, len(known)) for word in words]

    @property
    def all(self) -> list[str]:
        """Return the words by their numbers."""
        return list(self._numbers)


class Cells:
    """Take in frames of the schema, one after the other; hold only their sums."""

    def __init__(self, *, most: int = MOST_ROWS) -> None:
        self.depth = FINEST
        self.step = MONTH
        self.events = 0
        self.facts = {"undated": 0, "unreviewed": 0, "uncounted": 0, "point": 0, "area": 0,
                      "country": 0, "nowhere": 0}  # fmt: skip
        self.words = {name: Words() for name in (*_FACT, "admin1", "code")}
        self._most = most
        self._held: list[pd.DataFrame] = []

    def add(self, frame: pd.DataFrame) -> None:
        """Add the events of a frame."""
        if not len(frame):
            return
        rows = self._rows(frame)
        self.events += len(rows)
        self._note(rows)
        self._held.append(self._coarse(_summed(rows), FINEST, MONTH))
        if sum(map(len, self._held)) > 2 * self._most:
            self._held = [self._merged()]

    def table(self) -> pd.DataFrame:
        """Return the sums: one row a place, kind, pair of months, review state and kind of ground.

        ``x`` and ``y`` number the cell at ``depth`` (-1 where there is none), ``east`` and
        ``south`` are sums of positions over ``n`` events (Web Mercator, the world being 1 wide).
        """
        self._held = [self._merged()]
        return self._held[0]

    def _merged(self) -> pd.DataFrame:
        import pandas as pd

        if not self._held:
            return _summed(self._rows(pd.DataFrame({"event_id": []})))
        table = _summed(pd.concat(self._held, ignore_index=True))
        while len(table) > self._most and (self.depth or self.step == MONTH):
            before = self.depth, self.step
            self.depth, self.step = (self.depth - 1, self.step) if self.depth else (0, YEAR)
            table = _summed(self._coarse(table, *before))
        return table

    def _coarse(self, table: pd.DataFrame, depth: int, step: int) -> pd.DataFrame:
        """Return rows of a finer level at the one that is kept."""
        if (depth, step) == (self.depth, self.step):
            return table
        shift = depth - self.depth
        for name in ("x", "y"):
            table[name] = table[name].where(table[name] < 0, table[name].to_numpy() >> shift)
        for name in ("first", "last"):
            months = table[name] // self.step * self.step
            table[name] = table[name].where(table[name] < 0, months)
        return _summed(table)

    def _rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        import pandas as pd

        places = _places(frame)
        columns: dict[str, Any] = {**places, **_months(frame), **_figures(frame)}
        stands, counted = _standing(frame)
        columns["counted"] = counted.astype("int64")
        persons = counted | (stands & _is_part_of_ground(frame))
        for name in FIGURES:
            for part in _SUMS:
                columns[f"{name}_{part}"] *= persons
        ground, told = _ground(frame, stands=stands, counted=counted)
        reviews = [value or "unreviewed" for value in texts_in(frame, "review_status")]
        texts = {
            "kind": kinds_of(frame), "review": reviews, "admin1": texts_in(frame, "admin1"),
            "code": texts_in(frame, "admin1_code"), **ground,
        }  # fmt: skip
        for name, words in texts.items():
            columns[name] = self.words[name].number(words)
        columns |= told
        columns["n"] = 1
        return pd.DataFrame(columns)

    def _note(self, rows: pd.DataFrame) -> None:
        reviews = self.words["review"].all
        done = [n for n, word in enumerate(reviews) if word in ("ok", "corrected", "rejected")]
        found = {
            "undated": rows["first"] < 0,
            "unreviewed": ~rows["review"].isin(done),
            "uncounted": rows["counted"] == 0,
            "point": rows["level"] == POINT,
            "area": rows["level"] == AREA,
            "country": rows["level"] == COUNTRY,
            "nowhere": rows["level"] == NOWHERE,
        }
        for name, which in found.items():
            self.facts[name] += int(which.sum())


def _summed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.groupby([*_PLACE, *_FACT], sort=True, as_index=False).sum()


def _array(values: list[Any]) -> npt.NDArray[np.float64]:
    import numpy as np

    return np.array([np.nan if value is None else value for value in values], dtype="float64")


def _column(frame: pd.DataFrame, name: str) -> npt.NDArray[np.float64]:
    return _array(to_numbers(frame[name] if name in frame.columns else [None] * len(frame)))


def _places(frame: pd.DataFrame) -> dict[str, Any]:
    """Return cell, position and level of each event; what lies off the Earth lies nowhere."""
    import numpy as np

    precision, lon, lat = (
        _column(frame, name) for name in ("geo_precision", "longitude", "latitude")
    )
    with np.errstate(invalid="ignore"):
        known = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    level = np.where(np.isin(precision, (4, 5, 7)), AREA, POINT)
    level = np.where(known & (precision != 9), level, NOWHERE)
    level = np.where(precision == 6, COUNTRY, level)
    placed = level <= AREA
    sine = np.sin(np.radians(np.clip(np.where(placed, lat, 0), -85.05, 85.05)))
    east = (np.where(placed, lon, 0) + 180) / 360
    south = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    cells = 2**FINEST
    x, y = (np.minimum(v * cells, cells - 1).astype("int64") for v in (east, south))
    return {
        "x": np.where(placed, x, -1), "y": np.where(placed, y, -1), "level": level,
        "east": np.where(placed, east, 0.0), "south": np.where(placed, south, 0.0),
    }  # fmt: skip


def _months(frame: pd.DataFrame) -> dict[str, list[int]]:
    """Return the months of the first and last day, counted from year 0; -1 for no day."""
    starts, ends = (to_months(values_in(frame, name)) for name in ("date_start", "date_end"))
    pairs = [
        (b if a is None else a, a if b is None else b) for a, b in zip(starts, ends, strict=True)
    ]
    first, last = ([-1 if pair[k] is None else pair[k] for pair in pairs] for k in (0, 1))
    return {"first": first, "last": last}  # type: ignore[dict-item]


def _figures(frame: pd.DataFrame) -> dict[str, Ints]:
    """Return bounds as :func:`geo.totals.summarise` adds them; ``open`` has no upper bound."""
    import numpy as np

    found: dict[str, Ints] = {}
    for name in FIGURES:
        low, best, high = (_column(frame, f"{name}_{bound}") for bound in ("low", "best", "high"))
        best = np.where(np.isnan(best), np.where(np.isnan(low), high, low), best)
        unbounded = np.isnan(high) & ~np.isnan(low)
        sums = {
            "known": ~np.isnan(best),
            "low": np.where(np.isnan(low), best, low),
            "best": best,
            "high": np.where(unbounded, 0, np.where(np.isnan(high), best, high)),
            "open": unbounded,
        }
        found |= {f"{name}_{k}": np.nan_to_num(v).astype("int64") for k, v in sums.items()}
    return found


def _standing(frame: pd.DataFrame) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which events are no duplicates and not rejected, and which of them are summed."""
    import numpy as np

    reviews, others = texts_in(frame, "review_status"), texts_in(frame, "duplicate_of")
    pairs = zip(reviews, others, strict=True)
    stands = np.array([r != "rejected" and d is None for r, d in pairs], dtype="bool")
    flags = values_in(frame, "counts_in_total")
    return stands, stands & np.array([v is None or bool(v) for v in flags], dtype="bool")


def _is_part_of_ground(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which events belong to a series of ground: only their area may be left out."""
    import numpy as np

    series = np.array([name is not None for name in texts_in(frame, "series_id")], dtype="bool")
    is_told: npt.NDArray[np.bool_] = series & ~np.isnan(_column(frame, "area_km2"))
    return is_told


def _ground(
    frame: pd.DataFrame, *, stands: npt.NDArray[np.bool_], counted: npt.NDArray[np.bool_]
) -> tuple[dict[str, list[str | None]], dict[str, Any]]:
    """Return direction and series of what is told of ground; its kind and its km²."""
    import numpy as np

    km2 = _column(frame, "area_km2")
    whole = np.array([role in _WHOLE for role in texts_in(frame, "area_role")], dtype="bool")
    series = texts_in(frame, "series_id")
    told = np.array([name is not None for name in series], dtype="bool")
    part = stands & ~counted & ~whole & told
    kept = ~np.isnan(km2) & (counted | part)
    kind = np.where(counted, np.where(whole, GAIN, PERIOD), PART)
    directions = [
        (word or "area") if use else None
        for word, use in zip(texts_in(frame, "area_direction"), kept, strict=True)
    ]
    words = {
        "direction": directions,
        "series": [name if use else None for name, use in zip(series, kept, strict=True)],
    }
    return words, {"ground": np.where(kept, kind, -1), "km2": np.where(kept, km2, 0.0)}
