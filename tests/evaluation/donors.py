"""Find places that could stand in another's stead: same kind, same country, same inflection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from gazetteer import Gazetteer
from gazetteer.models import Place
from gazetteer.names import fold
from gazetteer.transliteration import HABITS, romanise
from geo.annotators.inflection import nominative_forms
from geo.events.whereabouts import distance_km
from geo.languages import load_language

CYRILLIC = {"uk": frozenset("іїєґ"), "ru": frozenset("ыэъё")}
NEAR_KM = 25.0
Spelling = tuple[str, str]  # the language it is tagged with, or "", and the name
CITY, TOWN = 20_000, 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Donor:
    """Hold a place with the name that the language of a text has for it."""

    place: Place
    name: str


def kind_of(place: Place) -> str | None:
    """Return the gold's kind of a place that may be swapped, or ``None``."""
    if place.feature_code == "ADM1":
        return "admin1"
    if place.feature_class != "P" or place.located != "exact":
        return None
    population = place.population or 0
    return "city" if population >= CITY else "village" if 0 < population < TOWN else None


class Donors:
    """Offer the places of the gazetteer that have one name in a language and no namesakes."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._lists: dict[tuple[str, str], list[Donor]] = {}
        self._places = self._all_places()

    def _all_places(self) -> dict[tuple[str, str], list[tuple[Place, list[Spelling]]]]:
        index = self._gazetteer.index
        spelt: dict[int, list[Spelling]] = {}
        for name in index.names:
            for row in index.rows(name):
                language, kind = index.tag(row)
                if kind not in ("historic", "abbreviation", "demonym"):
                    spelling = (language or "", index.spelling(row))
                    spelt.setdefault(index.arrays["places"][row], []).append(spelling)
        grouped: dict[tuple[str, str], list[tuple[Place, list[Spelling]]]] = {}
        for number, names in sorted(spelt.items()):
            place = index.place(number)
            kind = kind_of(place)
            if kind is not None and place.admin.country:
                grouped.setdefault((place.admin.country, kind), []).append((place, sorted(names)))
        return grouped

    def of(self, language: str, country: str, kind: str) -> list[Donor]:
        """Return the donors of a country and kind, named as a language does."""
        key = (f"{language}:{country}", kind)
        if key not in self._lists:
            self._lists[key] = list(self._named(language, country, kind))
        return self._lists[key]

    def _named(self, language: str, country: str, kind: str) -> Iterator[Donor]:
        for place, names in self._places.get((country, kind), ()):
            name = self._name_in(language, place, names)
            if name is None or not name[0].isupper() or any(c in name for c in " -'’(/."):
                continue
            alike = {c.place.id for c in self._gazetteer.lookup(name)}
            if len(alike) == 1:
                yield Donor(place=place, name=name)

    def _name_in(self, language: str, place: Place, names: Sequence[Spelling]) -> str | None:
        tagged = [name for tag, name in names if tag == language]
        if language in CYRILLIC:
            untagged = [name for tag, name in names if not tag and _may_be(name, language)]
            return next(iter([*tagged, *untagged]), None)
        ukrainian = [name for tag, name in names if tag == "uk"]
        if place.admin.country == "UA" and ukrainian:
            return romanise(ukrainian[0], language if language in HABITS else "official")
        return place.name if fold(place.name).isascii() else None


def _is_cyrillic(name: str) -> bool:
    return "а" <= fold(name)[:1] <= "я" or fold(name)[:1] in "іїєґ"


def _may_be(name: str, language: str) -> bool:
    strange = CYRILLIC["ru" if language == "uk" else "uk"]
    return _is_cyrillic(name) and not strange & set(name.casefold())


def nominative(
    surface: str, language: str, lon: float, lat: float, gazetteer: Gazetteer
) -> tuple[str, Place] | None:
    """Return the stored name that a surface is a form of, and its place near a point."""
    pack = load_language(language)
    folded = fold(surface)
    for form in (folded, *nominative_forms(folded, pack)):
        for candidate in gazetteer.lookup(form):
            place = candidate.place
            if place.lon is None or place.lat is None:
                continue
            near = distance_km(lon, lat, place.lon, place.lat) <= NEAR_KM
            if near or place.feature_code == "ADM1":
                return form, place
    return None


def inflect(name: str, pattern: str, surface: str) -> str | None:
    """Inflect `name` as `surface` is a form of `pattern`; ``None`` where the stems differ.

    >>> inflect("Полтавка", "костянтинівка", "Костянтинівки")
    'Полтавки'
    >>> inflect("Суми", "бахмут", "Бахмутом") is None
    True
    """
    form, common = fold(surface), 0
    while common < min(len(pattern), len(form)) and pattern[common] == form[common]:
        common += 1
    ending, wanted = pattern[common:], form[common:]
    if not ending and not wanted:
        return name.upper() if surface.isupper() else name
    stem = name[: len(name) - len(ending)] if ending else name
    same = fold(name).endswith(ending) and fold(stem)[-1:] == pattern[common - 1 : common]
    if not same or len(stem) < 2:
        return None
    made = stem + wanted
    return made.upper() if surface.isupper() else made


def choose(donors: Sequence[Donor], random: Random, taken: set[str]) -> Iterator[Donor]:
    """Yield donors in a random order, without those already in the text."""
    for donor in random.sample(donors, len(donors)):
        if donor.place.id not in taken:
            yield donor
