"""Know what a single word is, whatever text it stands in: asked once, remembered."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.names import fold
from geo.annotators.cues import compile_cues
from geo.annotators.inflection import nominative_forms
from geo.languages import LanguagePack
from geo.languages.persons import person_names
from geo.remembered import Remembered

if TYPE_CHECKING:
    from gazetteer import Gazetteer

_REMEMBERED = 20_000


class Word(NamedTuple):
    """Hold what is known of a word.

    ``is_name`` where it is a name in the gazetteer and no day's or month's, ``forms`` the names
    that it may be an inflected form of, ``is_given`` a given name, ``begins_nothing`` an ordinary
    word or an article, ``is_plain`` one of these, a title, an organisation's or a given name,
    ``is_hint`` a word for a kind of place; ``goes_on`` where a name of several words begins so,
    ``is_figure`` the name of a public figure, ``is_never`` that or another that is no place's,
    ``is_local`` a preposition of place.
    """

    is_name: bool
    forms: tuple[str, ...]
    is_given: bool
    begins_nothing: bool
    is_plain: bool
    is_hint: bool
    goes_on: bool
    is_figure: bool
    is_never: bool
    is_local: bool


class WordTable:
    """Tell what folded words are in a language, with a gazetteer: ``of[word]``."""

    def __init__(self, pack: LanguagePack, gazetteer: Gazetteer) -> None:
        self._pack, self._gazetteer = pack, gazetteer
        self._cues = compile_cues(pack)
        self._local = _prepositions(pack)
        self.of = Remembered(self._look_up, _REMEMBERED)

    def _look_up(self, folded: str) -> Word:
        cues, contains = self._cues, self._gazetteer.contains
        given = folded in person_names()["given"]
        local = folded in self._local
        begins_nothing = local or folded in cues.common or folded in cues.articles
        # a word cut off at its apostrophe ("L'") goes on with letters
        goes_on = folded.endswith("'") or self._gazetteer.goes_on(folded)
        return Word(
            is_name=contains(folded) and folded not in cues.days,
            forms=tuple(filter(contains, nominative_forms(folded, self._pack))),
            is_given=given,
            begins_nothing=begins_nothing,
            is_plain=begins_nothing or given or folded in cues.hints or bool(cues.lists_of[folded]),
            is_hint=folded in cues.hints,
            goes_on=goes_on and folded not in cues.loose_articles,
            is_figure=folded in cues.lists["persons"],
            is_never=folded in cues.never,
            is_local=local,
        )


def _prepositions(pack: LanguagePack) -> frozenset[str]:
    terms = pack.section("terms")
    return frozenset(fold(word) for concept in ("in", "near") for word in terms.get(concept, ()))


@lru_cache(maxsize=16)
def word_table(pack: LanguagePack, gazetteer: Gazetteer) -> WordTable:
    """Return the table of a language, the same for all its texts."""
    return WordTable(pack, gazetteer)
