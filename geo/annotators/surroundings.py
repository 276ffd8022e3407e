"""Look at a document as a whole: what the features of all its mentions share."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from geo.annotators.cues import Cues, compile_cues
from geo.annotators.inflection import nominative_forms
from geo.annotators.spotted import Spotted
from geo.annotators.standing import Standing
from geo.annotators.terms import Term
from geo.languages import LanguagePack
from geo.languages.persons import person_names
from geo.models import Span, Token

_DATELINE_TOKENS = 14
_DATELINE_DASHES = frozenset("-–—")
_LONGEST_HEADING = 25
_LINE_ENDS = re.compile("\n")
_ENDS = frozenset('.!:;,»”"')

_NO_CONCEPTS: frozenset[str] = frozenset()
Told = tuple[frozenset[str], str | None, tuple[str, ...]]
TOLD_NOTHING: Told = (_NO_CONCEPTS, None, ())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surroundings:
    """Hold what the features of all mentions of a document need.

    Maps and sets go by the index of a token. ``opens`` are first tokens of sentences,
    ``datelines`` the tokens of a dateline with its kind, ``given`` and ``family`` names of
    persons, ``persons`` the words that follow a title or a given name somewhere in the text,
    ``called`` those that follow a word for a kind of place, ``located`` those that follow "in".
    """

    tokens: Sequence[Token]
    cues: Cues
    opens: frozenset[int]
    starts: tuple[int, ...]
    headings: frozenset[int]
    datelines: dict[int, str]
    concepts: dict[int, frozenset[str]]
    hints: dict[int, str]
    given: frozenset[int]
    family: frozenset[int]
    persons: frozenset[str]
    called: frozenset[str]
    located: frozenset[str]
    lowercase: frozenset[str]
    countries: frozenset[str]
    spotted: dict[int, Spotted]

    def told(self, index: int) -> Told:
        """Return what a token says of names beside it: concepts, kind of place, lists."""
        return (
            self.concepts.get(index, _NO_CONCEPTS),
            self.hints.get(index),
            self.cues.lists_of[self.tokens[index].folded],
        )

    def sentence(self, index: int) -> tuple[int, int]:
        """Return the first token of the sentence around a token, and the first of the next."""
        at = bisect_right(self.starts, index)
        stop = self.starts[at] if at < len(self.starts) else len(self.tokens)
        return self.starts[at - 1] if at else 0, stop


def look_around(
    text: str,
    tokens: Sequence[Token],
    sentences: Sequence[Span],
    terms: Sequence[Term],
    pack: LanguagePack,
    *,
    hints: dict[int, str],
    items: Sequence[Spotted],
    standings: Sequence[Standing],
) -> Surroundings:
    """Return what the spotted names of a document have around them."""
    cues = compile_cues(pack)
    starts = [token.start for token in tokens]
    opens = [bisect_left(starts, span.start) for span in sentences]
    lines = _lines(text, starts)
    capitals = [i for i, (_, _, text, _) in enumerate(tokens) if text[0].isupper()]
    given = frozenset(i for i in capitals if is_given(tokens[i].folded, pack))
    family = person_names()["family"]
    return Surroundings(
        tokens=tokens,
        cues=cues,
        opens=frozenset(opens),
        starts=tuple(opens),
        headings=frozenset(i for line in lines[:-1] if _is_heading(tokens, line) for i in line),
        datelines=dict(item for line in lines for item in _dateline(tokens, line, cues)),
        concepts=_concepts(terms),
        hints=hints,
        given=given,
        family=frozenset(i for i in capitals if tokens[i].folded in family),
        persons=frozenset(_persons(tokens, capitals, given, cues)),
        called=frozenset(
            tokens[i + 1].folded for i in hints if i + 1 < len(tokens) and i + 1 not in hints
        ),
        located=frozenset(
            tokens[term.last + 1].folded
            for term in terms
            if term.concept == "in" and term.last + 1 < len(tokens)
        ),
        lowercase=frozenset([folded for _, _, text, folded in tokens if text[0].islower()]),
        countries=frozenset(standing.home for standing in standings if standing.home),
        spotted={i: item for item in items for i in range(item.first, item.last + 1)},
    )


@lru_cache(maxsize=20_000)
def is_given(word: str, pack: LanguagePack) -> bool:
    """Tell whether a folded word is a given name, or an inflected form of one."""
    names = person_names()["given"]
    return word in names or any(form in names for form in nominative_forms(word, pack))


def _concepts(terms: Sequence[Term]) -> dict[int, frozenset[str]]:
    found: dict[int, list[str]] = {}
    for first, last, concept, _ in terms:
        if first == last:
            found.setdefault(first, []).append(concept)
        else:
            for index in range(first, last + 1):
                found.setdefault(index, []).append(concept)
    return {index: _set_of(tuple(concepts)) for index, concepts in found.items()}


@lru_cache(maxsize=20_000)
def _set_of(concepts: tuple[str, ...]) -> frozenset[str]:
    """Return a set that is made once, and so hashed once."""
    return frozenset(concepts)


def _persons(
    tokens: Sequence[Token], capitals: Sequence[int], given: frozenset[int], cues: Cues
) -> Iterator[str]:
    for index in capitals:
        beside = index > 0 and tokens[index].start - tokens[index - 1].stop <= 1
        if beside and (index - 1 in given or tokens[index - 1].folded in cues.titles):
            yield tokens[index].folded


def _lines(text: str, starts: Sequence[int]) -> list[range]:
    """Return the tokens of each line of the text, given where the tokens start."""
    ends = (match.start() for match in _LINE_ENDS.finditer(text))
    firsts = dict.fromkeys([0, *(bisect_left(starts, end) for end in ends), len(starts)])
    return [range(*pair) for pair in pairwise(firsts)]


def _is_heading(tokens: Sequence[Token], line: range) -> bool:
    """Tell whether a line is short and ends without a full stop, as headings do."""
    return len(line) <= _LONGEST_HEADING and tokens[line[-1]].text[0] not in _ENDS


def _dateline(tokens: Sequence[Token], line: range, cues: Cues) -> Iterator[tuple[int, str]]:
    """Yield the tokens before the dash of "KHERSON, Ukraine, Aug 11 -" at a line's start.

    Each with what else stands there: a date, an agency in brackets, or nothing.
    """
    zone = _until_dash(tokens, line, cues)
    dated = any(tokens[index].text[0].isdigit() for index in zone)
    bracket = any(tokens[index].text == "(" for index in zone)
    kind = "dated" if dated else "agency" if bracket else "bare"
    for index in zone:
        yield index, kind


def _until_dash(tokens: Sequence[Token], line: range, cues: Cues) -> range:
    bracket = False
    for index in line[:_DATELINE_TOKENS]:
        token = tokens[index]
        bracket = token.text == "(" or (bracket and token.text != ")")
        if token.text in _DATELINE_DASHES and index > line[0]:
            apart = token.start > tokens[index - 1].stop or tokens[index - 1].text in ").,"
            return range(line[0], index) if apart else range(0)
        small = token.text[0].islower() and token.folded not in cues.months
        if (small and not bracket) or token.text in "!?;":
            break
    return range(0)
