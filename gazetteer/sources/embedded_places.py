"""Read the villages, camps and sites of conflict reports that the GeoNames extract lacks.

Their points are known roughly only, and say so: ``codes`` hold ``("approximate", "point")`` and
the radius is that of the doubt. A better point comes from the place's post where it has one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.datafiles import DATA
from gazetteer.errors import SourceError
from gazetteer.indexing import Name, Record
from gazetteer.models import AdminCodes, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

NEWS_PLACES = "news-places"
FILE = "news-places.tsv"
_FIELDS = 6
_RADIUS_KM = 10.0
_ROUGHER_KM = 25.0
_ROUGHER = ("AF", "ET", "NG")  # a sample of such villages lay farther off than others
_CLASSES = {
    "PPL": "P", "PPLX": "P", "PASS": "T",
    "BAY": "H", "CNL": "H", "COVE": "H", "HBR": "H", "LGN": "H", "LK": "H", "RSV": "H",
    "STM": "H", "STRT": "H",
}  # fmt: skip


def read_news_places() -> Iterator[Record]:
    """Yield the places of ``data/news-places.tsv``.

    Raises :class:`SourceError`, with the line's number, where a line breaks the format.
    """
    text = (DATA / FILE).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#"):
            yield _read_line(line, number)


def _read_line(line: str, number: int) -> Record:
    fields = line.split("\t")
    if len(fields) != _FIELDS:
        raise SourceError(f"{FILE}, line {number}: {len(fields)} fields, not {_FIELDS}")
    country, admin1, code, lon, lat, written = fields
    usual, *others = written.split(";")
    place = Place(
        id=f"news:{country.lower()}-{usual.replace(' ', '-').lower()}",
        name=usual,
        lon=float(lon),
        lat=float(lat),
        feature_class=_CLASSES.get(code, "S"),
        feature_code=code,
        admin=AdminCodes(country=country, admin1=admin1 or None),
        radius_km=_ROUGHER_KM if country in _ROUGHER else _RADIUS_KM,
        codes=(("approximate", "point"),),
        sources=(NEWS_PLACES,),
    )
    return Record(place, (Name(usual, None, "primary"), *(Name(other) for other in others)))
