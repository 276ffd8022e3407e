"""Find quantities: numbers with their qualifiers, ages and codes and years left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.annotators.ages import find_ages
from geo.annotators.number_articles import read_article, read_half
from geo.annotators.number_pairs import has_risen, risen_to, upper_end
from geo.annotators.number_rules import (
    QUALIFIERS,
    NumberRules,
    Phrase,
    compile_number_rules,
    words_before,
)  # fmt: skip
from geo.annotators.number_words import read_number
from geo.annotators.quantity_making import quantity_of, text_of, vague_quantity
from geo.annotators.uncounted import counts_limbs, why_uncounted
from geo.languages import LanguagePack
from geo.models import Quantity, Span, Token

_OF_HOW_MANY = 2  # tokens from the "of" of "none of the five" to the five


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedNumber:
    """Hold a number that counts nothing we map, and why."""

    span: Span
    text: str
    reason: str


def find_quantities(tokens: Sequence[Token], pack: LanguagePack) -> tuple[Quantity, ...]:
    """Return the quantities of a token sequence, in text order.

    An indefinite article is a quantity of one with the qualifier ``article``, and a negating
    word ("no", "nessuno") one with the qualifier ``zero``: what they belong to is decided by the
    stages that see persons and triggers.

    >>> from geo.annotators.tokens import find_tokens
    >>> from geo.languages import load_language
    >>> en = load_language("en")
    >>> [(q.best, q.qualifier) for q in find_quantities(find_tokens("at least 1,200 dead", en), en)]
    [(1200.0, 'at_least')]
    """
    return tuple(item for item in _scan(tokens, pack) if isinstance(item, Quantity))


def find_rejected_numbers(
    tokens: Sequence[Token], pack: LanguagePack
) -> tuple[RejectedNumber, ...]:
    """Return the numbers that :func:`find_quantities` leaves out, each with its reason."""
    return tuple(item for item in _scan(tokens, pack) if isinstance(item, RejectedNumber))


def _scan(tokens: Sequence[Token], pack: LanguagePack) -> list[Quantity | RejectedNumber]:
    rules = compile_number_rules(pack)
    found: list[Quantity | RejectedNumber] = []
    beginnings = [
        index
        for index, (_, _, _, folded) in enumerate(tokens)
        if folded in rules.beginnings or folded[0].isdigit()
    ]
    ages = find_ages(tokens, beginnings, rules)
    read = -1
    for index in beginnings:
        if index > read:
            item, read = _read(tokens, index, rules, is_age=index in ages)
            if item is not None:
                found.append(item)
    return found


def _read(
    tokens: Sequence[Token], index: int, rules: NumberRules, *, is_age: bool
) -> tuple[Quantity | RejectedNumber | None, int]:
    folded = tokens[index].folded
    if folded in rules.halves:
        return read_half(tokens, index, index, rules)
    number = None
    if folded[0].isdigit() or (folded in rules.words.values and folded not in rules.articles):
        number = read_number(tokens, index, rules.words)
    elif folded in rules.articles:
        number = read_number(tokens, index, rules.words)
        if number is None or number[1] == index:
            return read_article(tokens, index, rules)
    if number is None:
        return _wordy(tokens, index, rules)
    value, last = number
    before = words_before(tokens, index)
    reason = why_uncounted(tokens, index, last, value, rules, before)
    reason = reason or ("an age" if is_age else None)
    if reason is not None:
        ranged = upper_end(tokens, index, last, rules)  # "aged 40 to 60": neither counts
        last = ranged[1] if ranged is not None else last
        last += _percent(tokens, last + 1, rules)
        return _reject(tokens, index, last, reason), last
    risen = risen_to(tokens, index, last, value, rules)
    if risen is not None:
        return quantity_of(tokens, index, risen[1], risen[0], risen[0], risen[0], None), risen[1]
    upper = upper_end(tokens, index, last, rules)
    if upper is not None and upper[0] > value:
        return _range(tokens, index, value, upper, rules), upper[1]
    if last + 1 < len(tokens) and tokens[last + 1].folded in rules.about:
        many = value * rules.about[tokens[last + 1].folded]
        return quantity_of(tokens, index, last + 1, None, many, None, "about"), last + 1
    return _qualified(tokens, index, last, value, rules, before), last


def _range(
    tokens: Sequence[Token],
    index: int,
    value: float,
    upper: tuple[float, int],
    rules: NumberRules,
) -> Quantity | RejectedNumber:
    """Return the range that begins with a number; that of "di 60 e 72 anni" counts nobody."""
    before = words_before(tokens, index)
    reason = why_uncounted(tokens, index, upper[1], value, rules, before)
    if reason is not None:
        return _reject(tokens, index, upper[1], reason)
    return quantity_of(tokens, index, upper[1], value, value, upper[0], "range")


def _percent(tokens: Sequence[Token], index: int, rules: NumberRules) -> int:
    """Return how many tokens say "per cent" in words of which one is a number: per cento."""
    found = (
        p for p in rules.percent if tuple(t.folded for t in tokens[index : index + len(p)]) == p
    )
    return len(next(found, ()))


def _reject(tokens: Sequence[Token], index: int, last: int, reason: str) -> RejectedNumber:
    span = Span(tokens[index].start, tokens[last].stop)
    return RejectedNumber(span=span, text=text_of(tokens, index, last), reason=reason)


def _qualified(
    tokens: Sequence[Token],
    index: int,
    last: int,
    value: float,
    rules: NumberRules,
    before: tuple[Phrase, ...],
) -> Quantity:
    names = (name for name in QUALIFIERS if not rules.qualifiers[name].isdisjoint(before))
    qualifier = None if has_risen(tokens, index, rules) else next(names, None)
    low, high = value, value
    if qualifier == "at_least":
        return quantity_of(tokens, index, last, low, value, None, qualifier)
    if qualifier == "about":
        return quantity_of(tokens, index, last, None, value, None, qualifier)
    if qualifier == "up_to":
        return quantity_of(tokens, index, last, None, value, high, qualifier)
    return quantity_of(tokens, index, last, low, value, high, None)


def _wordy(tokens: Sequence[Token], index: int, rules: NumberRules) -> tuple[Quantity | None, int]:
    folded = tokens[index].folded
    if folded in rules.pairs:
        if counts_limbs(tokens, index, rules):
            return None, index
        return quantity_of(tokens, index, index, 2, 2, 2, None), index
    about = _phrase_at(tokens, index, rules.about_phrases)
    if about is not None:
        last, many = index + len(about) - 1, float(rules.about[" ".join(about)])
        return quantity_of(tokens, index, last, None, many, None, "about"), last
    if folded in rules.vague:
        return vague_quantity(tokens, index, index, rules.vague[folded]), index
    if folded in rules.about:
        many = float(rules.about[folded])
        return quantity_of(tokens, index, index, None, many, None, "about"), index
    zero = _phrase_at(tokens, index, rules.zero)
    if zero is None:
        return None, index
    last = _none_of(tokens, index + len(zero) - 1, rules)
    return quantity_of(tokens, index, last, 0, 0, 0, "zero"), last


def _none_of(tokens: Sequence[Token], last: int, rules: NumberRules) -> int:
    """Return where "none of the five" ends, which is no five, or `last` behind a plain "none"."""
    of = last + 1 < len(tokens) and tokens[last + 1].folded in rules.of | rules.parts
    for at in range(last + 2, min(last + 2 + _OF_HOW_MANY, len(tokens)) if of else 0):
        folded = tokens[at].folded
        if folded[0].isdigit() or folded in rules.words.values:
            number = read_number(tokens, at, rules.words)
            return last if number is None else number[1]
        if not folded.isalpha():
            return last
    return last


def _phrase_at(
    tokens: Sequence[Token], index: int, phrases: dict[str, tuple[Phrase, ...]]
) -> Phrase | None:
    for phrase in phrases.get(tokens[index].folded, ()):
        if tuple(t.folded for t in tokens[index : index + len(phrase)]) == phrase:
            return phrase
    return None
