"""Tell the language of a text, among those that have a pack."""

from __future__ import annotations

from geo.errors import UnknownLanguageError
from geo.languages import available_languages
from geo.loglinear import load_model

_ENOUGH = 2000
_LEAST_LETTERS = 12
_SURE = 0.9


def detect_language(text: str) -> str:
    """Return the code of the pack whose language `text` is written in.

    Raises :class:`geo.errors.UnknownLanguageError` when the text has too few letters to tell.
    Method: a log-linear model over letter trigrams, fitted on the project's own texts; where it
    is unsure, py3langid (Lui & Baldwin 2012), which takes a second to load, decides among the
    packs there are.

    >>> detect_language("Due persone sono rimaste ferite in un bombardamento.")
    'it'
    """
    sample = text[:_ENOUGH]
    if sum(char.isalpha() for char in sample) < _LEAST_LETTERS:
        raise UnknownLanguageError(
            "the text is too short to tell its language; name it with --lang "
            f"({', '.join(available_languages())})"
        )
    chances = load_model("language").probabilities(trigrams(sample))
    best = max(chances, key=lambda code: chances[code])
    if chances[best] >= _SURE and best in available_languages():
        return best
    from py3langid import langid

    langid.set_languages(list(available_languages()))
    return str(langid.classify(sample)[0])


def trigrams(text: str) -> list[str]:
    """Return the letter trigrams of the words of `text`, each once, words padded by spaces.

    >>> sorted(trigrams("ab"))
    [' ab', 'ab ']
    """
    found: dict[str, None] = {}
    for word in "".join(c if c.isalpha() else " " for c in text.lower()).split():
        padded = f" {word} "
        for start in range(len(padded) - 2):
            found.setdefault(padded[start : start + 3])
    return list(found)
