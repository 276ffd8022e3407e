"""Sort the words beside a name into a few classes that all languages share."""

from __future__ import annotations

from collections.abc import Callable

from geo.annotators.surroundings import Surroundings

PREPOSITIONS = ("in", "near", "on", "from", "to", "of")
SAYING = frozenset(("speech", "denial", "talks", "plan", "ceasefire"))
HAPPENING = frozenset(
    "strike shelling missile drone airstrike rocket killed injured capture liberate clash "
    "explosion infrastructure advance".split()
)


def class_at(index: int, beside: int, around: Surroundings) -> str:
    """Return the class of the token at an index, as seen from the name beside it.

    The first of :data:`RULES` that answers decides.
    """
    if not 0 <= index < len(around.tokens):
        return "edge"
    if (index > beside and index in around.opens) or (index < beside and beside in around.opens):
        return "edge"
    for rule in RULES:
        found = rule(index, around)
        if found is not None:
            return found
    return "word"


def mark_or_number(index: int, around: Surroundings) -> str | None:
    """Name the mark itself; a number is a number."""
    first = around.tokens[index].text[0]
    if not first.isalnum():
        return f"mark {around.tokens[index].text}"
    return "number" if first.isdigit() else None


def listed(index: int, around: Surroundings) -> str | None:
    """Name the list of the pack that holds the word, or the kind of place it says."""
    lists = around.cues.lists_of[around.tokens[index].folded]
    if lists:
        return lists[0]
    hint = around.hints.get(index)
    return None if hint is None else f"hint {hint}"


def small_word(index: int, around: Surroundings) -> str | None:
    """Name a given name, a preposition or an article."""
    if index in around.given:
        return "given"
    concepts = around.concepts.get(index, frozenset())
    for concept in PREPOSITIONS:
        if concept in concepts:
            return concept
    return "article" if around.tokens[index].folded in around.cues.articles else None


def capital(index: int, around: Surroundings) -> str | None:
    """Tell an ordinary word, a spotted name and an unknown one apart, all with a capital."""
    token = around.tokens[index]
    if not token.text[0].isupper():
        return None
    if token.folded in around.cues.common:
        return "Common"
    return "spotted" if index in around.spotted else "Capital"


def meaning(index: int, around: Surroundings) -> str | None:
    """Name what a word in small letters is about: speaking, an attack, or joining two names."""
    concepts = around.concepts.get(index, frozenset())
    for group, name in ((SAYING, "saying"), (HAPPENING, "happening"), ({"and"}, "and")):
        if concepts & group:
            return name
    return "clitic" if around.tokens[index].text[0] in "'’" else None


RULES: tuple[Callable[[int, Surroundings], str | None], ...] = (
    mark_or_number,
    listed,
    small_word,
    capital,
    meaning,
)
