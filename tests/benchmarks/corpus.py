"""Make articles of about two thousand bytes out of the project's own written examples."""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

from geo.models import Document

GOLD = Path(__file__).parents[1] / "data" / "train.jsonl.gz"
PUBLISHED = date(2024, 5, 13)


@cache
def examples() -> dict[str, list[str]]:
    """Return the texts of the examples by language."""
    found: dict[str, list[str]] = defaultdict(list)
    with gzip.open(GOLD, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found[row["lang"]].append(row["text"])
    return dict(sorted(found.items()))


def article(language: str, size: int, chance: random.Random) -> str:
    """Return a text of at least `size` bytes."""
    parts: list[str] = []
    length = 0
    while length < size:
        part = chance.choice(examples()[language])
        parts.append(part)
        length += len(part.encode()) + 2
    return "\n\n".join(parts)


def documents(count: int, *, language: str | None = None, size: int = 2000) -> list[Document]:
    """Return documents, of all languages by turns unless one is named; always the same ones."""
    chance = random.Random(f"{language}{size}")
    languages = [language] if language else list(examples())
    return [
        Document(
            id=f"a{number}",
            text=article(languages[number % len(languages)], size, chance),
            language=language,
            published=PUBLISHED,
        )
        for number in range(count)
    ]


def megabytes(texts: list[Document]) -> float:
    """Return the size of all texts in MB of UTF-8."""
    return sum(len(document.text.encode()) for document in texts) / 1e6
