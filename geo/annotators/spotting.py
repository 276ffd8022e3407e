"""Spot the stretches of a text that may be toponyms: capitalised words, known or called a place.

Each rule answers or passes on; :data:`RULES` is their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.annotators.cues import compile_cues, hints_in
from geo.annotators.known_names import (
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
from geo.annotators.spotted import AREAS, Reading, Spotted, fold_tokens
from geo.languages import LanguagePack
from geo.languages.persons import person_names
from geo.models import Token

if TYPE_CHECKING:
    from gazetteer import Gazetteer

Rule = Callable[[Reading, int], Spotted | None]
RULES: tuple[Rule, ...] = (
    short_name,
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
        folded=fold_tokens(tokens),
    )
    return tuple(_spotted(reading))


def _spotted(reading: Reading) -> Iterator[Spotted]:
    last = -1
    for index, rules in _beginnings(reading):
        if index <= last:
            continue
        found = _first_answer(reading, index, rules)
        if found is not None:
            last = found.last
            yield found


def _beginnings(reading: Reading) -> Iterator[tuple[int, tuple[Rule, ...]]]:
    """Yield the tokens at which a name may begin, with the rules that look at it."""
    cues, hints = reading.cues, reading.hints
    for index, token in enumerate(reading.tokens):
        if token.text[0].isupper():
            if token.folded not in cues.never and not _names_figure(reading, index):
                yield index, RULES
        elif (
            index in hints
            or index + 1 in hints
            or token.folded in cues.particles
            or token.text in cues.short_names
        ):
            yield index, SMALL_LETTER_RULES


def _names_figure(reading: Reading, index: int) -> bool:
    """Tell whether a token is the given name of a public figure: "Georgia Meloni"."""
    behind = reading.tokens[index + 1 : index + 2]
    if not behind or behind[0].folded not in reading.cues.lists["persons"]:
        return False
    return reading.tokens[index].folded in person_names()["given"]


def _first_answer(reading: Reading, index: int, rules: tuple[Rule, ...]) -> Spotted | None:
    for rule in rules:
        found = rule(reading, index)
        if found is not None:
            return _with_noun(reading, found)
    return None


def _with_noun(reading: Reading, found: Spotted) -> Spotted:
    """Take the noun into "Сокальського району": the adjective alone is no name."""
    tokens, adjectives = reading.tokens, reading.cues.adjectives
    word, noun = tokens[found.last], found.last + 1
    if not adjectives or reading.hints.get(noun) not in AREAS:
        return found
    if not word.folded.endswith(adjectives) or tokens[noun].start - word.stop > 1:
        return found
    while noun + 1 in reading.hints and tokens[noun + 1].start == tokens[noun].stop:
        noun += 1
    return replace(found, last=noun)
