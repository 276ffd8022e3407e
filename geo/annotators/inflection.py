"""Generate the dictionary forms an inflected name may have; the gazetteer keeps those it knows."""

from __future__ import annotations

from functools import lru_cache

from gazetteer.names import fold
from geo.languages import LanguagePack

_SHORTEST_STEM = 3
_MOST_FORMS = 40
_MOST_COMBINED = 120


@lru_cache(maxsize=32)
def _rules(pack: LanguagePack, which: str) -> tuple[dict[str, tuple[str, ...]], int]:
    table: dict[str, list[str]] = {}
    for rule in pack.section("inflection").get(which, ()):
        suffix, _, ending = rule.partition(">")
        table.setdefault(fold(suffix), []).append(fold(ending) if ending.strip() else "")
    longest = max(map(len, table), default=0)
    return {suffix: tuple(dict.fromkeys(endings)) for suffix, endings in table.items()}, longest


@lru_cache(maxsize=20_000)
def nominative_forms(word: str, pack: LanguagePack, which: str = "rules") -> tuple[str, ...]:
    """Return the forms that a folded `word` may be an inflected form of, longest suffix first.

    The word itself is not among them. A language without rules has none. `which` names the
    table of the pack's section ``[inflection]``.
    """
    table, longest = _rules(pack, which)
    forms: dict[str, None] = {}
    for size in range(min(longest, len(word) - _SHORTEST_STEM), -1, -1):
        stem, suffix = word[: len(word) - size], word[len(word) - size :]
        for ending in table.get(suffix, ()):
            forms.setdefault(stem + ending)
    forms.pop(word, None)
    return tuple(forms)[:_MOST_FORMS]


def combined_forms(
    words: tuple[str, ...], separators: tuple[str, ...], pack: LanguagePack
) -> list[str]:
    """Return the names that several inflected words may make together.

    ``separators`` stand between the words (a space or a hyphen). Words before another may also
    be adjectives, by the table ``leading``: "im Schwarzen Meer".
    """
    made = [""]
    for index, word in enumerate(words):
        joint = separators[index - 1] if index else ""
        forms = (word, *nominative_forms(word, pack))
        if index + 1 < len(words):
            forms += nominative_forms(word, pack, "leading")
        made = [start + joint + form for start in made for form in forms][:_MOST_COMBINED]
    return made
