"""Fit the weights of ``geo/weights`` on the gold items and the texts written for them.

Run ``python -m tests.fits.fit_events`` (needs the dependency group ``fit``; about two minutes, with
``--areas`` half of one). How well they generalise is what ``tests/fits/cross_validate.py`` prints.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import get_args

from gazetteer import open_gazetteer
from geo.chain import Chain
from geo.events.context import Annotation, Located, Sentence
from geo.events.occurrences import NOTHING, describe_places
from geo.events.place_features import PlaceFeatures
from geo.events.view import view_sentences
from geo.loglinear import LogLinear
from geo.models import EventType
from geo.network import Network
from geo.pipeline import annotate
from tests.fits import gold
from tests.fits.alignment import Scorer, by_distance, by_model
from tests.fits.chain_fitting import Settings, fit_chain, fit_choice, write_network
from tests.fits.fitting import fit, write_weights
from tests.fits.toll_rows import toll_rows
from tests.fits.written import read_written

HERE = Path(__file__).parent
TRAIN = HERE.parent / "data" / "train.jsonl.gz"
WEIGHTS = HERE.parents[1] / "geo" / "weights"
STRENGTHS = {
    "places": 0.1,  # one by one, for the links; what is shipped is a chain
    "numbers": 0.15,  # alike, to align figures with numbers
    "areas": 0.3,
    "directions": 0.1,
    "sums": 0.2,
    "tolls": 0.3,
    "flights": 0.08,
}
NETWORKS = {
    "places": Settings(hidden=(64, 64), rounds=9, decay=0.05, features_dropped=0.2),
    "numbers": Settings(hidden=(64, 0)),
    "links": Settings(hidden=(32, 0), rounds=12, decay=0.05),
    "grounds": Settings(hidden=(24, 24, 24), decay=0.1, features_dropped=0.3),
}
Models = dict[str, LogLinear | Chain | Network]
ROLES = ("none", "killed", "injured", "both")
ROUNDS = 2  # of aligning figures with numbers by the weights of the round before


@dataclass(slots=True, kw_only=True)
class Sample:
    """Hold a gold item as the event stages see it, with our own mentions or the gold's."""

    item: gold.Item
    annotation: Annotation
    view: tuple[Sentence, ...]
    chances: dict[int, float] = field(default_factory=dict)

    def weigh_places(self, model: LogLinear) -> None:
        """Take the chances of places that a fit on other items gives."""
        items, _ = describe_places(PlaceFeatures(self.view, self.annotation.tokens))
        places = [place for sentence in self.view for place in sentence.places]
        for place, features in zip(places, items, strict=True):
            self.chances[id(place)] = model.chance(features, "event")

    def chance_of(
        self, view: Sequence[Sentence], at: int, place: Located, annotation: Annotation
    ) -> float:
        """Return what a fit on other items thinks of a place."""
        return self.chances[id(place)]


def annotations(path: Path, mentions: str = "own") -> list[tuple[gold.Item, Annotation]]:
    """Annotate the gold items, with our own mentions or the gold's."""
    gazetteer = open_gazetteer()
    found = []
    for item in gold.read_items(path):
        annotation = annotate(gold.document_of(item), gazetteer)
        if mentions != "gold":
            found.append((item, annotation))
        if mentions != "own":
            found.append((item, replace(annotation, resolutions=gold.gold_resolutions(item))))
    return found


def read_samples(path: Path) -> list[tuple[Sample, Sample]]:
    """Annotate the gold items and the written texts; see :func:`both_ways`."""
    gazetteer = open_gazetteer()
    return [
        both_ways(item, annotate(gold.document_of(item), gazetteer))
        for item in (*gold.read_items(path), *read_written())
    ]


def both_ways(item: gold.Item, annotation: Annotation) -> tuple[Sample, Sample]:
    """Return an item with our own mentions, and with the gold's in their stead.

    Written texts have no coordinates: they come with our own mentions twice.
    """
    if item["id"].startswith("written"):
        sample = Sample(item=item, annotation=annotation, view=view_sentences(annotation))
        return sample, sample
    given = replace(annotation, resolutions=gold.gold_resolutions(item))
    return (
        Sample(item=item, annotation=annotation, view=view_sentences(annotation)),
        Sample(item=item, annotation=given, view=view_sentences(given)),
    )


def fit_all(samples: Sequence[tuple[Sample, Sample]]) -> Models:
    """Fit the decisions of the event stages, each on what those before it decide."""
    models = fit_areas(samples)
    flat = [sample for pair in samples for sample in pair]
    single = fit_numbers(flat)
    score = by_model(single, gold.describe_number)
    models |= {
        "numbers": _fit_number_chain([pair[0] for pair in samples], score),
        "places": _fit_place_chain(flat),
        "tolls": _fit_tolls([pair[0] for pair in samples], score),
        "flights": _fit_rows("flights", flat, gold.flight_rows),
    }
    choices = [
        rows
        for s in flat
        for rows in gold.link_choices(s.item, s.view, s.annotation, s.chance_of, score)
    ]
    models["links"] = fit_choice(choices, NETWORKS["links"])
    return models


def fit_areas(samples: Sequence[tuple[Sample, Sample]]) -> Models:
    """Fit what decides areas; on the way, each place gets the chance that others give it."""
    flat = [sample for pair in samples for sample in pair]
    models: Models = {
        "areas": _fit_rows("areas", flat, gold.area_rows),
        "directions": _fit_rows("directions", flat, gold.direction_rows),
        "sums": _fit_rows("sums", flat, gold.sum_rows),
    }
    halves = [[s for pair in samples[half::2] for s in pair] for half in (0, 1)]
    for own, others in (halves, halves[::-1]):
        model = _fit_rows("places", others, gold.occurrence_rows)
        for sample in own:
            sample.weigh_places(model)
    choices = [
        rows
        for s in flat
        for rows in gold.ground_choices(s.item, s.view, s.annotation, s.chance_of)
    ]
    models["grounds"] = fit_choice(choices, NETWORKS["grounds"])
    return models


def _fit_place_chain(samples: Sequence[Sample]) -> Chain:
    types = sorted(get_args(EventType))
    chains = [gold.place_chain(s.item, s.view, s.annotation) for s in samples]
    told = {label for chain in chains for label in chain.labels}
    classes = [NOTHING, *(name for name in types if name in told)]
    return fit_chain(chains, classes, _place_kinds(len(classes)), NETWORKS["places"])


def _place_kinds(size: int) -> list[list[int]]:
    """Tell neighbours apart by whether something happens at one, the other, or the same at both."""
    return [
        [
            (0 if not other else 1) if not one else 2 if not other else 3 if one == other else 4
            for other in range(size)
        ]
        for one in range(size)
    ]


def _fit_number_chain(samples: Sequence[Sample], score: Scorer) -> Chain:
    chains = [gold.number_chain(s.item, s.view, s.annotation, score) for s in samples]
    size = len(ROLES)
    kinds = [[one * size + other for other in range(size)] for one in range(size)]
    return fit_chain(chains, ROLES, kinds, NETWORKS["numbers"])


def _fit_rows(name: str, samples: Sequence[Sample], rows_of: gold.RowsOf) -> LogLinear:
    rows = [row for s in samples for row in rows_of(s.item, s.view, s.annotation)]
    return fit(rows, STRENGTHS[name])


def _fit_tolls(samples: Sequence[Sample], score: Scorer) -> LogLinear:
    rows = [row for s in samples for row in toll_rows(s.item, s.view, s.annotation, score)]
    return fit(rows, STRENGTHS["tolls"])


def fit_numbers(samples: Sequence[Sample]) -> LogLinear:
    score = by_distance
    for _ in range(ROUNDS):
        rows = [
            row for s in samples for row in gold.number_rows(s.item, s.view, s.annotation, score)
        ]
        model = fit(rows, STRENGTHS["numbers"])
        score = by_model(model, gold.describe_number)
    return model


def main() -> None:
    """Fit all models and write their weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=TRAIN)
    parser.add_argument("--areas", action="store_true", help="fit only what decides areas")
    options = parser.parse_args()
    fit_some = fit_areas if options.areas else fit_all
    for name, model in fit_some(read_samples(options.gold)).items():
        if isinstance(model, LogLinear):
            write_weights(WEIGHTS / f"{name}.json", model)
        else:
            write_network(WEIGHTS / f"{name}.npz", model)
        print(name)


if __name__ == "__main__":
    main()
