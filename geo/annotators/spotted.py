"""Hold what spotting works on, and ask simple questions of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.annotators.cues import Cues
from geo.languages import LanguagePack
from geo.languages.persons import person_names
from geo.models import Token

if TYPE_CHECKING:
    from gazetteer import Gazetteer

AREAS = frozenset(("sector", "admin1", "admin2"))
MOST_FORMS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Spotted:
    """Hold a possible toponym: tokens ``first`` to ``last``, the names to look up, how matched.

    ``match`` is ``exact``, ``short`` (an abbreviation of the pack), ``seat`` (of a government),
    ``inflected``, ``alike`` (transliterated or misspelt) or ``named`` (unknown to the gazetteer).
    """

    first: int
    last: int
    names: tuple[str, ...]
    match: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Folded:
    """Hold the folded tokens joined as in the text, where each starts, and which ends where."""

    text: str
    starts: tuple[int, ...]
    ends: dict[int, int]


def fold_tokens(tokens: Sequence[Token]) -> Folded:
    """Join folded tokens by single spaces where the text has any space.

    >>> fold_tokens([Token(0, 3, "New", "new"), Token(4, 8, "York", "york")])
    Folded(text='new york', starts=(0, 4), ends={3: 0, 8: 1})
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: dict[int, int] = {}
    length = stop = 0
    for index, token in enumerate(tokens):
        if token.start > stop and index:
            pieces.append(" ")
            length += 1
        starts.append(length)
        pieces.append(token.folded)
        length += len(token.folded)
        ends[length] = index
        stop = token.stop
    return Folded(text="".join(pieces), starts=tuple(starts), ends=ends)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """Hold what the rules read: the text with its tokens, the pack's cues, the gazetteer.

    ``hints`` says what each token says of a name beside it; ``inflects`` whether the language
    has forms to undo; ``folded`` is the text as names are stored.
    """

    text: str
    tokens: Sequence[Token]
    cues: Cues
    pack: LanguagePack
    gazetteer: Gazetteer
    hints: dict[int, str]
    inflects: bool
    folded: Folded


def named(reading: Reading, first: int, last: int) -> Spotted:
    """Return tokens as a name that the gazetteer does not know."""
    written = reading.text[reading.tokens[first].start : reading.tokens[last].stop]
    return Spotted(first=first, last=last, names=(), match="named", text=written)


def is_plain(reading: Reading, token: Token) -> bool:
    """Tell whether a word is an ordinary one, a title, an organisation's or a given name."""
    cues, word = reading.cues, token.folded
    if word in cues.common or word in cues.hints or word in cues.articles:
        return True
    return bool(cues.lists_of(word)) or word in person_names()["given"]


def begins_nothing(reading: Reading, index: int) -> bool:
    """Tell whether a token is an ordinary word or an article."""
    token = reading.tokens[index]
    return token.folded in reading.cues.common or token.folded in reading.cues.articles


def opens(reading: Reading, index: int) -> bool:
    """Tell whether a token seems to begin a sentence: any word has a capital there."""
    if index == 0:
        return True
    before = reading.tokens[index - 1]
    if "\n" in reading.text[before.stop : reading.tokens[index].start]:
        return True
    return (
        before.text in ".!?…" and index - 1 not in reading.hints and index - 2 not in reading.hints
    )
