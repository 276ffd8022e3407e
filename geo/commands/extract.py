"""``conflict-map extract``: a JSONL of texts in, a JSONL of toponyms and events out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.commands.lines import write_lines
from geo.commands.option_groups import grouped
from geo.commands.texts import Quiet, TextOptions, extract_all
from geo.commands.waiting import opened

if TYPE_CHECKING:
    from geo.pipeline import Extraction
    from geo.readers import Reject


@grouped
def extract(
    inputs: Annotated[list[str], typer.Argument(help="JSONL, text or HTML files; - is stdin.")],
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", help="JSONL to write; - is standard output.")
    ] = "-",
    texts: TextOptions,
    quiet: Quiet = False,
) -> None:
    """Write toponyms and events as JSON, one line a document.

    An input that cannot be read keeps its line, with nothing found and an "error".
    """
    failed: list[Reject] = []
    found = extract_all(inputs, texts, opened(quiet=quiet), quiet=quiet)
    write_lines(_lines(found, failed), output if output == "-" else Path(output))
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
