"""Read the cases of names that another language's habit spells, as gold items."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gazetteer import Gazetteer

FILE = Path(__file__).parent / "data" / "heard.txt"


def read_cases(gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """Return the cases in the order of the file, each an item with its one gold toponym."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    told = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    return [_item(number, *case, gazetteer) for number, case in enumerate(told)]


def is_fitted(number: int) -> bool:
    """Tell whether a case is one of those that weights are fitted on: every second."""
    return number % 2 == 0


def _item(
    number: int, lang: str, country: str, name: str, marked: str, gazetteer: Gazetteer
) -> dict[str, Any]:
    start, stop = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found = (c.place for c in gazetteer.lookup(name) if c.place.admin.country == country)
    place = next(place for place in found if place.lon is not None)
    toponym = {
        "start": start, "end": stop, "surface": text[start:stop], "name": name, "kind": "city",
        "lon": place.lon, "lat": place.lat, "country": country, "geonameid": place.geonameid,
        "literal": True,
    }  # fmt: skip
    return {
        "id": f"heard-{lang}-{number}", "lang": lang, "published": "2025-01-01", "text": text,
        "toponyms": [toponym], "events": [],
    }  # fmt: skip
