"""The options that say what a table holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.shared import country_code

if TYPE_CHECKING:
    from geo.inputs import TableOptions

Profile = Annotated[
    str | None,
    typer.Option(
        help="Kind of the tables, as acled, or a file of yours (.toml); told from the headers."
    ),
]
PlaceColumn = Annotated[
    str | None, typer.Option(help="The tables' column of place names.", metavar="HEADER")
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        help="A column of ours and the tables' name of it; may be repeated.",
        metavar="OURS=HEADER",
    ),
]
ResolveAgain = Annotated[
    bool, typer.Option("--resolve-again", help="Resolve rows of tables that have coordinates too.")
]


def table_options(
    profile: str | None,
    place_column: str | None,
    pairs: Sequence[str] | None,
    country: str | None,
    resolve_again: bool,
) -> TableOptions:
    """Return what the options say of tables.

    Raises :class:`geo.errors.InputError` for a pair that is none or names no column of ours, and
    :class:`geo.errors.UnknownFormatError` for a profile that there is not.
    """
    from geo.errors import InputError
    from geo.inputs import TableOptions
    from geo.readers.table_profiles import COLUMNS_OF_TABLES, profile_named

    if profile is not None:
        profile_named(profile)  # also where no input turns out to be a table
    given = {"place_text": place_column} if place_column else {}
    for pair in pairs or ():
        ours, _, theirs = pair.partition("=")
        if ours not in COLUMNS_OF_TABLES or not theirs:
            raise InputError(
                f"--column {pair!r}: write OURS=HEADER, as in killed_best=Deaths; ours are the "
                "columns that the README names"
            )
        given[ours] = theirs
    return TableOptions(
        profile=profile,
        columns=given,
        country=country_code(country),
        resolve_again=resolve_again,
    )
