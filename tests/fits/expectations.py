"""Work out what a chain expects of its items: the forward-backward algorithm over many chains."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Expected(NamedTuple):
    """Hold the chances of the classes of each item, and of the kind of joint before it."""

    classes: Floats
    kinds: Floats


def expect(
    scores: Floats, steps: Floats, mask: npt.NDArray[np.bool_], kinds: npt.NDArray[np.int64]
) -> Expected:
    """Return the expectations of chains of at most one length.

    `scores` are chains x length x classes; `steps`, chains x length x classes x classes, lead
    into each item; `mask` tells items from what fills up a chain.

    >>> scores = np.log([[[1.0, 3.0]]]).astype(np.float32)
    >>> one = expect(scores, np.zeros((1, 1, 2, 2)), np.ones((1, 1), bool), np.zeros((2, 2), int))
    >>> one.classes.round(2).tolist()
    [[[0.25, 0.75]]]
    """
    count, length, _ = scores.shape
    ahead, behind = _forward(scores, steps, mask), _backward(scores, steps, mask)
    whole = _log_sum(ahead[:, -1], 1)
    classes = np.exp(ahead + behind - whole[:, None, None]) * mask[..., None]
    columns = np.eye(int(kinds.max()) + 1, dtype=np.float32)[kinds.ravel()]
    chances = np.zeros((count, length, columns.shape[1]), np.float32)
    for at in range(1, length):
        told = (scores[:, at] + behind[:, at])[:, None, :] - whole[:, None, None]
        pairs = np.exp(ahead[:, at - 1, :, None] + steps[:, at] + told)
        pairs *= mask[:, at, None, None]
        chances[:, at] = pairs.reshape(count, -1) @ columns
    return Expected(classes, chances)


def _forward(scores: Floats, steps: Floats, mask: npt.NDArray[np.bool_]) -> Floats:
    ahead = np.zeros_like(scores)
    ahead[:, 0] = scores[:, 0]
    for at in range(1, scores.shape[1]):
        onward = _log_sum(ahead[:, at - 1, :, None] + steps[:, at], 1) + scores[:, at]
        ahead[:, at] = np.where(mask[:, at, None], onward, ahead[:, at - 1])
    return ahead


def _backward(scores: Floats, steps: Floats, mask: npt.NDArray[np.bool_]) -> Floats:
    behind = np.zeros_like(scores)
    for at in range(scores.shape[1] - 2, -1, -1):
        told = (scores[:, at + 1] + behind[:, at + 1])[:, None, :]
        back = _log_sum(steps[:, at + 1] + told, 2)
        behind[:, at] = np.where(mask[:, at + 1, None], back, 0.0)
    return behind


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis, keepdims=True)
    whole: Floats = (top + np.log(np.exp(values - top).sum(axis, keepdims=True))).squeeze(axis)
    return whole
