"""Find the words of a sentence that an event was read from, to mark them on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_SHORTEST = 2


def find_marks(sentence: str, words: Iterable[str | None]) -> list[int]:
    """Return start and stop of each of `words` in `sentence`, flat, merged, in UTF-16 units.

    UTF-16 is what a browser counts in. Each word is marked where it first stands as written.

    >>> find_marks("due morti a Stepne", ["Stepne", None, "due"])
    [0, 3, 12, 18]
    """
    spans = []
    for word in words:
        if word and len(word) >= _SHORTEST:
            start = sentence.find(word)
            if start >= 0:
                spans.append((start, start + len(word)))
    return utf16_spans(sentence, spans)


def utf16_spans(sentence: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return code point spans as flat, merged, ordered UTF-16 offsets.

    >>> utf16_spans("\\U0001f600 ab cd", [(2, 4), (3, 7)])
    [3, 8]
    """
    merged: list[tuple[int, int]] = []
    for start, stop in sorted((s, e) for s, e in spans if 0 <= s < e <= len(sentence)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return [_units(sentence, offset) for span in merged for offset in span]


def _units(sentence: str, offset: int) -> int:
    if sentence.isascii():
        return offset
    return offset + sum(sign > "\uffff" for sign in sentence[:offset])
