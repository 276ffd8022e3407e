"""Measure how well the names of tables are resolved, and what large tables cost.

``python -m tests.benchmarks.tables FOLDER`` reads ``ucdp-ged-BGD-hxl.csv`` and
``ucdp-aec-validation.jsonl`` (both from UCDP, Uppsala University, CC BY 4.0) in FOLDER.
``--errors`` prints each row that is wrong or unresolved. ``--rows 100000`` times instead what a
made-up table of that length and 5,000 distinct places costs from CSV to GeoPackage, GeoJSON and
the page, as a command of its own.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gazetteer import Gazetteer, open_gazetteer
from gazetteer.distance import distance_km
from gazetteer.models import Place
from gazetteer.names import fold
from geo.readers.table import read_table
from geo.resolution.tables import PlaceQuery, Resolver

NEAR_KM = 25.0
Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--rows", type=int)
    options = parser.parse_args()
    gazetteer = open_gazetteer()
    if options.rows:
        time_large(options.rows, gazetteer)
    if options.folder is None:
        return
    measure_points(options.folder / "ucdp-ged-BGD-hxl.csv", gazetteer, errors=options.errors)
    measure_units(options.folder / "ucdp-aec-validation.jsonl", gazetteer, errors=options.errors)


def measure_points(path: Path, gazetteer: Gazetteer, *, errors: bool) -> None:
    """Resolve rows of where_prec 1 and 2 as if they had no coordinates."""
    table = read_table(path)
    rows = [r for r in table.frame.to_dict("records") if r["geo_precision"] in (1, 2)]
    resolver = Resolver(gazetteer)
    found, near = 0, 0
    for row in rows:
        query = _query(row, ("place_text", "country", "admin1", "admin2"))
        resolution = resolver.resolve(query)
        if resolution.method != "gazetteer":
            _tell(errors, "unresolved", query)
            continue
        found += 1
        km = distance_km(resolution.lon, resolution.lat, row["longitude"], row["latitude"])
        near += km <= NEAR_KM
        if km > NEAR_KM:
            _tell(errors, f"{km:.0f} km off", query, resolution.place)
    print(f"{path.name}: {len(table.frame)} rows, {len(table.problems)} odd, {len(rows)} measured")
    print(f"  resolved {_share(found, len(rows))}, within {NEAR_KM:g} km {_share(near, found)}")


def measure_units(path: Path, gazetteer: Gazetteer, *, errors: bool) -> None:
    """Resolve names with the country alone, then with the units as hints."""
    rows = read_table(path).frame.to_dict("records")
    rows = [row for row in rows if isinstance(row["place_text"], str)]
    resolver = Resolver(gazetteer)
    found, agree = 0, 0
    for row in rows:
        query = _query(row, ("place_text", "country"))
        resolution = resolver.resolve(query)
        if resolution.method != "gazetteer":
            _tell(errors, "unresolved", query)
            continue
        found += 1
        same = _is_in(resolution.place, row["admin1"], row, resolver)
        agree += same
        if not same:
            _tell(errors, f"not in {row['admin1']} {row['admin2']}", query, resolution.place)
    print(f"{path.name}: {len(rows)} rows with a place name")
    print(f"  by country: resolved {_share(found, len(rows))}, admin1 {_share(agree, found)}")
    _measure_hints(rows, resolver, errors=errors)


def _measure_hints(rows: Iterable[Row], resolver: Resolver, *, errors: bool) -> None:
    count, found, at_unit, against = 0, 0, 0, 0
    for row in rows:
        query = _query(row, ("place_text", "country", "admin1", "admin2"))
        resolution = resolver.resolve(query)
        count += 1
        found += resolution.method == "gazetteer"
        at_unit += resolution.method == "unit"
        hints = resolver.finder.find(query.country, query.admin1, query.admin2)
        for unit in (
            resolver.finder.units(query.admin1 or "", "admin1", hints.code)[:1],
            [hints.admin2],
        ):
            if (
                unit
                and unit[0]
                and resolution.place
                and contradicts(resolution.place, unit[0], resolver)
            ):
                against += 1
                _tell(errors, f"contradicts {unit[0].name}", query, resolution.place)
    print(
        f"  with units: resolved {_share(found, count)}, at the unit {_share(at_unit, count)}, "
        f"contradictions {against}"
    )


def contradicts(place: Place, unit: Place, resolver: Resolver) -> bool:
    """Tell a place whose codes say that it lies elsewhere; where it has none nothing is told."""
    if place.id == unit.id or resolver.gazetteer.within(place, unit):
        return False
    if resolver.gazetteer.within(unit, place):  # coarser, not other
        return False
    own, other = place.admin, unit.admin
    if own.admin1 is not None and own.admin1 != other.admin1:
        return True
    return unit.feature_code != "ADM1" and own.admin2 is not None and own.admin2 != other.admin2


def time_large(rows: int, gazetteer: Gazetteer) -> None:
    """Time the command on a table of 5,000 distinct places."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "large.csv"
        write_large(table, rows, gazetteer)
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "geo.cli", "map", str(table), "-q", "-o", f"{folder}/out",
             "--format", "gpkg,geojson"],
            check=True,
        )  # fmt: skip
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(
            f"{rows:,} rows: {time.perf_counter() - begun:.1f} s, "
            f"{used.ru_utime + used.ru_stime:.1f} s of CPU, peak {used.ru_maxrss / 1024:.0f} MB"
        )


def write_large(path: Path, rows: int, gazetteer: Gazetteer) -> None:
    """Write a made-up table, the same each time."""
    rng = random.Random(1)
    numbers = rng.sample(range(len(gazetteer.index)), 120_000)
    places = (gazetteer.index.place(number) for number in numbers)
    names = list(
        dict.fromkeys(
            (place.name, place.admin.country)
            for place in places
            if place.feature_class == "P" and place.population and place.lon is not None
        )
    )[:5000]
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "event_type", "date", "place", "country", "killed", "notes"])
        for number in range(rows):
            name, country = names[number % len(names)]
            day = f"2023-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
            note = f"Report {number} tells of an attack in {name} and of several people hurt."
            writer.writerow([number, "Battles", day, name, country, rng.randint(0, 9), note])


def _query(row: Row, names: tuple[str, ...]) -> PlaceQuery:
    given = {name: row.get(name) if isinstance(row.get(name), str) else None for name in names}
    return PlaceQuery(name=given.pop("place_text"), **given)


def _is_in(place: Place, unit_name: object, row: Row, resolver: Resolver) -> bool:
    """Tell whether a place lies in the coder's unit: by code, else by the unit's name."""
    if not isinstance(unit_name, str):
        return True
    country = resolver.finder.country(row["country"])
    units = resolver.finder.units(unit_name, "admin1", country.admin.country if country else None)
    around = (place, *resolver.gazetteer.ancestors(place))
    if not units:
        return any(fold(u.name) == fold(unit_name) for u in around)
    return any(u.id == around_u.id for u in units for around_u in around)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / max(whole, 1):.1%})"


def _tell(wanted: bool, what: str, query: PlaceQuery, place: Any = None) -> None:
    if wanted:
        where = f" -> {place.name} {place.feature_code} {place.admin}" if place else ""
        hints = " | ".join(filter(None, (query.name, query.admin2, query.admin1, query.country)))
        print(f"{what}: {hints}{where}", file=sys.stderr)


if __name__ == "__main__":
    main()
