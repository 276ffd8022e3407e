"""Read spatial relations: "10 km north of X", "southern flank of the X sector", "between X and Y".

Words come from the pack's section ``[relations]``; geometry is WKT with lon lat in degrees.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.names import fold
from geo.annotators.number_rules import find_squares
from geo.annotators.number_words import compile_number_words, read_number
from geo.languages import LanguagePack
from geo.models import Token

_REACH = 10
_BEFORE_PAIR = 4  # words from "between" or "road" to the first of two names
_MOST_APART = 3  # words between the two names
_MOST_LINKS, _LONGEST_LINK = 2, 4
_KM_PER_DEGREE = 111.2
_DASHES = frozenset("-–—")
_FLANKS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Hold how an event lies to a place: ``offset``, ``flank``, ``near``, ``between``, ``road``.

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
    squares: tuple[str, ...]
    stops: frozenset[str]
    between: frozenset[str]
    joins: frozenset[str]
    road: frozenset[str]
    doubtful: frozenset[str]
    doubtful_after: frozenset[str]


@lru_cache(maxsize=32)
def _words(pack: LanguagePack) -> _Words:
    section = pack.section("relations")

    def folded(name: str) -> frozenset[str]:
        return frozenset(fold(word) for word in section.get(name, ()))

    return _Words(
        compass={
            fold(word): float(bearing)
            for bearing, found in section.get("compass", {}).items()
            for word in found
        },
        kilometres={fold(w): float(v) for w, v in section.get("kilometres", {}).items()},
        squares=find_squares(pack),
        flank=folded("flank"),
        near=folded("near"),
        stops=folded("stops"),
        between=folded("between"),
        joins=folded("joins") | folded("to") | _DASHES,
        road=folded("road"),
        doubtful=folded("doubtful"),
        doubtful_after=folded("doubtful_after"),
    )


def _is_area(tokens: Sequence[Token], index: int, words: _Words) -> bool:
    """Tell whether kilometres are square ones ("km 2", "chilometri quadrati")."""
    behind = tokens[index + 1].folded if index + 1 < len(tokens) else ""
    return bool(words.squares) and behind.startswith(words.squares)


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
        turned = folded in words.compass and not _is_doubtful(tokens, index, words)
        if turned or folded in words.flank:  # "Südflanke" is both
            bearing = _mixed(bearing, words.compass[folded]) if turned else bearing
            flank, start = flank or folded in words.flank, index
        elif folded in words.kilometres and not _is_area(tokens, index, words):
            number = _number_before(tokens, index, pack)
            if number is not None:
                km, start = number * words.kilometres[folded], index - 1
        elif folded in words.near and _is_linked(tokens[index + 1 : first]):
            near, start = True, index
        elif tokens[index].text[0].isupper() and index < first - 1:
            break
    text = " ".join(token.text for token in tokens[start:first])
    if flank and bearing is not None:
        return Relation(kind="flank", bearing=bearing, km=km, text=text)
    if bearing is not None:
        return Relation(kind="offset", bearing=bearing, km=km, text=text)
    return Relation(kind="near", bearing=None, km=km, text=text) if near else None


def _is_linked(between: Sequence[Token]) -> bool:
    """Tell whether only prepositions or articles stand between ("nei pressi di X")."""
    return len(between) <= _MOST_LINKS and all(
        len(token.text) <= _LONGEST_LINK and token.text[0].islower() for token in between
    )


def _is_doubtful(tokens: Sequence[Token], index: int, words: _Words) -> bool:
    """Tell whether a compass word is another word here: French "est" is "is" too."""
    if tokens[index].folded not in words.doubtful:
        return False
    before = [t.folded for t in tokens[max(0, index - 2) : index] if t.folded not in _DASHES]
    return not before or before[-1] not in words.doubtful_after


def find_pair(
    tokens: Sequence[Token], first: tuple[int, int], second: tuple[int, int], pack: LanguagePack
) -> Relation | None:
    """Return the relation that joins two names, given as (first, last) tokens, or ``None``.

    ``between`` for "between X and Y", ``road`` for "on the X-Y road", "the road from X to Y".
    """
    if not 0 < second[0] - first[1] - 1 <= _MOST_APART:
        return None
    words = _words(pack)
    gap = [token.folded for token in tokens[first[1] + 1 : second[0]]]
    if words.joins.isdisjoint(gap):
        return None
    before = tokens[max(0, first[0] - _BEFORE_PAIR) : first[0]]
    behind = tokens[second[1] + 1 : second[1] + 3]
    text = " ".join(token.text for token in tokens[first[0] : second[1] + 1])
    for token in reversed(before):
        if token.folded in words.between or token.folded in words.road:
            kind = "between" if token.folded in words.between else "road"
            return Relation(kind=kind, bearing=None, km=None, text=f"{token.text} {text}")
    dashed = len(gap) == 1 and gap[0] in _DASHES
    if dashed and any(token.folded in words.road for token in behind):
        return Relation(kind="road", bearing=None, km=None, text=text)
    return None


def flank_of(bearing: float) -> str:
    """Return the name of a flank by its bearing.

    >>> flank_of(180.0), flank_of(315.0)
    ('south', 'northwest')
    """
    return _FLANKS[round(bearing / 45) % 8]


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
