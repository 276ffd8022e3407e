"""Read the villages of further countries that stand at the points of their posts.

Their points are GeoNames' own of a post's place, or the middle of its addresses, joined by name:
``codes`` hold ``("approximate", "postal")`` and the radius is that of the doubt. Russian names
(those of Belarus are Russian in this source) are spelt by rule in the other languages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from gazetteer.azerbaijani_names import press_spelling
from gazetteer.datafiles import DATA
from gazetteer.indexing import Name, Record
from gazetteer.models import AdminCodes, Place
from gazetteer.russian_spellings import SPELLINGS, spell_russian
from gazetteer.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

POSTAL_PLACES = "postal-places"
FILE = "postal-places.tsv.gz"
_Spell = Callable[["Sequence[str]"], "list[tuple[Name, ...]]"]


def read_postal_places(news: Iterable[Record] = ()) -> Iterator[Record]:
    """Yield the places of ``postal-places.tsv.gz``, each with its spellings.

    Places of the news (:mod:`gazetteer.sources.embedded_places`) are yielded first, those that
    have a post at its point.
    """
    found = list(read_table(DATA / FILE))
    posts = {row["news_id"]: row for row in found if row["news_id"]}
    for record in news:
        row = posts.get(record.place.id)
        yield record._replace(place=_at_post(record.place, row)) if row else record
    new = (row for row in found if not row["news_id"])
    for country, group in groupby(new, key=itemgetter("country")):
        rows = list(group)
        spell = _SPELLED.get(country, _as_written)
        for row, names in zip(rows, spell([row["name"] for row in rows]), strict=True):
            yield Record(_place(row, names[0].name), names)


def _place(row: dict[str, str], name: str) -> Place:
    country, lon, lat = row["country"], row["lon"], row["lat"]
    return Place(
        id=f"post:{country.lower()}{lon},{lat}",
        name=name,
        lon=float(lon),
        lat=float(lat),
        feature_class="P",
        feature_code="PPL",
        admin=AdminCodes(country=country, admin1=row["admin1"]),
        radius_km=float(row["radius_km"]),
        codes=(("approximate", "postal"),),
        sources=(POSTAL_PLACES,),
    )


def _at_post(place: Place, row: dict[str, str]) -> Place:
    return replace(
        place,
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        radius_km=float(row["radius_km"]),
        codes=(("approximate", "postal"),),
        sources=(*place.sources, POSTAL_PLACES),
        provenance=(("point", POSTAL_PLACES),),
    )


def _as_written(names: Sequence[str]) -> list[tuple[Name, ...]]:
    return [(Name(name, None, "primary"),) for name in names]


def _azerbaijani(names: Sequence[str]) -> list[tuple[Name, ...]]:
    return [
        (Name(press_spelling(name), None, "primary"), Name(name, "az", "official"))
        for name in names
    ]


def _russian(names: Sequence[str]) -> list[tuple[Name, ...]]:
    """Name places as English does first; spellings that fold alike stand once."""
    first, *others = SPELLINGS
    columns = [
        [Name(name, None, "primary") for name in spell_russian(names, first)],
        [Name(name, "ru", "official") for name in names],
        *([Name(name, habit) for name in spell_russian(names, habit)] for habit in others),
    ]
    return list(zip(*columns, strict=True))


_SPELLED: dict[str, _Spell] = {"AZ": _azerbaijani, "BY": _russian, "RU": _russian}
