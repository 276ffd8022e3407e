"""Tell the language of a text, among those that have a pack."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from geo.errors import UnknownLanguageError
from geo.languages import available_languages

_ENOUGH = 4000
_LEAST_LETTERS = 12


def detect_language(text: str) -> str:
    """Return the code of the pack whose language `text` is written in.

    Raises :class:`geo.errors.UnknownLanguageError` when the text has too few letters to tell.
    Method: py3langid (Lui & Baldwin 2012), restricted to the packs there are.

    >>> detect_language("Due persone sono rimaste ferite in un bombardamento.")
    'it'
    """
    sample = text[:_ENOUGH]
    if sum(char.isalpha() for char in sample) < _LEAST_LETTERS:
        raise UnknownLanguageError(
            "the text is too short to tell its language; name it with --lang "
            f"({', '.join(available_languages())})"
        )
    code: str = _identifier().classify(sample)[0]
    return code


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE)
    identifier.set_languages(list(available_languages()))
    return identifier
