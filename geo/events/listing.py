"""Tell what is told together: places of one list, numbers of one breath, and which go to which."""

from __future__ import annotations

from collections.abc import Sequence

from geo.events.context import Located, Sentence
from geo.events.levels import contains
from geo.events.roles import RoleOf

_CLOSE = 8
_LISTED = 4


def shared_out(sentence: Sentence, roles: Sequence[RoleOf]) -> dict[int, Located]:
    """Return the places of "9 and 4 dead in A and B, respectively", by the identity of numbers.

    As many numbers of one role as a list has places, all behind it or all before it.
    """
    shared: dict[int, Located] = {}
    if "respectively" not in sentence.concepts:
        return shared
    for line in lists_of_places(sentence):
        for name in ("killed", "injured"):
            told = [role.count for role in roles if role.role == name]
            ahead = all(count.last < line[0].first for count in told)
            behind = all(count.first > line[-1].last for count in told)
            if len(told) == len(line) and (ahead or behind):
                pairs = zip(told, line, strict=True)
                shared.update((id(count), place) for count, place in pairs)
    return shared


def lists_of_places(sentence: Sentence) -> list[list[Located]]:
    """Return the lists of two and more places of a sentence."""
    lines: list[list[Located]] = []
    for place in sentence.places:
        if lines and are_listed(sentence, lines[-1][-1], place):
            lines[-1].append(place)
        else:
            lines.append([place])
    return [line for line in lines if len(line) > 1]


def are_listed(sentence: Sentence, one: Located, other: Located) -> bool:
    """Tell two places of one list: a comma or "and" between, no number and no greater place."""
    between = range(one.last + 1, other.first)
    if not 0 < len(between) <= _LISTED or contains(other, one) or contains(one, other):
        return False
    if any(c.first in between for c in sentence.counts if not c.implicit):
        return False
    joints = sentence.concepts.get("and", ())
    commas = sentence.commas_between(one.last, other.first) and len(between) == 1
    return bool(commas) or any(joint in between for joint in joints)


def is_told_within(sentence: Sentence, line: Sequence[Located]) -> bool:
    """Tell whether anything happens between the first and the last place of a list.

    "Shells hit A and a drone B" names two places side by side, and tells two things.
    """
    return any(
        line[0].last < position < line[-1].first
        for concept in sentence.happening
        for position in sentence.concepts[concept]
    )


def in_one_breath(sentence: Sentence, roles: Sequence[RoleOf]) -> list[list[RoleOf]]:
    """Group numbers of one list or of different roles, no place or clause boundary between."""
    groups: list[list[RoleOf]] = []
    for role in roles:
        last = groups[-1][-1] if groups else None
        if last is not None and _follows(sentence, last, role, groups[-1]):
            groups[-1].append(role)
        else:
            groups.append([role])
    return groups


def _follows(sentence: Sentence, last: RoleOf, role: RoleOf, group: Sequence[RoleOf]) -> bool:
    between = range(last.count.last + 1, role.count.first)
    if len(between) > _CLOSE or any(place.first in between for place in sentence.places):
        return False
    if any(p in between for c in ("former", "latter") for p in sentence.concepts.get(c, ())):
        return False
    if sentence.breaks_between(last.count.first, role.count.first):
        return False
    if role.role not in {other.role for other in group}:
        return True
    joints = sentence.concepts.get("and", ())  # "a man and his son"
    return len(between) <= _LISTED and any(joint in between for joint in joints)
