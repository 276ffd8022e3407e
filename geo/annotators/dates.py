"""Find dates and periods by the phrases that a pack lists, against the publication date.

A phrase is words and slots (``{n}``, ``{weekday}``, ``{month}``, ``{day}``, ``{year}``); it names
the rule that turns it into days. Rules are in :mod:`geo.annotators.date_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from gazetteer.names import fold
from geo.annotators.date_rules import RULES, DateRule, Slots
from geo.annotators.number_words import NumberWords, compile_number_words, read_number
from geo.errors import LanguagePackError
from geo.languages import LanguagePack
from geo.models import Interval, Span, Token

_LONGEST_STEM = 40  # a word of a million letters is no date
_EARLIEST, _LATEST = 1800, 2100
_LAST_DAY = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    elements: tuple[str, ...]
    rule: str
    argument: int | None


@dataclass(slots=True, eq=False)
class _Calendar:
    phrases: dict[str, list[_Phrase]] = field(default_factory=dict)
    slotted: list[_Phrase] = field(default_factory=list)
    stems: dict[str, list[_Phrase]] = field(default_factory=dict)
    weekdays: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    ordinals: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    numbers: NumberWords | None = None


@lru_cache(maxsize=32)
def _compile(pack: LanguagePack) -> _Calendar:
    section = pack.section("dates")
    calendar = _Calendar(
        weekdays=_forms(section.get("weekdays", {})),
        months=_forms(section.get("months", {})),
        ordinals=frozenset(section.get("day_marks", ())),
        fillers=frozenset(fold(word) for word in section.get("fillers", ())),
        numbers=compile_number_words(pack),
    )
    for rule, texts in section.get("phrases", {}).items():
        name, _, argument = rule.partition(":")
        if name not in RULES:
            raise LanguagePackError(
                f"{pack.code}.toml: [dates.phrases] has no rule {name!r}; "
                f"there are: {', '.join(sorted(RULES))}"
            )
        for text in texts:
            elements = tuple(fold(word) if word[0] != "{" else word for word in text.split())
            phrase = _Phrase(
                elements=elements, rule=name, argument=int(argument) if argument else None
            )
            _file(calendar, phrase)
    return calendar


def _forms(table: dict[str, Sequence[str]]) -> dict[str, int]:
    return {fold(form): int(number) for number, forms in table.items() for form in forms}


def _file(calendar: _Calendar, phrase: _Phrase) -> None:
    first = phrase.elements[0]
    if first[0] == "{":
        calendar.slotted.append(phrase)
    elif first.endswith("*"):
        calendar.stems.setdefault(first[:-1], []).append(phrase)
    else:
        calendar.phrases.setdefault(first, []).append(phrase)


def find_intervals(
    text: str, tokens: Sequence[Token], pack: LanguagePack, published: date | None
) -> tuple[Interval, ...]:
    """Return the dates and periods of a text, in text order.

    Without a publication date a relative phrase keeps its words; its days are unknown.

    >>> from geo.annotators.tokens import find_tokens
    >>> from geo.languages import load_language
    >>> it = load_language("it")
    >>> words = "La scorsa settimana"
    >>> (week,) = find_intervals(words, find_tokens(words, it), it, date(2023, 8, 15))
    >>> week.start.isoformat(), week.end.isoformat(), week.precision
    ('2023-08-07', '2023-08-13', 3)
    """
    calendar = _compile(pack)
    found: list[Interval] = []
    index = 0
    while index < len(tokens):
        match = _longest(tokens, index, calendar)
        if match is None:
            index += 1
            continue
        last, phrase, slots = match
        interval = _interval(text, tokens, index, last, phrase, slots, published)
        if interval is not None:
            found.append(interval)
        index = last + 1
    return tuple(found)


def _longest(
    tokens: Sequence[Token], index: int, calendar: _Calendar
) -> tuple[int, _Phrase, Slots] | None:
    best: tuple[int, _Phrase, Slots] | None = None
    for phrase in _beginning(tokens[index], calendar):
        slots: Slots = {}
        last = _match(tokens, index, phrase.elements, calendar, slots)
        if last is not None and (best is None or last > best[0]):
            best = (last, phrase, slots)
    return best


def _beginning(token: Token, calendar: _Calendar) -> Iterator[_Phrase]:
    folded = token.folded
    yield from calendar.phrases.get(folded, ())
    for length in range(3, min(len(folded), _LONGEST_STEM) + 1):
        yield from calendar.stems.get(folded[:length], ())
    numbers = calendar.numbers
    is_number = folded[0].isdigit() or (numbers is not None and folded in numbers.values)
    if is_number or folded in calendar.weekdays or folded in calendar.months:
        yield from calendar.slotted


def _match(
    tokens: Sequence[Token],
    index: int,
    elements: Sequence[str],
    calendar: _Calendar,
    slots: Slots,
) -> int | None:
    """Return the last token of the phrase that begins at `index`; fill `slots` on the way."""
    position = index
    for number, element in enumerate(elements):
        if number:
            position += 1
        while (
            number
            and position < len(tokens)
            and tokens[position].folded in calendar.fillers
            and (tokens[position].folded != element)
        ):
            position += 1
        if position >= len(tokens):
            return None
        last = _fit(tokens, position, element, calendar, slots)
        if last is None:
            return None
        position = last
    return position


def _fit(
    tokens: Sequence[Token], position: int, element: str, calendar: _Calendar, slots: Slots
) -> int | None:
    token = tokens[position]
    if element[0] != "{":
        fits = (
            token.folded.startswith(element[:-1])
            if element.endswith("*")
            else token.folded == element
        )
        return position if fits else None
    name = element[1:-1]
    kind = name.rstrip("2")
    if kind == "weekday":
        return _keep(slots, name, calendar.weekdays.get(token.folded), position)
    if kind == "month":
        return _keep(slots, name, calendar.months.get(token.folded), position)
    if kind == "date":
        return _full_date(token, slots, position)
    if kind == "year":
        value = int(token.text) if token.text.isdigit() and len(token.text) == 4 else None
        good = value is not None and _EARLIEST <= value <= _LATEST
        return _keep(slots, name, value if good else None, position)
    if kind == "day":
        return _day(tokens, position, name, calendar, slots)
    return _number(tokens, position, name, calendar, slots)


def _keep(slots: Slots, name: str, value: int | None, position: int) -> int | None:
    if value is None:
        return None
    slots[name] = value
    return position


def _day(
    tokens: Sequence[Token], position: int, name: str, calendar: _Calendar, slots: Slots
) -> int | None:
    token = tokens[position]
    value = int(token.text) if token.text.isdigit() and len(token.text) <= 2 else None
    if value is None and calendar.numbers is not None:
        value = calendar.numbers.values.get(token.folded)
    if value is None or not 1 <= value <= _LAST_DAY:
        return None
    following = position + 1
    while (
        following < len(tokens)
        and tokens[following].folded in calendar.ordinals
        and (tokens[following].start == tokens[following - 1].stop)
    ):
        following += 1
    return _keep(slots, name, value, following - 1)


def _number(
    tokens: Sequence[Token], position: int, name: str, calendar: _Calendar, slots: Slots
) -> int | None:
    if calendar.numbers is None:
        return None
    read = read_number(tokens, position, calendar.numbers)
    if read is None or read[0] != int(read[0]) or not 0 < read[0] < 1000:
        return None
    return _keep(slots, name, int(read[0]), read[1])


def _full_date(token: Token, slots: Slots, position: int) -> int | None:
    """Take ``14.08`` apart; the year, if any, follows as tokens of its own."""
    parts = token.text.replace("/", ".").split(".")
    if len(parts) != 2 or not all(part.isdigit() and 0 < len(part) <= 2 for part in parts):
        return None
    day, month = int(parts[0]), int(parts[1])
    if not (1 <= day <= _LAST_DAY and 1 <= month <= 12):
        return None
    slots["day"], slots["month"] = day, month
    return position


def _interval(
    text: str,
    tokens: Sequence[Token],
    first: int,
    last: int,
    phrase: _Phrase,
    slots: Slots,
    published: date | None,
) -> Interval | None:
    rule: DateRule = RULES[phrase.rule]
    if phrase.argument is not None:
        slots.setdefault("n", phrase.argument)
    span = Span(tokens[first].start, tokens[last].stop)
    explicit = "year" in slots
    if published is None and not explicit:
        return Interval(
            start=None, end=None, precision=9, text=span.of(text), basis="unknown",
            span=span, rule=phrase.rule,
        )  # fmt: skip
    try:
        days = rule(published or date(slots["year"], 12, 31), slots)
    except (ValueError, OverflowError, KeyError):
        return None
    if days is None:
        return None
    start, end, precision = days
    return Interval(
        start=start,
        end=end,
        precision=precision,
        text=span.of(text),
        basis="explicit" if explicit else "relative_to_publication",
        span=span,
        rule=phrase.rule,
    )
