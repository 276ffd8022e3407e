"""Read the tables of ``gazetteer/data``: a line about the source, a heading, rows by name."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, TextIO, cast

from gazetteer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a table as dicts by column name; empty fields are empty texts.

    Raises :class:`SourceError`, with the line's number, where a row has too many or few fields.
    """
    with _open(path) as stream:
        next(stream)
        heading = next(stream).removeprefix("# ").rstrip("\n").split("\t")
        for number, line in enumerate(stream, start=3):
            fields = line.rstrip("\n").split("\t")
            if len(fields) != len(heading):
                raise SourceError(
                    f"{path.name}, line {number}: {len(fields)} fields, not {len(heading)}"
                )
            yield dict(zip(heading, fields, strict=True))


def read_about(path: Path) -> str:
    """Return what a table says about its sources, editions and licences in line 1."""
    with _open(path) as stream:
        return next(stream).removeprefix("# ").strip()


def split_names(names: str) -> Iterator[tuple[str | None, str]]:
    """Yield (language or None, name) of a field such as ``en:Kyiv;it:Kiev;:Kyiiv``.

    >>> list(split_names("en:Kyiv;:Kyiiv"))
    [('en', 'Kyiv'), (None, 'Kyiiv')]
    """
    for entry in names.split(";") if names else ():
        language, _, name = entry.partition(":")
        yield language or None, name


def number_or_none(text: str) -> float | None:
    """Return the number a field holds, ``None`` for an empty one."""
    return float(text) if text else None


def _open(path: Path) -> TextIO:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        return cast("TextIO", opened(path, "rt", encoding="utf-8", newline="\n"))
    except FileNotFoundError as error:
        raise SourceError(f"{path} is missing; install the package again") from error
