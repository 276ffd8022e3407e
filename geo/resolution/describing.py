"""Describe all candidates of a document in its context: which part holds of which of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.resolution import scene_features as features
from geo.resolution.choices import SIMILARITIES
from geo.resolution.columns import Column, Slate, bands_of, look_up
from geo.resolution.context import NO_VOTE, Context, Scene
from geo.resolution.distances import nearest_km
from geo.resolution.units import LEVELS, NO_UNIT, level_of, numbers_of, unit_number
from geo.resolution.waters import km_to_line

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TWO = (False, True)
_SHARES = tuple(range(len(features.SHARES) + 1))
_BANDS = (*range(len(features.NEAR) + 1), None)
_NO_BAND = len(_BANDS) - 1
_KNOWN_SHARE = 0.1
_SEVERAL, _NOBODY = -1, -2  # in place of the one name that stands for a unit


def describe(
    slate: Slate, context: Context, scenes: Sequence[Scene]
) -> tuple[tuple[Column, ...], Column]:
    """Return the columns of all candidates, and that of the answer "none", a row a mention."""
    votes = np.array([context.votes.get(text, NO_VOTE) for text in slate.texts]).T
    shares = _country_shares(slate, context, votes)
    columns = (
        *slate.fixed,
        _countries(slate, context, shares),
        _units(slate, context, votes),
        *_distances(slate, context, scenes),
        *_units_beside(slate, scenes),
        *_behind(slate, scenes),
        *_before(slate, scenes),
        *_last_region(slate, scenes),
    )
    return columns, _none(slate, shares)


def _country_shares(slate: Slate, context: Context, votes: NDArray[Any]) -> NDArray[Any]:
    """Return each country's share of the evidence, 0 to 1."""
    weights, own, _ = votes
    shares = _shares(slate, context, context.countries, slate.codings.country, weights, own)
    if context.assumed is not None:
        shares[slate.codings.country == unit_number((context.assumed,))] = 1.0
    return shares


def _shares(
    slate: Slate,
    context: Context,
    known: Mapping[int, int],
    units: NDArray[Any],
    weights: NDArray[Any],
    own: NDArray[Any],
) -> NDArray[Any]:
    """Return the share of each candidate's unit in what all names but its own speak for."""
    owner = slate.owner
    voted = look_up(units, known) - np.where(units == own[owner], weights[owner], 0)
    whole = (sum(context.countries.values()) - weights)[owner]
    shares = np.zeros(len(voted))
    np.divide(voted, whole, out=shares, where=whole != 0)
    return shares


def _countries(slate: Slate, context: Context, shares: NDArray[Any]) -> Column:
    known = np.array([context.knows_countries(text) for text in slate.texts])
    bands = np.where(known[slate.owner], bands_of(shares, features.SHARES) + 1, 0)
    return Column(
        features.of_country,
        (features.MATCHES, (-1, *_SHARES), _TWO),
        (slate.codings.match, bands, slate.codings.little),
    )


def _units(slate: Slate, context: Context, votes: NDArray[Any]) -> Column:
    """Say which units the text names hold each candidate, the candidate itself left out."""
    weights, _, regions = votes
    own, names = slate.codings, _Names(slate, context)
    shares = _shares(slate, context, context.regions, own.region, weights, regions)
    country = names.stand_for(own.country)
    if context.assumed is not None:
        country |= own.country == unit_number((context.assumed,))
    return Column(
        features.of_units,
        (_TWO, (*_SHARES, None), _TWO, _TWO, _TWO),
        (
            np.where(own.level != 1, country, 0),
            np.where(own.has_admin1, bands_of(shares, features.SHARES), len(_SHARES)),
            own.by_name_only,
            np.where(own.level != 2, names.stand_for(own.region), 0),
            np.where(own.level < 2, names.stand_for(own.district), 0),
        ),
    )


class _Names:
    """Know which names stand for units, each name by its number."""

    def __init__(self, slate: Slate, context: Context) -> None:
        numbers = {text: number for number, text in enumerate(slate.texts)}
        self._own = np.array([numbers[text] for text in slate.texts])[slate.owner]
        self._names = {
            unit: _SEVERAL if len(texts) > 1 else numbers[next(iter(texts))]
            for unit, texts in context.units.items()
        }

    def stand_for(self, units: NDArray[Any]) -> NDArray[Any]:
        """Tell whether a name other than the candidate's own stands for its unit."""
        found = look_up(units, self._names, _NOBODY)
        named: NDArray[Any] = (found != _NOBODY) & (found != self._own)
        return named


def _distances(slate: Slate, context: Context, scenes: Sequence[Scene]) -> Iterator[Column]:
    """Say how far each candidate is from the surest places, and from those beside it."""
    group, by_name_only = slate.codings.group, slate.codings.by_name_only
    anchors, beside = [scene.anchors for scene in scenes], [scene.beside for scene in scenes]
    near, close = map(_bands, nearest_km(slate, context.points, anchors, beside))
    values = (features.GROUPS, _BANDS, _TWO)
    yield Column(features.of_anchors, values, (group, near, by_name_only))
    yield Column(features.of_beside, (features.GROUPS, _BANDS), (group, close))
    if any(choice.lines for choice in slate.choices):
        near, close = (_near_lines(slate, context, around) for around in (anchors, beside))
        yield Column(features.of_line_to_anchors, (_BANDS,), (near,))
        yield Column(features.of_line_beside, (_BANDS,), (close,))


def _bands(km: NDArray[Any]) -> NDArray[Any]:
    """Return the numbers of the bands that distances are in; infinity is in none."""
    return np.where(np.isinf(km), _NO_BAND, bands_of(km, features.NEAR))


def _near_lines(slate: Slate, context: Context, around: Sequence[tuple[int, ...]]) -> NDArray[Any]:
    """Return the band of each river's distance to the places around its mention."""
    bands = np.full(len(slate.owner), _NO_BAND)
    for first, choice, some in zip(slate.starts, slate.choices, around, strict=True):
        for number, line in choice.lines if some else ():
            places = [context.points[other].place for other in some]
            km = min(km_to_line(line, place.lon or 0.0, place.lat or 0.0) for place in places)
            bands[first + number] = _bands(np.array(km))
    return bands


def _units_beside(slate: Slate, scenes: Sequence[Scene]) -> Iterator[Column]:
    """Say whether each candidate lies in the country, region and district named beside it."""
    own = slate.codings
    for level, units in enumerate((own.country, own.region, own.district)):
        beside = [scene.beside_units.get(level) for scene in scenes]
        keys = [NO_UNIT if place is None else numbers_of(place)[level] for place in beside]
        if all(key == NO_UNIT for key in keys):
            continue
        # a guess of an earlier reading may be no candidate any more
        same = [-1 if place is None else slate.numbers.get(place.id, -1) for place in beside]
        unit, itself = np.array([keys, same])[:, slate.owner]
        out_of_it = (unit == NO_UNIT) | (own.level == level + 1) | (slate.places == itself)
        where = np.where(out_of_it, 0, np.where(units == unit, 1, 2))
        values = (LEVELS, features.BESIDE)
        yield Column(features.of_unit_beside, values, (np.full(len(where), level), where))


def _behind(slate: Slate, scenes: Sequence[Scene]) -> Iterator[Column]:
    """Say how each candidate relates to the place named right behind it."""
    own = slate.codings
    units = (own.country, own.region, own.district)
    found = np.zeros(len(slate.owner), dtype=np.intp)
    for first, count, scene in zip(slate.starts, slate.counts, scenes, strict=True):
        if scene.behind is None:
            continue
        rows, level = slice(first, first + count), level_of(scene.behind)
        if level is None:
            found[rows] = 3
        else:
            unit = numbers_of(scene.behind)[level]
            found[rows] = np.where(units[level][rows] == unit, 1, 2)
    if found.any():
        yield Column(features.of_behind, (features.BEHIND,), (found,))


def _before(slate: Slate, scenes: Sequence[Scene]) -> Iterator[Column]:
    """Say which units hold the place named right before ("Popasna, in Luhansk").

    Of points it says that one stands before them: of what is listed or what is in a region.
    """
    if all(scene.before is None for scene in scenes):
        return
    own, nowhere = slate.codings, (NO_UNIT, NO_UNIT, NO_UNIT)
    leaders = np.array([numbers_of(s.before) if s.before else nowhere for s in scenes])
    rank = np.maximum(own.level - 1, 0)
    held = leaders[slate.owner, rank]
    itself = np.choose(rank, (own.country, own.region, own.district))
    found = np.where(held == itself, 1, 2)
    points = np.array([s.before is not None and level_of(s.before) is None for s in scenes])
    found[held == NO_UNIT] = 0
    found[own.level == 0] = np.where(points, 3, 0)[slate.owner][own.level == 0]
    inside = np.array([scene.inside for scene in scenes])[slate.owner]
    yield Column(features.of_before, (features.BEFORE, _TWO), (found, inside.astype(np.intp)))


def _last_region(slate: Slate, scenes: Sequence[Scene]) -> Iterator[Column]:
    """Say which candidates lie in the region named last, where none is named beside them."""
    named = [None if 1 in scene.beside_units else scene.last_region for scene in scenes]
    if all(place is None for place in named):
        return
    own = slate.codings
    keys = [NO_UNIT if place is None else numbers_of(place)[1] for place in named]
    unit = np.array(keys)[slate.owner]
    out_of_it = (unit == NO_UNIT) | (own.level == 1) | (own.level == 2)
    where = np.where(out_of_it, 0, np.where(own.region == unit, 1, 2))
    yield Column(features.of_last_region, (features.BESIDE, _TWO), (where, own.little))


def _none(slate: Slate, shares: NDArray[Any]) -> Column:
    known = np.logical_or.reduceat(shares >= _KNOWN_SHARE, slate.starts)
    match, alike = np.array([choice.surest for choice in slate.choices]).T
    values = (features.MATCHES, SIMILARITIES, _TWO)
    return Column(features.of_none, values, (match, alike, known.astype(np.intp)))
