"""Describe the pair of a number and a place: does the number count what happened there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geo.events.context import Counted, Located, Sentence

_ADJACENT = 4
_CHANCES = (0.1, 0.3, 0.5, 0.7, 0.9)
_LIKELY = 0.4
_PERSONAL = ("person", "single", "kin", "military", "killed", "injured", "casualties", "affected")
_TRIGGERS = ("killed", "injured", "casualties", "affected")


def describe_link(
    sentence: Sentence,
    count: Counted,
    role: str,
    place: Located,
    chances: Mapping[int, float],
) -> list[str]:
    """Return the features of a number with its role and one of the places of its sentence.

    `chances` gives, by the identity of each place of the sentence, how likely it is that
    something happens there.
    """
    rivals = sentence.places
    features = ["bias", f"rivals:{min(len(rivals), 4)}", f"order:{min(rivals.index(place), 3)}"]
    ahead = count.last < place.first
    side = "ahead" if ahead else "behind"
    low, high = (count.last, place.first) if ahead else (place.last, count.first)
    features += [f"number {side}", f"{role}:{side}", f"kind:{place.resolution.geo_precision}"]
    features += _apart(sentence, side, low, high)
    features += _between(sentence, count, side, low, high)
    features += _ranks(sentence, count, place, side)
    features += _chance(sentence, place, chances)
    features += _pattern(sentence, count, place, chances, side)
    if ahead and high - low <= _ADJACENT and "ahead:bare" in features:
        features.append("right behind the number")
    return features


def describe_carried(
    sentence: Sentence, role: str, steps: int, chances: Mapping[int, float], *, told: bool
) -> list[str]:
    """Return the features of a number and the last event told before its sentence.

    `steps` counts the sentences back to it; `told` says that it has a figure of the role.
    """
    best = max(chances.values(), default=0.0)
    features = [
        "carried",
        f"carried:places {min(len(sentence.places), 3)}",
        f"carried:{min(steps, 3)} back",
        f"carried:{role}" + (" told" if told else ""),
        f"carried:{_bucket(best)}",
    ]
    towns = [p for p in sentence.places if p.resolution.geo_precision in (1, 2)]
    features.append("carried:towns here" if towns else "carried:no town here")
    return features


def _apart(sentence: Sentence, side: str, low: int, high: int) -> Iterator[str]:
    distance = max(0, high - low)
    bucket = 3 if distance <= 3 else 6 if distance <= 6 else 12 if distance <= 12 else 24
    breaks = _cap(sentence.breaks_between(low, high))
    yield f"{side}:{bucket}"
    yield f"{side}:breaks:{breaks}"
    yield f"{side}:commas:{_cap(sentence.commas_between(low, high))}"


def _between(sentence: Sentence, count: Counted, side: str, low: int, high: int) -> Iterator[str]:
    numbers = sum(low < c.first < high for c in sentence.counts if c is not count)
    places = sum(low < r.first < high for r in sentence.places)
    yield f"{side}:numbers:{_cap(numbers)}"
    yield f"{side}:places:{_cap(places)}"
    if not numbers and not places:
        yield f"{side}:bare"
    if any(low < p < high for p in sentence.concepts.get("subset", ())):
        yield f"{side}:subset"
    if any(low < p < high for c in _TRIGGERS for p in sentence.concepts.get(c, ())):
        yield f"{side}:trigger"
    if all(count.last < r.first for r in sentence.places):
        yield f"before all, {side}:{_cap(places)}"
    if all(count.first > r.last for r in sentence.places):
        yield f"after all, {side}:{_cap(places)}"


def _ranks(sentence: Sentence, count: Counted, place: Located, side: str) -> Iterator[str]:
    rivals = sentence.places
    nearest = min(rivals, key=lambda rival: _distance(count, rival))
    if nearest is place:
        yield from ("nearest", f"nearest {side}")
    clause = min(
        rivals,
        key=lambda rival: (
            abs(sentence.breaks_between(count.first, rival.first)),
            _distance(count, rival),
        ),
    )
    if clause is place:
        yield from ("nearest in clause", f"nearest in clause {side}")
    if place is rivals[0]:
        yield "first of all"
    if place is rivals[-1]:
        yield "last of all"


def _chance(sentence: Sentence, place: Located, chances: Mapping[int, float]) -> Iterator[str]:
    own = chances[id(place)]
    yield f"chance:{_bucket(own)}"
    if own == max(chances.values()):
        yield "likeliest"
    level = place.resolution.geo_precision
    finer = [p for p in sentence.places if p.resolution.geo_precision < level]
    if level >= 3 and finer:
        yield "finer place here"
        if any(not sentence.breaks_between(p.first, place.first) for p in finer):
            yield "finer place in clause"


def _pattern(
    sentence: Sentence,
    count: Counted,
    place: Located,
    chances: Mapping[int, float],
    side: str,
) -> Iterator[str]:
    """Say how numbers and likely places take turns: "2 in A, 3 in B" or "A: 2, B: 3"."""
    likely = [p for p in sentence.places if chances[id(p)] >= _LIKELY or p is place]
    numbers = [c for c in sentence.counts if _counts_persons(sentence, c) or c is count]
    turns = sorted(
        [(p.first, "P", p is place) for p in likely] + [(c.first, "N", c is count) for c in numbers]
    )
    line = "".join(kind for _, kind, _ in turns)
    folded = "".join(kind for kind, before in zip(line, " " + line, strict=False) if kind != before)
    at = [index for index, turn in enumerate(turns) if turn[2]]
    gap = line[at[0] + 1 : at[1]] if len(at) == 2 else ""
    yield f"turns:{folded[:4]}:{side}"
    yield f"turns:{folded[:4]}:{side}:{gap[:3]}"


def _counts_persons(sentence: Sentence, count: Counted) -> bool:
    ahead = range(count.first, count.last + 4)
    return any(p in ahead for c in _PERSONAL for p in sentence.concepts.get(c, ()))


def _bucket(chance: float) -> int:
    return sum(chance >= bound for bound in _CHANCES)


def _distance(count: Counted, place: Located) -> int:
    return place.first - count.last if count.last < place.first else count.first - place.last


def _cap(value: int) -> str:
    return str(min(value, 2))
