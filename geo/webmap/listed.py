"""Choose the events that a map of sums still carries whole: the most lethal, of every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.webmap.payload import kinds_of, texts_in, to_months, to_numbers, values_in

if TYPE_CHECKING:
    import pandas as pd

MOST_LISTED = 12_000  # some 3 MB of the page
OF_ALL = 5_000
OF_EACH = 3  # of a kind in a month


class Listed:
    """Take in frames, one after the other; hold the events worth to be shown whole.

    These are the most lethal of all, and of each kind and month the few most lethal. What is
    known counts before what is not; duplicates and rejected events come last.
    """

    def __init__(self, *, most: int = MOST_LISTED, of_all: int = OF_ALL) -> None:
        self._most, self._of_all = most, of_all
        self._kept: list[pd.DataFrame] = []
        self._ranks: list[pd.DataFrame] = []
        self._seen = 0

    def add(self, frame: pd.DataFrame) -> None:
        """Look at the events of a frame."""
        import pandas as pd

        if not len(frame):
            return
        self._kept.append(frame)
        self._ranks.append(_ranks(frame, self._seen))
        self._seen += len(frame)
        ranks = pd.concat(self._ranks, ignore_index=True)
        rows = sorted(self._best(ranks).index)
        joined = put_together(self._kept)
        self._kept = [joined.iloc[rows].reset_index(drop=True)]
        self._ranks = [ranks.iloc[rows].reset_index(drop=True)]

    def frame(self) -> pd.DataFrame:
        """Return the events that were chosen, in the order in which they came."""
        if not self._kept:
            import pandas as pd

            return pd.DataFrame({"event_id": []})
        rows = sorted(self._best(self._ranks[0]).index[: self._most])
        return self._kept[0].iloc[rows].reset_index(drop=True)

    def _best(self, ranks: pd.DataFrame) -> pd.DataFrame:
        """Return the ranks that matter, those of all before those of a kind and month."""
        keys = ["stands", "killed", "injured", "day", "order"]
        order = ranks.sort_values(keys, ascending=[False, False, False, False, True])
        place = order.groupby(["kind", "month"], sort=False).cumcount()
        of_all = range(len(order))
        tier = [0 if at < self._of_all else 1 + nth for at, nth in zip(of_all, place, strict=True)]
        order = order.assign(tier=tier)
        return order[order["tier"] <= OF_EACH].sort_values("tier", kind="stable")


def put_together(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Return frames one below the other, with the attributions of all."""
    import pandas as pd

    if len(frames) == 1:
        return frames[0]
    credits = dict.fromkeys(line for f in frames for line in f.attrs.get("attribution", ()))
    bare = [frame.copy(deep=False) for frame in frames]
    for frame in bare:  # pandas compares attrs, tuples of one length only
        frame.attrs = {}
    joined = pd.concat(bare, ignore_index=True)
    joined.attrs["attribution"] = tuple(credits)
    return joined


def _ranks(frame: pd.DataFrame, seen: int) -> pd.DataFrame:
    import pandas as pd

    starts, ends = texts_in(frame, "date_start"), texts_in(frame, "date_end")
    days = [end or start or "" for start, end in zip(starts, ends, strict=True)]
    months = [-1 if month is None else month for month in to_months(days)]
    others = zip(texts_in(frame, "review_status"), texts_in(frame, "duplicate_of"), strict=True)
    columns: dict[str, Any] = {
        "kind": kinds_of(frame), "month": months, "day": days,
        "stands": [review != "rejected" and other is None for review, other in others],
        "order": range(seen, seen + len(frame)),
    }  # fmt: skip
    for name in ("killed", "injured"):
        columns[name] = _figure(frame, name)
    return pd.DataFrame(columns)


def _figure(frame: pd.DataFrame, name: str) -> list[float]:
    """Return the best figure, else a bound; what is unknown is less than none."""
    bounds = (to_numbers(values_in(frame, f"{name}_{b}")) for b in ("best", "low", "high"))
    return [next((v for v in found if v is not None), -1) for found in zip(*bounds, strict=True)]
