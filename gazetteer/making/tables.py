"""Write tables that come out byte for byte the same from the same originals."""

from __future__ import annotations

import gzip
import io
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

LANGUAGES = ("en", "it", "de", "fr", "es", "pl", "uk", "ru", "pt", "ro")
_FORBIDDEN = str.maketrans({"\t": " ", "\n": " ", "\r": " ", ";": ","})


def write_table(path: Path, about: str, heading: Sequence[str], rows: Iterable[object]) -> None:
    """Write rows (sequences of text, numbers or ``None``) as TSV in UTF-8, gzipped for ``.gz``.

    Line 1 is ``# about``, line 2 ``# heading``. The file appears when it is whole.
    """
    text = io.StringIO()
    text.write(f"# {about}\n# " + "\t".join(heading) + "\n")
    for row in rows:
        text.write("\t".join(map(_cell, row)) + "\n")  # type: ignore[call-overload]
    content = text.getvalue().encode("utf-8")
    write_whole(path, gzip.compress(content, 9, mtime=0) if path.suffix == ".gz" else content)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under a temporary name, then rename it."""
    fresh = path.with_name(f"{path.name}.new-{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)


def join_names(names: Iterable[tuple[str, str]]) -> str:
    """Write ``(language, name)`` pairs as ``en:Kyiv;it:Kiev``, each name once a language.

    >>> join_names([("en", "Kyiv"), ("it", "Kiev"), ("", "Kyiv"), ("it", "Kiev")])
    'en:Kyiv;it:Kiev'
    """
    kept: dict[tuple[str, str], None] = {}
    known: set[str] = set()
    for language, name in names:
        clean = " ".join(name.translate(_FORBIDDEN).split())
        if clean and (language or clean not in known):
            kept.setdefault((language, clean))
            known.add(clean)
    return ";".join(f"{language}:{name}" for language, name in kept)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return str(value)
