"""What the commands share: options, messages, the gazetteer with its progress bar."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from gazetteer import Gazetteer
    from geo.models import Document
    from geo.readers.documents import Given, Reject

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


def given(published: str | None, language: str | None) -> Given:
    """Return what the options say of the inputs."""
    from geo.readers.documents import Given, parse_day

    return Given(published=parse_day(published), language=language)


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


def documents_of(items: Iterable[Document | Reject], rejects: list[Reject]) -> Iterator[Document]:
    """Yield the documents; keep the rejects and say each one at once."""
    from geo.readers.documents import Reject

    for item in items:
        if isinstance(item, Reject):
            rejects.append(item)
            complain(f"{item.source}, line {item.line}: {item.reason}; skipped")
        else:
            yield item
