"""Fit log-linear decisions on rows of features and labels, and write their weights."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from geo.loglinear import LogLinear
from tests.fits.rows import Row

RARE = 3
SLIGHT = 0.02


def fit(rows: Sequence[Row], strength: float) -> LogLinear:
    """Fit one decision."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(features, 1) for features, _ in rows])
    labels = np.array([label for _, label in rows])
    common = np.asarray((matrix > 0).sum(axis=0)).ravel() >= RARE
    names = vectorizer.get_feature_names_out()[common]
    model = LogisticRegression(C=strength, max_iter=5000).fit(matrix[:, common], labels)
    return to_loglinear(model, names)


def to_loglinear(model: LogisticRegression, names: Sequence[str]) -> LogLinear:
    """Return what a regression learnt as the records that weigh at run time, slight weights out."""
    weights, intercept = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        weights = np.vstack([-weights[0], weights[0]]) / 2
        intercept = np.array([-1, 1]) * intercept[0] / 2
    table = {name: weights[:, index] for index, name in enumerate(names)}
    table["bias"] = table.get("bias", np.zeros(len(intercept))) + intercept
    return LogLinear(
        classes=tuple(map(str, model.classes_)),
        weights={
            name: tuple(round(float(weight), 3) for weight in row)
            for name, row in sorted(table.items())
            if np.abs(row).max() >= SLIGHT
        },
    )


def write_weights(path: Path, model: LogLinear, maker: str = "tests/fits/fit_events.py") -> None:
    """Write a model as sorted JSON, one feature a line."""
    lines = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(list(row))}" for name, row in model.weights.items()
    )
    made = f"Made by {maker} from tests/data/train.jsonl.gz"
    classes = json.dumps(list(model.classes))
    path.write_text(
        f'{{"made": "{made}",\n"classes": {classes},\n"weights": {{\n{lines}\n}}}}\n',
        encoding="utf-8",
    )
