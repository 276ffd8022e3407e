"""Check coordinates and precision codes against the place that a row names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from geo.resolution.table_names import read_name
from geo.review.checking.findings import Finding
from geo.review.checking.survey import POINT, Array, Asked, Survey, km_between

if TYPE_CHECKING:
    from gazetteer.models import Place

_FAR_KM = 35.0  # namesakes are farther; nearer ones are gaps of the gazetteer
_UNIT_KM = 60.0  # units are known by a point that need not be where people live
_POINT_KM = 0.6  # from the point that a gazetteer gives a unit
_MIDDLE_KM = 1.5  # from the middle of a simplified outline
_NEAR_KM = 10.0
_PRECISE = 2
_SURE = ("exact", "folded")


class Named(NamedTuple):
    """Hold the places that a row's place name may mean, and how its words name them."""

    places: tuple[Place, ...]
    is_unit: bool
    is_settlement: bool

    @property
    def settlements(self) -> tuple[Place, ...]:
        """Return the places that are no administrative units."""
        return tuple(place for place in self.places if place.feature_class != "A")


def far_from_place(survey: Survey) -> Iterator[Finding]:
    """Find points far from every place of the name that the row gives, in its country.

    A point in the region that the row names contradicts only places of that region: elsewhere
    they are namesakes of one that the gazetteer lacks.
    """
    for at, named in _points_of_names(survey):
        km = _km_to_all(survey, at, named.places)
        far = [(d - _reach(p), d, p) for d, p in zip(km, named.places, strict=True)]
        if any(beyond <= 0 for beyond, _, _ in far):
            continue
        against = [entry for entry in far if _contradicts(survey, at, entry[2])]
        if not against:
            continue
        _, distance, place = min(against, key=lambda e: (e[2].feature_class == "A", e[0]))
        yield survey.finding(
            at, "far_from_place", POINT,
            f"{distance:.0f} km from {_name(survey, at)}, the nearest place of that name",
            f"{place.name} lies at {place.lat:.3f}, {place.lon:.3f} ({place.id})",
        )  # fmt: skip


def _contradicts(survey: Survey, at: int, place: Place) -> bool:
    unit = survey.asked[at].hints.admin1
    in_its_region = unit is not None and survey.km_outside_admin1[at] == 0
    return unit is None or not in_its_region or place.admin.admin1 == unit.admin.admin1


def _reach(place: Place) -> float:
    least = _UNIT_KM if place.feature_class == "A" else _FAR_KM
    return max(least, 1.3 * (place.radius_km or 0))


def on_country_centroid(survey: Survey) -> Iterator[Finding]:
    """Find precise points that are the middle of the country: the place was not known."""
    yield from _on_centroids(survey, "country", "on_country_centroid", "country", 6)


def on_admin_centroid(survey: Survey) -> Iterator[Finding]:
    """Find precise points that are the middle of a first-level unit."""
    yield from _on_centroids(survey, "admin1", "on_admin_centroid", "admin1", 4)


def precise_code_on_unit(survey: Survey) -> Iterator[Finding]:
    """Find codes of exact settlements (1) on names of districts, regions and countries."""
    for at in (survey.precision == 1).nonzero()[0].tolist():
        asked = survey.asked[at]
        named = _named(survey, asked)
        if named.is_settlement or (named.settlements and not named.is_unit):
            continue
        units = [place for place in named.places if place.feature_class == "A"]
        if not units:
            continue
        unit = max(units, key=lambda place: place.radius_km or 0)
        code = {"ADM1": 4, "ADM2": 3, "ADM3": 3}.get(unit.feature_code, 6)
        yield survey.finding(
            at, "precise_code_on_unit", "geo_precision",
            f"{asked.query.name} is {_kind(unit)}, no settlement or site", f"write {code}", "1",
        )  # fmt: skip


def _on_centroids(
    survey: Survey, level: str, code: str, column: str, precision: int
) -> Iterator[Finding]:
    precise = ~(survey.precision > _PRECISE)
    for unit, rows in survey.units(level).values():
        for at in rows:
            if not precise[at] or not _is_middle(survey, unit, at) or _is_there(survey, at):
                continue
            yield survey.finding(
                at, code, POINT, f"the middle of {unit.name}, not {_name(survey, at) or 'a place'}",
                f"find the place, or write geo_precision {precision}",
            )  # fmt: skip


def _is_middle(survey: Survey, unit: Place, at: int) -> bool:
    for lon, lat, limit in survey.remember(f"middles {unit.id}", lambda: _middles(survey, unit)):
        if km_between(survey.lon[at], survey.lat[at], lon, lat) <= limit:
            return True
    return False


def _middles(survey: Survey, unit: Place) -> list[tuple[float, float, float]]:
    """Return the points that stand for a unit: the gazetteer's own, and its outline's middle."""
    found = [] if unit.lon is None or unit.lat is None else [(unit.lon, unit.lat, _POINT_KM)]
    shape = survey.gazetteer.find_outline(unit.id)
    if shape is not None:
        found.append((shape.centroid.x, shape.centroid.y, _MIDDLE_KM))
    return found


def _is_there(survey: Survey, at: int) -> bool:
    """Tell whether the place that the row names does lie at its point."""
    settlements = _named(survey, survey.asked[at]).settlements
    return any(km <= _NEAR_KM for km in _km_to_all(survey, at, settlements))


def _points_of_names(survey: Survey) -> Iterator[tuple[int, Named]]:
    """Yield the rows whose point should be where their name is: precise ones, inside all units."""
    fine = survey.located & ~(survey.precision > 4) & ~(survey.km_outside_country > 0)
    for at in fine.nonzero()[0].tolist():
        if survey.asked[at].query.name:
            yield at, _named(survey, survey.asked[at])


def _named(survey: Survey, asked: Asked) -> Named:
    key = f"named {asked.query.name} {asked.country.id if asked.country else ''}"
    return survey.remember(key, lambda: _look_up(survey, asked))


def _look_up(survey: Survey, asked: Asked) -> Named:
    """Return all places of a name in the row's country: by its likeliest reading that has any."""
    code = asked.country.admin.country if asked.country else None
    found: dict[str, Place] = {}
    readings = read_name(asked.query.name) if asked.query.name else ()
    kind = readings[0].kind if readings else None
    for reading in readings:
        for candidate in survey.gazetteer.lookup(reading.name):
            place = candidate.place
            sure = candidate.match in _SURE and candidate.name.kind != "demonym"
            if sure and place.lon is not None and code in (None, place.admin.country):
                found.setdefault(place.id, place)
    return Named(tuple(found.values()), kind == "unit", kind == "settlement")


def _km_to_all(survey: Survey, at: int, places: Sequence[Place]) -> list[float]:
    import numpy as np

    lons = np.array([place.lon for place in places], dtype=float)
    lats = np.array([place.lat for place in places], dtype=float)
    km: Array = km_between(survey.lon[at], survey.lat[at], lons, lats)
    return [float(value) for value in km]


def _name(survey: Survey, at: int) -> str:
    return survey.asked[at].query.name or ""


def _kind(unit: Place) -> str:
    if unit.feature_code == "ADM1":
        return "a region"
    return "a district" if unit.feature_code.startswith("ADM") else "a country"
