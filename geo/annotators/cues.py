"""Compile the words of a pack that tell names of places from other words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from gazetteer.names import fold
from geo.annotators.tokens import find_tokens
from geo.languages import LanguagePack
from geo.models import Token
from geo.remembered import Remembered


class Words:
    """Hold folded words, and stems written as ``univers*``; ``in`` asks for both.

    >>> "universita" in Words(["univers*"]), "uni" in Words(["univers*"])
    (True, False)
    """

    __slots__ = ("_exact", "_is_stem", "_stems")

    def __init__(self, words: Iterable[str]) -> None:
        folded = [fold(word) for word in words]
        self._exact = frozenset(word for word in folded if not word.endswith("*"))
        self._stems = tuple(word[:-1] for word in folded if word.endswith("*"))
        self._is_stem = Remembered(self._has_stem)

    def __contains__(self, word: str) -> bool:
        return word in self._exact or (bool(self._stems) and self._is_stem[word])

    def _has_stem(self, word: str) -> bool:
        return word.startswith(self._stems)


@dataclass(frozen=True, slots=True, kw_only=True)
class HintPattern:
    """Hold a word that says what a name names, as the tokens it is cut into."""

    words: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cues:
    """Hold the words of a pack that tell names from other words, folded.

    ``lists`` are the word lists that become features, ``lists_of`` names those that hold a word;
    ``begins`` tells of a word as written whether a name may begin with it: ``True`` with a
    capital, ``False`` without one, ``None`` where none may;
    ``loose_articles`` never begin a name; ``adjectives`` are endings of adjectives made of names;
    ``days`` the weekdays and months that are written as names are; ``short_names`` maps a written
    abbreviation to the name it stands for, by its first token.
    """

    hints: dict[str, tuple[HintPattern, ...]]
    lists: dict[str, Words]
    common: frozenset[str]
    articles: frozenset[str]
    loose_articles: frozenset[str]
    adjectives: tuple[str, ...]
    particles: frozenset[str]
    months: frozenset[str]
    days: frozenset[str]
    titles: Words
    never: Words
    organisations: Words
    short_names: dict[str, tuple[tuple[str, str], ...]]
    capitalised_nouns: bool
    begins: Remembered[str, bool | None]
    lists_of: Remembered[str, tuple[str, ...]]


_LISTS = (
    "titles", "offices", "organisations", "institutions", "addressing", "persons", "never_places",
    "country_words",
)  # fmt: skip


@lru_cache(maxsize=32)
def compile_cues(pack: LanguagePack) -> Cues:
    """Compile the section ``[mentions]`` of a pack, and the days and months of ``[dates]``."""
    section = pack.section("mentions")
    lists = {name: Words(section.get(name, ())) for name in _LISTS}
    months = _calendar(pack, "months")
    particles, short_names = _folded(section.get("particles", ())), _short_names(pack)

    def begins(word: str) -> bool | None:
        if word[0].isupper():
            return True
        return False if fold(word) in particles or word in short_names else None

    return Cues(
        hints=_hints(pack),
        lists=lists,
        common=_folded(section.get("common_words", ())) | _calendar(pack, "weekdays") | months,
        articles=_folded(section.get("articles", ())),
        loose_articles=_folded(section.get("loose_articles", ())),
        adjectives=tuple(sorted(_folded(section.get("adjective_endings", ())))),
        particles=particles,
        months=months,
        days=(_calendar(pack, "weekdays") | months) if _has_capitals(pack) else frozenset(),
        titles=lists["titles"],
        never=Words([*section.get("persons", ()), *section.get("never_places", ())]),
        organisations=lists["organisations"],
        short_names=short_names,
        capitalised_nouns=bool(section.get("capitalised_nouns", False)),
        begins=Remembered(begins),
        lists_of=Remembered(lambda word: tuple(n for n, words in lists.items() if word in words)),
    )


def hints_in(tokens: Sequence[Token], cues: Cues) -> dict[int, str]:
    """Return what each token says about a name beside it, by the token's index."""
    found: dict[int, str] = {}
    known = cues.hints
    words = [folded for _, _, _, folded in tokens]
    for index in compress(range(len(words)), map(known.__contains__, words)):
        for pattern in known[tokens[index].folded]:
            end = index + len(pattern.words)
            if tuple(t.folded for t in tokens[index:end]) == pattern.words:
                for position in range(index, end):
                    found.setdefault(position, pattern.kind)
    return found


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _has_capitals(pack: LanguagePack) -> bool:
    return bool(pack.section("dates").get("capital_months", False))


def _calendar(pack: LanguagePack, table: str) -> frozenset[str]:
    named = pack.section("dates").get(table, {})
    return frozenset(fold(form) for forms in named.values() for form in forms)


def _hints(pack: LanguagePack) -> dict[str, tuple[HintPattern, ...]]:
    table: dict[str, list[HintPattern]] = {}
    for kind, words in pack.section("mentions").get("hints", {}).items():
        for word in words:
            cut = tuple(token.folded for token in find_tokens(word, pack))
            table.setdefault(cut[0], []).append(HintPattern(words=cut, kind=kind))
    return {
        first: tuple(sorted(found, key=lambda pattern: -len(pattern.words)))
        for first, found in table.items()
    }


def _short_names(pack: LanguagePack) -> dict[str, tuple[tuple[str, str], ...]]:
    table: dict[str, list[tuple[str, str]]] = {}
    section = pack.section("mentions")
    seats = {name: name for name in section.get("seats", {}).get("names", ())}
    for short, name in {**section.get("short_names", {}), **seats}.items():
        first = find_tokens(short, pack)[0].text
        table.setdefault(first, []).append((short, fold(name)))
    return {
        first: tuple(sorted(found, key=lambda pair: -len(pair[0])))
        for first, found in table.items()
    }
