"""Number administrative units, so that those of many candidates can be compared at once."""

from __future__ import annotations

from functools import cache
from itertools import count

from gazetteer.models import Place

NO_UNIT = -1
LEVELS = ("country", "admin1", "admin2")

_Codes = tuple[str | None, ...]
_NUMBERS = count()


@cache  # there are no more of them than units in the gazetteer
def unit_number(codes: _Codes) -> int:
    """Return a number for the codes of a country, region or district, the same in this process.

    >>> unit_number(("UA", "26")) == unit_number(("UA", "26")) != unit_number(("UA",))
    True
    """
    return next(_NUMBERS)


def level_of(place: Place) -> int | None:
    """Return the level of a unit, as a number of ``LEVELS``; ``None`` for other places."""
    code = place.feature_code
    if code[:3] not in ("PCL", "ADM"):
        return None
    if code.startswith("PCL"):
        return 0
    return {"ADM1": 1, "ADM2": 2}.get(code)


def numbers_of(place: Place) -> tuple[int, int, int]:
    """Return the numbers of the country, the region and the district that a place lies in."""
    codes = place.admin
    country, admin1, admin2 = codes.country, codes.admin1, codes.admin2
    return (
        unit_number((country,)),
        unit_number((country, admin1)),
        unit_number((country, admin1, admin2)),
    )
