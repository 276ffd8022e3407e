"""Say in every file where its data comes from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

NOTE = (
    "Events as reports tell them, extracted by a program; each keeps the sentence it was read "
    "from. Unknown is empty, 0 means that none were reported. Coordinates are WGS84 degrees of "
    "the named place; geo_precision and geo_radius_km say how exact they are."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Hold what a file says of itself: title, note, one attribution a data source."""

    title: str = "Conflict events"
    note: str = NOTE
    attribution: tuple[str, ...] = ()

    @property
    def credit(self) -> str:
        """Return all attributions as one line."""
        return " · ".join(self.attribution)


def describe_sources(frame: pd.DataFrame, *, title: str | None = None) -> About:
    """Describe a frame: the attributions it carries in ``attrs``, and those of the gazetteer."""
    given = tuple(str(line) for line in frame.attrs.get("attribution", ()))
    lines = tuple(dict.fromkeys((*given, *gazetteer_credits())))
    return About(title=title or str(frame.attrs.get("title", About().title)), attribution=lines)


@cache
def gazetteer_credits() -> tuple[str, ...]:
    """Return one line a source of the embedded gazetteer: its name and licence."""
    from gazetteer.sources.embedded import describe

    return tuple(f"places, {row['name']}: {row['licence']}" for row in describe())
