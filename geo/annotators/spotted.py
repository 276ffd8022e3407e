"""Hold what spotting works on, and ask simple questions of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from geo.annotators.cues import Cues
from geo.annotators.runs import Run, run_at, stands_alone
from geo.annotators.words import Word, WordTable
from geo.languages import LanguagePack
from geo.models import Token

if TYPE_CHECKING:
    from gazetteer import Gazetteer

AREAS = frozenset(("sector", "admin1", "admin2"))
MOST_FORMS = 8


class Spotted(NamedTuple):
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
class Reading:
    """Hold what the rules read: the text with its tokens, the pack's cues, the gazetteer.

    ``hints`` says what each token says of a name beside it; ``inflects`` whether the language
    has forms to undo; ``words`` what is known of single words.
    """

    text: str
    tokens: Sequence[Token]
    cues: Cues
    pack: LanguagePack
    gazetteer: Gazetteer
    hints: dict[int, str]
    inflects: bool
    words: WordTable
    runs: dict[int, Run | None] = field(default_factory=dict)

    def word(self, index: int) -> Word:
        """Return what is known of the word that a token is, whatever stands around it."""
        return self.words.of[self.tokens[index].folded]

    def run(self, index: int) -> Run | None:
        """Return the run of words that begins at a token, ``None`` for one that stands alone."""
        if index not in self.runs:
            alone = stands_alone(self.tokens, index, self.cues) and index + 1 not in self.hints
            self.runs[index] = None if alone else run_at(self.tokens, index, self.cues)
        return self.runs[index]


def named(reading: Reading, first: int, last: int) -> Spotted:
    """Return tokens as a name that the gazetteer does not know."""
    written = reading.text[reading.tokens[first].start : reading.tokens[last].stop]
    return Spotted(first=first, last=last, names=(), match="named", text=written)


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
