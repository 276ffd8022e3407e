"""Find the ages that stand behind persons: "Ihor Petrenko, 23, was", "two men (45 and 51)"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.annotators.number_rules import NumberRules, words_before
from geo.languages.persons import person_names
from geo.models import Token

_OLDEST = 110
_LONGEST_NAME = 3
_LONGEST_PHRASE = 5
_ENDS = frozenset(",;.)")
_OPENS = frozenset(",(")
_JOINTS = frozenset(",/&")


def find_ages(
    tokens: Sequence[Token], figures: Iterable[int], rules: NumberRules
) -> frozenset[int]:
    """Return those of the tokens `figures`, in text order, that tell how old somebody is.

    An age is set off behind a person or a person's name, by commas or brackets, or stands
    behind a word for it ("aged"); what is joined to an age and goes on likewise is one too.
    """
    ages: set[int] = set()
    called: set[int] = set()  # behind a word for it
    for index in figures:
        text = tokens[index].text
        if not index or not text.isdecimal() or int(text) > _OLDEST:
            continue
        joined = index - 2 in ages and _joins(tokens[index - 1], rules)
        if joined and _ends(tokens, index, rules, is_called=index - 2 in called):
            ages.add(index)
        elif not rules.ages_before.isdisjoint(words_before(tokens, index)):
            ages.add(index)
            called.add(index)
        elif _is_set_off(tokens, index, rules):
            ages.add(index)
    return frozenset(ages)


def _is_set_off(tokens: Sequence[Token], index: int, rules: NumberRules) -> bool:
    if index < 2 or tokens[index - 1].text not in _OPENS:
        return False
    behind = tokens[index + 1].text if index + 1 < len(tokens) else "."
    if behind in _ENDS and (_is_one(tokens, index - 2, rules) or _is_named(tokens, index)):
        return True
    named = tokens[index - 2].text[0].isupper()
    if named and behind == "," and _follows_one(tokens, index, rules):
        return True
    return tokens[index - 2].folded in rules.persons and _closes(tokens, index, rules)


def _closes(tokens: Sequence[Token], index: int, rules: NumberRules) -> bool:
    """Tell whether a list of figures ends before anything that it could count."""
    last = index
    while last + 2 < len(tokens) and _joins(tokens[last + 1], rules):
        if not tokens[last + 2].text.isdecimal():
            break
        last += 2
    return last > index and last + 1 < len(tokens) and tokens[last + 1].text in _ENDS


def _ends(tokens: Sequence[Token], index: int, rules: NumberRules, *, is_called: bool) -> bool:
    """Tell the next age of a list: the 67 of "aged 23, 45 and 67, were"."""
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    if behind is None or behind.text in _ENDS or _joins(behind, rules):
        return True
    return is_called and behind.folded not in rules.persons


def _joins(token: Token, rules: NumberRules) -> bool:
    return token.text in _JOINTS or token.folded in rules.between_and


def _is_one(tokens: Sequence[Token], index: int, rules: NumberRules) -> bool:
    return tokens[index].folded in rules.singles


def _follows_one(tokens: Sequence[Token], index: int, rules: NumberRules) -> bool:
    """Tell the age of "a driver from Poland, 42, was": one person begins what stands before."""
    for token in reversed(tokens[max(0, index - 1 - _LONGEST_PHRASE) : index - 1]):
        if token.folded in rules.singles:
            return True
        if not token.text[0].isalpha():
            return False
    return False


def _is_named(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a person's name ends before the comma: capitals, one of them a given name."""
    given = person_names()["given"]
    for token in reversed(tokens[max(0, index - 1 - _LONGEST_NAME) : index - 1]):
        if not token.text[0].isupper():
            return False
        if token.folded in given:
            return True
    return False
