"""Know the kinds of tables by data files: which header holds what."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from geo.errors import InputError, UnknownFormatError
from geo.schema import NAMES

GENERIC = "generic"
COLUMNS_OF_TABLES = frozenset((*NAMES, "coordinates"))
_HXL_ATTRIBUTES = (
    "lat lon name code first second start end source url reported killed injured min max "
    "occurred id type title coord"
).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Describe a kind of table; the folder's README says what each field is."""

    name: str
    title: str
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...] = ()
    attribution: str | None = None
    dates: str | None = None
    split_place: str | None = None
    positions: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    totals: tuple[str, ...] = ()
    our_names: bool = False
    our_cells: bool = False


@cache
def load_profiles() -> dict[str, Profile]:
    """Return all profiles by name."""
    folder = resources.files("geo.readers").joinpath("profiles")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    profiles = [_read_profile(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    return {profile.name: profile for profile in profiles}


def profile_named(name: str) -> Profile:
    """Return a profile by its name, or that of a file of the user's (``mine.toml``).

    Raises :class:`geo.errors.UnknownFormatError` with the known names, and
    :class:`geo.errors.InputError` for a file that is no profile.
    """
    if name.endswith(".toml"):
        return read_profile(Path(name))
    if name not in load_profiles():
        raise UnknownFormatError(
            f"no profile {name!r}; there are: {', '.join(load_profiles())}, or a file of yours"
        )
    return load_profiles()[name]


def read_profile(path: Path) -> Profile:
    """Read a profile of the user's own; the folder's README says how to write one."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is no profile of tables: {error}") from error
    columns = table.get("columns")
    if not isinstance(columns, dict):
        raise InputError(f"{path} is no profile of tables: it has no [columns]")
    for ours in (*columns, *table.get("values", {}), *table.get("defaults", {})):
        if ours not in COLUMNS_OF_TABLES:
            raise InputError(f"{path}: {ours!r} is no column of ours; see geo/schema.py")
    wrong = [ours for ours, theirs in columns.items() if not _is_texts(theirs)]
    if wrong:
        raise InputError(f'{path}: {wrong[0]} must be a list of headers, as in ["Place"]')
    return _read_profile({"name": path.stem, "title": path.stem, "required": []} | table)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def recognise(headers: Sequence[str], tags: Sequence[str] = ()) -> Profile:
    """Return the profile with most required headers, all of them there; else the generic one."""
    known = {normalise(header) for header in headers} | ({"#"} if any(tags) else set())
    fitting = [p for p in load_profiles().values() if p.required and known.issuperset(p.required)]
    return max(fitting, key=lambda p: len(p.required), default=profile_named(GENERIC))


def map_columns(
    profile: Profile,
    headers: Sequence[str],
    tags: Sequence[str] = (),
    given: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """Return the position of each of our columns; `given` (ours to theirs) wins.

    Raises :class:`geo.errors.InputError` for a header in `given` that the table lacks.
    """
    places = {_without_brackets(header): at for at, header in reversed(list(enumerate(headers)))}
    places |= {normalise(header): at for at, header in reversed(list(enumerate(headers)))}
    places |= {normalise_tag(tag): at for at, tag in reversed(list(enumerate(tags))) if tag}
    chosen = {ours: _position_of(theirs, places, headers) for ours, theirs in (given or {}).items()}
    used = set(chosen.values())
    options_of = {name: (name,) for name in NAMES} if profile.our_names else {}
    for ours, options in (options_of | dict(profile.columns)).items():
        at = next((places[option] for option in options if option in places), None)
        if at is not None and at not in used and ours not in chosen:
            chosen[ours] = at
            used.add(at)
    return chosen


def normalise(header: str) -> str:
    """Return a header in lower case with single underscores.

    >>> normalise(" Event Date (UTC) "), normalise("#geo +lat")
    ('event_date_utc', '#geo+lat')
    """
    if header.strip().startswith("#"):
        return normalise_tag(header)
    return re.sub(r"[^\w]+", "_", header.replace("\ufeff", "").strip().casefold()).strip("_")


def _without_brackets(header: str) -> str:
    return normalise(re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", header))


def normalise_tag(tag: str) -> str:
    """Return an HXL tag without blanks, in lower case, misspelt attributes set right.

    >>> normalise_tag("#geo +lac"), normalise_tag("# Affected + Killed")
    ('#geo+lat', '#affected+killed')
    """
    name, *attributes = re.sub(r"\s+", "", tag).casefold().split("+")
    right = (
        a if a in _HXL_ATTRIBUTES or len(a) < 3 or "_" in a
        else next(iter(difflib.get_close_matches(a, _HXL_ATTRIBUTES, n=1, cutoff=0.66)), a)
        for a in attributes
    )  # fmt: skip
    return "+".join((name, *right))


def _position_of(theirs: str, places: Mapping[str, int], headers: Sequence[str]) -> int:
    if normalise(theirs) not in places:
        raise InputError(f"no column {theirs!r}; the table has: {', '.join(filter(None, headers))}")
    return places[normalise(theirs)]


def _read_profile(table: dict[str, Any]) -> Profile:
    return Profile(
        name=table["name"],
        title=table["title"],
        columns={ours: tuple(map(normalise, theirs)) for ours, theirs in table["columns"].items()},
        required=tuple(
            header if header == "#" else normalise(header) for header in table["required"]
        ),
        attribution=table.get("attribution"),
        dates=table.get("dates"),
        split_place=table.get("split_place"),
        positions={int(n): tuple(words.split()) for n, words in table.get("positions", {}).items()},
        values=table.get("values", {}),
        defaults=table.get("defaults", {}),
        totals=tuple(table.get("totals", ())),
        our_names=table.get("our_names", False),
        our_cells=table.get("our_cells", False),
    )
