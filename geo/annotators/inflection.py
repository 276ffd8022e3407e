"""Generate the dictionary forms an inflected name may have; the gazetteer keeps those it knows."""

from __future__ import annotations

from collections.abc import Callable
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
def nominative_forms(
    word: str, pack: LanguagePack, which: str = "rules", shortest: int = _SHORTEST_STEM
) -> tuple[str, ...]:
    """Return the forms that a folded `word` may be an inflected form of, longest suffix first.

    The word itself is not among them. A language without rules has none. `which` names the
    table of the pack's section ``[inflection]``, `shortest` is the least that stays of a word.
    """
    table, longest = _rules(pack, which)
    forms: dict[str, None] = {}
    for size in range(min(longest, len(word) - shortest), -1, -1):
        stem, suffix = word[: len(word) - size], word[len(word) - size :]
        for ending in table.get(suffix, ()):
            forms.setdefault(stem + ending)
    forms.pop(word, None)
    return tuple(forms)[:_MOST_FORMS]


def combined_forms(
    words: tuple[str, ...],
    separators: tuple[str, ...],
    pack: LanguagePack,
    begins: Callable[[str], bool] | None = None,
) -> list[str]:
    """Return the names that several inflected words may make together.

    ``separators`` stand between the words (a space or a hyphen). Words before another may also
    be adjectives, by the table ``leading``: "im Schwarzen Meer". Beginnings that ``begins``
    says no to are not followed: else only the likeliest forms of the first words are. Where it
    is given the table ``joined`` counts, too, whose rules are too loose for a name of one word.
    """
    made = [""]
    for index, word in enumerate(words):
        joint = separators[index - 1] if index else ""
        forms = (word, *nominative_forms(word, pack))
        if begins is not None:  # the whole name decides, so words may be cut short
            forms += nominative_forms(word, pack, "joined", 1)
            forms += nominative_forms(word, pack, "rules", 1)
        if index + 1 < len(words):
            forms += nominative_forms(word, pack, "leading")
        made = [start + joint + form for start in made for form in dict.fromkeys(forms)]
        if begins is not None and index + 1 < len(words):
            made = [start for start in made if begins(start + separators[index])]
            if not made:
                return []
        made = made[:_MOST_COMBINED]
    return made
