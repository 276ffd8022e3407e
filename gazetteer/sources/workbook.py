"""Open xlsx workbooks, with an error that says what is wrong."""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gazetteer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl import Workbook


@contextmanager
def open_workbook(path: Path) -> Iterator[Workbook]:
    """Open a workbook to read values from; raise :class:`SourceError` where it is none."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, InvalidFileException) as error:
        raise SourceError(f"{path} is no xlsx workbook ({error})") from error
    try:
        yield book
    finally:
        book.close()  # it keeps the file open otherwise
