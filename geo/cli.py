"""The command line ``conflict-map``: parse, call, print."""

from __future__ import annotations

import sys

import typer

from gazetteer.errors import GazetteerError
from geo.commands import explain, extract, gazetteer, map_events, resolve
from geo.commands.shared import complain
from geo.errors import GeoError

app = typer.Typer(
    name="conflict-map",
    help="Reports in words in, a map one can defend out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: rich would cost a quarter of a second
)
app.command("map")(map_events.map_events)
app.command("extract")(extract.extract)
app.command("resolve")(resolve.resolve)
app.command("explain")(explain.explain)
app.add_typer(gazetteer.app, name="gazetteer")


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
