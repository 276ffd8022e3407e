"""Bad input: one clear sentence and a code that is not 0, or a kept and flagged row."""

from __future__ import annotations

import json

import pytest

GOOD = "Three people were killed by shelling in Kherson on 2 May 2023."


@pytest.mark.parametrize("command", ["map", "extract", "explain"])
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "is empty; give a file with text"),
        ("empty.jsonl", b"\n", "is empty; give a file with one JSON object a line"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "is a binary file"),
        ("picture.jsonl", b"\x89PNG\r\n\x1a\n\x00\x00" * 9, "is a binary file"),
        ("cut.txt", "Взрыв в Харькове".encode()[:-1], "is not UTF-8"),
        ("page.html", b"<html></html>", "no article text"),
        (None, b"", "does not exist"),
    ],
)
def test_unreadable_files(run, tmp_path, monkeypatch, command, name, content, message):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / (name or "missing.txt")
    if name:
        path.write_bytes(content)
    ran = run(command, path)
    assert (ran.code, ran.out) == (1, "")
    (complaint,) = ran.complaints
    assert complaint.startswith(str(path))
    assert message in complaint
    assert not (tmp_path / "outputs").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--lang", "xx"], "no language pack 'xx'; there are: de, en"),
        (["--published", "tomorrow"], "'tomorrow' is not a day; write it as 2023-08-15"),
        (["--country", "Ukraine"], "'Ukraine' is no country code; write two letters"),
        (["--format", "docx"], "no format 'docx'; there are: geojson"),
        (["--tiles", "nonsense"], "tiles 'nonsense'"),
        (["--overlay", "taken"], "overlay taken: not valid JSON"),
        (["--profile", "zzz"], "no profile 'zzz'; there are: acled"),
        (["--ui-lang", "xx"], "no page labels in 'xx'; there are: en"),
        (["-o", "taken"], "taken"),
    ],
)
def test_impossible_options(run, tmp_path, monkeypatch, options, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").write_text("a file where a folder should be", encoding="utf-8")
    day = [] if "--published" in options else ["--published", "2023-05-03"]
    ran = run("map", "-", *day, *options, stdin=GOOD)
    assert ran.code == 1
    (complaint,) = ran.complaints
    assert message in complaint


def test_no_date_is_said_and_relative_dates_stay_open(run, tmp_path):
    ran = run("map", "-", "-o", tmp_path, stdin="Yesterday two men were killed in Kherson.")
    assert ran.code == 0
    assert any("give --published" in complaint for complaint in ran.complaints)
    (feature,) = json.loads((tmp_path / "stdin.geojson").read_text(encoding="utf-8"))["features"]
    assert feature["properties"]["date_start"] is None


def test_no_place_is_said_and_the_map_is_empty(run, tmp_path):
    text = "They met, talked at length and went home without agreeing on anything."
    ran = run("map", "-", "--published", "2023-05-03", "-o", tmp_path, stdin=text)
    assert ran.code == 0
    assert ran.complaints == ["no place is named in the text, so the map is empty"]
    assert json.loads((tmp_path / "stdin.geojson").read_text(encoding="utf-8"))["features"] == []


def test_a_language_without_a_pack_is_said(run, tmp_path):
    text = "Tre personer dödades i en rysk attack mot staden Cherson på torsdagen."
    ran = run("map", "-", "-o", tmp_path / "out", stdin=text)
    assert ran.code == 1
    assert "seems to be in 'sv'" in ran.complaints[0]
    assert not (tmp_path / "out").exists()


LINES = "\n".join(
    [
        json.dumps({"id": "a", "text": GOOD, "lang": "en"}),
        '{"id": "b", "text": ',
        json.dumps({"id": "c", "text": "123"}),
        json.dumps({"id": "d", "text": GOOD, "lang": "xx"}),
        json.dumps({"id": "e"}),
    ]
)


def test_bad_lines_are_kept_and_flagged(run):
    ran = run("extract", "-", stdin=LINES)
    assert ran.code == 2
    assert [record["id"] for record in ran.records] == ["a", "stdin-2", "c", "d", "e"]
    assert ["error" in record for record in ran.records] == [False, True, True, True, True]
    assert len(ran.complaints) == 4
    assert ran.complaints[0].startswith("-, line 2: not JSON")


def test_bad_lines_do_not_stop_a_map(run, tmp_path):
    ran = run("map", "-", "--published", "2023-05-03", "-o", tmp_path, stdin=LINES)
    assert ran.code == 2
    assert "4 inputs could not be read; left out" in ran.complaints
    features = json.loads((tmp_path / "stdin.geojson").read_text(encoding="utf-8"))["features"]
    assert len(features) == 1


@pytest.mark.parametrize(
    "record",
    [
        {"id": "r", "text": GOOD},
        {"id": "r", "toponyms": []},
        {"id": "r", "text": GOOD, "lang": "en", "toponyms": [{"start": 3}]},
        {"id": "r", "text": GOOD, "lang": "en", "toponyms": [{"start": 5, "end": 900}]},
        {"id": "r", "text": GOOD, "lang": "en", "toponyms": [{"start": "x", "end": 9}]},
        {"id": "r", "text": GOOD, "lang": "en", "toponyms": ["Kherson"]},
        {"id": "r", "text": GOOD, "lang": 5, "toponyms": []},
    ],
)
def test_resolve_keeps_lines_that_it_cannot_resolve(run, record):
    ran = run("resolve", "-", stdin=json.dumps(record))
    assert ran.code == 2
    assert ran.records[0].items() >= record.items()
    assert ran.complaints[0].startswith("-, line 1:")
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["search", "Qqqxzzw"], "no place is called 'Qqqxzzw'"),
        (["search", "Stepne", "--near", "Qqqxzzw"], "no place called 'Qqqxzzw'"),
        (["search", "Stepne", "--country", "Ukraine"], "is no country code"),
        (["add", "nonsense", "x.csv"], "unknown kind of source 'nonsense'; known: codab"),
        (["add", "table", "missing.csv"], "no such file"),
        (["add", "table", "x.csv", "--option", "lat"], "write KEY=VALUE"),
        (["remove", "nonsense"], "no source 'nonsense' was added"),
        (["fetch", "nonsense", "UA"], "cannot fetch 'nonsense'"),
    ],
)
def test_impossible_requests_to_the_gazetteer(run, tmp_path, monkeypatch, arguments, message):
    monkeypatch.setenv("CONFLICT_MAP_DATA", str(tmp_path))
    ran = run("gazetteer", *arguments)
    assert ran.code == 1
    assert message in ran.complaints[0]


@pytest.mark.parametrize("command", ["map", "extract", "explain"])
def test_a_folder_is_for_batch(run, tmp_path, command):
    ran = run(command, tmp_path)
    assert ran.code == 1
    assert ran.complaints[0].startswith(f"{tmp_path} is a folder; give its files, or read it")
    assert f"conflict-map batch {tmp_path} -o OUT" in ran.complaints[0]


def test_an_unknown_command_is_said(run):
    ran = run("mapp")
    assert ran.code == 2
    assert "No such command 'mapp'" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["convert", "missing.csv", "-o", "x.gpkg"], "missing.csv does not exist"),
        (["convert", ".", "-o", "x.gpkg"], ". is a folder; give one of its files"),
        (["convert", "mine.csv", "-o", "x.gpkg"], "no column of places is known by its name"),
        (["convert", "mine.csv"], "say where to: --output FILE"),
        (["convert", "mine.txt", "-o", "x.gpkg"], "mine.txt is no table of events"),
        (["convert", "mine.csv", "-o", "x.docx"], "no format 'x.docx'"),
        (["figure", "missing.csv", "-o", "x.png"], "missing.csv does not exist"),
    ],
)
def test_unusable_tables(run, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "mine.txt").write_text("Two men were killed.", encoding="utf-8")
    ran = run(*arguments)
    assert (ran.code, ran.out) == (1, "")
    assert message in ran.complaints[0]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet", "gpkg", "fgb", "geojson", "jsonl"])
@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n\x00\xff\xfe" * 9], ids=["empty", "binary"]
)
@pytest.mark.parametrize(
    "command",
    [["figure", "-o", "x.png"], ["review", "export", "-o", "x.csv"], ["convert", "-o", "x.fgb"]],
    ids=lambda command: command[0],
)  # fmt: skip
def test_files_that_hold_no_events(run, tmp_path, monkeypatch, command, content, suffix):
    monkeypatch.chdir(tmp_path)
    (tmp_path / f"mine.{suffix}").write_bytes(content)
    ran = run(*command, f"mine.{suffix}")
    assert (ran.code, ran.out) == (1, "")
    (complaint,) = ran.complaints
    assert f"mine.{suffix}" in complaint


def test_a_file_is_no_result_of_a_batch(run, tmp_path):
    (tmp_path / "mine.txt").write_text(GOOD, encoding="utf-8")
    ran = run("reconcile", tmp_path / "mine.txt")
    assert ran.code == 1
    assert "is no complete result" in ran.complaints[0]


def test_a_selection_that_leaves_nothing_is_said(run, tmp_path):
    day = ("--published", "2023-05-03")
    ran = run("map", "-", *day, "--type", "shellings", "-o", tmp_path, stdin=GOOD)
    assert ran.code == 0
    (complaint,) = ran.complaints
    assert "the selection leaves none of 1 event; their types: " in complaint
    assert "their types: Explosions/Remote violence" in complaint
    assert json.loads((tmp_path / "stdin.geojson").read_text(encoding="utf-8"))["features"] == []
