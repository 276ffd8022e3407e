"""Read numbers that belong in pairs: the ends of a range, and a toll that rose from one to another.

Values are read as they stand; tokens are counted from the beginning of the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo.annotators.number_rules import NumberRules, words_before
from geo.annotators.number_words import read_number
from geo.models import Token

_RISING_REACH = 8
_RISEN_REACH = 3
_LONGEST_ARTICLE = 3


def upper_end(
    tokens: Sequence[Token], first: int, last: int, rules: NumberRules
) -> tuple[float, int] | None:
    """Return the upper end of "15 to 17", "15-17" or "between 15 and 17", with its last token."""
    if last + 2 >= len(tokens):
        return None
    link, behind = tokens[last + 1], tokens[last + 2]
    is_hyphen = link.text in "-–—" and behind.start == link.stop and link.start == tokens[last].stop
    is_between = (
        not rules.between.isdisjoint(words_before(tokens, first))
        and link.folded in rules.between_and
    )
    is_spread = first > 0 and (
        tokens[first - 1].folded in rules.rise_from and link.folded in rules.rise_to
    )
    if not (is_hyphen or is_between or is_spread or link.folded in rules.range_words):
        return None
    upper = read_number(tokens, last + 2, rules.words)
    if upper is None and is_between and last + 3 < len(tokens) and _is_article(behind):
        return read_number(tokens, last + 3, rules.words)  # "tra i 15 e i 17"
    return upper


def _is_article(token: Token) -> bool:
    return token.text.isalpha() and len(token.text) <= _LONGEST_ARTICLE


def risen_to(
    tokens: Sequence[Token], index: int, last: int, value: float, rules: NumberRules
) -> tuple[float, int] | None:
    """Return the new toll of "from 18 to 21", with its last token."""
    if not index or last + 2 >= len(tokens) or tokens[index - 1].folded not in rules.rise_from:
        return None
    if tokens[last + 1].folded not in rules.rise_to:
        return None
    before = tokens[max(0, index - _RISING_REACH) : index]
    if not any(token.folded.startswith(rules.rising) for token in before):
        return None
    new = read_number(tokens, last + 2, rules.words)
    return new if new is not None and new[0] > value else None


def has_risen(tokens: Sequence[Token], index: int, rules: NumberRules) -> bool:
    """Tell "зросла до 13", which is no "up to 13"."""
    if not index or tokens[index - 1].folded not in rules.rise_to:
        return False
    before = tokens[max(0, index - _RISEN_REACH) : index - 1]
    return any(token.folded.startswith(rules.rising) for token in before)
