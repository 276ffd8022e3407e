"""Fit networks along chains: maximum likelihood by Adam, in numpy, the same numbers each time.

The loss is that of a linear-chain conditional random field whose items are scored by a network
with one hidden layer; features and hidden units are dropped at random, so that none is relied on
alone (Srivastava et al. 2014, https://jmlr.org/papers/v15/srivastava14a.html), and weights decay
(Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101). Items without a label (``None``)
may be anything: the likelihood sums over all their classes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from geo.chain import Chain, chain_arrays
from geo.network import Network, to_arrays
from tests.fits.expectations import expect
from tests.fits.rows import Row, Sequenced

Floats = npt.NDArray[np.float32]
Weights = dict[str, Floats]
Wrong = Callable[["_Data", "_Batch", Floats, Floats], tuple[Floats, Floats]]
_RARE_ITEM, _RARE_JOINT = 3, 5
_NEVER = -1e9
_DECAYED = ("inward", "outward", "direct", "joints")
_MEMORY = (0.9, 0.999)  # of Adam, for slopes and their squares


class Settings(NamedTuple):
    """Say how a network is fitted: its size, how long, and how much is dropped and decays."""

    hidden: tuple[int, ...] = (48, 0)  # units of the networks whose scores are averaged
    rounds: int = 15
    rate: float = 3e-3
    decay: float = 0.03
    features_dropped: float = 0.1
    units_dropped: float = 0.3
    batch: int = 32


@dataclass(slots=True)
class _Data:
    """Hold all chains as one matrix of items and one of joints; `starts` tells chains apart."""

    names: dict[str, int]
    ties: dict[str, int]
    items: Any
    joints: Any
    starts: npt.NDArray[np.int64]
    allowed: Floats  # 0 for a class that an item may have, or minus much
    kinds: npt.NDArray[np.int64]

    @property
    def kind_count(self) -> int:
        return int(self.kinds.max()) + 1


class _Batch(NamedTuple):
    items: Any
    joints: Any
    allowed: Floats
    row: npt.NDArray[np.int64]  # of each item: its chain
    column: npt.NDArray[np.int64]  # and its place along it
    shape: tuple[int, int]

    def padded(self, values: Floats) -> Floats:
        found = np.zeros((*self.shape, values.shape[1]), np.float32)
        found[self.row, self.column] = values
        return found


def fit_chain(
    data: Sequence[Sequenced],
    classes: Sequence[str],
    kinds: Sequence[Sequence[int]],
    settings: Settings,
) -> Chain:
    """Fit a chain; ``kinds[i][j]`` is the kind of joint between neighbours of two classes."""
    table = _table(data, classes, np.array(kinds))
    weights = _fitted(table, settings, _along_chains)
    return Chain(
        items=_network(tuple(classes), table, weights),
        joints={name: tuple(map(float, weights["joints"][at])) for name, at in table.ties.items()},
        kinds=tuple(map(tuple, kinds)),
    )


def fit_choice(groups: Sequence[Sequence[Row]], settings: Settings) -> Network:
    """Fit a network to choices: of the rows of a group one is right ("yes"), or none."""
    told = [
        Sequenced(
            items=[f for f, _ in rows],
            joints=[[] for _ in rows[1:]],
            labels=[label for _, label in rows],
        )
        for rows in groups
    ]
    classes = ("no", "yes")
    table = _table(told, classes, np.zeros((2, 2), dtype=np.int64))
    return _network(classes, table, _fitted(table, settings, _among_choices))


def _fitted(data: _Data, settings: Settings, wrong_of: Wrong) -> Weights:
    seeds = range(len(settings.hidden))
    return _averaged([_fit(data, settings, seed, wrong_of) for seed in seeds])


def write_network(path: Path, model: Chain | Network) -> None:
    """Write a network or a chain as arrays: the same bytes for the same weights."""
    arrays = chain_arrays(model) if isinstance(model, Chain) else to_arrays(model)
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def _table(
    data: Sequence[Sequenced], classes: Sequence[str], kinds: npt.NDArray[np.int64]
) -> _Data:
    rows = [chain for chain in data if chain.items]
    names = _common((f for c in rows for item in c.items for f in set(item)), _RARE_ITEM)
    ties = _common((f for c in rows for joint in c.joints for f in set(joint)), _RARE_JOINT)
    labels = [label for chain in rows for label in chain.labels]
    allowed = np.zeros((len(labels), len(classes)), np.float32)
    for at, label in enumerate(labels):
        if label is not None:
            allowed[at] = _NEVER
            allowed[at, classes.index(label)] = 0.0
    return _Data(
        names=names,
        ties=ties,
        items=_matrix([item for chain in rows for item in chain.items], names),
        joints=_matrix([joint for chain in rows for joint in ([], *chain.joints)], ties),
        starts=np.cumsum([0, *(len(chain.items) for chain in rows)]),
        allowed=allowed,
        kinds=kinds,
    )


def _fit(data: _Data, settings: Settings, seed: int, wrong_of: Wrong) -> Weights:
    """Return the weights that Adam finds, with a rate that falls along a cosine.

    `wrong_of` tells by how much the scores of items and joints should be lower.
    """
    random = np.random.default_rng(seed)
    weights = _beginning(data, settings.hidden[seed], random)
    slopes = {name: np.zeros_like(part) for name, part in weights.items()}
    squares = {name: np.zeros_like(part) for name, part in weights.items()}
    batches = -(-(len(data.starts) - 1) // settings.batch)
    whole = settings.rounds * batches
    for step, batch in enumerate(_batches(data, settings, random), 1):
        rate = settings.rate * 0.5 * (1 + np.cos(np.pi * step / whole))
        fast, slow = (1 - share**step for share in _MEMORY)
        for name, slope in _slopes(data, batch, weights, settings, random, wrong_of).items():
            slopes[name] += (1 - _MEMORY[0]) * (slope - slopes[name])
            squares[name] += (1 - _MEMORY[1]) * (slope**2 - squares[name])
            move = slopes[name] / fast / (np.sqrt(squares[name] / slow) + 1e-8)
            decay = settings.decay * weights[name] if name in _DECAYED else 0.0
            weights[name] -= rate * (move + decay)
    return weights


def _beginning(data: _Data, hidden: int, random: np.random.Generator) -> Weights:
    count = data.allowed.shape[1]
    parts = {
        "inward": random.normal(0, 0.1, (len(data.names), hidden)),
        "offset": np.zeros(hidden),
        "outward": random.normal(0, max(hidden, 1) ** -0.5, (hidden, count)),
        "direct": np.zeros((len(data.names), count)),
        "base": np.zeros(count),
        "joints": np.zeros((len(data.ties), data.kind_count)),
    }
    return {name: part.astype(np.float32) for name, part in parts.items()}


def _batches(data: _Data, settings: Settings, random: np.random.Generator) -> Iterator[_Batch]:
    count = len(data.starts) - 1
    for _ in range(settings.rounds):
        order = random.permutation(count)
        for at in range(0, count, settings.batch):
            chosen = order[at : at + settings.batch]
            lengths = data.starts[chosen + 1] - data.starts[chosen]
            spans = [np.arange(data.starts[i], data.starts[i + 1]) for i in chosen]
            rows = np.concatenate(spans)
            yield _Batch(
                items=data.items[rows],
                joints=data.joints[rows],
                allowed=data.allowed[rows],
                row=np.repeat(np.arange(len(chosen)), lengths),
                column=np.concatenate([np.arange(length) for length in lengths]),
                shape=(len(chosen), int(lengths.max())),
            )


def _slopes(
    data: _Data,
    batch: _Batch,
    weights: Weights,
    settings: Settings,
    random: np.random.Generator,
    wrong_of: Wrong,
) -> Weights:
    """Return the slope of the loss of a batch along each weight."""
    items = batch.items
    items.data = items.data * _kept(items.data.shape, settings.features_dropped, random)
    before = items @ weights["inward"] + weights["offset"]
    kept = _kept(before.shape, settings.units_dropped, random)
    hidden = np.maximum(before, 0) * kept
    scores = hidden @ weights["outward"] + weights["base"] + items @ weights["direct"]
    wrong, joint = wrong_of(data, batch, scores, batch.joints @ weights["joints"])
    behind = (wrong @ weights["outward"].T) * kept * (before > 0)
    return {
        "inward": items.T @ behind,
        "offset": behind.sum(0),
        "outward": hidden.T @ wrong,
        "direct": items.T @ wrong,
        "base": wrong.sum(0),
        "joints": batch.joints.T @ joint,
    }


def _along_chains(
    data: _Data, batch: _Batch, scores: Floats, steps: Floats
) -> tuple[Floats, Floats]:
    """Compare what chains expect by the weights alone with what they expect given the labels."""
    padded, joined = batch.padded(scores), batch.padded(steps)[:, :, data.kinds]
    mask = np.zeros(batch.shape, dtype=bool)
    mask[batch.row, batch.column] = True
    free = expect(padded, joined, mask, data.kinds)
    told = expect(padded + batch.padded(batch.allowed), joined, mask, data.kinds)
    where = batch.row, batch.column
    wrong = (free.classes - told.classes)[where] / batch.shape[0]
    return wrong, (free.kinds - told.kinds)[where] / batch.shape[0]


def _among_choices(
    data: _Data, batch: _Batch, scores: Floats, steps: Floats
) -> tuple[Floats, Floats]:
    """Compare how likely each item of a group is chosen with how likely it is given the labels.

    None of them may be right: that scores 0.
    """
    count = batch.shape[0]
    free = _chosen(scores[:, 1], batch.row, np.zeros(count))
    right = batch.allowed[:, 1] == 0.0
    has_right = np.bincount(batch.row, right, count) > 0
    told = _chosen(scores[:, 1] + batch.allowed[:, 1], batch.row, np.where(has_right, _NEVER, 0.0))
    wrong = np.zeros_like(scores)
    wrong[:, 1] = (free - told) / count
    return wrong, np.zeros_like(steps)


def _chosen(
    scores: Floats, row: npt.NDArray[np.int64], none: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return the chance of each item of its group, `none` being the score of no item."""
    top = none.copy()
    np.maximum.at(top, row, scores)
    raised = np.exp(scores - top[row])
    whole = np.bincount(row, raised, len(none)) + np.exp(none - top)
    found: npt.NDArray[np.float64] = raised / whole[row]
    return found


def _kept(shape: tuple[int, ...], dropped: float, random: np.random.Generator) -> Floats:
    """Return 0 for what is dropped, and for the rest what makes up for it."""
    kept: Floats = (random.random(shape, dtype=np.float32) >= dropped) / np.float32(1 - dropped)
    return kept


def _averaged(fitted: Sequence[Weights]) -> Weights:
    """Return one network whose scores are the mean of those of several."""
    count = len(fitted)
    joined = {
        "inward": np.concatenate([weights["inward"] for weights in fitted], axis=1),
        "offset": np.concatenate([weights["offset"] for weights in fitted]),
        "outward": np.concatenate([weights["outward"] for weights in fitted]) / count,
    }
    means = {
        name: np.mean([weights[name] for weights in fitted], axis=0)
        for name in ("direct", "base", "joints")
    }
    return {**joined, **means}


def _network(classes: tuple[str, ...], data: _Data, weights: Weights) -> Network:
    """Return the network in the precision that it is kept in."""
    rows = np.hstack([weights["inward"], weights["direct"]]).astype(np.float16)
    start = np.concatenate([weights["offset"], weights["base"]]).astype(np.float16)
    return Network(
        classes=classes,
        features=data.names,
        weights=np.vstack([rows, np.zeros(rows.shape[1])]).astype(np.float64),
        start=start.astype(np.float64),
        outward=weights["outward"].astype(np.float16).astype(np.float64),
    )


def _common(features: Iterable[str], rare: int) -> dict[str, int]:
    counts = Counter(features)
    return {name: at for at, name in enumerate(sorted(n for n, c in counts.items() if c >= rare))}


def _matrix(items: Sequence[Sequence[str]], names: dict[str, int]) -> Any:
    rows = [sorted({names[feature] for feature in item if feature in names}) for item in items]
    columns = np.array([column for row in rows for column in row], dtype=np.int32)
    ends = np.cumsum([0, *map(len, rows)])
    return csr_matrix((np.ones(len(columns), np.float32), columns, ends), (len(rows), len(names)))
