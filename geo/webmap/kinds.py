"""Give each event type a colour and a shape: Okabe and Ito's palette, never colour alone.

Source of the colours: Okabe M, Ito K (2008), Color Universal Design, jfly.uni-koeln.de/color.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Hold how one kind of event is drawn; ``key`` is also the key of its label."""

    key: str
    color: str
    shape: str
    match: tuple[str, ...]
    weapons: tuple[str, ...] = ()


@cache
def read_kinds() -> tuple[Kind, ...]:
    """Return the known kinds, in the order of the legend."""
    text = files("geo.webmap").joinpath("data/kinds.json").read_text(encoding="utf-8")
    return tuple(
        Kind(
            key=row["key"],
            color=row["color"],
            shape=row["shape"],
            match=tuple(row["match"]),
            weapons=tuple(row.get("weapons", ())),
        )
        for row in json.loads(text)
    )


def choose_kind(*words: str | None, weapon: str | None = None) -> str:
    """Return the kind that the first known of `words` names, most exact word first.

    ACLED has one sub-event type for shells and missiles; `weapon` tells them apart.

    >>> choose_kind(None, "Air/drone strike", "Explosions/Remote violence")
    'missile_or_drone_strike'
    >>> choose_kind("Shelling/artillery/missile attack", weapon="S-300 missile")
    'missile_or_drone_strike'
    >>> choose_kind("something new")
    'other'
    """
    found = next((known for word in words if (known := _lookup(word))), "other")
    if weapon and found == "shelling_or_airstrike":
        folded = weapon.casefold()
        for kind in read_kinds():
            if any(part in folded for part in kind.weapons):
                return kind.key
    return found


def _lookup(word: str | None) -> str | None:
    return _by_word().get(word.strip().casefold()) if word else None


def kind_keys(keys: Sequence[str]) -> list[str]:
    """Return the kinds among `keys` in the order of the legend.

    >>> kind_keys(["protest", "armed_clash", "protest"])
    ['armed_clash', 'protest']
    """
    present = set(keys)
    return [kind.key for kind in read_kinds() if kind.key in present]


@cache
def _by_word() -> dict[str, str]:
    return {word: kind.key for kind in read_kinds() for word in kind.match}
