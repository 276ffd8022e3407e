"""Pack columns for the page: what repeats, or follows from another column, travels once.

A column is ``{"v": values}`` or ``{"d": words, "i": indexes}`` (-1 is unknown). Packed it may be

- ``{"c": value}``: the same in every row;
- ``{"a": name}``: the same as another column;
- ``{"m": name, "t": values, "k": rows, "x": values}``: a value for each word of another column,
  and the rows that differ;
- ``{"r": name, …}``: numbers as differences from another column, an unknown one there being 0;
- ``{"k": rows, "x": values}``: mostly unknown, so only the rows that are not.

The page's script undoes it (``data.js``).
"""

from __future__ import annotations

from typing import Any

Column = dict[str, Any]
Columns = dict[str, Column]

# Numbers that lie near another column's.
_NEAR = {
    "date_end": "date_start", "published": "date_start", "period_start": "date_start",
    "period_end": "date_end", "killed_low": "killed_best", "killed_high": "killed_best",
    "injured_low": "injured_best", "injured_high": "injured_best",
}  # fmt: skip
# Words that mostly follow from another column's.
_FOLLOWS = {
    "event_type": "event_subtype", "kind": "event_subtype", "actor1_role": "actor1",
    "area_direction": "area_role", "lon": "place_name", "lat": "place_name",
    "place_local": "place_name", "place_id": "place_name", "admin1": "place_name",
    "admin2": "place_name", "admin3": "place_name", "unit": "place_name",
    "country": "place_name", "geo_radius_km": "place_name", "runners": "place_name",
}  # fmt: skip
_SAME = {"place_name": "place_text", "date_end": "date_start", "killed_low": "killed_best",
         "killed_high": "killed_best"}  # fmt: skip
_SPARSE, _EXCEPTIONS = 0.4, 0.25


def pack_columns(columns: Columns) -> Columns:
    """Return the columns packed, each in the form that is smallest for its kind.

    >>> pack_columns({"a": {"v": [1, 1, 1]}, "b": {"v": [None, None, None, 5]}})
    {'a': {'c': 1}, 'b': {'k': [3], 'x': [5]}}
    """
    return {name: _pack(name, column, columns) for name, column in columns.items()}


def _pack(name: str, column: Column, columns: Columns) -> Column:
    first = value_of(column, 0)
    if first is not None and _is_constant(column):
        return {"c": first}
    other = _SAME.get(name)
    if other in columns and column == columns[other]:
        return {"a": other}
    base = _FOLLOWS.get(name)
    if base in columns and "d" in columns[base]:
        derived = _derive(column, base, columns[base])
        if derived is not None:
            return derived
    near = _NEAR.get(name)
    if near in columns and "v" in columns[near] and not _is_sparse(column):
        return {"r": near, "v": _differences(column["v"], columns[near]["v"])}
    return _pack_sparse(column) if _is_sparse(column) else column


def value_of(column: Column, row: int) -> Any:  # noqa: ANN401 - of whatever type the column is
    """Return the value of an unpacked column in a row."""
    if "v" in column:
        return column["v"][row] if row < len(column["v"]) else None
    code = column["i"][row] if row < len(column["i"]) else -1
    return None if code < 0 else column["d"][code]


def values_of(column: Column) -> list[Any]:
    """Return the values of an unpacked column.

    >>> values_of({"d": ["a", "b"], "i": [1, -1, 0]})
    ['b', None, 'a']
    """
    if "v" in column:
        return list(column["v"])
    words = [*column["d"], None]
    return [words[code] for code in column["i"]]


def _is_constant(column: Column) -> bool:
    codes, _ = _unknown(column)
    return codes.count(codes[0]) == len(codes)


def _unknown(column: Column) -> tuple[list[Any], int | None]:
    return (column["i"], -1) if "i" in column else (column["v"], None)


def _is_sparse(column: Column) -> bool:
    values, empty = _unknown(column)
    return values.count(empty) >= len(values) * (1 - _SPARSE)


def _pack_sparse(column: Column) -> Column:
    values, empty = _unknown(column)
    rows = [row for row, value in enumerate(values) if value != empty]
    packed: Column = {"k": rows, "x": [values[row] for row in rows]}
    return packed | ({"d": column["d"]} if "d" in column else {})


def _differences(values: list[Any], others: list[Any]) -> list[Any]:
    return [
        None if value is None else value - (other or 0)
        for value, other in zip(values, others, strict=True)
    ]


def _derive(column: Column, name: str, base: Column) -> Column | None:
    """Return a column as what most often stands beside each word of `base`, and what does not."""
    values, codes = values_of(column), base["i"]
    counts: list[dict[Any, int]] = [{} for _ in range(len(base["d"]) + 1)]
    try:
        for value, code in zip(values, codes, strict=True):
            counts[code][value] = counts[code].get(value, 0) + 1
    except TypeError:  # lists have no hash
        return None
    usual = [max(found, key=lambda v: found[v]) if found else None for found in counts]
    rows = [row for row, value in enumerate(values) if value != usual[codes[row]]]
    if len(rows) > len(values) * _EXCEPTIONS:
        return None
    return {"m": name, "t": usual, "k": rows, "x": [values[row] for row in rows]}
