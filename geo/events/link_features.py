"""Describe the pair of a number and a place: does the number belong to what happened there?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.events.context import Counted, Located, Sentence


def describe_link(
    sentence: Sentence, count: Counted, place: Located, rivals: Sequence[Located]
) -> list[str]:
    """Return the features of a number and one of the places where something happens.

    `rivals` are all such places of the sentence, `place` among them, in text order.
    """
    features = ["bias", f"rivals:{min(len(rivals), 4)}", f"order:{min(rivals.index(place), 3)}"]
    ahead = count.last < place.first
    side = "ahead" if ahead else "behind"
    features.append(f"number {side}")
    low = count.last if ahead else place.last
    high = place.first if ahead else count.first
    distance = max(0, high - low)
    bucket = 3 if distance <= 3 else 6 if distance <= 6 else 12 if distance <= 12 else 24
    features += [f"{side}:{bucket}", f"{side}:breaks:{_cap(sentence.breaks_between(low, high))}"]
    features.append(f"{side}:commas:{_cap(sentence.commas_between(low, high))}")
    features += _between(sentence, count, side, low, high, rivals)
    nearest = min(rivals, key=lambda rival: _distance(count, rival))
    if nearest is place:
        features += ["nearest", f"nearest {side}"]
    clause = min(
        rivals,
        key=lambda rival: (
            abs(sentence.breaks_between(count.first, rival.first)),
            _distance(count, rival),
        ),
    )
    if clause is place:
        features += ["nearest in clause", f"nearest in clause {side}"]
    if place is rivals[0]:
        features.append("first of all")
    if place is rivals[-1]:
        features.append("last of all")
    return features


def _between(
    sentence: Sentence, count: Counted, side: str, low: int, high: int, rivals: Sequence[Located]
) -> Iterator[str]:
    numbers = sum(low < c.first < high for c in sentence.counts if c is not count)
    places = sum(low < r.first < high for r in rivals)
    yield f"{side}:numbers:{_cap(numbers)}"
    yield f"{side}:places:{_cap(places)}"
    if not numbers and not places:
        yield f"{side}:bare"
    ahead_of_all = all(count.last < r.first for r in rivals)
    behind_all = all(count.first > r.last for r in rivals)
    if ahead_of_all:
        yield "before all places" if rivals[0].first > high else f"before all, {side}"
    if behind_all:
        yield "after all places" if rivals[-1].last < low else f"after all, {side}"


def _distance(count: Counted, place: Located) -> int:
    return place.first - count.last if count.last < place.first else count.first - place.last


def _cap(value: int) -> str:
    return str(min(value, 2))
