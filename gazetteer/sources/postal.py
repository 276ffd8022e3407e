"""Read GeoNames' postal codes: 12 columns, one line a code, many lines a town.

Format: https://download.geonames.org/export/zip/readme.txt. Accuracy 4 means the point of a
GeoNames place, 6 the middle of addresses; 1 is an estimate (in Ukraine 27 km off, median), so
only points of 4 and better are read. Option: ``accuracy`` (the least that is read).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.archives import open_text
from gazetteer.distance import distance_km
from gazetteer.errors import SourceError
from gazetteer.indexing import Name, Record
from gazetteer.models import AdminCodes, Place
from gazetteer.names import fold
from gazetteer.sources.importing import known_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gazetteer.sources.importing import Skip

TITLE = "a GeoNames postal code file (12 columns)"
LICENCE = "GeoNames, CC BY 4.0, https://www.geonames.org"
WINS = False
_COLUMNS = 12
_LEAST_ACCURACY = 4
_SAME_TOWN_KM = 5.0
# the postal file has Kyiv and its oblast the other way round than the dump
_ADMIN1 = {("UA", "Kyivska"): "13", ("UA", "Kyiv"): "12"}


def read_places(
    path: Path, *, name: str, skip: Skip, options: Mapping[str, str]
) -> Iterator[Record]:
    """Yield each town once, however many postal codes it has."""
    known_options(options, "accuracy")
    least = _least(options)
    seen: dict[tuple[str, str, str], list[tuple[float, float]]] = {}
    with open_text(path) as lines:
        for number, line in enumerate(lines, start=1):
            row = line.rstrip("\r\n").split("\t")
            place = _read_row(row, name, least, number, skip)
            if place is None or place.lon is None or place.lat is None:
                continue
            spots = seen.setdefault((row[0], row[3], fold(place.name)), [])
            if not any(distance_km(place.lon, place.lat, *s) < _SAME_TOWN_KM for s in spots):
                spots.append((place.lon, place.lat))
                yield Record(place, (Name(place.name, None, "primary"),))


def _least(options: Mapping[str, str]) -> int:
    given = options.get("accuracy", str(_LEAST_ACCURACY))
    if not given.isdigit():
        raise SourceError(f"accuracy is a number from 1 to 6, not {given!r}")
    return int(given)


def _read_row(row: list[str], source: str, least: int, line: int, skip: Skip) -> Place | None:
    if len(row) != _COLUMNS:
        skip(line, f"{len(row)} columns, not {_COLUMNS}")
        return None
    accuracy = row[11]
    if not accuracy.isdigit() or int(accuracy) < least:
        return None
    try:
        lat, lon = float(row[9]), float(row[10])
        admin1 = _ADMIN1.get((row[0], row[3]), row[4])
        return Place(
            id=f"user:{source}:{row[0]}.{admin1}.{fold(row[2])}.{lon:.3f}.{lat:.3f}",
            name=row[2],
            lon=lon,
            lat=lat,
            feature_class="P",
            feature_code="PPL",
            admin=AdminCodes(country=row[0] or None, admin1=admin1 or None),
            sources=(source,),
        )
    except ValueError as error:
        skip(line, str(error))
        return None
