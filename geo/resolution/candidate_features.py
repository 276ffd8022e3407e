"""Describe the candidates of a mention by named features; ``weights/candidates.json`` weighs them.

What a name says (how it matched, which kind and size of place it names) is apart from what the
document says around it, because the first depends on no context and is worked out once a name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import cos, inf, log10, radians

from gazetteer.models import Candidate, Place, PlaceName
from geo.models import Hint
from geo.resolution.candidates import kind_of
from geo.resolution.conflict_areas import conflict_areas
from geo.resolution.waters import km_from
from geo.resolution.weights import Part, part

_SIZES = (1, 1_000, 2_000, 5_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000)
_RATIOS = (0.5, 1.0, 1.5, 2.0, 3.0)
_FROM_FRONT = (12, 25, 40, 70, 120, 200)  # km
_MARGIN = 2.0  # degrees of latitude: 222 km, beyond the last of them
_STEPS = 20  # of similarity, from 0 to 1
_BEHIND = (0.001, 0.03, 0.06, 0.12)  # of similarity
_CAPITAL = "PPLC"
_SEATS = frozenset({"PPLA", "PPLA2", "PPLC"})
_TWINS = frozenset({"country", "admin1", "admin2", "settlement", "water", "region"})


def describe_names(
    text: str,
    hint: Hint | None,
    cues: tuple[str, ...],
    candidates: Sequence[Candidate],
    language: str,
) -> list[tuple[Part, ...]]:
    """Return for each candidate the parts of its name, kind and size among its rivals."""
    kinds = [kind_of(candidate.place) for candidate in candidates]
    described = [
        [
            _kind(kind, hint, cues),
            _name(*_how_named(text, candidate)),
            _language(kind, _is_own(candidate.name, language)),
            _size(kind, _band(_SIZES, candidate.place.population or 0), _code(candidate.place)),
            _at_war(_areas_at_war(candidate.place, kind), candidate.place.located == "unit"),
        ]
        for candidate, kind in zip(candidates, kinds, strict=True)
    ]
    if len(candidates) == 1:
        return [(*described[0], _alone())]
    among = _among_rivals(candidates, kinds, hint)
    return [(*own, *others) for own, others in zip(described, among, strict=True)]


def _among_rivals(
    candidates: Sequence[Candidate], kinds: Sequence[str], hint: Hint | None
) -> Iterator[tuple[Part, ...]]:
    """Yield for each candidate the parts that compare it with its rivals."""
    sizes = [candidate.place.population or 0 for candidate in candidates]
    ranks = {size: min(rank, 4) for rank, size in enumerate(sorted(set(sizes), reverse=True))}
    homes = _kinds_by_country(candidates, kinds)
    capital = any(candidate.place.feature_code == _CAPITAL for candidate in candidates)
    likest: dict[str, float] = {}
    for candidate, kind in zip(candidates, kinds, strict=True):
        likest[kind] = max(likest.get(kind, 0.0), candidate.similarity)
    for candidate, kind, size in zip(candidates, kinds, sizes, strict=True):
        place = candidate.place
        ratio = log10((max(sizes) + 500) / (size + 500))
        known = (
            kind != "country" and "country" in kinds,
            kind != "admin1" and "admin1" in kinds,
            capital and place.feature_code != _CAPITAL,
        )
        twins = tuple(sorted(homes[place.admin.country] - {kind}))
        yield (
            _rivals(ranks[size], _band(_RATIOS, ratio), kind, hint),
            _known_rivals(*known),
            _alike_rivals(_band(_BEHIND, likest[kind] - candidate.similarity)),
            _twins(
                kind,
                twins,
                hint,
                place.feature_code in _SEATS,
                bool(_areas_at_war(place, kind)) if twins else False,
            ),
        )


def _band(bounds: Sequence[float], value: float) -> int:
    return bisect_right(bounds, value)


def _code(place: Place) -> str | None:
    """Return the feature code of a populated place, which says its rank."""
    return place.feature_code if place.feature_code.startswith("PPL") else None


def _kinds_by_country(
    candidates: Sequence[Candidate], kinds: Sequence[str]
) -> dict[str | None, frozenset[str]]:
    found: dict[str | None, set[str]] = {}
    for candidate, kind in zip(candidates, kinds, strict=True):
        found.setdefault(candidate.place.admin.country, set()).add(kind)
    return {country: frozenset(kinds) & _TWINS for country, kinds in found.items()}


def _is_own(name: PlaceName, language: str) -> bool | None:
    return None if name.language is None else name.language == language


@part
def _kind(kind: str, hint: Hint | None, cues: tuple[str, ...]) -> Iterator[str]:
    yield f"kind:{kind}"
    yield f"hint:{hint}&{kind}"
    for cue in cues:
        yield f"{cue} before&{kind}"


def _how_named(text: str, candidate: Candidate) -> tuple[str, str, int, bool, bool, bool]:
    """Return how a candidate's name matched, and its kind; the arguments of :func:`_name`."""
    name, match = candidate.name, candidate.match
    if match == "folded" and name.name.casefold() == text.casefold():
        match = "exact"
    main = name.name == candidate.place.name
    alike = candidate.similarity
    by_name_only = candidate.place.located == "unit"
    return match, name.kind, int(alike * _STEPS), alike >= 0.97, main, by_name_only


@part
def _name(
    match: str,
    name_kind: str,
    alike: int,
    close: bool,
    main: bool,
    by_name_only: bool,
) -> Iterator[str]:
    yield f"match:{match}"
    yield f"name:{name_kind}"
    if alike < _STEPS:
        yield f"{match}:{alike}"
        if close:
            yield f"{match}:all but equal"
    yield "its main name" if main else "another name"
    if by_name_only:
        yield "by name only"


@part
def _language(kind: str, own: bool | None) -> Iterator[str]:
    """Say whether the name is in the language of the text, where that is known."""
    if own is not None:
        how = "name in the text's language" if own else "name in another"
        yield how
        yield f"{kind}&{how}"


@part
def _size(kind: str, size: int, code: str | None) -> Iterator[str]:
    yield f"size:{kind}:{size}"
    if code is not None:
        yield f"code:{code}"


@part
def _alone() -> Iterator[str]:
    yield "only candidate"


@part
def _rivals(larger: int, ratio: int, kind: str, hint: Hint | None) -> Iterator[str]:
    yield f"larger rivals:{larger}"
    yield f"smaller than the largest:{ratio}"
    if kind == "settlement":
        yield f"settlement&hint:{hint}&smaller than the largest:{ratio}"


@part
def _known_rivals(country: bool, region: bool, capital: bool) -> Iterator[str]:
    if country:
        yield "a country has the name"
    if region:
        yield "a region has the name"
    if capital:
        yield "a capital has the name"


@part
def _alike_rivals(behind: int) -> Iterator[str]:
    """Say how much less alike a name is than the likest of its kind."""
    yield f"less alike than the likest:{behind}"


@part
def _twins(
    kind: str, twins: tuple[str, ...], hint: Hint | None, seat: bool, at_war: bool
) -> Iterator[str]:
    """Name the other kinds of places in the same country that have the name too.

    Reports of war name the town; of elsewhere, the region of its name may be meant as well.
    """
    for twin in twins:
        if at_war:
            yield f"twin:{kind}/{twin}&hint:{hint}&at war"
        yield f"twin:{kind}/{twin}"
        yield f"twin:{kind}/{twin}&hint:{hint}"
        if seat:
            yield f"seat with twin:{twin}&hint:{hint}"


def _areas_at_war(place: Place, kind: str) -> tuple[str, ...]:
    """Say whether the place lies in a country, region or district at war, and near the front."""
    codes, (areas, _) = place.admin, conflict_areas()
    found = []
    if codes.country in areas:
        found.append("conflict country")
    if f"{codes.country}.{codes.admin1}" in areas:
        found.append("conflict region")
    if f"{codes.country}.{codes.admin1}.{codes.admin2}" in areas:
        found.append("conflict district")
    if kind == "settlement" and place.lon is not None and place.lat is not None:
        band = bisect_right(_FROM_FRONT, _km_from_front(place.lon, place.lat))
        if band < len(_FROM_FRONT):
            found.append(f"front:{band}")
    return tuple(found)


@lru_cache(maxsize=16_384)
def _km_from_front(lon: float, lat: float) -> float:
    return km_from(conflict_areas()[1], lon, lat) if _may_be_near_front(lon, lat) else inf


@part
def _at_war(found: tuple[str, ...], by_name_only: bool) -> Iterator[str]:
    yield from found
    if by_name_only:
        yield from (f"by name only&{name}" for name in found)


def _may_be_near_front(lon: float, lat: float) -> bool:
    """Tell whether a point lies in the front's box, widened by more than the farthest band."""
    west, south, east, north = _front_box()
    wide = _MARGIN / max(0.1, cos(radians(lat)))
    return west - wide < lon < east + wide and south - _MARGIN < lat < north + _MARGIN


@lru_cache(maxsize=1)
def _front_box() -> tuple[float, float, float, float]:
    lons, lats = zip(*conflict_areas()[1], strict=True)
    return min(lons), min(lats), max(lons), max(lats)
