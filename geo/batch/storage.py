"""Where a batch reads and writes: folders of this machine, or object stores through fsspec.

Files appear whole or not at all: here under a temporary name and renamed, in an object store by
one put.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from geo.batch.errors import BatchError
from geo.errors import InputError

if TYPE_CHECKING:
    import pyarrow.dataset as ds

_TEMPORARY = ".writing-"
LOCK = ".lock"


class Store(Protocol):
    """Keep the files of one result under relative names with ``/``."""

    @property
    def address(self) -> str:
        """Return where it is, as the user would write it."""

    def write(self, name: str, content: bytes | memoryview) -> None:
        """Write a whole file; raise :class:`BatchError` where that fails."""

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, ``None`` where there is none."""

    def open(self, name: str) -> IO[bytes]:
        """Open a file to read parts of it."""

    def names(self, folder: str = "") -> list[str]:
        """List the files right below a folder, sorted; empty where there is none."""

    def folders(self, folder: str) -> list[str]:
        """List the folders right below a folder, sorted."""

    def remove(self, name: str) -> None:
        """Remove a file."""

    def dataset(self, folder: str) -> ds.Dataset:
        """Open the Parquet files below a folder as one data set."""


def open_store(address: str | Path) -> Store:
    """Return the store at a path or at an address as ``s3://bucket/folder``.

    Addresses need the extra ``cluster``; raises :class:`BatchError` without it.
    """
    text = str(address)
    if "://" not in text:
        return Folder(Path(text))
    if text.startswith("file://"):
        return Folder(Path(text.removeprefix("file://")))
    filesystem, root = _filesystem(text)
    return ObjectStore(filesystem, root.rstrip("/"), text.rstrip("/"))


def open_input(name: str) -> Any:  # noqa: ANN401 - a binary file of whatever kind
    """Open a file or an address to read bytes from.

    Raises :class:`geo.errors.InputError` when it is missing or may not be read.
    """
    try:
        if "://" not in name:
            return Path(name).open("rb")
        filesystem, path = _filesystem(name)
        return filesystem.open(path, "rb")
    except FileNotFoundError:
        raise InputError(f"{name} does not exist; check the path") from None
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror or error}") from error


def size_of(name: str) -> int:
    """Return the size of a file in bytes; raise :class:`geo.errors.InputError` without it."""
    with open_input(name) as stream:
        return int(stream.seek(0, os.SEEK_END))


def _filesystem(address: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError:
        raise BatchError(
            f"{address}: addresses need more packages; pip install 'conflict-event-mapper[cluster]'"
        ) from None
    try:
        found: tuple[Any, str] = fsspec.core.url_to_fs(
            address,
            use_listings_cache=False,  # other processes write there too
        )
    except (ImportError, ValueError) as error:
        raise BatchError(f"{address} cannot be opened: {error}") from error
    return found


@dataclass(frozen=True, slots=True)
class Folder:
    """Keep files in a folder of this machine."""

    root: Path

    @property
    def address(self) -> str:
        """Return the folder's path."""
        return str(self.root)

    def write(self, name: str, content: bytes | memoryview) -> None:
        """Write under a temporary name, then rename: no reader sees half a file."""
        path = self.root / name
        partial = path.with_name(f"{_TEMPORARY}{os.getpid()}-{path.name}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            partial.replace(path)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise BatchError(
                f"{path} cannot be written ({error.strerror or error}); what was written before "
                "is whole: make room and give the same command again"
            ) from error

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, ``None`` where there is none."""
        try:
            return (self.root / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def open(self, name: str) -> IO[bytes]:
        """Open a file to read parts of it."""
        return (self.root / name).open("rb")

    def names(self, folder: str = "") -> list[str]:
        """List the files right below a folder, without hidden and temporary ones."""
        try:
            found = [path.name for path in (self.root / folder).iterdir() if path.is_file()]
        except FileNotFoundError:
            return []
        return sorted(name for name in found if not name.startswith("."))

    def folders(self, folder: str) -> list[str]:
        """List the folders right below a folder, sorted."""
        try:
            return sorted(path.name for path in (self.root / folder).iterdir() if path.is_dir())
        except FileNotFoundError:
            return []

    def remove(self, name: str) -> None:
        """Remove a file, and the folders that it leaves empty."""
        path = self.root / name
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == self.root or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()

    def dataset(self, folder: str) -> ds.Dataset:
        """Open the Parquet files below a folder as one data set."""
        return _dataset([str(self.root / folder / name) for name in self.names(folder)], None)

    def sweep(self, *folders: str) -> None:
        """Remove what a killed run left under temporary names."""
        for folder in folders:
            for path in (self.root / folder).glob(f"{_TEMPORARY}*"):
                path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """Keep files in an object store, where a put is whole or does not happen."""

    filesystem: Any
    root: str
    address: str

    def write(self, name: str, content: bytes | memoryview) -> None:
        """Put a file in one piece."""
        try:
            self.filesystem.pipe_file(f"{self.root}/{name}", bytes(content))
        except OSError as error:
            raise BatchError(f"{self.address}/{name} cannot be written ({error})") from error

    def read(self, name: str) -> bytes | None:
        """Return a file's bytes, ``None`` where there is none."""
        try:
            content: bytes = self.filesystem.cat_file(f"{self.root}/{name}")
        except FileNotFoundError:
            return None
        return content

    def open(self, name: str) -> IO[bytes]:
        """Open a file to read parts of it."""
        stream: IO[bytes] = self.filesystem.open(f"{self.root}/{name}", "rb")
        return stream

    def names(self, folder: str = "") -> list[str]:
        """List the files right below a folder, sorted."""
        return self._entries(folder, "file")

    def folders(self, folder: str) -> list[str]:
        """List the folders right below a folder, sorted."""
        return self._entries(folder, "directory")

    def _entries(self, folder: str, kind: str) -> list[str]:
        path = f"{self.root}/{folder}".rstrip("/")
        try:
            found = self.filesystem.ls(path, detail=True)
        except FileNotFoundError:
            return []
        names = (entry["name"].rstrip("/").rsplit("/", 1)[-1] for entry in found
                 if entry["type"] == kind)  # fmt: skip
        return sorted(name for name in names if name and name != path.rsplit("/", 1)[-1])

    def remove(self, name: str) -> None:
        """Remove a file."""
        self.filesystem.rm_file(f"{self.root}/{name}")

    def dataset(self, folder: str) -> ds.Dataset:
        """Open the Parquet files below a folder as one data set."""
        paths = [f"{self.root}/{folder}/{name}" for name in self.names(folder)]
        return _dataset(paths, self.filesystem)


def _dataset(paths: list[str], filesystem: Any) -> ds.Dataset:  # noqa: ANN401 - pyarrow's or fsspec's
    import pyarrow.dataset as ds

    from geo.batch.table import schema

    parts = [path for path in paths if path.endswith(".parquet")]
    if not parts:  # there are no events
        return ds.dataset(schema().empty_table())
    return ds.dataset(parts, filesystem=filesystem, format="parquet")


@contextmanager
def held(store: Store) -> Iterator[None]:
    """Hold a local store for one run; the system frees it even when the run is killed.

    Raises :class:`BatchError` when another run holds it.
    """
    if not isinstance(store, Folder):
        yield
        return
    try:
        store.root.mkdir(parents=True, exist_ok=True)
        stream = (store.root / LOCK).open("wb")
    except OSError as error:
        raise BatchError(
            f"{store.root} cannot be written to ({error.strerror or error})"
        ) from error
    with stream:
        if not _locked(stream):
            raise BatchError(f"another run writes to {store.root}; wait for it or stop it")
        yield


def _locked(stream: IO[bytes]) -> bool:
    try:
        import fcntl
    except ImportError:  # no such lock on Windows: two runs write the same bytes there
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
