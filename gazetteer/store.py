"""Keep indexes on disk: build on first use, open afterwards, rebuild what is broken.

Folders below the cache are named by their content's version, written under a temporary name
and renamed when whole, so a reader never sees half an index.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gazetteer.errors import BrokenIndexError, GazetteerError
from gazetteer.index import FORMAT, Index

CACHE_VARIABLE = "CONFLICT_MAP_CACHE"
_KEPT = 3
_log = logging.getLogger("gazetteer")


def cache_folder() -> Path:
    """Return where indexes are kept: ``$CONFLICT_MAP_CACHE``, else the user's cache folder."""
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    import platformdirs

    return Path(platformdirs.user_cache_dir("conflict-map", appauthor=False))


def content_version(
    files: Iterable[Path], *, sizes_only: Iterable[Path] = (), also: str = ""
) -> str:
    """Return a short name for the content of `files` and of the text `also`.

    Of `sizes_only` only the sizes count.
    Editions of large files differ in size, and reading 80 MB at every start would not pay.
    """
    digest = hashlib.sha256(f"format {FORMAT} {also}".encode())
    for path in sorted(files):
        digest.update(f"{path.name} {zlib.crc32(path.read_bytes())};".encode())
    for path in sorted(sizes_only):
        digest.update(f"{path.name} {path.stat().st_size};".encode())
    return digest.hexdigest()[:12]


def open_or_build(folder: Path, build: Callable[[Path], None]) -> Index:
    """Open the index in `folder`; where there is none or a broken one, build it first.

    `build` is called with an empty folder to write into. Of two processes that start together
    one waits for the other. Raises :class:`GazetteerError` where the cache cannot be written.
    """
    if folder.is_dir():
        try:
            return Index(folder)
        except BrokenIndexError as error:
            _log.warning("the place index is broken and is built anew: %s", error)
    try:
        with _locked(folder):
            try:  # another process may have built it while this one waited
                return Index(folder)
            except BrokenIndexError:
                replace_folder(folder, build)
                _forget_old(folder)
    except OSError as error:
        raise GazetteerError(
            f"cannot write the place index to {folder} ({error}); "
            f"set {CACHE_VARIABLE} to a folder that can be written"
        ) from error
    return Index(folder)


def replace_folder(folder: Path, build: Callable[[Path], None]) -> None:
    """Let `build` fill a temporary folder, then put that in the place of `folder`."""
    fresh = folder.with_name(f"{folder.name}.new-{os.getpid()}")
    old = folder.with_name(f"{folder.name}.old-{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        build(fresh)
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _forget_old(folder: Path) -> None:
    """Remove all but the newest few indexes of the same family: nobody else would."""
    family = folder.name.partition("-")[0]
    indexes = [path for path in folder.parent.glob(f"{family}-*") if path.is_dir()]
    newest_first = sorted(indexes, key=lambda path: path.stat().st_mtime, reverse=True)
    for old in newest_first[_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
        old.with_name(f"{old.name}.lock").unlink(missing_ok=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # no such locks on this system: both build, and the last rename wins
        yield
        return
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
