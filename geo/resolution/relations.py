"""Read spatial relations beside a name: "10 km north of X", "southern flank of the X sector"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.names import fold
from geo.annotators.number_words import compile_number_words, read_number
from geo.languages import LanguagePack
from geo.models import Token

_REACH = 7
_NEAR_KM = 25.0
_KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Hold how an event lies to a place: ``offset``, ``flank`` or ``near``.

    ``bearing`` is in degrees from north, ``km`` the distance stated or ``None``.
    """

    kind: str
    bearing: float | None
    km: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Words:
    compass: dict[str, float]
    flank: frozenset[str]
    near: frozenset[str]
    kilometres: dict[str, float]
    stops: frozenset[str]


@lru_cache(maxsize=32)
def _words(pack: LanguagePack) -> _Words:
    section = pack.section("relations")
    return _Words(
        compass={
            fold(word): float(bearing)
            for bearing, found in section.get("compass", {}).items()
            for word in found
        },
        flank=frozenset(fold(word) for word in section.get("flank", ())),
        near=frozenset(fold(word) for word in section.get("near", ())),
        kilometres={fold(w): float(v) for w, v in section.get("kilometres", {}).items()},
        stops=frozenset(fold(word) for word in section.get("stops", ())),
    )


def find_relation(tokens: Sequence[Token], first: int, pack: LanguagePack) -> Relation | None:
    """Return the relation in the words before token `first`, ``None`` when there is none."""
    words = _words(pack)
    bearing: float | None = None
    flank = near = False
    km: float | None = None
    start = first
    for index in range(first - 1, max(-1, first - 1 - _REACH), -1):
        folded = tokens[index].folded
        if folded in ".;:!?," or folded in words.stops:
            break
        if folded in words.compass:
            bearing, start = _mixed(bearing, words.compass[folded]), index
        elif folded in words.flank:
            flank, start = True, index
        elif folded in words.kilometres:
            number = _number_before(tokens, index, pack)
            if number is not None:
                km, start = number * words.kilometres[folded], index - 1
        elif folded in words.near and index == first - 1:
            near, start = True, index
        elif tokens[index].text[0].isupper() and index < first - 1:
            break
    text = " ".join(token.text for token in tokens[start:first])
    if flank and bearing is not None:
        return Relation(kind="flank", bearing=bearing, km=km, text=text)
    if bearing is not None:
        return Relation(kind="offset", bearing=bearing, km=km, text=text)
    return Relation(kind="near", bearing=None, km=km, text=text) if near else None


def _mixed(one: float | None, other: float) -> float:
    """Join "north" and "west" into north-west."""
    if one is None or one == other:
        return other
    east = math.sin(math.radians(one)) + math.sin(math.radians(other))
    north = math.cos(math.radians(one)) + math.cos(math.radians(other))
    return round(math.degrees(math.atan2(east, north)) % 360, 1)


def _number_before(tokens: Sequence[Token], index: int, pack: LanguagePack) -> float | None:
    words = compile_number_words(pack)
    for start in (index - 2, index - 1):
        if start >= 0:
            read = read_number(tokens, start, words)
            if read is not None and read[1] == index - 1:
                return read[0]
    return None


def moved(lon: float, lat: float, bearing: float, km: float) -> tuple[float, float]:
    """Return the point `km` away at a bearing (degrees from north), lon lat in degrees.

    >>> moved(36.0, 50.0, 0.0, 111.2)
    (36.0, 51.0)
    """
    north = km * math.cos(math.radians(bearing)) / _KM_PER_DEGREE
    east = km * math.sin(math.radians(bearing)) / _KM_PER_DEGREE / math.cos(math.radians(lat))
    return round(lon + east, 5), round(lat + north, 5)


def half_disc(lon: float, lat: float, bearing: float, radius_km: float, steps: int = 18) -> str:
    """Return the half of a disc that lies toward `bearing`, as WKT with lon lat in degrees."""
    angles = [bearing - 90 + 180 * step / steps for step in range(steps + 1)]
    points = [moved(lon, lat, angle, radius_km) for angle in angles]
    ring = [*points, points[0]]
    return "POLYGON ((" + ", ".join(f"{x} {y}" for x, y in ring) + "))"
