"""Fit the weights by which resolution ranks candidates: a conditional logit with "none".

``python -m tests.fits.fit_candidates`` (needs the dependency group ``fit``) fits on the project's
own items; ``--public FOLDER --share 0.5`` adds that share of the public sets' documents, chosen
by a hash of their id, and prints the accuracy on the rest. The features of a mention depend on
how the others are read, so the fit is repeated with the weights of the round before.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from gazetteer import Gazetteer, open_gazetteer
from gazetteer.distance import distance_km
from gazetteer.models import Place
from geo.annotators.mentions import find_mentions
from geo.annotators.sentences import find_sentences
from geo.annotators.tokens import find_tokens
from geo.languages import load_language
from geo.models import Document, Mention
from geo.resolution.candidates import kind_of
from geo.resolution.choices import find_choice
from geo.resolution.columns import forget_tables
from geo.resolution.given import mentions_at
from geo.resolution.in_context import read_mentions
from geo.resolution.resolve import with_forms
from geo.resolution.weights import forget_weights
from tests.fits import gold
from tests.fits.measure_resolution import RIGHT_KM, in_fold, overlapping, tolerance_km
from tests.resolution.heard_cases import is_fitted, read_cases

HERE = Path(__file__).parent
TRAIN = HERE.parent / "data" / "train.jsonl.gz"
WEIGHTS = HERE.parents[1] / "geo" / "weights" / "candidates.json"
OWN = frozenset({"own", "heard"})  # the project's items, and names spelt by other habits
AREAL = frozenset({"country", "admin1", "admin2", "region", "water", "continent"})
RARE = 4
SLIGHT = 0.01


class Choice(NamedTuple):
    """Hold one mention: the features of each option (the last is "none"), the right ones."""

    item: str
    options: list[list[str]]
    right: list[bool]


def gold_choices(items: Sequence[gold.Item], gazetteer: Gazetteer) -> Iterator[Choice]:
    """Yield the choices of our own mentions that overlap a gold toponym, and of the gold spans."""
    for item in items:
        document = gold.document_of(item)
        pack = load_language(item["lang"])
        tokens = find_tokens(document.text, pack)
        sentences = find_sentences(document.text, tokens, pack)
        own = find_mentions(document.text, tokens, sentences, pack, gazetteer)
        pairs = overlapping(item["toponyms"], [mention.span for mention in own])
        golds = {own[other].span: item["toponyms"][one] for one, other in pairs}
        yield from choices(document, own, tokens, pack, gazetteer, golds, gold_right)


def public_choices(path: Path, gazetteer: Gazetteer) -> Iterator[Choice]:
    """Yield the choices of a public set's given spans."""
    pack = load_language("en")
    for record in gold.read_items(path):
        text = record["text"]
        tokens = find_tokens(text, pack)
        sentences = find_sentences(text, tokens, pack)
        given = mentions_at(text, tokens, sentences, pack, gazetteer, record["toponyms"])
        golds = {
            mention.span: toponym
            for mention, toponym in zip(given, record["toponyms"], strict=True)
            if toponym["lat"] is not None
        }
        document = Document(id=record["id"], text=text, language="en")
        yield from choices(document, given, tokens, pack, gazetteer, golds, public_right)


def choices(
    document: Document,
    mentions: Sequence[Mention],
    tokens: Any,
    pack: Any,
    gazetteer: Gazetteer,
    golds: dict[Any, dict[str, Any]],
    is_right: Any,
) -> Iterator[Choice]:
    """Yield the choices of the mentions whose gold is known."""
    mentions = [with_forms(mention, pack) for mention in mentions]
    reading = read_mentions(document, mentions, tokens, gazetteer, pack)
    if reading is None:
        return
    for position, number in enumerate(reading.numbers):
        toponym = golds.get(mentions[number].span)
        if toponym is None:
            continue
        found = reading.ranking.slate.choices[position].candidates
        right = is_right([candidate.place for candidate in found], toponym)
        options = reading.ranking.features(position)
        yield Choice(document.id, options, [*right, not any(right)])


def gold_right(places: Sequence[Place], toponym: dict[str, Any]) -> list[bool]:
    """Tell which places are meant: within the tolerance, of the kind if any of the kind is."""
    near = [_km(place, toponym) <= tolerance_km(toponym) for place in places]
    areal = toponym["kind"] in AREAL
    alike = [
        close and (kind_of(place) in AREAL) == areal
        for close, place in zip(near, places, strict=True)
    ]
    return alike if any(alike) else near


def public_right(places: Sequence[Place], toponym: dict[str, Any]) -> list[bool]:
    """Tell which places are meant: by the GeoNames id if one has it, else within 161 km."""
    same = [
        bool(toponym["geonameid"]) and str(place.geonameid) == str(toponym["geonameid"])
        for place in places
    ]
    return same if any(same) else [_km(place, toponym) <= RIGHT_KM for place in places]


def _km(place: Place, toponym: dict[str, Any]) -> float:
    if place.lon is None or place.lat is None:
        return float("inf")
    return distance_km(toponym["lon"], toponym["lat"], place.lon, place.lat)


class Design(NamedTuple):
    """Hold choices as a sparse matrix: a row an option, with where each choice begins."""

    matrix: csr_matrix
    starts: np.ndarray
    owner: np.ndarray
    right: np.ndarray
    weight: np.ndarray


def design(found: Sequence[Choice], columns: dict[str, int], weight: np.ndarray) -> Design:
    """Return the matrix of the features that `columns` numbers."""
    indptr, indices, starts, owner = [0], [], [], []
    for number, choice in enumerate(found):
        starts.append(len(indptr) - 1)
        for features in choice.options:
            indices += [columns[f] for f in dict.fromkeys(features) if f in columns]
            indptr.append(len(indices))
            owner.append(number)
    data = np.ones(len(indices))
    matrix = csr_matrix((data, indices, indptr), shape=(len(indptr) - 1, len(columns)))
    right = np.concatenate([choice.right for choice in found]).astype(bool)
    return Design(matrix, np.array(starts), np.array(owner), right, weight)


def fit(found: Design, strength: float, kept: np.ndarray | None = None) -> np.ndarray:
    """Return the weights of highest likelihood, with a Gaussian prior of variance `strength`.

    What is a number in `kept` stays that; what is ``nan`` there is fitted.
    """
    base = np.zeros(found.matrix.shape[1]) if kept is None else np.nan_to_num(kept)
    free = np.ones(len(base)) if kept is None else np.isnan(kept).astype(float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        weights = weights * free
        chances = softmax(found, base + weights)
        hit = np.add.reduceat(chances * found.right, found.starts).clip(1e-12)
        wanted = chances * found.right / hit[found.owner]
        slope = found.matrix.T @ ((chances - wanted) * found.weight[found.owner])
        value = -(np.log(hit) * found.weight).sum() + (weights**2).sum() / (2 * strength)
        return value, slope * free + weights / strength

    start = np.zeros(len(base))
    found_at = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return base + found_at * free


def softmax(found: Design, weights: np.ndarray) -> np.ndarray:
    """Return the chance of each option within its choice."""
    scores = found.matrix @ weights
    top = np.maximum.reduceat(scores, found.starts)
    powers = np.exp(scores - top[found.owner])
    return powers / np.add.reduceat(powers, found.starts)[found.owner]


def accuracy(found: Sequence[Choice], design_: Design, weights: np.ndarray) -> float:
    """Return the share of choices whose likeliest candidate (never "none") is right."""
    chances = softmax(design_, weights)
    hits = 0
    for choice, start in zip(found, design_.starts, strict=True):
        best = int(np.argmax(chances[start : start + len(choice.options) - 1]))
        hits += choice.right[best]
    return hits / len(found)


def columns_of(
    found: Sequence[Choice], known: Collection[str] = (), only: Sequence[str] | None = None
) -> dict[str, int]:
    """Number the features that are seen in enough choices.

    With `only` words these are such as hold one, and all that are `known` and do not.
    """
    seen: dict[str, int] = {}
    for choice in found:
        for feature in {f for features in choice.options for f in features}:
            seen[feature] = seen.get(feature, 0) + 1
    enough = {f for f, n in seen.items() if n >= RARE}
    if only:
        enough = {f for f in enough if _holds(f, only)} | {f for f in known if not _holds(f, only)}
    return {f: i for i, f in enumerate(sorted(enough))}


def _holds(feature: str, words: Sequence[str]) -> bool:
    return any(word in feature for word in words)


def main() -> None:
    """Fit the weights, print how well they generalise, and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=TRAIN)
    parser.add_argument("--public", type=Path)
    parser.add_argument("--share", type=float, default=0.5)
    parser.add_argument("--public-weight", type=float, default=0.5)
    parser.add_argument("--strength", type=float, default=0.3)
    parser.add_argument("--only", nargs="*", help="fit what holds these words, keep the others")
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    gazetteer = open_gazetteer()
    for number in range(options.rounds):
        own = list(gold_choices(gold.read_items(options.gold), gazetteer))
        heard = read_cases(gazetteer)
        fitted = [item for number, item in enumerate(heard) if is_fitted(number)]
        sets = {"own": own, "heard": list(gold_choices(fitted, gazetteer))}
        for name in ("lgl", "geovirus") if options.public else ():
            path = options.public / f"{name}.jsonl"
            sets[name] = list(public_choices(path, gazetteer))
        print(f"round {number + 1}")
        learn(sets, options)


def learn(sets: dict[str, list[Choice]], options: argparse.Namespace) -> None:
    """Fit on the own items and the public fold; report what was held out; write the weights."""
    strength, share = options.strength, options.share
    fold = {
        name: found if name in OWN else [c for c in found if in_fold(c.item, share)]
        for name, found in sets.items()
    }
    used = [choice for found in fold.values() for choice in found]
    weight = np.concatenate(
        [np.full(len(f), 1.0 if name in OWN else options.public_weight) for name, f in fold.items()]
    )
    known = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"] if options.only else {}
    columns = columns_of(used, known, options.only)
    kept = None
    if options.only:
        kept = np.array([np.nan if _holds(f, options.only) else known[f] for f in columns])
    cross_validate(sets["own"], used, weight, columns, strength, kept)
    weights = fit(design(used, columns, weight), strength, kept)
    for name, found in sets.items():
        rest = [c for c in found if not in_fold(c.item, share)] if name not in OWN else []
        for what, these in (("all", found), ("held out", rest)):
            if these:
                hit = accuracy(these, design(these, columns, np.ones(len(these))), weights)
                best = sum(any(c.right[:-1]) for c in these) / len(these)
                print(f"  {name} {what}: {hit:.4f} of {len(these)}, best possible {best:.4f}")
    write(weights, columns, options)
    forget_weights()
    forget_tables()
    find_choice.cache_clear()


def cross_validate(
    own: Sequence[Choice],
    used: Sequence[Choice],
    weight: np.ndarray,
    columns: dict[str, int],
    strength: float,
    kept: np.ndarray | None,
) -> None:
    """Print the accuracy on the own items, each fifth judged by a fit without it."""
    hits = 0.0
    for part in range(5):
        inside = np.array([zlib.crc32(c.item.encode()) % 5 == part for c in used])
        rest = [c for c, held in zip(used, inside, strict=True) if not held]
        judged = [c for c in own if zlib.crc32(c.item.encode()) % 5 == part]
        weights = fit(design(rest, columns, weight[~inside]), strength, kept)
        judged_design = design(judged, columns, np.ones(len(judged)))
        hits += accuracy(judged, judged_design, weights) * len(judged)
    print(f"  own, five-fold: {hits / len(own):.4f} of {len(own)}")


def write(weights: np.ndarray, columns: dict[str, int], options: argparse.Namespace) -> None:
    """Write the weights as sorted JSON, one a line, slight ones left out."""
    kept = {f: round(float(weights[i]), 3) for f, i in columns.items() if abs(weights[i]) >= SLIGHT}
    lines = ",\n".join(f"{json.dumps(f)}: {w}" for f, w in sorted(kept.items()))
    made = "Made by tests/fits/fit_candidates.py from tests/data/train.jsonl.gz, heard.txt"
    if options.public and options.share:
        made += f" and {options.share:.0%} of the documents of LGL and GeoVirus"
    WEIGHTS.write_text(f'{{"made": "{made}",\n"weights": {{\n{lines}\n}}}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
