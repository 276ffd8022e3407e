"""Read a GeoNames dump: 19 columns, ``UA.txt`` or ``UA.zip``, names by language on request.

Format: https://download.geonames.org/export/dump/readme.txt. Options: ``names`` (a file of
alternateNamesV2, 10 columns, txt or zip), ``classes`` (feature classes to keep, such as ``PA``;
all but road and undersea features when left out).
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.archives import open_text
from gazetteer.errors import SourceError
from gazetteer.indexing import Name, Record
from gazetteer.models import AdminCodes, Place
from gazetteer.sources.embedded import is_usable
from gazetteer.sources.importing import known_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gazetteer.models import NameKind
    from gazetteer.sources.importing import Skip

TITLE = "a GeoNames dump (19 columns)"
LICENCE = "GeoNames, CC BY 4.0, https://www.geonames.org"
WINS = False
_COLUMNS = 19
_NAME_COLUMNS = 10
_CLASSES = "APHTLSV"
_NO_LANGUAGES = frozenset({"link", "wkdt", "post", "iata", "icao", "faac", "tcid", "unlc", "phon"})
_LONGEST_LANGUAGE = 3
_RADIUS_KM = {"A.ADM1": 100.0, "A.ADM2": 30.0, "A.ADM3": 15.0, "A.ADM4": 8.0}


def read_places(
    path: Path, *, name: str, skip: Skip, options: Mapping[str, str]
) -> Iterator[Record]:
    """Yield the places of the dump under their GeoNames ids."""
    known_options(options, "names", "classes")
    classes = options.get("classes", _CLASSES)
    others = read_names(Path(options["names"])) if "names" in options else {}
    with open_text(path) as lines:
        for number, line in enumerate(lines, start=1):
            row = line.rstrip("\r\n").split("\t")
            if len(row) != _COLUMNS:
                skip(number, f"{len(row)} columns, not {_COLUMNS}")
            elif row[6] in classes:
                record = _read_row(row, others, name, number, skip)
                if record is not None:
                    yield record


def read_names(path: Path) -> dict[int, list[Name]]:
    """Return the names by geonameid of an alternateNamesV2 file.

    Raises :class:`SourceError` where no line has its 10 columns.
    """
    names: dict[int, list[Name]] = defaultdict(list)
    with open_text(path) as lines:
        for line in lines:
            row = line.rstrip("\r\n").split("\t")
            if len(row) >= _NAME_COLUMNS - 2 and row[1].isdigit() and row[2] not in _NO_LANGUAGES:
                language = row[2] if 0 < len(row[2]) <= _LONGEST_LANGUAGE else None
                names[int(row[1])].append(Name(row[3], language, _kind(row)))
    if not names:
        raise SourceError(f"{path}: not a file of alternateNamesV2 (10 columns)")
    return names


def _kind(row: list[str]) -> NameKind:
    if row[2] == "abbr":
        return "abbreviation"
    flags = [*row[4:8], "", "", "", ""]
    if flags[3] == "1":
        return "historic"
    return "official" if flags[0] == "1" else "alternate"


def _read_row(
    row: list[str], others: Mapping[int, list[Name]], source: str, line: int, skip: Skip
) -> Record | None:
    try:
        number = int(row[0])
        place = Place(
            id=f"gn:{number}",
            name=row[1],
            lon=float(row[5]),
            lat=float(row[4]),
            feature_class=row[6],
            feature_code=row[7] or "PPL",
            admin=_admin(row),
            population=int(row[14] or 0) or None,
            radius_km=_RADIUS_KM.get(f"{row[6]}.{row[7]}"),
            geonameid=number,
            sources=(source,),
        )
    except ValueError as error:
        skip(line, str(error))
        return None
    if not place.name.strip():
        skip(line, "no name")
        return None
    alternates = (Name(n) for n in (row[2], *row[3].split(",")) if n and is_usable(n))
    return Record(place, (Name(place.name, None, "primary"), *others.get(number, ()), *alternates))


def _admin(row: list[str]) -> AdminCodes:
    first, second, third = (code if code != "00" else "" for code in row[10:13])
    return AdminCodes(
        country=row[8] or None, admin1=first or None, admin2=second or None, admin3=third or None
    )
