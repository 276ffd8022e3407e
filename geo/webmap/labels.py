"""Read the words of the page in the reader's language."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from geo.errors import UnknownLanguageError


def ui_languages() -> tuple[str, ...]:
    """Return the languages that the page speaks, one data file each.

    >>> "uk" in ui_languages()
    True
    """
    found = files("geo.webmap").joinpath("labels").iterdir()
    return tuple(sorted(f.name.removesuffix(".json") for f in found if f.name.endswith(".json")))


@cache
def read_labels(language: str) -> dict[str, str]:
    """Return the labels of a language by key.

    Raises :class:`geo.errors.UnknownLanguageError` for a language without a file.
    """
    if language not in ui_languages():
        known = ", ".join(ui_languages())
        raise UnknownLanguageError(f"no page labels in {language[:20]!r}; there are: {known}")
    text = files("geo.webmap").joinpath(f"labels/{language}.json").read_text(encoding="utf-8")
    labels: dict[str, str] = json.loads(text)
    return labels
