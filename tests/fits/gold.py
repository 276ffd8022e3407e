"""Read the project's gold items and turn them into rows of features and labels."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from gazetteer.models import Place
from geo.events.areas import CLAIM, NO_CLAIM, describe_area
from geo.events.back_features import Back, BackFeatures, places_before
from geo.events.context import Annotation, Counted, Located, Sentence
from geo.events.directions import describe_direction
from geo.events.flight_features import FLIGHTS, describe_flight
from geo.events.ground_candidates import Owned, grounds_of
from geo.events.ground_features import GroundFeatures
from geo.events.link_features import LinkFeatures
from geo.events.measures import Measured, find_measures
from geo.events.number_features import NO_ROLE_WORD, NumberFeatures
from geo.events.occurrences import describe_places
from geo.events.place_features import PlaceFeatures
from geo.events.roles import describe_numbers
from geo.events.sums import PERIOD, SUM, Setting, describe_sum
from geo.events.understanding import telling
from geo.models import Document, Mention, Resolution, Span, Token
from tests.fits.alignment import Scorer, align, by_distance
from tests.fits.rows import Row, Sequenced

Item = dict[str, Any]
ChanceOf = Callable[[Sequence[Sentence], int, Located, Annotation], float]
RowsOf = Callable[[Item, Sequence[Sentence], Annotation], Iterator[Row]]
_PRECISION = {"admin2": 3, "admin1": 4, "region": 4, "water": 7, "country": 6}


def read_items(path: Path) -> list[Item]:
    """Read gold items from a JSONL file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def document_of(item: Item) -> Document:
    """Return an item's text as a document."""
    return Document(
        id=item["id"],
        text=item["text"],
        language=item["lang"],
        published=date.fromisoformat(item["published"]),
    )


def gold_resolutions(item: Item) -> tuple[Resolution, ...]:
    """Return the gold toponyms as if our own stages had found and resolved them."""
    found = []
    for toponym in item["toponyms"]:
        span = Span(toponym["start"], toponym["end"])
        place = Place(
            id=f"gold:{toponym['name']}:{toponym['lat']:.2f}",
            name=toponym["name"],
            lon=toponym["lon"],
            lat=toponym["lat"],
            feature_class="P",
            feature_code="PPL",
        )
        mention = Mention(
            span=span,
            text=span.of(item["text"]),
            literal=toponym["literal"],
            role=toponym["role"],
        )
        found.append(
            Resolution(
                mention=mention,
                place=place,
                lon=place.lon,
                lat=place.lat,
                confidence=1.0,
                margin=1.0,
                geo_precision=_PRECISION.get(toponym["kind"], 1),
                radius_km=None,
                method="gazetteer",
            )
        )
    return tuple(sorted(found, key=lambda resolution: resolution.mention.span))


def overlaps(one: Sequence[int], other: Sequence[int]) -> bool:
    """Tell whether two half-open spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def labelled_places(item: Item, view: Sequence[Sentence]) -> list[tuple[int, Located, str | None]]:
    """Return each literal mention with the type of what happens there, or ``none``.

    A place whose event the gold pins on another mention of it has no label: either would do.
    """
    found: list[tuple[int, Located, str | None]] = []
    for at, sentence in enumerate(view):
        for place in sentence.places:
            own = _toponyms_at(item, place)
            types = [e["type"] for e in item["events"] if e["place"] in own]
            elsewhere = any(_same_point(item, i, e["place"]) for i in own for e in item["events"])
            label = types[0] if types else None if elsewhere else "none"
            found.append((at, place, label))
    return found


def place_chain(item: Item, view: Sequence[Sentence], annotation: Annotation) -> Sequenced:
    """Return the mentions of a document, with what happens at each, as one chain."""
    items, joints = describe_places(PlaceFeatures(view, annotation.tokens))
    return Sequenced(
        items=items,
        joints=joints,
        labels=[label for *_, label in labelled_places(item, view)],
    )


def number_chain(
    item: Item, view: Sequence[Sentence], annotation: Annotation, score: Scorer
) -> Sequenced:
    """Return the numbers of a document, with what each counts, as one chain.

    Numbers of sentences without an event have no label where a word tells somebody's fate: the
    gold does not say what they count. Where none does, they count nobody.
    """
    items, joints = describe_numbers(view, annotation.tokens)
    labels = [
        number.role
        if _events_in(item, number.sentence)
        else "none"
        if NO_ROLE_WORD in features
        else None
        for number, features in zip(align(item, view, annotation.tokens, score), items, strict=True)
    ]
    return Sequenced(items=items, joints=joints, labels=labels)


def occurrence_rows(item: Item, view: Sequence[Sentence], annotation: Annotation) -> Iterator[Row]:
    """Yield each mention with whether something happens there."""
    described = PlaceFeatures(view, annotation.tokens)
    for at, place, label in labelled_places(item, view):
        if label is not None:
            yield described.describe(at, place), "none" if label == "none" else "event"


def _toponyms_at(item: Item, place: Located) -> list[int]:
    span = place.resolution.mention.span
    return [
        index
        for index, toponym in enumerate(item["toponyms"])
        if overlaps((toponym["start"], toponym["end"]), span)
    ]


def _same_point(item: Item, one: int, other: int | None) -> bool:
    if other is None:
        return False
    first, second = item["toponyms"][one], item["toponyms"][other]
    return bool((first["lat"], first["lon"]) == (second["lat"], second["lon"]))


def number_rows(
    item: Item, view: Sequence[Sentence], annotation: Annotation, score: Scorer = by_distance
) -> Iterator[Row]:
    """Yield each number of the sentences that carry an event, with what it counts."""
    for number in align(item, view, annotation.tokens, score):
        if _events_in(item, number.sentence):
            features = describe_number(number.sentence, number.count, annotation.tokens)
            yield features, number.role


def describe_number(sentence: Sentence, count: Counted, tokens: Sequence[Token]) -> list[str]:
    """Return the features of a number in its sentence."""
    return NumberFeatures(sentence, tokens).describe(count)


def _events_in(item: Item, sentence: Sentence) -> list[Item]:
    return [e for e in item["events"] if overlaps(e["evidence"], sentence.span)]


def link_choices(
    item: Item,
    view: Sequence[Sentence],
    annotation: Annotation,
    chance_of: ChanceOf,
    score: Scorer = by_distance,
) -> Iterator[list[Row]]:
    """Yield numbers that count something, with each place of their sentence and of those before.

    `chance_of` says how likely something happens at a place: what an earlier fit thinks.
    """
    owners = [
        (n.sentence, n.count, n.owners, n.role)
        for n in align(item, view, annotation.tokens, score)
        if n.owners
    ]
    chances = _chances(view, annotation, chance_of)
    told: dict[int, dict[str, float | None]] = {}
    for sentence, count, owned, role in owners:
        events = [item["events"][index] for index, _ in owned]
        homes = [p for p in sentence.places if any(hosts(item, e, p) for e in events)]
        described = LinkFeatures(sentence, chances)
        rows: list[Row] = [
            (described.describe(count, role, place), "yes" if place in homes else "no")
            for place in sentence.places
        ]
        before = places_before(view, view.index(sentence), chances, told)
        host = None if homes else _likeliest_host(item, before, events)
        back = BackFeatures(sentence, chances)
        for one in before:
            if one is host or not any(hosts(item, e, one.place) for e in events):
                rows.append((back.describe(count, role, one), "yes" if one is host else "no"))
        for place in [host.place] if host is not None else homes:
            told.setdefault(id(place), {}).setdefault(role, count.quantity.best)
        yield rows


def _likeliest_host(item: Item, before: Sequence[Back], events: Sequence[Item]) -> Back | None:
    """Return the likeliest of the mentions that name the place of an event told before."""
    homes = [b for b in before if any(hosts(item, e, b.place) for e in events)]
    return max(homes, key=lambda back: back.chance, default=None)


def hosts(item: Item, event: Item, place: Located) -> bool:
    """Tell whether a mention names the place of a gold event."""
    if event["place"] is None:
        return False
    own = item["toponyms"][event["place"]]
    return any(
        (item["toponyms"][i]["lat"], item["toponyms"][i]["lon"]) == (own["lat"], own["lon"])
        for i in _toponyms_at(item, place)
    )


def flights(
    item: Item, view: Sequence[Sentence]
) -> Iterator[tuple[Sentence, str | None, list[Item]]]:
    """Yield each sentence with whether it tells of flight or arrest, and the events of that.

    Of the sentences that an event's evidence covers those count that have a word for it, or else
    the last. A sentence that tells of both is ``None``.
    """
    told: dict[int, list[Item]] = {}
    for event in item["events"]:
        if event["type"] in FLIGHTS:
            covered = [s for s in view if overlaps(event["evidence"], s.span)]
            words = [s for s in covered if any(c in s.concepts for c in FLIGHTS[event["type"]])]
            for sentence in words or covered[-1:]:
                told.setdefault(sentence.index, []).append(event)
    for sentence in view:
        events = told.get(sentence.index, [])
        kinds = {event["type"] for event in events}
        yield sentence, next(iter(kinds), "none") if len(kinds) < 2 else None, events


def flight_rows(item: Item, view: Sequence[Sentence], annotation: Annotation) -> Iterator[Row]:
    """Yield each sentence that is asked about with whether it tells of flight or arrest."""
    asked = {sentence.index for sentence in telling(view)}
    for at, (sentence, label, _) in enumerate(flights(item, view)):
        if label is not None and sentence.index in asked:
            yield describe_flight(view, at, annotation.tokens), label


def _chances(
    view: Sequence[Sentence], annotation: Annotation, chance_of: ChanceOf
) -> dict[int, float]:
    return {
        id(p): chance_of(view, at, p, annotation) for at, s in enumerate(view) for p in s.places
    }


def ground_choices(
    item: Item, view: Sequence[Sentence], annotation: Annotation, chance_of: ChanceOf
) -> Iterator[list[Row]]:
    """Yield the areas that the gold claims, with each place that they may belong to."""
    chances = _chances(view, annotation, chance_of)
    owned: list[Owned] = []
    for at, sentence in enumerate(view):
        fellows = find_measures(sentence, annotation.tokens, view[at - 1] if at else None)
        grounds = grounds_of(view, at)
        described = GroundFeatures(sentence, chances)
        for measured in fellows:
            event = next((e for _, e in _same_area(item, sentence, measured)), None)
            if event is None:
                continue
            homes = [g for g in grounds if hosts(item, event, g.place)]
            host = min(homes, key=lambda g: (g.steps, -chances[id(g.place)]), default=None)
            yield [
                (described.describe(measured, fellows, owned, g), "yes" if g is host else "no")
                for g in grounds
                if g is host or g not in homes
            ]
            place = host.place if host is not None else None
            owned.append(Owned(measured=measured, sentence=at, place=place))


def _same_area(item: Item, sentence: Sentence, measured: Measured) -> Iterator[tuple[int, Item]]:
    """Yield the gold events with the area of a number of their evidence."""
    value = measured.km2.best or 0.0
    for index, event in enumerate(item["events"]):
        area = event["area_km2"]
        is_told = area is not None and overlaps(event["evidence"], sentence.span)
        if is_told and abs(area - value) <= max(0.05, 0.02 * value):
            yield index, event


def area_rows(item: Item, view: Sequence[Sentence], annotation: Annotation) -> Iterator[Row]:
    """Yield areas with whether the gold has a claim of them."""
    for at, sentence in enumerate(view):
        before = view[at - 1] if at else None
        fellows = find_measures(sentence, annotation.tokens, before)
        for measured in fellows:
            told = any(True for _ in _same_area(item, sentence, measured))
            features = describe_area(sentence, measured, before, fellows)
            yield features, CLAIM if told else NO_CLAIM


def direction_rows(item: Item, view: Sequence[Sentence], annotation: Annotation) -> Iterator[Row]:
    """Yield the areas that the gold claims, with their direction."""
    for at, sentence in enumerate(view):
        for measured in find_measures(sentence, annotation.tokens, view[at - 1] if at else None):
            for _, event in _same_area(item, sentence, measured):
                if event["area_direction"] is not None:
                    features = describe_direction(sentence, measured, view[:at], view[at + 1 :])
                    yield features, event["area_direction"]


def sum_rows(item: Item, view: Sequence[Sentence], annotation: Annotation) -> Iterator[Row]:
    """Yield the areas that the gold claims, with whether they are sums over a longer time."""
    for at, sentence in enumerate(view):
        fellows = find_measures(sentence, annotation.tokens, view[at - 1] if at else None)
        for measured in fellows:
            event = next((e for _, e in _same_area(item, sentence, measured)), None)
            if event is not None:
                setting = Setting(
                    measured=measured,
                    fellows=fellows,
                    sentence=sentence,
                    before=view[:at],
                    after=view[at + 1 :],
                    tokens=annotation.tokens,
                )
                yield describe_sum(setting), SUM if event["cumulative"] else PERIOD
