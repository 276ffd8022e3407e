"""Read the cells of a table as numbers, figures and coordinates, each distinct cell once."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import NamedTuple

_SPACES = re.compile(r"[\s\u00a0\u202f']")
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
_EARTH_KM2 = 510_072_000
MANKIND = 10_000_000_000
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


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
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def read_area(cell: str) -> float | None:
    """Return a number of square kilometres, of which the earth has some 510 million.

    >>> read_area("40"), read_area("1,5"), read_area("-3"), read_area("1e300")
    (40.0, 1.5, None, None)
    """
    number = read_number(cell)
    return number if number is not None and 0 <= number <= _EARTH_KM2 else None


def read_count(cell: str) -> float | None:
    """Return a whole number of persons; "1,234" and "1.234" are thousands here.

    More than ever lived at once are no number of persons.

    >>> [read_count(text) for text in ("1,234", "1.234", "3.0", "-1", "2.5", "99999999999")]
    [1234.0, 1234.0, 3.0, None, None, None]
    """
    text = _SPACES.sub("", cell)
    if re.fullmatch(r"[1-9]\d{0,2}([.,]\d{3})+", text):
        text = re.sub(r"[.,]", "", text)
    number = read_number(text)
    return number if number is not None and 0 <= number <= MANKIND and number % 1 == 0 else None


class Figure(NamedTuple):
    """Hold what a cell says of a number of persons; ``words`` where it is no plain number."""

    low: float | None = None
    best: float | None = None
    high: float | None = None
    words: str = ""


def read_figure(cell: str) -> Figure | None:
    """Return a number of persons with its bounds, as people write them into one cell.

    "5-7" has no best; a mark or a remark behind a number is left out.

    >>> [read_figure(text) for text in ("3", "5-7", "5+")]  # doctest: +NORMALIZE_WHITESPACE
    [Figure(low=None, best=3.0, high=None, words=''),
     Figure(low=5.0, best=None, high=7.0, words='5 to 7'),
     Figure(low=5.0, best=None, high=None, words='at least 5')]
    >>> read_figure("3 (1 child)").words, read_figure("<10").words, read_figure("dozens")
    ('3', 'at most 9', None)
    """
    plain = read_count(cell)
    if plain is not None:
        return Figure(best=plain)
    text = _SPACES.sub("", cell)
    for pattern, make in _FIGURES:
        match = pattern.fullmatch(text)
        if match:
            numbers = [read_count(part) for part in match.groups()]
            known = [number for number in numbers if number is not None]
            return make(*known) if len(known) == len(numbers) else None
    return None


def _between(low: float, high: float) -> Figure | None:
    return Figure(low=low, high=high, words=f"{low:.15g} to {high:.15g}") if low < high else None


def _at_least(low: float) -> Figure:
    return Figure(low=low, words=f"at least {low:.15g}")


def _at_most(high: float) -> Figure | None:
    return Figure(high=high, words=f"at most {high:.15g}") if high >= 0 else None


_N = r"(\d[\d.,]*)"
_FIGURES: tuple[tuple[re.Pattern[str], Callable[..., Figure | None]], ...] = (
    (re.compile(rf"{_N}[-–—]{_N}"), _between),
    (re.compile(rf"{_N}\+"), _at_least),
    (re.compile(rf"(?:≥|>=){_N}"), _at_least),
    (re.compile(rf">{_N}"), lambda number: _at_least(number + 1)),
    (re.compile(rf"(?:≤|<=){_N}"), _at_most),
    (re.compile(rf"<{_N}"), lambda number: _at_most(number - 1)),
    (re.compile(rf"(?:[~≈]|ca?\.?){_N}", re.I), lambda n: Figure(best=n, words=f"about {n:.15g}")),
    (re.compile(rf"{_N}(?:\*+|[†‡¹²³]|[(\[].*)"), lambda n: Figure(best=n, words=f"{n:.15g}")),
)


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
