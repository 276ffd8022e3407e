"""Write files so that nobody ever sees half of one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import ExportError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Offer a temporary path in the same folder; it takes `path`'s place when all went well.

    On an error the old file stays as it was and nothing new is left behind. Makes the folder.
    Raises :class:`geo.errors.ExportError` when it cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".writing-", dir=path.parent))
    except OSError as error:
        raise ExportError(f"{path}: cannot write there ({error.strerror or error})") from error
    try:
        yield folder / path.name
        (folder / path.name).replace(path)
    except OSError as error:
        raise ExportError(f"{path}: cannot write it ({error.strerror or error})") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a whole file at once."""
    with replacing(path) as temporary:
        temporary.write_bytes(content)
