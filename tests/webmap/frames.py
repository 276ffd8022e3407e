# ruff: noqa: E501 - tables of invented events read best a row a line; chance is seeded
"""Frames of invented events for the map's tests, pictures and benchmark."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta

import geopandas as gpd
import pandas as pd
import shapely

from geo.frame import conform

PLACES = [
    ("Kharkiv", "Kharkiv Oblast", "UA-63", 36.25, 49.98), ("Stepne", "Zaporizhzhia Oblast", "UA-23", 35.306, 47.797),
    ("Bakhmut", "Donetsk Oblast", "UA-14", 38.0, 48.595), ("Kherson", "Kherson Oblast", "UA-65", 32.617, 46.636),
    ("Sumy", "Sumy Oblast", "UA-59", 34.8, 50.911), ("Odesa", "Odesa Oblast", "UA-51", 30.728, 46.478),
    ("Kupiansk", "Kharkiv Oblast", "UA-63", 37.615, 49.71), ("Nikopol", "Dnipropetrovsk Oblast", "UA-12", 34.396, 47.571),
    ("Avdiivka", "Donetsk Oblast", "UA-14", 37.743, 48.139), ("Orikhiv", "Zaporizhzhia Oblast", "UA-23", 35.785, 47.567),
    ("Beryslav", "Kherson Oblast", "UA-65", 33.428, 46.842), ("Lyman", "Donetsk Oblast", "UA-14", 37.811, 48.989),
]  # fmt: skip
TYPES = [
    ("Explosions/Remote violence", "Shelling/artillery/missile attack", "artillery"),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack", "S-300 missile"),
    ("Explosions/Remote violence", "Air/drone strike", "drone"),
    ("Explosions/Remote violence", "Remote explosive/landmine/IED", "mine"),
    ("Battles", "Armed clash", None),
    ("Violence against civilians", "Attack", None),
    ("Battles", "Government regains territory", None),
    ("Strategic developments", "Arrests", None),
    ("Strategic developments", "Looting/property destruction", "drone"),
    ("Protests", "Peaceful protest", None),
]
SOURCES = ["Regional administration", "Evening News", "Суспільне", "الجزيرة", "Local council"]
START = date(2023, 5, 1)


def make_events(count: int, *, seed: int = 0, hard: bool = True) -> gpd.GeoDataFrame:
    """Return `count` events over 200 days, with every precision, unknowns and repeats."""
    pick = random.Random(seed)
    rows, shapes = [], []
    for number in range(count):
        row, shape = _event(pick, number)
        rows.append(row)
        shapes.append(shape)
    return conform(pd.DataFrame(rows, dtype=object), shapes)


def _event(pick: random.Random, number: int) -> tuple[dict[str, object], object]:
    name, admin1, code, lon, lat = pick.choice(PLACES)
    kind, subtype, weapon = pick.choice(TYPES)
    precision = pick.choices([1, 2, 3, 4, 5, 6, 9], [60, 12, 6, 5, 5, 5, 7])[0]
    day = START + timedelta(days=int(pick.betavariate(2, 1.4) * 200))
    killed = pick.choice([None, None, 0, 1, 2, 3, 5, 8, 21])
    village = f"{name}-{number % 60}" if number % 3 else name
    if number % 3 and precision < 4:  # each village has its place
        at = random.Random(village)
        lon, lat = lon + at.gauss(0, 0.35), lat + at.gauss(0, 0.22)
    sentence = f"Report {number}: an attack near {village} was told of by the regional head on that day; {killed if killed is not None else 'some'} people died, he said."
    row: dict[str, object] = {
        "event_id": f"{number:016x}", "event_type": kind, "event_subtype": subtype, "weapon": weapon,
        "title": f"Attack near {village}", "sentence": sentence,
        "actor1": "Russian forces" if number % 2 else None, "actor1_role": "attacker" if number % 2 else None,
        "date_start": None if number % 17 == 0 else day.isoformat(),
        "date_end": None if number % 17 == 0 else (day + timedelta(days=pick.choice([0, 0, 0, 6]))).isoformat(),
        "date_precision": 9 if number % 17 == 0 else 1, "date_basis": "explicit",
        "place_text": village, "place_name": village, "country": "Ukraine", "iso2": "UA",
        "geo_precision": precision, "geo_confidence": round(pick.uniform(0.3, 1), 2), "geo_method": "gazetteer",
        "geo_radius_km": {1: 3, 2: 25, 3: 25, 4: 110, 5: 20}.get(precision),
        "killed_low": killed, "killed_best": killed, "killed_high": killed + pick.choice([0, 0, 2]) if killed else killed,
        "injured_low": None, "injured_best": pick.choice([None, 2, 7]), "injured_high": None,
        "counts_in_total": number % 11 != 3, "source_name": pick.choice(SOURCES),
        "source_url": f"https://example.org/{number % 400}", "published": day.isoformat(),
        "review_status": pick.choices(["unreviewed", "ok", "corrected", "rejected"], [6, 3, 1, 1])[0],
        "geo_candidates_json": json.dumps([{"name": name, "admin1": admin1, "score": 0.8}, {"name": name, "admin1": "Poltava Oblast", "score": 0.11}]),
        "claimed_by": "regional head", "claim_status": "claimed", "source_count": 1,
    }  # fmt: skip
    if subtype == "Government regains territory":
        role = pick.choice(["increment", "cumulative"])
        row |= {"area_km2": pick.choice([1.5, 3, 12, 40]), "area_role": role, "area_direction": "liberated",
                "series_id": f"s{number % 4}", "killed_low": None, "killed_best": None, "killed_high": None}  # fmt: skip
    if precision == 9:
        return row, None
    row |= {"longitude": round(lon, 3), "latitude": round(lat, 3)}
    if precision <= 5:
        row |= {"admin1": admin1, "admin1_code": code}
    if precision == 4:
        return row, shapely.box(lon - 1.1, lat - 0.7, lon + 1.1, lat + 0.7).buffer(0.2)
    point = shapely.Point(round(lon, 3), round(lat, 3))
    if precision == 5:
        row["area_flank"] = "south"
    return row, point.buffer(0.4) if precision == 3 and number % 2 else point


def make_article() -> gpd.GeoDataFrame:
    """Return four events such as one article tells: a region, a village, a sector, its flank."""
    oblast = shapely.box(34.9, 48.55, 38.05, 50.45).buffer(0.1)
    common = {
        "published": "2023-08-15", "source_language": "it", "country": "Ukraine", "iso2": "UA",
        "source_name": "Notiziario", "source_url": "https://example.org/articolo", "geo_method": "gazetteer",
    }  # fmt: skip
    rows = [
        common | {"event_id": "a1", "event_type": "Explosions/Remote violence", "event_subtype": "Shelling/artillery/missile attack", "weapon": "artiglieria",
                  "title": "Bombardamenti nella regione di Kharkiv", "sentence": "In questi giorni i bombardamenti nella regione di Kharkiv hanno ucciso una persona e ne hanno ferite quattro.",
                  "date_start": "2023-08-13", "date_end": "2023-08-15", "date_precision": 2, "date_basis": "relative_to_publication", "date_text": "In questi giorni",
                  "place_text": "Kharkiv", "place_name": "Kharkiv Oblast", "admin1": "Kharkiv Oblast", "admin1_code": "UA-63", "longitude": 36.5, "latitude": 49.6,
                  "geo_precision": 4, "geo_radius_km": 110, "geo_confidence": 0.97, "killed_low": 1, "killed_best": 1, "killed_high": 1, "injured_low": 4, "injured_best": 4, "injured_high": 4},
        common | {"event_id": "a2", "event_type": "Explosions/Remote violence", "event_subtype": "Shelling/artillery/missile attack", "weapon": "missili S-300",
                  "title": "Due morti a Stepne", "sentence": "A Zaporizhzhia due persone sono rimaste uccise da missili S-300 caduti sul villaggio di Stepne.",
                  "date_start": "2023-08-13", "date_end": "2023-08-15", "date_precision": 2, "date_basis": "relative_to_publication",
                  "place_text": "Stepne", "place_name": "Stepne", "admin1": "Zaporizhzhia Oblast", "admin1_code": "UA-23", "longitude": 35.306, "latitude": 47.797,
                  "geo_precision": 1, "geo_radius_km": 2, "geo_confidence": 0.92, "killed_low": 2, "killed_best": 2, "killed_high": 2, "actor1": "forze russe", "actor1_role": "attacker", "review_status": "ok",
                  "geo_candidates_json": json.dumps([{"name": "Stepne", "admin1": "Zaporizhzhia", "score": 0.92}, {"name": "Stepne", "admin1": "Poltava", "score": 0.06}])},
        common | {"event_id": "a3", "event_type": "Battles", "event_subtype": "Government regains territory", "title": "Tre chilometri quadrati liberati nel settore di Bakhmut",
                  "sentence": "Nel settore di Bakhmut la scorsa settimana sono stati liberati tre chilometri quadrati.", "date_start": "2023-08-07", "date_end": "2023-08-13", "date_precision": 3,
                  "date_basis": "relative_to_publication", "date_text": "la scorsa settimana", "place_text": "settore di Bakhmut", "place_name": "Bakhmut sector", "admin1": "Donetsk Oblast", "admin1_code": "UA-14",
                  "longitude": 38.0, "latitude": 48.595, "geo_precision": 5, "geo_radius_km": 25, "geo_confidence": 0.9, "area_km2": 3, "area_role": "increment", "area_direction": "liberated",
                  "period_start": "2023-08-07", "period_end": "2023-08-13", "series_id": "b", "counts_in_total": False, "claimed_by": "viceministra della Difesa"},
        common | {"event_id": "a4", "event_type": "Battles", "event_subtype": "Government regains territory", "title": "Quaranta chilometri quadrati in tutto sul fianco sud",
                  "sentence": "In totale sul fianco meridionale del settore di Bakhmut sono stati liberati 40 chilometri quadrati.", "date_end": "2023-08-15", "date_precision": 5,
                  "date_basis": "relative_to_publication", "place_text": "fianco meridionale del settore di Bakhmut", "place_name": "Bakhmut sector", "admin1": "Donetsk Oblast", "admin1_code": "UA-14",
                  "longitude": 38.0, "latitude": 48.55, "geo_precision": 5, "geo_radius_km": 25, "geo_confidence": 0.88, "area_km2": 40, "area_role": "cumulative", "area_direction": "liberated",
                  "area_flank": "south", "series_id": "b", "claimed_by": "viceministra della Difesa"},
    ]  # fmt: skip
    points = [shapely.Point(row["longitude"], row["latitude"]) for row in rows]
    return conform(pd.DataFrame(rows, dtype=object), [oblast, *points[1:]])


def make_mixed_scripts() -> gpd.GeoDataFrame:
    """Return events told in Arabic, Hebrew, Ukrainian and Chinese, at one place and near it."""
    told = [
        (
            "ar",
            "غزة",
            "أعلنت وزارة الصحة مقتل 12 شخصا في غارة على غزة (S-300).",
            "وزارة الصحة",
            34.467,
            31.5,
        ),
        ("he", "עזה", "לפי הדיווח נהרגו 3 בני אדם בעזה ביום שלישי.", "כאן חדשות", 34.467, 31.5),
        (
            "uk",
            "Запоріжжя",
            "Двоє людей загинули внаслідок удару по Запоріжжю.",
            "Суспільне",
            35.139,
            47.838,
        ),
        ("zh", "哈爾科夫", "哈爾科夫州有一人死亡，四人受傷。", "新闻", 36.25, 49.98),
    ]
    rows = [
        {"event_id": f"m{number}", "event_type": "Explosions/Remote violence", "event_subtype": "Air/drone strike",
         "title": sentence[:40], "sentence": sentence, "source_language": language, "place_text": place, "place_name": place,
         "killed_low": 1 + number, "killed_best": 2 + number, "killed_high": 3 + number, "date_start": "2024-01-02", "date_end": "2024-01-02",
         "date_precision": 1, "source_name": source, "source_url": "https://example.org/x", "geo_precision": 1, "geo_radius_km": 5,
         "geo_confidence": 0.8, "geo_method": "gazetteer", "longitude": lon, "latitude": lat}
        for number, (language, place, sentence, source, lon, lat) in enumerate(told)
    ]  # fmt: skip
    points = [shapely.Point(row["longitude"], row["latitude"]) for row in rows]
    return conform(pd.DataFrame(rows, dtype=object), points)
