"""Tell who says so: the office or body that speaks.

Only offices and bodies are named ("the regional governor", "il ministero della Difesa russo");
the names of persons are left out, as nobody needs them to weigh a claim.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from geo.annotators.cues import Cues, compile_cues
from geo.events.context import Annotation, Sentence
from geo.languages import load_language
from geo.models import Span, Token

_BODIES = ("institutions", "offices")
_SIDES = ("actor", "attacker_russia", "attacker_ukraine", "state_actor", "militant_actor")
_NO_PART = frozenset(
    "speech denial denies confirm plan negation in near on from to and clause relative since "
    "additional killed injured casualties strike capture liberate detained evacuated".split()
)
_TITLES = "titles"
_UNIT = "generic_region"
_FIGHTERS = ("military", "gunmen")
_ANSWERING = ("confirm", "denies")
_REACH = 8
_REACH_OF_NAMES = 3
_BEHIND = 2  # a speaker stands before the verb more often than behind it
_COMMA = 2
_LONGEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """Hold a sentence's words with what is known of each, by token."""

    sentence: Sentence
    tokens: Sequence[Token]
    cues: Cues
    concepts: dict[int, set[str]]
    names: frozenset[int]
    dates: frozenset[int]

    def is_body(self, index: int) -> bool:
        """Tell an office or institution, and no inhabitants or weapons."""
        concepts = self.concepts.get(index, set())
        lists = self.cues.lists_of(self.tokens[index].folded)
        is_inhabitant = "person" in concepts and not {"institutions", _TITLES}.intersection(lists)
        if "weapon" in concepts or is_inhabitant:
            return False
        return any(name in lists for name in _BODIES)

    def fights(self, index: int) -> bool:
        """Tell troops, which are spoken of more often than they speak."""
        return bool(self.concepts.get(index, set()) & {*_FIGHTERS})

    def breaks(self, one: int, other: int) -> int:
        """Count the clause boundaries between two tokens; an article is none ("das", "die")."""
        first, last = sorted((one, other))
        return sum(
            self.tokens[i].text in _MARKS - {",", "."}
            or "clause" in self.concepts.get(i, ())
            or ("relative" in self.concepts.get(i, ()) and not self._is_article(i))
            for i in range(first + 1, last)
        )

    def _is_article(self, index: int) -> bool:
        after_comma = self.tokens[index - 1].text == ","
        return self.tokens[index].folded in self.cues.articles and not after_comma

    def is_named(self, index: int) -> bool:
        """Tell a place, a people or a side of the war."""
        return index in self.names or bool(self.concepts.get(index, set()) & {*_SIDES})

    def is_word(self, index: int) -> bool:
        """Tell a word that may stand in the name of a body: in the sentence, no date, no mark."""
        inside = self.sentence.first <= index < self.sentence.stop
        return inside and self.tokens[index].text[0] not in _MARKS and index not in self.dates


_MARKS = frozenset(',;:.!?()[]«»„“”"—–…')


def find_speaker(
    annotation: Annotation, sentences: Sequence[Sentence], told_in: Sequence[int]
) -> str | None:
    """Return the words that name the office or body which tells an event, ``None`` if none does.

    The first of the event's sentences that names one decides.
    """
    for at in told_in:
        sentence = sentences[at]
        if any(concept in sentence.concepts for concept in ("speech", *_ANSWERING)):
            found = _speaker(_words(annotation, sentence))
            if found is not None:
                return found
    return None


def _words(annotation: Annotation, sentence: Sentence) -> _Words:
    tokens = annotation.tokens
    concepts: dict[int, set[str]] = {}
    for term in sentence.terms:
        for index in range(term.first, term.last + 1):
            concepts.setdefault(index, set()).add(term.concept)
    start, stop = sentence.span
    resolutions = annotation.resolutions
    first = bisect_left(resolutions, start, key=lambda r: r.mention.span.start)
    last = bisect_left(resolutions, stop, key=lambda r: r.mention.span.start)
    names = [r.mention.span for r in resolutions[first:last]]
    dates = [i.span for i in sentence.intervals if i.span is not None]
    within = range(sentence.first, sentence.stop)

    def covered(spans: Sequence[Span]) -> frozenset[int]:
        return frozenset(
            i for i in within if any(s.start <= tokens[i].start < s.stop for s in spans)
        )

    return _Words(
        sentence=sentence,
        tokens=tokens,
        cues=compile_cues(load_language(annotation.document.language or "")),
        concepts=concepts,
        names=frozenset(
            i for i in within if any(s.start <= tokens[i].start < s.stop for s in names)
        ),
        dates=frozenset(
            i for i in within if any(s.start <= tokens[i].start < s.stop for s in dates)
        ),
    )


def _speaker(words: _Words) -> str | None:
    within = range(words.sentence.first, words.sentence.stop)
    bodies = [i for i in within if words.is_body(i)]
    sides = [i for i in within if _speaks(words, i)]
    ways = (
        _nearest(words, heads, verbs, reach)
        for verbs in _verbs(words)
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
    return " ".join(_between(words, start, stop).split())


def _verbs(words: _Words) -> tuple[list[int], list[int]]:
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


def _between(words: _Words, start: int, stop: int) -> str:
    """Return the text of some tokens, with the blanks that stand between them."""
    text, position = "", start
    for token in words.tokens[words.sentence.first : words.sentence.stop]:
        if start <= token.start < stop:
            text += " " * (token.start - position) + token.text
            position = token.stop
    return text


def _speaks(words: _Words, index: int) -> bool:
    """Tell a place that stands for its government, or a body's short form."""
    literal = any(p.first <= index <= p.last for p in words.sentence.places)
    token = words.tokens[index]
    is_short = _is_short(token) and "never_places" in words.cues.lists_of(token.folded)
    named = is_short or (index in words.names and index - 1 not in words.names)
    weapon = "weapon" in words.concepts.get(index, ())
    return named and not literal and not weapon and not words.fights(index)


def _nearest(
    words: _Words, heads: Sequence[int], verbs: Sequence[int], reach: int
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


def _first(words: _Words, head: int) -> int:
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


def _last(words: _Words, head: int, verb: int) -> int:
    """Return the last token of a body's name: what follows "of", a place, a genitive."""
    last = index = head
    opened = False
    while index - head < _LONGEST and words.is_word(index + 1) and index + 1 != verb:
        index += 1
        token = words.tokens[index]
        concepts = words.concepts.get(index, set())
        if "of" in concepts or token.folded in words.cues.articles:
            opened = True
        elif opened or words.is_named(index) or words.is_body(index) or _is_short(token):
            last, opened = index, False
        elif _UNIT in concepts and index == last + 1:
            last = index
        elif not token.text[0].islower() or not _leads_to_name(words, index, head, verb):
            break
    return last


def _is_short(token: Token) -> bool:
    return len(token.text) > 1 and token.text.isupper()


def _leads_to_name(words: _Words, index: int, head: int, verb: int) -> bool:
    """Tell a genitive with a name behind it: "Міністерство оборони Росії"."""
    behind = index + 1
    if not words.is_word(behind):
        return False
    beside = head > verb or behind + 1 == verb  # else the clause may have a verb of its own here
    if not beside and words.concepts.get(index):
        return False
    return words.is_named(behind) or _is_short(words.tokens[behind])
