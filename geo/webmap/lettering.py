"""Place labels beside their points so that none covers another, always in the same way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """Hold a rectangle in points: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Tell whether the two rectangles share a point."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def inside(self, other: Box) -> bool:
        """Tell whether this rectangle lies within `other`."""
        return (
            other.left <= self.left
            and other.bottom <= self.bottom
            and self.right <= other.right
            and self.top <= other.top
        )


class Label(NamedTuple):
    """Hold a label to place: its point, its size and how far from the point it may stand."""

    x: float
    y: float
    width: float
    height: float
    gap: float


def place_labels(
    labels: Sequence[Label], taken: Sequence[Box], frame: Box
) -> list[tuple[float, float] | None]:
    """Return the lower left corner of each label, ``None`` where it fits nowhere.

    Labels are placed in their order; each takes the first free of eight places around its
    point, right first, that lies in `frame` and meets neither `taken` nor an earlier label.

    >>> place_labels([Label(50, 50, 20, 8, 2)], [], Box(0, 0, 100, 100))
    [(52, 46.0)]
    """
    used = list(taken)
    found: list[tuple[float, float] | None] = []
    for label in labels:
        corner = next((c for c in _corners(label) if _free(c, label, used, frame)), None)
        found.append(corner)
        if corner is not None:
            used.append(_box(corner, label))
    return found


def _corners(label: Label) -> list[tuple[float, float]]:
    x, y, width, height, gap = label
    left, right, middle = x - gap - width, x + gap, x - width / 2
    low, high, level = y - gap - height, y + gap, y - height / 2
    return [
        (right, level), (right, high), (right, low), (left, level),
        (left, high), (left, low), (middle, high), (middle, low),
    ]  # fmt: skip


def _box(corner: tuple[float, float], label: Label) -> Box:
    return Box(corner[0], corner[1], corner[0] + label.width, corner[1] + label.height)


def _free(corner: tuple[float, float], label: Label, used: Sequence[Box], frame: Box) -> bool:
    box = _box(corner, label)
    return box.inside(frame) and not any(box.meets(other) for other in used)
