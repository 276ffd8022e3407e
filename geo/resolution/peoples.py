"""Find the countries whose people or adjective a text names ("Russian drones", "українські")."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.annotators.inflection import nominative_forms
from geo.languages import LanguagePack
from geo.models import Token

if TYPE_CHECKING:
    from gazetteer import Gazetteer

_SHORTEST = 4
_MOST_FORMS = 16
_REMEMBERED = 20_000


def find_peoples(
    tokens: Sequence[Token], gazetteer: Gazetteer, pack: LanguagePack
) -> frozenset[str]:
    """Return the ISO codes of the countries whose demonyms stand among the tokens."""
    known = _known_words(gazetteer, pack)
    words = {token.folded for token in tokens if len(token.folded) >= _SHORTEST}
    for word in words - known.keys():
        if len(known) >= _REMEMBERED:
            known.clear()
        known[word] = country_of_people(word, gazetteer, pack)
    found = {known.get(word) for word in words}
    return frozenset(country for country in found if country is not None)


@lru_cache(maxsize=16)
def _known_words(gazetteer: Gazetteer, pack: LanguagePack) -> dict[str, str | None]:
    """Return the table in which words are remembered with the country of their people."""
    return {}


def country_of_people(word: str, gazetteer: Gazetteer, pack: LanguagePack) -> str | None:
    """Return the country that a folded word is a demonym or adjective of, inflected or not."""
    for form in (word, *nominative_forms(word, pack)[:_MOST_FORMS]):
        if gazetteer.contains(form):
            for candidate in gazetteer.lookup(form):
                if candidate.name.kind == "demonym":
                    return candidate.place.admin.country
    return None
