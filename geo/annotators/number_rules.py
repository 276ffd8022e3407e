"""What a language says about the numbers of its texts, made ready to read them by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.names import fold
from geo.annotators.number_words import NumberWords, compile_number_words
from geo.annotators.tokens import find_tokens
from geo.languages import LanguagePack
from geo.models import Token

QUALIFIERS = ("at_least", "about", "up_to")
_REACH = 3
SHORT_UNIT = 2  # letters: "кв." is a unit, "квартир" begins like one
_SHORTEST_RISING = 4

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NumberRules:
    """Hold the words of ``[numbers]`` in a pack, folded, phrases as the tokens they are."""

    words: NumberWords
    vague: dict[str, int]
    about: dict[str, int]
    about_phrases: dict[str, tuple[Phrase, ...]]
    articles: frozenset[str]
    pairs: frozenset[str]
    halves: frozenset[str]
    between: frozenset[Phrase]
    between_and: frozenset[str]
    rise_from: frozenset[str]
    rise_to: frozenset[str]
    rising: tuple[str, ...]
    zero: dict[str, tuple[Phrase, ...]]
    qualifiers: dict[str, frozenset[Phrase]]
    range_words: frozenset[str]
    ages_before: frozenset[Phrase]
    percent: tuple[Phrase, ...]
    not_after: frozenset[str]
    not_before: frozenset[str]
    parts: frozenset[str]
    years: frozenset[str]
    limbs: frozenset[str]
    singles: frozenset[str]
    persons: frozenset[str]
    of: frozenset[str]
    lengths: frozenset[str]
    squares: tuple[str, ...]
    areas: tuple[str, ...]
    beginnings: frozenset[str]  # the words that a quantity may begin with, if not with a figure


@lru_cache(maxsize=32)
def compile_number_rules(pack: LanguagePack) -> NumberRules:
    """Compile ``[numbers]`` of a pack, and what ``[terms]`` says of rising tolls and persons."""
    section = pack.section("numbers")

    def words(name: str) -> frozenset[str]:
        return frozenset(fold(word) for word in section.get(name, ()))

    def phrases(name: str) -> frozenset[Phrase]:
        return frozenset(
            tuple(token.folded for token in find_tokens(text, pack))
            for text in section.get(name, ())
        )

    numbers = compile_number_words(pack)
    vague = {fold(w): v for w, v in section.get("vague", {}).items()}
    about = {fold(w): v for w, v in section.get("about_words", {}).items()}
    about_phrases = _by_first_word(tuple(words.split()) for words in about if " " in words)
    articles, pairs, halves = words("articles"), words("pairs"), words("halves")
    zero = _by_first_word(phrases("zero"))
    return NumberRules(
        words=numbers,
        vague=vague,
        about=about,
        about_phrases=about_phrases,
        articles=articles,
        pairs=pairs,
        halves=halves,
        between=phrases("between"),
        between_and=words("between_and"),
        rise_from=words("rise_from"),
        rise_to=words("rise_to"),
        rising=_rising(pack),
        zero=zero,
        qualifiers={name: phrases(name) for name in QUALIFIERS},
        range_words=words("range_words"),
        ages_before=phrases("ages_before"),
        percent=tuple(sorted(phrases("percent"))),
        not_after=words("not_after"),
        not_before=words("not_before"),
        parts=words("parts"),
        years=words("years"),
        limbs=words("limbs"),
        singles=_plain_words(pack, "single"),
        persons=_plain_words(pack, "person"),
        of=_plain_words(pack, "of"),
        lengths=frozenset(fold(w) for w in pack.section("relations").get("kilometres", {})),
        squares=find_squares(pack),
        areas=_areas(pack),
        beginnings=articles.union(pairs, halves, numbers.values, vague, about, about_phrases, zero),
    )


def find_squares(pack: LanguagePack) -> tuple[str, ...]:
    """Return how the words begin that make an area of the kilometres before them."""
    units = pack.section("terms").get("area_units", {})
    stems = {fold(word.rstrip("*")) for unit in units for word in unit.split()[1:]}
    return tuple(sorted(stems - {"."}))


def _areas(pack: LanguagePack) -> tuple[str, ...]:
    """Return how units of area begin whose first word is no length: square miles, hectares.

    "Ha" is not among them: it is a verb too.
    """
    lengths = {fold(word) for word in pack.section("relations").get("kilometres", {})}
    units = [unit.split() for unit in pack.section("terms")["area_units"]]
    stems = {fold(w[0].rstrip("*")) for w in units if len(w) > 1 or len(w[0]) > SHORT_UNIT}
    return tuple(sorted(s for s in stems if not any(word.startswith(s) for word in lengths)))


def _rising(pack: LanguagePack) -> tuple[str, ...]:
    """Return the beginnings of the words that tell of a toll that rose."""
    patterns = pack.section("terms").get("update", ())
    words = {fold(str(pattern).split()[0]).rstrip("*") for pattern in patterns}
    return tuple(sorted(word for word in words if len(word) >= _SHORTEST_RISING))


def _plain_words(pack: LanguagePack, concept: str) -> frozenset[str]:
    """Return the single words of a concept, and the beginnings of those with a star."""
    patterns = pack.section("terms").get(concept, ())
    words = (str(pattern).removesuffix("*") for pattern in patterns)
    return frozenset(fold(word) for word in words if word.isalpha())


def _by_first_word(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    """Return the phrases by their first word, longest first: a set would have no order."""
    table: dict[str, tuple[Phrase, ...]] = {}
    for phrase in sorted(phrases, key=lambda words: (-len(words), words)):
        table[phrase[0]] = (*table.get(phrase[0], ()), phrase)
    return table


def words_before(tokens: Sequence[Token], index: int) -> tuple[Phrase, ...]:
    """Return the one, two and three words right before a token, as phrases are written."""
    words = tuple([token.folded for token in tokens[max(0, index - _REACH) : index]])
    return tuple([words[start:] for start in range(len(words))])
