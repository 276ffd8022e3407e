"""Turn a frame of events into the columns that the page reads: small, typed, inert."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.webmap.kinds import choose_kind
from geo.webmap.text import LONGEST, clean_text, clean_url

if TYPE_CHECKING:
    import pandas as pd

Column = dict[str, list[Any]]

TEXTS = (
    "event_id event_type event_subtype title sentence weapon actor1 actor1_role actor2 date_basis "
    "date_text place_text place_name place_local country admin1 admin2 admin3 geo_method "
    "casualty_status area_role area_direction area_flank series_id claimed_by claim_status "
    "source_name source_language review_status review_note reviewed_by sensitivity duplicate_of "
    "warnings extractor_version gazetteer_version language_pack_version place_id"
).split()
NUMBERS = (
    "killed_low killed_best killed_high injured_low injured_best injured_high missing_best "
    "detained_best displaced_best area_km2 geo_radius_km geo_confidence date_precision "
    "source_count"
).split()
DATES = "date_start date_end period_start period_end published".split()
_EPOCH = date(1970, 1, 1).toordinal()
_SHORT = 300
_MOST_MARKS = 12
_LAST_OF_ONE_UNIT = 0xFFFF


def to_columns(frame: pd.DataFrame) -> dict[str, Column]:
    """Return the frame's columns as JSON: ``{"v": values}`` or ``{"d": words, "i": indexes}``.

    Dates are days since 1970-01-01; unknown is null (-1 in ``i``). Columns without a known
    value are left out. Coordinates are WGS84, ``lon`` and ``lat``; both are null where the
    event has no place.
    """
    columns: dict[str, Column] = {"kind": _coded(kinds_of(frame))}
    for name in TEXTS:
        if name in frame.columns:
            whole = _clean(values_in(frame, name), LONGEST) if name == "sentence" else None
            columns[name] = _coded(texts_in(frame, name) if whole is None else whole)
    for name in NUMBERS:
        if name in frame.columns:
            columns[name] = {"v": to_numbers(frame[name])}
    for name in DATES:
        if name in frame.columns:
            columns[name] = {"v": _each(to_day, values_in(frame, name))}
    columns |= _places(frame) | _flags(frame)
    columns["source_url"] = _coded(_each(clean_url, values_in(frame, "source_url")))
    columns["runners"] = _runners(values_in(frame, "geo_candidates_json"))
    if "evidence_json" in frame.columns:
        pairs = zip(values_in(frame, "sentence"), values_in(frame, "evidence_json"), strict=True)
        columns["evidence"] = {"v": [_evidence(text, spans) for text, spans in pairs]}
    columns["merged"] = {"v": [_count(v) for v in values_in(frame, "merged_ids_json")]}
    return {name: column for name, column in columns.items() if _known(column)}


def to_numbers(values: Iterable[object]) -> list[float | int | None]:
    """Return numbers, whole ones as ``int``; what is no finite number is ``None``.

    >>> to_numbers(["3", None, "many", 2.5])
    [3, None, None, 2.5]
    """
    import pandas as pd

    if not isinstance(values, pd.Series) or not pd.api.types.is_numeric_dtype(values):
        values = pd.to_numeric(pd.Series(list(values), dtype=object), errors="coerce")
    return _each(_number, values.to_numpy(dtype="float64", na_value=float("nan")).tolist())


def to_day(value: object) -> int | None:
    """Return days since 1970-01-01 of an ISO day, date or timestamp, else ``None``.

    >>> to_day("1970-01-03"), to_day("yesterday"), to_day(None)
    (2, None, None)
    """
    if value is None or value != value:  # noqa: PLR0124 - true for NaN and NaT alone
        return None
    if isinstance(value, date):
        return value.toordinal() - _EPOCH
    try:
        return date.fromisoformat(str(value)[:10]).toordinal() - _EPOCH
    except ValueError:
        return None


def to_months(values: list[Any]) -> list[int | None]:
    """Return the months of ISO days, counted from year 0, ``None`` for what is no day.

    >>> to_months(["0001-01-31", None, "soon"])
    [12, None, None]
    """
    return _each(_month, values)


def _month(value: object) -> int | None:
    day = to_day(value)
    if day is None:
        return None
    whole = date.fromordinal(day + _EPOCH)
    return whole.year * 12 + whole.month - 1


def _number(value: float) -> float | int | None:
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN
        return None
    return int(value) if value.is_integer() else round(value, 4)


def values_in(frame: pd.DataFrame, name: str) -> list[Any]:
    """Return a column as plain values, ``None`` where unknown or where there is no such column."""
    if name not in frame.columns:
        return [None] * len(frame)
    values, unknown = frame[name].tolist(), frame[name].isna().tolist()
    return [None if lacks else value for value, lacks in zip(values, unknown, strict=True)]


def texts_in(frame: pd.DataFrame, name: str) -> list[Any]:
    """Return a column as texts that are safe to carry into the page."""
    return _clean(values_in(frame, name), _SHORT)


def _each(change: Callable[[Any], Any], values: list[Any]) -> list[Any]:
    """Return the values changed, each distinct one once."""
    try:
        known = {value: change(value) for value in dict.fromkeys(values)}
    except TypeError:  # lists have no hash
        return [change(value) for value in values]
    return [known[value] for value in values]


def _clean(values: list[Any], longest: int) -> list[Any]:
    return _each(lambda value: clean_text(value, longest=longest), values)


def _coded(values: list[str | None]) -> Column:
    words = dict.fromkeys(value for value in values if value is not None)
    if len(words) > len(values) * 0.6 and len(values) > 8:
        return {"v": list(values)}
    position = {word: index for index, word in enumerate(words)}
    return {"d": list(words), "i": [-1 if v is None else position[v] for v in values]}


def _known(column: Column) -> bool:
    if "i" in column:
        return bool(column["d"])
    return any(value is not None for value in column["v"])


def kinds_of(frame: pd.DataFrame) -> list[str | None]:
    """Return the kind of each event, as the legend knows them."""
    names = ("event_kind", "event_subtype", "event_type", "weapon")
    seen: dict[tuple[Any, ...], str] = {}
    found: list[str | None] = []
    for row in zip(*(values_in(frame, name) for name in names), strict=True):
        key = tuple(value if isinstance(value, str) else None for value in row)
        if key not in seen:
            seen[key] = choose_kind(*key[:3], weapon=key[3])
        found.append(seen[key])
    return found


def _places(frame: pd.DataFrame) -> dict[str, Column]:
    nothing = [None] * len(frame)
    precision, lon, lat = (
        to_numbers(frame[name] if name in frame.columns else nothing)
        for name in ("geo_precision", "longitude", "latitude")
    )
    for row, (x, y) in enumerate(zip(lon, lat, strict=True)):
        if x is None or y is None or not (-180 <= x <= 180 and -90 <= y <= 90):
            lon[row] = lat[row] = None
            if precision[row] != 6:
                precision[row] = 9
        else:
            lon[row], lat[row] = round(x, 4), round(y, 4)
            precision[row] = precision[row] or 1
    return {"lon": {"v": lon}, "lat": {"v": lat}, "precision": {"v": precision}}


def _flags(frame: pd.DataFrame) -> dict[str, Column]:
    flags = {"counted": ("counts_in_total", True), "obfuscated": ("geo_obfuscated", False)}
    found: dict[str, Column] = {}
    for name, (source, default) in flags.items():
        known = [default if v is None else bool(v) for v in values_in(frame, source)]
        found[name] = {"v": [int(value) for value in known]}
    return found


def _runners(values: Sequence[object]) -> Column:
    """Return the runner-up places of candidate lists: name with units, score, lon and lat each."""
    found: dict[str, int] = {}
    words: list[list[list[Any]]] = []
    codes = []
    for value in values:
        key = value if isinstance(value, str) else json.dumps(value, default=str)
        if key not in found:
            rows = _listed(value)[1:4]
            found[key] = len(words) if rows else -1
            words += [[_runner(row) for row in rows]] if rows else []
        codes.append(found[key])
    return {"d": words, "i": codes}


def _runner(row: object) -> list[Any]:
    known = row if isinstance(row, dict) else {"name": row}
    names = [clean_text(known.get(n), longest=_SHORT) for n in ("name", "admin1", "country")]
    score = known.get("score", known.get("confidence"))
    numbers = to_numbers([score, known.get("lon"), known.get("lat")])
    return [", ".join(dict.fromkeys(name for name in names if name)), *numbers]


def _evidence(sentence: object, value: object) -> list[int] | None:
    """Return where the matched words start and stop in a sentence, in UTF-16 units."""
    if not isinstance(sentence, str) or not isinstance(value, str):
        return None
    found: list[int] = []
    for span in _listed(value)[:_MOST_MARKS]:
        whole = isinstance(span, list) and [type(at) for at in span] == [int, int]
        if whole and 0 <= span[0] < span[1] <= min(len(sentence), LONGEST):
            found += [_units(sentence, at) for at in span]
    return found or None


def _units(text: str, stop: int) -> int:
    return stop + sum(ord(sign) > _LAST_OF_ONE_UNIT for sign in text[:stop])


def _listed(value: object) -> list[Any]:
    """Return a list that travels as JSON text; what is none is empty."""
    try:
        rows = json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return []
    return rows if isinstance(rows, list) else []


def _count(value: object) -> int | None:
    return len(_listed(value)) or None
