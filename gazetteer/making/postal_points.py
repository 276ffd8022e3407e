"""Find points for the codifier's settlements among GeoNames' postal codes of Ukraine.

The postal file names a post's place and oblast; only rows of accuracy 4 and better are points
of a place. Of namesakes in an oblast a point belongs to the one whose hromada is nearest, where
it is near enough and no other namesake is about as near.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.distance import distance_km
from gazetteer.making.posts import read_posts
from gazetteer.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from gazetteer.making.codifier import Entry

RADIUS_KM = 5.0  # 94 % of such points lie nearer to GeoNames' own point of the place
_LEAST_ACCURACY = 4
_OBLASTS = {
    "Cherkaska": "01", "Chernihivska": "02", "Chernivetska": "03", "Dnipropetrovska": "04",
    "Donetska": "05", "Ivano-Frankivska": "06", "Kharkivska": "07", "Khersonska": "08",
    "Khmelnytska": "09", "Kirovohradska": "10", "Krym": "11", "Kyiv": "12", "Kyivska": "13",
    "Luhanska": "14", "Lvivska": "15", "Mykolaivska": "16", "Odeska": "17", "Poltavska": "18",
    "Rivnenska": "19", "Sumska": "21", "Ternopilska": "22", "Vinnytska": "23", "Volynska": "24",
    "Zakarpatska": "25", "Zaporizka": "26", "Zhytomyrska": "27",
}  # fmt: skip
_BRACKETS = re.compile(r"\s*\(.*?\)")
_SAME_KM = 3.0
_NEAR_KM, _FAR_KM = 12.0, 40.0
_SLACK = 1.25  # a hromada's radius is a typical one, not its farthest corner
_CLEARLY = 2.0  # the next namesake must be so many times as far off


class PostalPoint(NamedTuple):
    """Hold a post's place: its oblast, its folded name, its point in degrees."""

    admin1: str
    name: str
    lon: float
    lat: float


def read_postal_points(originals: Path) -> Iterator[PostalPoint]:
    """Yield the points of Ukraine that are good, each place of a name once."""
    seen: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for post in read_posts(originals, ("UA",)):
        admin1 = _OBLASTS.get(post.region)
        if admin1 is None or post.accuracy < _LEAST_ACCURACY:
            continue
        name = fold(_BRACKETS.sub("", post.name))
        lon, lat = post.lon, post.lat
        spots = seen[admin1, name]
        if not any(distance_km(lon, lat, *spot) < _SAME_KM for spot in spots):
            spots.append((lon, lat))
            yield PostalPoint(admin1, name, lon, lat)


def locate_by_post(
    points: Iterable[PostalPoint], settlements: Iterable[Entry], hromadas: Mapping[str, Entry]
) -> None:
    """Give the settlements that have none a postal point; `hromadas` are located, by P-code."""
    namesakes: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in settlements:
        if entry.hromada in hromadas:
            namesakes[entry.admin1, fold(entry.name)].append(entry)
    offered: dict[tuple[str, str], list[PostalPoint]] = defaultdict(list)
    for point in points:
        offered[point.admin1, point.name].append(point)
    for key, found in offered.items():
        entries = namesakes.get(key, [])
        free = [point for point in found if not any(_is_at(entry, point) for entry in entries)]
        _assign(free, [entry for entry in entries if not entry.point], hromadas)


def _is_at(entry: Entry, point: PostalPoint) -> bool:
    if entry.lon is None or entry.lat is None:
        return False
    return distance_km(entry.lon, entry.lat, point.lon, point.lat) < _SAME_KM


def _assign(points: list[PostalPoint], entries: list[Entry], hromadas: Mapping[str, Entry]) -> None:
    """Join points and namesakes one to one, the nearest pair first, while it is clear."""
    while points and entries:
        pairs = sorted(
            (_from_hromada(point, hromadas[entry.hromada]), i, j)
            for i, point in enumerate(points)
            for j, entry in enumerate(entries)
        )
        (km, i, j), others = pairs[0], pairs[1:]
        entry, point = entries[j], points[i]
        radius = hromadas[entry.hromada].radius_km or 0.0
        reach = min(max(_NEAR_KM, _SLACK * radius), _FAR_KM)
        rivals = [other for other, at, _ in others if at == i]
        if km > reach:
            return
        if not rivals or min(rivals) > _CLEARLY * km:
            entry.lon, entry.lat, entry.point = point.lon, point.lat, "postal"
            entry.radius_km = RADIUS_KM
            entries.pop(j)
        points.pop(i)


def _from_hromada(point: PostalPoint, hromada: Entry) -> float:
    if hromada.lon is None or hromada.lat is None:
        return float("inf")
    return distance_km(point.lon, point.lat, hromada.lon, hromada.lat)
