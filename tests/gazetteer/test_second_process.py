"""A second process does what one would, and nothing is lost where there is none."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import building, name_files, second_process
from gazetteer.index import Index
from gazetteer.indexing import collect_columns, write_index
from gazetteer.second_process import Elsewhere
from tests.gazetteer.conftest import ABOUT, tiny_records

ROOT = Path(__file__).parents[2]


def fail_when_alone() -> str:
    """Fail in the second process, and answer in this one."""
    if sys.argv[0].endswith("second_process.py"):
        raise RuntimeError("no luck")
    return "done here"


def print_and_answer(text: str) -> str:
    print("a line that is no result")
    return text.upper()


def sleep_long(path: str) -> None:
    Path(path).touch()
    time.sleep(60)


def process_id() -> int:
    return os.getpid()


def test_the_work_is_done_in_another_process() -> None:
    with Elsewhere(process_id) as work:
        assert work.result() != os.getpid()


def test_what_is_printed_is_no_result() -> None:
    with Elsewhere(print_and_answer, "Ж\n") as work:
        assert work.result() == "Ж\n"


def test_a_failure_there_is_made_good_here() -> None:
    with Elsewhere(fail_when_alone) as work:
        assert work.result() == "done here"


@pytest.mark.parametrize(
    "executable", ["", None, "/usr/bin/qgis", "/nowhere/python3"], ids=lambda name: str(name)[-8:]
)
def test_no_interpreter_to_start(monkeypatch: pytest.MonkeyPatch, executable: str | None) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    with Elsewhere(process_id) as work:
        assert work.result() == os.getpid()


def test_one_core_or_little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    with Elsewhere(process_id, is_worth=False) as work:
        assert work.result() == os.getpid()
    monkeypatch.setattr(second_process, "_has_second_core", lambda: False)
    with Elsewhere(process_id) as work:
        assert work.result() == os.getpid()


def test_leaving_early_ends_the_process(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    with pytest.raises(KeyboardInterrupt), Elsewhere(sleep_long, str(begun)) as work:
        process = work._process
        while process is not None and not begun.exists():
            time.sleep(0.01)
        raise KeyboardInterrupt
    assert process is None or process.returncode not in (0, None)


SCRIPT = """
print("run")
from gazetteer.second_process import Elsewhere
from tests.gazetteer.test_second_process import process_id
with Elsewhere(process_id) as work:
    work.result()
"""


def test_a_script_without_a_guard_is_run_once(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    command = [sys.executable, str(script)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["run"]


RECORDS = tiny_records()


@given(st.lists(st.sampled_from(RECORDS)), st.lists(st.sampled_from(RECORDS)))
def test_columns_of_two_streams_are_those_of_one(some: list, others: list) -> None:
    apart = collect_columns(some)
    apart.extend(collect_columns(others))
    assert apart == collect_columns([*some, *others])


def collect_tiny() -> object:
    return collect_columns(RECORDS[4:8])


@pytest.mark.parametrize("cores", [1, 2])
def test_the_index_is_the_same_however_it_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cores: int
) -> None:
    monkeypatch.setattr(second_process, "_has_second_core", lambda: cores > 1)
    monkeypatch.setattr(building, "read_before_points", lambda: RECORDS[:4])
    monkeypatch.setattr(building, "collect_points", collect_tiny)
    monkeypatch.setattr(building, "read_after_points", lambda: RECORDS[8:])
    monkeypatch.setattr(name_files, "_MANY", 0)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    write_index(tmp_path / "one", RECORDS, about=ABOUT)
    steps: list[tuple[str, float]] = []
    building.build_embedded(
        tmp_path / "two", about=ABOUT, progress=lambda step, done: steps.append((step, done))
    )
    assert [done for _, done in steps] == sorted(done for _, done in steps)
    assert len(Index(tmp_path / "two")) == len(RECORDS)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert sorted(path.name for path in (tmp_path / "two").iterdir()) == files
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def answer_from_a_daemon(queue: multiprocessing.Queue) -> None:
    with Elsewhere(process_id) as work:
        queue.put(work.result() != os.getpid())


def test_daemons_may_start_it() -> None:
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=answer_from_a_daemon, args=(queue,), daemon=True)
    process.start()
    assert queue.get(timeout=60)
    process.join()
