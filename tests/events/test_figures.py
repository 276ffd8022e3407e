"""Figures: how the numbers of one occurrence add up."""

import pytest

from geo.events.figures import combine_quantities
from geo.events.whereabouts import distance_km
from geo.models import Quantity, Span


def quantity(low, best, high, qualifier=None):
    return Quantity(low=low, best=best, high=high, qualifier=qualifier, text="n", span=Span(0, 1))


SUMS = [
    ([(2, 2, 2)], (2, 2, 2)),
    ([(2, 2, 2), (3, 3, 3)], (5, 5, 5)),
    ([(2, 2, 2), (5, 5, None)], (7, 7, None)),
    ([(20, None, None), (1, 1, 1)], (21, None, None)),
]


@pytest.mark.parametrize(("parts", "total"), SUMS)
def test_sums_keep_unknown_bounds_unknown(parts, total):
    made = combine_quantities([quantity(*part) for part in parts])
    assert (made.low, made.best, made.high) == total


def test_distance_is_symmetric_and_zero_at_home():
    assert distance_km(36.25, 49.98, 36.25, 49.98) == 0
    assert distance_km(1, 2, 3, 4) == distance_km(3, 4, 1, 2)
