"""Tell the language of a text, among those that have a pack."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from geo.errors import UnknownLanguageError
from geo.languages import available_languages
from geo.loglinear import load_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 2000
_BEGINNING = 80  # characters that mostly show at once that there are letters
_LEAST_LETTERS = 12
_SURE = 0.9
_CLEARLY = 20.0  # difference of log-probabilities; of twins as Ukrainian and Rusyn it is smaller


def detect_language(text: str) -> str:
    """Return the code of the pack whose language `text` is written in.

    Raises :class:`geo.errors.UnknownLanguageError` when the text has too few letters to tell, or
    is clearly in a language without a pack. Method: a log-linear model over letter trigrams,
    fitted on the project's own texts; where it is unsure, py3langid (Lui & Baldwin 2012), which
    takes a second to load, decides.

    >>> detect_language("Due persone sono rimaste ferite in un bombardamento.")
    'it'
    """
    sample = text[:_ENOUGH]
    if not _has_letters(sample[:_BEGINNING]) and not _has_letters(sample):
        raise UnknownLanguageError(
            "the text is too short to tell its language; name it with --lang "
            f"({', '.join(available_languages())})"
        )
    chances = _chances(set(chain.from_iterable(map(_rows_of, _words(sample)))))
    best = max(chances, key=lambda code: chances[code])
    if chances[best] >= _SURE and best in available_languages():
        return best
    return _identify(sample)


def _identify(sample: str) -> str:
    from py3langid import langid

    ranked: list[tuple[str, float]] = langid.rank(sample)
    likeliest, top = ranked[0]
    code, score = next(item for item in ranked if item[0] in available_languages())
    if top - score > _CLEARLY:
        raise UnknownLanguageError(
            f"the text seems to be in {likeliest!r}, for which there is no language pack; "
            f"if it is not, name its language with --lang ({', '.join(available_languages())})"
        )
    return code


def trigrams(text: str) -> list[str]:
    """Return the letter trigrams of the words of `text`, each once, words padded by spaces.

    >>> sorted(trigrams("ab"))
    [' ab', 'ab ']
    """
    return list(dict.fromkeys(chain.from_iterable(map(_trigrams_of, _words(text)))))


def _words(text: str) -> dict[str, None]:
    return dict.fromkeys(_WORD.findall(text.lower()))


def _trigrams_of(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple([padded[start : start + 3] for start in range(len(padded) - 2)])


@lru_cache(maxsize=50_000)
def _rows_of(word: str) -> tuple[int, ...]:
    """Return the rows of weights of a word's trigrams."""
    rows = _table()[0]
    return tuple([rows[trigram] for trigram in _trigrams_of(word) if trigram in rows])


@cache
def _table() -> tuple[dict[str, int], NDArray[Any]]:
    """Return the row of each trigram, and the weights: a text has hundreds of trigrams to add."""
    import numpy as np

    weights = load_model("language").weights
    return {trigram: row for row, trigram in enumerate(weights)}, np.array(list(weights.values()))


def _chances(rows: Collection[int]) -> dict[str, float]:
    import numpy as np

    picked = np.fromiter(rows, np.intp, len(rows))
    return load_model("language").shares(_table()[1][picked].sum(axis=0).tolist())


def _has_letters(text: str) -> bool:
    """Tell whether a text has letters enough to tell its language by."""
    return sum(map(str.isalpha, text)) >= _LEAST_LETTERS
