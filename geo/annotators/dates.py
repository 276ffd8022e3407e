"""Find dates and periods by the phrases that a pack lists, against the publication date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from operator import itemgetter

from geo.annotators.date_compiling import compile_calendar
from geo.annotators.date_phrases import Calendar, Phrase
from geo.annotators.date_rules import ANCHORED, ANCHORS, RULES, Slots
from geo.annotators.date_slots import MOST_FILLERS, THIRD_REACH, fill_phrase, fill_slot
from geo.languages import LanguagePack
from geo.models import Interval, Span, Token

_PARAGRAPH = "\n\n"
_FREE = frozenset({"{day}", "{dd}", "{nth}", "{n}"})  # filled the same way in every phrase
_PARTED = frozenset(
    "weekday weekday_before day days_ago days_before days_after today holiday easter".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    first: int
    last: int
    phrase: Phrase
    slots: Slots
    is_name: bool

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Sort matches: the longest first, then what fills and spells out more, then text order."""
        elements = self.phrase.elements
        slots = sum(element[0] == "{" for element in elements)
        return self.first - self.last, -slots, -len(elements), self.first


def find_intervals(
    text: str, tokens: Sequence[Token], pack: LanguagePack, published: date | None
) -> tuple[Interval, ...]:
    """Return the dates and periods of a text, in text order.

    Without a publication date a relative phrase keeps its words; its days are unknown. "The same
    day" and "two days earlier" count from the day that the text named last.

    >>> from geo.annotators.tokens import find_tokens
    >>> from geo.languages import load_language
    >>> it = load_language("it")
    >>> words = "La scorsa settimana"
    >>> (week,) = find_intervals(words, find_tokens(words, it), it, date(2023, 8, 15))
    >>> week.start.isoformat(), week.end.isoformat(), week.precision
    ('2023-08-07', '2023-08-13', 3)
    """
    calendar = compile_calendar(pack)
    words = [folded for _, _, _, folded in tokens]
    behind = [*words[1:], ""]
    beginnings = [
        index
        for index in compress(range(len(words)), map(calendar.may_begin.__getitem__, words))
        if calendar.may_go_on[words[index], behind[index]]
    ]
    matches = [m for index in beginnings for m in _matches(text, tokens, index, calendar)]
    found: list[Interval] = []
    anchor: Interval | None = None
    for match in _without_overlaps(matches):
        interval = _interval(text, tokens, match, published, anchor)
        if interval is None:
            continue
        found.append(interval)
        if interval.end is not None and match.phrase.rule in ANCHORS:
            anchor = interval
    return tuple(found)


def _matches(
    text: str, tokens: Sequence[Token], index: int, calendar: Calendar
) -> Iterator[_Match]:
    for phrase in _promising(tokens, index, calendar):
        slots: Slots = {}
        last = fill_phrase(tokens, index, phrase, calendar, slots)
        if last is None or _PARAGRAPH in text[tokens[index].start : tokens[last].start]:
            continue
        if _is_other(tokens, last, phrase, calendar):
            continue
        first = index
        named = _is_name(tokens, first, last, phrase, calendar)
        if phrase.rule in _PARTED and not named:
            first, last = _with_day_parts(tokens, first, last, calendar)
        yield _Match(first=first, last=last, phrase=phrase, slots=slots, is_name=named)


def _promising(tokens: Sequence[Token], index: int, calendar: Calendar) -> list[Phrase]:
    """Return the phrases whose first elements may stand at a token, in the pack's order."""
    word = tokens[index].folded
    found = list(calendar.seconded(word, _behind(tokens, index, calendar)))
    slotted = {
        ordered
        for kind in calendar.kinds[word]
        for slot in calendar.slots_of(kind)
        for behind in _behind_slot(tokens, index, slot, kind, calendar)
        for ordered in calendar.seconded(slot, behind)
    }
    found += sorted(slotted, key=itemgetter(0))
    if not found:
        return []
    near = {token.folded for token in tokens[index + 1 : index + THIRD_REACH]}
    return [phrase for _, phrase in found if phrase.third is None or phrase.third in near]


def _behind_slot(
    tokens: Sequence[Token], index: int, slot: str, kind: str, calendar: Calendar
) -> Iterator[tuple[str, ...]]:
    """Yield the words that may stand behind a slot filled at a token."""
    if kind in _FREE:
        last = fill_slot(tokens, index, slot, calendar)
        if last is not None:
            yield _behind(tokens, last, calendar)
        return
    yield _behind(tokens, index, calendar)
    if tokens[index + 1 : index + 2] and tokens[index + 1].text == ".":  # it may be the slot's
        yield _behind(tokens, index + 1, calendar)


def _behind(tokens: Sequence[Token], last: int, calendar: Calendar) -> tuple[str, ...]:
    """Return the words of which one may come next: some fillers and the word behind them."""
    words = []
    for token in tokens[last + 1 : last + 2 + MOST_FILLERS]:
        words.append(token.folded)
        if token.folded not in calendar.fillers:
            break
    return tuple(words)


def _is_other(tokens: Sequence[Token], last: int, phrase: Phrase, calendar: Calendar) -> bool:
    """Tell a month that is another word too, and a mere number, from a date."""
    if phrase.elements == ("{month}",) and tokens[last].folded in calendar.ambiguous:
        return not calendar.capital_months
    if not phrase.is_bare_day or last + 1 == len(tokens):
        return False
    behind = tokens[last + 1].folded  # "el 14," is a day, "el 14 batallón" is none
    return behind[:1].isalnum() and behind not in calendar.fillers


def _is_name(
    tokens: Sequence[Token], first: int, last: int, phrase: Phrase, calendar: Calendar
) -> bool:
    """Tell what is named after a date ("via 8 marzo", "Santo Domingo") from a date."""
    starts = (last, last + 1)  # "1960 г. р.": the date may take the first word
    if any(_stand_at(tokens, at, words) for words in calendar.names_behind for at in starts):
        return True
    before = first - 1
    while before >= 0 and (tokens[before].folded in calendar.fillers or tokens[before].text == "."):
        before -= 1
    if before < 0:
        return False
    word = tokens[before].folded
    return word in calendar.named_by or (phrase.has_month and word in calendar.streets)


def _with_day_parts(
    tokens: Sequence[Token], first: int, last: int, calendar: Calendar
) -> tuple[int, int]:
    """Take in the parts of a day that stand beside it: "at dawn on" Sunday, Monday "evening"."""
    if _ends_part(tokens, first, calendar):
        stop = _behind_fillers(tokens, first, calendar)
        for words in calendar.day_parts:
            for end in {first, stop if words[-1] != "," else first}:
                if _stand_at(tokens, end - len(words), words):
                    first = end - len(words)
                    stop = _behind_fillers(tokens, first, calendar)
    if last + 1 < len(tokens) and tokens[last + 1].folded in calendar.part_starts:
        for words in calendar.day_parts:
            if _stand_at(tokens, last + 1, words):
                last += len(words)
    return first, last


def _stand_at(tokens: Sequence[Token], start: int, words: tuple[str, ...]) -> bool:
    """Tell whether some words stand at a token."""
    if not 0 <= start < len(tokens) or tokens[start].folded != words[0]:
        return False
    return tuple([token.folded for token in tokens[start : start + len(words)]]) == words


def _ends_part(tokens: Sequence[Token], first: int, calendar: Calendar) -> bool:
    """Tell whether a part of a day may end before token `first`."""
    stop = _behind_fillers(tokens, first, calendar)
    return any(end > 0 and tokens[end - 1].folded in calendar.part_ends for end in (first, stop))


def _behind_fillers(tokens: Sequence[Token], first: int, calendar: Calendar) -> int:
    while first > 0 and tokens[first - 1].folded in calendar.fillers:
        first -= 1
    return first


def _without_overlaps(matches: Sequence[_Match]) -> list[_Match]:
    taken: set[int] = set()
    kept = []
    for match in sorted(matches, key=lambda m: m.rank):
        covered = range(match.first, match.last + 1)
        if taken.isdisjoint(covered):
            taken.update(covered)
            kept.append(match)
    return sorted((m for m in kept if not m.is_name), key=lambda m: m.first)


def _interval(
    text: str,
    tokens: Sequence[Token],
    match: _Match,
    published: date | None,
    anchor: Interval | None,
) -> Interval | None:
    rule, slots = match.phrase.rule, dict(match.slots)
    if match.phrase.argument is not None:
        slots.setdefault("n", match.phrase.argument)
    span = Span(tokens[match.first].start, tokens[match.last].stop)
    explicit = "year" in slots
    base = published
    if rule in ANCHORED and anchor is not None:
        base = anchor.end if ANCHORED[rule] == "end" else anchor.start
        explicit = anchor.basis == "explicit"
    if base is None and not explicit:
        return Interval(
            start=None, end=None, precision=9, text=span.of(text), basis="unknown",
            span=span, rule=rule,
        )  # fmt: skip
    if rule in ANCHORED and anchor is None and ANCHORED[rule] == "end":
        return None
    try:
        days = RULES[rule](base or date(slots["year"], 12, 31), slots)
    except (ValueError, OverflowError, KeyError):
        return None
    if days is None:
        return None
    return Interval(
        start=days[0],
        end=days[1],
        precision=days[2],
        text=span.of(text),
        basis="explicit" if explicit else "relative_to_publication",
        span=span,
        rule=rule,
    )
