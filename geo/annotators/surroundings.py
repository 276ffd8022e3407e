"""Look at a document as a whole: what the features of all its mentions share."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.annotators.cues import Cues, compile_cues, hints_in
from geo.annotators.inflection import nominative_forms
from geo.annotators.spotting import Spotted
from geo.annotators.terms import Term
from geo.languages import LanguagePack
from geo.languages.persons import person_names
from geo.models import Span, Token

if TYPE_CHECKING:
    from gazetteer import Candidate

_DATELINE_TOKENS = 14
_DATELINE_DASHES = frozenset("-–—")
_BIG = 50_000


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
    countries: dict[str, int]
    spotted: dict[int, Spotted]

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
    items: Sequence[Spotted],
    candidates: Sequence[Sequence[Candidate]],
) -> Surroundings:
    """Return what the spotted names of a document have around them."""
    cues = compile_cues(pack)
    beginnings = {span.start for span in sentences}
    opens = [i for i, token in enumerate(tokens) if token.start in beginnings]
    hints = hints_in(tokens, cues)
    given = frozenset(
        i for i, t in enumerate(tokens) if _is_capital(t) and is_given(t.folded, pack)
    )
    family = person_names()["family"]
    return Surroundings(
        tokens=tokens,
        cues=cues,
        opens=frozenset(opens),
        starts=tuple(opens),
        headings=frozenset(_headings(text, tokens)),
        datelines=dict(_datelines(text, tokens, cues)),
        concepts=_concepts(terms),
        hints=hints,
        given=given,
        family=frozenset(i for i, t in enumerate(tokens) if _is_capital(t) and t.folded in family),
        persons=frozenset(_persons(tokens, given, cues)),
        called=frozenset(
            tokens[i + 1].folded for i in hints if i + 1 < len(tokens) and i + 1 not in hints
        ),
        located=frozenset(
            tokens[term.last + 1].folded
            for term in terms
            if term.concept == "in" and term.last + 1 < len(tokens)
        ),
        lowercase=frozenset(t.folded for t in tokens if t.text[0].islower()),
        countries=_countries(candidates),
        spotted={i: item for item in items for i in range(item.first, item.last + 1)},
    )


@lru_cache(maxsize=20_000)
def is_given(word: str, pack: LanguagePack) -> bool:
    """Tell whether a folded word is a given name, or an inflected form of one."""
    names = person_names()["given"]
    return word in names or any(form in names for form in nominative_forms(word, pack))


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper()


def _concepts(terms: Sequence[Term]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for term in terms:
        for index in range(term.first, term.last + 1):
            found.setdefault(index, set()).add(term.concept)
    return {index: frozenset(concepts) for index, concepts in found.items()}


def _persons(tokens: Sequence[Token], given: frozenset[int], cues: Cues) -> Iterator[str]:
    for index, token in enumerate(tokens[1:], 1):
        if _is_capital(token) and token.start - tokens[index - 1].stop <= 1:
            before = tokens[index - 1]
            if index - 1 in given or before.folded in cues.titles:
                yield token.folded


def _headings(text: str, tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the tokens of short lines that end without a full stop, as headings do."""
    first = 0
    for index, token in enumerate(tokens):
        behind = tokens[index + 1].start if index + 1 < len(tokens) else len(text)
        if index + 1 < len(tokens) and "\n" not in text[token.stop : behind]:
            continue
        if index - first < 25 and token.text[0] not in '.!:;,»”"' and index + 1 < len(tokens):
            yield from range(first, index + 1)
        first = index + 1


def _datelines(text: str, tokens: Sequence[Token], cues: Cues) -> Iterator[tuple[int, str]]:
    """Yield the tokens before the dash of "KHERSON, Ukraine, Aug 11 -" at a paragraph's start.

    Each with what else stands there: a date, an agency in brackets, or nothing.
    """
    for index, token in enumerate(tokens):
        if index and "\n" not in text[tokens[index - 1].stop : token.start]:
            continue
        if not _is_capital(token):
            continue
        zone = _until_dash(tokens, index, cues)
        marks = {tokens[i].text for i in zone}
        dated = any(tokens[i].text[0].isdigit() for i in zone)
        kind = "dated" if dated else "agency" if "(" in marks else "bare"
        yield from ((i, kind) for i in zone)


def _until_dash(tokens: Sequence[Token], first: int, cues: Cues) -> Sequence[int]:
    bracket = False
    for index in range(first, min(first + _DATELINE_TOKENS, len(tokens))):
        token = tokens[index]
        bracket = token.text == "(" or (bracket and token.text != ")")
        if token.text in _DATELINE_DASHES and index > first:
            apart = token.start > tokens[index - 1].stop or tokens[index - 1].text in ").,"
            return range(first, index) if apart else ()
        plain = token.text[0].islower() and token.folded not in cues.months
        if plain and not bracket:
            return ()
        if token.text in "!?;":
            return ()
    return ()


def _countries(candidates: Sequence[Sequence[Candidate]]) -> dict[str, int]:
    countries: Counter[str] = Counter()
    for found in candidates:
        for candidate in found[:1]:
            code, country = candidate.place.feature_code, candidate.place.admin.country
            big = (candidate.place.population or 0) >= _BIG
            if country and (code.startswith("PCL") or code == "ADM1" or big):
                countries[country] += 1
    return dict(countries)
