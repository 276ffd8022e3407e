"""A chain decides neighbours together: its chances are those of all labellings added up."""

from itertools import product
from math import exp, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.chain import Chain, load_chain
from geo.network import plain_network

CLASSES = ("none", "killed", "injured")
KINDS = ((0, 1, 1), (2, 3, 4), (2, 4, 3))
WEIGHT = st.floats(-3, 3)
NAMES = "abc"


def chain_of(items, joints):
    return Chain(items=plain_network(CLASSES, items), joints=joints, kinds=KINDS)


CHAINS = st.builds(
    chain_of,
    st.fixed_dictionaries({name: st.tuples(*[WEIGHT] * 3) for name in NAMES}),
    st.fixed_dictionaries({name: st.tuples(*[WEIGHT] * 5) for name in NAMES}),
)
FEATURES = st.lists(st.sampled_from([*NAMES, "unheard of"]), max_size=3)


def by_adding_up(chain, items, joints):
    """Return the chances of each item by going through every labelling."""
    sums = [[0.0] * len(CLASSES) for _ in items]
    for labels in product(range(len(CLASSES)), repeat=len(items)):
        singles = prod(
            exp(chain.items.totals([features])[0][label])
            for features, label in zip(items, labels, strict=True)
        )
        pairs = prod(
            exp(sum(chain.joints[f][KINDS[one][other]] for f in features if f in chain.joints))
            for features, one, other in zip(joints, labels, labels[1:], strict=False)
        )
        for at, label in enumerate(labels):
            sums[at][label] += singles * pairs
    return [dict(zip(CLASSES, [v / sum(row) for v in row], strict=True)) for row in sums]


@given(CHAINS, st.lists(FEATURES, min_size=1, max_size=4), st.data())
def test_chances_are_those_of_all_labellings(chain, items, data):
    joints = data.draw(st.lists(FEATURES, min_size=len(items) - 1, max_size=len(items) - 1))
    found = chain.probabilities(items, joints)
    wanted = by_adding_up(chain, items, joints)
    for one, other in zip(found, wanted, strict=True):
        assert one == pytest.approx(other)


def test_an_empty_chain_has_no_chances():
    assert load_chain("numbers").probabilities([], []) == []


def test_a_long_chain_neither_overflows_nor_vanishes():
    chain = chain_of({"a": (50.0, -50.0, 0.0)}, {"b": (50.0, -50.0, 0.0, 9.0, 9.0)})
    *_, last = chain.probabilities([["a"]] * 20_000, [["b"]] * 19_999)
    assert sum(last.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("name", ["numbers", "places"])
def test_shipped_chains_are_whole(name):
    chain = load_chain(name)
    units, classes = chain.items.outward.shape
    assert classes == len(chain.classes)
    assert chain.items.weights.shape == (len(chain.items.features) + 1, units + classes)
    kinds = {kind for row in chain.kinds for kind in row}
    assert {len(row) for row in chain.joints.values()} == {len(kinds)}
    assert len(chain.kinds) == len(chain.classes)
