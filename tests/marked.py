"""Read texts in which toponyms are marked where they stand: ``it: A [Roma|m] si tace.``"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROLES = {"m": "metonymy", "o": "organisation", "a": "associative", "d": "dateline"}
_MARK = re.compile(r"\[([^\]|]+)(?:\|([moad]))?\]")


def read_marked(line: str, name: str = "") -> dict[str, Any]:
    """Return a line as a gold item: ``lang``, ``text`` and ``toponyms``; ``\\n`` is a new line.

    >>> item = read_marked("en: [Kyiv|m] denied that [Lyman] fell.")
    >>> item["text"], [(t["surface"], t["role"]) for t in item["toponyms"]]
    ('Kyiv denied that Lyman fell.', [('Kyiv', 'metonymy'), ('Lyman', None)])
    """
    language, _, marked = line.replace("\\n", "\n").partition(": ")
    text, toponyms, position = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        role = ROLES.get(match[2] or "")
        toponyms.append(
            {
                "start": len(text),
                "end": len(text) + len(match[1]),
                "surface": match[1],
                "literal": role is None,
                "role": role,
            }
        )
        text += match[1]
        position = match.end()
    text += marked[position:]
    return {"id": name, "lang": language, "text": text, "toponyms": toponyms}


def read_marked_file(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the items of a file of marked texts, one a line; ``#`` begins a comment."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield read_marked(line, f"{path.name}:{number}")
