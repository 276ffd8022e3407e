"""Name a place that is reviewed: the words in their setting, not the events."""

from __future__ import annotations

import hashlib

from gazetteer.names import fold

_LENGTH = 12


def place_key(text: str, context: str | None, choice: str | None = None) -> str:
    """Return a key for the same words in the same setting; no spreadsheet takes it for a number.

    `choice` is the place they were resolved to, for the rare words that one setting resolves in
    two ways.

    >>> place_key("Stepne", "UA.26") == place_key("  STEPNE ", "ua.26")
    True
    >>> place_key("Stepne", "UA.26") == place_key("Stepne", "UA.18")
    False
    """
    words = "|".join(" ".join(fold(part).split()) for part in (text, context or "", choice or ""))
    return f"place-{hashlib.sha256(words.encode()).hexdigest()[:_LENGTH]}"


def choice_of(place_id: str | None, lon: float | None, lat: float | None) -> str | None:
    """Return what tells places of one name and setting apart: the id, else the point to 0.1°.

    >>> choice_of("gn:692554", 35.306, 47.797), choice_of(None, 35.306, 47.797)
    ('gn:692554', '47.8 35.3')
    """
    if place_id is not None or lon is None or lat is None:
        return place_id
    return f"{lat:.1f} {lon:.1f}"
