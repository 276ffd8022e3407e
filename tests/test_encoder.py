"""An encoder reads tokens in their order; how a text is cut into stretches changes nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.encoder import (
    FINENESS,
    HEADS,
    LOOKS,
    REACH,
    SENTENCES,
    STEPS,
    Asked,
    Encoder,
    encoder_arrays,
    encoder_of,
    load_encoder,
)

NAMES = ("killed", "place", "number", "w:town")
CLASSES = (("none", "shelling"), ("none", "killed", "injured"))
SIZE = 8
BUCKETS = int(np.floor(np.log2(REACH + 1.0) * FINENESS)) + 1


def made_up(seed=0):
    """Return an encoder with random weights, which keep their values in half precision."""
    random = np.random.default_rng(seed)

    def drawn(*shape):
        return random.normal(0, 0.5, shape).astype(np.float16).astype(np.float32)

    parts = {"kinds": drawn(2, SIZE), "tie": drawn(SIZE, SIZE), "untied": drawn(SIZE)}
    parts["table"] = np.vstack([drawn(len(NAMES), SIZE), np.zeros((1, SIZE), np.float32)])
    for layer in range(len(STEPS)):
        parts[f"joined{layer}"], parts[f"joined_start{layer}"] = drawn(3 * SIZE, SIZE), drawn(SIZE)
        parts[f"even{layer}"] = drawn(SIZE)
    for look in range(LOOKS):
        parts[f"question{look}"], parts[f"taken{look}"] = drawn(SIZE, SIZE), drawn(SIZE, SIZE)
        parts[f"memory{look}"], parts[f"inner{look}"] = drawn(SIZE, 2 * SIZE), drawn(SIZE, 2 * SIZE)
        parts[f"outer{look}"], parts[f"distance{look}"] = (
            drawn(2 * SIZE, SIZE),
            drawn(HEADS, 2 * BUCKETS),
        )
        parts[f"turn{look}"] = drawn(HEADS, 2 * SENTENCES + 1)
        parts[f"even_seen{look}"], parts[f"even_thought{look}"] = drawn(SIZE), drawn(SIZE)
    for kind, names in enumerate(CLASSES):
        parts[f"answer{kind}"], parts[f"answer_start{kind}"] = (
            drawn(SIZE, len(names)),
            drawn(len(names)),
        )
    return Encoder(
        features={name: row for row, name in enumerate(NAMES)}, classes=CLASSES, parts=parts
    )


def text_of(length, seed=1):
    random = np.random.default_rng(seed)
    tokens = [[name for name in NAMES if random.random() < 0.4] for _ in range(length)]
    return tokens, sorted(random.integers(0, length // 10 + 1, length).tolist())


def test_far_questions_are_answered_as_if_alone():
    tokens, sentences = text_of(900)
    asked = [Asked(5, 6, 0), Asked(300, 300, 1), Asked(310, 311, 0), Asked(880, 880, 1)]
    together = made_up().read(tokens, sentences, asked)
    alone = [made_up().read(tokens, sentences, [one])[0] for one in asked]
    assert together == pytest.approx(np.array(alone), abs=1e-4)


def test_many_questions_are_answered_as_few():
    tokens, sentences = text_of(120)
    asked = [Asked(at, at, at % 2) for at in range(0, 120, 2)]
    together = made_up().read(tokens, sentences, asked)
    alone = [made_up().read(tokens, sentences, [one])[0] for one in asked]
    assert together == pytest.approx(np.array(alone), abs=1e-4)


@settings(max_examples=30)
@given(st.integers(0, 139), st.integers(0, 139))
def test_words_within_reach_alone_are_heard(at, asked_at):
    """A change of a word farther off than attention and convolutions reach changes nothing."""
    tokens, sentences = text_of(140)
    changed = [*tokens]
    changed[at] = ["killed", "w:town"] if tokens[at] != ["killed", "w:town"] else ["place"]
    asked = [Asked(asked_at, asked_at, 0)]
    one, other = (made_up().read(words, sentences, asked) for words in (tokens, changed))
    if abs(at - asked_at) > REACH + sum(STEPS):
        assert one == pytest.approx(other)
    elif abs(at - asked_at) <= 1:
        assert one != pytest.approx(other)


def test_the_order_of_words_matters():
    tokens = [["killed"], ["place"], [], ["number"]]
    asked = [Asked(1, 1, 0)]
    one = made_up().read(tokens, [0] * 4, asked)
    other = made_up().read([tokens[n] for n in (3, 1, 2, 0)], [0] * 4, asked)
    assert one != pytest.approx(other)


def test_features_that_are_unheard_of_say_nothing():
    asked = [Asked(0, 0, 0)]
    one = made_up().read([["killed", "unheard of"]], [0], asked)
    assert one == pytest.approx(made_up().read([["killed"]], [0], asked))


def test_nothing_asked_is_nothing_answered():
    encoder = made_up()
    assert encoder.read([["killed"]], [0], []).shape == (0, SIZE)
    assert encoder.read([], [], []).shape == (0, SIZE)


def test_chances_of_an_answer_add_up_and_ties_are_one_for_each_pair():
    tokens, sentences = text_of(40)
    encoder = made_up()
    rows = encoder.read(tokens, sentences, [Asked(3, 3, 0), Asked(9, 9, 0), Asked(20, 20, 1)])
    for kind, names in enumerate(CLASSES):
        chances = np.exp(encoder.chances(rows, kind))
        assert chances.shape == (3, len(names))
        assert chances.sum(1) == pytest.approx(np.ones(3), abs=1e-5)
    assert encoder.ties(rows[2:], rows[:2]).shape == (1, 2)


def test_arrays_bring_back_the_same_encoder():
    encoder = made_up()
    arrays = encoder_arrays(encoder)
    again = encoder_of(arrays)
    assert again.features == encoder.features
    assert again.classes == encoder.classes
    assert all((again.parts[name] == part).all() for name, part in encoder.parts.items())


def test_the_shipped_encoder_has_an_answer_for_every_question():
    encoder = load_encoder("order")
    assert [names[0] for names in encoder.classes] == ["none"] * 3
    assert set(encoder.classes[1]) == {"none", "killed", "injured", "both"}
    assert all(np.isfinite(part).all() for part in encoder.parts.values())
