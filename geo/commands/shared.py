"""What the commands share: options, messages, the gazetteer with its progress bar."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from rich.progress import Progress, TaskID

    from gazetteer import Gazetteer
    from geo.pipeline import Extraction
    from geo.readers import Reject
    from geo.readers.documents import Given
    from geo.resolution import ResolutionSettings

Item = TypeVar("Item")
_ISO2 = 2

Published = Annotated[
    str | None,
    typer.Option(help="Day of publication (2023-08-15); relative dates need it.", metavar="DAY"),
]
Language = Annotated[
    str | None, typer.Option("--lang", help="Language of the text; told from it when not given.")
]
Country = Annotated[
    str | None,
    typer.Option(help="Country where the text plays (ISO 3166-1 alpha-2, as UA).", metavar="CODE"),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only errors.")]


def complain(message: str) -> None:
    """Print one sentence to stderr."""
    print(f"conflict-map: {message}", file=sys.stderr)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Hold what the user asked to read, and what is known about it."""

    inputs: Sequence[str]
    published: str | None = None
    language: str | None = None
    country: str | None = None
    quiet: bool = False

    def given(self) -> Given:
        """Return what the options say of the inputs; raise for an impossible day or language."""
        from geo.readers.documents import Given, parse_day

        return Given(published=parse_day(self.published), language=self.language)


def opened(*, quiet: bool = False) -> Gazetteer:
    """Open the gazetteer; the first time a bar shows the building of its index."""
    from gazetteer import open_gazetteer

    if quiet or not sys.stderr.isatty():
        return open_gazetteer()
    bar = _Bar()
    try:
        return open_gazetteer(progress=bar.show)
    finally:
        bar.close()


class _Bar:
    """Show the building of the index; nothing appears when there is nothing to build."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def show(self, step: str, share: float) -> None:
        """Show a step of the building and the share of it that is done."""
        from rich.console import Console
        from rich.progress import Progress

        if self._progress is None or self._task is None:
            self._progress = Progress(console=Console(stderr=True), transient=True)
            self._progress.start()
            self._task = self._progress.add_task("Building the place index, once", total=1.0)
        self._progress.update(self._task, completed=share, description=step)

    def close(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()


def existing(path: Path) -> Path:
    """Return `path` where it is a file; raise :class:`geo.errors.InputError` where it is not."""
    from geo.errors import InputError

    if not path.is_file():
        raise InputError(f"{path} does not exist; check the path")
    return path


def country_code(country: str | None) -> str | None:
    """Return an ISO 3166-1 alpha-2 code in capitals.

    Raises :class:`geo.errors.InputError` for anything that is not two letters.
    """
    from geo.errors import InputError

    if country is None:
        return None
    if len(country) != _ISO2 or not country.isascii() or not country.isalpha():
        raise InputError(f"{country!r} is no country code; write two letters, as in --country UA")
    return country.upper()


def settings_for(country: str | None) -> ResolutionSettings:
    """Return settings that favour a country."""
    from geo.resolution import ResolutionSettings

    return ResolutionSettings(country=country_code(country))


def extract_all(request: Request, gazetteer: Gazetteer) -> Iterator[Extraction | Reject]:
    """Yield what was read in each document, in order.

    What cannot be read, or is in a language that cannot be told, comes as a reject and is said
    at once.
    """
    from geo.errors import UnknownLanguageError
    from geo.pipeline import extract
    from geo.readers import Reject, read_documents

    settings = settings_for(request.country)
    for item in counted(read_documents(request.inputs, request.given()), quiet=request.quiet):
        if isinstance(item, Reject):
            complain(f"{item}; skipped")
            yield item
            continue
        try:
            yield extract(item, gazetteer, settings=settings)
        except UnknownLanguageError as error:
            reject = Reject(source=item.id, line=None, reason=str(error), document_id=item.id)
            complain(f"{reject}; skipped")
            yield reject


def counted(items: Iterable[Item], *, quiet: bool) -> Iterator[Item]:
    """Yield the items; on a terminal a line tells how many, once it takes over a second."""
    if quiet or not sys.stderr.isatty():
        yield from items
        return
    begun = time.monotonic()
    for number, item in enumerate(items, 1):
        yield item
        if time.monotonic() - begun > 1:
            print(f"\r{number} documents read", end="", file=sys.stderr, flush=True)
    if time.monotonic() - begun > 1:
        print(file=sys.stderr)
