"""Write a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from geo.errors import ExportError


def write_whole(target: Path, save: Callable[[Path], None]) -> Path:
    """Let `save` write beside `target`, then rename, and return `target`.

    Raises :class:`geo.errors.ExportError` when that cannot be done; nothing is left behind.
    """
    partial = target.with_name(f".{target.name[-100:]}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        save(partial)
        partial.replace(target)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise ExportError(f"{target}: {error.strerror}; choose another place") from error
    return target
