"""Fit the weights of ``geo/weights`` on the gold items, and show how well they generalise.

Run ``python -m tests.fits.fit_events`` (needs the dependency group ``fit``). Each table is a
five-fold cross-validation in which no item is in both halves.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from gazetteer import open_gazetteer
from geo.events.context import Annotation, Sentence, view_sentences
from geo.pipeline import annotate
from tests.fits import gold

HERE = Path(__file__).parent
TRAIN = HERE.parent / "data" / "train.jsonl.gz"
WEIGHTS = HERE.parents[1] / "geo" / "weights"
Rows = Callable[[gold.Item, Sequence[Sentence], Annotation], Iterator[gold.Row]]
MODELS: dict[str, tuple[Rows, float]] = {
    "places": (gold.occurrence_rows, 0.1),
    "types": (gold.type_rows, 0.3),
    "numbers": (gold.number_rows, 0.5),
    "links": (gold.link_rows, 0.5),
    "area_direction": (partial(gold.area_rows, what="direction"), 0.5),
    "area_cumulative": (partial(gold.area_rows, what="cumulative"), 0.5),
}
RARE = 3
SLIGHT = 0.02


def annotations(path: Path, mentions: str) -> list[tuple[gold.Item, Annotation]]:
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


def fit(name: str, rows: Sequence[gold.Row], groups: Sequence[str], strength: float) -> None:
    """Fit one model, print its cross-validation, write its weights."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(features, 1) for features, _ in rows])
    labels = np.array([label for _, label in rows])
    common = np.asarray((matrix > 0).sum(axis=0)).ravel() >= RARE
    matrix = matrix[:, common]
    names = vectorizer.get_feature_names_out()[common]
    model = LogisticRegression(C=strength, max_iter=5000)
    predicted = cross_val_predict(model, matrix, labels, groups=groups, cv=GroupKFold(5))
    report(name, predicted, labels)
    model.fit(matrix, labels)
    write_weights(WEIGHTS / f"{name}.json", model, names)


def report(name: str, predicted: np.ndarray, labels: np.ndarray) -> None:
    """Print precision and recall of each class."""
    print(f"{name}: accuracy {(predicted == labels).mean():.3f} of {len(labels)}")
    for label in sorted(set(labels)):
        hits = ((predicted == label) & (labels == label)).sum()
        precision = hits / max(1, (predicted == label).sum())
        count = (labels == label).sum()
        print(f"  {label:<28} P {precision:.3f}  R {hits / count:.3f}  n {count}")


def write_weights(
    path: Path,
    model: LogisticRegression,
    names: Sequence[str],
    maker: str = "tests/fits/fit_events.py",
) -> None:
    """Write a model as sorted JSON, one feature a line, slight weights left out."""
    rows, intercept = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        rows, intercept = np.vstack([-rows[0], rows[0]]) / 2, np.array([-1, 1]) * intercept[0] / 2
    weights = {name: rows[:, index] for index, name in enumerate(names)}
    weights["bias"] = weights.get("bias", np.zeros(len(intercept))) + intercept
    kept = {
        name: [round(float(weight), 3) for weight in row]
        for name, row in sorted(weights.items())
        if np.abs(row).max() >= SLIGHT
    }
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in kept.items())
    made = f"Made by {maker} from tests/data/train.jsonl.gz"
    classes = json.dumps(list(map(str, model.classes_)))
    path.write_text(
        f'{{"made": "{made}",\n"classes": {classes},\n"weights": {{\n{lines}\n}}}}\n',
        encoding="utf-8",
    )


def main() -> None:
    """Fit all models, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", default=list(MODELS))
    parser.add_argument("--gold", type=Path, default=TRAIN)
    parser.add_argument("--mentions", choices=["own", "gold", "both"], default="both")
    options = parser.parse_args()
    annotated = annotations(options.gold, options.mentions)
    for name in options.models:
        make_rows, strength = MODELS[name]
        rows: list[gold.Row] = []
        groups: list[str] = []
        for item, annotation in annotated:
            made = list(make_rows(item, view_sentences(annotation), annotation))
            rows += made
            groups += [item["id"]] * len(made)
        fit(name, rows, groups, strength)


if __name__ == "__main__":
    main()
