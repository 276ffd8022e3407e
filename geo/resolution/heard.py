"""Choose the names that are looked for by sound, and in which countries.

A name that another language's habit spells is found so where the letters lead nowhere, or out of
the countries at war that the other names around it speak for: elsewhere the names of news are
spelt in letters that the gazetteer knows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from gazetteer.models import Candidate
from geo.resolution.conflict_areas import conflict_areas

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geo.models import Mention
    from geo.resolution.choices import Choice
    from geo.resolution.context import Guess

_SURE = 0.4  # of a reading that speaks for a country
_SETTLED = {"exact": 0.25, "folded": 0.25, "inflected": 0.5}  # readings that are left alone
_SURE_VARIANT = 0.9  # and of a variant in a country named
_MOST_COUNTRIES = 3
_NEAREST = 30  # names on each side: a long text is no scene
_LESS_ALIKE = 0.06  # than the likest name: what is farther is not meant
_VERY_ALIKE = 0.9
_MOST_READINGS = 4


def to_be_heard(
    mentions: Sequence[Mention],
    choices: Mapping[int, Choice],
    guesses: Sequence[Guess],
    peoples: Collection[str],
) -> dict[int, tuple[str, ...]]:
    """Return the countries at war where doubtful names are looked for, by the mention's number.

    `guesses` are the readings of the mentions that have a choice, in their order; `peoples` are
    countries whose people are named.
    """
    at_war, _ = conflict_areas()
    told: list[tuple[int, str, str]] = [
        (guess.mention.span.start, guess.mention.text, guess.place.admin.country or "")
        for guess in guesses
        if guess.weight >= _SURE and guess.place.admin.country in at_war
    ]
    peoples = sorted(at_war.intersection(peoples))
    if not told and not peoples:
        return {}
    read = dict(zip(choices, guesses, strict=True))
    found: dict[int, tuple[str, ...]] = {}
    for number, mention in enumerate(mentions):
        choice, guess = choices.get(number), read.get(number)
        if choice is None or guess is None:
            found[number] = _countries_around(mention, told, peoples)
        elif not _is_settled(choice, guess):
            countries = _countries_around(mention, told, peoples)
            if not _is_at_home(choice, guess, countries):
                found[number] = countries
    return found


def hear(
    readings: Sequence[str], countries: Sequence[str], gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    """Return the places that sound like a name or a form of it.

    They lie in the first of the countries that has one very much alike, and in those before.
    """
    best: dict[str, Candidate] = {}
    likest = 0.0
    for country in countries:
        for name in readings[:_MOST_READINGS]:
            for candidate in gazetteer.heard(name, country):
                known = best.get(candidate.place.id)
                if known is None or known.similarity < candidate.similarity:
                    best[candidate.place.id] = candidate
        likest = max((candidate.similarity for candidate in best.values()), default=0.0)
        if likest >= _VERY_ALIKE:
            break
    return tuple(c for c in best.values() if c.similarity >= likest - _LESS_ALIKE)


def _is_settled(choice: Choice, guess: Guess) -> bool:
    """Tell whether a name is surely that of a place that is written so."""
    matches = (c.match for c in choice.candidates if c.place.id == guess.place.id)
    return guess.weight >= _SETTLED.get(next(matches), 2.0)


def _countries_around(
    mention: Mention, told: Sequence[tuple[int, str, str]], peoples: Sequence[str]
) -> tuple[str, ...]:
    """Return the countries that the nearest other names speak for, then those of peoples."""
    start, text = mention.span.start, mention.text
    middle = bisect_left(told, (start,))
    around = told[max(0, middle - _NEAREST) : middle + _NEAREST]
    near = sorted(
        (abs(where - start), where, country) for where, name, country in around if name != text
    )
    named = (country for _, _, country in near)
    return tuple(dict.fromkeys((*named, *peoples)))[:_MOST_COUNTRIES]


def _is_at_home(choice: Choice, guess: Guess, countries: Collection[str]) -> bool:
    """Tell whether a place of the countries is surely meant, or any is written like the name."""
    return (guess.weight >= _SURE_VARIANT and guess.place.admin.country in countries) or any(
        candidate.match in _SETTLED and candidate.place.admin.country in countries
        for candidate in choice.candidates
    )
