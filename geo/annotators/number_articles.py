"""Read indefinite articles as quantities: "a couple", "un centinaio", "half a dozen"."""

from __future__ import annotations

from collections.abc import Sequence

from geo.annotators.number_rules import NumberRules
from geo.annotators.quantity_making import quantity_of, vague_quantity
from geo.models import Quantity, Token


def read_article(
    tokens: Sequence[Token], index: int, rules: NumberRules
) -> tuple[Quantity | None, int]:
    """Return what an article at token `index` counts, ``None`` for nothing, and where it ends."""
    behind = tokens[index + 1].folded if index + 1 < len(tokens) else ""
    if behind in rules.pairs:
        return quantity_of(tokens, index, index + 1, 2, 2, 2, None), index + 1
    if behind[:1].isdigit() or (behind in rules.words.values and behind not in rules.articles):
        return None, index
    if behind in rules.about:
        many = float(rules.about[behind])
        return quantity_of(tokens, index, index + 1, None, many, None, "about"), index + 1
    if behind in rules.vague:
        return vague_quantity(tokens, index, index + 1, rules.vague[behind]), index + 1
    if _names_group(tokens, index, rules) or behind in rules.limbs:
        return None, index
    beyond = tokens[index + 2].folded if index + 2 < len(tokens) else ""
    if behind.isalpha() and beyond in rules.pairs:
        return None, index  # "an elderly couple": two, and no more
    if behind in rules.halves:
        return read_half(tokens, index, index + 1, rules)
    return quantity_of(tokens, index, index, 1, 1, 1, "article"), index


def _names_group(tokens: Sequence[Token], index: int, rules: NumberRules) -> bool:
    """Tell the article of "a family of four", where the number says how many, not how old."""
    ahead = [token.folded for token in tokens[index + 1 : index + 4]]
    if len(ahead) < 3 or ahead[1] not in rules.of or ahead[0] in rules.singles:
        return False
    number = ahead[2]
    return number.isdigit() or (number in rules.words.values and number not in rules.articles)


def read_half(
    tokens: Sequence[Token], first: int, at: int, rules: NumberRules
) -> tuple[Quantity, int]:
    """Return half of the round number behind token `at`: "half a dozen", "demi-douzaine".

    Of anything else ("half a square mile") it is half of one, an article like "a".
    """
    last = at + 1
    if last < len(tokens) and (tokens[last].text == "-" or tokens[last].folded in rules.articles):
        last += 1
    word = tokens[last].folded if last < len(tokens) else ""
    whole = rules.about.get(word) or rules.words.multipliers.get(word)
    if whole is None:
        return quantity_of(tokens, first, last - 1, 0.5, 0.5, 0.5, "article"), last - 1
    return quantity_of(tokens, first, last, None, whole / 2, None, "about"), last
