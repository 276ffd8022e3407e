"""Say how precise a resolved place is: one scale for all, with a radius in km."""

from __future__ import annotations

from gazetteer.models import Place
from geo.models import Mention

# Default containment radii in km by population; a village's houses lie within 2 km of its point.
_TOWNS = ((1_000_000, 15.0), (100_000, 10.0), (10_000, 5.0), (0, 2.0))
_SECTOR_KM = 25.0
_DISTRICT = (3, 25.0)
_REGION = (4, 100.0)
_SEA = (7, 100.0)
_BY_CODE = {"ADM1": _REGION, "SEA": _SEA, "OCN": _SEA, "GULF": _SEA, "STRT": _SEA}
_BY_CLASS = {"A": _DISTRICT, "H": (5, 25.0), "R": (5, 25.0), "S": (1, 1.0)}


def precision_of(place: Place, mention: Mention) -> tuple[int, float | None]:
    """Return geo_precision (1 to 7) and the radius in km of a place as a mention uses it.

    1 settlement or site, 2 near it, 3 district or community, 4 region, 5 line or sector,
    6 country, 7 sea. A village known by name only has its unit's precision, 3.
    """
    code = place.feature_code
    if code.startswith("PCL") or code == "CONT":
        return 6, place.radius_km
    if place.located == "unit" and code != "ADM1":
        return 3, place.radius_km or _DISTRICT[1]
    if mention.hint == "sector" and place.feature_class != "A":
        return 5, _SECTOR_KM
    usual = (1, settlement_radius_km(place.population))
    if place.feature_class != "P":
        usual = _BY_CODE.get(code) or _BY_CLASS.get(place.feature_class, _REGION)
    precision, radius = usual
    return precision, place.radius_km or radius


def settlement_radius_km(population: int | None) -> float:
    """Return the default radius of a settlement: village 2 km, town 5, city 10 to 15.

    >>> settlement_radius_km(None), settlement_radius_km(250_000)
    (2.0, 10.0)
    """
    known = population or 0
    return next(radius for bound, radius in _TOWNS if known >= bound)
