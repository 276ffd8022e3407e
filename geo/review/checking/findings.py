"""Hold what a check found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Say what is odd in a row of a table, why, and what to do about it.

    ``row`` is the row's number in the file (1 is the first line), ``None`` for the whole file.
    ``code`` is the name of the rule. The point (lon lat, degrees) is the row's own, where it has
    one.
    """

    row: int | None
    code: str
    column: str
    value: str
    explanation: str
    suggestion: str
    event_id: str | None = None
    lon: float | None = None
    lat: float | None = None
