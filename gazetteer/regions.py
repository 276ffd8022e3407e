"""Read regions, waters and sites that no administrative unit names, and front sectors.

A region is either the sum of administrative units (``members``), a line (a river, drawn
coarsely), or a centre with a radius. All but sums of units are approximate, and say so in
``Place.codes`` as ``("approximate", "line")`` or ``("approximate", "circle")``.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING

from gazetteer.errors import SourceError
from gazetteer.models import AdminCodes, NameKind, Place, PlaceName

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = "regions"
_FILE = "regions.tsv"
_LANGUAGES = ("en", "it", "de", "fr", "es", "pl", "uk", "ru")
_FIELDS = 16
_CLASSES = {
    "L": ("RGN",),
    "H": ("SEA", "STM", "STRT", "GULF", "LK", "CNL", "OCN", "BAY", "CHN", "RSV"),
    "T": ("MTS", "PEN", "ISL", "ISLS", "VAL", "PASS", "DSRT", "SPIT", "DLTA"),
    "V": ("FRST",),
    "S": ("PSN", "DAM", "BDG", "PSTB", "BLDG", "FCL", "AIRB", "CMPRF"),
}
_CLASS_OF = {code: letter for letter, codes in _CLASSES.items() for code in codes}
SECTOR_RADIUS_KM = 25.0


def read_regions() -> Iterator[tuple[Place, tuple[PlaceName, ...]]]:
    """Yield the regions of ``data/regions.tsv`` with their names in eight languages.

    Raises :class:`SourceError`, with the line's number, where a line breaks the format.
    """
    text = (resources.files("gazetteer") / "data" / _FILE).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#"):
            yield _read_line(line, number)


def members_of(region: Place) -> tuple[tuple[str, ...], ...]:
    """Return the admin code paths a region is the sum of; empty where it is approximate.

    >>> donbas = next(place for place, _ in read_regions() if place.name == "Donbas")
    >>> members_of(donbas)
    (('UA', '05'), ('UA', '14'))
    """
    members = dict(region.codes).get("members", "")
    return tuple(tuple(member.split(".")) for member in members.split())


def sector_of(anchor: Place, *, radius_km: float = SECTOR_RADIUS_KM) -> Place:
    """Return the front sector named after `anchor`: its point with a radius.

    A user's own area of that name wins, because it is found by name before this is asked.
    """
    return replace(
        anchor,
        id=f"sector:{anchor.id}",
        feature_class="L",
        feature_code="RGN",
        population=None,
        radius_km=radius_km,
        geonameid=None,
        codes=(("approximate", "circle"), ("anchor", anchor.id)),
    )


def _read_line(line: str, number: int) -> tuple[Place, tuple[PlaceName, ...]]:
    fields = line.split("\t")
    if len(fields) != _FIELDS:
        raise SourceError(f"{_FILE}, line {number}: {len(fields)} fields, not {_FIELDS}")
    slug, code, lon, lat, radius, country, members, path = fields[:8]
    names = tuple(_read_names(f"region:{slug}", fields[8:]))
    shape = ("members", members) if members else ("approximate", "line" if path else "circle")
    place = Place(
        id=f"region:{slug}",
        name=names[0].name,
        lon=float(lon),
        lat=float(lat),
        feature_class=_CLASS_OF[code],
        feature_code=code,
        admin=AdminCodes(country=country or None),
        radius_km=float(radius),
        codes=(shape, *((("line", path),) if path else ())),
        sources=(SOURCE,),
    )
    return place, names


def _read_names(place_id: str, fields: list[str]) -> Iterator[PlaceName]:
    for language, field in zip(_LANGUAGES, fields, strict=True):
        for rank, name in enumerate(field.split(";")):
            kind: NameKind = "primary" if language == "en" and not rank else "alternate"
            yield PlaceName(place_id=place_id, name=name, language=language, kind=kind)
