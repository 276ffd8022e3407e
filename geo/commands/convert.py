"""``conflict-map convert``: a file of events into other formats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo.commands.shared import Quiet, existing, sparing


def convert(
    input_file: Annotated[
        Path,
        typer.Argument(
            metavar="INPUT", help="Events as .geojson, .gpkg, .fgb, .parquet, .csv, .xlsx, .jsonl."
        ),
    ],
    outputs: Annotated[
        list[Path],
        typer.Option("--output", "-o", help="File to write; its ending says the format."),
    ],
    formats: Annotated[
        str | None, typer.Option("--format", help="Format, where the ending does not say it.")
    ] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Do not coarsen points finer than the gazetteer's.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Write a file of events in other formats, under the rules of publication."""
    from geo.exporters import PublicationRules, format_of, write_frame
    from geo.exporters.reading import read_frame

    for output in outputs:
        format_of(formats or output.name)
    sparing([input_file], outputs)
    frame = read_frame(existing(input_file))
    for output in outputs:
        path = write_frame(frame, output, format=formats, rules=PublicationRules(exact=exact))
        if not quiet:
            print(f"wrote {len(frame)} events to {path}")
