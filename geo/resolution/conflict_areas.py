"""Know where wars are fought: a prior for reports of such events that knows no text."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources

from geo.resolution.waters import Line


@lru_cache(maxsize=1)
def conflict_areas() -> tuple[frozenset[str], Line]:
    """Return code paths of areas at war (``SD``, ``SD.55``) and the line of a front.

    >>> "SD" in conflict_areas()[0]
    True
    """
    file = resources.files("geo") / "weights" / "conflict_areas.json"
    areas = json.loads(file.read_text(encoding="utf-8"))
    codes = frozenset((*areas["countries"], *areas["regions"], *areas["districts"]))
    return codes, tuple((lon, lat) for lon, lat in areas["front"])
