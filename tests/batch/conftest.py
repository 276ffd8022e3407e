"""A small corpus, and one uninterrupted run of it that all others must equal."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from geo.batch import BatchSettings, run_batch

GOLD = Path(__file__).parents[1] / "data" / "train.jsonl.gz"
SETTINGS = BatchSettings(documents=4)


def articles(count: int) -> list[dict[str, Any]]:
    """Return documents of several languages, as a JSONL file would hold them."""
    with gzip.open(GOLD, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    step = len(rows) // count
    return [
        {"id": row["id"], "text": row["text"], "published": row["published"]}
        for row in rows[: count * step : step]
    ]


def write_jsonl(path: Path, records: list[dict[str, Any]]) -> Path:
    """Write one record a line."""
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text("".join(lines), encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a result but the lock, by relative name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty documents as JSONL."""
    return write_jsonl(tmp_path_factory.mktemp("corpus") / "news.jsonl", articles(40))


@pytest.fixture(scope="session")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The result of a run that nothing interrupted: ten parts."""
    folder = tmp_path_factory.mktemp("whole") / "out"
    run_batch([str(corpus)], str(folder), SETTINGS, workers=1)
    return folder
