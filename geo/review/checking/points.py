"""Check coordinates by themselves and against the country and units that a row names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from geo.resolution.table_names import read_name
from geo.review.checking.findings import Finding
from geo.review.checking.survey import POINT, Survey, km_between

if TYPE_CHECKING:
    from gazetteer.models import Place

_COUNTRY_KM = 20.0  # outlines are simplified, and coasts and islands lie outside them
_SHORE_KM = 5.0  # what a simplified outline cuts off of a shore with towns on it
_UNIT_KM = 15.0
_ADMIN2_KM = 75.0  # no outlines: a district's point, its radius, and this
_PRECISE = 2


def zero_zero(survey: Survey) -> Iterator[Finding]:
    """Find points at 0, 0 in the Gulf of Guinea: an unknown that became a number."""
    for at in ((survey.lon == 0) & (survey.lat == 0)).nonzero()[0].tolist():
        yield survey.finding(
            at, "zero_zero", POINT, "0, 0 lies in the sea: an unknown place became a number",
            "leave both empty", "0, 0",
        )  # fmt: skip


def impossible_point(survey: Survey) -> Iterator[Finding]:
    """Find coordinates that are no numbers, only half a pair, or no point on earth."""
    words = ("no point on earth", "half a pair", "no coordinate")
    for number, column, value, reason in survey.noted(*words):
        hint = _with_point(value) if "no point on earth" in reason else None
        yield survey.finding(
            survey.position[number], "impossible_point", column, reason.partition(";")[0],
            hint or "correct the cell, or leave both empty", value,
        )  # fmt: skip


def swapped(survey: Survey) -> Iterator[Finding]:
    """Find longitude and latitude in each other's place: beyond 90, or only so in the country."""
    for number, _, value, _ in survey.noted("were swapped"):
        lon, _, lat = value.partition(", ")
        yield survey.finding(
            survey.position[number], "swapped", POINT, "a latitude beyond 90 is none",
            f"write latitude {lon}, longitude {lat}", f"{lat}, {lon}",
        )  # fmt: skip
    for at, remedy in remedies(survey).items():
        if remedy.kind == "swap":
            yield _as_remedied(survey, at, remedy, "swapped", "the other way round")


def wrong_sign(survey: Survey) -> Iterator[Finding]:
    """Find points that lie in their country once a minus sign is added or taken away."""
    for at, remedy in remedies(survey).items():
        if remedy.kind == "sign":
            yield _as_remedied(survey, at, remedy, "wrong_sign", "with another sign")


def outside_country(survey: Survey) -> Iterator[Finding]:
    """Find points outside the country that the row names."""
    for at in (survey.km_outside_country > _COUNTRY_KM).nonzero()[0].tolist():
        country = survey.asked[at].country
        if at not in remedies(survey) and country is not None:
            yield survey.finding(
                at, "outside_country", POINT,
                f"{survey.km_outside_country[at]:.0f} km outside {country.name}"
                f"{_lies_in(survey, at)}", "correct the coordinates or the country",
            )  # fmt: skip


def outside_admin1(survey: Survey) -> Iterator[Finding]:
    """Find points outside the first-level unit that the row names."""
    wrong = (survey.km_outside_admin1 > _UNIT_KM) & ~(survey.km_outside_country > _COUNTRY_KM)
    for at in (wrong & ~(survey.precision >= 6)).nonzero()[0].tolist():
        asked = survey.asked[at]
        unit = asked.hints.admin1
        if unit is not None:
            yield survey.finding(
                at, "outside_admin1", POINT,
                f"{survey.km_outside_admin1[at]:.0f} km outside {asked.query.admin1}"
                f"{_lies_in(survey, at)}",
                _offer(survey, at) or "correct the coordinates or admin1",
            )  # fmt: skip


def far_from_admin2(survey: Survey) -> Iterator[Finding]:
    """Find points far from the second-level unit that the row names, and from its seat."""
    reported = (survey.km_outside_country > _COUNTRY_KM) | (survey.km_outside_admin1 > _UNIT_KM)
    for unit, rows in survey.units("admin2").values():
        km = _km_to_unit(survey, unit, rows)
        limit = max(_ADMIN2_KM, 1.5 * (unit.radius_km or 0))
        for at, far in zip(rows, km, strict=True):
            if far > limit and not reported[at] and not survey.precision[at] >= 4:
                yield survey.finding(
                    at, "far_from_admin2", POINT,
                    f"{far:.0f} km from {survey.asked[at].query.admin2} and its seat",
                    _offer(survey, at) or "correct the coordinates or admin2",
                )  # fmt: skip


def _km_to_unit(survey: Survey, unit: Place, rows: list[int]) -> list[float]:
    """Return distances to a unit's point or its nearest namesake inside it, whichever is less."""
    import numpy as np

    written = read_name(survey.asked[rows[0]].query.admin2 or unit.name)
    names = dict.fromkeys((unit.name, *(reading.name for reading in written)))
    alike = [c.place for name in names for c in survey.gazetteer.lookup(name)]
    known = [p for p in alike if survey.gazetteer.within(p, unit) or _is_seat(p, unit)]
    points = [(p.lon, p.lat) for p in (unit, *known) if p.lon is not None and p.lat is not None]
    if not points:
        return [0.0] * len(rows)
    km = [km_between(survey.lon[rows], survey.lat[rows], lon, lat) for lon, lat in points]
    nearest: list[float] = np.min(km, axis=0).tolist()
    return nearest


def _is_seat(place: Place, unit: Place) -> bool:
    """Tell a settlement that may be a unit's seat: of its name, in its first-level unit."""
    same = place.admin.country == unit.admin.country and place.admin.admin1 == unit.admin.admin1
    return same and place.feature_class == "P" and place.admin.admin2 in (None, unit.admin.admin2)


def few_decimals(survey: Survey) -> Iterator[Finding]:
    """Find precise points whose coordinates were cut to one decimal or none (11 km)."""
    import numpy as np

    lon, lat = survey.lon * 10, survey.lat * 10
    cut = survey.located & (np.round(lon) == lon) & (np.round(lat) == lat)
    for at in (cut & ~(survey.precision > _PRECISE)).nonzero()[0].tolist():
        yield survey.finding(
            at, "few_decimals", POINT, "one decimal or none: exact to 11 km at best",
            "look for the whole coordinates, or give a coarser geo_precision",
        )  # fmt: skip


class Remedy(NamedTuple):
    """Hold how a point outside its country comes to lie in it."""

    kind: str
    country: Place
    lon: float
    lat: float


def remedies(survey: Survey) -> dict[int, Remedy]:
    """Return, by row, the simplest change that brings a point into its country."""
    return survey.remember("remedies", lambda: dict(_remedies(survey)))


def _remedies(survey: Survey) -> Iterator[tuple[int, Remedy]]:
    import numpy as np

    for at in (survey.km_outside_country > _COUNTRY_KM).nonzero()[0].tolist():
        country = survey.asked[at].country
        lon, lat = float(survey.lon[at]), float(survey.lat[at])
        if country is None:
            continue
        for kind, x, y in _changes(lon, lat):
            if abs(y) > 90:
                continue
            if survey.km_to(country, np.array([x]), np.array([y]))[0] <= _SHORE_KM:
                yield at, Remedy(kind, country, x, y)
                break


def _changes(lon: float, lat: float) -> tuple[tuple[str, float, float], ...]:
    return ("swap", lat, lon), ("sign", -lon, lat), ("sign", lon, -lat), ("sign", -lon, -lat)


def _as_remedied(survey: Survey, at: int, remedy: Remedy, code: str, how: str) -> Finding:
    return survey.finding(
        at, code, POINT, f"outside {remedy.country.name}, but inside {how}",
        f"write latitude {remedy.lat:g}, longitude {remedy.lon:g}",
    )  # fmt: skip


def _lies_in(survey: Survey, at: int) -> str:
    units = survey.gazetteer.units_at(float(survey.lon[at]), float(survey.lat[at]))
    return f": in {units[0].name}" if units else ""


def _offer(survey: Survey, at: int) -> str | None:
    """Return where the place of the row's name lies in the units that the row names."""
    query = survey.asked[at].query
    found = survey.remember(f"resolved {query}", lambda: survey.resolver.resolve(query))
    place = found.place
    if found.method != "gazetteer" or place is None or place.lon is None or place.lat is None:
        return None
    if km_between(survey.lon[at], survey.lat[at], place.lon, place.lat) <= _UNIT_KM:
        return None
    return f"{place.name} there lies at {place.lat:.3f}, {place.lon:.3f} ({place.id})"


def _with_point(value: str) -> str | None:
    """Return what a pair may have been before it lost its decimal points.

    >>> _with_point("35306.0, 47797.0")
    'a decimal point was lost? latitude 47.797, longitude 35.306'
    """
    parts = [part.removesuffix(".0").strip() for part in value.split(",")]
    if len(parts) != 2 or not all(re.fullmatch(r"-?\d{4,}", part) for part in parts):
        return None
    lon, lat = (re.sub(r"^(-?\d\d)", r"\1.", part) for part in parts)
    return f"a decimal point was lost? latitude {lat}, longitude {lon}"
