"""Runs: what is read, what is written, what a poisoned document costs, what a killed run costs."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gazetteer import open_gazetteer
from geo.batch import BatchError, BatchSettings, run_batch
from geo.batch.inputs import Inputs
from geo.batch.partitions import partition_items
from geo.batch.supervisor import Supervisor
from geo.pipeline import extract
from geo.reading import read_jsonl
from tests.batch.conftest import SETTINGS, articles, contents, write_jsonl

TEXT = "Two people were killed in a missile strike on Kherson on 2 May 2023."


def manifest_of(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_bytes())


def rejects_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "rejects.jsonl").read_text().splitlines()]


def ids_of(folder: Path) -> list[str]:
    return [
        value
        for path in sorted((folder / "events").glob("*.parquet"))
        for value in pq.read_table(path, columns=["event_id"]).column(0).to_pylist()
    ]


def test_parts_hold_what_extract_finds(corpus: Path, whole: Path) -> None:
    gazetteer = open_gazetteer()
    expected = [
        event.id
        for document in read_jsonl(corpus).documents
        for event in extract(document, gazetteer).events
    ]
    assert ids_of(whole) == expected
    assert len(expected) > 20


def test_the_manifest_says_what_was_read(corpus: Path, whole: Path) -> None:
    manifest = manifest_of(whole)
    assert manifest["complete"]
    assert manifest["counts"] == {
        "documents": 40, "events": len(ids_of(whole)), "rejects": 0, "parts": 10,
    }  # fmt: skip
    (entry,) = manifest["inputs"]
    assert entry["bytes"] == corpus.stat().st_size
    assert len(entry["sha256"]) == 64
    assert {"gazetteer", "code", "language_packs", "pyarrow"} <= manifest["versions"].keys()


def test_parts_are_geoparquet(whole: Path) -> None:
    import geopandas as gpd

    frame = gpd.read_parquet(whole / "events" / "part-000000.parquet")
    assert frame.crs.is_geographic
    located = frame[frame["longitude"].notna()]
    assert len(located) > 0
    assert (located.geometry.x.round(6) == located["longitude"].round(6)).all()
    assert frame.geometry[frame["longitude"].isna()].isna().all()


def test_two_workers_write_the_same_bytes(corpus: Path, whole: Path, tmp_path: Path) -> None:
    run_batch([str(corpus)], str(tmp_path / "out"), SETTINGS, workers=2)
    assert contents(tmp_path / "out") == contents(whole)


def packed_inputs(folder: Path) -> dict[str, Path]:
    records = articles(5)
    plain = write_jsonl(folder / "a.jsonl", records)
    packed = folder / "b.jsonl.gz"
    packed.write_bytes(
        gzip.compress(plain.read_bytes()[:900]) + gzip.compress(plain.read_bytes()[900:])
    )
    zstd = folder / "c.jsonl.zst"
    with pa.OSFile(str(zstd), "wb") as sink, pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(plain.read_bytes())
    pq.write_table(pa.Table.from_pylist(records), folder / "d.parquet")
    return {"jsonl": plain, "gz": packed, "zst": zstd, "parquet": folder / "d.parquet"}


@pytest.mark.parametrize("kind", ["jsonl", "gz", "zst", "parquet"])
def test_every_kind_of_input_gives_the_same_documents(kind: str, tmp_path: Path) -> None:
    from geo.batch.extraction import to_document

    reading = Inputs(names=(str(packed_inputs(tmp_path)[kind]),), settings=SETTINGS)
    documents = [to_document(item, SETTINGS) for item in reading.items()]
    assert [d.id for d in documents] == [record["id"] for record in articles(5)]
    assert [d.text for d in documents] == [record["text"] for record in articles(5)]
    assert reading.position == reading.total_bytes() == reading.done[0].bytes


def test_a_folder_is_read_by_name_and_keeps_the_ways_apart(tmp_path: Path) -> None:
    from geo.batch.extraction import to_document

    for name in ("b.txt", "2023.05/a.txt", "2023.06/a.html", "2023.06/.hidden.txt", "x.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"<html><body><p>{TEXT}</p></body></html>" if "html" in name else TEXT)
    write_jsonl(tmp_path / "2023.06" / "c.jsonl", [{"text": TEXT}])
    reading = Inputs(names=(str(tmp_path),), settings=SETTINGS)
    documents = [to_document(item, SETTINGS) for item in reading.items()]
    assert [d.id for d in documents] == ["b", "2023.05/a", "2023.06/a", "2023.06/c-1"]
    assert {d.text.strip() for d in documents} == {TEXT}
    assert reading.done[0].files == 4


@pytest.mark.parametrize("limit", [1, 10, 10_000])
def test_lines_end_where_they_end_whatever_the_blocks(limit: int) -> None:
    from geo.batch import inputs

    text = b"one\n\nthree" + b"3" * 40 + b"\nfour"
    for size in (1, 3, 7, 100):
        blocks = [text[at : at + size] for at in range(0, len(text), size)]
        lines = list(inputs._split(blocks, limit))
        assert [length for _, length in lines] == [3, 0, 45, 4]
        for (line, length), full in zip(lines, text.split(b"\n"), strict=True):
            assert length > limit or line == full


POISON = {
    "not JSON": (b'{"id": "p", "text": ', "input"),
    "broken UTF-8": (b'{"id": "p", "text": "\xff\xfe killed"}', "input"),
    "no text": (b'{"id": "p"}', "input"),
    "a list": (b"[1, 2]", "input"),
    "unknown language": (b'{"id": "p", "text": "words", "lang": "xx"}', "input"),
    "no language": (b'{"id": "p", "text": "1 2 3"}', "language"),
    "10 MB": (json.dumps({"id": "p", "text": TEXT * 150_000}).encode(), "input"),
    "slow": (json.dumps({"id": "p", "text": (TEXT + " ") * 20_000}).encode(), "time"),
}


def test_a_poisoned_document_costs_no_other(tmp_path: Path) -> None:
    good = [json.dumps({"id": f"g{n}", "text": TEXT}).encode() for n in range(9)]
    bad = [line for line, _ in POISON.values()]
    lines = [line for pair in zip(good, [*bad, b""], strict=True) for line in pair]
    mixed, clean = tmp_path / "mixed.jsonl", tmp_path / "clean.jsonl"
    mixed.write_bytes(b"\n".join(lines))
    clean.write_bytes(b"\n".join(good))
    settings = BatchSettings(documents=6, seconds=1.0)
    summary = run_batch([str(mixed)], str(tmp_path / "mixed"), settings, workers=1)
    run_batch([str(clean)], str(tmp_path / "clean"), settings, workers=1)
    assert ids_of(tmp_path / "mixed") == ids_of(tmp_path / "clean")
    assert summary.rejects == len(POISON)
    found = [(row["line"], row["kind"]) for row in rejects_of(tmp_path / "mixed")]
    assert found == [(2 * at + 2, kind) for at, (_, kind) in enumerate(POISON.values())]
    assert manifest_of(tmp_path / "mixed")["counts"]["documents"] == 9 + len(POISON)


def test_a_document_that_kills_its_process_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys\n"
        "from geo.readers import documents\n"
        "plain = documents.read_line\n"
        "def read_line(line, *more):\n"
        "    if b'deadly' in line: os.kill(os.getpid(), 9)\n"
        "    if b'hangs' in line:\n"
        "        import time\n"
        "        time.sleep(1000)\n"
        "    return plain(line, *more)\n"
        "documents.read_line = read_line\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr("geo.batch.supervisor._GRACE", 1.0)
    records = [{"id": f"g{n}", "text": TEXT} for n in range(5)]
    records.insert(2, {"id": "deadly", "text": TEXT})
    records.insert(4, {"id": "hangs", "text": TEXT})
    source = write_jsonl(tmp_path / "news.jsonl", records)
    run_batch([str(source)], str(tmp_path / "out"), BatchSettings(seconds=1.0), workers=1)
    rejects = rejects_of(tmp_path / "out")
    assert [(r["document_id"], r["kind"]) for r in rejects] == [
        ("deadly", "process"), ("hangs", "time"),
    ]  # fmt: skip
    assert len(ids_of(tmp_path / "out")) == 5


def test_a_killed_worker_loses_and_doubles_nothing(
    corpus: Path, whole: Path, tmp_path: Path
) -> None:
    manifest = manifest_of(whole)
    from geo.batch.manifest import run_key

    supervisor = Supervisor(SETTINGS, str(tmp_path / "out"), run_key(manifest))
    killed = []

    def kill_once(position: int) -> None:
        process = supervisor._process
        if position == 2 and not killed and process is not None:
            killed.append(process.pid)
            process.kill()

    partitions = list(
        partition_items(Inputs(names=(str(corpus),), settings=SETTINGS).items(), SETTINGS)
    )
    try:
        for partition in partitions[:2]:
            report = supervisor.make(partition, kill_once)
            assert report.rejects == ()
    finally:
        supervisor.close()
    assert killed
    for name, content in contents(tmp_path / "out").items():
        assert content == (whole / name).read_bytes()


def run_command(corpus: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "geo.cli", "batch", str(corpus), "-o", str(out),
               "--part-documents", "4", "--workers", "2", "--quiet"]  # fmt: skip
    # A shell lets what it starts in the background ignore Ctrl-C, and children inherit that.
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    finally:
        signal.signal(signal.SIGINT, heard)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_run_goes_on_to_the_same_bytes(
    how: signal.Signals, corpus: Path, whole: Path, tmp_path: Path
) -> None:
    for attempt in range(5):  # on a busy machine a run may end before the signal arrives
        out = tmp_path / f"out{attempt}"
        running = run_command(corpus, out)
        until = time.monotonic() + 60
        while not list(out.glob("events/part-*.parquet")) and time.monotonic() < until:
            time.sleep(0.01)
        os.kill(running.pid, how)
        message = running.communicate()[1].decode()
        if running.returncode != 0:
            break
    if how is signal.SIGINT:
        assert running.returncode == 130
        assert "interrupted" in message
    assert not manifest_of(out)["complete"]
    there = {name: data for name, data in contents(out).items() if name.startswith("events/part")}
    assert 0 < len(there) < 10
    assert all((whole / name).read_bytes() == data for name, data in there.items())
    again = run_command(corpus, out)
    assert again.communicate()[1] == b""
    assert contents(out) == contents(whole)


def test_what_was_damaged_is_made_again(corpus: Path, whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "events").mkdir(parents=True)
    for name, content in contents(whole).items():
        (out / name).write_bytes(content)
    (out / "events" / "part-000003.parquet").write_bytes(b"PAR1")
    (out / "events" / "part-000004.parquet").unlink()
    (out / "events" / ".writing-1-part-000004.parquet").write_bytes(b"PAR1")
    summary = run_batch([str(corpus)], str(out), SETTINGS, workers=1)
    assert summary.skipped == 8
    assert contents(out) == contents(whole)


def test_a_full_disk_leaves_whole_parts_and_a_way_on(
    corpus: Path, whole: Path, tmp_path: Path
) -> None:
    out = tmp_path / "small"
    out.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(out)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small file system needs root")
    try:
        with pytest.raises(BatchError, match="give the same command again"):
            run_batch([str(corpus)], str(out), SETTINGS, workers=1)
        there = {n: data for n, data in contents(out).items() if n.startswith("events")}
        assert 0 < len(there) < 10
        assert all((whole / name).read_bytes() == data for name, data in there.items())
        subprocess.run(["mount", "-o", "remount,size=20m", str(out)], check=True)
        run_batch([str(corpus)], str(out), SETTINGS, workers=1)
        assert contents(out) == contents(whole)
    finally:
        subprocess.run(["umount", str(out)], check=True)


def test_other_settings_and_foreign_folders_are_refused(
    corpus: Path, whole: Path, tmp_path: Path
) -> None:
    with pytest.raises(BatchError, match="other inputs, settings or versions"):
        run_batch([str(corpus)], str(whole), BatchSettings(documents=5), workers=1)
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(BatchError, match="holds other files"):
        run_batch([str(corpus)], str(tmp_path), SETTINGS, workers=1)
    assert (tmp_path / "letter.txt").read_text() == "mine"
