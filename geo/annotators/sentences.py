"""Cut a text into sentences: paragraphs and headings end one, abbreviations do not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from gazetteer.names import fold
from geo.languages import LanguagePack
from geo.models import Span, Token

_ENDS = frozenset(".!?…")
_CLOSING = frozenset("»”\"'’)]")
_MARKS = _ENDS | _CLOSING  # what a sentence ends with, if not its line
_BULLETS = frozenset("-–—•*·▪►")
_WRAPPED = 60


def find_sentences(text: str, tokens: Sequence[Token], pack: LanguagePack) -> tuple[Span, ...]:
    """Return the spans of the sentences of `text`, without the white space between them.

    >>> from geo.annotators.tokens import find_tokens
    >>> from geo.languages import load_language
    >>> it = load_language("it")
    >>> text = "Il gen. Rossi parla. Due morti."
    >>> [span.of(text) for span in find_sentences(text, find_tokens(text, it), it)]
    ['Il gen. Rossi parla.', 'Due morti.']
    """
    abbreviations, months = _words(pack, "abbreviations"), _months(pack)
    opening, closing = _words(pack, "opening"), _closing(pack)
    spans: list[Span] = []
    first = tokens[0].start if tokens else 0
    for index, (token, following) in enumerate(pairwise(tokens)):
        may_end = token.text in _MARKS or text.find("\n", token.stop, following.start) >= 0
        if not may_end:
            continue
        opens = _opens(following) or _is_kind_of_place(tokens, index + 1, opening)
        closes = opens and _stands_before(tokens, index, closing)
        if closes or _ends(text, tokens, index, abbreviations, months, opens=opens):
            spans.append(Span(first, token.stop))
            first = following.start
    if tokens:
        spans.append(Span(first, tokens[-1].stop))
    return tuple(spans)


@lru_cache(maxsize=32)
def _words(pack: LanguagePack, name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in pack.section("sentences").get(name, ()))


@lru_cache(maxsize=32)
def _closing(pack: LanguagePack) -> tuple[tuple[str, ...], ...]:
    phrases = pack.section("sentences").get("closing", ())
    return tuple(tuple(fold(word) for word in phrase.split()) for phrase in phrases)


def _stands_before(
    tokens: Sequence[Token], index: int, phrases: tuple[tuple[str, ...], ...]
) -> bool:
    """Tell whether the words of a phrase end at a token, as "г . р ." of "1960 г. р." does."""
    return any(
        tuple(token.folded for token in tokens[index - len(words) + 1 : index + 1]) == words
        for words in phrases
        if index + 1 >= len(words)
    )


@lru_cache(maxsize=32)
def _months(pack: LanguagePack) -> dict[str, bool]:
    """Return the forms of months, each with whether it is a short one."""
    section = pack.section("dates")
    return {
        fold(form): name == "short_months"
        for name in ("short_months", "months")
        for forms in section.get(name, {}).values()
        for form in forms
    }


def _ends(
    text: str,
    tokens: Sequence[Token],
    index: int,
    abbreviations: frozenset[str],
    months: dict[str, bool],
    *,
    opens: bool,
) -> bool:
    token, following = tokens[index], tokens[index + 1]
    if following.start == token.stop:
        return False
    gap = text[token.stop : following.start]
    if "\n" in gap:
        return _line_ends(text, token, following, gap)
    mark = index
    while mark > 0 and tokens[mark].text in _CLOSING:
        mark -= 1
    if tokens[mark].text not in _ENDS:
        return False
    if not opens:
        return False
    before = tokens[mark - 1] if mark else None
    if tokens[mark].text != "." or before is None or before.stop != tokens[mark].start:
        return True
    if _is_in_date(before, following, months):
        return False
    return before.folded not in abbreviations and not _is_initial(before)


def _line_ends(text: str, token: Token, following: Token, gap: str) -> bool:
    if gap.count("\n") > 1 or token.text in _ENDS or token.text in ":;":
        return True
    if following.text in _BULLETS:
        return True
    line = text.rfind("\n", 0, token.stop) + 1
    return token.stop - line < _WRAPPED and _opens(following)


def _opens(token: Token) -> bool:
    char = token.text[0]
    return char.isupper() or char.isdigit() or char in "«“„\"'‘([–—-•*#" or not char.isalnum()


def _is_kind_of_place(tokens: Sequence[Token], index: int, opening: frozenset[str]) -> bool:
    """Tell the "г." that stands before a name where a sentence begins."""
    token, behind = tokens[index], tokens[index + 1 : index + 2]
    return token.folded in opening and bool(behind) and behind[0].text == "."


def _is_in_date(before: Token, following: Token, months: dict[str, bool]) -> bool:
    """Tell a full stop within a date: am 14. August, 14 ago. 2023."""
    if months.get(before.folded):
        return following.text.isdigit()
    return before.text.isdigit() and len(before.text) <= 2 and following.folded in months


def _is_initial(token: Token) -> bool:
    return len(token.text) == 1 and token.text.isupper()
