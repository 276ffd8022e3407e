"""Make articles out of the project's own written examples, at two densities of events.

Dense: marked examples joined, about 14 events in 2 kB. Ordinary: examples that tell three or four
events, then paragraphs of politics, markets and culture, which repeat between the articles.
"""

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
BACKGROUND = GOLD.parent / "background" / "background.txt"
PUBLISHED = date(2024, 5, 13)
EVENTS_IN_NEWS = 3
DENSE, ORDINARY, SHORT = "dense", "ordinary", "short"


@cache
def examples() -> dict[str, list[tuple[str, int]]]:
    """Return the texts of the marked examples by language, with the events that each tells."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    with gzip.open(GOLD, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            found[row["lang"]].append((row["text"], len(row["events"])))
    return dict(sorted(found.items()))


@cache
def background() -> dict[str, list[str]]:
    """Return paragraphs of news in which nothing happens, by language."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in BACKGROUND.read_text(encoding="utf-8").splitlines():
        language, mark, text = line.partition(": ")
        if mark and not line.startswith("#"):
            found[language].append(text)
    return found


def dense(language: str, size: int, chance: random.Random) -> str:
    """Return a text of at least `size` bytes in which nearly every sentence tells of an event."""
    return _filled([], [text for text, _ in examples()[language]], size, chance)


def ordinary(language: str, size: int, chance: random.Random) -> str:
    """Return a text of at least `size` bytes with about three events in each 2 kB."""
    telling = [(text, told) for text, told in examples()[language] if 0 < told < EVENTS_IN_NEWS]
    blocks = []
    for _ in range(max(1, round(size / 2000))):
        parts, told = [], 0
        while told < EVENTS_IN_NEWS:
            text, more = chance.choice(telling)
            parts.append(text)
            told += more
        blocks.append(_filled(parts, background()[language], min(size, 2000), chance))
    return "\n\n".join(blocks)


def short(language: str, size: int, chance: random.Random) -> str:
    """Return one example: a notice of one to three sentences, whatever `size`."""
    return chance.choice(examples()[language])[0]


def _filled(parts: list[str], pool: list[str], size: int, chance: random.Random) -> str:
    length = sum(len(part.encode()) + 2 for part in parts)
    while length < size:
        parts.append(chance.choice(pool))
        length += len(parts[-1].encode()) + 2
    return "\n\n".join(parts)


_MAKERS = {DENSE: dense, ORDINARY: ordinary, SHORT: short}


def documents(
    count: int, *, language: str | None = None, size: int = 2000, kind: str = DENSE
) -> list[Document]:
    """Return documents, of all languages by turns unless one is named; always the same ones."""
    chance = random.Random(f"{language}{size}{kind}")
    languages = [language] if language else list(examples())
    return [
        Document(
            id=f"{kind[0]}{number}",
            text=_MAKERS[kind](languages[number % len(languages)], size, chance),
            language=language,
            published=PUBLISHED,
        )
        for number in range(count)
    ]


def megabytes(texts: list[Document]) -> float:
    """Return the size of all texts in MB of UTF-8."""
    return sum(len(document.text.encode()) for document in texts) / 1e6
