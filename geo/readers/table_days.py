"""Read the cells of a table as days: ISO, in two orders of numbers, in words, as serial numbers."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from geo.languages import available_languages, load_language

_TIME = re.compile(
    r"[T ]\d{1,2}:\d{2}(:\d{2})?([.,]\d+)?( ?[AP]M)?( ?(Z|UTC|[+-]\d{2}:?\d{2}))?$", re.I
)
_NUMERIC_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_WORD_DAY = re.compile(  # 14 Aug 23, 14th August 2023, 14 de agosto de 2023
    r"(\d{1,2})(?:st|nd|rd|th|[ºª°])?[ .-]*(?:[^\W\d]{1,3} )??([^\W\d]+)[ .,-]*"
    r"(?:[^\W\d]{1,3} )?(\d{4}|\d{2})"
)
_WORD_FIRST = re.compile(r"([^\W\d]+)[ .]*(\d{1,2}),? +(\d{4})")
_EXCEL_DAY_0 = date(1899, 12, 30)


class Day(NamedTuple):
    """Hold the first and last day that a cell names, and date_precision."""

    start: date
    end: date
    precision: int


def day_order(cells: list[str]) -> str | None:
    """Return ``dmy`` or ``mdy``, whichever the days above 12 prove, ``None`` when none does.

    ``mixed`` when both are proved.

    >>> day_order(["13/02/2023", "1/2/2023"]), day_order(["02/13/2023"]), day_order(["1/2/2023"])
    ('dmy', 'mdy', None)
    """
    matches = [m for m in (_NUMERIC_DAY.fullmatch(_TIME.sub("", c.strip())) for c in cells) if m]
    first = any(int(m[1]) > 12 for m in matches)
    second = any(int(m[2]) > 12 for m in matches)
    if first and second:
        return "mixed"
    if first or second:
        return "dmy" if first else "mdy"
    return None


def is_numeric_day(cell: str) -> bool:
    """Tell a day such as 1/2/2023, which can be read in two orders."""
    match = _NUMERIC_DAY.fullmatch(_TIME.sub("", cell.strip()))
    return (
        match is not None and int(match[1]) <= 12 and int(match[2]) <= 12 and match[1] != match[2]
    )


def read_day(cell: str, order: str = "dmy") -> Day | None:
    """Return the day, month or year that a cell names, ``None`` when it names none.

    ISO days, ``20230815``, ``15/08/2023`` in `order`, ``15 August 2023``, a spreadsheet's day
    number, ``2023-08``, ``2023``; a time of day is left out.

    >>> read_day("2023-08-15 00:00").start, read_day("2023-02").end.day, read_day("soon")
    (datetime.date(2023, 8, 15), 28, None)
    """
    text = _TIME.sub("", cell.strip())
    for rule in (_iso, _compact, lambda t: _numeric(t, order), _worded, _serial, _month, _year):
        try:
            found = rule(text)
        except ValueError:  # a 31st of February
            return None
        if found is not None:
            return found
    return None


Rule = Callable[[str], Day | None]


def _day(year: int, month: int, day: int) -> Day:
    found = date(year, month, day)
    return Day(found, found, 1)


def _full_year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _iso(text: str) -> Day | None:
    match = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text)
    return _day(*(int(part) for part in match.groups())) if match else None


def _compact(text: str) -> Day | None:
    match = re.fullmatch(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{6})?", text)
    return _day(*(int(part) for part in match.groups())) if match else None


def _numeric(text: str, order: str) -> Day | None:
    match = _NUMERIC_DAY.fullmatch(text)
    if match is None:
        return None
    one, two, year = int(match[1]), int(match[2]), _full_year(match[3])
    day, month = (two, one) if (order == "mdy" or two > 12) and one <= 12 else (one, two)
    return _day(year, month, day)


def _worded(text: str) -> Day | None:
    match = _WORD_DAY.fullmatch(text)
    month = _month_named(match[2]) if match else None
    if match and month:
        return _day(_full_year(match[3]), month, int(match[1]))
    match = _WORD_FIRST.fullmatch(text)
    month = _month_named(match[1]) if match else None
    return _day(int(match[3]), month, int(match[2])) if match and month else None


def _month_named(word: str) -> int | None:
    return _month_names().get(word.casefold())


@cache
def _month_names() -> dict[str, int]:
    """Return the months of all language packs, in full and short."""
    sections = (load_language(code).section("dates") for code in available_languages())
    return {
        name.casefold(): int(number)
        for section in sections
        for kind in ("short_months", "months")
        for number, names in section.get(kind, {}).items()
        for name in names
    }


def _serial(text: str) -> Day | None:
    if not re.fullmatch(r"[2-5]\d{4}(\.\d+)?", text):  # 1954 to 2064
        return None
    found = _EXCEL_DAY_0 + timedelta(days=int(float(text)))
    return Day(found, found, 1)


def _month(text: str) -> Day | None:
    match = re.fullmatch(r"(\d{4})[-/.](\d{1,2})", text)
    year, month = (int(match[1]), int(match[2])) if match else (0, 0)
    if match is None:
        match = re.fullmatch(r"([^\W\d]+)\.?[ -](\d{4})", text)
        named = _month_named(match[1]) if match else None
        if match is None or named is None:
            return None
        year, month = int(match[2]), named
    return Day(date(year, month, 1), date(year, month, monthrange(year, month)[1]), 4)


def _year(text: str) -> Day | None:
    if not re.fullmatch(r"(19|20)\d{2}(\.0)?", text):
        return None
    return Day(date(int(text[:4]), 1, 1), date(int(text[:4]), 12, 31), 5)
