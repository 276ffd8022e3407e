"""Tell who says so: the office or body that speaks.

Only offices and bodies are named ("the regional governor", "il ministero della Difesa russo");
the names of persons are left out, as nobody needs them to weigh a claim.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo.events.context import Annotation, Sentence
from geo.events.speaker_words import SpeakerWords, WordsOfSpeakers, is_short

_NO_PART = frozenset(
    "speech denial denies confirm plan negation in near on from to and clause relative since "
    "additional killed injured casualties strike capture liberate detained evacuated".split()
)
_UNIT = "generic_region"
_ANSWERING = ("confirm", "denies")
_REACH = 8
_REACH_OF_NAMES = 3
_BEHIND = 2  # a speaker stands before the verb more often than behind it
_COMMA = 2
_LONGEST = 5


class Speakers:
    """Find who tells the events of a document; a sentence that tells several is read once."""

    def __init__(self, annotation: Annotation, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._words = WordsOfSpeakers(annotation)
        self._known: dict[int, str | None] = {}

    def find(self, told_in: Sequence[int]) -> str | None:
        """Return the words that name the office or body which tells an event.

        The first of the event's sentences that names one decides; ``None`` if none does.
        """
        for at in told_in:
            if at not in self._known:
                self._known[at] = self._speaker(self._sentences[at])
            if self._known[at] is not None:
                return self._known[at]
        return None

    def _speaker(self, sentence: Sentence) -> str | None:
        if not any(concept in sentence.concepts for concept in ("speech", *_ANSWERING)):
            return None
        return _speaker(self._words.of(sentence))


def _speaker(words: SpeakerWords) -> str | None:
    within = range(words.sentence.first, words.sentence.stop)
    verbs_of = _verbs(words)
    if not any(verbs_of):
        return None
    bodies = [i for i in within if words.is_body(i)]
    sides = [i for i in within if words.speaks(i)]
    ways = (
        _nearest(words, heads, verbs, reach)
        for verbs in verbs_of
        for heads, reach in ((bodies, _REACH), (sides, _REACH_OF_NAMES))
    )
    found = next(filter(None, ways), None)
    if found is None:
        return None
    head, verb = found
    if words.is_body(head):
        first, last = _first(words, head), _last(words, head, verb)
    else:
        first, last = head, head
        while last + 1 in words.names:
            last += 1
    start, stop = words.tokens[first].start, words.tokens[last].stop
    return " ".join(words.between(start, stop).split())


def _verbs(words: SpeakerWords) -> tuple[list[int], list[int]]:
    """Return the words of saying, and those of answering: who tells goes before who confirms.

    Those that name a body themselves ("defence ministry") are none.
    """
    told: list[int] = []
    answered: list[int] = []
    for term in words.sentence.terms:
        if term.concept not in ("speech", *_ANSWERING):
            continue
        within = range(term.first, term.last + 1)
        answers = any(words.concepts[i] & {*_ANSWERING} for i in within)
        if not any(words.is_body(i) for i in within):
            (answered if answers else told).append(term.first)
        elif words.is_body(term.first) and not words.is_body(term.last):  # "police said"
            (answered if answers else told).append(term.last)
    return told, answered


def _nearest(
    words: SpeakerWords, heads: Sequence[int], verbs: Sequence[int], reach: int
) -> tuple[int, int] | None:
    """Return the head nearest to a word of saying in its clause, within reach, and that word."""
    costs = [
        (cost, head, verb)
        for head in heads
        for verb in verbs
        if abs(verb - head) <= reach
        and not words.breaks(verb, head)
        and not (words.fights(head) and head > verb and words.is_word(head + 1))
        for cost in [
            abs(verb - head)
            + (_BEHIND if head > verb else 0)
            + _COMMA * words.sentence.commas_between(verb, head)
        ]
    ]
    return min(costs)[1:] if costs else None


def _first(words: SpeakerWords, head: int) -> int:
    """Return the first token of a body's name: its adjectives, its place, its article."""
    first = head
    while head - first < _LONGEST and words.is_word(first - 1):
        before = first - 1
        if words.tokens[before].folded in words.cues.articles:
            return before
        known = words.concepts.get(before, set())
        in_term = any(t.first <= before and first <= t.last for t in words.sentence.terms)
        plain = words.tokens[before].text[0].islower() and (in_term or not known & _NO_PART)
        clitic = not words.tokens[before].text[0].isalnum()  # "Ukraine's"
        plain = plain or (clitic and words.is_named(before - 1))
        if not (plain or words.is_named(before) or words.is_body(before)):
            break
        first = before
    return first


def _last(words: SpeakerWords, head: int, verb: int) -> int:
    """Return the last token of a body's name: what follows "of", a place, a genitive."""
    last = index = head
    opened = False
    while index - head < _LONGEST and words.is_word(index + 1) and index + 1 != verb:
        index += 1
        token = words.tokens[index]
        concepts = words.concepts.get(index, set())
        if "of" in concepts or token.folded in words.cues.articles:
            opened = True
        elif opened or words.is_named(index) or words.is_body(index) or is_short(token):
            last, opened = index, False
        elif _UNIT in concepts and index == last + 1:
            last = index
        elif not token.text[0].islower() or not _leads_to_name(words, index, head, verb):
            break
    return last


def _leads_to_name(words: SpeakerWords, index: int, head: int, verb: int) -> bool:
    """Tell a genitive with a name behind it: "Міністерство оборони Росії"."""
    behind = index + 1
    if not words.is_word(behind):
        return False
    beside = head > verb or behind + 1 == verb  # else the clause may have a verb of its own here
    if not beside and words.concepts.get(index):
        return False
    return words.is_named(behind) or is_short(words.tokens[behind])
