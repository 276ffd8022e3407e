"""The cache: built once, opened whole or not at all, rebuilt when broken."""

from __future__ import annotations

import logging
import multiprocessing
import time
from typing import TYPE_CHECKING

import pytest

from gazetteer.datafiles import HERE
from gazetteer.errors import BrokenIndexError, GazetteerError
from gazetteer.index import Index
from gazetteer.indexing import Name, Record, write_index
from gazetteer.names import fold
from gazetteer.opening import _MAKERS
from gazetteer.store import cache_folder, content_version, open_or_build, replace_folder
from tests.gazetteer.conftest import ABOUT, make_place, tiny_records

if TYPE_CHECKING:
    from pathlib import Path


def build(folder: Path) -> None:
    write_index(folder, tiny_records(), about=ABOUT)


def build_slowly(folder: Path) -> None:
    (folder.parent / f"built-{time.monotonic_ns()}").touch()
    time.sleep(0.3)
    build(folder)


def open_in_another_process(folder: Path) -> int:
    return len(open_or_build(folder, build_slowly))


def test_built_on_first_use_then_opened(tmp_path: Path) -> None:
    calls = []
    for _ in range(2):
        index = open_or_build(
            tmp_path / "index-1", lambda into: (calls.append(into), build(into))[1]
        )
        assert len(index) == len(tiny_records())
    assert len(calls) == 1
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["index-1"]


@pytest.mark.parametrize("damage", ["truncate", "zero", "remove", "no meta", "other format"])
def test_broken_index_is_rebuilt_with_a_notice(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "index-1"
    open_or_build(folder, build)
    spoil(folder, damage)
    with pytest.raises(BrokenIndexError):
        Index(folder)
    with caplog.at_level(logging.WARNING):
        assert len(open_or_build(folder, build)) == len(tiny_records())
    assert "built anew" in caplog.text


def spoil(folder: Path, damage: str) -> None:
    names = folder / "names.marisa"
    if damage == "truncate":
        names.write_bytes(names.read_bytes()[:-9])
    elif damage == "zero":
        names.write_bytes(bytes(names.stat().st_size))
    elif damage == "remove":
        (folder / "records.bin").unlink()
    elif damage == "no meta":
        (folder / "meta.json").write_text("{", encoding="utf-8")
    else:
        text = (folder / "meta.json").read_text(encoding="utf-8")
        (folder / "meta.json").write_text(text.replace('"format": ', '"format": 9'), "utf-8")


def test_damage_inside_a_file_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "index-1"
    index = open_or_build(folder, build)
    index._records = bytes(10_000)
    with pytest.raises(BrokenIndexError, match="delete that folder"):
        index.place(0)


def test_two_processes_that_start_together_build_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(2) as pool:
        sizes = pool.map(open_in_another_process, [tmp_path / "index-1"] * 2)
    assert sizes == [len(tiny_records())] * 2
    assert len(list(tmp_path.glob("built-*"))) == 1


def test_failed_build_leaves_the_old_index(tmp_path: Path) -> None:
    folder = tmp_path / "index-1"
    open_or_build(folder, build)

    def fail(into: Path) -> None:
        (into / "half").touch()
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        replace_folder(folder, fail)
    assert len(Index(folder)) == len(tiny_records())
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["index-1"]


def test_cache_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(GazetteerError, match="CONFLICT_MAP_CACHE"):
        open_or_build(tmp_path / "file" / "index-1", build)


def test_only_the_newest_indexes_are_kept(tmp_path: Path) -> None:
    for number in range(6):
        open_or_build(tmp_path / f"index-{number}", build)
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 3
    assert (tmp_path / "index-5").is_dir()


def test_same_records_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        build(tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_names_in_more_languages_than_a_byte_holds(tmp_path: Path) -> None:
    languages = [f"{a}{b}" for a in "abcdefghijklmnopqrst" for b in "abcdefghijklmnopqrst"]
    names = tuple(Name(f"Name {language}", language) for language in languages)
    write_index(tmp_path, [Record(make_place(1, "Name"), names)], about=ABOUT)
    index = Index(tmp_path)
    for language in languages:
        (row,) = index.rows(f"name {language}")
        assert (index.spelling(row), index.tag(row)[0]) == (f"Name {language}", language)


ROUGH = (("approximate", "postal"),)
KEPT = [
    {},
    {"radius_km": 5.0, "codes": ROUGH},
    {"radius_km": 5.0, "codes": ROUGH, "located": "unit"},
    {"codes": ROUGH},
    {"radius_km": 5.0, "codes": ROUGH, "local_name": "Степне"},
    {"radius_km": 5.0, "codes": (*ROUGH, ("katottg", "UA23"))},
    {"radius_km": 5.0, "codes": (("katottg", "UA23"),)},
    {"radius_km": 5.0},
]


def test_places_come_out_as_they_went_in(tmp_path: Path) -> None:
    places = [make_place(n, f"P{n}", admin="UA.01", **more) for n, more in enumerate(KEPT, 1)]
    write_index(tmp_path, [Record(place, (Name(place.name),)) for place in places], about=ABOUT)
    index = Index(tmp_path)
    assert [index.place(number) for number in range(len(index))] == places


HOSTILE = ["Ste\0pne", "New\nYork", "\u0301", " ", "", "\ufeff", "‐", "K\0", "\n"]


def test_names_with_control_characters_do_not_shift_the_others(tmp_path: Path) -> None:
    names = [Name(name) for name in (*HOSTILE, "Kharkiv", "Харків", "last")]
    write_index(tmp_path, [Record(make_place(1, "x"), tuple(names))], about=ABOUT)
    index = Index(tmp_path)
    for name in ("Kharkiv", "Харків", "last"):
        assert [index.spelling(row) for row in index.rows(fold(name))] == [name]
    assert [index.spelling(row) for row in index.rows("new york")] == ["New\nYork"]
    assert index.keys_of_skeleton("harkiv")


def test_an_empty_index_opens(tmp_path: Path) -> None:
    index = open_or_build(tmp_path / "index-1", lambda into: write_index(into, [], about=ABOUT))
    assert (len(index), list(index.rows("stepne")), index.keys_of_skeleton("stepn")) == (0, [], ())


def test_version_follows_content(tmp_path: Path) -> None:
    file = tmp_path / "table.tsv"
    versions = set()
    for text in ("a", "b", "a"):
        file.write_text(text, encoding="utf-8")
        versions.add(content_version([file]))
    versions.add(content_version([], sizes_only=[file]))
    assert len(versions) == 3


def test_a_change_of_what_reads_the_embedded_places_builds_anew() -> None:
    readers = {f"sources/{path.name}" for path in (HERE / "sources").glob("embedded*.py")}
    assert readers <= set(_MAKERS)
    assert all((HERE / name).is_file() for name in _MAKERS)


def test_cache_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICT_MAP_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
