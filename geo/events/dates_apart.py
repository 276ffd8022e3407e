"""Describe a date of another sentence than the one that tells an occurrence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geo.events.context import Located, Sentence
from geo.events.rival_dates import MANY, Dated, Rivals

_FAR = 4
_OPENING = 4
_LONGEST_TITLE = 30
_AREAL = (4, 6, 7, 9)
_ITEM, _PROSE = "list item", "prose"
_ATTACKS = frozenset(
    "missile drone rocket shelling airstrike strike intercept clash ambush gunmen violence "
    "explosion mine sabotage capture liberate advance".split()
)
_CAUSES = (
    ("no cause behind no attack", "no cause behind an attack"),
    ("a cause of its own behind no attack", "a cause of its own behind an attack"),
)


class Pair(NamedTuple):
    """Hold what two sentences have in common: the one of a date, and the one that tells an event.

    ``where`` the date stands; ``leading`` is what its sentence leads to; ``days`` are told
    between, ``steps`` and ``paragraphs`` lie between. Few pairs differ: what they weigh is
    remembered.
    """

    where: str
    leading: tuple[str, ...]
    days: int
    steps: int
    paragraphs: int
    is_headed: bool
    cause: str
    is_same: bool

    def names(self) -> Iterator[str]:
        """Yield the features of the pair."""
        yield from self.leading
        yield f"dates between:{self.days}"
        yield f"steps:{self.steps}"
        yield f"paragraphs:{self.paragraphs}"
        yield self.cause
        if self.is_headed:
            yield "heading between"
        if self.is_same:
            yield "same thing happens"


class Leads:
    """Hold what each date owes to its own sentence, when it is to date what another tells.

    ``own`` are its features, ``leading`` those that go with a list item or with prose.
    """

    def __init__(self, rivals: Rivals) -> None:
        self.own: list[tuple[str, ...]] = []
        self.leading: list[dict[str, tuple[str, ...]]] = []
        self.is_title: list[bool] = []
        self.is_attack: list[bool] = []
        for dated in rivals.dates:
            there = rivals.sentences[dated.sentence]
            opens = ("opens the text",) if dated.sentence == 0 else ()
            names = (*opens, _lead(there))
            self.own.append((*names, *_own(there, dated, rivals.of_sentence[dated.sentence])))
            self.leading.append({i: tuple(f"{n}&{i}" for n in names) for i in (_ITEM, _PROSE)})
            self.is_title.append(there.heading or _is_title(rivals.sentences, dated.sentence))
            self.is_attack.append(not _ATTACKS.isdisjoint(there.concepts))


class Outlook:
    """Hold how the dates look from the sentence that tells an occurrence.

    ``item`` says whether that is an item of a list, ``shared`` are the features of all dates of
    other sentences, ``pairs`` what each has in common with it: ``None`` for one of its own.
    """

    def __init__(self, rivals: Rivals, leads: Leads, at: int) -> None:
        here = rivals.sentences[at]
        self.at = at
        self.item = _ITEM if _is_list_item(rivals.sentences, at) else _PROSE
        dates_here = min(len(rivals.of_sentence.get(at, ())), MANY)
        self.shared = (self.item, f"dates here:{dates_here}", *_opening(here))
        causes = _CAUSES[not _ATTACKS.isdisjoint(here.concepts)]
        self.pairs: list[Pair | None] = []
        for number, (dated, days) in enumerate(
            zip(rivals.dates, rivals.days_between(at), strict=True)
        ):
            if dated.sentence == at:
                self.pairs.append(None)
                continue
            there = rivals.sentences[dated.sentence]
            first, second = (here, there) if dated.sentence > at else (there, here)
            self.pairs.append(
                Pair(
                    "title" if leads.is_title[number] else _where(here, there),
                    leads.leading[number][self.item],
                    days,
                    min(abs(dated.sentence - at), _FAR),
                    min(second.paragraph - first.paragraph, MANY),
                    second.headings > first.headings + first.heading,
                    causes[leads.is_attack[number]],
                    not here.happening.isdisjoint(there.happening),
                )
            )


def is_same_place(there: Sentence, place: Located | None) -> bool:
    """Tell whether a sentence names the place of an occurrence."""
    known = place.resolution.place if place is not None else None
    return known is not None and known.id in there.place_ids


def _where(here: Sentence, there: Sentence) -> str:
    if there.paragraph == here.paragraph:
        return "after" if there.first > here.first else "before"
    return "below" if there.first > here.first else "above"


def _own(there: Sentence, dated: Dated, fellows: Sequence[Dated]) -> Iterator[str]:
    """Say where in its sentence a date stands, and what that sentence takes up."""
    yield "last of its sentence" if fellows[-1] is dated else "followed by a date"
    if fellows[0] is dated:
        yield "first of its sentence"
    for concept in ("umbrella", "update"):
        if concept in there.concepts:
            yield f"with {concept}"


def _lead(there: Sentence) -> str:
    """Tell a lead, which dates what follows, from a sentence about something else."""
    if not there.places:
        kind = "without place"
    elif all(p.resolution.geo_precision in _AREAL for p in there.places):
        kind = "of regions"
    else:
        kind = "of places"
    if any(c in there.concepts for c in ("killed", "injured", "casualties")):
        return f"lead {kind}, casualties"
    return f"lead {kind}, something happens" if there.happening else f"lead {kind}"


def _opening(here: Sentence) -> Iterator[str]:
    """Say how the sentence that tells the occurrence opens."""
    opens = any(p.first - here.first <= _OPENING for p in here.places)
    yield "place opens the sentence" if opens else "sentence opens otherwise"
    for concept in ("history", "status", "plan", "clause", "speech"):
        if any(p - here.first <= 1 for p in here.concepts.get(concept, ())):
            yield f"opens with {concept}"


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
