"""Write the places of events as a sheet for people to decide on, and keep what they decided."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from gazetteer.names import fold
from geo.exporters.spreadsheet import write_table
from geo.review.cells import Offer, format_offer, format_radius, parse_offer
from geo.review.decisions import CANDIDATES
from geo.review.keys import choice_of, key_anew, place_key
from geo.review.sheet import COLUMNS, FILLED_IN, SENTENCES

if TYPE_CHECKING:
    import pandas as pd

    from gazetteer.models import Place

_LONGEST = 300
_USED = (
    "place_text place_context place_id place_name admin1 country longitude latitude "
    "geo_confidence geo_candidates_json sentence title review_status review_json geo_obfuscated"
).split()
_GONE = "not among these events"
Row = dict[str, Any]


class Places(Protocol):
    """Find places by their identifiers, as :class:`gazetteer.Gazetteer` does."""

    def find_place(self, identifier: str) -> Place | None:
        """Return the place with this identifier or code, or ``None``."""
        ...


def list_places(frame: pd.DataFrame, places: Places) -> tuple[dict[str, str], ...]:
    """Return one row of the sheet a distinct place text and setting, the most frequent first.

    Words that one setting resolves to several places get a row each. Rows have all columns of
    the sheet as text; what was decided before stands in them.
    """
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in _rows(frame):
        key = (fold(row["place_text"]), fold(row["place_context"] or ""))
        groups.setdefault(key, []).append(row)
    made = [made for group in groups.values() for made in _split(group, places)]
    made.sort(key=lambda r: (-int(r["events"]), fold(r["place_text"]), r["context"], r["key"]))
    return tuple(made)


def keep_decisions(
    rows: Iterable[Mapping[str, str]], old: Iterable[Mapping[str, str]]
) -> tuple[dict[str, str], ...]:
    """Return new rows with what people wrote into old ones; old ones without a new one stay.

    A row still open says where the same words were decided in another setting.
    """
    known = {row["key"] or _key_anew(row): dict(row) for row in old}
    anew = {_key_anew(row): key for key, row in known.items()}
    elsewhere = {fold(row["place_text"]): row for row in known.values() if _is_decided(row)}
    kept = []
    for row in rows:
        key = row["key"] if row["key"] in known else anew.get(row["key"], "")
        own = _filled(known.pop(key, {}))
        merged = dict(row) | (own if _is_decided(own) else {n: v for n, v in own.items() if v})
        other = elsewhere.get(fold(merged["place_text"]))
        if other is not None and not _is_decided(merged):
            answer = other["decision"] or f"{other['latitude']}, {other['longitude']}"
            merged["status"] += f"; in {other['context'] or 'no setting'}: {answer}"
        kept.append(merged)
    gone = [row | {"status": _GONE} for row in known.values() if any(_filled(row).values())]
    return (*kept, *gone)


def _key_anew(row: Mapping[str, str]) -> str:
    shown = parse_offer(row.get("chosen", ""))
    choice = choice_of(shown.id, shown.lon, shown.lat) if shown else None
    return key_anew(row["key"], row["place_text"], row["context"], choice)


def _filled(row: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of a row that people write into."""
    return {n: v for n, v in row.items() if n in FILLED_IN or n not in COLUMNS}


def _is_decided(row: Mapping[str, str]) -> bool:
    return bool(row.get("decision") or row.get("latitude") or row.get("longitude"))


def write_sheet(path: str | Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write rows as a review sheet: .xlsx, or CSV with a byte-order mark for spreadsheets.

    Texts that a spreadsheet would run as formulas get a quote mark. The file appears whole or
    not at all. Raises :class:`geo.errors.ExportError`.
    """
    path = Path(path)
    names = (*COLUMNS, *dict.fromkeys(n for row in rows for n in row if n not in COLUMNS))
    cells = ([row.get(name, "") for name in names] for row in rows)
    if path.suffix.lower() == ".xlsx":
        from geo.exporters.table_xlsx import write_rows

        write_rows(path, "places", names, cells)
    else:
        write_table(path, names, cells, bom=True)


def _rows(frame: pd.DataFrame) -> Iterator[Row]:
    columns = [frame[name].astype(object).where(frame[name].notna(), None) for name in _USED]
    for values in zip(*columns, strict=True):
        row = dict(zip(_USED, values, strict=True))
        if row["place_text"] and row["place_text"].strip():
            yield row | _state(row)


def _state(row: Row) -> Row:
    """Return what the program chose, where a person changed it later, and what they decided."""
    if not row["review_json"]:
        return {"trail": {}}
    trail = json.loads(row["review_json"])
    unknown = dict.fromkeys(("place_id", "place_name", "longitude", "latitude"))
    before = trail.get("before", {})
    units = {} if before.get("place_id") == row["place_id"] else {"admin1": None, "country": None}
    return {"trail": trail, **unknown, **units, **before}


def _split(group: Sequence[Row], places: Places) -> Iterator[dict[str, str]]:
    choices: dict[str | None, list[Row]] = {}
    for row in group:
        choice = choice_of(row["place_id"], row["longitude"], row["latitude"])
        choices.setdefault(choice, []).append(row)
    parts = (group[0]["place_text"], group[0]["place_context"])
    for choice, rows in choices.items():
        several = len(choices) > 1 and choice is not None
        yield _row(rows, place_key(*parts, choice) if several else place_key(*parts), places)


def _row(rows: Sequence[Row], key: str, places: Places) -> dict[str, str]:
    first = rows[0]
    text = Counter(row["place_text"] for row in rows).most_common(1)[0][0]
    chosen = _chosen(first)
    row = {
        "key": key,
        "place_text": " ".join(text.split()),
        "context": first["place_context"] or "",
        "context_names": _names(first["place_context"], places),
        "events": str(len(rows)),
        "status": first["review_status"] or "",
        "chosen": format_offer(chosen),
        "chosen_map": (chosen and chosen.link) or "",
    }
    for number, offer in enumerate(_candidates(first), start=1):
        row |= {f"candidate_{number}": format_offer(offer), f"map_{number}": offer.link or ""}
    texts = dict.fromkeys(_shorten(r["sentence"] or r["title"] or "") for r in rows)
    for number, sentence in enumerate([t for t in texts if t][:SENTENCES], start=1):
        row[f"sentence_{number}"] = sentence
    return {name: row.get(name, "") for name in COLUMNS} | _decided(first)


def _decided(row: Row) -> dict[str, str]:
    """Return what was decided before as the reviewer would write it.

    Nothing where a published file holds own coordinates on a grid only.
    """
    trail = row["trail"]
    answer = str(trail.get("answer") or trail.get("decision") or "")
    own = ", " in answer
    if not trail or (own and row["geo_obfuscated"]):
        return {}
    after = trail.get("after", {}) if own else {}
    cells = {
        "decision": answer,
        "name": after.get("place_name"),
        "radius_km": format_radius(after.get("geo_radius_km")),
        "precision": after.get("geo_precision"),
        "note": trail.get("note"),
        "reviewed_by": trail.get("by"),
        "reviewed_on": trail.get("on"),
    }
    return {name: str(value) for name, value in cells.items() if value}


def _chosen(row: Row) -> Offer | None:
    if row["longitude"] is None or row["latitude"] is None:
        return None
    return Offer(
        id=row["place_id"],
        name=row["place_name"] or row["place_text"],
        admin1=row["admin1"],
        country=row["country"],
        lon=float(row["longitude"]),
        lat=float(row["latitude"]),
        score=None if row["geo_confidence"] is None else float(row["geo_confidence"]),
    )


def _candidates(row: Row) -> list[Offer]:
    if not row["geo_candidates_json"]:
        return []
    found = json.loads(row["geo_candidates_json"])
    return [
        Offer(
            id=c.get("place_id"), name=c.get("name") or "?", admin1=c.get("admin1"),
            country=c.get("country"), lon=c.get("lon"), lat=c.get("lat"), score=c.get("score"),
        )
        for c in found[:CANDIDATES]
        if c.get("lon") is not None
    ]  # fmt: skip


def _names(context: str | None, places: Places) -> str:
    """Return the names of the units that a setting's codes stand for, nothing for words."""
    units = (context or "").partition(";")[0]
    codes = [".".join(units.split(".")[: depth + 1]) for depth in range(units.count(".") + 1)]
    found = [places.find_place(f"={code}") for code in reversed(codes) if " " not in code]
    return ", ".join(place.name for place in found if place is not None)


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
