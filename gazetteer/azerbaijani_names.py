"""Write names in Azerbaijani letters as the press of other countries does."""

from __future__ import annotations

_LETTERS = str.maketrans(
    {
        "ə": "a", "x": "kh", "c": "j", "ç": "ch", "ş": "sh", "ğ": "gh", "q": "g", "ı": "i",
        "ö": "o", "ü": "u", "Ə": "A", "X": "Kh", "C": "J", "Ç": "Ch", "Ş": "Sh", "Ğ": "Gh",
        "Q": "G", "İ": "I", "Ö": "O", "Ü": "U",
    }
)  # fmt: skip


def press_spelling(name: str) -> str:
    """Return an Azerbaijani name in the letters of English-language press.

    >>> press_spelling("Xocalı"), press_spelling("Ağdərə")
    ('Khojali', 'Aghdara')
    """
    return name.translate(_LETTERS)
