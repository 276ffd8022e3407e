"""Stream documents out of folders, JSONL (plain, .gz, .zst), Parquet, text and HTML files.

Nothing is decoded here, and never more than one line and one block is held: what a line is worth
is decided in the process that reads the document.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import IO, Any

from geo.batch.models import BatchSettings, RawItem
from geo.batch.storage import open_input, size_of
from geo.errors import InputError

_BLOCK = 1 << 20
_LINES = (".jsonl", ".ndjson")
_PACKED = (".gz", ".zst")
_FILES = (".txt", ".html", ".htm", ".xhtml")
_ROWS = 500
_KEPT_OF_TOO_LONG = 4096  # enough to find its identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """Name an input with the size and the SHA-256 of its bytes (of a folder: of its files')."""

    name: str
    bytes: int
    sha256: str
    files: int = 1


@dataclass(slots=True)
class Inputs:
    """Read inputs one after another; ``done`` lists those that were read to their end."""

    names: tuple[str, ...]
    settings: BatchSettings
    done: list[InputFile] = field(default_factory=list)
    position: int = 0  # bytes of all inputs that were read so far

    def total_bytes(self) -> int:
        """Return the size of all inputs on disk; raise for one that is missing."""
        return sum(_size_with_files(name) for name in self.names)

    def items(self) -> Iterator[RawItem]:
        """Yield all documents, in the order of the inputs, lines and (sorted) file names."""
        for name in self.names:
            yield from self._read(name)

    def _read(self, name: str, inside: str | None = None) -> Iterator[RawItem]:
        """Read one input; `inside` is the folder whose part it is."""
        known = identity_of(name, inside)
        lowered = name.lower()
        stem = lowered.removesuffix(".gz").removesuffix(".zst")
        if "://" not in name and Path(name).is_dir():
            yield from self._folder(name)
        elif stem.endswith(_LINES):
            yield from self._lines(name, known)
        elif lowered.endswith(".parquet"):
            yield from self._parquet(name, known)
        else:
            yield from self._file(name, known)

    @property
    def limit(self) -> int:
        """Return the most bytes that a document may have."""
        return int(self.settings.megabytes * 1e6)

    def _advance(self, length: int) -> None:
        self.position += length

    def _folder(self, name: str) -> Iterator[RawItem]:
        digest, size, files = hashlib.sha256(), 0, 0
        for path in files_below(name):
            yield from self._read(path, name)
            inner = self.done.pop()
            digest.update(
                f"{os.path.relpath(path, name)}\0{inner.sha256}\n".encode(errors="replace")
            )
            size, files = size + inner.bytes, files + 1
        if not files:
            raise InputError(f"{name} holds no {', '.join((*_FILES, *_LINES, '.parquet'))} files")
        self.done.append(InputFile(name=name, bytes=size, sha256=digest.hexdigest(), files=files))

    def _file(self, name: str, known: str) -> Iterator[RawItem]:
        with open_input(name) as stream:
            hashing = _Hashing(stream, self._advance)
            content = hashing.read(self.limit + 1)
            hashing.drain()
        self.done.append(
            InputFile(name=name, bytes=hashing.size, sha256=hashing.digest.hexdigest())
        )
        fault = _too_long(hashing.size) if hashing.size > self.limit else None
        kept = content[:_KEPT_OF_TOO_LONG] if fault else content
        yield RawItem(name, None, known, "file", kept, fault)

    def _lines(self, name: str, known: str) -> Iterator[RawItem]:
        with open_input(name) as raw:
            hashing = _Hashing(raw, self._advance)
            number = 0
            try:
                for number, (line, length) in enumerate(
                    _split(_unpacked(hashing, name), self.limit), 1
                ):
                    if line.strip():
                        fault = _too_long(length) if length > self.limit else None
                        yield RawItem(name, number, f"{known}-{number}", "json", line, fault)
            except (OSError, EOFError, zlib.error, gzip.BadGzipFile) as error:
                fault = f"the file is damaged behind line {number} ({error})"
                yield RawItem(name, number + 1, f"{known}-{number + 1}", "json", b"", fault)
            hashing.drain()
        self.done.append(
            InputFile(name=name, bytes=hashing.size, sha256=hashing.digest.hexdigest())
        )

    def _parquet(self, name: str, known: str) -> Iterator[RawItem]:
        import orjson
        import pyarrow as pa
        import pyarrow.parquet as pq

        with open_input(name) as raw:
            hashing = _Hashing(raw, self._advance)
            hashing.drain()
            raw.seek(0)
            number = 0
            try:
                for batch in pq.ParquetFile(raw).iter_batches(batch_size=_ROWS):
                    for record in batch.to_pylist():
                        number += 1
                        content = orjson.dumps(record, default=str)
                        fault = _too_long(len(content)) if len(content) > self.limit else None
                        kept = content[:_KEPT_OF_TOO_LONG] if fault else content
                        yield RawItem(name, number, f"{known}-{number}", "json", kept, fault)
            except (pa.ArrowException, OSError) as error:
                message = str(error).splitlines()[0]
                if not number:
                    raise InputError(f"{name} is no Parquet file ({message})") from error
                fault = f"the file is damaged behind row {number} ({message})"
                yield RawItem(name, number + 1, f"{known}-{number + 1}", "json", b"", fault)
        self.done.append(
            InputFile(name=name, bytes=hashing.size, sha256=hashing.digest.hexdigest())
        )


def identity_of(name: str, inside: str | None = None) -> str:
    """Return what a file without an identifier is called: below a folder, its way in it.

    >>> identity_of("news/2023.05/kyiv.txt", "news"), identity_of("news/kyiv.jsonl.gz")
    ('2023.05/kyiv', 'kyiv')
    """
    path = PurePath(name)
    path = PurePath(path.name) if inside is None else path.relative_to(inside)
    known = (*_FILES, *_LINES, *_PACKED, ".parquet")
    while path.suffix.lower() in known:
        path = path.with_suffix("")
    return path.as_posix()


def files_below(folder: str) -> Iterator[str]:
    """Yield the files of articles below a folder, by name, the files of a folder first.

    Hidden files and folders are left out.
    """
    folders = []
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                folders.append(entry.path)
            else:
                lowered = entry.name.lower().removesuffix(".gz").removesuffix(".zst")
                if lowered.endswith((*_FILES, *_LINES, ".parquet")):
                    found.append(entry.path)
    yield from sorted(found)
    for inner in sorted(folders):
        yield from files_below(inner)


def _size_with_files(name: str) -> int:
    if "://" not in name and Path(name).is_dir():
        return sum(Path(path).stat().st_size for path in files_below(name))
    return size_of(name)


def _too_long(length: int) -> str:
    return f"{length:,} bytes, more than one document may have; raise --max-megabytes or cut it"


def _unpacked(stream: _Hashing, name: str) -> Iterable[bytes]:
    lowered = name.lower()
    source: Any = stream
    if lowered.endswith(".gz"):
        source = gzip.GzipFile(fileobj=stream)  # type: ignore[call-overload]
    elif lowered.endswith(".zst"):
        import pyarrow as pa

        source = pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd")
    while block := source.read(_BLOCK):
        yield block


def _split(blocks: Iterable[bytes], limit: int) -> Iterator[tuple[bytes, int]]:
    """Yield the lines with their lengths; of a line beyond the limit only the beginning."""
    held: list[bytes] = []
    length = 0
    for block in blocks:
        start = 0
        while (end := block.find(b"\n", start)) >= 0:
            piece = block[start:end]
            yield _joined(held, length, piece, limit)
            held, length, start = [], 0, end + 1
        rest = block[start:]
        if length <= limit:
            held.append(rest)
        length += len(rest)
    if length:
        yield _joined(held, length, b"", limit)


def _joined(held: list[bytes], length: int, piece: bytes, limit: int) -> tuple[bytes, int]:
    whole = length + len(piece)
    if whole > limit:
        return b"".join([*held, piece])[:_KEPT_OF_TOO_LONG], whole
    return b"".join([*held, piece]), whole


class _Hashing:
    """Read from a stream and hash every byte of it on the way."""

    def __init__(self, stream: IO[bytes], tell: Callable[[int], None]) -> None:
        self._stream = stream
        self._tell = tell
        self.digest = hashlib.sha256()
        self.size = 0
        self.closed = False

    def read(self, size: int = -1) -> bytes:
        """Read at most `size` bytes."""
        block = self._stream.read(size)
        self.digest.update(block)
        self.size += len(block)
        self._tell(len(block))
        return block

    def drain(self) -> None:
        """Read what is left, so that the hash is that of the whole."""
        while self.read(_BLOCK):
            pass

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it cannot go back."""
        return False
