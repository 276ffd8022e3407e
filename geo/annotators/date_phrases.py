"""Hold the phrases that tell of dates, found by the words and slots that they begin with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from geo.annotators.number_words import NumberWords
from geo.remembered import Remembered

_MONTHS = frozenset({"{month}", "{month2}", "{date}"})
_DAYS = frozenset({"{day}", "{dd}", "{nth}", "{day2}", "{dd2}", "{date}"})
_LONGEST_STEM = 40  # a word of a million letters is no date


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Phrase:
    """Hold one phrase: its words and slots, the rule it calls, and the rule's argument.

    ``third`` is the third element where that is a word, and no number of any length is before.
    """

    elements: tuple[str, ...]
    rule: str
    argument: int | None
    third: str | None

    @property
    def has_year(self) -> bool:
        """Tell whether the phrase names a year."""
        return "{year}" in self.elements or "{yy}" in self.elements

    @property
    def has_month(self) -> bool:
        """Tell whether the phrase names a month."""
        return not _MONTHS.isdisjoint(self.elements)

    @property
    def has_day(self) -> bool:
        """Tell whether the phrase names a day of the month."""
        return not _DAYS.isdisjoint(self.elements)

    @property
    def is_bare_day(self) -> bool:
        """Tell whether the phrase names a day of the month and nothing else in time."""
        slots = {e for e in self.elements if e[0] == "{"} - {"{weekday}"}
        ends = self.elements[-1][0] == "{"
        return self.rule == "day" and ends and slots in ({"{day}"}, {"{dd}"}, {"{nth}"})


Ordered = tuple[tuple[int, Phrase], ...]
Openings = dict[str, Ordered]


@dataclass(slots=True, eq=False)
class Calendar:
    """Hold all that a pack says about dates, folded, phrases by their first word.

    ``openings`` are the phrases that may begin with a folded word or a slot, by what comes
    second: a word, a slot (``{day}``), or nothing that can be told (an empty text). Each phrase
    comes with its place in the order of the pack. ``going_on`` are those of them that go on with
    one of some words; ``may_begin`` tells whether any begins with a word, ``may_go_on`` whether
    one may go on with the word behind it; ``kinds`` are those of the slots that a word may fill.
    """

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
    part_starts: frozenset[str] = frozenset()
    part_ends: frozenset[str] = frozenset()
    by_kind: dict[str, tuple[str, ...]] = field(default_factory=dict)
    day_openers: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    ambiguous: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    named_by: frozenset[str] = frozenset()
    names_behind: tuple[tuple[str, ...], ...] = ()
    clocks: frozenset[str] = frozenset()
    capital_months: bool = False
    openings: Remembered[str, Openings] = field(init=False)
    going_on: Remembered[tuple[str, tuple[str, ...]], Ordered] = field(init=False)
    may_begin: Remembered[str, bool] = field(init=False)
    may_go_on: Remembered[tuple[str, str], bool] = field(init=False)
    kinds: Remembered[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.openings = Remembered(self._openings)
        self.going_on = Remembered(self._going_on)
        self.may_begin = Remembered(lambda word: bool(self.openings[word] or self.kinds[word]))
        self.may_go_on = Remembered(self._may_go_on)
        self.kinds = Remembered(lambda word: frozenset(self._kinds(word)))

    def _openings(self, word: str) -> Openings:
        if word[:1] == "{":
            return _by_second(self.slotted, word)
        found = list(self.phrases.get(word, ()))
        for length in range(3, min(len(word), _LONGEST_STEM) + 1):
            found += self.stems.get(word[:length], ())
        return _by_second(found)

    def seconded(self, first: str, behind: tuple[str, ...]) -> Ordered:
        """Return the phrases that begin with a word or slot, and go on with a word of `behind`."""
        return self.going_on[first, behind] if self.openings[first] else ()

    def _going_on(self, beginning: tuple[str, tuple[str, ...]]) -> Ordered:
        first, behind = beginning
        table = self.openings[first]
        keys = {"", *behind}.union(*map(self.kinds.__getitem__, behind))
        found = [item for key in keys for item in table.get(key, ())]
        return tuple(sorted(found, key=itemgetter(0)))

    def slots_of(self, kind: str) -> tuple[str, ...]:
        """Return the slots of a kind that phrases begin with."""
        if not self.by_kind:
            for slot in dict.fromkeys(phrase.elements[0] for phrase in self.slotted):
                known = self.by_kind.get(kind_of_slot(slot), ())
                self.by_kind[kind_of_slot(slot)] = (*known, slot)
        return self.by_kind.get(kind, ())

    def _may_go_on(self, pair: tuple[str, str]) -> bool:
        word, behind = pair
        slots = [slot for kind in self.kinds[word] for slot in self.slots_of(kind)]
        if behind in self.fillers or (slots and self._may_join(word, behind)):
            return True
        return any(self.seconded(first, (behind,)) for first in (word, *slots))

    def _may_join(self, word: str, behind: str) -> bool:
        """Tell whether two words may fill one slot: "twenty three", "Aug.", "14th"."""
        return (
            word in self.day_openers
            or behind in self.marks
            or not behind[:1].isalpha()
            or self.numbers.may_join(behind)
        )

    def _kinds(self, word: str) -> Iterator[str]:
        if word[:1].isdigit():
            yield from ("{year}", "{yy}", "{mm}", "{dd}", "{date}", "{day}", "{nth}", "{n}")
        elif self.numbers.values.get(word) is not None:
            yield from ("{day}", "{nth}", "{n}")
        elif word in self.day_openers:
            yield from ("{day}", "{nth}")
        if word in self.weekdays or word in self.short_weekdays:
            yield "{weekday}"
        if word in self.months or word in self.short_months:
            yield "{month}"
        if word in self.seasons:
            yield "{season}"


def kind_of_slot(slot: str) -> str:
    """Return a slot without its number: ``{day2}`` is filled as ``{day}`` is."""
    return slot.replace("2}", "}")


def _by_second(phrases: Sequence[Phrase], first: str | None = None) -> Openings:
    table: dict[str, list[tuple[int, Phrase]]] = {}
    for order, phrase in enumerate(phrases):
        if first is None or phrase.elements[0] == first:
            table.setdefault(_second(phrase.elements), []).append((order, phrase))
    return {key: tuple(items) for key, items in table.items()}


def _second(elements: tuple[str, ...]) -> str:
    if len(elements) == 1:
        return ""
    second = elements[1]
    if second[0] == "{":
        return kind_of_slot(second)
    return "" if second[-1] == "*" and len(second) > 1 else second
