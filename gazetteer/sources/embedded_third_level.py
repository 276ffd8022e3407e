"""Read the embedded third-level units: upazilas, unions and municipal towns of Bangladesh.

Their points lie inside the unit, not in its chief village, and say so: ``codes`` hold
``("approximate", "inside")`` and the radius is half the diagonal of the unit's box.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.datafiles import DATA
from gazetteer.indexing import Name, Record
from gazetteer.models import AdminCodes, Place
from gazetteer.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

THIRD_LEVEL = "third-level"
FILE = "third-level.tsv.gz"
_GENERIC = " Upazila"
_COMPLETE = (" Corporation", " Thana")


def read_third_level() -> Iterator[Record]:
    """Yield the units of ``third-level.tsv.gz``."""
    for row in read_table(DATA / FILE):
        name = row["name"]
        full = name + _GENERIC if _takes_generic(row) else name
        names = (Name(name, None, "primary"), *([Name(full, "en")] if full != name else []))
        yield Record(_place(row, full), names)


def _takes_generic(row: dict[str, str]) -> bool:
    return row["code"] == "ADM3" and not row["name"].endswith(_COMPLETE)


def _place(row: dict[str, str], name: str) -> Place:
    is_town = row["code"].startswith("PPL")
    return Place(
        id=row["id"],
        name=name,
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        feature_class="P" if is_town else "A",
        feature_code=row["code"],
        admin=AdminCodes(
            country=row["country"],
            admin1=row["admin1"],
            admin2=row["admin2"],
            admin3=row["admin3"],
        ),
        radius_km=float(row["radius_km"]),
        codes=(("approximate", "inside"),),
        sources=(THIRD_LEVEL,),
    )
