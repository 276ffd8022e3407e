"""Read the cells of a table as numbers, days and coordinates, each distinct cell once."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from geo.languages import available_languages, load_language

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_TIME = re.compile(
    r"[T ]\d{1,2}:\d{2}(:\d{2})?([.,]\d+)?( ?[AP]M)?( ?(Z|UTC|[+-]\d{2}:?\d{2}))?$", re.I
)
_NUMERIC_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_WORD_DAY = re.compile(  # 14 Aug 23, 14th August 2023, 14 de agosto de 2023
    r"(\d{1,2})(?:st|nd|rd|th|[ºª°])?[ .-]*(?:[^\W\d]{1,3} )??([^\W\d]+)[ .,-]*"
    r"(?:[^\W\d]{1,3} )?(\d{4}|\d{2})"
)
_WORD_FIRST = re.compile(r"([^\W\d]+)[ .]*(\d{1,2}),? +(\d{4})")
_DEGREES = re.compile(
    r"""(?P<d>\d{1,3})\s*[°º]\s*(?:(?P<m>\d{1,2}(?:[.,]\d+)?)\s*['’′]\s*)?
        (?:(?P<s>\d{1,2}(?:[.,]\d+)?)\s*(?:["”″]|'')\s*)?(?P<side>[NSEW])?""",
    re.X | re.I,
)
_PAIR = re.compile(
    r"""\s*([-+]?\d{1,3}[.,]?\d*)(?:\s*°)?(?:\s*[NS])?(?:\s*[,;/]\s*|\s+)
        ([-+]?\d{1,3}[.,]?\d*)(?:\s*°)?(?:\s*[EW])?\s*""",
    re.X | re.I,
)
_WKT = re.compile(r"\s*(?:SRID=\d+;)?\s*POINT\s*(?:Z\s*)?\(\s*([-\d.eE]+)\s+([-\d.eE]+)", re.I)
_FLAGS = dict.fromkeys("true 1 yes wahr vrai vero verdadero так да prawda".split(), True) | (
    dict.fromkeys("false 0 no falsch faux falso ні нет fałsz".split(), False)
)
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_EXCEL_DAY_0 = date(1899, 12, 30)


class Day(NamedTuple):
    """Hold the first and last day that a cell names, and date_precision."""

    start: date
    end: date
    precision: int


def read_number(cell: str) -> float | None:
    """Return a number with a decimal point or comma, thousands apart or not, else ``None``.

    >>> [read_number(text) for text in ("1.234,5", "48,51", "1 200", "1,234,567", "n/a", "12+")]
    [1234.5, 48.51, 1200.0, 1234567.0, None, None]
    """
    text = _SPACES.sub("", cell).replace("−", "-")
    if "," in text and "." in text:
        thousands, point = (".", ",") if text.rfind(",") > text.rfind(".") else (",", ".")
        text = text.replace(thousands, "").replace(point, ".")
    elif text.count(",") > 1:
        text = text.replace(",", "")
    elif text.count(".") > 1:
        text = text.replace(".", "")
    text = text.replace(",", ".")
    return float(text) if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", text) else None


def read_count(cell: str) -> float | None:
    """Return a whole number of persons; "1,234" and "1.234" are thousands here.

    >>> [read_count(text) for text in ("1,234", "1.234", "3.0", "-1", "2.5")]
    [1234.0, 1234.0, 3.0, None, None]
    """
    text = _SPACES.sub("", cell)
    if re.fullmatch(r"[1-9]\d{0,2}([.,]\d{3})+", text):
        text = re.sub(r"[.,]", "", text)
    number = read_number(text)
    return number if number is not None and number >= 0 and number.is_integer() else None


def read_degrees(cell: str) -> float | None:
    r"""Return a coordinate in decimal degrees, from decimals or degrees, minutes, seconds.

    >>> [read_degrees(text) for text in ("47,797", "47°47'49\"N", "35.3 W", "east")]
    [47.797, 47.796944, -35.3, None]
    """
    text = cell.strip()
    match = _DEGREES.fullmatch(text)
    if match:
        parts = [float((match[key] or "0").replace(",", ".")) for key in ("d", "m", "s")]
        value = round(parts[0] + parts[1] / 60 + parts[2] / 3600, 6)
        return -value if (match["side"] or "").upper() in ("S", "W") else value
    side = text[-1:].upper()
    if side in ("N", "S", "E", "W"):
        value_of_side = read_number(text[:-1])
        if value_of_side is None:
            return None
        return -value_of_side if side in ("S", "W") else value_of_side
    return read_number(text)


def read_flag(cell: str) -> bool | None:
    """Return true or false, in the words and figures that spreadsheets write.

    >>> [read_flag(text) for text in ("TRUE", "0", "wahr", "maybe")]
    [True, False, True, None]
    """
    return _FLAGS.get(cell.strip().casefold())


def restore(cell: str) -> str:
    """Take away the quote mark that exporters put before a text that looks like a formula.

    >>> restore("'=1+1"), restore("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(STARTS_FORMULA) else cell


def read_pair(cell: str) -> tuple[float, float] | None:
    """Return longitude, latitude of "latitude, longitude" or of a WKT point.

    >>> read_pair("47.797, 35.306"), read_pair("POINT (35.306 47.797)"), read_pair("here")
    ((35.306, 47.797), (35.306, 47.797), None)
    """
    match = _WKT.match(cell)
    if match:
        return float(match[1]), float(match[2])
    match = _PAIR.fullmatch(cell)
    pair = (read_number(match[2]), read_number(match[1])) if match else (None, None)
    return None if pair[0] is None or pair[1] is None else (pair[0], pair[1])


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
