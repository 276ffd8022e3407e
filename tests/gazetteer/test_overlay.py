"""The user's own sources: kept apart, joined place by place, the last word theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer, Place
from gazetteer.errors import SourceError
from gazetteer.index import Index
from gazetteer.overlay import (
    UserSource,
    add_places,
    list_sources,
    open_overlay,
    read_source,
    remove_source,
)
from tests.gazetteer.conftest import make_place, make_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gazetteer.indexing import Record

MINE = UserSource(name="mine", edition="1", licence="own", wins=True)
OTHER = UserSource(name="other", edition="2", licence="CC0")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICT_MAP_CACHE", str(tmp_path))
    monkeypatch.delenv("CONFLICT_MAP_DATA", raising=False)


def reopen(folder: Path) -> Gazetteer:
    index = Index(folder)
    return Gazetteer(index, open_overlay(index))


def user_place(number: int, name: str, **values: object) -> Place:
    place = make_place(number, name, **values)
    return replace(place, id=f"user:mine:{number}", geonameid=None, sources=())


def test_no_sources_no_overlay(tiny_folder: Path) -> None:
    assert list_sources() == ()
    assert reopen(tiny_folder).overlay is None


def test_a_new_place_is_found_by_all_its_names(tiny_folder: Path) -> None:
    add_places(MINE, [make_record(user_place(1, "Hamlet", admin="UA.02"), "Хутір")])
    gazetteer = reopen(tiny_folder)
    for name in ("Hamlet", "хутір"):
        assert [c.place.id for c in gazetteer.lookup(name)] == ["user:mine:1"]
    assert gazetteer.contains("hamlet")
    assert gazetteer.prefixes("hamlet near stepne") == ["hamlet"]
    assert gazetteer.place("user:mine:1").sources == ("mine",)
    assert [c.place.id for c in gazetteer.lookup("Stepne")] == ["gn:11", "gn:10"]


def test_the_users_point_wins_and_says_so(tiny_folder: Path) -> None:
    add_places(MINE, [make_record(user_place(1, "Степне", admin="UA.01", lon=31.02))])
    found = reopen(tiny_folder).lookup("Stepne")
    assert [c.place.id for c in found] == ["gn:11", "gn:10"]
    near = found[1].place
    assert (near.lon, near.sources, near.provenance) == (
        31.02, ("tiny", "mine"), (("point", "mine"),),
    )  # fmt: skip


def test_another_source_moves_only_what_was_not_located(tiny_folder: Path) -> None:
    points = [
        make_record(user_place(1, "Роботине", admin="UA.02", lon=35.83)),
        make_record(user_place(2, "Куп'янськ", admin="UA.02", lon=37.61)),
    ]
    add_places(OTHER, points)
    gazetteer = reopen(tiny_folder)
    village, town = gazetteer.place("gn:15"), gazetteer.place("gn:13")
    assert (village.lon, village.located, village.radius_km) == (35.83, "exact", None)
    assert (town.lon, town.sources) == (37.6, ("tiny", "other"))


def test_two_sources_of_one_village_are_one_place(tiny_folder: Path) -> None:
    add_places(MINE, [make_record(user_place(1, "Нове Село", admin="UA.02", lon=36.5))])
    other = replace(user_place(2, "Нове Село", admin="UA.02", lon=36.52), id="user:other:2")
    add_places(OTHER, [make_record(other, "Nowe Selo")])
    found = reopen(tiny_folder).lookup("Нове Село")
    assert len(found) == 1
    assert set(found[0].place.sources) == {"mine", "other"}
    assert found[0].place.lon == 36.5


def test_adding_is_idempotent_and_replaces(tiny_folder: Path) -> None:
    records = [make_record(user_place(n, f"Hamlet {n}")) for n in range(3)]
    assert add_places(MINE, records).changed
    assert not add_places(MINE, reversed(records)).changed
    assert add_places(MINE, records[:1]).changed
    assert [source.places for source in list_sources()] == [1]
    assert reopen(tiny_folder).lookup("Hamlet 2") == ()


def test_an_error_while_adding_changes_nothing(tiny_folder: Path) -> None:
    add_places(MINE, [make_record(user_place(1, "Hamlet"))])

    def stops() -> Iterator[Record]:
        yield make_record(user_place(2, "Other"))
        raise SourceError("line 2: no coordinates")

    with pytest.raises(SourceError, match="line 2"):
        add_places(MINE, stops())
    assert [record.place.name for record in read_source("mine")] == ["Hamlet"]


def test_removing(tiny_folder: Path) -> None:
    add_places(MINE, [make_record(user_place(1, "Hamlet"))])
    remove_source("mine")
    assert reopen(tiny_folder).lookup("Hamlet") == ()
    with pytest.raises(SourceError, match="no source 'mine' was added; there are: none"):
        remove_source("mine")


@pytest.mark.parametrize("name", ["", "../x", "A b", "x" * 99, ".hidden"])
def test_names_of_sources_are_plain(name: str) -> None:
    with pytest.raises(SourceError, match="cannot name a source"):
        add_places(replace(MINE, name=name), [])


def test_a_file_that_is_none_of_ours(tmp_path: Path, tiny_folder: Path) -> None:
    add_places(MINE, [])
    (tmp_path / "sources" / "bad.places.gz").write_bytes(b"not gzip")
    with pytest.raises(SourceError, match=r"bad\.places\.gz"):
        list_sources()


def test_areas_have_outlines(tiny_folder: Path) -> None:
    import shapely

    sector = replace(user_place(1, "Near sector"), feature_class="L", feature_code="RGN")
    outline = shapely.to_wkb(shapely.box(36, 47, 37, 48))
    add_places(MINE, [make_record(sector, "settore di Near", outline=outline)])
    gazetteer = reopen(tiny_folder)
    assert [unit.name for unit in gazetteer.units_at(36.5, 47.5)] == ["Near sector"]
    assert [unit.name for unit in gazetteer.units_at(31, 49)] == ["West"]
    assert str(gazetteer.geometry("user:mine:1")).startswith("POLYGON")
    assert str(gazetteer.geometry("gn:2")).startswith("POLYGON")


def test_info_tells_of_the_sources(tiny_folder: Path) -> None:
    add_places(MINE, [make_record(user_place(1, "Степне", admin="UA.01"))])
    info = reopen(tiny_folder).info()
    assert [(source.name, source.places) for source in info.sources] == [("tiny", 10), ("mine", 1)]
    assert info.places == 10
