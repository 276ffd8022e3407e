"""``conflict-map extract``: a JSONL of texts in, a JSONL of toponyms and events out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.shared import Country, Language, Published, Quiet, documents_of, given, opened

if TYPE_CHECKING:
    from geo.readers.documents import Reject


def extract(
    inputs: Annotated[list[str], typer.Argument(help="JSONL, text or HTML files; - is stdin.")],
    output: Annotated[
        str, typer.Option("--output", "-o", help="JSONL to write; - is standard output.")
    ] = "-",
    published: Published = None,
    lang: Language = None,
    country: Country = None,
    quiet: Quiet = False,
) -> None:
    """Extract toponyms and events, one line a document, in the scorer's form."""
    from geo.commands.lines import write_lines
    from geo.exporters.scoring import to_scored
    from geo.pipeline import extract as read
    from geo.readers import read_documents
    from geo.resolution import ResolutionSettings

    settings = ResolutionSettings(country=country.upper() if country else None)
    gazetteer = opened(quiet=quiet)
    rejects: list[Reject] = []
    documents = documents_of(read_documents(inputs, given(published, lang)), rejects)
    lines = (
        to_scored(found.document.id, found.events, found.resolutions)
        for found in (read(document, gazetteer, settings=settings) for document in documents)
    )
    write_lines(lines, output if output == "-" else Path(output))
    if rejects:
        raise typer.Exit(code=2)
