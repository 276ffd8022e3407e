"""Tell the places that only say where another one lies: "Verbove, south of Orikhiv"."""

from __future__ import annotations

from geo.events.context import Sentence

_REACH = 8  # tokens between a place and the landmark behind it
_FROM = ("from", "status")  # the packs list "km from" under the second
_LED = 2  # tokens from "from" to the landmark: "20 km from the"


def is_landmark(sentence: Sentence, order: int) -> bool:
    """Tell whether place number `order` of a sentence only says where the one before it lies.

    A direction ("south of") or a distance ("20 km from") leads to it, right behind the other
    place: nothing is listed, told or begun anew between them.
    """
    if not order:
        return False
    one, place = sentence.places[order - 1 : order + 1]
    gap = range(one.last + 1, place.first)
    if not 0 < len(gap) <= _REACH or sentence.commas_between(one.last, place.first) > 1:
        return False
    told = ("and", *sentence.happening)
    if any(p in gap for concept in told for p in sentence.concepts.get(concept, ())):
        return False
    leading = [p for concept in _FROM for p in sentence.concepts.get(concept, ())]
    is_led_to = len(gap) > _LED and any(p in gap[-_LED:] for p in leading)
    return is_led_to or place.resolution.method == "relation"
