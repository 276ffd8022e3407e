"""Read an extractor's answer with care: each claim that keeps to the schema, each that does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, cast, get_args

from geo.errors import InputError
from geo.extractors.errors import ExtractorError
from geo.extractors.proposals import (
    FIGURES,
    PlaceKind,
    Proposal,
    Rejection,
    ToldArea,
    ToldFigure,
    ToldPlace,
)
from geo.models import Direction, EventType

Json = Any
_Read = TypeVar("_Read")
_STATUSES = ("claimed", "denied", "confirmed", "disputed")
_ROLES = ("attacker", "target", "unknown")
_MOST = 1e9
_ISO2 = 2
_BROKEN = re.compile("[\ud800-\udfff]")  # half of a surrogate pair


def read_answer(
    told: Json,
) -> tuple[tuple[tuple[int, Proposal], ...], tuple[Rejection, ...]]:
    """Return the numbered proposals of an answer, and those that break the schema.

    Raises :class:`geo.extractors.errors.ExtractorError` when it is no object with a list of
    claims.

    >>> proposals, rejected = read_answer({"claims": [{"evidence": "Two died."}]})
    >>> str(rejected[0])
    'claim 1 rejected: event_type is missing (Two died.)'
    """
    claims = told.get("claims") if isinstance(told, dict) else None
    if not isinstance(claims, list):
        raise ExtractorError("the answer is no object with a list 'claims'")
    proposals, rejected = [], []
    for number, claim in enumerate(claims, 1):
        try:
            proposals.append((number, read_proposal(claim)))
        except InputError as error:
            quote = claim.get("evidence") if isinstance(claim, dict) else ""
            quote = quote if isinstance(quote, str) else ""
            rejected.append(Rejection(number=number, reason=str(error), quote=quote))
    return tuple(proposals), tuple(rejected)


def read_proposal(claim: Json) -> Proposal:
    """Make a proposal of a claim's JSON object; fields that may be null may be absent too.

    Raises :class:`geo.errors.InputError`, naming the field.
    """
    if not isinstance(claim, dict):
        raise InputError("the claim is no object")
    figures = ((name, _optional(claim, name, _figure)) for name in FIGURES)
    others = claim.get("other_places") or []
    if not isinstance(others, list):
        raise InputError("other_places is no list")
    return Proposal(
        evidence=_text(claim, "evidence"),
        event_type=cast("EventType", _word(claim, "event_type", get_args(EventType))),
        place=_optional(claim, "place", _place),
        other_places=tuple(_place(other) for other in others),
        figures=tuple((name, figure) for name, figure in figures if figure is not None),
        area=_optional(claim, "area", _area),
        cumulative=bool(claim.get("cumulative")),
        date_text=_optional_text(claim, "date_text"),
        date_start=_optional(claim, "date_start", _day),
        date_end=_optional(claim, "date_end", _day),
        weapon=_optional_text(claim, "weapon"),
        actor=_optional_text(claim, "actor"),
        actor_role=_optional_word(claim, "actor_role", _ROLES),
        claimed_by=_optional_text(claim, "claimed_by"),
        claim_status=_optional_word(claim, "claim_status", _STATUSES) or "claimed",
    )


def _place(value: Json) -> ToldPlace:
    if not isinstance(value, dict):
        raise InputError("a place is no object")
    country = _optional_text(value, "country")
    return ToldPlace(
        text=_text(value, "text"),
        name=_optional_text(value, "name"),
        kind=cast("PlaceKind", _optional_word(value, "kind", get_args(PlaceKind)) or "other"),
        country=country.upper() if country and len(country) == _ISO2 else None,
        admin1=_optional_text(value, "admin1"),
    )


def _figure(value: Json) -> ToldFigure:
    if not isinstance(value, dict):
        raise InputError("a figure is no object")
    low, best, high = (_count(value, bound) for bound in ("low", "best", "high"))
    known = [bound for bound in (low, best, high) if bound is not None]
    if not known:
        raise InputError("a figure has neither low, best nor high; leave it null")
    if known != sorted(known):
        raise InputError(f"low, best, high are out of order: {low}, {best}, {high}")
    words = value.get("words") or []
    if isinstance(words, str):
        words = [words]
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise InputError("words is no list of texts")
    return ToldFigure(low=low, best=best, high=high, words=tuple(w for w in words if w.strip()))


def _area(value: Json) -> ToldArea:
    if not isinstance(value, dict):
        raise InputError("area is no object")
    km2 = value.get("km2")
    if isinstance(km2, bool) or not isinstance(km2, int | float) or not 0 < km2 < _MOST:
        raise InputError(f"km2 {km2!r:.40} is no area")
    direction = _optional_word(value, "direction", get_args(Direction))
    return ToldArea(
        km2=float(km2),
        words=_optional_text(value, "words") or "",
        direction=cast("Direction | None", direction),
    )


def _count(value: dict[str, Json], name: str) -> float | None:
    number = value.get(name)
    if number is None:
        return None
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise InputError(f"{name} {number!r:.40} is no number")
    if not 0 <= number < _MOST or number != int(number):
        raise InputError(f"{name} {number!r:.40} is no number of persons")
    return float(number)


def _day(value: Json) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InputError(f"{value!r:.40} is no day; write it as 2023-08-15") from None


def _text(value: dict[str, Json], name: str) -> str:
    text = _optional_text(value, name)
    if text is None:
        raise InputError(f"{name} is missing")
    return text


def _optional_text(value: dict[str, Json], name: str) -> str | None:
    text = value.get(name)
    if text is not None and not isinstance(text, str):
        raise InputError(f"{name} {text!r:.40} is no text")
    if text and not text.isprintable() and _BROKEN.search(text):
        raise InputError(f"{name} holds half a character")
    return text if text and text.strip() else None


def _word(value: dict[str, Json], name: str, known: tuple[str, ...]) -> str:
    word = _optional_word(value, name, known)
    if word is None:
        raise InputError(f"{name} is missing")
    return word


def _optional_word(value: dict[str, Json], name: str, known: tuple[str, ...]) -> str | None:
    word = value.get(name)
    if word is not None and word not in known:
        raise InputError(f"{name} {word!r:.40} is none of {', '.join(known)}")
    return word


def _optional(value: dict[str, Json], name: str, read: Callable[[Json], _Read]) -> _Read | None:
    inner = value.get(name)
    if inner is None:
        return None
    try:
        return read(inner)
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
