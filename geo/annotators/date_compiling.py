"""Compile the ``[dates]`` section of a language pack into phrases that can be matched.

A phrase is words and slots. ``(a|b|)`` is a choice, and an empty one may be left out;
``stem*`` matches every word that begins so. What a phrase means is a rule of
:mod:`geo.annotators.date_rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from gazetteer.names import fold
from geo.annotators.date_phrases import Calendar, Phrase
from geo.annotators.date_rules import RULES
from geo.annotators.number_words import compile_number_words
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
_COUNTS = frozenset({"{day}", "{dd}", "{nth}", "{n}", "{day2}", "{dd2}", "{nth2}", "{n2}"})
_SLOT = re.compile(r"\{\w+\}")
_CHOICE = re.compile(r"\(([^()]*)\)")


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
        names_behind=tuple(_cut(words, pack) for words in section.get("names_behind", ())),
        clocks=_words(section, "clocks"),
        capital_months=bool(section.get("capital_months", False)),
    )
    parts = {_cut(p, pack) for text in section.get("day_parts", ()) for p in _choices(text)}
    calendar.day_parts = tuple(sorted(parts, key=lambda words: (-len(words), words)))
    calendar.day_openers = frozenset(words[0] for words in calendar.day_words)
    calendar.part_starts = frozenset(words[0] for words in parts)
    calendar.part_ends = frozenset(words[-1] for words in parts)
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
        if not elements or not {"(", ")", "|"}.isdisjoint(elements):
            raise LanguagePackError(
                f"{pack.code}.toml: [dates.phrases] {rule} has an empty phrase, or a choice that "
                "is not closed; write (a|b), and no choice within a choice"
            )
        yield Phrase(elements=elements, rule=name, argument=number, third=_third(elements))


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


def _third(elements: tuple[str, ...]) -> str | None:
    if len(elements) < 3 or not _COUNTS.isdisjoint(elements[:2]):
        return None
    is_word = elements[2][0] != "{" and elements[2][-1] != "*"
    return elements[2] if is_word else None


def _file(calendar: Calendar, phrase: Phrase) -> None:
    first = phrase.elements[0]
    if first[0] == "{":
        calendar.slotted.append(phrase)
    elif first.endswith("*"):
        calendar.stems.setdefault(first[:-1], []).append(phrase)
    else:
        calendar.phrases.setdefault(first, []).append(phrase)
