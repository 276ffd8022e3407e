"""Decide what each number counts: killed, injured, both (a plain "no casualties"), or neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo.chain import load_chain
from geo.events.context import Counted, Sentence
from geo.events.number_features import NumberFeatures
from geo.events.number_joints import describe_joint
from geo.events.shares import find_shares
from geo.events.understanding import NUMBERS_SHARE, Understanding, shared_chances
from geo.events.victims import lists_of_persons
from geo.models import Token

NO_ROLE = "none"
_FATES = ("killed", "injured")
_OF_THE_DEAD = frozenset({"killed", "toll", "casualties", "grave"})
_HALF = 0.5  # as likely: then the word that is told decides
_LEAST_SHARED = 0.4
_SURE_FATE, _LEAST_JOINED = 0.55, 0.15
_LEAST_LISTED = 0.7  # the chances of all of a list, none of whom is surely killed or injured
_LEAST_DIED = 0.02  # the chance that the only person of a sentence, wounded there, died of it
_MANY_SOLDIERS, _BESIDE = 1000, 2
_REACH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleOf:
    """Say what a number counts, how sure that is, and which features say so."""

    count: Counted
    role: str
    probability: float
    reasons: tuple[tuple[str, float], ...] = ()

    def lies_in(self, sentence: Sentence) -> bool:
        """Tell whether the number stands in a sentence."""
        return sentence.first <= self.count.first < sentence.stop


def find_roles(
    sentences: Sequence[Sentence], tokens: Sequence[Token], understanding: Understanding
) -> tuple[tuple[RoleOf, ...], ...]:
    """Return, for each sentence, its numbers that count killed or injured persons, in text order.

    The numbers of a document are decided together, by the chain ``numbers`` and what the encoder
    understood of each.
    """
    model = load_chain("numbers")
    items, joints = describe_numbers(sentences, tokens)
    counts = [(sentence, count) for sentence in sentences for count in sentence.counts]
    chances = [
        shared_chances(chance, understanding.of_number(count), NUMBERS_SHARE)
        for (_, count), chance in zip(counts, model.probabilities(items, joints), strict=True)
    ]
    roles = [_role(*one, chance) for one, chance in zip(counts, chances, strict=True)]
    _share_out(sentences, tokens, chances, roles)
    _join_lists(sentences, tokens, chances, roles)
    counting = [n for n, role in enumerate(roles) if role != NO_ROLE]
    reasons = model.items.reasons(
        [items[n] for n in counting], [roles[n] for n in counting], NO_ROLE
    )
    found = {
        n: RoleOf(count=counts[n][1], role=roles[n], probability=chances[n][roles[n]], reasons=why)
        for n, why in zip(counting, reasons, strict=True)
    }
    left = iter(range(len(counts)))
    numbers = [[next(left) for _ in sentence.counts] for sentence in sentences]
    return tuple(tuple(found[n] for n in here if n in found) for here in numbers)


def describe_numbers(
    sentences: Sequence[Sentence], tokens: Sequence[Token]
) -> tuple[list[list[str]], list[list[str]]]:
    """Return the features of each number of a document, and of each two that follow each other."""
    told = [(sentence, count) for sentence in sentences for count in sentence.counts]
    items = [
        described.describe(count)
        for sentence in sentences
        if sentence.counts
        for described in [NumberFeatures(sentence, tokens)]
        for count in sentence.counts
    ]
    joints = [describe_joint(*one, *other, tokens) for one, other in pairwise(told)]
    return items, joints


def _share_out(
    sentences: Sequence[Sentence],
    tokens: Sequence[Token],
    chances: list[dict[str, float]],
    roles: list[str],
) -> None:
    """Give the parts of a total its role, or it theirs; the total itself counts nothing more."""
    first = 0
    for sentence in sentences:
        numbers = {id(count): first + n for n, count in enumerate(sentence.counts)}
        for share in find_shares(sentence, tokens):
            total, *parts = (numbers[id(count)] for count in (share.total, *share.parts))
            surest = {role: max(chances[n][role] for n in (total, *parts)) for role in _FATES}
            role = max(surest, key=lambda name: surest[name])
            if surest[role] < _LEAST_SHARED:
                continue
            roles[total] = NO_ROLE
            for part in parts:
                roles[part] = role
                chances[part] = {**chances[part], role: surest[role]}
        first += len(sentence.counts)


def _join_lists(
    sentences: Sequence[Sentence],
    tokens: Sequence[Token],
    chances: list[dict[str, float]],
    roles: list[str],
) -> None:
    """Give the persons of a list the fate of the one whose fate is surest.

    Not one who surely met another, nor one of whom it is hardly thinkable.
    """
    first = 0
    for sentence in sentences:
        numbers = {id(count): first + n for n, count in enumerate(sentence.counts)}
        for line in lists_of_persons(sentence, tokens):
            here = [numbers[id(count)] for count in line]
            told = [n for n in here if roles[n] in _FATES]
            role = _fate_of([chances[n] for n in here], [roles[n] for n in told])
            if role is None:
                continue
            surest = max(chances[n][role] for n in here)
            for n in here:
                if roles[n] != role and _may_join(chances[n], roles[n], role):
                    roles[n] = role
                    chances[n] = {**chances[n], role: surest}
        first += len(sentence.counts)


def _may_join(chances: Mapping[str, float], own: str, fate: str) -> bool:
    is_sure = own != NO_ROLE and chances[own] >= _SURE_FATE
    return not is_sure and chances[fate] >= _LEAST_JOINED


def _fate_of(chances: Sequence[Mapping[str, float]], told: Sequence[str]) -> str | None:
    """Return the likeliest fate that any of a list met, or all of them together seem to have."""
    names = told or [name for name in _FATES if sum(c[name] for c in chances) >= _LEAST_LISTED]
    return max(names, key=lambda name: max(c[name] for c in chances), default=None)


def _role(sentence: Sentence, count: Counted, chances: dict[str, float]) -> str:
    if is_of_the_war(sentence, count):
        return NO_ROLE
    best = max(chances, key=lambda name: chances[name])
    if best == "killed" and _names_the_injured_alone(sentence):
        best = "injured" if chances["injured"] >= _HALF * chances["killed"] else best
    is_one = count.quantity.best == 1
    if best == "injured" and is_one and _died_of_wounds(sentence, count, chances["killed"]):
        best = "killed"
    if count.quantity.qualifier != "zero":
        return best
    if best == "both" and _is_of_the_wounded(sentence, count):
        return "injured"
    return "both" if _is_nobody(sentence, count, best) else best


def _names_the_injured_alone(sentence: Sentence) -> bool:
    """Tell a sentence with a word for the injured and none for the dead."""
    return "injured" in sentence.concepts and _OF_THE_DEAD.isdisjoint(sentence.concepts)


def _died_of_wounds(sentence: Sentence, count: Counted, chance: float) -> bool:
    """Tell "a man wounded in A died in hospital", which counts one man and tells of two fates."""
    if len(sentence.counts) > 1 or "negation" in sentence.concepts or chance < _LEAST_DIED:
        return False
    killed = sentence.concepts.get("killed", ())
    return any(not sentence.breaks_between(p, count.first) for p in killed)


def is_of_the_war(sentence: Sentence, count: Counted) -> bool:
    """Tell "has lost 296,000 troops since 2022": an army's losses in a war are no event."""
    told = sentence.concepts
    spans_time = any(concept in told for concept in ("since", "total", "umbrella"))
    is_many = (count.quantity.best or count.quantity.low or 0) >= _MANY_SOLDIERS
    if not is_many or not spans_time:
        return False
    losses = list(told.get("enemy_loss", ()))
    if any(0 < p - count.last <= _BESIDE for p in told.get("military", ())):
        losses += told.get("lose", ())  # "has lost 412,000 soldiers", not "has lost A"
    return any(not sentence.breaks_between(p, count.first) for p in losses)


def _is_nobody(sentence: Sentence, count: Counted, role: str) -> bool:
    """Tell "nobody was hurt" and "no casualties", which leave no dead either, from "no injured".

    Where a pack has words that say "wounded" and no more, "nobody was wounded" is of the latter.
    """
    words = range(count.first, count.last + 1)
    if role == "injured" and any(p in words for p in sentence.concepts.get("nobody", ())):
        return not _is_of_the_wounded(sentence, count)
    return role != NO_ROLE and _is_near(sentence, count, ("affected", "casualties"))


def _is_of_the_wounded(sentence: Sentence, count: Counted) -> bool:
    """Tell "nobody was wounded", where no word near says more, from "nobody was hurt"."""
    more = ("affected", "casualties", "killed")
    return _is_near(sentence, count, ("wounded",)) and not _is_near(sentence, count, more)


def _is_near(sentence: Sentence, count: Counted, concepts: Sequence[str]) -> bool:
    return any(
        -_REACH <= p - count.first <= _REACH and not sentence.breaks_between(p, count.first)
        for concept in concepts
        for p in sentence.concepts.get(concept, ())
    )
