"""Count the missing, detained and displaced: numbers that tell neither killed nor injured.

A number counts here when a person stands right behind it (or the word for the missing, detained
or displaced does), and such a word is the nearest that says what became of them. Households are
no persons: how many live in one is unknown, so nothing is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geo.events.context import Counted, Sentence
from geo.events.drafts import Draft
from geo.events.figures import combine
from geo.events.roles import RoleOf
from geo.models import ClaimKind, EventType, Quantity, Token

KINDS: dict[str, ClaimKind] = {
    "missing": "missing",
    "detained": "detained",
    "abducted": "detained",
    "displaced": "displaced",
    "evacuated": "evacuated",
}
_FIELDS: dict[ClaimKind, str] = {
    "missing": "missing", "detained": "detained",
    "displaced": "displaced", "evacuated": "displaced",
}  # fmt: skip
_OWN_EVENT: dict[str, EventType] = {
    "detained": "arrest_or_detention",
    "displaced": "evacuation_or_displacement",
}
_PERSONS = ("person", "single", "kin", "military")
_OTHER_HEADS = ("household", "nonperson")
_FATES = ("killed", "injured", "casualties")
_UNTRUE = ("negation", "denial", "denies", "liberate")
_ONE_BY_ONE = ("missing", "detained")  # whom an article or a noun alone may count
_HEAD_REACH = 4
_REACH = 10
_COMMA = 4  # tokens that a comma counts for
_RIGHT_BESIDE = 2
_BEFORE = 3
_STEPS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherFigure:
    """Hold a figure of an event: the field it fills, its claim, and the sentence that tells it."""

    field: str
    kind: ClaimKind
    quantity: Quantity
    sentence: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    count: Counted
    kind: ClaimKind
    sentence: int
    rule: str


def find_other_figures(
    sentences: Sequence[Sentence], drafts: Sequence[Draft], tokens: Sequence[Token]
) -> tuple[tuple[OtherFigure, ...], ...]:
    """Return for each draft its figures of missing, detained and displaced persons.

    Each number goes to one draft: to one whose event it is (an evacuation, an arrest), else to
    the place nearest to it; a sentence without places goes on about the event told just before.
    """
    telling: dict[int, list[int]] = {}
    for number, draft in enumerate(drafts):
        for at in draft.sentences:
            telling.setdefault(at, []).append(number)
    taken = {id(r.count) for draft in drafts for r in (*draft.killed, *draft.injured)}
    told: list[list[_Told]] = [[] for _ in drafts]
    last: int | None = None
    for at, sentence in enumerate(sentences):
        owners = telling.get(at) or _continuing(sentences, at, last, telling)
        if at in telling:
            last = at
        if not owners:
            continue
        for found in _read(sentence, at, taken, tokens):
            told[_owner(sentence, found, owners, drafts)].append(found)
    return tuple(tuple(_combined(sentences, figures)) for figures in told)


def _continuing(
    sentences: Sequence[Sentence], at: int, last: int | None, telling: dict[int, list[int]]
) -> list[int]:
    """Return the drafts told just before a sentence that names no place of its own."""
    if last is None or at - last > _STEPS or sentences[at].places:
        return []
    same = sentences[at].paragraph == sentences[last].paragraph
    return telling[last] if same and not sentences[last].heading else []


def _read(sentence: Sentence, at: int, taken: set[int], tokens: Sequence[Token]) -> Iterator[_Told]:
    triggers = [(p, c) for c in KINDS for p in sentence.concepts.get(c, ())]
    if not triggers:
        return
    starts = {count.first for count in sentence.counts}
    for count in sentence.counts:
        if id(count) in taken or count.quantity.best == 0 or _is_part(sentence, count):
            continue
        if count.last + 1 in starts:  # "some 300"
            continue
        reading = _nearest(sentence, count, triggers, tokens)
        if reading is not None:
            concept, head = reading
            rule = f"number:{KINDS[concept]} ({head}, near {concept})"
            yield _Told(count=count, kind=KINDS[concept], sentence=at, rule=rule)


def _nearest(
    sentence: Sentence,
    count: Counted,
    triggers: Sequence[tuple[int, str]],
    tokens: Sequence[Token],
) -> tuple[str, str] | None:
    """Return the concept that says what became of the persons counted, and what heads them."""
    head = _head(sentence, count, tokens)
    if head in _OTHER_HEADS:
        return None
    position, concept = min(triggers, key=lambda t: (_distance(sentence, count, t[0]), t))
    distance = _distance(sentence, count, position)
    if distance > (_REACH if head else _RIGHT_BESIDE) or not _is_true(sentence, position, concept):
        return None
    if head is None and position < count.first:
        return None
    if KINDS[concept] not in _ONE_BY_ONE and _is_unnumbered(count):
        return None  # "an attack on a refugee camp"
    if KINDS[concept] == "detained" and "exchange" in sentence.concepts:
        return None  # prisoners of war who come home
    fates = (p for c in _FATES for p in sentence.concepts.get(c, ()))
    if any(_distance(sentence, count, p) < distance for p in fates):
        return None
    return concept, head or "no other head"


def _is_unnumbered(count: Counted) -> bool:
    return count.implicit or count.quantity.qualifier == "article"


def _head(sentence: Sentence, count: Counted, tokens: Sequence[Token]) -> str | None:
    """Return the concept of the noun behind a number."""
    if count.implicit:
        return "person"
    for index in range(count.last + 1, min(count.last + 1 + _HEAD_REACH, sentence.stop)):
        if not tokens[index].text[0].isalnum():
            return None
        for concept in (*_OTHER_HEADS, *_PERSONS):
            if index in sentence.concepts.get(concept, ()):
                return concept if concept in _OTHER_HEADS else "person"
    return None


def _distance(sentence: Sentence, count: Counted, position: int) -> int:
    if sentence.breaks_between(count.first, position):
        return _REACH + 1
    start = count.first if position < count.first else count.last
    return abs(position - start) + _COMMA * sentence.commas_between(count.first, position)


def _is_true(sentence: Sentence, position: int, concept: str) -> bool:
    """Tell what is neither denied nor only planned; nobody plans that people go missing."""
    against = _UNTRUE if concept == "missing" else (*_UNTRUE, "plan")
    before = range(position - _BEFORE, position)
    return not any(p in before for c in against for p in sentence.concepts.get(c, ()))


def _is_part(sentence: Sentence, count: Counted) -> bool:
    return any(
        0 < count.first - position <= _BEFORE for position in sentence.concepts.get("subset", ())
    )


def _owner(sentence: Sentence, told: _Told, owners: Sequence[int], drafts: Sequence[Draft]) -> int:
    own_event = _OWN_EVENT.get(_FIELDS[told.kind])

    def key(number: int) -> tuple[bool, int, int, int]:
        draft = drafts[number]
        place = draft.place
        if place is None or not sentence.first <= place.first < sentence.stop:
            return draft.event_type != own_event, 0, 0, -number
        breaks = sentence.breaks_between(place.first, told.count.first)
        return (
            draft.event_type != own_event, breaks, abs(place.first - told.count.first), number,
        )  # fmt: skip

    return min(owners, key=key)


def _combined(sentences: Sequence[Sentence], told: Sequence[_Told]) -> Iterator[OtherFigure]:
    """Yield one figure a field: the numbers of the first sentence that tells it, added up."""
    for name in dict.fromkeys(_FIELDS[found.kind] for found in told):
        same = [found for found in told if _FIELDS[found.kind] == name]
        home = [found for found in same if found.sentence == same[0].sentence]
        roles = [RoleOf(count=found.count, role=name, probability=1.0) for found in home]
        quantity = combine(roles, sentences[home[0].sentence])
        if quantity is not None:
            plain = (
                replace(quantity, qualifier=None) if quantity.qualifier == "article" else quantity
            )
            yield OtherFigure(
                field=name,
                kind=home[0].kind,
                quantity=plain,
                sentence=home[0].sentence,
                rule=home[0].rule,
            )
