"""The command line ``conflict-map``: parse, call, print."""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import typer

from gazetteer.errors import GazetteerError
from geo.commands import (
    batch,
    check,
    convert,
    evaluate,
    explain,
    extract,
    figure,
    gazetteer,
    map_events,
    reconcile,
    resolve,
    review,
    schema,
)
from geo.commands.console import complain
from geo.errors import GeoError

app = typer.Typer(
    name="conflict-map",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: rich would cost a quarter of a second
)


@app.callback()
def listen(
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Log what is done to standard error.")
    ] = False,
) -> None:
    """Turn reports in words into a map one can defend."""
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, stream=sys.stderr, format="conflict-map: %(message)s")


app.command("map")(map_events.map_events)
app.command("extract")(extract.extract)
app.command("batch")(batch.batch)
app.command("reconcile")(reconcile.reconcile)
app.command("resolve")(resolve.resolve)
app.command("explain")(explain.explain)
app.command("evaluate")(evaluate.evaluate)
app.command("schema")(schema.schema)
app.command("convert")(convert.convert)
app.command("export", hidden=True)(convert.convert)  # what others call it
app.command("figure")(figure.figure)
app.command("check")(check.check)
app.add_typer(gazetteer.app, name="gazetteer")
app.add_typer(review.app, name="review")


def main() -> None:
    """Run the command line; an error is one sentence on stderr and exit code 1."""
    try:
        app(prog_name="conflict-map")
    except (GeoError, GazetteerError) as error:
        complain(str(error))
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(141)
    except KeyboardInterrupt:
        complain("interrupted; nothing half-written was left")
        sys.exit(130)


if __name__ == "__main__":
    main()
