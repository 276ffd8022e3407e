"""Hold the words of a sentence as one who asks for its speaker sees them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.annotators.cues import Cues, compile_cues
from geo.events.context import Annotation, Sentence
from geo.languages import load_language
from geo.models import Span, Token

_BODIES = ("institutions", "offices")
_SIDES = frozenset("actor attacker_russia attacker_ukraine state_actor militant_actor".split())
_TITLES = "titles"
_FIGHTERS = frozenset({"military", "gunmen"})
_MARKS = frozenset(',;:.!?()[]«»„“”"—–…')
_BREAKS = _MARKS - {",", "."}
_CLAUSES = frozenset({"clause", "relative"})
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerWords:
    """Hold a sentence's words with what is known of each, by token."""

    sentence: Sentence
    tokens: Sequence[Token]
    cues: Cues
    concepts: dict[int, set[str]]
    names: frozenset[int]
    dates: frozenset[int]

    def is_body(self, index: int) -> bool:
        """Tell an office or institution, and no inhabitants or weapons."""
        lists = self.cues.lists_of[self.tokens[index].folded]
        if not any(name in lists for name in _BODIES):
            return False
        concepts = self.concepts.get(index, _NONE)
        is_inhabitant = "person" in concepts and not {"institutions", _TITLES}.intersection(lists)
        return "weapon" not in concepts and not is_inhabitant

    def fights(self, index: int) -> bool:
        """Tell troops, which are spoken of more often than they speak."""
        return not _FIGHTERS.isdisjoint(self.concepts.get(index, _NONE))

    def breaks(self, one: int, other: int) -> int:
        """Count the clause boundaries between two tokens."""
        first, last = sorted((one, other))
        return sum(
            self.tokens[i].text in _BREAKS or not _CLAUSES.isdisjoint(self.concepts.get(i, ()))
            for i in range(first + 1, last)
        )

    def is_named(self, index: int) -> bool:
        """Tell a place, a people or a side of the war."""
        return index in self.names or not _SIDES.isdisjoint(self.concepts.get(index, _NONE))

    def is_word(self, index: int) -> bool:
        """Tell a word that may stand in the name of a body: in the sentence, no date, no mark."""
        inside = self.sentence.first <= index < self.sentence.stop
        return inside and self.tokens[index].text[0] not in _MARKS and index not in self.dates

    def speaks(self, index: int) -> bool:
        """Tell a place that stands for its government, or a body's short form."""
        token = self.tokens[index]
        named = index in self.names and index - 1 not in self.names
        if not named:
            is_listed = "never_places" in self.cues.lists_of[token.folded]
            if not is_listed or not is_short(token):
                return False
        literal = any(p.first <= index <= p.last for p in self.sentence.places)
        weapon = "weapon" in self.concepts.get(index, ())
        return not literal and not weapon and not self.fights(index)

    def between(self, start: int, stop: int) -> str:
        """Return the text of some tokens, with the blanks that stand between them."""
        text, position = "", start
        for token in self.tokens[self.sentence.first : self.sentence.stop]:
            if start <= token.start < stop:
                text += " " * (token.start - position) + token.text
                position = token.stop
        return text


class WordsOfSpeakers:
    """Gather the words of one sentence of a document after the other."""

    def __init__(self, annotation: Annotation) -> None:
        self._tokens = annotation.tokens
        self._cues = compile_cues(load_language(annotation.document.language or ""))
        self._names = [resolution.mention.span for resolution in annotation.resolutions]
        self._begins = [span.start for span in self._names]
        self._starts = [token.start for token in annotation.tokens]

    def of(self, sentence: Sentence) -> SpeakerWords:
        """Return the words of a sentence."""
        concepts: dict[int, set[str]] = {}
        for term in sentence.terms:
            for index in range(term.first, term.last + 1):
                concepts.setdefault(index, set()).add(term.concept)
        start, stop = sentence.span
        first, last = bisect_left(self._begins, start), bisect_left(self._begins, stop)
        dates = [i.span for i in sentence.intervals if i.span is not None]
        return SpeakerWords(
            sentence=sentence,
            tokens=self._tokens,
            cues=self._cues,
            concepts=concepts,
            names=self._covered(sentence, self._names[first:last]),
            dates=self._covered(sentence, dates),
        )

    def _covered(self, sentence: Sentence, spans: Iterable[Span]) -> frozenset[int]:
        """Return the tokens of a sentence that begin within a span."""
        covered: set[int] = set()
        for span in spans:
            first = max(sentence.first, bisect_left(self._starts, span.start))
            covered.update(range(first, min(sentence.stop, bisect_left(self._starts, span.stop))))
        return frozenset(covered)


def is_short(token: Token) -> bool:
    """Tell an abbreviation in capitals."""
    return len(token.text) > 1 and token.text.isupper()
