"""Find the countries whose people or adjective a text names ("Russian drones", "українські")."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.annotators.inflection import nominative_forms
from geo.languages import LanguagePack
from geo.models import Token
from geo.remembered import Remembered

if TYPE_CHECKING:
    from gazetteer import Gazetteer

_SHORTEST = 4
_MOST_FORMS = 16
_REMEMBERED = 20_000


def find_peoples(
    tokens: Sequence[Token], gazetteer: Gazetteer, pack: LanguagePack
) -> frozenset[str]:
    """Return the ISO codes of the countries whose demonyms stand among the tokens."""
    words = {folded for _, _, _, folded in tokens if len(folded) >= _SHORTEST}
    found = set(map(_countries(gazetteer, pack).__getitem__, words))
    return frozenset(country for country in found if country is not None)


@lru_cache(maxsize=16)
def _countries(gazetteer: Gazetteer, pack: LanguagePack) -> Remembered[str, str | None]:
    """Return the table that tells of words the country of their people."""
    return Remembered(lambda word: country_of_people(word, gazetteer, pack), _REMEMBERED)


def country_of_people(word: str, gazetteer: Gazetteer, pack: LanguagePack) -> str | None:
    """Return the country that a folded word is a demonym or adjective of, inflected or not."""
    for form in (word, *nominative_forms(word, pack)[:_MOST_FORMS]):
        country = gazetteer.demonym(form)
        if country is not None:
            return country.admin.country
    return None
