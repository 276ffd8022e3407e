"""The options that say what a table holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.texts import country_code
from geo.errors import InputError

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnOptions:
    """Hold what the user says of the columns of tables."""

    profile: Profile = None
    place_column: PlaceColumn = None
    columns: Columns = None

    def of_tables(self, *, country: str | None = None, resolve_again: bool = False) -> TableOptions:
        """Return what the options say of tables.

        Raises :class:`geo.errors.InputError` for a pair that is none or names no column of ours,
        and :class:`geo.errors.UnknownFormatError` for a profile that there is not.
        """
        from geo.inputs import TableOptions
        from geo.readers.table_profiles import profile_named

        if self.profile is not None:
            profile_named(self.profile)  # also where no input turns out to be a table
        return TableOptions(
            profile=self.profile,
            columns=self._given(),
            country=country_code(country),
            resolve_again=resolve_again,
        )

    def _given(self) -> dict[str, str]:
        from geo.readers.table_profiles import COLUMNS_OF_TABLES

        given = {"place_text": self.place_column} if self.place_column else {}
        for pair in self.columns or ():
            ours, _, theirs = pair.partition("=")
            if ours not in COLUMNS_OF_TABLES or not theirs:
                raise InputError(
                    f"--column {pair!r}: write OURS=HEADER, as in killed_best=Deaths; ours are "
                    "the columns that the README names"
                )
            given[ours] = theirs
        return given
