"""Measure how well the names of tables are resolved, and what large tables cost.

``python -m tests.benchmarks.tables FOLDER`` reads ``ucdp-ged-BGD-hxl.csv`` and
``ucdp-aec-validation.jsonl`` (both from UCDP, Uppsala University, CC BY 4.0) in FOLDER.
``--errors`` prints each row that is wrong or unresolved.
"""

from __future__ import annotations

import argparse
import sys
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
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    gazetteer = open_gazetteer()
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
    """Tell a place whose codes are known and others, or that lies far from the unit."""
    if place.id == unit.id or resolver.gazetteer.within(place, unit):
        return False
    if resolver.gazetteer.within(unit, place):  # coarser, not other
        return False
    if getattr(place.admin, "admin1" if unit.feature_code == "ADM1" else "admin2") is not None:
        return True
    km = distance_km(place.lon, place.lat, unit.lon, unit.lat)
    return place.admin.admin1 != unit.admin.admin1 or km > 2 * (unit.radius_km or NEAR_KM)


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
