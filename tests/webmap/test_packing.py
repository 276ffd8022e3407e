"""Packed columns come back as they were: in Python's words here, in the page's in test_page."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from geo.webmap.packing import pack_columns, value_of, values_of

NAMES = ("date_start", "date_end", "killed_low", "killed_best", "place_text", "place_name",
         "admin1", "unit", "event_subtype", "kind", "source_name")  # fmt: skip


def coded(values: list[str | None]) -> dict[str, Any]:
    words = list(dict.fromkeys(v for v in values if v is not None))
    return {"d": words, "i": [-1 if v is None else words.index(v) for v in values]}


def unpacked(name: str, packed: dict[str, Any], count: int) -> list[Any]:
    """Undo the packing as the page's data.js does."""
    column = packed[name]
    if "c" in column:
        return [column["c"]] * count
    base = next((column[key] for key in "amr" if key in column), None)
    others = unpacked(base, packed, count) if base else []
    if "a" in column:
        return others
    if "m" in column:
        words = unpacked_words(packed, base)
        found = [column["t"][words.index(o) if o is not None else -1] for o in others]
        return _patched(found, column)
    if "r" in column:
        return [
            None if v is None else v + (o or 0) for v, o in zip(column["v"], others, strict=True)
        ]
    if "k" in column:
        words = column.get("d")
        values = column["x"] if words is None else [words[code] for code in column["x"]]
        return _patched([None] * count, {"k": column["k"], "x": values})
    return values_of(column)


def unpacked_words(packed: dict[str, Any], name: str) -> list[Any]:
    column = packed[name]
    if "a" in column:
        return unpacked_words(packed, column["a"])
    return [column["c"]] if "c" in column else column["d"]


def _patched(values: list[Any], column: dict[str, Any]) -> list[Any]:
    for row, value in zip(column["k"], column["x"], strict=True):
        values[row] = value
    return values


@st.composite
def frames(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 25))
    numbers = st.lists(st.none() | st.integers(-3, 3), min_size=count, max_size=count)
    words = st.lists(st.sampled_from([None, "a", "b", "c"]), min_size=count, max_size=count)
    is_number = {"date_start", "date_end", "killed_low", "killed_best", "unit"}
    return {
        name: {"v": draw(numbers)} if name in is_number else coded(draw(words)) for name in NAMES
    }


@given(frames())
def test_packing_loses_nothing(columns: dict[str, Any]) -> None:
    packed = pack_columns(columns)
    for name, column in columns.items():
        values = values_of(column)
        assert unpacked(name, packed, len(values)) == values
        assert [value_of(column, row) for row in range(len(values))] == values
