"""The trigram index gives back what was put in, however its lists are cut."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import fuzzy

NAMES = st.lists(st.text("abcdeк", min_size=5, max_size=12), min_size=1, max_size=60, unique=True)


def shared_names(names: list[str], wanted: str, low_bits: int) -> set[str]:
    """Return the names that have a trigram of `wanted` and about its length."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fuzzy, "_LOW_BITS", low_bits)
        made = fuzzy.index_trigrams(names, np.arange(len(names), dtype=np.uint32))
        made["trigram_names"] &= (1 << low_bits) - 1
        lists = [numbers.tolist() for numbers in fuzzy._postings(wanted, 1, made)]
    assert all(numbers == sorted(numbers) for numbers in lists)
    return {names[made["fuzzy_keys"][number]] for numbers in lists for number in numbers}


def trigrams(name: str) -> set[str]:
    return {f"\x02{name}\x03"[i : i + 3] for i in range(len(name))}


@given(NAMES, st.sampled_from([1, 3, 16]))
def test_lists_cut_into_pieces_hold_every_name(names: list[str], low_bits: int) -> None:
    wanted = names[0]
    expected = {
        name
        for name in names
        if trigrams(name) & trigrams(wanted) and abs(len(name) - len(wanted)) <= 1
    }
    assert expected <= shared_names(names, wanted, low_bits)  # buckets may hold others, too


@given(NAMES)
def test_a_name_is_like_itself_with_a_letter_changed(names: list[str]) -> None:
    made = fuzzy.index_trigrams(names, np.arange(len(names), dtype=np.uint32))
    index = SimpleNamespace(arrays=made, name_of_key=names.__getitem__)
    wrong = names[0][:-1] + "z"
    assert names[0] in [name for _, name in fuzzy.similar_names(wrong, index)]  # type: ignore[arg-type]
