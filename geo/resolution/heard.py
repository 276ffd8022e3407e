"""Choose the names that are looked for by sound, and in which countries.

A name that another language's habit spells is found so where the letters lead nowhere, or out of
the countries that the other names of the document speak for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from gazetteer.models import Candidate

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geo.models import Mention
    from geo.resolution.choices import Choice
    from geo.resolution.context import Guess

_SURE = 0.4  # of a reading that speaks for a country
_SETTLED = {"exact": 0.25, "folded": 0.25, "inflected": 0.5}  # readings that are left alone
_MOST_COUNTRIES = 3
_LESS_ALIKE = 0.06  # than the likest name: what is farther is not meant
_MOST_READINGS = 4


def to_be_heard(
    mentions: Sequence[Mention],
    choices: Mapping[int, Choice],
    guesses: Sequence[Guess],
    peoples: Collection[str],
) -> dict[int, tuple[str, ...]]:
    """Return the countries in which each doubtful name is looked for, by the mention's number.

    `guesses` are the readings of the mentions that have a choice, in their order; `peoples` are
    countries whose people are named.
    """
    weights = _weights_by_country(guesses)
    if not weights and not peoples:
        return {}
    read = dict(zip(choices, guesses, strict=True))
    found: dict[int, tuple[str, ...]] = {}
    for number, mention in enumerate(mentions):
        countries = _countries_for(mention.text, weights, peoples)
        if countries and _is_doubtful(choices.get(number), read.get(number), countries):
            found[number] = countries
    return found


def hear(
    readings: Sequence[str], countries: Sequence[str], gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    """Return the places of some countries that sound like a name or a form of it."""
    best: dict[str, Candidate] = {}
    for country in countries:
        for name in readings[:_MOST_READINGS]:
            for candidate in gazetteer.heard(name, country):
                known = best.get(candidate.place.id)
                if known is None or known.similarity < candidate.similarity:
                    best[candidate.place.id] = candidate
    likest = max((candidate.similarity for candidate in best.values()), default=0.0)
    return tuple(c for c in best.values() if c.similarity >= likest - _LESS_ALIKE)


def _weights_by_country(guesses: Sequence[Guess]) -> dict[str, dict[str, float]]:
    """Return for each country the names that surely lie in it, with their weights."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for guess in guesses:
        country = guess.place.admin.country
        if country is not None and guess.weight >= _SURE:
            names = found[country]
            names[guess.mention.text] = max(guess.weight, names.get(guess.mention.text, 0.0))
    return found


def _countries_for(
    text: str, weights: Mapping[str, Mapping[str, float]], peoples: Collection[str]
) -> tuple[str, ...]:
    """Return the countries that other names than `text` speak for, the surest first."""
    totals = {
        country: sum(weight for name, weight in names.items() if name != text)
        for country, names in weights.items()
    }
    named = sorted((c for c in totals if totals[c]), key=lambda c: (-totals[c], c))
    return tuple(dict.fromkeys((*named, *sorted(peoples))))[:_MOST_COUNTRIES]


def _is_doubtful(choice: Choice | None, guess: Guess | None, countries: Sequence[str]) -> bool:
    """Tell whether no place that is written so lies there, nor surely elsewhere."""
    if choice is None or guess is None:
        return True
    written = {c.place.id: c for c in choice.candidates if c.match in _SETTLED}
    if any(candidate.place.admin.country in countries for candidate in written.values()):
        return False
    best = written.get(guess.place.id)
    return best is None or guess.weight < _SETTLED[best.match]
