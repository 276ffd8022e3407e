"""Read the project's gold items and turn them into rows of features and labels."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from gazetteer.models import Place
from geo.events.areas import describe_area, measured
from geo.events.context import Annotation, Counted, Located, Sentence
from geo.events.link_features import describe_link
from geo.events.number_features import describe_number
from geo.events.place_features import describe_place, is_trigger
from geo.models import Document, Mention, Quantity, Resolution, Span

Item = dict[str, Any]
Row = tuple[list[str], str]
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


def place_rows(item: Item, view: Sequence[Sentence], annotation: Annotation) -> Iterator[Row]:
    """Yield each mention with the type of what happens there, or ``none``.

    A place whose event the gold pins on another mention of it is left out: either would do.
    """
    for at, sentence in enumerate(view):
        for place in sentence.places:
            own = _toponyms_at(item, place)
            types = [e["type"] for e in item["events"] if e["place"] in own]
            if not types and any(
                _same_point(item, i, e["place"]) for i in own for e in item["events"]
            ):
                continue
            label = types[0] if types else "none"
            yield describe_place(view, at, place, annotation.tokens), label


def occurrence_rows(item: Item, view: Sequence[Sentence], annotation: Annotation) -> Iterator[Row]:
    """Yield each mention with whether something happens there."""
    for features, label in place_rows(item, view, annotation):
        yield features, label if label == "none" else "event"


def type_rows(item: Item, view: Sequence[Sentence], annotation: Annotation) -> Iterator[Row]:
    """Yield the mentions at which something happens, with its type."""
    for features, label in place_rows(item, view, annotation):
        if label != "none":
            yield [feature for feature in features if is_trigger(feature)], label


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


def number_rows(item: Item, view: Sequence[Sentence], annotation: Annotation) -> Iterator[Row]:
    """Yield each number of the sentences that carry an event, with what it counts."""
    for sentence in view:
        events = _events_in(item, sentence)
        if not events:
            continue
        for count in sentence.counts:
            label = _role(count.quantity, events, [c.quantity for c in sentence.counts])
            yield describe_number(sentence, count, annotation.tokens), label


def _events_in(item: Item, sentence: Sentence) -> list[Item]:
    return [e for e in item["events"] if overlaps(e["evidence"], sentence.span)]


def _role(quantity: Quantity, events: Sequence[Item], all_of_them: Sequence[Quantity]) -> str:
    if quantity.qualifier == "zero":
        return _zero_role(events)
    value = quantity.best if quantity.best is not None else quantity.low
    for role in ("killed", "injured"):
        for event in events:
            vague = event[role] is None and quantity.best is None
            if value is not None and (event[f"{role}_low"] if vague else event[role]) == value:
                return role
    others = [q.best for q in all_of_them if q is not quantity and q.best]
    for role in ("killed", "injured"):
        if any(e[role] and _is_part(value or 0, others, e[role]) for e in events):
            return role
    return "none"


def _zero_role(events: Sequence[Item]) -> str:
    pairs = {(event["killed"], event["injured"]) for event in events}
    if (0, 0) in pairs:
        return "both"
    if any(killed == 0 for killed, _ in pairs):
        return "killed"
    return "injured" if any(injured == 0 for _, injured in pairs) else "none"


def _is_part(value: float, others: Sequence[float], total: float) -> bool:
    """Tell whether `value` and one or two of the others make `total`."""
    rest = total - value
    if not 0 < rest < total:
        return False
    return rest in others or any(
        rest - other in others[index + 1 :] for index, other in enumerate(others)
    )


def link_rows(item: Item, view: Sequence[Sentence], annotation: Annotation) -> Iterator[Row]:
    """Yield pairs of a number and a place of sentences with two events or more."""
    for sentence in view:
        hosts = [
            (place, event)
            for place in sentence.places
            for event in _events_in(item, sentence)
            if event["place"] in _toponyms_at(item, place)
        ]
        places = [place for place, _ in hosts]
        if len(set(map(id, places))) < 2 or len(places) != len(set(map(id, places))):
            continue
        for count in sentence.counts:
            own = [_belongs(count, event) for _, event in hosts]
            if sum(own) == 1:
                for place, belongs in zip(places, own, strict=True):
                    yield describe_link(sentence, count, place, places), "yes" if belongs else "no"


def _belongs(count: Counted, event: Item) -> bool:
    value = 0 if count.quantity.qualifier == "zero" else count.quantity.best
    return value is not None and value in (event["killed"], event["injured"], event["area_km2"])


def area_rows(
    item: Item, view: Sequence[Sentence], annotation: Annotation, what: str
) -> Iterator[Row]:
    """Yield areas with their direction, or with whether they are cumulative."""
    for at, sentence in enumerate(view):
        for count, factor in measured(sentence, annotation.tokens):
            value = (count.quantity.best or 0) * factor
            told = [
                e
                for e in _events_in(item, sentence)
                if e["area_km2"] is not None
                and abs(e["area_km2"] - value) <= max(0.05, 0.02 * value)
            ]
            features = describe_area(sentence, count, view[at - 1] if at else None)
            if what == "direction":
                yield features, (told[0]["area_direction"] or "none") if told else "none"
            elif told:
                yield features, "cumulative" if told[0]["cumulative"] else "period"
