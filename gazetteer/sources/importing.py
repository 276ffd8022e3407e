"""Add a file of places to the user's sources, whatever its format.

Every format is one module below :data:`READERS` with the same names in it: ``TITLE``,
``LICENCE``, ``WINS`` and ``read_places``. Adding a format is that file and one line here.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from gazetteer.errors import SourceError
from gazetteer.overlay import Added, UserSource, add_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from gazetteer.indexing import Record

    Skip = Callable[[int, str], None]

READERS = {
    "codab": "gazetteer.sources.codab",
    "codifier": "gazetteer.sources.codifier",
    "geoboundaries": "gazetteer.sources.geoboundaries",
    "geonames": "gazetteer.sources.geonames",
    "osm": "gazetteer.sources.osm",
    "postal": "gazetteer.sources.postal",
    "table": "gazetteer.sources.table",
    "wikidata": "gazetteer.sources.wikidata",
}
_MOST_SKIPPED = 0.5  # of a file's lines; with more, the file is not what it is said to be
_KEPT_REPORTS = 1000
_CHUNK = 1 << 20


class Reader(Protocol):
    """Read one format. ``WINS``: its points beat those of all other sources."""

    TITLE: str
    LICENCE: str
    WINS: bool

    def read_places(
        self, path: Path, *, name: str, skip: Skip, options: Mapping[str, str]
    ) -> Iterator[Record]:
        """Yield the places of a file; call `skip` with line number and reason for bad lines.

        Raises :class:`SourceError` where the file as a whole is not of this format.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Report a line (or feature, counted from 1) that was left out, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """Report what adding a file did. ``skipped`` holds the first thousand of them."""

    source: UserSource
    changed: bool
    skipped: tuple[Skipped, ...]
    skipped_count: int


class _Skips:
    """Count the lines that were left out, and keep the first of them."""

    def __init__(self) -> None:
        self.first: list[Skipped] = []
        self.count = 0

    def __call__(self, line: int, reason: str) -> None:
        self.count += 1
        if len(self.first) < _KEPT_REPORTS:
            self.first.append(Skipped(line=line, reason=reason))


def get_reader(kind: str) -> Reader:
    """Return the reader of a format; raise :class:`SourceError`, naming all, for an unknown one."""
    if kind not in READERS:
        raise SourceError(f"unknown kind of source {kind!r}; known: {', '.join(sorted(READERS))}")
    return cast("Reader", import_module(READERS[kind]))


def add_file(
    kind: str,
    path: Path,
    *,
    name: str | None = None,
    edition: str | None = None,
    licence: str | None = None,
    options: Mapping[str, str] | None = None,
) -> Imported:
    """Add the places of a file to the user's sources, in the place of what `name` held before.

    `options` are the format's own (see each module). A bad line is skipped and reported; a bad
    file raises :class:`SourceError` and changes nothing.
    """
    reader = get_reader(kind)
    if not path.is_file():
        raise SourceError(f"{path}: no such file")
    source = UserSource(
        name=name or _slug(f"{kind}-{path.stem}"),
        edition=edition or f"{path.name}, sha256 {_checksum(path)[:12]}",
        licence=licence or reader.LICENCE,
        wins=reader.WINS,
    )
    skips = _Skips()
    records = list(reader.read_places(path, name=source.name, skip=skips, options=options or {}))
    if not records or skips.count > _MOST_SKIPPED * (skips.count + len(records)):
        first = f"; line {skips.first[0].line}: {skips.first[0].reason}" if skips.first else ""
        raise SourceError(
            f"{path}: {len(records)} places in {len(records) + skips.count} lines, so this is not "
            f"{reader.TITLE}{first}; nothing was changed"
        )
    added: Added = add_places(source, records)
    return Imported(
        source=added.source, changed=added.changed, skipped=tuple(skips.first),
        skipped_count=skips.count,
    )  # fmt: skip


def known_options(options: Mapping[str, str], *known: str) -> None:
    """Raise :class:`SourceError` for an option that the format does not know."""
    unknown = sorted(set(options) - set(known))
    if unknown:
        raise SourceError(
            f"unknown option {', '.join(unknown)}; this format knows: {', '.join(known) or 'none'}"
        )


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64]


def _checksum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
