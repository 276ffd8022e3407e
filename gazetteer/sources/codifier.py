"""Read an edition of the Ukrainian codifier (KATOTTG) as the ministry publishes it, xlsx.

Seven columns: four levels, an additional level, category, name. Names only: a settlement that
the gazetteer knows by its code gains the edition's name, others are kept without a point.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gazetteer.indexing import Name, Record
from gazetteer.models import AdminCodes, Place
from gazetteer.sources.importing import known_options
from gazetteer.sources.workbook import open_workbook
from gazetteer.transliteration import HABITS, romanise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gazetteer.sources.importing import Skip

TITLE = "the Ukrainian codifier (KATOTTG, xlsx)"
LICENCE = "official document, no copyright"
WINS = False
_CODE = re.compile(r"UA\d{17}")
_COLUMNS = 7
_LATIN = str.maketrans("ОКРНМТСХВ", "OKPHMTCXB")  # the category letters come in either script
_FEATURES = {"O": "ADM1", "K": "ADM1", "P": "ADM2", "H": "ADM3", "B": "PPLX"}
_LENGTHS = {"O": 4, "K": 4, "P": 6, "H": 9}
_KINDS = {"P": ("ий", "район"), "H": ("а", "громада"), "O": ("а", "область")}
_CATEGORIES = frozenset("OKPHMTCXB")


def read_places(
    path: Path, *, name: str, skip: Skip, options: Mapping[str, str]
) -> Iterator[Record]:
    """Yield the units and settlements of the codifier, named in Ukrainian and romanised."""
    known_options(options)
    for number, row in _rows(path):
        codes = [str(cell) for cell in row[:5] if cell]
        if not codes or not _CODE.fullmatch(codes[0]):
            continue  # headings
        category = str(row[5] or "").strip().translate(_LATIN)
        title = " ".join(str(row[6] or "").split())
        if category not in _CATEGORIES or not title or not _CODE.fullmatch(codes[-1]):
            skip(number, "no code, category or name")
        else:
            yield _record(codes[-1], category, title, name)


def _rows(path: Path) -> Iterator[tuple[int, tuple[Any, ...]]]:
    with open_workbook(path) as book:
        sheet = book.worksheets[0]
        yield from enumerate(sheet.iter_rows(max_col=_COLUMNS, values_only=True), start=1)


def _record(katottg: str, category: str, title: str, source: str) -> Record:
    is_unit = category in _LENGTHS
    pcode = katottg[: _LENGTHS.get(category, 12)]
    full = _full_name(title, category)
    place = Place(
        id=f"katottg:{katottg}",
        name=romanise(title),
        lon=None,
        lat=None,
        feature_class="A" if is_unit else "P",
        feature_code=_FEATURES.get(category, "PPL"),
        admin=AdminCodes(
            country="UA",
            admin2=None if category in "OK" or katottg[4:6] == "00" else katottg[2:6],
            admin3=None if category in "OKP" or katottg[6:9] == "000" else katottg[:9],
        ),
        located="none",
        codes=(("katottg", katottg), ("pcode", pcode)),
        sources=(source,),
    )
    habits = () if is_unit else tuple(Name(romanise(title, habit), habit) for habit in HABITS[1:])
    return Record(
        place, (Name(romanise(full), None, "primary"), Name(full, "uk", "official"), *habits)
    )


def _full_name(title: str, category: str) -> str:
    ending, noun = _KINDS.get(category, ("", ""))
    return f"{title} {noun}" if noun and title.endswith(ending) else title
