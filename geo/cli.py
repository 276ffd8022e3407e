"""The command line ``conflict-map``: parse, call, print."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Annotated

import typer

from gazetteer.errors import GazetteerError
from geo.commands.console import complain
from geo.errors import GeoError

COMMANDS = {  # each with its module in geo.commands, in the order of the help
    "map": "map_events",
    "extract": "extract",
    "batch": "batch",
    "reconcile": "reconcile",
    "resolve": "resolve",
    "explain": "explain",
    "evaluate": "evaluate",
    "schema": "schema",
    "convert": "convert",
    "export": "convert",  # what others call it
    "figure": "figure",
    "check": "check",
    "gazetteer": "gazetteer",
    "review": "review",
}
_HIDDEN = ("export",)


def make_app(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """Return the application with some of its commands; only their modules are imported."""
    app = typer.Typer(
        name="conflict-map",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # plain help: rich would cost a quarter of a second
    )
    app.callback()(listen)
    for name in names:
        module = import_module(f"geo.commands.{COMMANDS[name]}")
        group = getattr(module, "app", None)
        if group is None:
            app.command(name, hidden=name in _HIDDEN)(getattr(module, COMMANDS[name]))
        else:
            app.add_typer(group, name=name)
    return app


def listen(
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Log what is done to standard error.")
    ] = False,
) -> None:
    """Turn reports in words into a map one can defend."""
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, stream=sys.stderr, format="conflict-map: %(message)s")


def main() -> None:
    """Run the command line; an error is one sentence on stderr and exit code 1."""
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    try:
        make_app([asked] if asked in COMMANDS else COMMANDS)(prog_name="conflict-map")
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
