"""Climb the administrative hierarchy by codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.distance import place_distance_km

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gazetteer.models import Place

    Find = Callable[[str], Place | None]

_LEVEL = {"ADM1": 1, "ADM2": 2, "ADM3": 3}


def unit_level(place: Place) -> int | None:
    """Return 0 for a country, 1 to 3 for admin units, ``None`` for any other place."""
    code = place.feature_code
    return 0 if code.startswith(("PCL", "TERR")) else _LEVEL.get(code)


def ancestors_of(place: Place, find: Find) -> tuple[Place, ...]:
    """Return the units that contain `place`, nearest first; units unknown to `find` are left out.

    `find` returns the place with a code path such as ``=UA.26`` or ``None``.
    """
    units = (find(path) for path in _paths(place))
    return tuple(unit for unit in units if unit is not None and unit.id != place.id)


def is_within(place: Place, unit: Place, find: Find) -> bool:
    """Tell whether `place` lies in `unit`: by codes, in a region without codes by its radius.

    A unit does not lie in itself.
    """
    if place.id == unit.id:
        return False
    if unit.feature_code == "CONT":
        country = find(f"={place.admin.country}")
        return country is not None and dict(country.codes).get("continent") == dict(unit.codes).get(
            "continent"
        )
    level = unit_level(unit)
    if level is None or _codes(unit)[level] is None:  # old units have no code of their own
        return _is_in_region(place, unit)
    return _codes(place)[: level + 1] == _codes(unit)[: level + 1]


def _is_in_region(place: Place, region: Place) -> bool:
    members = dict(region.codes).get("members")
    if members:
        paths = [tuple(member.split(".")) for member in members.split()]
        return any(_codes(place)[: len(path)] == path for path in paths)
    km = place_distance_km(place, region)
    return km is not None and region.radius_km is not None and km <= region.radius_km


def _codes(place: Place) -> tuple[str | None, ...]:
    admin = place.admin
    return (admin.country, admin.admin1, admin.admin2, admin.admin3)


def _paths(place: Place) -> Iterator[str]:
    codes = _codes(place)
    top = unit_level(place)
    for depth in range(3 if top is None else top, -1, -1):
        if codes[depth] is not None:
            yield "=" + ".".join(code or "" for code in codes[: depth + 1])
