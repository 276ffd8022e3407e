"""Say why a number counts nothing: codes, times, coordinates, ages, ordinals, years."""

from __future__ import annotations

from collections.abc import Sequence

from geo.annotators.number_rules import NumberRules, Phrase
from geo.models import Token

_LATEST_YEAR = 2100
_EARLIEST_YEAR = 1800
_MOST = 10_000_000_000  # more than there are people, or square kilometres on earth


def why_uncounted(
    tokens: Sequence[Token],
    index: int,
    last: int,
    value: float,
    rules: NumberRules,
    phrases: tuple[Phrase, ...],
) -> str | None:
    """Say why a number counts nothing, or ``None`` when it may."""
    if value > _MOST:
        return "more than there are people"
    if tokens[index].text[0].isdigit():
        clung = _clings_before(tokens, index) or _clings_behind(tokens, last)
        if clung is not None:
            return clung
    return _by_words(tokens, index, last, value, rules, phrases)


def _clings_before(tokens: Sequence[Token], index: int) -> str | None:
    """Say what figures are that something stands right before: S-300, №5, $40, 10:30."""
    if not index or tokens[index - 1].stop != tokens[index].start:
        return None
    before = tokens[index - 1]
    if before.text in "-–/":
        joined = index > 1 and tokens[index - 2].stop == before.start
        return "part of a code" if joined and not tokens[index - 2].text[-1].isdigit() else None
    if before.text[-1].isalpha() or before.text == "№" or before.text in "#$€£":
        return "part of a code"
    if before.text in ":.":
        return "a time"
    return "the rest of a coordinate" if before.text[-1].isdigit() else None


def _clings_behind(tokens: Sequence[Token], last: int) -> str | None:
    """Say what figures are that something stands right behind: 3rd, 155mm, 10:30, 15%."""
    if last + 1 >= len(tokens) or tokens[last + 1].start != tokens[last].stop:
        return None
    behind = tokens[last + 1]
    joined = last + 2 < len(tokens) and tokens[last + 2].start == behind.stop
    if behind.text[0].isalpha() or behind.text in "ªº°":
        return "an ordinal or a code"
    if behind.text[0].isdigit():
        return "a coordinate"
    if behind.text == ":":
        return "a time" if joined and tokens[last + 2].text.isdigit() else None
    if behind.text == "%":
        return "a percentage"
    is_word = joined and tokens[last + 2].text[0].isalpha()
    return "an ordinal or an age" if behind.text == "-" and is_word else None


def _by_words(
    tokens: Sequence[Token],
    index: int,
    last: int,
    value: float,
    rules: NumberRules,
    phrases: tuple[Phrase, ...],
) -> str | None:
    behind = tokens[last + 1].folded if last + 1 < len(tokens) else ""
    before = tokens[index - 1].folded if index else ""
    if behind in rules.not_after and not _ends_sentence(tokens, index, last):
        return "an age, a share, a date or a rank"
    if behind in rules.of and last + 2 < len(tokens) and tokens[last + 2].folded in rules.not_after:
        return "an age, a share, a date or a rank"  # "la noche del 31 de julio"
    if before == "." and index > 1:
        before = tokens[index - 2].folded + "."  # "la scuola n. 5"
    spelt = tokens[index].text.isalpha()
    misled = before in rules.not_before and not (spelt and len(before) == 1)
    if misled or not rules.ages_before.isdisjoint(phrases):
        return "an age, a number of something or a rank"
    if before in rules.parts and index > 1 and tokens[index - 2].text[-1:].isdigit():
        return "the whole that a part was given of"
    if spelt and _is_joined(tokens, last):
        return "an ordinal or an age"  # "ten-year-old"
    text = tokens[index].text
    if len(text) == 4 and text.isdigit() and _EARLIEST_YEAR <= value <= _LATEST_YEAR:
        qualifiers = rules.qualifiers.values()
        qualified = any(not known.isdisjoint(phrases) for known in qualifiers)
        return None if qualified else "a year"
    return None


def _ends_sentence(tokens: Sequence[Token], index: int, last: int) -> bool:
    """Tell the full stop of "starben acht." or of a last "28." from that of an ordinal."""
    if tokens[last + 1].text != ".":
        return False
    return tokens[index].text.isalpha() or last + 2 == len(tokens)


def _is_joined(tokens: Sequence[Token], last: int) -> bool:
    behind = tokens[last + 1 : last + 3]
    joined = len(behind) == 2 and behind[0].text == "-" and behind[1].text[0].isalpha()
    return joined and tokens[last].stop == behind[0].start and behind[0].stop == behind[1].start
