"""Check the paths that a command was given before anything is read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from geo.errors import InputError


def existing(path: Path) -> Path:
    """Return `path` where it is a file; raise :class:`geo.errors.InputError` where it is not."""
    if path.is_dir():
        raise InputError(f"{path} is a folder; give one of its files")
    if not path.is_file():
        raise InputError(f"{path} does not exist; check the path")
    return path


def sparing(inputs: Iterable[Path], outputs: Iterable[Path]) -> None:
    """Raise :class:`geo.errors.InputError` where a file to write is one that is read."""
    read = {path.resolve() for path in inputs}
    for path in outputs:
        if path.resolve() in read:
            raise InputError(f"{path} would overwrite the input; choose another --output")
