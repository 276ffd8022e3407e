"""Read geoBoundaries GeoJSON: shapeName, shapeISO, shapeID, shapeGroup, shapeType.

Format: https://www.geoboundaries.org/docs.html. No options.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.datafiles import DATA
from gazetteer.indexing import Name, Record
from gazetteer.models import AdminCodes, Place
from gazetteer.sources.importing import known_options
from gazetteer.sources.vector import Feature, read_features, spot_of, text_of
from gazetteer.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gazetteer.sources.importing import Skip

TITLE = "a geoBoundaries file (shapeName, shapeGroup, shapeType)"
LICENCE = "geoBoundaries gbOpen, CC BY 4.0, https://www.geoboundaries.org"
WINS = False
_TYPE = re.compile(r"ADM([0-5])")
_ISO = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


def read_places(
    path: Path, *, name: str, skip: Skip, options: Mapping[str, str]
) -> Iterator[Record]:
    """Yield units with their outlines, first-level ones with their ISO 3166-2 code."""
    known_options(options)
    countries = {row["iso3"]: row["iso2"] for row in read_table(DATA / "countries.tsv.gz")}
    for feature in read_features(path, skip):
        record = _read_unit(feature, name, countries)
        if record is None:
            skip(feature.number, "no shapeName, shapeType or shape")
        else:
            yield record


def _read_unit(feature: Feature, source: str, countries: Mapping[str, str]) -> Record | None:
    properties = {key: text_of(value) for key, value in feature.properties.items()}
    kind = _TYPE.fullmatch(properties.get("shapeType", ""))
    title = properties.get("shapeName", "")
    if not kind or not title or feature.shape is None:
        return None
    spot, level = spot_of(feature.shape), int(kind[1])
    iso = properties.get("shapeISO", "")
    place = Place(
        id=f"user:{source}:{properties.get('shapeID') or feature.number}",
        name=title,
        lon=spot.lon,
        lat=spot.lat,
        feature_class="A",
        feature_code=f"ADM{level}" if level else "PCLI",
        admin=AdminCodes(country=countries.get(properties.get("shapeGroup", ""))),
        radius_km=spot.radius_km,
        codes=(("iso_3166_2", iso),) if _ISO.fullmatch(iso) else (),
        sources=(source,),
    )
    return Record(place, (Name(title, None, "primary"),), spot.outline)
