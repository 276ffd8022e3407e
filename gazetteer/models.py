"""Places and their names: the records every other module of the gazetteer works on.

All coordinates are WGS84 degrees in the order ``lon, lat``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Located = Literal["exact", "unit", "none"]
NameKind = Literal[
    "primary", "alternate", "official", "exonym", "historic", "abbreviation", "demonym"
]
Match = Literal["exact", "folded", "inflected", "transliterated", "fuzzy", "heard"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminCodes:
    """Name the administrative units that contain a place.

    ``country`` is ISO 3166-1 alpha-2. ``admin1`` and ``admin2`` are GeoNames codes within the
    country (``26`` for Zaporizhzhia oblast), ``admin3`` is the code of the source.

    >>> AdminCodes(country="UA", admin1="26").admin2 is None
    True
    """

    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    admin3: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Hold one place of the gazetteer.

    ``id`` is ``scheme:value`` (``gn:692554``, ``katottg:UA23…``, ``user:…``). ``located`` says
    what the point stands for: ``exact`` the place itself, ``unit`` the unit that contains it
    (a village known by name only, put at its hromada or raion), ``none`` no point at all (then
    ``lon`` and ``lat`` are ``None``). ``radius_km`` is the containment radius of that point.
    ``codes`` are further identifiers, as in ``(("iso_3166_2", "UA-23"), ("pcode", "UA23"))``.
    ``local_name`` is its name in the language of its country, where a source tells it.
    ``sources`` name all that know the place, ``provenance`` which of them gave which value
    (``("point", "my-places")``); a value that it leaves out came from the first source.
    """

    id: str
    name: str
    lon: float | None
    lat: float | None
    feature_class: str
    feature_code: str
    admin: AdminCodes = field(default_factory=AdminCodes)
    population: int | None = None
    located: Located = "exact"
    radius_km: float | None = None
    geonameid: int | None = None
    codes: tuple[tuple[str, str], ...] = ()
    local_name: str | None = None
    sources: tuple[str, ...] = ()
    provenance: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if (self.lon is None) != (self.lat is None) or (self.located == "none") != (
            self.lon is None
        ):
            raise ValueError(f"{self.id}: a place has both coordinates, or is located 'none'")
        if (
            self.lon is not None
            and self.lat is not None
            and not (-180 <= self.lon <= 180 and -90 <= self.lat <= 90)
        ):
            raise ValueError(f"{self.id}: {self.lon}, {self.lat} is not a longitude, latitude")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """Hold one name of a place, its language (ISO 639-1 or ``None``) and its kind."""

    place_id: str
    name: str
    language: str | None = None
    kind: NameKind = "alternate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Offer a place for a name that was looked up.

    ``similarity`` is 1.0 for an exact match and falls with the edits that a fuzzy match needed,
    or with what sounds otherwise.
    """

    place: Place
    name: PlaceName
    match: Match
    similarity: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCandidate:
    """Hold a candidate of a search with its score and the named reasons that add up to it."""

    candidate: Candidate
    score: float
    reasons: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInfo:
    """Describe one source of an index: its edition, its licence, how many places it gave."""

    name: str
    edition: str
    licence: str
    places: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerInfo:
    """Describe an open gazetteer: content version, sources, counts, where it lies, its size."""

    version: str
    sources: tuple[SourceInfo, ...]
    places: int
    names: int
    path: str
    size_bytes: int
