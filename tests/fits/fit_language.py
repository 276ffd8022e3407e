"""Fit the weights that tell a text's language, and show how well they generalise.

Run ``python -m tests.fits.fit_language`` (needs the dependency group ``fit``). The texts are the
project's own: the gold items of train, the examples of the language packs, and what lies in
``tests/data/languages`` (one file a language, a paragraph a line).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from geo.readers.language import detect_language, trigrams
from tests.fits.fit_events import TRAIN, WEIGHTS
from tests.fits.fitting import to_loglinear, write_weights
from tests.fits.gold import read_items
from tests.languages.reading import all_examples

MAKER = "tests/fits/fit_language.py (examples in geo/languages, tests/data/languages)"
DATA = TRAIN.parent
RARE = 3
STRENGTH = 1.0


def texts() -> Iterator[tuple[str, str]]:
    """Yield texts with their language."""
    for item in read_items(TRAIN):
        yield item["lang"], item["text"]
    for code, example in all_examples():
        yield code, example["text"]
    for path in sorted((DATA / "languages").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield path.stem, line


def main() -> None:
    """Fit the model, print its cross-validation and its accuracy on dev, write its weights."""
    rows = list(texts())
    labels = np.array([code for code, _ in rows])
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(trigrams(text), 1) for _, text in rows])
    common = np.asarray((matrix > 0).sum(axis=0)).ravel() >= RARE
    matrix, names = matrix[:, common], vectorizer.get_feature_names_out()[common]
    model = LogisticRegression(C=STRENGTH, max_iter=5000, class_weight="balanced")
    told = cross_val_predict(model, matrix, labels, cv=5)
    print(f"five-fold: {(told == labels).sum()} of {len(labels)}")
    model.fit(matrix, labels)
    write_weights(WEIGHTS / "language.json", to_loglinear(model, names), MAKER)
    items = read_items(DATA / "dev.jsonl.gz")
    right = sum(detect_language(item["text"]) == item["lang"] for item in items)
    print(f"dev: {right} of {len(items)}")


if __name__ == "__main__":
    main()
