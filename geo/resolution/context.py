"""Gather what a document says about where it plays: countries, units and anchor places.

A mention is read in its :class:`Scene`: what all the *other* names of the document speak for,
so that no reading confirms itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from gazetteer.models import Place
from geo.models import Mention
from geo.resolution.units import NO_UNIT, level_of, numbers_of

_MOST_ANCHORS = 16
_MOST_BESIDE = 6
_BESIDE = 160  # characters: about a sentence
_LEAST_SURE = 0.3

Vote = tuple[int, int, int]
NO_VOTE: Vote = (0, NO_UNIT, NO_UNIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """Hold a mention's first-pass reading, with its weight as evidence for the others."""

    mention: Mention
    place: Place
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Hold what a document's names speak for, name by name.

    Units are numbers (:mod:`geo.resolution.units`). ``guesses`` are in text order, ``starts``
    where their names stand. ``votes`` maps a name to the weight (in ten-thousandths: whole
    numbers add up the same in any order) of the country and region that it was read in;
    ``countries`` and ``regions`` add them up. ``levels`` are those of the guesses that are
    units themselves, ``units`` the names that stand for each. ``points`` are the guesses at
    settlements and the like, the surest first; ``point_of`` is a guess's number there.
    ``assumed`` is the country that the text is known to play in.
    """

    guesses: tuple[Guess, ...] = ()
    starts: tuple[int, ...] = ()
    votes: dict[str, Vote] = field(default_factory=dict)
    countries: dict[int, int] = field(default_factory=dict)
    regions: dict[int, int] = field(default_factory=dict)
    levels: tuple[int | None, ...] = ()
    units: dict[int, set[str]] = field(default_factory=dict)
    points: tuple[Guess, ...] = ()
    point_of: dict[int, int] = field(default_factory=dict)
    assumed: str | None = None

    def knows_countries(self, text: str) -> bool:
        """Tell whether any name but `text` speaks for a country."""
        return self.assumed is not None or len(self.votes) > (text in self.votes)


@dataclass(slots=True, kw_only=True)
class Scene:
    """Hold what surrounds one mention: what the other names speak for, and those beside it.

    ``anchors`` are the surest places of the document under other names, ``beside`` those within
    a sentence, both as numbers of the context's ``points``. ``beside_units`` holds by level the
    nearest country, region and district within a sentence, ``behind`` the place that follows
    after a comma, ``before`` the one that it follows so, with an "in" between where it is
    ``inside``. ``last_region`` is the region that the text named last.
    """

    anchors: tuple[int, ...]
    beside: tuple[int, ...]
    beside_units: dict[int, Place]
    behind: Place | None = None
    before: Place | None = None
    inside: bool = False
    last_region: Place | None = None


def gather(guesses: Sequence[Guess], assumed: str | None = None) -> Context:
    """Return the context that readings of a document's mentions make.

    A name that stands several times counts once, with the weight of its surest reading.
    """
    votes = _votes(guesses)
    countries: dict[int, int] = defaultdict(int)
    regions: dict[int, int] = defaultdict(int)
    for weight, country, region in votes.values():
        countries[country] += weight
        if region != NO_UNIT:
            regions[region] += weight
    units: dict[int, set[str]] = defaultdict(set)
    levels = [level_of(guess.place) for guess in guesses]
    for level, guess in zip(levels, guesses, strict=True):
        if level is not None:
            units[numbers_of(guess.place)[level]].add(guess.mention.text)
    points = [i for i, g in enumerate(guesses) if g.place.lon is not None and _is_point(g.place)]
    points.sort(key=lambda number: -guesses[number].weight)
    return Context(
        guesses=tuple(guesses),
        starts=tuple([guess.mention.span.start for guess in guesses]),
        votes=votes,
        countries=dict(countries),
        regions=dict(regions),
        levels=tuple(levels),
        units=dict(units),
        points=tuple([guesses[number] for number in points]),
        point_of={number: place for place, number in enumerate(points)},
        assumed=assumed,
    )


def _votes(guesses: Sequence[Guess]) -> dict[str, Vote]:
    votes: dict[str, Vote] = {}
    for guess in guesses:
        codes = guess.place.admin
        weight = round(guess.weight * 10_000)
        known = votes.get(guess.mention.text)
        if codes.country is not None and (known is None or known[0] < weight):
            country, region, _ = numbers_of(guess.place)
            votes[guess.mention.text] = (
                weight,
                country,
                NO_UNIT if codes.admin1 is None else region,
            )
    return votes


def scenes_in(
    mentions: Sequence[Mention],
    context: Context,
    behind: Sequence[Place | None],
    before: Sequence[Place | None],
    inside: Sequence[bool],
) -> list[Scene]:
    """Return what surrounds each mention in its document: the readings of all other names.

    `behind` holds the places that follow right after them, `before` those that stand right before,
    `inside` says whether an "in" stands before them.
    """
    first = {guess.mention.text for guess in context.points[:_MOST_ANCHORS]}
    usual = _anchors(None, context)
    without = {text: _anchors(text, context) for text in first}
    regions = _regions_before(context)
    scenes = []
    for number, mention in enumerate(mentions):
        beside, units = _beside(mention, context)
        scenes.append(
            Scene(
                anchors=without.get(mention.text, usual),
                beside=beside,
                beside_units=units,
                behind=behind[number],
                before=before[number],
                inside=inside[number],
                last_region=regions[number],
            )
        )
    return scenes


def _regions_before(context: Context) -> list[Place | None]:
    """Return for each mention the region that the text names last before it."""
    found: list[Place | None] = []
    region: Place | None = None
    for level, guess in zip(context.levels, context.guesses, strict=True):
        found.append(region)
        if level == 1 and guess.weight >= _LEAST_SURE:
            region = guess.place
    return found


def _anchors(text: str | None, context: Context) -> tuple[int, ...]:
    """Return the surest points under other names than `text`, each place once."""
    others = (n for n, guess in enumerate(context.points) if guess.mention.text != text)
    places = {context.points[n].place.id: n for n in islice(others, _MOST_ANCHORS)}
    return tuple(places.values())


def _beside(mention: Mention, context: Context) -> tuple[tuple[int, ...], dict[int, Place]]:
    """Return the points and the units that other names within a sentence stand for."""
    start, text, guesses = mention.span.start, mention.text, context.guesses
    first = bisect_left(context.starts, start - _BESIDE)
    last = bisect_right(context.starts, start + _BESIDE)
    near = sorted([
        (abs(context.starts[number] - start), number)
        for number in range(first, last)
        if guesses[number].mention.text != text and guesses[number].weight >= _LEAST_SURE
    ])  # fmt: skip
    units: dict[int, Place] = {}
    for _, number in near:
        level = context.levels[number]
        if level is not None:
            units.setdefault(level, guesses[number].place)
    points = [context.point_of[number] for _, number in near if number in context.point_of]
    return tuple(points[:_MOST_BESIDE]), units


def _is_point(place: Place) -> bool:
    return place.feature_class in ("P", "S") or place.feature_code in ("ADM2", "ADM3")
