"""Pack places into short lists, as the index keeps them, and unpack them."""

from __future__ import annotations

from typing import Any

from gazetteer.models import AdminCodes, Place

_RADIUS, _CODES = 6, 7  # in a packed place, behind what every place has
# feature class, feature code, sources, and of a rough point its radius and what says that it is
Kind = tuple[str, str, tuple[str, ...], float | None, tuple[tuple[str, str], ...]]


def split_kind(packed: list[Any]) -> tuple[list[Any], Kind]:
    """Part a packed place into what is its own and what it shares with many others.

    :func:`join_kind` is the way back.
    """
    name, lon, lat, geonameid, feature_class, code, population, sources, *rest = packed
    codes = rest[_CODES] if len(rest) > _CODES else None
    if codes is None or [scheme for scheme, _ in codes] != ["approximate"]:
        return [name, lon, lat, geonameid, population, *rest], (
            feature_class, code, sources, None, ()
        )  # fmt: skip
    radius, rest[_RADIUS], rest[_CODES] = rest[_RADIUS], None, None
    own = _without_end([name, lon, lat, geonameid, population, *rest])
    return own, (feature_class, code, sources, radius, codes)


def join_kind(record: list[Any], kind: Kind) -> list[Any]:
    """Return the packed place that :func:`split_kind` parted."""
    name, lon, lat, geonameid, population, *rest = record + [None] * (5 - len(record))
    feature_class, code, sources, radius, codes = kind
    if codes:
        rest += [None] * (_CODES + 1 - len(rest))
        rest[_RADIUS], rest[_CODES] = radius, codes
    return [name, lon, lat, geonameid, feature_class, code, population, sources, *rest]


def pack_place(place: Place, local_name: str | None = None) -> list[Any]:
    """Turn a place into a plain short list; :func:`unpack_place` is the way back.

    `local_name` is that of a place that has none itself.
    """
    admin = place.admin
    is_own_id = place.id == f"gn:{place.geonameid}"
    record = [
        place.name, place.lon, place.lat, place.geonameid, place.feature_class,
        place.feature_code, place.population, place.sources, admin.country, admin.admin1,
        admin.admin2, admin.admin3, None if is_own_id else place.id,
        None if place.located == "exact" else place.located, place.radius_km,
        place.codes or None, place.provenance or None, place.local_name or local_name,
    ]  # fmt: skip
    return _without_end(record)


def _without_end(record: list[Any]) -> list[Any]:
    while record[-1] is None:
        record.pop()
    return record


def unpack_place(record: list[Any]) -> Place:
    """Make a place from the list that :func:`pack_place` made of it."""
    record = record + [None] * (18 - len(record))
    return Place(
        name=record[0],
        lon=record[1],
        lat=record[2],
        geonameid=record[3],
        feature_class=record[4],
        feature_code=record[5],
        population=record[6],
        sources=tuple(record[7]),
        admin=AdminCodes(country=record[8], admin1=record[9], admin2=record[10], admin3=record[11]),
        id=record[12] or f"gn:{record[3]}",
        located=record[13] or "exact",
        radius_km=record[14],
        codes=tuple((scheme, value) for scheme, value in record[15] or ()),
        provenance=tuple((value, source) for value, source in record[16] or ()),
        local_name=record[17],
    )
