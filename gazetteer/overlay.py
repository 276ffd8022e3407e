"""Keep the user's own sources: one file each, and one index over all of them.

A source is a compressed file of JSON lines (first its heading, then one place a line), which
is the truth; the index over all sources is made from them and can be made again at any time.
Places that several sources know are joined (:mod:`gazetteer.joining`), the embedded gazetteer
included, whose places the joined ones replace.
"""

from __future__ import annotations

import os
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from gazetteer.errors import SourceError
from gazetteer.index import Index, edge_checksum
from gazetteer.packing import pack_place, unpack_place
from gazetteer.store import CACHE_VARIABLE, cache_folder, content_version, open_or_build

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.indexing import Progress, Record

DATA_VARIABLE = "CONFLICT_MAP_DATA"
_ENDING = ".places.gz"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class UserSource:
    """Describe a source that a user added. ``wins``: its points beat all other sources'."""

    name: str
    edition: str = ""
    licence: str = ""
    wins: bool = False
    places: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Report what adding a source did; ``changed`` is false where it was there already."""

    source: UserSource
    changed: bool


def sources_folder() -> Path:
    """Return where the user's sources are kept: ``$CONFLICT_MAP_DATA``, else the data folder.

    Where only ``$CONFLICT_MAP_CACHE`` is set, a folder within that.
    """
    chosen = os.environ.get(DATA_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    if os.environ.get(CACHE_VARIABLE):
        return cache_folder() / "sources"
    import platformdirs

    return Path(platformdirs.user_data_dir("conflict-map", appauthor=False)) / "sources"


def add_places(source: UserSource, records: Iterable[Record]) -> Added:
    """Store `records` as a source, in the place of what it held before.

    Idempotent (the same records leave the file as it is) and atomic (an error while reading
    `records` changes nothing). Open the gazetteer again to see them. Raises
    :class:`SourceError` for a name that is no plain file name.
    """
    import gzip

    path = _path(source.name)
    listed = sorted((_pack(source, record) for record in records), key=lambda line: line[0][0])
    source = replace(source, places=len(listed))
    lines = [orjson.dumps(asdict(source)), *(orjson.dumps(line) for line in listed)]
    content = gzip.compress(b"\n".join(lines) + b"\n", mtime=0)
    changed = not path.exists() or path.read_bytes() != content
    if changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.new-{os.getpid()}")
        fresh.write_bytes(content)
        fresh.replace(path)
    return Added(source=source, changed=changed)


def list_sources() -> tuple[UserSource, ...]:
    """Return the user's sources; those that win come last, as they have the last word."""
    found = [_read_heading(path) for path in _files()]
    return tuple(sorted(found, key=lambda source: (source.wins, source.name)))


def remove_source(name: str) -> None:
    """Remove a source. Raises :class:`SourceError` when there is none of that name."""
    path = _path(name)
    if not path.exists():
        known = ", ".join(source.name for source in list_sources()) or "none"
        raise SourceError(f"no source {name!r} was added; there are: {known}")
    path.unlink()


def read_source(name: str) -> Iterator[Record]:
    """Yield the records of a source that was added."""
    import gzip
    from base64 import b64decode

    from gazetteer.indexing import Name, Record

    with gzip.open(_path(name), "rb") as stream:
        next(stream)
        for line in stream:
            place, names, outline = orjson.loads(line)
            yield Record(
                unpack_place(place),
                tuple(Name(*name) for name in names),
                b64decode(outline) if outline else None,
            )


def open_overlay(base: Index, progress: Progress | None = None) -> Index | None:
    """Open the index over the user's sources, made anew where they have changed."""
    files = _files()
    if not files:
        return None
    state = ";".join(f"{p.name} {p.stat().st_size} {edge_checksum(p)}" for p in files)
    version = content_version([], also=f"{base.meta['version']} {state}")

    def build(folder: Path) -> None:
        from gazetteer.indexing import write_index
        from gazetteer.joining import join_records

        sources = list_sources()
        about = {"version": version, "sources": [_about(source) for source in sources]}
        records = join_records(base, ((read_source(s.name), s.wins) for s in sources))
        write_index(folder, records, about=about, progress=progress, below=base)

    return open_or_build(cache_folder() / f"overlay-{version}", build)


def _pack(source: UserSource, record: Record) -> list[Any]:
    from base64 import b64encode

    place = record.place
    if source.name not in place.sources:
        place = replace(place, sources=(source.name, *place.sources))
    outline = b64encode(record.outline).decode() if record.outline else None
    return [pack_place(place), [list(name) for name in record.names], outline]


def _about(source: UserSource) -> dict[str, str]:
    return {"name": source.name, "edition": source.edition, "licence": source.licence}


def _files() -> list[Path]:
    folder = sources_folder()
    return sorted(folder.glob(f"*{_ENDING}")) if folder.is_dir() else []


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise SourceError(
            f"{name!r} cannot name a source: use lower-case letters, digits, dots and dashes"
        )
    return sources_folder() / f"{name}{_ENDING}"


def _read_heading(path: Path) -> UserSource:
    import gzip

    try:
        with gzip.open(path, "rb") as stream:
            return UserSource(**orjson.loads(stream.readline()))
    except (OSError, EOFError, ValueError, TypeError) as error:
        raise SourceError(f"{path}: not a source that was added here ({error})") from error
