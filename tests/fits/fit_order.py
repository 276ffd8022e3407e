"""Fit the encoder ``order`` on the gold items and the texts written for them.

Run ``python -m tests.fits.fit_order`` (needs the dependency group ``fit``; ten minutes). It
learns what happens at each place, what each number counts, which sentences tell of flight or
arrest, and which place a number or such a sentence belongs to, all from the same words.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import numpy as np

from geo.encoder import Encoder, encoder_arrays
from geo.events.context import Located
from geo.events.flight_features import FLIGHTS
from geo.events.occurrences import NOTHING
from geo.events.understanding import ASKED, NUMBER, PLACE, SENTENCE
from geo.events.word_order import describe_tokens, number_sentences
from geo.models import EventType
from tests.fits import gold
from tests.fits.alignment import Scorer, align, by_model
from tests.fits.encoder_fitting import Read, Settings, fit_encoder
from tests.fits.fit_events import ROLES, TRAIN, WEIGHTS, Sample, fit_numbers, read_samples

NAME = "order"
_CLASSES = ((NOTHING, *sorted(get_args(EventType))), ROLES, (NOTHING, *sorted(FLIGHTS)))


_GOLD_COUNTS = 2  # times a gold item is read as often as a written text: it is what is measured


def fit_order(
    samples: Sequence[tuple[Sample, Sample]], settings: Settings | None = None
) -> Encoder:
    """Fit the encoder; gold items are read with our own places and with the gold's."""
    gold_pairs = [pair for pair in samples if pair[0] is not pair[1]]
    samples = [*gold_pairs * (_GOLD_COUNTS - 1), *samples]
    score = by_model(fit_numbers([s for pair in samples for s in pair]), gold.describe_number)
    different = [s for one, other in samples for s in ((one,) if one is other else (one, other))]
    return fit_encoder([read_of(s, score) for s in different], _CLASSES, settings)


def read_of(sample: Sample, score: Scorer) -> Read:
    """Return a text as the encoder reads it, with the right answers."""
    item, view, annotation = sample.item, sample.view, sample.annotation
    places = [place for sentence in view for place in sentence.places]
    counts = [count for sentence in view for count in sentence.counts]
    answers = [label for *_, label in gold.labelled_places(item, view)]
    answers += gold.number_chain(item, view, annotation, score).labels
    asked: list[tuple[tuple[int, int, int], ASKED, str | None]] = [
        ((one.first, one.last, PLACE if isinstance(one, Located) else NUMBER), one, answer)
        for one, answer in zip((*places, *counts), answers, strict=True)
    ]
    flights = list(gold.flights(item, view))
    asked += [((s.first, s.stop - 1, SENTENCE), s, label) for s, label, _ in flights]
    asked.sort(key=lambda question: question[0])
    at = {id(one): n for n, (_, one, _) in enumerate(asked)}
    owners = {
        at[id(number.count)]: [
            at[id(place)]
            for place in places
            if any(gold.hosts(item, item["events"][index], place) for index, _ in number.owners)
        ]
        for number in align(item, view, annotation.tokens, score)
        if number.owners
    }
    for sentence, _, events in flights:
        if events:
            owners[at[id(sentence)]] = [
                at[id(place)]
                for place in places
                if any(gold.hosts(item, event, place) for event in events)
            ]
    return Read(
        tokens=describe_tokens(view, annotation.tokens),
        sentences=number_sentences(view),
        asked=[question for question, _, _ in asked],
        labels=[answer for _, _, answer in asked],
        owners=owners,
    )


def main() -> None:
    """Fit the encoder and write its weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=TRAIN)
    options = parser.parse_args()
    arrays = encoder_arrays(fit_order(read_samples(options.gold)))
    with (WEIGHTS / f"{NAME}.npz").open("wb") as file:
        np.savez_compressed(file, **arrays)


if __name__ == "__main__":
    main()
