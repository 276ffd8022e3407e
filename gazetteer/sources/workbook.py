"""Open xlsx workbooks, with an error that says what is wrong."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from gazetteer.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook


def open_workbook(path: Path) -> Workbook:
    """Return a workbook to read values from; raise :class:`SourceError` where it is none."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, InvalidFileException) as error:
        raise SourceError(f"{path} is no xlsx workbook ({error})") from error
