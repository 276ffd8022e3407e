"""Describe a candidate place for a mention by named features; the model ``places`` weighs them."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from gazetteer.models import Candidate, Place
from geo.models import Mention
from geo.resolution.context import Context, nearest_km

_SIZES = (1, 1_000, 10_000, 100_000, 1_000_000)
_BESIDE = 160  # characters: about a sentence
_NEAR = (10, 30, 75, 150, 300, 800, 2000)
_KINDS = {"ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin3", "CONT": "continent"}


def kind_of(place: Place) -> str:
    """Return the broad kind of a place: country, admin1, settlement, water, region …"""
    return _kind_of(place.feature_code, place.feature_class)


@cache
def _kind_of(code: str, feature_class: str) -> str:
    if code.startswith("PCL"):
        return "country"
    if code in _KINDS:
        return _KINDS[code]
    return {"P": "settlement", "H": "water", "S": "site", "A": "admin3"}.get(
        feature_class, "region"
    )


def describe_itself(
    hint: str | None, candidate: Candidate, rivals: Sequence[Candidate]
) -> tuple[str, ...]:
    """Return the features of one candidate among its `rivals` that hold in every document."""
    place = candidate.place
    kind = kind_of(place)
    return (
        "bias",
        f"kind:{kind}",
        f"hint:{hint}&{kind}",
        *_name(candidate),
        *_size(place, kind, rivals, hint),
    )


def describe_in_context(
    mention: Mention, candidate: Candidate, context: Context, behind: Place | None = None
) -> list[str]:
    """Return the features of one candidate that depend on the rest of the document.

    `behind` is the first-pass reading of the next mention when only a comma or a preposition
    stands between ("Alexandria, Louisiana").
    """
    features = list(_surroundings(mention, candidate, kind_of(candidate.place), context))
    if behind is not None:
        features.append(_contained(candidate.place, behind))
    return features


def _name(candidate: Candidate) -> Iterator[str]:
    yield f"match:{candidate.match}"
    yield f"name:{candidate.name.kind}"
    if candidate.similarity < 1:
        yield f"similarity:{int(candidate.similarity * 10)}"
    yield "its main name" if candidate.name.name == candidate.place.name else "another name"
    if candidate.place.located == "unit":
        yield "by name only"


def _size(place: Place, kind: str, rivals: Sequence[Candidate], hint: str | None) -> Iterator[str]:
    population = place.population or 0
    size = bisect_right(_SIZES, population)
    yield f"size:{kind}:{size}"
    if place.feature_code == "PPLC":
        yield "capital"
    if len(rivals) == 1:
        yield "only candidate"
        return
    larger = sum((r.place.population or 0) > population for r in rivals)
    yield f"larger rivals:{min(larger, 4)}"
    if any(kind_of(r.place) == "country" for r in rivals) and kind != "country":
        yield "a country has the name"
    twins = {kind_of(r.place) for r in rivals if r.place.admin.country == place.admin.country} - {
        kind
    }
    for twin in sorted(twins & {"admin1", "admin2", "settlement", "water"}):
        yield f"twin:{kind}/{twin}"
        yield f"twin:{kind}/{twin}&hint:{hint}"


def _surroundings(
    mention: Mention, candidate: Candidate, kind: str, context: Context
) -> Iterator[str]:
    place = candidate.place
    country, admin1 = place.admin.country, place.admin.admin1
    share = context.countries.get(country or "", 0.0)
    yield f"country share:{_fifth(share)}" if context.countries else "no countries"
    yield f"{candidate.match}&country share:{_fifth(share)}"
    if country in conflict_countries():
        yield "conflict country"
    if country in context.peoples:
        yield "its people named"
    elif context.peoples:
        yield "other peoples named"
    if country in context.home:
        yield "language spoken here"
    if country is not None and country == context.outlet:
        yield "outlet's country"
    if kind != "country" and (country,) in context.named:
        yield "country named"
    if admin1 is not None:
        yield f"admin1 share:{_fifth(context.admin1.get((country or '', admin1), 0.0))}"
        if kind != "admin1" and (country, admin1) in context.named:
            yield "admin1 named"
        if kind not in ("admin1", "admin2") and (country, admin1, place.admin.admin2) in (
            context.named
        ):
            yield "admin2 named"
    if kind in ("settlement", "site", "admin2", "admin3"):
        distance, beside = nearest_km(place, context.anchors, mention, _BESIDE)
        yield "no anchor" if distance is None else f"anchor:{_band(distance)}"
        if beside is not None:
            yield f"beside:{_band(beside)}"


def _band(distance: float) -> int:
    return bisect_left(_NEAR, distance)


@cache
def conflict_countries() -> frozenset[str]:
    """Return the countries with armed conflict, a prior for reports of such events."""
    file = resources.files("geo") / "weights" / "conflict_countries.json"
    return frozenset(json.loads(file.read_text(encoding="utf-8"))["countries"])


def _fifth(share: float) -> int:
    return 0 if share <= 0 else 1 + min(4, int(share * 5))


def _contained(place: Place, behind: Place) -> str:
    """Say how a place relates to the one named right behind it."""
    inner, outer = place.admin, behind.admin
    kind = kind_of(behind)
    if kind == "country":
        return "in what follows" if inner.country == outer.country else "not in what follows"
    if kind in ("admin1", "admin2"):
        same = (inner.country, inner.admin1) == (outer.country, outer.admin1)
        return "in what follows" if same else "not in what follows"
    return "a peer follows"
