"""A network adds up what its features say, through a hidden layer and past it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.network import Network, from_arrays, load_network, plain_network, to_arrays

CLASSES = ("none", "killed", "injured")
NAMES = ("a", "b", "c")
UNITS = 2
WEIGHT = st.floats(-3, 3, width=16)
ITEMS = st.lists(st.lists(st.sampled_from([*NAMES, "unheard of"]), max_size=4), max_size=3)


@st.composite
def networks(draw):
    width = UNITS + len(CLASSES)
    rows = draw(arrays(float, (len(NAMES), width), elements=WEIGHT))
    return Network(
        classes=CLASSES,
        features={name: row for row, name in enumerate(NAMES)},
        weights=np.vstack([rows, np.zeros(width)]),
        start=draw(arrays(float, width, elements=WEIGHT)),
        outward=draw(arrays(float, (UNITS, len(CLASSES)), elements=WEIGHT)),
    )


def by_hand(network, item):
    """Return the totals of one item, feature by feature."""
    known = sorted(set(item) & set(NAMES))
    sums = network.start + sum((network.weights[network.features[n]] for n in known), np.zeros(5))
    return np.maximum(sums[:UNITS], 0) @ network.outward + sums[UNITS:]


@given(networks(), ITEMS)
def test_totals_are_those_by_hand(network, items):
    for found, item in zip(network.totals(items), items, strict=True):
        assert found == pytest.approx(by_hand(network, item))


@given(networks(), ITEMS)
def test_chances_are_those_of_all_classes(network, items):
    columns = [network.chances(items, name) for name in CLASSES]
    assert [sum(row) for row in zip(*columns, strict=True)] == pytest.approx([1.0] * len(items))


@given(networks(), st.lists(st.sampled_from(NAMES), min_size=1))
def test_shares_add_up_to_the_decision(network, item):
    """What is left is what all items start from, through the units that are awake."""
    (gains,) = network.gains([item], ["killed"], "none")
    totals = by_hand(network, item)
    awake = (network.start + network.weights[[network.features[n] for n in set(item)]].sum(0)) > 0
    outward = network.outward[:, 1] - network.outward[:, 0]
    start = (network.start[:UNITS] * awake[:UNITS]) @ outward
    start += network.start[UNITS + 1] - network.start[UNITS]
    assert sum(gains.values()) + start == pytest.approx(totals[1] - totals[0])


@given(networks(), ITEMS)
def test_a_network_is_the_same_when_it_is_read_again(network, items):
    again = from_arrays(to_arrays(network))
    assert again.totals(items) == network.totals(items)


def test_reasons_are_the_strongest_first_and_none_against():
    network = plain_network(("no", "yes"), {"rain": (0.0, 2.0), "sun": (1.0, 0.0), "fog": (0, 3)})
    assert network.reasons([["rain", "sun", "fog"]], ["yes"], "no") == [
        (("fog", 3.0), ("rain", 2.0))
    ]


def test_nothing_is_decided_of_nothing():
    network = load_network("links")
    assert (network.totals([]), network.gains([], [], "no")) == ([], [])
