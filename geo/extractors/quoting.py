"""Find quoted words in a document: verbatim, or as they stand but for marks and white space."""

from __future__ import annotations

import re
from functools import lru_cache

from geo.models import Span

_ALIKE = str.maketrans({
    "’": "'", "ʼ": "'", "`": "'", "‘": "'", "´": "'", "′": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
    "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": " ",
})  # fmt: skip


def find_quote(text: str, quote: str, near: Span | None = None) -> Span | None:
    r"""Return where `quote` stands in `text`, ``None`` where it does not.

    Kinds of quotation marks, hyphens and spaces may differ, nothing else may. Of several
    places the first one inside `near` is taken, else the one nearest to it.

    >>> find_quote("He said “two\ndied”.", 'said "two died"').of("He said “two\ndied”.")
    'said “two\ndied”'
    >>> find_quote("Two died.", "Three died.") is None
    True
    """
    pattern = _pattern(quote.strip())
    if pattern is None:
        return None
    found = [Span(*match.span()) for match in pattern.finditer(_plain(text))]
    if near is None or not found:
        return found[0] if found else None
    return min(found, key=lambda span: _away(span, near))


def _away(span: Span, near: Span) -> tuple[int, int]:
    gap = max(0, near.start - span.start, span.stop - near.stop)
    return gap, span.start


@lru_cache(maxsize=8)
def _plain(text: str) -> str:
    return text.translate(_ALIKE)


@lru_cache(maxsize=512)
def _pattern(quote: str) -> re.Pattern[str] | None:
    words = quote.translate(_ALIKE).split()
    if not words:
        return None
    body = r"\s+".join(re.escape(word) for word in words)
    # Whole words only: "Sumy" is not in "Sumyna", nor "2" in "12".
    head = r"(?<!\w)" if words[0][0].isalnum() else ""
    tail = r"(?!\w)" if words[-1][-1].isalnum() else ""
    return re.compile(head + body + tail)
