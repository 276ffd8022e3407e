"""Fit ``geo/weights/mentions.json`` on marked texts, and show how well it generalises.

Run ``python -m tests.fits.fit_mentions`` (needs the dependency group ``fit``). The table is a
five-fold cross-validation: no item is in both halves. ``--check FILE`` measures on another file.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from gazetteer import Gazetteer, open_gazetteer
from geo.annotators.mentions import describe_all
from geo.annotators.sentences import find_sentences
from geo.annotators.tokens import find_tokens
from geo.languages import load_language
from tests.fits import gold
from tests.fits.fit_events import TRAIN, WEIGHTS
from tests.fits.fitting import to_loglinear, write_weights
from tests.fits.written import read_written
from tests.marked import read_marked_file

MARKED = TRAIN.parent / "mentions.train.txt"
STRENGTH = 0.3
WEIGHT_OF_MARKED = 0.6  # our marked texts are denser in traps than reports are
WEIGHT_OF_WRITTEN = 0.12  # written for events: a capital that speaks is not always marked so
RARE = 3


def rows_of(item: gold.Item, gazetteer: Gazetteer) -> Iterator[tuple[list[str], str, int]]:
    """Yield each spotted name with its label, and the number of the toponym it overlaps or -1."""
    text, pack = item["text"], load_language(item["lang"])
    tokens = find_tokens(text, pack)
    sentences = find_sentences(text, tokens, pack)
    described = describe_all(text, tokens, sentences, pack, gazetteer)
    spans = [(tokens[s.first].start, tokens[s.last].stop) for s, _ in described]
    owners = _owners(item["toponyms"], spans)
    for index, (_, features) in enumerate(described):
        owner = owners.get(index, -1)
        label = "none"
        if owner >= 0:
            toponym = item["toponyms"][owner]
            label = "place" if toponym["literal"] else toponym["role"]
        yield features, label, owner


def _owners(toponyms: Sequence[gold.Item], spans: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Pair spans with toponyms one to one, best overlap first."""
    pairs = []
    for number, toponym in enumerate(toponyms):
        for index, (start, stop) in enumerate(spans):
            common = min(stop, toponym["end"]) - max(start, toponym["start"])
            if common > 0:
                whole = max(stop, toponym["end"]) - min(start, toponym["start"])
                pairs.append((-common / whole, number, index))
    taken: dict[int, int] = {}
    seen: set[int] = set()
    for _, number, index in sorted(pairs):
        if number not in seen and index not in taken:
            taken[index] = number
            seen.add(number)
    return taken


def decide(chances: np.ndarray, classes: Sequence[str]) -> list[str]:
    """Decide as ``geo.annotators.mentions`` does."""
    from geo.annotators.mentions import choose_label

    return [choose_label(dict(zip(classes, row, strict=True))) for row in chances]


def figures(
    items: Sequence[gold.Item], owners: dict[str, list[tuple[int, str]]]
) -> dict[str, tuple[float, ...]]:
    """Return literal P, R, F1, all F1 and flag accuracy by language, as ``score.py`` counts."""
    counts: dict[str, Counter[str]] = {}
    for item in items:
        count = _count(item["toponyms"], owners.get(item["id"], []))
        for name in ("all", item["lang"]):
            counts.setdefault(name, Counter()).update(count)
    return {name: _figures(count) for name, count in sorted(counts.items())}


def _count(toponyms: Sequence[Any], found: Sequence[tuple[int, str]]) -> Counter[str]:
    count: Counter[str] = Counter()
    count["gold"], count["gold literal"] = len(toponyms), sum(t["literal"] for t in toponyms)
    for owner, label in found:
        if label == "none":
            continue
        literal = label == "place"
        count["found"] += 1
        if owner < 0:
            count["found literal"] += literal
            continue
        count["hit"] += 1
        count["flag"] += literal == toponyms[owner]["literal"]
        if toponyms[owner]["literal"]:
            count["found literal"] += literal
            count["hit literal"] += literal
    return count


def _figures(count: Counter[str]) -> tuple[float, ...]:
    def f1(hit: str, found: str, of: str) -> tuple[float, float, float]:
        precision = count[hit] / max(1, count[found])
        recall = count[hit] / max(1, count[of])
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)

    literal = f1("hit literal", "found literal", "gold literal")
    every = f1("hit", "found", "gold")
    return (*literal, every[2], count["flag"] / max(1, count["hit"]))


def show(title: str, table: dict[str, tuple[float, ...]]) -> None:
    """Print figures by language."""
    print(f"{title}\n{'':>6}      P      R     F1    all   flag")
    for name, row in table.items():
        print(f"{name:>6}  " + "  ".join(f"{figure:.3f}" for figure in row))


def _weight(group: str) -> float:
    starts = {MARKED.name: WEIGHT_OF_MARKED, "written": WEIGHT_OF_WRITTEN}
    return next((weight for start, weight in starts.items() if group.startswith(start)), 1.0)


class Table:
    """Hold the rows of some items."""

    def __init__(self, items: Sequence[gold.Item], gazetteer: Gazetteer) -> None:
        self.items = items
        rows = [(item["id"], *row) for item in items for row in rows_of(item, gazetteer)]
        self.groups = [row[0] for row in rows]
        self.features = [dict.fromkeys(row[1], 1) for row in rows]
        self.labels = np.array([row[2] for row in rows])
        self.owners = [row[3] for row in rows]
        self.weights = np.array([_weight(group) for group in self.groups])

    def measure(self, labels: Sequence[str], start: str = "") -> dict[str, tuple[float, ...]]:
        """Return the figures that some labels would give, of items whose id starts so."""
        owners: dict[str, list[tuple[int, str]]] = {}
        for group, owner, label in zip(self.groups, self.owners, labels, strict=True):
            owners.setdefault(group, []).append((owner, label))
        return figures([i for i in self.items if i["id"].startswith(start)], owners)


def main() -> None:
    """Cross-validate, check on another file, fit on all and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", type=Path)
    parser.add_argument("--strength", type=float, default=STRENGTH)
    parser.add_argument("--only-train", action="store_true", help="leave our marked texts out")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args()
    gazetteer = open_gazetteer()
    ours = [] if options.only_train else [*read_marked_file(MARKED), *read_written()]
    items = [*gold.read_items(TRAIN), *ours]
    table = Table(items, gazetteer)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(table.features)
    common = np.asarray((matrix > 0).sum(axis=0)).ravel() >= RARE
    matrix, names = matrix[:, common], vectorizer.get_feature_names_out()[common]
    print(f"{matrix.shape[0]} rows, {matrix.shape[1]} features")
    predicted: list[str] = [""] * len(table.labels)
    for fitted, held in GroupKFold(5).split(matrix, table.labels, table.groups):
        model = LogisticRegression(C=options.strength, max_iter=3000)
        model.fit(matrix[fitted], table.labels[fitted], sample_weight=table.weights[fitted])
        labels = decide(model.predict_proba(matrix[held]), model.classes_)
        for row, label in zip(held, labels, strict=True):
            predicted[row] = label
    show("cross-validation", table.measure(predicted))
    if not options.only_train:
        show("  of which our marked texts", table.measure(predicted, MARKED.name))
        show("  of which the texts written for events", table.measure(predicted, "written"))
        show("  of which the gold items", table.measure(predicted, "t-"))
    model = LogisticRegression(C=options.strength, max_iter=3000)
    model.fit(matrix, table.labels, sample_weight=table.weights)
    if options.check:
        other = Table(gold.read_items(options.check), gazetteer)
        seen = vectorizer.transform(other.features)[:, common]
        show(options.check.name, other.measure(decide(model.predict_proba(seen), model.classes_)))
    if not options.dry:
        learnt = to_loglinear(model, names)
        write_weights(WEIGHTS / "mentions.json", learnt, "tests/fits/fit_mentions.py")


if __name__ == "__main__":
    main()
