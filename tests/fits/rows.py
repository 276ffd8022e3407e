"""Hold what the fits learn from: rows of features with a label, alone or in chains."""

from __future__ import annotations

from typing import NamedTuple

Row = tuple[list[str], str]


class Sequenced(NamedTuple):
    """Hold one chain: the features of its items and joints, and the labels as far as known."""

    items: list[list[str]]
    joints: list[list[str]]
    labels: list[str | None]
