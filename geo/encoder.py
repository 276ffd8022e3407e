"""Read words in their order: a small encoder of convolutions and attention, read from arrays.

Where :mod:`geo.network` weighs features that somebody thought of, an encoder sees the words and
concepts themselves, one behind the other. Each token starts as the sum of what its features stand
for; convolutions that reach farther and farther (Yu and Koltun 2016,
https://arxiv.org/abs/1511.07122) let it know its neighbours; what is asked about (a place, a
number) then looks for what matters to it among the tokens around, by attention (Vaswani et al.
2017, https://arxiv.org/abs/1706.03762). Only what is asked looks around, so the cost grows with
the length of a text and not with its square. The weights are fitted by
``tests/fits/fit_order.py``.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.network import as_text, from_text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Whole = npt.NDArray[np.int64]

REACH = 64  # tokens that attention looks back and ahead
STEPS = (1, 2, 4, 8)  # how far the neighbours lie that each convolution joins
LOOKS = 2  # how often what is asked looks around
HEADS = 4
SENTENCES = 3  # sentences back and ahead that are told apart
_BEYOND = sum(STEPS)  # tokens that a token hears of
FINENESS = 3.9  # steps of distance to a doubling of it
_TOGETHER, _APART = 32, 300  # questions that look around at once, and tokens between them
_BLOCK = 32  # rows that are multiplied at once
LEAST = 1e-5  # keeps a division finite, as in the fit
_NEVER = -1e9


class Asked(NamedTuple):
    """Name what is asked about: tokens ``first`` to ``last``, and of which kind it is."""

    first: int
    last: int
    kind: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Encoder:
    """Hold what features stand for, and the weights by which tokens and questions read them.

    ``features`` gives each feature its row in ``parts["table"]``; ``classes`` names, for each
    kind of question, the answers that it may have.
    """

    features: Mapping[str, int]
    classes: tuple[tuple[str, ...], ...]
    parts: Mapping[str, Floats]

    def read(
        self, tokens: Sequence[Sequence[str]], sentences: Sequence[int], asked: Sequence[Asked]
    ) -> Floats:
        """Return what is understood of each thing asked: a row of numbers for each.

        `tokens` are the features of each token, `sentences` the number of its sentence, never
        falling; `asked` stands in text order. Features without a row are ignored.
        """
        import numpy as np

        found = [
            self._looked(self._heard(tokens[begin:end]), np.array(sentences[begin:end]), near)
            for begin, end, near in _stretches(asked, len(tokens))
        ]
        return np.concatenate(found) if found else np.zeros((0, self._size), np.float32)

    def chances(self, understood: Floats, kind: int) -> Floats:
        """Return, for rows of :meth:`read`, the log of the chance of each answer of a kind."""
        import numpy as np

        scores = understood @ self.parts[f"answer{kind}"] + self.parts[f"answer_start{kind}"]
        scores -= scores.max(1, keepdims=True)
        logs: Floats = scores - np.log(np.exp(scores).sum(1, keepdims=True))
        return logs

    def ties(self, ones: Floats, others: Floats) -> Floats:
        """Return how well each of `ones` goes with each of `others`; that none does scores 0."""
        import numpy as np

        tied: Floats = ones @ self.parts["tie"] * np.float32(self._size**-0.5)
        scores: Floats = tied @ others.T - (ones @ self.parts["untied"])[:, None]
        return scores

    @property
    def _size(self) -> int:
        return int(self.parts["kinds"].shape[1])

    @cached_property
    def _distances(self) -> list[Floats]:
        """Return, for each look, what each distance in tokens adds, from far back to far ahead."""
        import numpy as np

        steps = np.arange(-REACH, REACH + 1)
        rows = np.floor(np.log2(np.abs(steps) + 1.0) * FINENESS).astype(int)
        rows += (steps < 0) * (self.parts["distance0"].shape[1] // 2)
        return [self.parts[f"distance{look}"][:, rows] for look in range(LOOKS)]

    def _heard(self, tokens: Sequence[Sequence[str]]) -> Floats:
        """Return what each token stands for, once it has heard of its neighbours."""
        import numpy as np

        known = self.features
        starts: list[int] = []
        rows: list[int] = []
        for features in tokens:
            starts.append(len(rows))
            rows += [known[feature] for feature in features if feature in known]
            rows.append(-1)
        x: Floats = np.add.reduceat(self.parts["table"].take(rows, axis=0), starts)
        size, farthest = len(x), max(STEPS)
        padded = np.zeros((size + 2 * farthest, x.shape[1]), np.float32)
        for layer, step in enumerate(STEPS):
            padded[farthest : farthest + size] = x
            joined = np.concatenate(
                [padded[farthest + d : farthest + d + size] for d in (-step, 0, step)], axis=1
            )
            said = _product(joined, self.parts[f"joined{layer}"])
            said += self.parts[f"joined_start{layer}"]
            x = _evened(x + said.clip(0.0), self.parts[f"even{layer}"])
        return x

    def _looked(self, heard: Floats, sentences: Whole, asked: Sequence[Asked]) -> Floats:
        """Return what is asked about, once it has looked around among the tokens."""
        import numpy as np

        firsts = np.array([a.first for a in asked])
        lasts = np.array([a.last for a in asked])
        z: Floats = (heard[firsts] + heard[lasts]) / 2
        z += self.parts["kinds"][[a.kind for a in asked]]
        apart = np.arange(len(heard)) - firsts[:, None]
        near = np.abs(apart) <= REACH
        at = np.clip(apart, -REACH, REACH) + REACH
        turns = np.clip(sentences - sentences[firsts][:, None], -SENTENCES, SENTENCES) + SENTENCES
        for look in range(LOOKS):
            bias = self._distances[look][:, at] + self.parts[f"turn{look}"][:, turns]
            seen = self._seen(look, z, heard, np.where(near, bias, _NEVER))
            z = _evened(z + seen, self.parts[f"even_seen{look}"])
            thought = (z @ self.parts[f"inner{look}"]).clip(0.0) @ self.parts[f"outer{look}"]
            z = _evened(z + thought, self.parts[f"even_thought{look}"])
        return z

    def _seen(self, look: int, z: Floats, heard: Floats, bias: Floats) -> Floats:
        """Return what each question takes from the tokens, by how much each matters to it."""
        import numpy as np

        width = self._size // HEADS
        questions = (z @ self.parts[f"question{look}"]).reshape(len(z), HEADS, width)
        memory = _product(heard, self.parts[f"memory{look}"]).reshape(len(heard), HEADS, 2 * width)
        keys, values = memory[..., :width], memory[..., width:]
        scores = questions.transpose(1, 0, 2) @ keys.transpose(1, 2, 0) / math.sqrt(width) + bias
        scores -= scores.max(-1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(-1, keepdims=True)
        taken = (shares @ values.transpose(1, 0, 2)).transpose(1, 0, 2).reshape(len(z), -1)
        seen: Floats = taken @ self.parts[f"taken{look}"]
        return seen


def _product(x: Floats, weights: Floats) -> Floats:
    """Return the product of many rows with weights, taken block by block.

    OpenBLAS gives a product of more than 2**18 multiplications to all cores (``interface/gemm.c``),
    which for these sizes then mostly wait for each other, at full cost. Blocks stay below that.
    """
    import numpy as np

    size = len(x)
    if size <= _BLOCK:
        whole: Floats = x @ weights
        return whole
    padded = np.zeros((-(-size // _BLOCK) * _BLOCK, x.shape[1]), np.float32)
    padded[:size] = x
    blocks: Floats = padded.reshape(-1, _BLOCK, x.shape[1]) @ weights
    return blocks.reshape(len(padded), -1)[:size]


def _stretches(asked: Sequence[Asked], size: int) -> Iterator[tuple[int, int, list[Asked]]]:
    """Yield stretches of tokens with the questions that lie in each, told from its beginning.

    A stretch reaches as far to both sides as a question can hear, so that cutting changes nothing.
    """
    margin = REACH + _BEYOND
    group: list[Asked] = []
    for one in (*asked, None):
        if group and (
            one is None or len(group) == _TOGETHER or one.first - group[0].first > _APART
        ):
            begin = max(0, min(a.first for a in group) - margin)
            end = min(size, max(a.last for a in group) + margin + 1)
            yield begin, end, [Asked(a.first - begin, a.last - begin, a.kind) for a in group]
            group = []
        if one is not None:
            group.append(one)


def _evened(x: Floats, scale: Floats) -> Floats:
    """Return rows of the same length, scaled (Zhang and Sennrich 2019, arXiv:1910.07467)."""
    import numpy as np

    squares = np.einsum("ij,ij->i", x, x)
    evened: Floats = x * (1.0 / np.sqrt(squares / x.shape[1] + LEAST))[:, None] * scale
    return evened


def encoder_arrays(encoder: Encoder) -> dict[str, Any]:
    """Take an encoder apart into the arrays that :func:`load_encoder` reads, in half precision."""
    import numpy as np

    return {
        "features": as_text(encoder.features),
        "classes": as_text(" ".join(names) for names in encoder.classes),
        "table": encoder.parts["table"][:-1].astype(np.float16),
        **{n: part.astype(np.float16) for n, part in encoder.parts.items() if n != "table"},
    }


def encoder_of(arrays: Mapping[str, Any]) -> Encoder:
    """Return the encoder that :func:`encoder_arrays` took apart."""
    import numpy as np

    parts = {n: a.astype(np.float32) for n, a in arrays.items() if n not in ("features", "classes")}
    parts["table"] = np.vstack([parts["table"], np.zeros(parts["table"].shape[1], np.float32)])
    return Encoder(
        features={name: row for row, name in enumerate(from_text(arrays["features"]))},
        classes=tuple(tuple(line.split(" ")) for line in from_text(arrays["classes"])),
        parts=parts,
    )


@lru_cache(maxsize=4)
def load_encoder(name: str) -> Encoder:
    """Read the encoder called `name` from ``geo/weights``."""
    import numpy as np

    file = resources.files("geo") / "weights" / f"{name}.npz"
    with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as arrays:
        return encoder_of(dict(arrays))
