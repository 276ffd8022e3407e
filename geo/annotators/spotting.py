"""Spot the stretches of a text that may be toponyms: capitalised words, known or called a place.

Each rule answers or passes on; :data:`RULES` is their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.annotators.cues import compile_cues, hints_in
from geo.annotators.inflection import nominative_forms
from geo.annotators.known_names import (
    is_glued_article,
    named_after,
    one_exact,
    one_inflected,
    several_exact,
    several_inflected,
    short_name,
)
from geo.annotators.likely_names import (
    adjective,
    called_a_place,
    noun_then_adjective,
    one_alike,
    several_alike,
    small_article,
    unknown,
)
from geo.annotators.spotted import AREAS, MOST_FORMS, Reading, Spotted
from geo.annotators.words import WordTable, word_table
from geo.languages import LanguagePack
from geo.models import Token

if TYPE_CHECKING:
    from gazetteer import Gazetteer

Rule = Callable[[Reading, int], Spotted | None]
RULES: tuple[Rule, ...] = (  # behind short_name
    several_exact,
    noun_then_adjective,
    several_inflected,
    several_alike,
    called_a_place,
    one_exact,
    one_inflected,
    one_alike,
    unknown,
)
SMALL_LETTER_RULES: tuple[Rule, ...] = (
    short_name,
    named_after,
    adjective,
    noun_then_adjective,
    small_article,
)


def spot(
    text: str,
    tokens: Sequence[Token],
    pack: LanguagePack,
    gazetteer: Gazetteer,
    hints: dict[int, str] | None = None,
) -> tuple[Spotted, ...]:
    """Return the possible toponyms of a token sequence, longest first at each place, in order.

    `hints` are those of :func:`geo.annotators.cues.hints_in`, where the caller has them.
    """
    cues = compile_cues(pack)
    reading = Reading(
        text=text,
        tokens=tokens,
        cues=cues,
        pack=pack,
        gazetteer=gazetteer,
        hints=hints_in(tokens, cues) if hints is None else hints,
        inflects=bool(pack.section("inflection").get("rules")),
        words=word_table(pack, gazetteer),
    )
    return tuple(_spotted(reading))


def _spotted(reading: Reading) -> Iterator[Spotted]:
    last = -1
    for index, has_capital in enumerate(_beginnings(reading)):
        if has_capital is None or index <= last:
            continue
        rules = _rules_at(reading, index) if has_capital else SMALL_LETTER_RULES
        found = _first_answer(reading, index, rules) if rules else None
        if found is not None:
            last = found.last
            yield found


def _beginnings(reading: Reading) -> list[bool | None]:
    """Return, for each token, ``None`` if no name begins there, or whether it has a capital."""
    known = reading.cues.begins
    begins = [known[text] for _, _, text, _ in reading.tokens]
    for hint in reading.hints:  # a name may be one, or stand before one
        for index in (hint - 1, hint):
            if index >= 0 and begins[index] is None:
                begins[index] = False
    return begins


def _rules_at(reading: Reading, index: int) -> tuple[Rule, ...]:
    """Return the rules that may answer at a word with a capital."""
    token, word = reading.tokens[index], reading.word(index)
    if word.is_never or (word.is_given and _names_figure(reading, index)):
        return ()
    alone = reading.run(index) is None
    article = not alone and is_glued_article(reading, index)
    rules = _rules_for(token.folded, alone, article, reading.words)
    return (short_name, *rules) if token.text in reading.cues.short_names else rules


@lru_cache(maxsize=20_000)
def _rules_for(folded: str, alone: bool, article: bool, words: WordTable) -> tuple[Rule, ...]:
    """Return the rules that may answer at a word, which may stand alone; no other could.

    `article` is whether the word is the article of an Arabic name.
    """
    word = words.of[folded]
    begins = article or not word.begins_nothing
    wanted: dict[Rule, bool] = {
        several_exact: word.goes_on,
        noun_then_adjective: word.is_hint,
        several_inflected: not alone and begins,
        several_alike: not alone and begins and not word.is_given,
        called_a_place: not alone,
        one_exact: word.is_name,
        one_inflected: bool(word.forms),
        one_alike: not word.is_plain,
        unknown: not word.is_plain,
    }
    return tuple(rule for rule in RULES if wanted.get(rule, True))


def _names_figure(reading: Reading, index: int) -> bool:
    """Tell whether a given name is that of a public figure: "Georgia Meloni"."""
    return index + 1 < len(reading.tokens) and reading.word(index + 1).is_figure


def _first_answer(reading: Reading, index: int, rules: tuple[Rule, ...]) -> Spotted | None:
    for rule in rules:
        found = rule(reading, index)
        if found is not None:
            is_area = reading.hints.get(found.last + 1) in AREAS
            return _with_noun(reading, found) if is_area else found
    return None


def _with_noun(reading: Reading, found: Spotted) -> Spotted:
    """Take the noun into "Сокальського району": the adjective alone is no name."""
    tokens, adjectives = reading.tokens, reading.cues.adjectives
    word, noun = tokens[found.last], found.last + 1
    if not adjectives:
        return found
    if not word.folded.endswith(adjectives) or tokens[noun].start - word.stop > 1:
        return found
    while noun + 1 in reading.hints and tokens[noun + 1].start == tokens[noun].stop:
        noun += 1
    names = found.names or nominative_forms(word.folded, reading.pack)[:MOST_FORMS]
    return found._replace(last=noun, names=names)
