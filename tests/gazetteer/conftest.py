"""A tiny whole gazetteer (a country of two regions), and the embedded one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gazetteer import AdminCodes, Gazetteer, Place, open_gazetteer
from gazetteer.index import Index
from gazetteer.indexing import Name, Record, write_index

if TYPE_CHECKING:
    from pathlib import Path

ABOUT = {"version": "tiny", "sources": [{"name": "tiny", "edition": "1", "licence": "MIT"}]}
SQUARE = "POLYGON ((30 48, 32 48, 32 50, 30 50, 30 48))"


def make_place(number: int, name: str, code: str = "PPL", **values: object) -> Place:
    """Make a place of the tiny country; values not given stay unknown."""
    admin = [*str(values.pop("admin", "UA")).split("."), None, None, None]
    settings: dict[str, object] = {
        "id": f"gn:{number}",
        "lon": 31.0,
        "lat": 49.0,
        "feature_class": "P" if code.startswith("PPL") else "A",
        "geonameid": number,
        "sources": ("tiny",),
    }
    codes = AdminCodes(country=admin[0], admin1=admin[1], admin2=admin[2], admin3=admin[3])
    return Place(name=name, feature_code=code, admin=codes, **{**settings, **values})


def make_record(place: Place, *names: str, outline: bytes | None = None) -> Record:
    """Make a record whose first name is the place's own."""
    others = (Name(name) for name in names)
    return Record(place, (Name(place.name, None, "primary"), *others), outline)


def tiny_records() -> list[Record]:
    """Return the tiny country."""
    import shapely

    outline = shapely.to_wkb(shapely.from_wkt(SQUARE))
    return [
        make_record(make_place(1, "Ukraine", "PCLI", population=40_000_000), "Ucraina", "Україна"),
        make_record(make_place(2, "West", "ADM1", admin="UA.01"), "West Oblast", outline=outline),
        make_record(make_place(3, "East", "ADM1", admin="UA.02", lon=36.0)),
        make_record(make_place(4, "Near", "ADM2", admin="UA.01.11")),
        make_record(make_place(10, "Stepne", admin="UA.01.11"), "Степне"),
        make_record(
            make_place(11, "Stepne", admin="UA.02", population=5000, lon=36.0), "Степне"
        ),
        make_record(make_place(12, "Zaporizhzhia", admin="UA.02", lon=35.1), "Запоріжжя"),
        make_record(make_place(13, "Kupyansk", admin="UA.02", lon=37.6), "Куп’янськ"),
        make_record(make_place(14, "New York", admin="UA.02", lon=37.8), "Нью-Йорк"),
        make_record(
            make_place(
                15, "Robotyne", admin="UA.02", lon=35.8, located="unit", radius_km=20.0,
                codes=(("katottg", "UA23"),),
            ),
            "Роботине",
        ),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold the index of the tiny country."""
    folder = tmp_path_factory.mktemp("tiny")
    write_index(folder, tiny_records(), about=ABOUT)
    return folder


@pytest.fixture(scope="session")
def tiny(tiny_folder: Path) -> Gazetteer:
    """Open the tiny country."""
    return Gazetteer(Index(tiny_folder))


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """Open the embedded gazetteer without any user's sources."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONFLICT_MAP_DATA", str(tmp_path_factory.mktemp("no-sources")))
        return open_gazetteer()
