"""Say why a number counts nothing: codes, times, coordinates, ages, ordinals, years."""

from __future__ import annotations

from collections.abc import Sequence

from geo.annotators.number_rules import SHORT_UNIT, NumberRules, Phrase
from geo.annotators.number_words import read_number
from geo.models import Token

_LATEST_YEAR = 2100
_EARLIEST_YEAR = 1800
_LONGEST_ITEM = 2
_BRACKETED = 12  # tokens that a bracket may hold before a number
_ENDS = frozenset({".", "!", "?", ";"})
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
        if _heads_item(tokens, index, last):
            return "the number of an item in a list"
        clung = _clings_before(tokens, index) or _clings_behind(tokens, last)
        if clung is not None:
            return clung
    return _by_words(tokens, index, last, value, rules, phrases)


def _heads_item(tokens: Sequence[Token], index: int, last: int) -> bool:
    """Tell the numbers of "1. At Kupiansk ..." and "2) near Lyman ..."."""
    if last != index or len(tokens[index].text) > _LONGEST_ITEM or last + 2 >= len(tokens):
        return False
    behind, before = tokens[last + 1], tokens[index - 1] if index else None
    if behind.start != tokens[last].stop or tokens[last + 2].start == behind.stop:
        return False
    if behind.text == ")":
        return all(token.text != "(" for token in tokens[max(0, index - _BRACKETED) : index])
    begins = before is None or before.text in _ENDS or tokens[index].start - before.stop > 1
    return behind.text == "." and begins


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
    followed = _by_what_follows(tokens, index, last, rules)
    if followed is not None:
        return followed
    before = tokens[index - 1].folded if index else ""
    if before == "." and index > 1:
        before = tokens[index - 2].folded + "."  # "la scuola n. 5"
    spelt = tokens[index].text.isalpha()
    misled = before in rules.not_before and not (spelt and len(before) == 1)
    misled = misled and not _measures_area(tokens, last, rules)  # "um 3,5 Quadratkilometer"
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


def _by_what_follows(
    tokens: Sequence[Token], index: int, last: int, rules: NumberRules
) -> str | None:
    behind = tokens[last + 1].folded if last + 1 < len(tokens) else ""
    measured = behind in rules.not_after and not _ends_sentence(tokens, index, last)
    if behind in rules.of and last + 2 < len(tokens):
        measured = measured or tokens[last + 2].folded in rules.not_after  # "il 31 de julio"
    if measured or _leads_to_years(tokens, last, rules):
        return "an age, a share, a date or a rank"
    if counts_limbs(tokens, last, rules):
        return "parts of a body"
    is_far = behind in rules.lengths and not _is_square(tokens, last, rules)
    return "a distance" if is_far else None


def counts_limbs(tokens: Sequence[Token], last: int, rules: NumberRules) -> bool:
    """Tell the number of "lost both his legs" and "two fingers"."""
    return any(token.folded in rules.limbs for token in tokens[last + 1 : last + 3])


def _leads_to_years(tokens: Sequence[Token], last: int, rules: NumberRules) -> bool:
    """Tell the 4 of "two children of 4 and 7 years"."""
    while last + 2 < len(tokens):
        joint = tokens[last + 1]
        if joint.text not in ",/" and joint.folded not in rules.between_and:
            return False
        number = read_number(tokens, last + 2, rules.words)
        if number is None:
            return False
        last = number[1]
        if last + 1 < len(tokens) and tokens[last + 1].folded in rules.years:
            return True
    return False


def _measures_area(tokens: Sequence[Token], last: int, rules: NumberRules) -> bool:
    """Tell a number in square kilometres, hectares and the like."""
    behind = tokens[last + 1].folded if last + 1 < len(tokens) else ""
    if behind in rules.lengths:
        return _is_square(tokens, last, rules)
    begins = any(len(stem) > SHORT_UNIT and behind.startswith(stem) for stem in rules.areas)
    return begins or behind in rules.areas


def _is_square(tokens: Sequence[Token], last: int, rules: NumberRules) -> bool:
    """Tell the kilometres of an area: "km 2", "chilometri quadrati"."""
    return last + 2 < len(tokens) and tokens[last + 2].folded.startswith(rules.squares)


def _ends_sentence(tokens: Sequence[Token], index: int, last: int) -> bool:
    """Tell the full stop of "starben acht." or of a last "28." from that of an ordinal."""
    if tokens[last + 1].text != ".":
        return False
    return tokens[index].text.isalpha() or last + 2 == len(tokens)


def _is_joined(tokens: Sequence[Token], last: int) -> bool:
    behind = tokens[last + 1 : last + 3]
    joined = len(behind) == 2 and behind[0].text == "-" and behind[1].text[0].isalpha()
    return joined and tokens[last].stop == behind[0].start and behind[0].stop == behind[1].start
