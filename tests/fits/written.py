"""Read the texts that were written to fit events on, as gold items without coordinates."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gazetteer.names import fold

WRITTEN = Path(__file__).parents[1] / "data" / "events"
_HEAD = re.compile(r"(\w\w) (\d{4}-\d\d-\d\d): (.*)")
_MARK = re.compile(r"\[([^\]|]+)(?:\|([moad]))?\]")
_ROLES = {"m": "metonymy", "o": "organisation", "a": "associative", "d": "dateline", None: None}
_TYPES = {
    "shelling": "shelling_or_airstrike", "missile": "missile_or_drone_strike",
    "clash": "armed_clash", "violence": "civilian_violence", "mine": "explosion_or_mine",
    "gain": "territorial_gain", "loss": "territorial_loss", "damage": "infrastructure_damage",
    "flee": "evacuation_or_displacement", "arrest": "arrest_or_detention", "protest": "protest",
    "truce": "ceasefire_or_agreement", "other": "other",
}  # fmt: skip
_STEM = 6
_SENTENCE_END = re.compile(r"[.!?»\"”](?=\s)|\n\n|$")


def read_written(folder: Path = WRITTEN) -> list[dict[str, Any]]:
    """Return the items of all files of a folder, in order.

    A malformed line raises ``ValueError`` with its number.

    >>> items = read_written()
    >>> all(item["text"] and item["lang"] for item in items)
    True
    """
    return [item for path in sorted(folder.glob("*.txt")) for item in read_file(path)]


def read_file(path: Path) -> list[dict[str, Any]]:
    """Return the items of one file; a malformed line raises ``ValueError`` with its number."""
    items: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith(">"):
            items[-1]["events"].append(_event(items[-1], line.split()[1:], number))
            continue
        head = _HEAD.fullmatch(line)
        if head is None:
            raise ValueError(f"{path.name}:{number}: no language and day: {line[:40]}")
        items.append(_item(f"written-{path.stem}-{number}", *head.groups()))
    return items


def _item(name: str, language: str, published: str, marked: str) -> dict[str, Any]:
    marked = marked.replace(" // ", "\n\n")
    text, toponyms, last = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        toponyms.append(_toponym(len(text), mark[1], _ROLES[mark[2]]))
        text += mark[1]
        last = mark.end()
    return {
        "id": name,
        "lang": language,
        "published": published,
        "text": text + marked[last:],
        "toponyms": toponyms,
        "events": [],
    }


def _toponym(start: int, name: str, role: str | None) -> dict[str, Any]:
    """Return a toponym at a point that stands for its name: forms of one name share it."""
    stems = " ".join(word[:_STEM] for word in fold(name).split())
    stem = zlib.crc32(stems.encode())
    return {
        "start": start,
        "end": start + len(name),
        "surface": name,
        "name": name,
        "kind": "city",
        "lat": stem % 160 - 80,
        "lon": stem // 160 % 340 - 170,
        "literal": role is None,
        "role": role,
    }


def _event(item: dict[str, Any], words: list[str], number: int) -> dict[str, Any]:
    if len(words) < 2 or words[1] not in _TYPES or int(words[0]) > len(item["toponyms"]):
        raise ValueError(f"line {number}: no event: {' '.join(words)}")
    place = int(words[0]) - 1 if words[0] != "0" else None
    event: dict[str, Any] = {
        "place": place,
        "places": [],
        "type": _TYPES[words[1]],
        "area_km2": None,
        "area_direction": None,
        "cumulative": "cum" in words,
        "date_start": None,
        "date_end": None,
    }
    for role, letter in (("killed", "k"), ("injured", "i")):
        told = next((w[1:] for w in words[2:] if re.fullmatch(letter + r"~?\d+", w)), None)
        event[role] = None if told is None or told[0] == "~" else int(told)
        event[f"{role}_low"] = None if told is None else int(told.lstrip("~"))
    for word in words[2:]:
        if re.fullmatch(r"a[\d.]+", word):
            event["area_km2"] = float(word[1:])
        elif word in ("liberated", "captured"):
            event["area_direction"] = word
    more = next((int(w[1:]) for w in words[2:] if re.fullmatch(r"\+\d", w)), 0)
    event["evidence"] = _evidence(item, place, event, more)
    return event


def _evidence(
    item: dict[str, Any], place: int | None, event: dict[str, Any], more: int
) -> list[int]:
    """Return the span of the sentence of the place, or, without one, of the figures."""
    spans = list(_sentences(item["text"]))
    if place is not None:
        at = item["toponyms"][place]["start"]
    else:
        figure = event["area_km2"] or event["killed"] or event["injured"] or 0
        found = re.search(rf"\b{figure:g}\b", item["text"])
        at = found.start() if found else 0
    index = next(i for i, (start, stop) in enumerate(spans) if start <= at < stop)
    return [spans[index][0], spans[min(index + more, len(spans) - 1)][1]]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if end.end() > start:
            yield start, end.end()
            start = end.end()
