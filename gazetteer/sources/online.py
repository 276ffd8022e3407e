"""Ask an online geocoder, as a last resort and only when the user says so.

Off by default: nothing in the pipeline calls this. Answers are kept in a cache on disk, asked
for no faster than the service allows, under the user's own contact, and marked as online.
Nominatim's rules (https://operations.osmfoundation.org/policies/nominatim/): one request a
second at most, a user agent that says who asks, results cached, no bulk use.
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from gazetteer.errors import GazetteerError
from gazetteer.models import AdminCodes, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

SERVICES = ("nominatim", "photon")
_AGENT = "conflict-event-mapper ({contact})"
_LONGEST_NAME = 200
_UNITS = {"country": "PCLI", "state": "ADM1", "region": "ADM1", "county": "ADM2"}
_SETTLEMENTS = frozenset(
    {"city", "town", "village", "hamlet", "suburb", "borough", "municipality", "locality"}
)


class OnlineError(GazetteerError, OSError):
    """Tell that an online geocoder could not be asked, and what to do next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineSettings:
    """Set how a service is asked: at which host, how often (seconds), how long to wait."""

    domain: str | None = None
    scheme: str = "https"
    pause: float = 1.1
    timeout: float = 10.0


@dataclass(slots=True)
class OnlineGeocoder:
    """Look up names with an online service; make one with :func:`open_online`."""

    service: str
    cache: Path
    ask: Callable[[str, str | None, int], list[dict[str, Any]]]
    pause: float
    sleep: Callable[[float], None] = time.sleep
    _asked: float = field(default=float("-inf"))

    def lookup(self, name: str, *, country: str | None = None, limit: int = 5) -> tuple[Place, ...]:
        """Return the places the service knows by this name, its best first.

        `country` is ISO 3166-1 alpha-2. Each has the source ``online:SERVICE``. Raises
        :class:`OnlineError` where the service fails; nothing wrong is cached.
        """
        query = " ".join(name.split())[:_LONGEST_NAME]
        if not query:
            return ()
        key = orjson.dumps([self.service, query.casefold(), country, limit]).decode()
        answers = self._cached(key)
        if answers is None:
            self._wait()
            answers = self.ask(query, country, limit)
            self._keep(key, answers)
        places = (_place(self.service, answer) for answer in answers)
        return tuple(place for place in places if place is not None)

    def _wait(self) -> None:
        rest = self._asked + self.pause - time.monotonic()
        if rest > 0:
            self.sleep(rest)
        self._asked = time.monotonic()

    def _cached(self, key: str) -> list[dict[str, Any]] | None:
        with self._open() as base:
            found = base.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
        base.close()
        return orjson.loads(found[0]) if found else None

    def _keep(self, key: str, answers: list[dict[str, Any]]) -> None:
        row = (key, orjson.dumps(answers), time.strftime("%Y-%m-%d"))
        with self._open() as base:
            base.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", row)
        base.close()

    def _open(self) -> sqlite3.Connection:
        self.cache.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(self.cache, timeout=30)
        base.execute("CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer, day)")
        return base


def open_online(
    service: str,
    *,
    contact: str,
    cache: Path,
    settings: OnlineSettings | None = None,
) -> OnlineGeocoder:
    """Return a geocoder of one of :data:`SERVICES`.

    `contact` is the user's own mail or web address, which the service is told. Raises
    :class:`OnlineError` for an unknown service or a missing contact.
    """
    if service not in SERVICES:
        raise OnlineError(f"unknown online geocoder {service!r}; known: {', '.join(SERVICES)}")
    if "@" not in contact and not contact.startswith(("https://", "http://")):
        raise OnlineError(
            f"{contact!r} is no contact; online geocoders want your own mail or web address"
        )
    settings = settings or OnlineSettings()
    ask = _nominatim(contact, settings) if service == "nominatim" else _photon(contact, settings)
    return OnlineGeocoder(service, cache, ask, settings.pause)


def _nominatim(
    contact: str, settings: OnlineSettings
) -> Callable[[str, str | None, int], list[dict[str, Any]]]:
    from geopy.geocoders import Nominatim

    geocoder = Nominatim(**_connection(contact, settings))

    def ask(query: str, country: str | None, limit: int) -> list[dict[str, Any]]:
        codes = country.lower() if country else None
        found = _guard(
            lambda: geocoder.geocode(
                query, exactly_one=False, limit=limit, country_codes=codes, addressdetails=True
            )
        )
        return [_of_nominatim(location.raw) for location in found or ()]

    return ask


def _photon(
    contact: str, settings: OnlineSettings
) -> Callable[[str, str | None, int], list[dict[str, Any]]]:
    from geopy.geocoders import Photon

    geocoder = Photon(**_connection(contact, settings))

    def ask(query: str, country: str | None, limit: int) -> list[dict[str, Any]]:
        found = _guard(lambda: geocoder.geocode(query, exactly_one=False, limit=limit))
        answers = [_of_photon(location.raw) for location in found or ()]
        return [a for a in answers if country is None or a["country"] == country.upper()]

    return ask


def _connection(contact: str, settings: OnlineSettings) -> dict[str, Any]:
    known = {
        "user_agent": _AGENT.format(contact=contact),
        "timeout": settings.timeout,
        "scheme": settings.scheme,
    }
    return known | ({"domain": settings.domain} if settings.domain else {})


def _guard(ask: Callable[[], Any]) -> Any:  # noqa: ANN401  geopy has no types
    from geopy.exc import GeopyError

    try:
        return ask()
    except GeopyError as error:
        raise OnlineError(
            f"the online geocoder failed ({type(error).__name__}: {error}); go on without it"
        ) from error


def _of_nominatim(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": f"{raw.get('osm_type')}/{raw.get('osm_id')}",
        "name": raw.get("name") or str(raw.get("display_name", "")).split(",")[0],
        "lon": float(raw["lon"]),
        "lat": float(raw["lat"]),
        "kind": raw.get("addresstype") or raw.get("type"),
        "country": str(raw.get("address", {}).get("country_code", "")).upper(),
    }


def _of_photon(raw: Mapping[str, Any]) -> dict[str, Any]:
    known = raw.get("properties", {})
    lon, lat = raw["geometry"]["coordinates"][:2]
    return {
        "id": f"{known.get('osm_type')}/{known.get('osm_id')}",
        "name": known.get("name") or "",
        "lon": float(lon),
        "lat": float(lat),
        "kind": known.get("type") or known.get("osm_value"),
        "country": str(known.get("countrycode", "")).upper(),
    }


def _place(service: str, answer: Mapping[str, Any]) -> Place | None:
    kind = str(answer["kind"])
    letter, code = ("A", _UNITS[kind]) if kind in _UNITS else ("P", "PPL")
    if kind not in _UNITS and kind not in _SETTLEMENTS:
        letter, code = "S", "SITE"
    try:
        return Place(
            id=f"online:{service}:{answer['id']}",
            name=str(answer["name"]),
            lon=round(float(answer["lon"]), 5),
            lat=round(float(answer["lat"]), 5),
            feature_class=letter,
            feature_code=code,
            admin=AdminCodes(country=str(answer["country"]) or None),
            sources=(f"online:{service}",),
        )
    except ValueError:  # a point that is none
        return None
