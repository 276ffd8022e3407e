"""Fit linear chains: maximum likelihood with a Gaussian prior, by L-BFGS, in numpy.

Items without a label (``None``) may be anything: the likelihood sums over all their classes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from geo.chain import Chain
from geo.loglinear import LogLinear
from tests.fits.fitting import SLIGHT
from tests.fits.rows import Sequenced

Floats = npt.NDArray[np.float64]
_RARE_ITEM, _RARE_JOINT = 3, 5
_LENGTHS = (1, 2, 3, 4, 6, 8, 12, 20, 40, 100, 1000)
_ROUNDS = 150
_NEVER = -1e9


@dataclass(slots=True)
class _Batch:
    """Hold chains of about one length as matrices of features; `allowed` is 0 or minus much."""

    items: Any
    joints: Any
    mask: npt.NDArray[np.bool_]
    allowed: Floats


@dataclass(slots=True)
class _Problem:
    batches: list[_Batch]
    kinds: npt.NDArray[np.int64]
    sizes: tuple[int, int]
    strengths: tuple[float, float]

    def split(self, weights: Floats) -> tuple[Floats, Floats]:
        """Return the weights of items and of joints."""
        items, joints = self.sizes
        cut = items * len(self.kinds)
        return weights[:cut].reshape(items, -1), weights[cut:].reshape(joints, -1)

    def loss(self, weights: Floats) -> tuple[float, Floats]:
        """Return the negative log posterior and its gradient."""
        single, joint = self.split(weights)
        one, other = self.strengths
        loss = 0.5 / one * (single**2).sum() + 0.5 / other * (joint**2).sum()
        slopes = [single / one, joint / other]
        for batch in self.batches:
            free = self._expected(batch, single, joint, 0.0)
            told = self._expected(batch, single, joint, batch.allowed)
            loss -= (told[0] - free[0]).sum()
            slopes[0] = slopes[0] - batch.items.T @ _flat(told[1] - free[1])
            slopes[1] = slopes[1] - batch.joints.T @ _flat(told[2] - free[2])
        return float(loss), np.concatenate([slope.ravel() for slope in slopes])

    def _expected(
        self, batch: _Batch, single: Floats, joint: Floats, allowed: Floats | float
    ) -> tuple[Floats, Floats, Floats]:
        """Return log partition, class chances of items, and chances of the kinds of joints."""
        count, length = batch.mask.shape
        scores = (batch.items @ single).reshape(count, length, -1) + allowed
        steps = (batch.joints @ joint).reshape(count, length, -1)[:, :, self.kinds]
        ahead, behind = np.zeros_like(scores), np.zeros_like(scores)
        ahead[:, 0] = scores[:, 0]
        for at in range(1, length):
            onward = _log_sum(ahead[:, at - 1, :, None] + steps[:, at], 1) + scores[:, at]
            ahead[:, at] = np.where(batch.mask[:, at, None], onward, ahead[:, at - 1])
        for at in range(length - 2, -1, -1):
            told = (scores[:, at + 1] + behind[:, at + 1])[:, None, :]
            back = _log_sum(steps[:, at + 1] + told, 2)
            behind[:, at] = np.where(batch.mask[:, at + 1, None], back, 0.0)
        whole = _log_sum(ahead[:, -1], 1)
        classes = np.exp(ahead + behind - whole[:, None, None]) * batch.mask[..., None]
        columns = np.eye(int(self.kinds.max()) + 1)[self.kinds.ravel()]
        kinds = np.zeros((count, length, columns.shape[1]))
        for at in range(1, length):
            told = (scores[:, at] + behind[:, at])[:, None, :] - whole[:, None, None]
            pairs = np.exp(ahead[:, at - 1, :, None] + steps[:, at] + told)
            pairs *= batch.mask[:, at, None, None]
            kinds[:, at] = pairs.reshape(count, -1) @ columns
        return whole, classes, kinds


def fit_chain(
    data: Sequence[Sequenced],
    classes: Sequence[str],
    kinds: Sequence[Sequence[int]],
    strengths: tuple[float, float],
) -> Chain:
    """Fit a chain; `strengths` are the variances of the priors of items and of joints."""
    rows = [chain for chain in data if chain.items]
    names = _common((f for c in rows for item in c.items for f in set(item)), _RARE_ITEM)
    ties = _common((f for c in rows for joint in c.joints for f in set(joint)), _RARE_JOINT)
    by_length: dict[int, list[Sequenced]] = {}
    for chain in rows:
        size = next(length for length in _LENGTHS if length >= len(chain.items))
        by_length.setdefault(size, []).append(chain)
    problem = _Problem(
        batches=[
            _batch(chains, size, names, ties, classes) for size, chains in sorted(by_length.items())
        ],
        kinds=np.array(kinds),
        sizes=(len(names), len(ties)),
        strengths=strengths,
    )
    size = len(names) * len(classes) + len(ties) * (int(problem.kinds.max()) + 1)
    found = minimize(
        problem.loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS}
    )
    single, joint = problem.split(found.x)
    return Chain(
        items=LogLinear(classes=tuple(classes), weights=_table(names, single)),
        joints=_table(ties, joint),
        kinds=tuple(map(tuple, kinds)),
    )


def _common(features: Iterable[str], rare: int) -> dict[str, int]:
    counts = Counter(features)
    return {name: at for at, name in enumerate(sorted(n for n, c in counts.items() if c >= rare))}


def _batch(
    chains: Sequence[Sequenced],
    length: int,
    names: dict[str, int],
    ties: dict[str, int],
    classes: Sequence[str],
) -> _Batch:
    mask = np.zeros((len(chains), length), dtype=bool)
    allowed = np.zeros((len(chains), length, len(classes)))
    for row, chain in enumerate(chains):
        mask[row, : len(chain.items)] = True
        for at, label in enumerate(chain.labels):
            if label is not None:
                allowed[row, at] = _NEVER
                allowed[row, at, classes.index(label)] = 0.0
    return _Batch(
        items=_matrix([c.items for c in chains], length, names),
        joints=_matrix([[[], *c.joints] for c in chains], length, ties),
        mask=mask,
        allowed=allowed,
    )


def _matrix(chains: Sequence[Sequence[Sequence[str]]], length: int, names: dict[str, int]) -> Any:
    cells = [
        (row * length + at, names[feature])
        for row, chain in enumerate(chains)
        for at, features in enumerate(chain)
        for feature in sorted(set(features))
        if feature in names
    ]
    rows, columns = zip(*cells, strict=True) if cells else ((), ())
    shape = (len(chains) * length, len(names))
    return csr_matrix((np.ones(len(cells)), (rows, columns)), shape)


def _table(names: dict[str, int], weights: Floats) -> dict[str, tuple[float, ...]]:
    """Return the weights by feature, rounded, slight ones out."""
    return {
        name: tuple(round(float(weight), 3) for weight in weights[at])
        for name, at in names.items()
        if np.abs(weights[at]).max() >= SLIGHT
    }


def _flat(table: Floats) -> Floats:
    return table.reshape(-1, table.shape[-1])


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis, keepdims=True)
    whole: Floats = (top + np.log(np.exp(values - top).sum(axis, keepdims=True))).squeeze(axis)
    return whole


def write_chain(path: Path, chain: Chain) -> None:
    """Write a chain as sorted JSON, one feature a line."""
    tables = [
        ",\n".join(f"{json.dumps(name)}: {json.dumps(list(row))}" for name, row in table.items())
        for table in (chain.items.weights, chain.joints)
    ]
    path.write_text(
        '{"made": "Made by tests/fits/fit_events.py from tests/data/train.jsonl.gz",\n'
        f'"classes": {json.dumps(list(chain.classes))},\n'
        f'"kinds": {json.dumps([list(row) for row in chain.kinds])},\n'
        f'"weights": {{\n{tables[0]}\n}},\n"joints": {{\n{tables[1]}\n}}}}\n',
        encoding="utf-8",
    )
