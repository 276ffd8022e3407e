"""Measure resolution on gold toponyms: accuracy, reliability, points inside polygons.

``python -m tests.fits.measure_resolution --public FOLDER --gold dev.jsonl`` prints a table.
`FOLDER` holds ``lgl.jsonl`` and ``geovirus.jsonl`` (id, text, toponyms with start, end, lat, lon,
geonameid): public sets that are read where they lie and are no part of this project. With
``--gold`` the project's own items are read end to end: own mentions, matched by overlap.
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gazetteer import Gazetteer, open_gazetteer
from gazetteer.distance import distance_km
from geo.annotators.sentences import find_sentences
from geo.annotators.tokens import find_tokens
from geo.languages import load_language
from geo.models import Document, Resolution, Span
from geo.pipeline import annotate
from geo.resolution import resolve_mentions
from geo.resolution.given import mentions_at
from tests.fits import gold

RIGHT_KM = 161.0
TOLERANCE_KM = {"admin2": 60, "admin1": 161, "region": 161, "water": 161, "country": 600}
POINT_KM = 25
BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Hold one gold toponym with the resolution it got, if any, and whether that is right."""

    item: str
    toponym: dict[str, Any]
    resolution: Resolution | None
    right: bool


def in_fold(item: str, share: float) -> bool:
    """Tell whether a document belongs to the share that is fitted on, by a hash of its id."""
    return zlib.crc32(item.encode()) % 1000 < share * 1000


def judge_public(path: Path, gazetteer: Gazetteer, lang: str = "en") -> Iterator[Judged]:
    """Resolve the given spans of a public set; right is its GeoNames id, or within 161 km."""
    pack = load_language(lang)
    for record in gold.read_items(path):
        text = record["text"]
        tokens = find_tokens(text, pack)
        sentences = find_sentences(text, tokens, pack)
        mentions = mentions_at(text, tokens, sentences, pack, gazetteer, record["toponyms"])
        document = Document(id=record["id"], text=text, language=lang, url=record.get("url"))
        found = resolve_mentions(document, mentions, tokens, sentences, gazetteer, pack)
        for toponym, resolution in zip(record["toponyms"], found, strict=True):
            if toponym["lat"] is None:  # the set does not say where it is
                continue
            yield Judged(
                item=record["id"],
                toponym=toponym,
                resolution=resolution,
                right=_is_public_right(toponym, resolution),
            )


def judge_gold(items: Iterable[gold.Item], gazetteer: Gazetteer) -> Iterator[Judged]:
    """Annotate items and judge the literal toponyms that our own mentions match."""
    for item in items:
        resolutions = annotate(gold.document_of(item), gazetteer).resolutions
        for toponym, resolution in matched(item["toponyms"], resolutions):
            if toponym["literal"]:
                right = km_off(toponym, resolution) <= tolerance_km(toponym)
                yield Judged(item=item["id"], toponym=toponym, resolution=resolution, right=right)


def matched(
    toponyms: Sequence[dict[str, Any]], resolutions: Sequence[Resolution]
) -> list[tuple[dict[str, Any], Resolution]]:
    """Pair gold toponyms and resolutions one to one, the largest overlap first."""
    pairs = overlapping(toponyms, [resolution.mention.span for resolution in resolutions])
    return [(toponyms[one], resolutions[other]) for one, other in pairs]


def overlapping(toponyms: Sequence[dict[str, Any]], spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Return the positions of gold toponyms and of the spans that match them, one to one."""
    pairs = []
    for one, toponym in enumerate(toponyms):
        for other, (start, stop) in enumerate(spans):
            common = min(toponym["end"], stop) - max(toponym["start"], start)
            if common > 0:
                whole = max(toponym["end"], stop) - min(toponym["start"], start)
                pairs.append((common / whole, one, other))
    taken: dict[int, int] = {}
    for _, one, other in sorted(pairs, reverse=True):
        if one not in taken and other not in taken.values():
            taken[one] = other
    return sorted(taken.items())


def km_off(toponym: dict[str, Any], resolution: Resolution) -> float:
    """Return the distance in km between gold and resolution, infinite where unresolved."""
    if resolution.lon is None or resolution.lat is None:
        return float("inf")
    return distance_km(toponym["lon"], toponym["lat"], resolution.lon, resolution.lat)


def tolerance_km(toponym: dict[str, Any]) -> float:
    """Return how far off a resolution of this kind of place may be."""
    return TOLERANCE_KM.get(toponym["kind"], POINT_KM)


def _is_public_right(toponym: dict[str, Any], resolution: Resolution) -> bool:
    place = resolution.place
    same = (
        place is not None
        and toponym.get("geonameid")
        and str(place.geonameid) == str(toponym["geonameid"])
    )
    return bool(same) or km_off(toponym, resolution) <= RIGHT_KM


def inside_share(judged: Iterable[Judged], gazetteer: Gazetteer) -> tuple[int, int]:
    """Return how many gold points lie in the outline of the unit they were resolved to, of all."""
    import shapely

    inside = units = 0
    for one in judged:
        place = one.resolution.place if one.resolution else None
        outline = gazetteer.find_outline(place.id) if place else None
        if outline is not None:
            units += 1
            point = shapely.Point(one.toponym["lon"], one.toponym["lat"])
            inside += bool(outline.covers(point))
    return inside, units


def calibration(judged: Sequence[Judged]) -> tuple[float, list[tuple[str, int, float, float]]]:
    """Return the expected calibration error and rows of (bin, n, mean confidence, share right).

    Bins are a tenth wide; resolutions only, an unresolved toponym has no confidence.
    """
    rows, error = [], 0.0
    resolved = [j for j in judged if j.resolution is not None and j.resolution.place is not None]
    for number in range(BINS):
        chosen = [
            (j.resolution.confidence, j.right)
            for j in resolved
            if j.resolution and min(BINS - 1, int(j.resolution.confidence * BINS)) == number
        ]
        if chosen:
            mean = sum(confidence for confidence, _ in chosen) / len(chosen)
            share = sum(right for _, right in chosen) / len(chosen)
            error += len(chosen) / len(resolved) * abs(mean - share)
            rows.append(
                (f"{number / BINS:.1f}-{(number + 1) / BINS:.1f}", len(chosen), mean, share)
            )
    return error, rows


def wrong_oblasts(
    judged: Iterable[Judged], gazetteer: Gazetteer, least: float = 0.5
) -> list[Judged]:
    """Return Ukrainian settlements without a GeoNames id put in another oblast so confidently."""
    return [
        one
        for one in judged
        if one.toponym.get("country") == "UA"
        and one.toponym["kind"] in ("city", "village")
        and one.toponym["geonameid"] is None
        and not one.right
        and one.resolution is not None
        and one.resolution.place is not None
        and one.resolution.confidence >= least
        and _oblast_at(one.toponym, gazetteer) not in (None, one.resolution.place.admin.admin1)
    ]


def _oblast_at(toponym: dict[str, Any], gazetteer: Gazetteer) -> str | None:
    units = gazetteer.units_at(toponym["lon"], toponym["lat"])
    codes = (u.admin.admin1 for u in units if u.feature_code == "ADM1" and u.admin.country == "UA")
    return next(codes, None)


def show(title: str, judged: Sequence[Judged]) -> None:
    """Print accuracy and the reliability table of one set."""
    right = sum(one.right for one in judged)
    print(f"\n{title}: {right} of {len(judged)} right, {right / len(judged):.3f}")
    error, rows = calibration(judged)
    print(f"  expected calibration error {error:.3f}")
    print("  confidence      n   mean  right")
    for name, count, mean, share in rows:
        print(f"  {name:<10} {count:>6}  {mean:.3f}  {share:.3f}")
    sure = [j.right for j in judged if j.resolution and j.resolution.confidence >= 0.9]
    if sure:
        print(f"  with confidence >= 0.9: {sum(sure) / len(sure):.3f} of {len(sure)} right")


def show_kinds(judged: Sequence[Judged]) -> None:
    """Print accuracy by kind and by language."""
    for name, of in (("kind", lambda j: j.toponym["kind"]), ("language", language_of)):
        totals, rights = Counter(map(of, judged)), Counter(of(j) for j in judged if j.right)
        for key, count in sorted(totals.items()):
            print(f"  {name} {key:<10} {rights[key] / count:.3f} of {count}")


def language_of(judged: Judged) -> str:
    """Return the language that a gold item's id names."""
    parts = judged.item.split("-")
    return next((part for part in parts if len(part) == 2), "?")


def main() -> None:
    """Measure what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--public", type=Path, help="folder of lgl.jsonl and geovirus.jsonl")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="own items, end to end")
    parser.add_argument("--fitted", type=float, default=0.5, help="share that the fit has seen")
    parser.add_argument("--errors", type=Path, help="write what is wrong there, one a line")
    options = parser.parse_args()
    gazetteer = open_gazetteer()
    wrong: list[Judged] = []
    for name in ("lgl", "geovirus") if options.public else ():
        judged = list(judge_public(options.public / f"{name}.jsonl", gazetteer))
        show(name, judged)
        rest = [one for one in judged if not in_fold(one.item, options.fitted)]
        show(f"{name}, documents that were not fitted on", rest)
        inside, units = inside_share(judged, gazetteer)
        print(f"  gold points inside the resolved unit's polygon: {inside} of {units}")
        wrong += [one for one in judged if not one.right]
    for path in options.gold:
        judged = list(judge_gold(gold.read_items(path), gazetteer))
        show(path.name, judged)
        show_kinds(judged)
        print(f"  in another oblast, confidence >= 0.5: {len(wrong_oblasts(judged, gazetteer))}")
        wrong += [one for one in judged if not one.right]
    if options.errors:
        options.errors.write_text("\n".join(map(describe, wrong)), encoding="utf-8")


def describe(one: Judged) -> str:
    """Return one line about a judged toponym."""
    resolution, toponym = one.resolution, one.toponym
    place = resolution.place if resolution else None
    got = "nothing" if place is None else f"{place.id} {place.name} ({place.feature_code})"
    confidence = resolution.confidence if resolution else 0.0
    off = km_off(toponym, resolution) if resolution else float("inf")
    want = toponym.get("geonameid") or toponym.get("name")
    surface = toponym["surface"]
    return f"{one.item}\t{surface}\twant {want}\tgot {got}\t{off:.0f} km\t{confidence:.2f}"


if __name__ == "__main__":
    main()
