"""Read what a reviewer wrote into a row of the sheet."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from geo.errors import InputError
from geo.readers.table_cells import read_degrees, read_number, read_pair
from geo.review.cells import Offer, parse_offer
from geo.review.keys import choice_of, key_anew, place_key

Kind = Literal["ok", "place", "point", "unlocated", "rejected"]
Row = Mapping[str, str]
CANDIDATES = 5
_IDENTITY = re.compile(r"[a-z][a-z0-9_-]*:\S+", re.IGNORECASE)
_OSM = re.compile(r"mlat=(-?[\d.]+)&mlon=(-?[\d.]+)|[#&]map=[\d.]+/(-?[\d.]+)/(-?[\d.]+)")
_GOOGLE = re.compile(r"[@=](-?\d+\.\d+),(-?\d+\.\d+)")
_PAIR = re.compile(
    r"([-+−]?\d{1,3}[.,]\d+(?:\s*[NS])?)\s*[,;/ ]\s*([-+−]?\d{1,3}[.,]\d+(?:\s*[EW])?)",
    re.IGNORECASE,
)
_DEGREES = re.compile(r"\s*[,;]\s*|(?<=[NS])\s+", re.IGNORECASE)


class DecisionError(InputError):
    """Tell that a row's decision cannot be read, and what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Hold what a person decided about one place text in one setting.

    ``place`` is the place that it means (its point in degrees, lon lat, where the sheet says
    it); ``choice`` the one that the row showed. ``everywhere`` extends the decision to the same
    words in every other setting that has none of its own. ``on`` is an ISO day, or the words
    that were written. ``row`` and ``sheet`` say where it was written.
    """

    key: str
    text: str
    context: str
    kind: Kind
    row: int
    sheet: str = ""
    place: Offer | None = None
    choice: Offer | None = None
    radius_km: float | None = None
    precision: int | None = None
    everywhere: bool = False
    by: str | None = None
    on: str | None = None
    note: str | None = None

    @property
    def key_anew(self) -> str:
        """Return the key that this version would give the row."""
        shown = self.choice
        choice = choice_of(shown.id, shown.lon, shown.lat) if shown else None
        return key_anew(self.key, self.text, self.context, choice)

    @property
    def answer(self) -> str:
        """Return the decision in the one form that is remembered."""
        if self.kind == "place" and self.place is not None:
            return self.place.id or ""
        if self.kind == "point" and self.place is not None:
            return f"{self.place.lat}, {self.place.lon}"
        return self.kind


def read_decision(row: Row, number: int, sheet: str = "") -> Decision | None:
    """Return the decision of a row, ``None`` where it has none yet.

    Raises :class:`DecisionError`, saying what to write, for one that cannot be read.

    >>> row = {"place_text": "Stepne", "decision": "47,797; 35,306"}
    >>> read_decision(row, 2).answer
    '47.797, 35.306'
    """
    text, context = row.get("place_text", ""), row.get("context", "")
    chosen = parse_offer(row.get("chosen", ""))
    kind, place = _read_answer(row, chosen)
    if kind is None:
        return None
    return Decision(
        key=row.get("key", "") or place_key(text, context),
        text=text,
        context=context,
        kind=kind,
        row=number,
        sheet=sheet,
        place=place,
        choice=chosen,
        radius_km=_read_radius(row.get("radius_km", "")),
        precision=_read_precision(row.get("precision", "")),
        everywhere=_read_scope(row.get("scope", "")),
        by=row.get("reviewed_by") or None,
        on=row.get("reviewed_on") or None,
        note=row.get("note") or None,
    )


def _read_answer(row: Row, chosen: Offer | None) -> tuple[Kind | None, Offer | None]:
    cell = " ".join(row.get("decision", "").split())
    word = _word("decision", cell)
    own = _own_point(row)
    if own is not None:
        if cell and word != "point" and read_own_pair(cell) is None:
            raise DecisionError(f"decision {cell!r} and own coordinates: keep one of them")
        return "point", own
    if not cell:
        return None, None
    if word == "point":
        raise DecisionError("own coordinates are decided, but latitude and longitude are empty")
    if word in ("rejected", "unlocated"):
        return word, None
    return ("ok", chosen) if word == "ok" else _read_place(cell, row)


def _read_place(cell: str, row: Row) -> tuple[Kind, Offer]:
    """Read a candidate's number, an identity, a geonameid, a pair of coordinates or a link."""
    if _IDENTITY.fullmatch(cell) and not cell.lower().startswith(("http:", "https:")):
        return "place", _shown(cell, row) or Offer(id=cell, name="")
    pair = read_own_pair(cell)
    if pair is not None:
        lon, lat = pair
        return "point", _checked(Offer(id=None, name=row.get("name", ""), lon=lon, lat=lat))
    number = read_whole(cell.removeprefix("#"))
    if number is None:
        raise DecisionError(
            f"decision {cell!r} is not understood; write ok, a candidate's number, a place id as "
            "gn:692554, coordinates as 47.797, 35.306 (latitude first), unlocated, or reject"
        )
    if 1 <= number <= CANDIDATES:
        offer = parse_offer(row.get(f"candidate_{number}", ""))
        if offer is None or offer.id is None:
            raise DecisionError(f"decision {cell!r}: the row has no candidate {number}")
        return "place", offer
    return "place", Offer(id=f"gn:{number}", name="")


def _shown(identity: str, row: Row) -> Offer | None:
    """Return the place with this identity among those that the row shows."""
    cells = [row.get("chosen", ""), *(row.get(f"candidate_{n + 1}", "") for n in range(CANDIDATES))]
    offers = [parse_offer(cell) for cell in cells]
    return next((offer for offer in offers if offer and offer.id == identity), None)


def read_own_pair(cell: str) -> tuple[float, float] | None:
    """Return (lon, lat) of "lat, lon" or a link to a map, ``None`` for anything else.

    >>> read_own_pair("47.797, 35.306"), read_own_pair("47,797; 35,306"), read_own_pair("2")
    ((35.306, 47.797), (35.306, 47.797), None)
    >>> read_own_pair("https://www.openstreetmap.org/#map=12/47.8/35.3")
    (35.3, 47.8)
    """
    link = _OSM.search(cell) or _GOOGLE.search(cell)
    if link is not None and cell.lower().startswith("http"):
        lat, lon = [float(part) for part in link.groups() if part is not None][:2]
        return lon, lat
    if cell.upper().startswith("POINT"):
        return read_pair(cell)
    match = _PAIR.fullmatch(cell)
    parts = [match[1], match[2]] if match else _DEGREES.split(cell) if "°" in cell else []
    degrees = [read_degrees(part) for part in parts]
    if len(degrees) != 2 or degrees[0] is None or degrees[1] is None:
        return None
    return degrees[1], degrees[0]


def read_whole(cell: str) -> int | None:
    """Return a whole number as spreadsheets may write it; ``None`` where digits were lost.

    >>> [read_whole(c) for c in ("692554", "692554.0", "692 554", "6.92554E+05", "6.93E+05", "2,0")]
    [692554, 692554, 692554, 692554, None, 2]
    """
    text = re.sub(r"[\s\u00a0\u202f']", "", cell)
    match = re.fullmatch(r"(\d)(?:[.,](\d+))?[eE]\+?(\d+)", text)
    if match:
        decimals, exponent = match[2] or "", int(match[3])
        exact = exponent <= len(decimals) and not decimals[exponent:].strip("0")
        return int(match[1] + decimals[:exponent]) if exact else None
    match = re.fullmatch(r"(\d+)(?:[.,]0{1,2})?", text) or re.fullmatch(
        r"(\d{1,3}(?:[.,]\d{3})+)", text
    )
    return int(re.sub(r"[.,]", "", match[1])) if match else None


def _own_point(row: Row) -> Offer | None:
    cells = row.get("latitude", ""), row.get("longitude", "")
    if not any(cells):
        return None
    lat, lon = (read_degrees(cell) if cell else None for cell in cells)
    if lat is None or lon is None:
        raise DecisionError(f"latitude {cells[0]!r}, longitude {cells[1]!r}: both must be degrees")
    return _checked(Offer(id=None, name=row.get("name", ""), lon=lon, lat=lat))


def _checked(offer: Offer) -> Offer:
    lon, lat = offer.lon or 0.0, offer.lat or 0.0
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise DecisionError(f"latitude {lat:g}, longitude {lon:g} is no point on earth")
    return offer


def _read_radius(cell: str) -> float | None:
    if not cell:
        return None
    radius = read_number(re.sub(r"\s*km$", "", cell, flags=re.IGNORECASE))
    if radius is None or not 0 < radius <= 2000:
        raise DecisionError(f"radius_km {cell!r} is no number of kilometres above 0")
    return radius


def _read_precision(cell: str) -> int | None:
    if not cell:
        return None
    precision = read_whole(cell)
    if precision is None or not 1 <= precision <= 7:
        raise DecisionError(f"precision {cell!r} is none of 1 to 7")
    return precision


def _read_scope(cell: str) -> bool:
    word = _word("scope", cell)
    if word is None:
        raise DecisionError(f"scope {cell!r} is neither empty nor everywhere")
    return bool(word == "everywhere")


def _word(column: str, cell: str) -> Any:  # noqa: ANN401 - a word of the data file, or None
    return _words()[column].get(" ".join(cell.casefold().split()).strip(" .!"))


@cache
def _words() -> dict[str, dict[str, str]]:
    text = resources.files("geo.review").joinpath("words.toml").read_text("utf-8")
    table: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    return {
        column: {word.casefold(): name for name, words in kinds.items() for word in words}
        for column, kinds in table.items()
    }
