"""Fit the weights by which events are dated: a conditional logit with "no date".

``python -m tests.fits.fit_dates`` (needs the dependency group ``fit``) prints an eight-fold
cross-validation in which no item is in both halves, then writes ``geo/weights/dates.json``.
Events that the gold leaves undated count a third: many lie beside a date that a reader would
take for theirs, and the gold is silent to be safe.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.model_selection import GroupKFold

from geo.events.context import Annotation, Sentence
from geo.events.rival_dates import Dated, Occasion
from geo.events.timing import find_dates
from geo.events.timing_features import TimingFeatures
from geo.events.view import view_sentences
from tests.fits import gold
from tests.fits.fit_candidates import Choice, columns_of, design, fit, softmax
from tests.fits.fit_events import TRAIN, WEIGHTS, annotations

SLIGHT = 0.01
FOLDS = 8


class Dating(NamedTuple):
    """Hold one gold event: its options (the last is "no date") and the dates behind them."""

    choice: Choice
    dates: Sequence[Dated]
    event: dict[str, Any]


def datings(item: gold.Item, annotation: Annotation) -> Iterator[Dating]:
    """Yield the gold events of an item with all dates of its text."""
    view = view_sentences(annotation)
    dates = find_dates(view, annotation.tokens, annotation.document.published)
    features = TimingFeatures(view, dates)
    for event in item["events"]:
        occasion = occasion_of(item, view, event)
        if occasion is None:
            continue
        options = [features.describe(occasion, number) for number in range(len(dates))]
        options.append(features.describe_no_date(occasion))
        right = [is_date_of(event, dated) for dated in dates]
        yield Dating(Choice(item["id"], options, [*right, is_undated(event)]), dates, event)


def occasion_of(
    item: gold.Item, view: Sequence[Sentence], event: dict[str, Any]
) -> Occasion | None:
    """Return a gold event as our stages would tell it: the sentence that names its place first."""
    told = [at for at, s in enumerate(view) if gold.overlaps(event["evidence"], s.span)]
    if not told:
        return None
    named = [
        (at, place)
        for at in told
        for place in view[at].places
        if event["place"] in gold._toponyms_at(item, place)
    ]
    main, place = named[0] if named else (told[0], None)
    others = [at for at in told if at != main]
    return Occasion(told_in=(main, *others), place=place, cumulative=event["cumulative"])


def is_date_of(event: dict[str, Any], dated: Dated) -> bool:
    """Tell whether a date is the gold's; of a cumulative figure only the beginning is stated."""
    start, end = (_iso(day) for day in (dated.interval.start, dated.interval.end))
    if event["cumulative"]:
        return start is not None and start == event["date_start"]
    return not is_undated(event) and (start, end) == (event["date_start"], event["date_end"])


def is_undated(event: dict[str, Any]) -> bool:
    """Tell whether the gold gives no date, or no beginning of a cumulative figure."""
    return event["date_start"] is None and (event["date_end"] is None or event["cumulative"])


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def chosen(dating: Dating, chances: np.ndarray) -> tuple[str | None, str | None]:
    """Return the likeliest days; dates that name the same days add their chances."""
    totals: Counter[tuple[str | None, str | None]] = Counter()
    for dated, chance in zip(dating.dates, chances[:-1], strict=True):
        totals[_iso(dated.interval.start), _iso(dated.interval.end)] += float(chance)
    best = max(totals, key=lambda days: totals[days], default=(None, None))
    return best if totals[best] > chances[-1] else (None, None)


def report(found: Sequence[Dating], days: Sequence[tuple[str | None, str | None]]) -> None:
    """Print how many events get the gold's days, those with a date and those without apart."""
    hits: Counter[tuple[str, bool]] = Counter()
    for dating, (start, end) in zip(found, days, strict=True):
        event = dating.event
        if event["cumulative"]:
            hits["beginning of a cumulative figure", start == event["date_start"]] += 1
        else:
            kind = "undated" if is_undated(event) else "dated"
            hits[kind, (start, end) == (event["date_start"], event["date_end"])] += 1
    for kind in sorted({kind for kind, _ in hits}):
        right, count = hits[kind, True], hits[kind, True] + hits[kind, False]
        print(f"  {kind:<34} {right / count:.3f} of {count}")


def main() -> None:
    """Fit, print how well the weights generalise, write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=TRAIN)
    parser.add_argument("--mentions", choices=["own", "gold", "both"], default="both")
    parser.add_argument("--strength", type=float, default=0.25)
    parser.add_argument("--undated", type=float, default=0.35, help="weight of undated events")
    options = parser.parse_args()
    pairs = annotations(options.gold, options.mentions)
    found = [d for item, annotation in pairs for d in datings(item, annotation)]
    # What no option answers teaches nothing.
    weight = np.array(
        [options.undated if d.choice.right[-1] else float(any(d.choice.right)) for d in found]
    )
    columns = columns_of([d.choice for d in found])
    cross_validate(found, weight, columns, options.strength)
    weights = fit(design([d.choice for d in found], columns, weight), options.strength)
    print("fitted on all of them")
    report(found, choose_days(found, columns, weights))
    write(weights, columns)


def cross_validate(
    found: Sequence[Dating], weight: np.ndarray, columns: dict[str, int], strength: float
) -> None:
    """Print the figures of events judged by a fit that has not seen their item."""
    days: list[tuple[str | None, str | None]] = [(None, None)] * len(found)
    groups = [d.choice.item for d in found]
    for rest, held in GroupKFold(FOLDS).split(groups, groups=groups):
        weights = fit(design([found[i].choice for i in rest], columns, weight[rest]), strength)
        judged = choose_days([found[i] for i in held], columns, weights)
        for index, answer in zip(held, judged, strict=True):
            days[index] = answer
    print(f"{FOLDS}-fold cross-validation, {len(columns)} features")
    report(found, days)


def choose_days(
    found: Sequence[Dating], columns: dict[str, int], weights: np.ndarray
) -> list[tuple[str | None, str | None]]:
    """Return the days that weights choose for each event."""
    choices = [d.choice for d in found]
    laid = design(choices, columns, np.ones(len(found)))
    chances = softmax(laid, weights)
    return [
        chosen(dating, chances[start : start + len(dating.choice.options)])
        for dating, start in zip(found, laid.starts, strict=True)
    ]


def write(weights: np.ndarray, columns: dict[str, int]) -> None:
    """Write the weights as sorted JSON, one a line, slight ones left out."""
    kept = {f: round(float(weights[i]), 3) for f, i in columns.items() if abs(weights[i]) > SLIGHT}
    lines = ",\n".join(f"{json.dumps(f)}: {w}" for f, w in sorted(kept.items()))
    made = "Made by tests/fits/fit_dates.py from tests/data/train.jsonl.gz"
    (WEIGHTS / "dates.json").write_text(
        f'{{"made": "{made}",\n"weights": {{\n{lines}\n}}}}\n', encoding="utf-8"
    )


if __name__ == "__main__":
    main()
