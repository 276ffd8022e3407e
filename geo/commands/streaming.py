"""Take the events of a batch from its parts to files and map without holding them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.batch.selection import Selection
    from geo.exporters import About, PublicationRules
    from geo.review import Judge

MOST_HELD = 50_000  # events; more are taken part by part


@dataclass(slots=True, kw_only=True)
class PublishedParts:
    """Read, review and publish the events of a result anew each time they are iterated over.

    ``withheld``, ``coarsened`` and ``events`` tell of the last time.
    """

    address: str
    selection: Selection
    rules: PublicationRules
    new_judge: Callable[[], Judge | None] = field(default=lambda: None)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    judge: Judge | None = None
    withheld: Counter[str] = field(default_factory=Counter)
    coarsened: int = 0
    events: int = 0

    def __iter__(self) -> Iterator[GeoDataFrame]:
        from geo.batch.results import read_parts
        from geo.exporters import publish
        from geo.frame import make_frame
        from geo.review import review_frame

        self.judge, self.withheld, self.coarsened, self.events = self.new_judge(), Counter(), 0, 0
        for part in read_parts(self.address, self.selection, rows=max(1, MOST_HELD // 2)):
            reviewed = part if self.judge is None else review_frame(part, self.judge)
            out = publish(reviewed, self.rules, now=self.now)
            self.withheld.update(out.withheld)
            self.coarsened += out.coarsened
            self.events += len(out.frame)
            if len(out.frame):
                yield out.frame.reset_index(drop=True)
        if not self.events:
            yield make_frame([], [])


def is_large(inputs: Sequence[str], selection: Selection) -> bool:
    """Tell whether the one input is a result of a batch with more events than are held at once."""
    from geo.batch.results import count_events, is_batch

    name = inputs[0]
    single = len(inputs) == 1 and name != "-" and is_batch(name)
    return single and count_events(name, selection) > MOST_HELD


def write_parts(
    parts: PublishedParts, targets: Sequence[Path], *, form: str | None, about: About
) -> list[str]:
    """Write the parts to each file; return their names."""
    from geo.batch.results import count_unlocated
    from geo.exporters import write_published_parts

    located = count_unlocated(parts.address, parts.selection) == 0
    return [
        str(write_published_parts(parts, path, format=form, located=located, about=about))
        for path in targets
    ]
