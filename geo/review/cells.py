"""Write a place into a cell of the review sheet, and read it back whatever else changed."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAIL = re.compile(r"\[(?P<id>\S+)(?: (?P<lat>-?\d+\.\d+) (?P<lon>-?\d+\.\d+))?\]\s*$")
_DECIMALS = 5
NOWHERE = "not located"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Hold a place as the sheet shows it: identity, name, units, point in degrees."""

    id: str | None
    name: str
    admin1: str | None = None
    country: str | None = None
    lon: float | None = None
    lat: float | None = None
    score: float | None = None

    @property
    def link(self) -> str | None:
        """Return a link that shows the point on openstreetmap.org."""
        return None if self.lon is None or self.lat is None else map_link(self.lon, self.lat)


def format_offer(offer: Offer | None) -> str:
    """Return a place as one cell: name and units for people, identity and lat lon for us.

    >>> format_offer(Offer(id="gn:692554", name="Stepne", country="Ukraine", lon=35.3, lat=47.8))
    'Stepne, Ukraine [gn:692554 47.80000 35.30000]'
    """
    if offer is None or offer.lon is None or offer.lat is None:
        return NOWHERE
    words = ", ".join(dict.fromkeys(w for w in (offer.name, offer.admin1, offer.country) if w))
    is_share = offer.score is not None and 0 <= offer.score <= 1
    score = f" {offer.score:.0%}" if is_share else ""
    point = f"{offer.lat:.{_DECIMALS}f} {offer.lon:.{_DECIMALS}f}"
    return f"{words}{score} [{(offer.id or '-').replace(' ', '_')} {point}]"


def parse_offer(cell: str) -> Offer | None:
    """Return the place that :func:`format_offer` wrote, ``None`` where the cell names none.

    >>> parse_offer("Stepne, Ukraine 92% [gn:692554 47.80000 35.30000]").lat
    47.8
    """
    match = _TAIL.search(cell)
    if match is None:
        return None
    name = cell[: match.start()].partition(",")[0].strip()
    name = re.sub(r" \d+%$", "", name)
    lat, lon = (float(match[key]) if match[key] else None for key in ("lat", "lon"))
    identity = None if match["id"] == "-" else match["id"]
    return Offer(id=identity, name=name, lon=lon, lat=lat)


def format_radius(km: float | None) -> str:
    """Return a radius with its unit, so that no spreadsheet takes "1.5" for the first of May.

    >>> format_radius(1.5), format_radius(None)
    ('1.5 km', '')
    """
    return "" if km is None else f"{km:g} km"


def map_link(lon: float, lat: float, zoom: int = 11) -> str:
    """Return a link to openstreetmap.org with a mark at a point.

    >>> map_link(35.3065, 47.7975)
    'https://www.openstreetmap.org/?mlat=47.7975&mlon=35.3065#map=11/47.7975/35.3065'
    """
    return f"https://www.openstreetmap.org/?mlat={lat:.4f}&mlon={lon:.4f}#map={zoom}/{lat:.4f}/{lon:.4f}"
