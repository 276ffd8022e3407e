"""``conflict-map extract``: a JSONL of texts in, a JSONL of toponyms and events out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.commands.shared import (
    Country,
    Language,
    Published,
    Quiet,
    Reader,
    Record,
    Request,
    extract_all,
    opened,
)

if TYPE_CHECKING:
    from geo.pipeline import Extraction
    from geo.readers import Reject


def extract(
    inputs: Annotated[list[str], typer.Argument(help="JSONL, text or HTML files; - is stdin.")],
    output: Annotated[
        str, typer.Option("--output", "-o", help="JSONL to write; - is standard output.")
    ] = "-",
    published: Published = None,
    lang: Language = None,
    country: Country = None,
    extractor: Reader = None,
    record: Record = None,
    quiet: Quiet = False,
) -> None:
    """Write toponyms and events as JSON, one line a document.

    An input that cannot be read keeps its line, with nothing found and an "error".
    """
    from geo.commands.lines import write_lines

    request = Request(
        inputs=inputs,
        published=published,
        language=lang,
        country=country,
        quiet=quiet,
        extractor=extractor,
        record=record,
    )
    failed: list[Reject] = []
    lines = _lines(extract_all(request, opened(quiet=quiet)), failed)
    write_lines(lines, output if output == "-" else Path(output))
    if failed:
        raise typer.Exit(code=2)


def _lines(items: Iterable[Extraction | Reject], failed: list[Reject]) -> Iterator[dict[str, Any]]:
    from geo.exporters.scoring import to_scored
    from geo.readers import Reject

    for item in items:
        if isinstance(item, Reject):
            failed.append(item)
            yield {**to_scored(item.document_id, (), ()), "error": str(item)}
        else:
            yield to_scored(item.document.id, item.events, item.resolutions)
