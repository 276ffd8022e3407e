"""Follow capitalised words that stand together: the longest stretch that may be one name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.annotators.cues import Cues
from geo.models import Token

_LONGEST = 5
_JOINTS = "-–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Hold the folded words of a run, what stands between them, and the token each ends at.

    A particle counts with the word behind it: "Deir al-Balah" is ``deir``, ``balah`` with
    ``" al-"`` between them.
    """

    words: tuple[str, ...]
    separators: tuple[str, ...]
    ends: tuple[int, ...]


def is_capital(token: Token) -> bool:
    """Tell whether a token begins with a capital letter."""
    return token.text[0].isupper()


def run_at(tokens: Sequence[Token], index: int, cues: Cues, longest: int = _LONGEST) -> Run:
    """Return the run that begins at a token, at most `longest` words.

    The last word may have a small letter ("Харківська область"), and so may one behind a hyphen.
    """
    words, separators, ends = [tokens[index].folded], [], [index]
    while len(words) < longest:
        joined = _next(tokens, ends[-1], cues)
        if joined is None:
            break
        separator, position = joined
        capital = is_capital(tokens[position])
        if not capital and separator == " " and len(words) > 1:
            break
        words.append(tokens[position].folded)
        separators.append(separator)
        ends.append(position)
        if not capital and separator == " ":
            break
    return Run(words=tuple(words), separators=tuple(separators), ends=tuple(ends))


def stands_alone(tokens: Sequence[Token], index: int, cues: Cues) -> bool:
    """Tell whether what is behind a token is no capitalised word, and joins none to it."""
    if index + 1 >= len(tokens):
        return True
    behind = tokens[index + 1]
    if behind.text[0].isupper() or _is_glued(tokens, index + 1):
        return False
    return behind.folded not in cues.particles


def _next(tokens: Sequence[Token], last: int, cues: Cues) -> tuple[str, int] | None:
    """Return what joins the next word of a run to the last one, and that word's token."""
    position, separator = last + 1, " "
    if position < len(tokens) and _is_glued(tokens, position):
        position, separator = position + 1, "-"
    if (
        position + 1 < len(tokens)
        and tokens[position].folded in cues.particles
        and not is_capital(tokens[position])
    ):
        glued = _is_glued(tokens, position + 1)
        after = position + 2 if glued else position + 1
        plain = not glued and tokens[position].folded in cues.common  # "hospitals at Jableh"
        if after < len(tokens) and is_capital(tokens[after]) and not plain:
            joint = "-" if after == position + 2 else " "
            return f"{separator}{tokens[position].folded}{joint}", after
    if position >= len(tokens) or not tokens[position].text[0].isalpha():
        return None
    if tokens[position].start - tokens[position - 1].stop > 1:  # a new paragraph
        return None
    return separator, position


def _is_glued(tokens: Sequence[Token], index: int) -> bool:
    mark = tokens[index]
    return mark.text in _JOINTS and mark.start == tokens[index - 1].stop
