"""Cut a text into tokens, the unit that every lexicon and rule counts in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import accumulate

from gazetteer.names import fold
from geo.languages import LanguagePack
from geo.models import Token

# A number with its separators, a word with inner apostrophes (hyphens stay apart: a compound
# such as "Gao-Ansongo" may name two places), or one other mark, each with the white space behind.
_PIECE = re.compile(
    r"(?:[^\W\d_]+(?:['’ʼ`‘][^\W\d_]+)*['’]?|\d+(?:[.,\u00a0\u202f'’]\d{3})*(?:[.,]\d+)?|\S)\s*"
)
_APOSTROPHES = "'’ʼ`‘"
_MARKS = frozenset("'’`‘")  # of the apostrophes, those that are no letters
_token = partial(tuple.__new__, Token)  # what Token(...) does, without its call: half the time


def find_tokens(text: str, pack: LanguagePack | None = None) -> tuple[Token, ...]:
    """Return the tokens of `text` in order.

    The pack's ``[tokens]`` section names ``elisions`` (``l'``, ``dell'``) and ``clitics``
    (``'s``), which become tokens of their own.

    >>> [t.text for t in find_tokens("Kup'jansk: 1.200 feriti (S-300).")]
    ["Kup'jansk", ':', '1.200', 'feriti', '(', 'S', '-', '300', ')', '.']
    """
    if text.isalpha():  # a pack has thousands of single words
        return (_token((0, len(text), text, fold(text) or text)),)
    first = len(text) - len(text.lstrip())
    pieces = _PIECE.findall(text, first)
    starts = accumulate(map(len, pieces), initial=first)
    tokens = [
        _token((start, start + length, word, folded))
        for start, (length, word, folded) in zip(starts, map(_folded, pieces), strict=False)
    ]
    if not any(mark in text for mark in _MARKS):
        return tuple(tokens)
    elisions, clitics = _splits(pack)
    parted: list[Token] = []
    for token in tokens:
        if token[3]:
            parted.append(token)
        else:
            parted.extend(_split(token.start, token.text, elisions, clitics))
    return tuple(parted)


@lru_cache(maxsize=65_536)
def _folded(piece: str) -> tuple[int, str, str]:
    """Return a token's length, the token, and how it is looked up.

    That is nothing for a word that its apostrophe may part.
    """
    word = piece.rstrip()
    if len(word) > 1 and word[0].isalpha() and not _MARKS.isdisjoint(word):
        return len(word), word, ""
    return len(word), word, fold(word) or word


@lru_cache(maxsize=32)
def _splits(pack: LanguagePack | None) -> tuple[frozenset[str], frozenset[str]]:
    table = pack.section("tokens") if pack else {}
    return frozenset(table.get("elisions", ())), frozenset(table.get("clitics", ()))


def _split(
    start: int, word: str, elisions: frozenset[str], clitics: frozenset[str]
) -> Iterator[Token]:
    cut = next(i for i, char in enumerate(word) if char in _APOSTROPHES) + 1
    if fold(word[:cut]) in elisions:
        yield Token(start, start + cut, word[:cut], fold(word[:cut]))
        start, word = start + cut, word[cut:]
    elif word[-1] in _APOSTROPHES:  # a closing quotation mark or a plural possessive
        yield from _split_clitic(start, word[:-1], clitics)
        start, word = start + len(word) - 1, word[-1]
    if word:
        yield from _split_clitic(start, word, clitics)


def _split_clitic(start: int, word: str, clitics: frozenset[str]) -> Iterator[Token]:
    cut = max((word.rfind(mark) for mark in _APOSTROPHES), default=-1)
    if cut > 0 and fold(word[cut:]) in clitics:
        yield Token(start, start + cut, word[:cut], fold(word[:cut]))
        start, word = start + cut, word[cut:]
    yield Token(start, start + len(word), word, fold(word))
