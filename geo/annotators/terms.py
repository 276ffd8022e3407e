"""Find the words that carry meaning for claims: triggers, weapons, persons, negations.

A language pack lists patterns under concepts (``killed``, ``missile``, ``plan``). A pattern is
one or more words; ``kill*`` matches every word that begins so, ``...`` skips up to five words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from gazetteer.names import fold
from geo.annotators.tokens import find_tokens
from geo.languages import LanguagePack
from geo.models import Token
from geo.remembered import Remembered

_GAP = "..."
_LONGEST_GAP = 5
_NAMES = ("actor", "weapon")
_MOST_AT_ONCE = 8  # concepts that begin at one word


class Term(NamedTuple):
    """Mark tokens ``first`` to ``last`` (both included) as carrying a concept.

    ``value`` is what the pack gives the pattern: a name to print (weapons, actors), a factor
    (area units), or ``None``.
    """

    first: int
    last: int
    concept: str
    value: str | float | None


_term = partial(tuple.__new__, Term)  # what Term(...) does, without its call: half the time


class _Pattern(NamedTuple):
    words: tuple[str, ...]
    concept: str
    value: str | float | None


class _Opening(NamedTuple):
    """Hold the patterns that may begin at a word.

    Where none has more than one word, ``plain`` are the concepts and values that they give.
    """

    patterns: tuple[_Pattern, ...]
    plain: tuple[tuple[str, str | float | None], ...]


_NOTHING = _Opening((), ())


class Lexicon:
    """Hold a pack's patterns by their first word, ready to be matched.

    ``beginnings`` are those whose first word fits a folded word, ``pairs`` those whose second
    word, if any, fits the word behind it as well. ``months`` are other words too where they have
    no capital: "9 May" is no plan.
    """

    def __init__(self, patterns: Iterable[_Pattern], months: frozenset[str]) -> None:
        self.exact: dict[str, list[_Pattern]] = {}
        self.prefix: dict[str, list[_Pattern]] = {}
        for pattern in patterns:
            first = pattern.words[0]
            table = self.prefix if first.endswith("*") else self.exact
            table.setdefault(first.removesuffix("*"), []).append(pattern)
        self._lengths = sorted({len(stem) for stem in self.prefix})
        self.months = months
        self.beginnings = Remembered(self._beginning)
        self.pairs = Remembered(self._pair)

    def _beginning(self, word: str) -> _Opening:
        found = list(self.exact.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            found.extend(self.prefix.get(word[:length], ()))
        return _opening(tuple(found))

    def _pair(self, pair: tuple[str, str]) -> _Opening:
        patterns = self.beginnings[pair[0]].patterns
        return _opening(tuple([p for p in patterns if _may_go_on(p, pair[1])]))


def find_terms(tokens: Sequence[Token], pack: LanguagePack) -> tuple[Term, ...]:
    """Return the terms of a token sequence, by first token.

    A pattern of several words hides the shorter ones inside it ("air raid alert" is no raid).

    >>> from geo.languages import load_language
    >>> en = load_language("en")
    >>> tokens = find_tokens("Two people were killed", en)
    >>> sorted({term.concept for term in find_terms(tokens, en)})
    ['anyone', 'killed', 'person']
    """
    lexicon = compile_lexicon(pack)
    found: list[Term] = []
    covers = _Cover(), _Cover()  # the name of a weapon hides no concept, nor the reverse
    words = _words_of(tokens, lexicon)
    behind = [*words[1:], ""]
    for index, opening in enumerate(map(lexicon.beginnings.__getitem__, words)):
        if opening is _NOTHING:
            continue
        patterns, plain = opening
        if not plain:
            patterns, plain = lexicon.pairs[words[index], behind[index]]
        if plain and covers[0].until < index > covers[1].until:
            found += [_term((index, index, concept, value)) for concept, value in plain]
            continue
        matches = [
            (last, pattern)
            for pattern in patterns
            if (last := index if len(pattern.words) == 1 else _match(pattern.words, words, index))
            is not None
        ]
        if len(matches) > 1 or covers[0].until >= index or covers[1].until >= index:
            named = [m for m in matches if m[1].concept in _NAMES]
            told = [m for m in matches if m[1].concept not in _NAMES]
            matches = [*covers[0].uncovered(index, told), *covers[1].uncovered(index, named)]
        elif matches and _GAP not in matches[0][1].words and matches[0][0] > index:
            covers[matches[0][1].concept in _NAMES].put(index, matches[0][0])
        for last, pattern in matches:
            gapped = _GAP in pattern.words
            term = Term(index, index if gapped else last, pattern.concept, pattern.value)
            if len(matches) == 1 or term not in found[-_MOST_AT_ONCE:]:
                found.append(term)
    return tuple(found)


def _words_of(tokens: Sequence[Token], lexicon: Lexicon) -> list[str]:
    """Return the folded words, an empty one for a month that may be another word too."""
    months = lexicon.months
    if not months:
        return [folded for _, _, _, folded in tokens]
    return ["" if f in months and text[0].isupper() else f for _, _, text, f in tokens]


def _opening(patterns: tuple[_Pattern, ...]) -> _Opening:
    if not patterns:
        return _NOTHING
    if any(len(pattern.words) > 1 for pattern in patterns) or len(patterns) > _MOST_AT_ONCE:
        return _Opening(patterns, ())
    told = [(p.concept, p.value) for p in patterns if p.concept not in _NAMES]
    named = [(p.concept, p.value) for p in patterns if p.concept in _NAMES]
    return _Opening(patterns, tuple(dict.fromkeys((*told, *named))))


class _Cover:
    """Remember the last pattern of several words: it hides the shorter ones inside it."""

    __slots__ = ("since", "until")

    def __init__(self) -> None:
        self.since, self.until = 0, -1

    def put(self, first: int, last: int) -> None:
        if last > self.until:
            self.since, self.until = first, last

    def uncovered(
        self, index: int, matches: Sequence[tuple[int, _Pattern]]
    ) -> list[tuple[int, _Pattern]]:
        """Return the matches at a token that no longer one hides, and remember the longest."""
        if not matches:
            return []
        solid = max((last for last, p in matches if _GAP not in p.words), default=index)
        inside = index > self.since and solid <= self.until
        kept = [
            (last, pattern)
            for last, pattern in matches
            if _GAP in pattern.words or not (inside or last < solid)
        ]
        if not inside:
            self.put(index, solid)
        return kept


def _match(pattern: tuple[str, ...], words: Sequence[str], start: int) -> int | None:
    position = start
    count = len(words)
    for offset, word in enumerate(pattern[1:], 1):
        if word == _GAP:
            return _match_gap(pattern[offset + 1 :], words, position)
        position += 1
        if position >= count or not _fits(word, words[position]):
            return None
    return position


def _match_gap(pattern: tuple[str, ...], words: Sequence[str], position: int) -> int | None:
    for start in range(position + 1, min(position + 2 + _LONGEST_GAP, len(words))):
        if words[start] in ".!?;":
            return None
        if _fits(pattern[0], words[start]):
            last = _match(pattern, words, start)
            if last is not None:
                return last
    return None


def _may_go_on(pattern: _Pattern, behind: str) -> bool:
    """Tell whether a word may stand behind the first of a pattern."""
    second = pattern.words[1:2]
    return not second or second[0] == _GAP or _fits(second[0], behind)


def _fits(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern[-1] == "*" else word == pattern


@lru_cache(maxsize=32)
def compile_lexicon(pack: LanguagePack) -> Lexicon:
    """Compile the sections ``[terms]``, ``[actors]`` and ``[weapons]`` of a pack."""
    calendar = pack.section("dates")
    ambiguous = calendar.get("ambiguous", ()) if calendar.get("capital_months", False) else ()
    return Lexicon(_patterns(pack), frozenset(map(fold, ambiguous)))


def _patterns(pack: LanguagePack) -> Iterator[_Pattern]:
    for concept, patterns in pack.section("terms").items():
        if isinstance(patterns, dict):
            for text, value in patterns.items():
                yield _Pattern(_words(text, pack), concept, value)
        else:
            for text in patterns:
                yield _Pattern(_words(text, pack), concept, None)
    for section, concept in (("actors", "actor"), ("weapons", "weapon")):
        for text, value in pack.section(section).items():
            yield _Pattern(_words(text, pack), concept, value)


def _words(text: str, pack: LanguagePack) -> tuple[str, ...]:
    words: list[str] = []
    for part in text.split():
        if part == _GAP:
            words.append(_GAP)
            continue
        stem = part.removesuffix("*")
        cut = [token.folded for token in find_tokens(stem, pack)] or [fold(stem)]
        if stem != part:
            cut[-1] += "*"
        words.extend(cut)
    return tuple(words)
