"""Name a place that is reviewed: the words in their setting, not the events."""

from __future__ import annotations

import hashlib

from gazetteer.names import fold
from geo.resolution.table_names import strip_generic

_LENGTH = 12
_UNIT = "unit"


def place_key(text: str, context: str | None, choice: str | None = None) -> str:
    """Return a key for the same words in the same setting; no spreadsheet takes it for a number.

    Words such as "region" count for the kind alone, whether they stand in the text or the setting
    was told by them. `choice` is the place that was chosen, for the rare words that one setting
    resolves in two ways.

    >>> place_key("Stepne", "UA.26") == place_key("  STEPNE ", "ua.26")
    True
    >>> place_key("Stepne", "UA.26") == place_key("Stepne", "UA.18")
    False
    >>> place_key("Kharkiv region", "UA") == place_key("Kharkiv", "UA; unit")
    True
    >>> place_key("Mexico City", "MX") == place_key("Mexico", "MX")
    False
    """
    units, _, kind = (context or "").partition("; ")
    name = _without_unit_word(text)
    kind = kind if name == text else _UNIT
    words = "|".join(" ".join(fold(part).split()) for part in (name, units, kind, choice or ""))
    return (
        f"{'choice' if choice else 'place'}-{hashlib.sha256(words.encode()).hexdigest()[:_LENGTH]}"
    )


def key_anew(key: str, text: str, context: str | None, choice: str | None) -> str:
    """Return the key that the words of a row have now, where `key` was made by another version.

    >>> key_anew("place-0", "Stepne", "UA", "gn:1") == place_key("Stepne", "UA")
    True
    >>> key_anew("choice-0", "Stepne", "UA", "gn:1") == place_key("Stepne", "UA", "gn:1")
    True
    """
    return place_key(text, context, choice if key.startswith("choice-") else None)


def _without_unit_word(text: str) -> str:
    words = text.split()
    for last in (True, False):
        rest = words[:-1] if last else words[1:]
        if rest and strip_generic(f"x {words[-1 if last else 0]}") == ("x", _UNIT):
            return " ".join(rest)
    return text


def choice_of(place_id: str | None, lon: float | None, lat: float | None) -> str | None:
    """Return what tells places of one name and setting apart: the id, else the point to 0.1°.

    >>> choice_of("gn:692554", 35.306, 47.797), choice_of(None, 35.306, 47.797)
    ('gn:692554', '47.8 35.3')
    """
    if place_id is not None or lon is None or lat is None:
        return place_id
    return f"{lat:.1f} {lon:.1f}"
