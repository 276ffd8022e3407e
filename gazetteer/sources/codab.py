"""Read OCHA's Common Operational Datasets of administrative boundaries (COD-AB).

Old files have ``ADM2_PCODE`` and ``ADM2_EN``, new ones ``adm2_pcode`` and ``adm2_name``. A
feature is a unit of the deepest level it has a P-code for. Boundaries come as shapefile,
GeoPackage or GeoJSON (``layer`` names one of several), names without shapes as xlsx (``sheet``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gazetteer.errors import SourceError
from gazetteer.indexing import Name, Record
from gazetteer.models import AdminCodes, Place
from gazetteer.sources.importing import known_options
from gazetteer.sources.vector import Feature, read_features, spot_of, text_of
from gazetteer.sources.workbook import open_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gazetteer.models import NameKind
    from gazetteer.sources.importing import Skip

TITLE = "a COD-AB file (ADM1_PCODE, ADM1_EN …)"
LICENCE = "OCHA COD-AB, CC BY 3.0 IGO, https://data.humdata.org (see the dataset's page)"
WINS = False
_PCODE = re.compile(r"adm([0-4])_?pcode", re.IGNORECASE)
_NAME = re.compile(r"adm([0-4])_?(?:name)?_?([a-z]{2})?", re.IGNORECASE)
_SETTLEMENT_LEVEL = 4
_ISO2_LENGTH = 2


def read_places(
    path: Path, *, name: str, skip: Skip, options: Mapping[str, str]
) -> Iterator[Record]:
    """Yield units with their P-codes as ``pcode``, named in all languages of the file."""
    known_options(options, "layer", "sheet")
    if path.suffix.lower() == ".xlsx":
        features = read_sheet(path, options.get("sheet"))
    else:
        features = read_features(path, skip, layer=options.get("layer"))
    for feature in features:
        record = _read_unit(feature, name)
        if record is None:
            skip(feature.number, "no P-code or no name")
        else:
            yield record


def read_sheet(path: Path, sheet: str | None = None) -> Iterator[Feature]:
    """Yield the rows of a sheet (the last with P-codes when not named) as features.

    The deepest level comes last in OCHA's workbooks. Raises :class:`SourceError` where no
    sheet has P-codes.
    """
    with open_workbook(path) as book:
        if sheet is not None and sheet not in book.sheetnames:
            known = ", ".join(book.sheetnames)
            raise SourceError(f"{path} has no sheet {sheet!r}; it has {known}")
        for title in [sheet] if sheet else reversed(book.sheetnames):
            rows = book[title].iter_rows(values_only=True)
            heading = [str(cell or "") for cell in next(rows, ())]
            if any(_PCODE.fullmatch(column) for column in heading):
                for number, row in enumerate(rows, start=2):
                    yield Feature(number, dict(zip(heading, row, strict=False)), None)
                return
    raise SourceError(f"{path} has no sheet with a column such as ADM1_PCODE")


def _read_unit(feature: Feature, source: str) -> Record | None:
    codes = _by_level(feature.properties, _PCODE)
    if not codes:
        return None
    level = max(codes)
    names = tuple(_names(feature.properties, level))
    if not names:
        return None
    spot = spot_of(feature.shape) if feature.shape is not None else None
    pcode = codes[level]
    place = Place(
        id=f"user:{source}:{pcode}",
        name=names[0].name,
        lon=spot.lon if spot else None,
        lat=spot.lat if spot else None,
        feature_class="P" if level == _SETTLEMENT_LEVEL else "A",
        feature_code={0: "PCLI", _SETTLEMENT_LEVEL: "PPL"}.get(level, f"ADM{level}"),
        admin=AdminCodes(
            country=pcode[:_ISO2_LENGTH].upper() if pcode[:_ISO2_LENGTH].isalpha() else None,
            admin3=codes.get(3),
        ),
        located="exact" if spot else "none",
        radius_km=spot.radius_km if spot else None,
        codes=(("pcode", pcode),),
        sources=(source,),
    )
    return Record(place, names, spot.outline if spot else None)


def _by_level(properties: Mapping[str, Any], pattern: re.Pattern[str]) -> dict[int, str]:
    found = ((pattern.fullmatch(key), text_of(value)) for key, value in properties.items())
    return {int(match[1]): value for match, value in found if match and value}


def _names(properties: Mapping[str, Any], level: int) -> Iterator[Name]:
    kind: NameKind = "primary"
    for key, value in properties.items():
        match, text = _NAME.fullmatch(key), text_of(value)
        if match and int(match[1]) == level and text:
            language = (match[2] or "").lower() or None
            yield Name(text, {"ua": "uk"}.get(language or "", language), kind)
            kind = "alternate"
