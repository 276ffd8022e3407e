"""Compile the ``[dates]`` section of a language pack into phrases that can be matched.

A phrase is words and slots. ``(a|b|)`` is a choice, and an empty one may be left out;
``stem*`` matches every word that begins so. What a phrase means is a rule of
:mod:`geo.annotators.date_rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from gazetteer.names import fold
from geo.annotators.date_rules import RULES
from geo.annotators.number_words import NumberWords, compile_number_words
from geo.annotators.tokens import find_tokens
from geo.errors import LanguagePackError
from geo.languages import LanguagePack

SLOTS = frozenset("weekday month day dd nth year yy n mm date season".split())
# Dates in figures, the same everywhere. Day first, as all our languages but American English
# have it; the rule turns the two round where the figures allow only that.
_FIGURES = {
    "iso_day": ["{year} - {mm} - {day}"],
    "numeric_day": [
        "{date} . {year}", "{date} . {yy}", "{day} / {mm} / {year}", "{day} / {mm} / {yy}",
        "{day} - {mm} - {year}",
    ],
}  # fmt: skip
_SLOT = re.compile(r"\{\w+\}")
_CHOICE = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Hold one phrase: its words and slots, the rule it calls, and the rule's argument."""

    elements: tuple[str, ...]
    rule: str
    argument: int | None

    @property
    def has_year(self) -> bool:
        """Tell whether the phrase names a year."""
        return "{year}" in self.elements or "{yy}" in self.elements

    @property
    def has_month(self) -> bool:
        """Tell whether the phrase names a month."""
        return any(e in ("{month}", "{month2}", "{date}") for e in self.elements)

    @property
    def has_day(self) -> bool:
        """Tell whether the phrase names a day of the month."""
        return any(e in ("{day}", "{dd}", "{nth}", "{day2}", "{date}") for e in self.elements)

    @property
    def is_bare_day(self) -> bool:
        """Tell whether the phrase names a day of the month and nothing else in time."""
        slots = {e for e in self.elements if e[0] == "{"} - {"{weekday}"}
        return self.rule == "day" and slots in ({"{day}"}, {"{dd}"}, {"{nth}"})


@dataclass(slots=True, eq=False)
class Calendar:
    """Hold all that a pack says about dates, folded, phrases by their first word."""

    numbers: NumberWords
    phrases: dict[str, list[Phrase]] = field(default_factory=dict)
    slotted: list[Phrase] = field(default_factory=list)
    stems: dict[str, list[Phrase]] = field(default_factory=dict)
    weekdays: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    seasons: dict[str, int] = field(default_factory=dict)
    short_weekdays: dict[str, int] = field(default_factory=dict)
    short_months: dict[str, int] = field(default_factory=dict)
    day_words: dict[tuple[str, ...], int] = field(default_factory=dict)
    day_parts: tuple[tuple[str, ...], ...] = ()
    marks: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    ambiguous: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    named_by: frozenset[str] = frozenset()
    names_behind: frozenset[str] = frozenset()
    clocks: frozenset[str] = frozenset()
    capital_months: bool = False

    def begins(self, word: str) -> bool:
        """Tell whether a folded word may fill the first slot of a phrase."""
        return (
            word[0].isdigit()
            or any(word in t for t in (self.weekdays, self.months, self.seasons))
            or any(word in t for t in (self.short_weekdays, self.short_months))
            or word in self.numbers.values
            or any(words[0] == word for words in self.day_words)
        )


@lru_cache(maxsize=32)
def compile_calendar(pack: LanguagePack) -> Calendar:
    """Compile ``[dates]``.

    Raises :class:`LanguagePackError`, naming the file, for a rule or slot there is not.
    """
    section = pack.section("dates")
    calendar = Calendar(
        numbers=compile_number_words(pack),
        weekdays=_numbered(section, "weekdays"),
        months=_numbered(section, "months"),
        seasons=_numbered(section, "seasons"),
        short_weekdays=_numbered(section, "short_weekdays"),
        short_months=_numbered(section, "short_months"),
        day_words={
            _cut(words, pack): int(day)
            for day, forms in section.get("day_words", {}).items()
            for words in forms
        },
        marks=_words(section, "day_marks"),
        fillers=_words(section, "fillers"),
        ambiguous=_words(section, "ambiguous"),
        streets=_words(section, "streets"),
        named_by=_words(section, "named_by"),
        names_behind=_words(section, "names_behind"),
        clocks=_words(section, "clocks"),
        capital_months=bool(section.get("capital_months", False)),
    )
    parts = {_cut(p, pack) for text in section.get("day_parts", ()) for p in _choices(text)}
    calendar.day_parts = tuple(sorted(parts, key=lambda words: (-len(words), words)))
    for rules in (_FIGURES, section.get("phrases", {})):
        for rule, texts in rules.items():
            for phrase in _phrases(pack, rule, texts):
                _file(calendar, phrase)
    return calendar


def _numbered(section: dict[str, dict[str, Sequence[str]]], name: str) -> dict[str, int]:
    table = section.get(name, {})
    return {fold(form): int(number) for number, forms in table.items() for form in forms}


def _words(section: dict[str, Sequence[str]], name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in section.get(name, ()))


def _phrases(pack: LanguagePack, rule: str, texts: Sequence[str]) -> Iterator[Phrase]:
    name, _, argument = rule.partition(":")
    if name not in RULES:
        raise LanguagePackError(
            f"{pack.code}.toml: [dates.phrases] has no rule {name!r}; "
            f"there are: {', '.join(sorted(RULES))}"
        )
    number = int(argument) if argument else None
    seen = dict.fromkeys(_cut(choice, pack) for text in texts for choice in _choices(text))
    for elements in seen:
        if not elements:
            raise LanguagePackError(f"{pack.code}.toml: [dates.phrases] {rule} has an empty phrase")
        yield Phrase(elements=elements, rule=name, argument=number)


def _choices(text: str) -> Iterator[str]:
    """Write out the choices of a phrase.

    >>> list(_choices("night (of|to) {day}( {month}|)"))[:3]
    ['night of {day} {month}', 'night of {day}', 'night to {day} {month}']
    """
    pieces = _CHOICE.split(text)
    options = [p.split("|") if i % 2 else [p] for i, p in enumerate(pieces)]
    for combination in product(*options):
        yield "".join(combination)


def _cut(text: str, pack: LanguagePack) -> tuple[str, ...]:
    """Cut a phrase into slots and the same tokens that a text is cut into."""
    elements: list[str] = []
    for part in _SLOT.sub(r" \g<0> ", text).split():
        if part[0] == "{":
            if part[1:-1].rstrip("2") not in SLOTS:
                raise LanguagePackError(
                    f"{pack.code}.toml: [dates] has no slot {part}; "
                    f"there are: {', '.join(sorted(SLOTS))}"
                )
            elements.append(part)
            continue
        stem = part.removesuffix("*") if len(part) > 1 else part
        cut = [token.folded for token in find_tokens(stem, pack)]
        if stem != part:
            cut[-1] += "*"
        elements += cut
    return tuple(elements)


def _file(calendar: Calendar, phrase: Phrase) -> None:
    first = phrase.elements[0]
    if first[0] == "{":
        calendar.slotted.append(phrase)
    elif first.endswith("*"):
        calendar.stems.setdefault(first[:-1], []).append(phrase)
    else:
        calendar.phrases.setdefault(first, []).append(phrase)
