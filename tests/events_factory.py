"""Make realistic events for tests: several precisions, unresolved, a series, hostile text."""

from __future__ import annotations

from datetime import date
from typing import Any

from gazetteer.models import AdminCodes, Candidate, Place, PlaceName
from geo.models import (
    Event,
    Evidence,
    Interval,
    Mention,
    Quantity,
    RankedCandidate,
    Resolution,
    Span,
)

OBLAST = "POLYGON ((34.9 48.6, 38.1 48.6, 38.1 50.5, 34.9 50.5, 34.9 48.6))"
SECTOR = "POLYGON ((37.7 48.4, 38.2 48.4, 38.2 48.7, 37.7 48.7, 37.7 48.4))"
HOSTILE = (
    '=HYPERLINK("http://x.example") <script>alert(1)</script> {{7*7}} {% x %} {# y #} ${1} \\ '
    "`'\" ]]> &amp; \u202e\u0000\u2028 " + "ї" * 3
)


class Units:
    """Name the units around the factory's places, as a gazetteer does."""

    def ancestors(self, place: Place) -> tuple[Place, ...]:
        units = {"26": "Zaporizhzhia Oblast", "07": "Kharkiv Oblast", "05": "Donetsk Oblast"}
        name = units.get(place.admin.admin1 or "")
        country = make_place("gn:690791", "Ukraine", "PCLI", (32.0, 49.0), None)
        if name is None or place.feature_code == "ADM1":
            return (country,)
        return (make_place(f"gn:{name}", name, "ADM1", (35.0, 48.0), place.admin.admin1), country)


def make_place(
    place_id: str, name: str, code: str, point: tuple[float, float], admin1: str | None
) -> Place:
    """Make a Ukrainian place."""
    return Place(
        id=place_id,
        name=name,
        lon=point[0],
        lat=point[1],
        feature_class="P" if code.startswith("P") and code != "PCLI" else "A",
        feature_code=code,
        admin=AdminCodes(country="UA", admin1=admin1),
        geonameid=int(place_id[3:]) if place_id[3:].isdigit() else None,
        codes=(("iso_3166_2", f"UA-{admin1}"),) if code == "ADM1" else (),
    )


def make_resolution(
    place: Place | None, text: str, precision: int = 1, **values: Any
) -> Resolution:
    """Resolve a mention to a place; an unresolved one has neither place nor point."""
    candidates = ()
    if place is not None:
        name = PlaceName(place_id=place.id, name=place.name)
        best = Candidate(place=place, name=name, match="exact")
        candidates = (RankedCandidate(candidate=best, score=0.9, reasons=(("exact", 1.0),)),)
    settings: dict[str, Any] = {
        "confidence": 0.9 if place else 0.0,
        "margin": 0.5 if place else 0.0,
        "radius_km": 5.0 if place else None,
        "method": "gazetteer" if place else "unresolved",
        "candidates": candidates,
    }
    return Resolution(
        mention=Mention(span=Span(20, 20 + len(text)), text=text, names=(text,)),
        place=place,
        lon=place.lon if place else None,
        lat=place.lat if place else None,
        geo_precision=precision if place else 9,
        **{**settings, **values},
    )


def make_quantity(
    low: float | None, best: float | None, high: float | None, qualifier: str | None = None
) -> Quantity:
    """Make a quantity as if it were the first words of its sentence."""
    return Quantity(low=low, best=best, high=high, qualifier=qualifier, text="2", span=Span(0, 1))


def make_event(number: int, text: str, place: Resolution | None, **values: Any) -> Event:
    """Make an event that one sentence tells; `values` are further fields of Event."""
    evidence = Evidence(
        document_id="article",
        span=Span(0, len(text)),
        text=text,
        sentence_index=number,
        url="https://example.org/article?a=1&b=2",
        published=date(2023, 8, 15),
        source_name="Example",
        language="en",
    )
    settings: dict[str, Any] = {
        "event_type": "missile_or_drone_strike",
        "event_subtype": "Shelling/artillery/missile attack",
        "title": text[:60],
        "evidence": (evidence,),
    }
    return Event(id=f"{number:016x}", place=place, **{**settings, **values})


def make_events() -> tuple[Event, ...]:
    """Return eight events: village, oblast, series of two, unresolved, country, hostile, vague."""
    stepne = make_place("gn:692554", "Stepne", "PPL", (35.306123, 47.797456), "26")
    kharkiv = make_place("gn:706482", "Kharkiv Oblast", "ADM1", (36.5, 49.5), "07")
    sector = make_place("region:bakhmut-sector", "Bakhmut sector", "RGN", (37.95, 48.55), "05")
    ukraine = make_place("gn:690791", "Ukraine", "PCLI", (32.0, 49.0), None)
    day = make_interval(date(2023, 8, 14), date(2023, 8, 14), 1)
    week = make_interval(date(2023, 8, 7), date(2023, 8, 13), 3)
    at_sector = make_resolution(sector, "Bakhmut", 5, geometry=SECTOR, radius_km=25.0)
    gain: dict[str, Any] = {
        "event_type": "territorial_gain",
        "event_subtype": "Government regains territory",
        "area_direction": "liberated",
        "series_id": "series-1",
    }
    return (
        make_event(
            1, "Two people were killed by S-300 missiles in Stepne.",
            make_resolution(stepne, "Stepne"),
            killed=make_quantity(2, 2, 2), interval=day, weapons=("S-300 missile",),
            actors=(("Russian forces", "attacker"), ("civilians", "target")),
            merged=("00000000000000ff",),
        ),
        make_event(
            2, "One dead and four injured in Kharkiv region.",
            make_resolution(kharkiv, "Kharkiv region", 4, geometry=OBLAST, radius_km=120.0),
            killed=make_quantity(1, 1, 1), injured=make_quantity(4, 4, 4), interval=day,
        ),
        make_event(
            3, "Three square kilometres were liberated last week near Bakhmut.", at_sector,
            area=make_quantity(3, 3, 3), area_role="increment", interval=week,
            counts_in_total=False, **gain,
        ),
        make_event(
            4, "Forty square kilometres have been liberated in all.", at_sector,
            area=make_quantity(40, 40, 40), area_role="cumulative", cumulative=True, **gain,
        ),
        make_event(
            5, "Nobody was hurt in Nowhereville.", make_resolution(None, "Nowhereville"),
            killed=make_quantity(0, 0, 0, "zero"), injured=make_quantity(0, 0, 0, "zero"),
        ),
        make_event(6, "Protests across Ukraine.", make_resolution(ukraine, "Ukraine", 6)),
        make_event(
            7, HOSTILE, make_resolution(stepne, "Stepne"), claimed_by=HOSTILE, review_note=HOSTILE,
            sensitivity="graphic", warnings=("a", "b"),
        ),
        make_event(
            8, "Dozens were injured, at least five killed.", None, interval=week,
            killed=make_quantity(5, 5, None, "at_least"),
            injured=make_quantity(20, None, None, "vague"),
        ),
    )  # fmt: skip


def make_interval(start: date | None, end: date | None, precision: int) -> Interval:
    """Make an interval that the text states."""
    return Interval(start=start, end=end, precision=precision, text="then", basis="explicit")
