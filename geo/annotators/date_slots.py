"""Fill the slots of a date phrase from the tokens of a text."""

from __future__ import annotations

from collections.abc import Sequence

from geo.annotators.date_phrases import Calendar, Phrase
from geo.annotators.date_rules import Slots
from geo.annotators.number_words import read_number
from geo.models import Token

_EARLIEST, _LATEST = 1800, 2100
_LAST_DAY = 31
_LONGEST_COUNT = 1000
MOST_FILLERS = 3
THIRD_REACH = 5 + 2 * MOST_FILLERS  # tokens: a full stop may belong to each of two elements


def fill_phrase(
    tokens: Sequence[Token], index: int, phrase: Phrase, calendar: Calendar, slots: Slots
) -> int | None:
    """Return the last token of the phrase that begins at `index`, or ``None``; fill `slots`."""
    position = index - 1
    for number, element in enumerate(phrase.elements):
        position += 1
        skipped = 0
        while (
            number
            and position < len(tokens)
            and tokens[position].folded in calendar.fillers
            and tokens[position].folded != element
            and skipped < MOST_FILLERS
        ):
            position, skipped = position + 1, skipped + 1
        if position >= len(tokens):
            return None
        last = _fit(tokens, position, element, phrase, calendar, slots)
        if last is None:
            return None
        position = last
    return position


def fill_slot(tokens: Sequence[Token], position: int, slot: str, calendar: Calendar) -> int | None:
    """Return the last token of a day or count at `position`, whatever the phrase."""
    name = slot[1:-1]
    if name.rstrip("2") in ("day", "dd", "nth"):
        return _day(tokens, position, name, calendar, {})
    return _count(tokens, position, name, calendar, {})


def _fit(
    tokens: Sequence[Token],
    position: int,
    element: str,
    phrase: Phrase,
    calendar: Calendar,
    slots: Slots,
) -> int | None:
    word = tokens[position].folded
    if element[0] != "{":
        fits = word.startswith(element[:-1]) if element[-1] == "*" and len(element) > 1 else (
            word == element
        )  # fmt: skip
        return position if fits else None
    name = element[1:-1]
    kind = name.rstrip("2")
    if kind in ("weekday", "month", "season"):
        value, last = _named(tokens, position, kind, phrase, calendar)
        return _keep(slots, name, value, last)
    if kind == "date":
        return _day_and_month(tokens, position, name, phrase, calendar, slots)
    if kind in ("year", "yy", "mm"):
        return _figure(tokens, position, name, phrase, slots)
    if kind in ("day", "dd", "nth"):
        return _day(tokens, position, name, calendar, slots)
    return _count(tokens, position, name, calendar, slots)


def _named(
    tokens: Sequence[Token], position: int, kind: str, phrase: Phrase, calendar: Calendar
) -> tuple[int | None, int]:
    """Return the number of a weekday, month or season, and its last token.

    A short form ("Aug.") counts only beside a day; its full stop belongs to it.
    """
    token = tokens[position]
    word = token.folded
    if kind == "season":
        return calendar.seasons.get(word), position
    if calendar.capital_months and word in calendar.ambiguous and not token.text[0].isupper():
        return None, position
    full = calendar.weekdays if kind == "weekday" else calendar.months
    if word in full or not phrase.has_day:
        return full.get(word), position
    short = calendar.short_weekdays if kind == "weekday" else calendar.short_months
    stopped = position + 1 < len(tokens) and tokens[position + 1].text == "."
    ends = stopped and tokens[position + 1].start == token.stop
    return short.get(word), position + 1 if ends and word in short else position


def _keep(slots: Slots, name: str, value: int | None, position: int) -> int | None:
    if value is None:
        return None
    slots[name] = value
    return position


def _figure(
    tokens: Sequence[Token], position: int, name: str, phrase: Phrase, slots: Slots
) -> int | None:
    """Take a year (2023), its last two figures behind a date (.23), or a month's number."""
    text, kind = tokens[position].text, name.rstrip("2")
    if not (text.isascii() and text.isdigit()) or len(text) > 4:
        return None
    value = int(text)
    if kind == "year":
        good = len(text) == 4 and _EARLIEST <= value <= _LATEST
        if phrase.rule == "year" and value % 100 == 0:  # "in 2000 houses"
            good = False
        return _keep(slots, name, value if good else None, position)
    close = position > 0 and tokens[position - 1].stop == tokens[position].start
    if kind == "yy":
        return _keep(slots, "year", 2000 + value if close and len(text) == 2 else None, position)
    good = close and len(text) <= 2 and 1 <= value <= _LAST_DAY
    return _keep(slots, "month", value if good else None, position)


def _day(
    tokens: Sequence[Token], position: int, name: str, calendar: Calendar, slots: Slots
) -> int | None:
    """Take a day of the month in figures or words; ``{nth}`` wants an ordinal, ``{dd}`` figures."""
    kind = name.rstrip("2")
    slot = "day2" if name.endswith("2") else "day"
    text = tokens[position].text
    if text.isascii() and text.isdigit() and len(text) <= 2:
        value, last = int(text), position
        marked = _behind_marks(tokens, position, calendar)
        if kind == "nth" and marked == position:
            return None
        last = marked
    elif kind == "dd":
        return None
    else:
        worded = _day_in_words(tokens, position, calendar)
        if worded is None:
            return None
        value, last, ordinal = worded
        if kind == "nth" and not ordinal:
            return None
    return _keep(slots, slot, value if 1 <= value <= _LAST_DAY else None, last)


def _behind_marks(tokens: Sequence[Token], position: int, calendar: Calendar) -> int:
    """Return the last of the marks that cling to a number: 14th, 1er, 14-го."""
    last = position
    while (
        last + 1 < len(tokens)
        and tokens[last + 1].folded in calendar.marks
        and tokens[last + 1].start == tokens[last].stop
    ):
        last += 1
    # A hyphen alone joins two days; it marks nothing.
    return last if tokens[last].text != "-" else last - 1


def _day_in_words(
    tokens: Sequence[Token], position: int, calendar: Calendar
) -> tuple[int, int, bool] | None:
    lengths = (3, 2, 1) if tokens[position].folded in calendar.day_openers else ()
    for length in lengths:
        words = tuple([t.folded for t in tokens[position : position + length]])
        if words in calendar.day_words:
            return calendar.day_words[words], position + len(words) - 1, True
    value = calendar.numbers.values.get(tokens[position].folded)
    if value is None or value % 1:
        return None
    read = read_number(tokens, position, calendar.numbers)
    if read is not None and read[0] <= _LAST_DAY:
        return int(read[0]), read[1], False
    return int(value), position, False


def _count(
    tokens: Sequence[Token], position: int, name: str, calendar: Calendar, slots: Slots
) -> int | None:
    read = read_number(tokens, position, calendar.numbers)
    if read is None or read[0] != int(read[0]) or not 0 < read[0] < _LONGEST_COUNT:
        return None
    return _keep(slots, name, int(read[0]), read[1])


def _day_and_month(
    tokens: Sequence[Token],
    position: int,
    name: str,
    phrase: Phrase,
    calendar: Calendar,
    slots: Slots,
) -> int | None:
    """Take ``14.08`` apart; without a year it must not be a time of day or a decimal number."""
    parts = tokens[position].text.split(".")
    if len(parts) != 2 or not all(p.isascii() and p.isdigit() and len(p) <= 2 for p in parts):
        return None
    if not phrase.has_year and (len(parts[1]) < 2 or _is_measure(tokens, position, calendar)):
        return None
    day, month = int(parts[0]), int(parts[1])
    if not (1 <= day <= _LAST_DAY and 1 <= month <= _LAST_DAY):
        return None
    suffix = "2" if name.endswith("2") else ""
    slots[f"day{suffix}"], slots[f"month{suffix}"] = day, month
    return position


def _is_measure(tokens: Sequence[Token], position: int, calendar: Calendar) -> bool:
    """Tell a time of day ("alle 21.10") and a decimal number ("12.05 per cento") from a date."""
    before = [t.folded for t in tokens[max(0, position - 2) : position] if t.text != "."][-1:]
    behind = tokens[position + 1].folded if position + 1 < len(tokens) else ""
    return (
        any(word in calendar.clocks for word in before)
        or behind in calendar.clocks
        or behind in calendar.numbers.multipliers
        or behind in ("%", "°", "km", "км", "kg", "кг", "mm", "мм", "$", "€")
    )
