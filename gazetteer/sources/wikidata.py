"""Read the JSON results of a Wikidata SPARQL query about places.

Variables read: ``item``, ``itemLabel`` or ``label_xx`` (xx a language), ``coord`` (WKT point),
``geonames``, ``katottg``, ``population``, ``country`` (ISO alpha-2). No options.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson

from gazetteer.errors import SourceError
from gazetteer.indexing import Name, Record
from gazetteer.models import AdminCodes, Place
from gazetteer.sources.importing import known_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gazetteer.sources.importing import Skip

TITLE = "Wikidata query results (SPARQL JSON)"
LICENCE = "Wikidata, CC0 1.0, https://www.wikidata.org"
WINS = False
_POINT = re.compile(r"Point\((-?[\d.]+(?:[eE]-?\d+)?) (-?[\d.]+(?:[eE]-?\d+)?)\)")
_UNLABELLED = re.compile(r"Q\d+")


def read_places(
    path: Path, *, name: str, skip: Skip, options: Mapping[str, str]
) -> Iterator[Record]:
    """Yield items that have a label and a point; an item's rows after the first are skipped."""
    known_options(options)
    seen: set[str] = set()
    for number, binding in enumerate(_bindings(path), start=1):
        row = {key: str(cell.get("value", "")) for key, cell in binding.items()}
        item = row.get("item", "").rpartition("/")[2]
        point = _POINT.fullmatch(row.get("coord", ""))
        names = tuple(_names(row))
        if not item or not point or not names:
            skip(number, "no item, label or coord")
        elif item not in seen:
            seen.add(item)
            try:
                yield Record(_place(item, row, names[0].name, point, name), names)
            except ValueError as error:
                skip(number, str(error))


def _bindings(path: Path) -> list[dict[str, Any]]:
    try:
        bindings = orjson.loads(path.read_bytes())["results"]["bindings"]
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise SourceError(f"{path} is no result of a SPARQL query ({error!r})") from error
    return [binding for binding in bindings if isinstance(binding, dict)]


def _place(
    item: str, row: Mapping[str, str], title: str, point: re.Match[str], source: str
) -> Place:
    geonames, population = row.get("geonames", ""), row.get("population", "").split(".")[0]
    number = int(geonames) if geonames.isdigit() else None
    katottg = row.get("katottg", "")
    return Place(
        id=f"gn:{number}" if number else f"user:{source}:{item}",
        name=title,
        lon=float(point[1]),
        lat=float(point[2]),
        feature_class="P",
        feature_code="PPL",
        admin=AdminCodes(country=row.get("country") or None),
        population=int(population) if population.isdigit() and int(population) else None,
        geonameid=number,
        codes=(("wikidata", item), *((("katottg", katottg),) if katottg else ())),
        sources=(source,),
    )


def _names(row: Mapping[str, str]) -> Iterator[Name]:
    label = row.get("itemLabel", "")
    if label and not _UNLABELLED.fullmatch(label):
        yield Name(label, None, "primary")
    for key, value in row.items():
        language = key.removeprefix("label_")
        if language != key and value:
            yield Name(value, language)
