"""Read each gold item with weights fitted on the others, and score the reading.

Run ``python -m tests.fits.cross_validate`` (needs the dependency group ``fit``; half an hour
with three folds). It prints the figures with the gold's places given, then with our own.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from geo.chain import load_chain
from geo.encoder import Encoder, load_encoder
from geo.evaluation import Figure, Match, add_figures, measure_item
from geo.evaluation.records import to_item
from geo.events.assembly import assemble_events
from geo.exporters.scoring import to_scored
from geo.loglinear import load_model
from geo.network import load_network
from tests.fits.fit_events import TRAIN, Models, Sample, fit_all, read_samples
from tests.fits.fit_order import NAME as ORDER
from tests.fits.fit_order import fit_order

FOLDS = 3
SHOWN = (
    "events (kind tolerance)",
    "items without event left empty",
    "type, matched",
    "date exact, matched and dated",
    "END TO END (place, killed, injured)",
    "END TO END (place, area, direction, cumulative)",
)


@contextmanager
def fitted(models: Models | dict[str, Encoder]) -> Iterator[None]:
    """Let the stages of ``geo.events`` use `models` where they load what is shipped."""
    stages = [m for name, m in sys.modules.items() if name.startswith("geo.events.")]
    patches = [
        patch.object(stage, loader.__name__, lambda name, old=loader: models.get(name) or old(name))
        for stage in stages
        for loader in (load_model, load_network, load_chain, load_encoder)
        if hasattr(stage, loader.__name__)
    ]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def predict(sample: Sample) -> dict[str, Any]:
    """Read one item with the models in use, as ``score.py`` wants it."""
    annotation = sample.annotation
    events = assemble_events(annotation)
    return to_scored(sample.item["id"], events, annotation.resolutions)


def cross_validate(
    pairs: Sequence[tuple[Sample, Sample]], folds: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the readings with our own mentions and with the gold's, by the item's id."""
    gold = [n for n, pair in enumerate(pairs) if not pair[0].item["id"].startswith("written")]
    random.Random(0).shuffle(gold)
    own: dict[str, Any] = {}
    given: dict[str, Any] = {}
    for fold in range(folds):
        held = set(gold[fold::folds])
        others = [pair for n, pair in enumerate(pairs) if n not in held]
        with fitted({**fit_all(others), ORDER: fit_order(others)}):
            for number in sorted(held):
                for found, sample in zip((own, given), pairs[number], strict=True):
                    found[sample.item["id"]] = predict(sample)
    return own, given


def score(pairs: Sequence[tuple[Sample, Sample]], found: dict[str, Any]) -> dict[str, Figure]:
    """Return the figures of all items that were read."""
    items = [pair[0].item for pair in pairs if pair[0].item["id"] in found]
    return add_figures(
        measure_item(to_item(item, gold=True), to_item(found[item["id"]], gold=False)).figures
        for item in items
    )


def shown(figure: Figure) -> str:
    """Return a figure as one number with its cases."""
    if isinstance(figure, Match):
        return f"F1 {figure.f1:.3f}  P {figure.precision:.3f}  R {figure.recall:.3f}"
    return f"{figure.share or 0:.3f} of {figure.of}"


def main() -> None:
    """Cross-validate and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=FOLDS)
    options = parser.parse_args()
    pairs = read_samples(TRAIN)
    own, given = cross_validate(pairs, options.folds)
    for title, found in (("places given", given), ("own places", own)):
        figures = score(pairs, found)
        print(title)
        for name in SHOWN:
            print(f"  {name:<48} {shown(figures[name])}")


if __name__ == "__main__":
    main()
