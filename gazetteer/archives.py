"""Open archives that strangers packed: no path leaves its folder, no bomb goes off."""

from __future__ import annotations

import io
import zipfile
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from gazetteer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 8 << 30  # GeoNames' allCountries.txt is 1.6 GB, alternateNamesV2.txt 0.7 GB
_MOST_RATIO = 400  # plain text of repeated words packs 20 to 50 times, a bomb over 1000
_SMALL = 1 << 20  # below this a ratio says nothing
_MOST_MEMBERS = 10_000
_CHUNK = 1 << 20


@contextmanager
def open_text(path: Path, *, most_bytes: int = MOST_BYTES) -> Iterator[IO[str]]:
    """Open a text file, or the largest ``.txt`` within a zip, as UTF-8 lines.

    Raises :class:`SourceError` for an archive that is broken, unsafe or holds no text. Bytes
    that are no UTF-8 become U+FFFD, so that the line can be reported.
    """
    if not zipfile.is_zipfile(path):
        with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as stream:
            yield stream
        return
    try:
        with zipfile.ZipFile(path) as archive:
            check_archive(archive, path, most_bytes=most_bytes)
            texts = [m for m in archive.infolist() if m.filename.lower().endswith(".txt")]
            texts = [m for m in texts if "readme" not in m.filename.lower()]
            if not texts:
                raise SourceError(f"{path} holds no .txt file")
            with archive.open(max(texts, key=lambda member: member.file_size)) as member:
                yield io.TextIOWrapper(member, encoding="utf-8-sig", errors="replace", newline="\n")
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise SourceError(f"{path} is a broken archive ({error}); fetch it again") from error


def extract_archive(path: Path, folder: Path, *, most_bytes: int = MOST_BYTES) -> list[Path]:
    """Unpack a zip into `folder`; return the files. All is checked before anything is written.

    Raises :class:`SourceError` for paths that leave the folder, links, too much content, and
    members that turn out larger than the archive says.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check_archive(archive, path, most_bytes=most_bytes)
            members = [member for member in archive.infolist() if not member.is_dir()]
            return [_extract(archive, member, folder) for member in members]
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise SourceError(f"{path} is a broken archive ({error}); fetch it again") from error


def check_archive(archive: zipfile.ZipFile, path: Path, *, most_bytes: int) -> None:
    """Raise :class:`SourceError` for an archive that is unsafe to unpack."""
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise SourceError(f"{path}: {len(members)} files in one archive; at most {_MOST_MEMBERS}")
    if sum(member.file_size for member in members) > most_bytes:
        raise SourceError(f"{path}: unpacks to more than {most_bytes} bytes")
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in name.parts[0]:
            raise SourceError(f"{path}: the path {member.filename!r} leaves the folder")
        if (member.external_attr >> 16) & 0o170000 == 0o120000:
            raise SourceError(f"{path}: {member.filename!r} is a link")
        packed = max(member.compress_size, 1)
        if member.file_size > _SMALL and member.file_size / packed > _MOST_RATIO:
            raise SourceError(f"{path}: {member.filename!r} unpacks {_MOST_RATIO} times over")


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> Path:
    target = folder / PurePosixPath(member.filename.replace("\\", "/"))
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with archive.open(member) as packed, target.open("wb") as stream:
        while chunk := packed.read(_CHUNK):
            written += len(chunk)
            if written > member.file_size:
                raise SourceError(f"{member.filename!r} is larger than its archive says")
            stream.write(chunk)
    return target
