"""``conflict-map figure``: a file of events as a static picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo.commands.files import existing
from geo.commands.texts import Quiet


def figure(
    input_file: Annotated[
        Path, typer.Argument(metavar="INPUT", help="Events as map or convert wrote them.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Picture to write: .png, .svg or .pdf.")
    ],
    title: Annotated[str | None, typer.Option(help="Title of the picture.")] = None,
    ui_lang: Annotated[str, typer.Option(help="Language of the labels: en, it, uk.")] = "en",
    quiet: Quiet = False,
) -> None:
    """Draw a file of events as a static picture for a report."""
    from geo.exporters.reading import read_frame
    from geo.webmap import write_figure

    frame = read_frame(existing(input_file))
    path = write_figure(frame, output, title=title or input_file.stem, ui_language=ui_lang)
    if not quiet:
        print(f"wrote {path}")
