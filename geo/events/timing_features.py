"""Describe a pair of an occurrence and a date, to tell whether it happened on that day.

The log-linear model ``dates`` weighs these names; ``explain`` prints them. Every name begins
with where the date stands as seen from the occurrence: in its ``clause``, elsewhere in its
``sentence``, in another sentence that tells it (``told``), ``before`` or ``after`` it in the
paragraph, in a ``title``, in a paragraph ``above`` or ``below``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geo.events.context import Located, Sentence
from geo.events.place_features import OCCURRENCE
from geo.models import Interval

_NEAR = 3
_OPENING = 4
_LONGEST_TITLE = 30
_BREAK_COST = 12
_AREAL = (4, 6, 7, 9)
_ATTACKS = frozenset(
    "missile drone rocket shelling airstrike strike intercept clash ambush gunmen violence "
    "explosion mine sabotage capture liberate advance".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Hold an interval with the sentence (an index into the view) and its tokens."""

    interval: Interval
    sentence: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Hold what is to be dated: the sentences that tell it, the main one first, and its place."""

    told_in: tuple[int, ...]
    place: Located | None
    cumulative: bool = False

    @property
    def at(self) -> int:
        """Return the index of the main sentence."""
        return self.told_in[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals:
    """Hold the dates that are weighed for an occurrence, and what they share as features."""

    dates: Sequence[Dated]
    of_sentence: dict[int, list[Dated]]
    different: str
    item: str
    opening: tuple[str, ...]


def rivals_of(sentences: Sequence[Sentence], occasion: Occasion, dates: Sequence[Dated]) -> Rivals:
    """Return the dates (in text order) as rivals for one occurrence."""
    of_sentence: dict[int, list[Dated]] = {}
    for dated in dates:
        of_sentence.setdefault(dated.sentence, []).append(dated)
    return Rivals(
        dates=dates,
        of_sentence=of_sentence,
        different=_different(dates),
        item="list item" if _is_list_item(sentences, occasion.at) else "prose",
        opening=tuple(_opening(sentences[occasion.at])),
    )


def describe_timing(
    sentences: Sequence[Sentence], occasion: Occasion, dated: Dated, rivals: Rivals
) -> list[str]:
    """Return the features of a date for an occurrence; `rivals` are all dates."""
    where, rule = _where(sentences, occasion, dated), dated.interval.rule
    names = [f"rule:{rule}", f"precision:{dated.interval.precision}"]
    names += _setting(sentences, dated, rivals)
    if dated.sentence == occasion.at:
        names += _within(sentences[occasion.at], occasion, dated, rivals)
    else:
        names += _apart(sentences, occasion, dated, rivals)
    features = [where, f"rule:{rule}", *(f"{where}|{name}" for name in names)]
    if where not in ("clause", "sentence"):
        features += [f"apart|{name}" for name in names]
    if occasion.cumulative:
        features += ["cumulative", f"cumulative|rule:{rule}", f"cumulative|{where}"]
    return features


def describe_no_date(
    sentences: Sequence[Sentence], occasion: Occasion, dates: Sequence[Dated]
) -> list[str]:
    """Return the features of an occurrence for having no date in the text."""
    here = sentences[occasion.at]
    names = [f"dates here:{_count(d.sentence == occasion.at for d in dates)}"]
    names.append(f"dates in text:{_different(dates)}")
    names.append(f"sentence:{min(occasion.at, 3)}")
    names.append("list item" if _is_list_item(sentences, occasion.at) else "prose")
    names += [c for c in ("status", "frontline", "history", "control_claim") if c in here.concepts]
    if here.heading:
        names.append("heading")
    if len(occasion.told_in) > 1:
        names.append("told in several sentences")
    if occasion.cumulative:
        names.append("cumulative")
    return ["no date", *(f"no date|{name}" for name in names)]


def _where(sentences: Sequence[Sentence], occasion: Occasion, dated: Dated) -> str:
    here, there = sentences[occasion.at], sentences[dated.sentence]
    if dated.sentence == occasion.at:
        anchor = occasion.place.first if occasion.place else here.first
        return "sentence" if here.breaks_between(dated.first, anchor) else "clause"
    if dated.sentence in occasion.told_in:
        return "told"
    if there.heading or _is_title(sentences, dated.sentence):
        return "title"
    if there.paragraph == here.paragraph:
        return "before" if dated.sentence < occasion.at else "after"
    return "above" if dated.sentence < occasion.at else "below"


def _is_title(sentences: Sequence[Sentence], at: int) -> bool:
    """Tell a title with a full stop: the first paragraph, when it is one short sentence."""
    return at == 0 and _is_alone(sentences, 0) and sentences[0].stop - sentences[0].first <= (
        _LONGEST_TITLE
    )  # fmt: skip


def _is_alone(sentences: Sequence[Sentence], at: int) -> bool:
    """Tell whether a sentence makes a paragraph of its own, with others around it."""
    own = sentences[at].paragraph
    around = [*sentences[max(0, at - 1) : at], *sentences[at + 1 : at + 2]]
    return bool(around) and all(s.paragraph != own for s in around)


def _is_list_item(sentences: Sequence[Sentence], at: int) -> bool:
    """Tell an item of a list: a paragraph of one sentence, or a name with a colon behind it."""
    here = sentences[at]
    colon = next((i for i, n in enumerate(here.breaks) if n), _LONGEST_TITLE)
    return _is_alone(sentences, at) or colon <= _OPENING


def _setting(sentences: Sequence[Sentence], dated: Dated, rivals: Rivals) -> Iterator[str]:
    """Say what stands around the date, wherever it is."""
    there = sentences[dated.sentence]
    speech = there.concepts.get("speech", ())
    if any(0 <= dated.first - p <= _NEAR for p in speech):
        yield "speech before"
    if any(0 <= p - dated.last <= 2 for p in speech):
        yield "speech behind"
    if dated.first - there.first <= 1:
        yield "opens sentence"
    if len(rivals.of_sentence[dated.sentence]) == 1:
        yield "only date in its sentence"
    for concept in ("history", "plan", "since", "total"):
        if concept in there.concepts:
            yield f"with {concept}"
    yield f"dates in text:{rivals.different}"


def _within(here: Sentence, occasion: Occasion, dated: Dated, rivals: Rivals) -> Iterator[str]:
    """Compare the dates of the sentence that tells the occurrence."""
    own = rivals.of_sentence[occasion.at]
    yield f"dates here:{min(len(own), 3)}"
    if own[0] is dated:
        yield "first here"
    place = occasion.place
    if place is None:
        yield "no place"
        return
    yield "before the place" if dated.first < place.first else "behind the place"
    yield f"distance:{_bucket(abs(dated.first - place.first))}"
    yield f"breaks:{min(here.breaks_between(dated.first, place.first), 2)}"
    yield f"commas:{min(here.commas_between(dated.first, place.first), 2)}"
    low, high = sorted((dated.first, place.first))
    if any(low < p.first < high for p in here.places):
        yield "another place between"
    if any(low < r.first < high for r in own):
        yield "another date between"
    if min(own, key=lambda r: _cost(here, r.first, place.first)) is dated:
        yield "nearest to the place"
    anchors = _happenings(here, place)
    if anchors and min(own, key=lambda r: _nearest(here, r.first, anchors)) is dated:
        yield "nearest to what happens"


def _happenings(sentence: Sentence, place: Located) -> list[int]:
    """Return the tokens by which the clause of the place says that something happens."""
    return [
        position
        for concept, positions in sentence.concepts.items()
        if concept in OCCURRENCE
        for position in positions
        if not sentence.breaks_between(position, place.first)
    ]


def _apart(
    sentences: Sequence[Sentence], occasion: Occasion, dated: Dated, rivals: Rivals
) -> Iterator[str]:
    """Say how a date of another sentence reaches the one that tells the occurrence."""
    here, there = sentences[occasion.at], sentences[dated.sentence]
    item = rivals.item
    yield f"steps:{min(abs(occasion.at - dated.sentence), 4)}"
    yield f"paragraphs:{min(abs(here.paragraph - there.paragraph), 3)}"
    yield item
    low, high = sorted((dated.sentence, occasion.at))
    if sentences[high].headings > sentences[low].headings + sentences[low].heading:
        yield "heading between"
    first = bisect_right(rivals.dates, low, key=sentence_of)
    last = bisect_left(rivals.dates, high, key=sentence_of)
    yield f"dates between:{_different(rivals.dates[first:last])}"
    yield f"dates here:{min(len(rivals.of_sentence.get(occasion.at, ())), 3)}"
    ours = rivals.of_sentence[dated.sentence]
    yield "last of its sentence" if ours[-1] is dated else "followed by a date"
    if ours[0] is dated:
        yield "first of its sentence"
    if dated.sentence == 0:
        yield "opens the text"
        yield f"opens the text&{item}"
    lead = _lead(there)
    yield lead
    yield f"{lead}&{item}"
    yield from _kinship(here, there, occasion)
    yield from rivals.opening


def _lead(there: Sentence) -> str:
    """Tell a lead, which dates what follows, from a sentence about something else."""
    happens = not OCCURRENCE.isdisjoint(there.concepts)
    if not there.places:
        kind = "without place"
    elif all(p.resolution.geo_precision in _AREAL for p in there.places):
        kind = "of regions"
    else:
        kind = "of places"
    if any(c in there.concepts for c in ("killed", "injured", "casualties")):
        return f"lead {kind}, casualties"
    return f"lead {kind}, something happens" if happens else f"lead {kind}"


def _kinship(here: Sentence, there: Sentence, occasion: Occasion) -> Iterator[str]:
    """Say what the two sentences have in common, and how the later one takes up the earlier."""
    if occasion.place is not None and _names(there, occasion.place):
        yield "same place"
    cause = "a cause of its own" if not _ATTACKS.isdisjoint(here.concepts) else "no cause"
    if not _ATTACKS.isdisjoint(there.concepts):
        yield f"{cause} behind an attack"
    else:
        yield f"{cause} behind no attack"
    if any(c in OCCURRENCE and c in here.concepts for c in there.concepts):
        yield "same thing happens"
    for concept in ("umbrella", "update"):
        if concept in there.concepts:
            yield f"with {concept}"


def _opening(here: Sentence) -> Iterator[str]:
    """Say how the sentence that tells the occurrence opens."""
    opens = any(p.first - here.first <= _OPENING for p in here.places)
    yield "place opens the sentence" if opens else "sentence opens otherwise"
    for concept in ("history", "status", "plan", "clause", "speech"):
        if any(p - here.first <= 1 for p in here.concepts.get(concept, ())):
            yield f"opens with {concept}"


def _names(sentence: Sentence, place: Located) -> bool:
    return any(
        other.resolution.place is not None
        and place.resolution.place is not None
        and other.resolution.place.id == place.resolution.place.id
        for other in sentence.places
    )


def sentence_of(dated: Dated) -> int:
    """Return the index of a date's sentence: dates in text order can be bisected by it."""
    return dated.sentence


def _different(dates: Sequence[Dated]) -> str:
    """Count the different days that dates name."""
    return _count(True for _ in {(d.interval.start, d.interval.end) for d in dates})


def _count(marks: Iterable[bool]) -> str:
    return str(min(sum(marks), 3))


def _nearest(sentence: Sentence, position: int, anchors: Sequence[int]) -> int:
    return min(_cost(sentence, position, anchor) for anchor in anchors)


def _cost(sentence: Sentence, one: int, other: int) -> int:
    return abs(one - other) + _BREAK_COST * sentence.breaks_between(one, other)


def _bucket(distance: int) -> int:
    return next((limit for limit in (2, 4, 8, 16) if distance <= limit), 32)
