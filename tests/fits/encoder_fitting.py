"""Fit an encoder of words in their order: maximum likelihood by Adam, in JAX.

The loss adds up, over all that is asked, the surprise at the right answer, and at the place that
a number belongs to. Features, words and units are dropped at random, so that none is relied on
alone. The same seed gives the same weights on the same machine.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax

from geo.encoder import FINENESS, HEADS, LEAST, LOOKS, REACH, SENTENCES, STEPS, Encoder
from geo.events.word_order import WORD

Array = Any
Parts = dict[str, Array]
_RARE = 3
_MOST_TOKENS, _MOST_FEATURES = 320, 18
_ROOM_TOKENS, _ROOM_ASKED = 64, 32  # lengths are filled up to these: each is compiled once
_NEVER = -1e9


class Read(NamedTuple):
    """Hold one text: features and sentence of each token, and what is asked of it.

    ``asked`` are first and last token and kind; ``labels`` the right answers, ``None`` unknown.
    ``owners`` gives, by the position of a question, the positions of the right owners, none of
    them or unknown (missing).
    """

    tokens: Sequence[Sequence[str]]
    sentences: Sequence[int]
    asked: Sequence[tuple[int, int, int]]
    labels: Sequence[str | None]
    owners: dict[int, list[int]]


class Settings(NamedTuple):
    """Say how an encoder is fitted: its size, how long, and how much is dropped and decays."""

    size: int = 48
    rounds: int = 12
    rate: float = 3e-3
    decay: float = 0.05
    units_dropped: float = 0.3
    words_dropped: float = 0.4
    features_dropped: float = 0.1
    batch: int = 16
    seed: int = 0
    owner_kind: int = 0  # of what owns numbers
    joined: float = 0.4  # share of texts that another one is put behind
    counts: float = 1.0  # how much an owner counts against an answer


class _Text(NamedTuple):
    rows: Array  # tokens x features
    words: Array  # which of them are words
    sentences: Array
    asked: Array  # first, last, kind
    answers: Array  # by kind, -1 unknown
    owners: Array  # asked x asked
    owned: Array  # which have a known owner, or none


def fit_encoder(
    texts: Sequence[Read], classes: Sequence[Sequence[str]], settings: Settings | None = None
) -> Encoder:
    """Fit an encoder; `classes` names the answers of each kind of question."""
    settings = settings or Settings()
    names = _common(texts)
    filled = [_text(read, names, classes) for read in texts if read.asked]
    parts = _beginning(len(names), classes, settings)
    steps = settings.rounds * (len(filled) // settings.batch)
    rate = optax.cosine_onecycle_schedule(steps, settings.rate, pct_start=0.1)
    descent = optax.chain(
        optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=settings.decay)
    )
    state = descent.init(parts)

    @jax.jit
    def step(parts: Parts, state: Any, batch: _Text, key: Array) -> tuple[Parts, Any, Array]:
        loss, slopes = jax.value_and_grad(partial(_loss, settings))(parts, batch, key)
        moves, state = descent.update(slopes, state, parts)
        return optax.apply_updates(parts, moves), state, loss

    key = jax.random.PRNGKey(settings.seed)
    for number, batch in enumerate(_batches(filled, settings)):
        key, one = jax.random.split(key)
        parts, state, loss = step(parts, state, batch, one)
        if number % 500 == 499:
            print(f"  {number + 1} of {steps}: {float(loss):.3f}", flush=True)
    return _encoder(parts, names, classes)


def _common(texts: Sequence[Read]) -> dict[str, int]:
    counts = Counter(f for text in texts for token in text.tokens for f in set(token))
    return {name: at for at, name in enumerate(sorted(n for n, c in counts.items() if c >= _RARE))}


def _text(read: Read, names: dict[str, int], classes: Sequence[Sequence[str]]) -> _Text:
    size = min(len(read.tokens), _MOST_TOKENS)
    asked = [(f, la, k) for f, la, k in read.asked if la < size]
    kept = [at for at, (_, la, _) in enumerate(read.asked) if la < size]
    rows = np.zeros((size, _MOST_FEATURES), np.int32)
    words = np.zeros((size, _MOST_FEATURES), bool)
    for at, token in enumerate(read.tokens[:size]):
        known = [f for f in token if f in names][:_MOST_FEATURES]
        rows[at, : len(known)] = [names[f] + 1 for f in known]
        words[at, : len(known)] = [f.startswith(WORD) for f in known]
    answers = np.full(len(asked), -1, np.int32)
    owners = np.zeros((len(asked), len(asked)), bool)
    owned = np.zeros(len(asked), bool)
    for at, was in enumerate(kept):
        label = read.labels[was]
        if label is not None:
            answers[at] = classes[asked[at][2]].index(label)
        if was in read.owners:
            owned[at] = True
            owners[at, [kept.index(o) for o in read.owners[was] if o in kept]] = True
    return _Text(
        rows, words, np.array(read.sentences[:size], np.int32),
        np.array(asked, np.int32).reshape(-1, 3), answers, owners, owned,
    )  # fmt: skip


def _batches(texts: Sequence[_Text], settings: Settings) -> Iterator[_Text]:
    """Yield texts of like length together, in random order."""
    chance = random.Random(settings.seed)
    size, pool = settings.batch, settings.batch * 16
    for _ in range(settings.rounds):
        order = list(range(len(texts)))
        chance.shuffle(order)
        shown = [
            _behind(text, chance.choice(texts)) if chance.random() < settings.joined else text
            for text in texts
        ]
        groups = []
        for begin in range(0, len(order), pool):
            like = sorted(order[begin : begin + pool], key=lambda at: len(shown[at].rows))
            groups += [like[at : at + size] for at in range(0, len(like), size)]
        chance.shuffle(groups)
        for group in groups:
            if len(group) == size:
                yield _filled([shown[at] for at in group])


def _behind(one: _Text, other: _Text) -> _Text:
    """Return two texts as one, the second behind the first."""
    size, asked = len(one.rows), len(one.asked)
    if size + len(other.rows) > _MOST_TOKENS:
        return one
    owners = np.zeros((asked + len(other.asked),) * 2, bool)
    owners[:asked, :asked] = one.owners
    owners[asked:, asked:] = other.owners
    return _Text(
        np.concatenate([one.rows, other.rows]),
        np.concatenate([one.words, other.words]),
        np.concatenate([one.sentences, other.sentences + one.sentences[-1] + 1]),
        np.concatenate([one.asked, other.asked + np.array([size, size, 0], np.int32)]),
        np.concatenate([one.answers, other.answers]),
        owners,
        np.concatenate([one.owned, other.owned]),
    )


def _filled(texts: Sequence[_Text]) -> _Text:
    """Return several texts as one, filled up to a common length."""
    tokens = _room(max(len(t.rows) for t in texts), _ROOM_TOKENS)
    asked = _room(max(len(t.asked) for t in texts), _ROOM_ASKED)
    shapes: dict[str, tuple[int, ...]] = {
        "rows": (tokens, _MOST_FEATURES), "words": (tokens, _MOST_FEATURES), "sentences": (tokens,),
        "asked": (asked, 3), "answers": (asked,), "owners": (asked, asked), "owned": (asked,),
    }  # fmt: skip
    empty = {"asked": -1, "answers": -1, "sentences": -1}
    return _Text(**{
        name: np.stack([_padded(getattr(t, name), shape, empty.get(name, 0)) for t in texts])
        for name, shape in shapes.items()
    })  # fmt: skip


def _padded(values: Array, shape: tuple[int, ...], fill: int) -> Array:
    found = np.full(shape, fill, values.dtype)
    found[tuple(slice(0, n) for n in values.shape)] = values
    return found


def _room(count: int, step: int) -> int:
    return -(-max(count, 1) // step) * step


def _beginning(rows: int, classes: Sequence[Sequence[str]], settings: Settings) -> Parts:
    size = settings.size
    keys = iter(jax.random.split(jax.random.PRNGKey(settings.seed + 1000), 99))

    def drawn(*shape: int, scale: float | None = None) -> Array:
        return jax.random.normal(next(keys), shape) * (scale or shape[0] ** -0.5)

    buckets = int(np.floor(np.log2(REACH + 1.0) * FINENESS)) + 1
    parts: Parts = {
        "table": drawn(rows, size, scale=0.1),
        "kinds": drawn(len(classes), size, scale=0.1),
        "tie": drawn(size, size),
        "untied": jnp.zeros(size),
    }
    for layer in range(len(STEPS)):
        parts[f"joined{layer}"] = drawn(3 * size, size)
        parts[f"joined_start{layer}"] = jnp.zeros(size)
        parts[f"even{layer}"] = jnp.ones(size)
    for look in range(LOOKS):
        parts[f"question{look}"] = drawn(size, size)
        parts[f"memory{look}"] = drawn(size, 2 * size)
        parts[f"taken{look}"] = drawn(size, size)
        parts[f"inner{look}"] = drawn(size, 2 * size)
        parts[f"outer{look}"] = drawn(2 * size, size)
        parts[f"distance{look}"] = jnp.zeros((HEADS, 2 * buckets))
        parts[f"turn{look}"] = jnp.zeros((HEADS, 2 * SENTENCES + 1))
        parts[f"even_seen{look}"] = jnp.ones(size)
        parts[f"even_thought{look}"] = jnp.ones(size)
    for kind, names in enumerate(classes):
        parts[f"answer{kind}"] = drawn(size, len(names), scale=0.1)
        parts[f"answer_start{kind}"] = jnp.zeros(len(names))
    return parts


def _loss(settings: Settings, parts: Parts, batch: _Text, key: Array) -> Array:
    z = _understood(settings, parts, batch, key)
    kinds = batch.asked[..., 2]
    total, count = 0.0, 0.0
    for kind in range(parts["kinds"].shape[0]):
        logs = jax.nn.log_softmax(z @ parts[f"answer{kind}"] + parts[f"answer_start{kind}"])
        told = (batch.answers >= 0) & (kinds == kind)
        right = jnp.take_along_axis(
            logs, jnp.clip(batch.answers, 0, logs.shape[-1] - 1)[..., None], -1
        )
        total -= (right[..., 0] * told).sum()
        count += told.sum()
    total += settings.counts * _owner_loss(settings, parts, batch, z)
    return total / jnp.maximum(count + settings.counts * batch.owned.sum(), 1)


def _owner_loss(settings: Settings, parts: Parts, batch: _Text, z: Array) -> Array:
    ties = jnp.einsum("bid,bjd->bij", z @ parts["tie"], z) / z.shape[-1] ** 0.5
    ties -= (z @ parts["untied"])[..., None]
    possible = batch.asked[..., 2] == settings.owner_kind
    ties = jnp.where(possible[:, None], ties, _NEVER)
    none = jnp.zeros((*ties.shape[:2], 1))
    whole = jax.nn.logsumexp(jnp.concatenate([ties, none], -1), -1)
    has = batch.owners.any(-1)
    right = jnp.concatenate(
        [jnp.where(batch.owners, ties, _NEVER), jnp.where(has[..., None], _NEVER, none)], -1
    )
    return ((whole - jax.nn.logsumexp(right, -1)) * batch.owned).sum()


def _understood(settings: Settings, parts: Parts, batch: _Text, key: Array) -> Array:
    """Do what :meth:`geo.encoder.Encoder.read` does, for several texts, dropping at random."""
    keys = iter(jax.random.split(key, 64))

    def kept(x: Array, dropped: float) -> Array:
        stays = jax.random.bernoulli(next(keys), 1 - dropped, x.shape)
        return jnp.where(stays, x / (1 - dropped), 0)

    shown = jax.random.bernoulli(next(keys), 1 - settings.features_dropped, batch.rows.shape)
    shown &= ~batch.words | jax.random.bernoulli(
        next(keys), 1 - settings.words_dropped, batch.rows.shape
    )
    shown &= batch.rows > 0
    x = (parts["table"][batch.rows - 1] * shown[..., None]).sum(2)
    real = (batch.sentences >= 0)[..., None]
    x = kept(x, settings.units_dropped / 2) * real
    size = x.shape[1]
    for layer, step in enumerate(STEPS):
        padded = jnp.pad(x, ((0, 0), (step, step), (0, 0)))
        joined = jnp.concatenate([padded[:, d : d + size] for d in (0, step, 2 * step)], -1)
        said = jax.nn.relu(joined @ parts[f"joined{layer}"] + parts[f"joined_start{layer}"])
        x = _evened(x + kept(said, settings.units_dropped), parts[f"even{layer}"]) * real
    return _looked(settings, parts, batch, x, kept)


def _looked(settings: Settings, parts: Parts, batch: _Text, x: Array, kept: Any) -> Array:
    firsts, lasts, kinds = batch.asked[..., 0], batch.asked[..., 1], batch.asked[..., 2]
    texts = jnp.arange(x.shape[0])[:, None]
    z = (x[texts, firsts] + x[texts, lasts]) / 2 + parts["kinds"][kinds]
    apart = jnp.arange(x.shape[1]) - firsts[..., None]
    near = (jnp.abs(apart) <= REACH) & (batch.sentences >= 0)[:, None]
    rows = jnp.floor(jnp.log2(jnp.abs(apart) + 1.0) * FINENESS).astype(int)
    half = parts["distance0"].shape[1] // 2
    rows = jnp.minimum(rows, half - 1) + (apart < 0) * half
    turns = batch.sentences[:, None] - batch.sentences[texts, firsts][..., None]
    turns = jnp.clip(turns, -SENTENCES, SENTENCES) + SENTENCES
    width = x.shape[-1] // HEADS
    for look in range(LOOKS):
        bias = jnp.moveaxis(parts[f"distance{look}"].T[rows] + parts[f"turn{look}"].T[turns], -1, 1)
        questions = (z @ parts[f"question{look}"]).reshape(*z.shape[:2], HEADS, width)
        memory = (x @ parts[f"memory{look}"]).reshape(*x.shape[:2], HEADS, 2 * width)
        keys, values = memory[..., :width], memory[..., width:]
        scores = jnp.einsum("bkhd,bthd->bhkt", questions, keys) / width**0.5 + bias
        shares = jax.nn.softmax(jnp.where(near[:, None], scores, _NEVER), -1)
        taken = jnp.einsum("bhkt,bthd->bkhd", shares, values).reshape(z.shape)
        z = _evened(z + kept(taken @ parts[f"taken{look}"], settings.units_dropped),
                    parts[f"even_seen{look}"])  # fmt: skip
        thought = jax.nn.relu(z @ parts[f"inner{look}"]) @ parts[f"outer{look}"]
        z = _evened(z + kept(thought, settings.units_dropped), parts[f"even_thought{look}"])
    return kept(z, settings.units_dropped)


def _evened(x: Array, scale: Array) -> Array:
    return x / jnp.sqrt((x * x).mean(-1, keepdims=True) + LEAST) * scale


def _encoder(parts: Parts, names: dict[str, int], classes: Sequence[Sequence[str]]) -> Encoder:
    """Return the encoder in the precision that it is kept in."""
    kept = {n: np.asarray(part).astype(np.float16).astype(np.float32) for n, part in parts.items()}
    kept["table"] = np.vstack([kept["table"], np.zeros(kept["table"].shape[1], np.float32)])
    return Encoder(features=names, classes=tuple(map(tuple, classes)), parts=kept)
