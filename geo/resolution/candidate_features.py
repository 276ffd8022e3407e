"""Describe the candidates of a mention by named features; ``weights/candidates.json`` weighs them.

What a name says (how it matched, which kind and size of place it names) is apart from what the
document says around it, because the first depends on no context and is worked out once a name.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources
from math import cos, log10, radians

from gazetteer.models import Candidate, Place
from geo.models import Hint
from geo.resolution.candidates import kind_of
from geo.resolution.context import Context, Others, Scene, in_unit, nearest_km
from geo.resolution.waters import Line, line_of, nearest_on_line

_SIZES = (1, 1_000, 2_000, 5_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000)
_LITTLE = 10_000
_NEAR = (10, 25, 50, 100, 200, 400, 800, 2000)
_RATIOS = (0.5, 1.0, 1.5, 2.0, 3.0)
_SHARES = (0.001, 0.1, 0.25, 0.5, 0.75, 0.95)
_FROM_FRONT = (12, 25, 40, 70, 120, 200)  # km
_MARGIN = 2.0  # degrees of latitude: 222 km, beyond the last of them
_PEERS = (0.001, 0.1, 0.3, 0.7, 1.5, 3.0)
_SEATS = frozenset({"PPLA", "PPLA2", "PPLC"})
_TWINS = frozenset({"country", "admin1", "admin2", "settlement", "water", "region"})


def describe_names(
    text: str, hint: Hint | None, candidates: Sequence[Candidate], language: str
) -> list[list[str]]:
    """Return for each candidate the features of its name, kind and size among its rivals."""
    kinds = [kind_of(candidate.place) for candidate in candidates]
    sizes = [candidate.place.population or 0 for candidate in candidates]
    largest = max(sizes, default=0)
    order = sorted(set(sizes), reverse=True)
    described = []
    for candidate, kind, size in zip(candidates, kinds, sizes, strict=True):
        features = [f"kind:{kind}", f"hint:{hint}&{kind}"]
        features += _name(text, candidate, kind, language)
        features += _size(candidate.place, kind, size)
        features += _at_war(candidate.place, kind)
        if len(candidates) == 1:
            features.append("only candidate")
        else:
            features += _rivals(size, order, largest)
            features += _twins(candidate.place, kind, candidates, kinds, hint)
        described.append(features)
    return described


def describe_none(candidates: Sequence[Candidate], scene: Scene) -> list[str]:
    """Return the features of the answer that none of the candidates is meant."""
    if not candidates:
        return ["none"]
    best = max(candidate.similarity for candidate in candidates)
    how = min((c.match for c in candidates), key=_MATCHES.index)
    features = ["none", f"none:{how}", f"none:{how}:{int(best * 20)}"]
    known = any(scene.country_share(c.place.admin.country) >= 0.1 for c in candidates)
    features.append(f"none:{how}&{'in' if known else 'outside'} the countries named")
    return features


_MATCHES = ("exact", "folded", "inflected", "transliterated", "fuzzy")


def _name(text: str, candidate: Candidate, kind: str, language: str) -> Iterator[str]:
    name, match = candidate.name, candidate.match
    if match == "folded" and name.name.casefold() == text.casefold():
        match = "exact"
    yield f"match:{match}"
    yield f"name:{name.kind}"
    if candidate.similarity < 1:
        yield f"{match}:{int(candidate.similarity * 20)}"
        if candidate.similarity >= 0.97:
            yield f"{match}:all but equal"
    if name.language is not None:
        how = "name in the text's language" if name.language == language else "name in another"
        yield how
        yield f"{kind}&{how}"
    yield "its main name" if name.name == candidate.place.name else "another name"
    if candidate.place.located == "unit":
        yield "by name only"


def _size(place: Place, kind: str, size: int) -> Iterator[str]:
    yield f"size:{kind}:{bisect_right(_SIZES, size)}"
    code = place.feature_code
    if code.startswith("PPL"):
        yield f"code:{code}"


def _rivals(size: int, order: Sequence[int], largest: int) -> Iterator[str]:
    yield f"larger rivals:{min(order.index(size), 4)}"
    yield f"smaller than the largest:{bisect_right(_RATIOS, log10((largest + 500) / (size + 500)))}"


def _twins(
    place: Place,
    kind: str,
    candidates: Sequence[Candidate],
    kinds: Sequence[str],
    hint: Hint | None,
) -> Iterator[str]:
    if kind != "country" and "country" in kinds:
        yield "a country has the name"
    if kind != "admin1" and "admin1" in kinds:
        yield "a region has the name"
    country = place.admin.country
    twins = {
        other
        for rival, other in zip(candidates, kinds, strict=True)
        if other != kind and rival.place.admin.country == country
    }
    for twin in sorted(twins & _TWINS):
        yield f"twin:{kind}/{twin}"
        yield f"twin:{kind}/{twin}&hint:{hint}"
        if place.feature_code in _SEATS:
            yield f"seat with twin:{twin}&hint:{hint}"


def describe_scene(candidate: Candidate, context: Context, scene: Scene) -> list[str]:
    """Return the features of a candidate in its document and in its place in the text."""
    in_document = describe_in_document(candidate, context, scene.named)
    return [*in_document, *describe_beside(candidate, scene)]


def describe_in_document(candidate: Candidate, context: Context, named: Others) -> list[str]:
    """Return the features of a candidate that are the same wherever the name stands."""
    place = candidate.place
    kind = kind_of(place)
    country = place.admin.country
    share = bisect_right(_SHARES, named.country_share(country)) if named.knows_countries else -1
    little = kind == "settlement" and (place.population or 0) < _LITTLE
    features = [f"country share:{share}", f"{candidate.match}&country share:{share}"]
    if little:
        features.append(f"little&country share:{share}")
    features += _priors(place, context)
    features += _units(place, kind, named)
    if kind == "water":
        features += _along(place, "anchor", named.anchors)
    elif kind not in ("country", "continent", "region"):
        features += _near_anchors(place, _group(kind, little=little), named)
    features.append(f"peers:{bisect_right(_PEERS, named.peers(place))}")
    return features


def describe_beside(candidate: Candidate, scene: Scene) -> list[str]:
    """Return the features of a candidate by what stands beside the mention."""
    place = candidate.place
    kind = kind_of(place)
    features = [
        f"{'in' if in_unit(place, unit) else 'outside'} the {level} beside"
        for level, unit in scene.beside_units.items()
        if kind != level and unit.id != place.id
    ]
    if kind == "water":
        features += _along(place, "beside", scene.beside)
    elif kind not in ("country", "continent", "region"):
        near = nearest_km(place, scene.beside)
        if near is not None:
            little = kind == "settlement" and (place.population or 0) < _LITTLE
            band = bisect_right(_NEAR, near)
            features += [f"beside:{band}", f"{_group(kind, little=little)}&beside:{band}"]
    if scene.behind is not None:
        features.append(_contained(place, scene.behind))
    return features


def _group(kind: str, *, little: bool) -> str:
    return "little" if little else "unit" if kind.startswith("admin") else "large"


def _priors(place: Place, context: Context) -> Iterator[str]:
    country = place.admin.country
    if country in context.peoples:
        yield "its people named"
    elif context.peoples:
        yield "other peoples named"
    if country in context.home:
        yield "language spoken here"
    if country is not None and country == context.outlet:
        yield "outlet's country"


def _units(place: Place, kind: str, named: Others) -> Iterator[str]:
    """Say which units the text names hold the place."""
    codes = place.admin
    if kind != "country" and (codes.country,) in named:
        yield "country named"
    if codes.admin1 is not None:
        share = bisect_right(_SHARES, named.admin1_share(codes.country, codes.admin1))
        yield f"admin1 share:{share}"
        if place.located == "unit":
            yield f"by name only&admin1 share:{share}"
        if kind != "admin1" and (codes.country, codes.admin1) in named:
            yield "admin1 named"
        if kind not in ("admin1", "admin2") and (
            codes.country, codes.admin1, codes.admin2
        ) in named:  # fmt: skip
            yield "admin2 named"


def _near_anchors(place: Place, group: str, named: Others) -> Iterator[str]:
    far = nearest_km(place, named.anchors)
    band = "none" if far is None else str(bisect_right(_NEAR, far))
    yield f"anchor:{band}"
    yield f"{group}&anchor:{band}"
    if place.located == "unit":
        yield f"by name only&anchor:{band}"


def _along(place: Place, name: str, others: Sequence[Place]) -> Iterator[str]:
    """Say how near a river passes to places named beside it, or in the document."""
    line = line_of(place)
    near = nearest_on_line(line, others) if line else None
    if near is not None:
        yield f"line {name}:{bisect_right(_NEAR, near.km)}"


def _at_war(place: Place, kind: str) -> Iterator[str]:
    """Say whether the place lies in a country, region or district at war, and near the front."""
    codes, (areas, front) = place.admin, conflict_areas()
    found = []
    if codes.country in areas:
        found.append("conflict country")
    if f"{codes.country}.{codes.admin1}" in areas:
        found.append("conflict region")
    if f"{codes.country}.{codes.admin1}.{codes.admin2}" in areas:
        found.append("conflict district")
    if kind == "settlement" and _may_be_near_front(place):
        near = nearest_on_line(front, (place,))
        band = bisect_right(_FROM_FRONT, near.km) if near else len(_FROM_FRONT)
        if band < len(_FROM_FRONT):
            found.append(f"front:{band}")
    yield from found
    if place.located == "unit":
        yield from (f"by name only&{name}" for name in found)


def _may_be_near_front(place: Place) -> bool:
    """Tell whether a place lies in the front's box, widened by more than the farthest band."""
    if place.lon is None or place.lat is None:
        return False
    west, south, east, north = _front_box()
    wide = _MARGIN / max(0.1, cos(radians(place.lat)))
    return west - wide < place.lon < east + wide and south - _MARGIN < place.lat < north + _MARGIN


@lru_cache(maxsize=1)
def _front_box() -> tuple[float, float, float, float]:
    lons, lats = zip(*conflict_areas()[1], strict=True)
    return min(lons), min(lats), max(lons), max(lats)


@lru_cache(maxsize=1)
def conflict_areas() -> tuple[frozenset[str], Line]:
    """Return code paths of areas at war (``SD``, ``SD.55``) and the line of a front.

    A prior for reports of such events.
    """
    file = resources.files("geo") / "weights" / "conflict_areas.json"
    areas = json.loads(file.read_text(encoding="utf-8"))
    codes = frozenset((*areas["countries"], *areas["regions"], *areas["districts"]))
    return codes, tuple((lon, lat) for lon, lat in areas["front"])


def _contained(place: Place, behind: Place) -> str:
    """Say how a place relates to the one named right behind it."""
    kind = kind_of(behind)
    if kind in ("country", "admin1", "admin2"):
        return "in what follows" if in_unit(place, behind) else "not in what follows"
    return "a peer follows"
