"""Hold the candidates of a name with all that they have wherever the name stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import cos, inf, radians
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gazetteer.models import Candidate, Place
from geo.models import Hint
from geo.resolution.candidate_features import describe_names
from geo.resolution.candidates import find_candidates, kind_of, with_units
from geo.resolution.scene_features import GROUPS, MATCHES
from geo.resolution.units import LEVELS, numbers_of
from geo.resolution.waters import written_line
from geo.resolution.weights import Gains, Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gazetteer import Gazetteer

_LITTLE = 10_000  # inhabitants
_AFAR = frozenset({"country", "continent", "region", "water"})  # distances say nothing of these
REASONS = 5  # that explain a choice
SIMILARITIES = tuple(range(21))  # in steps of 0.05


class Codings(NamedTuple):
    """Hold columns of small integers, one value a candidate.

    ``match`` and ``group`` are numbers of ``MATCHES`` and ``GROUPS``; ``level`` is 1 to 3 for
    countries, regions and districts, 0 for other places; ``order`` ranks the candidates by
    population, then by identifier; ``country``, ``region`` and ``district`` are numbers of
    units (:mod:`geo.resolution.units`); the others are 0 or 1.
    """

    match: NDArray[Any]
    group: NDArray[Any]
    little: NDArray[Any]
    by_name_only: NDArray[Any]
    level: NDArray[Any]
    has_admin1: NDArray[Any]
    order: NDArray[Any]
    country: NDArray[Any]
    region: NDArray[Any]
    district: NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Choice:
    """Hold the candidates of a name, and of each the parts and weight that its name has.

    ``gains`` are what speaks most for each, ``codings`` the rows of :class:`Codings`. ``points``
    are longitude and latitude in degrees and the latitude's cosine, with an infinite latitude
    for none. ``regions`` are the numbers of the candidates' regions, ``spread`` the known ones
    among them. ``best_known`` is the place that a reader thinks of first, with its weight as
    evidence. ``lines`` are those of the rivers among the candidates, by their number.
    ``surest`` is the closest match of all and the highest similarity in steps, which the
    answer "none" is measured by.
    """

    candidates: tuple[Candidate, ...]
    parts: tuple[tuple[Part, ...], ...]
    gains: tuple[Gains, ...]
    weights: NDArray[Any]
    codings: NDArray[Any]
    points: NDArray[Any]
    ids: tuple[str, ...]
    regions: tuple[int, ...]
    spread: frozenset[int]
    best_known: tuple[Place, float]
    lines: tuple[tuple[int, str], ...]
    surest: tuple[int, int]


@lru_cache(maxsize=20_000)
def find_choice(
    text: str,
    names: tuple[str, ...],
    hint: Hint | None,
    cues: tuple[str, ...],
    gazetteer: Gazetteer,
    language: str,
    countries: tuple[str, ...] = (),
) -> Choice | None:
    """Return the candidates of a mention, ``None`` when there are none.

    They are described as far as the document plays no part; `cues` are what stands before the name
    (:mod:`geo.resolution.before`), `countries` where a name is looked for by its sound.
    """
    candidates = find_candidates(text, names, gazetteer, countries)
    candidates = with_units(candidates, hint, gazetteer)
    if not candidates:
        return None
    places = [candidate.place for candidate in candidates]
    parts = tuple(describe_names(text, hint, cues, candidates, language))
    regions = [numbers_of(place)[1] for place in places]
    return Choice(
        candidates=candidates,
        parts=parts,
        gains=tuple([_gains(own) for own in parts]),
        weights=np.array([sum(part.weight for part in own) for own in parts]),
        codings=_codings(candidates),
        points=np.array([_point(place) for place in places]).T,
        ids=tuple([place.id for place in places]),
        regions=tuple(regions),
        spread=frozenset(
            region
            for region, place in zip(regions, places, strict=True)
            if place.admin.admin1 is not None
        ),
        best_known=_best_known(candidates),
        lines=tuple([(n, line) for n, line in enumerate(map(_river, places)) if line]),
        surest=_surest(candidates),
    )


def _codings(candidates: Sequence[Candidate]) -> NDArray[Any]:
    places = [candidate.place for candidate in candidates]
    kinds = [kind_of(place) for place in places]
    little = [
        kind == "settlement" and (place.population or 0) < _LITTLE
        for kind, place in zip(kinds, places, strict=True)
    ]
    country, region, district = zip(*map(numbers_of, places), strict=True)
    groups = [_group(kind, little=small) for kind, small in zip(kinds, little, strict=True)]
    columns: dict[str, Sequence[int]] = {
        "match": [MATCHES.index(candidate.match) for candidate in candidates],
        "group": [GROUPS.index(group) for group in groups],
        "little": little,
        "by_name_only": [place.located == "unit" for place in places],
        "level": [LEVELS.index(kind) + 1 if kind in LEVELS else 0 for kind in kinds],
        "has_admin1": [place.admin.admin1 is not None for place in places],
        "order": _order(places),
        "country": country,
        "region": region,
        "district": district,
    }
    return np.array([columns[name] for name in Codings._fields], dtype=np.int32)


def _group(kind: str, *, little: bool) -> str | None:
    if kind in _AFAR:
        return None
    return "little" if little else "unit" if kind.startswith("admin") else "large"


def _gains(parts: Sequence[Part]) -> Gains:
    return tuple(sorted(chain.from_iterable([part.gains for part in parts]))[:REASONS])


def _order(places: Sequence[Place]) -> list[int]:
    """Rank places by population, then by identifier: what decides between equal scores."""
    numbers = range(len(places))
    sorted_ = sorted(numbers, key=lambda n: (-(places[n].population or 0), places[n].id))
    ranks = {number: rank for rank, number in enumerate(sorted_)}
    return [ranks[number] for number in numbers]


def _point(place: Place) -> tuple[float, float, float]:
    if place.lon is None or place.lat is None:
        return 0.0, -inf, 1.0
    return place.lon, place.lat, cos(radians(place.lat))


def _river(place: Place) -> str | None:
    return written_line(place) if kind_of(place) == "water" else None


def _best_known(candidates: Sequence[Candidate]) -> tuple[Place, float]:
    """Return the place that a reader thinks of first: country, unit, then population."""
    best = max(
        candidates,
        key=lambda c: (
            c.place.feature_code.startswith("PCL"),
            c.similarity,
            c.place.population or 0,
        ),
    ).place
    sure = kind_of(best) in ("country", "admin1") or len(candidates) == 1
    big = (best.population or 0) >= 100_000
    return best, 1.0 if sure else 0.7 if big else 0.2


def _surest(candidates: Sequence[Candidate]) -> tuple[int, int]:
    match = min(MATCHES.index(candidate.match) for candidate in candidates)
    return match, int(max(candidate.similarity for candidate in candidates) * SIMILARITIES[-1])
