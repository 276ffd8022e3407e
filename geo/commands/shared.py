"""What the commands share: options, messages, the gazetteer with its progress bar."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from gazetteer import Gazetteer
    from geo.extractors import Chosen, Extractor
    from geo.models import Document
    from geo.pipeline import Extraction
    from geo.readers import Reject
    from geo.readers.documents import Given
    from geo.resolution import ResolutionSettings

_ISO2 = 2

Published = Annotated[
    str | None,
    typer.Option(help="Day of publication (2023-08-15); relative dates need it.", metavar="DAY"),
]
Language = Annotated[
    str | None, typer.Option("--lang", help="Language of the text; told from it when not given.")
]
Distance = Annotated[
    float,
    typer.Option("--distance-km", min=0.1, help="How far apart two reports of one event may be."),
]
Days = Annotated[int, typer.Option("--days", min=0, help="How many days apart they may be.")]
Country = Annotated[
    str | None,
    typer.Option(help="Country where the text plays (ISO 3166-1 alpha-2, as UA).", metavar="CODE"),
]
Reader = Annotated[
    str | None,
    typer.Option(
        "--extractor",
        help="Who tells the events: rules, model, recorded:FILE; "
        "or the names of places: spacy:DIR, gliner:DIR, natasha.",
        metavar="WHO",
    ),
]
Record = Annotated[
    str | None,
    typer.Option(help="Keep the claims told in this JSONL, to replay.", metavar="FILE"),
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
    extractor: str | None = None
    record: str | None = None

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


def sparing(inputs: Iterable[Path], outputs: Iterable[Path]) -> None:
    """Raise :class:`geo.errors.InputError` where a file to write is one that is read."""
    from geo.errors import InputError

    read = {path.resolve() for path in inputs}
    for path in outputs:
        if path.resolve() in read:
            raise InputError(f"{path} would overwrite the input; choose another --output")


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
    from geo.extractors.errors import ExtractorError
    from geo.pipeline import extract, rules_extractor
    from geo.readers import Reject

    settings = settings_for(request.country)
    with waiting(quiet=request.quiet) as count:
        for item, chosen in _with_extractor(request, rules_extractor(gazetteer, settings)):
            if isinstance(item, Reject):
                yield _said(item)
                continue
            try:
                found = extract(
                    item,
                    gazetteer,
                    settings=settings,
                    extractor=chosen.extractor,
                    recogniser=chosen.recogniser,
                )
                yield _with_rejections(found)
            except (UnknownLanguageError, ExtractorError) as error:
                yield _said(
                    Reject(source=item.id, line=None, reason=str(error), document_id=item.id)
                )
            count()


def _with_extractor(
    request: Request, rules: Extractor
) -> Iterator[tuple[Document | Reject, Chosen]]:
    """Yield the documents, each with who reads it; several are asked about at once."""
    from geo.extractors.registry import RULES, Chosen, choose_extractor
    from geo.readers import read_documents

    documents = read_documents(request.inputs, request.given())
    if (request.extractor or RULES) == RULES and request.record is None:
        yield from ((item, Chosen()) for item in documents)
        return
    from geo.extractors.ahead import ask_ahead

    chosen = choose_extractor(request.extractor, request.record, rules)
    if chosen.extractor is None:
        yield from ((item, chosen) for item in documents)
        return
    for item, extractor in ask_ahead(documents, chosen.extractor, chosen.parallel):
        yield item, replace(chosen, extractor=extractor)


def _with_rejections(found: Extraction) -> Extraction:
    for rejection in found.rejections:
        complain(f"{found.document.id}: {rejection}")
    if found.passed_over:
        count = len(found.passed_over)
        what = "event is" if count == 1 else "events are"
        complain(
            f"{found.document.id}: {count} {what} read by the rules alone and left out; "
            "see conflict-map explain"
        )
    return found


def _said(reject: Reject) -> Reject:
    complain(f"{reject}; skipped")
    return reject


@contextmanager
def waiting(*, quiet: bool) -> Iterator[Callable[[], None]]:
    """Yield a function to call after each document.

    On a terminal a line counts them, once it takes over a second.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    line = _Waiting()
    timer = threading.Timer(1.0, line.show)
    timer.daemon = True
    timer.start()
    try:
        yield line.count
    finally:
        timer.cancel()
        line.close()


class _Waiting:
    """Count documents while they are read."""

    def __init__(self) -> None:
        self._count = 0
        self._progress: Progress | None = None
        self._lock = threading.Lock()
        self._closed = False

    def count(self) -> None:
        """Count one more document."""
        with self._lock:
            self._count += 1
            if self._progress is not None:
                self._progress.update(self._progress.task_ids[0], completed=self._count)

    def show(self) -> None:
        """Begin to show the count and the time."""
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        with self._lock:
            if self._closed:
                return
            self._progress = Progress(
                SpinnerColumn(),
                TextColumn("{task.completed} documents read"),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._progress.add_task("", total=None, completed=self._count)
            self._progress.start()

    def close(self) -> None:
        """Take the line away."""
        with self._lock:
            self._closed = True
            if self._progress is not None:
                self._progress.stop()
