"""Find a format by its name; adding one is one module and one line here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import UnknownFormatError
from geo.exporters.about import About, describe_sources
from geo.exporters.publication import PublicationRules, publish

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.models import Event
    from geo.place_columns import Ancestry


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """Hold the module that writes a format, the ending of its files, and what it is."""

    module: str
    ending: str
    about: str


FORMATS: dict[str, Format] = {
    "geojson": Format(module="geojson", ending=".geojson", about="GeoJSON, RFC 7946"),
    "gpkg": Format(module="geopackage", ending=".gpkg", about="GeoPackage, styled for QGIS"),
    "fgb": Format(module="flatgeobuf", ending=".fgb", about="FlatGeobuf"),
    "parquet": Format(module="geoparquet", ending=".parquet", about="GeoParquet 1.1"),
    "kml": Format(module="kml", ending=".kml", about="KML with time"),
    "csv": Format(module="table_csv", ending=".csv", about="CSV, UTF-8"),
    "hxl": Format(module="table_hxl", ending=".hxl.csv", about="CSV with a row of HXL tags"),
    "xlsx": Format(module="table_xlsx", ending=".xlsx", about="Excel workbook"),
    "acled": Format(module="acled", ending=".acled.csv", about="CSV with ACLED's columns"),
    "ucdp": Format(module="ucdp", ending=".ucdp.csv", about="CSV with UCDP GED's columns"),
    "jsonl": Format(module="jsonl", ending=".events.jsonl", about="one full record a line"),
}
_OTHER_NAMES = {
    "geopackage": "gpkg", "flatgeobuf": "fgb", "geoparquet": "parquet", "json": "geojson",
    "excel": "xlsx",
}  # fmt: skip


def format_of(name: str) -> str:
    """Return the name in the registry of a format or a file name.

    Raises :class:`geo.errors.UnknownFormatError`, naming the known ones.

    >>> format_of("GeoPackage"), format_of("out/events.acled.csv"), format_of("a.fgb")
    ('gpkg', 'acled', 'fgb')
    """
    word = name.strip().lower().lstrip(".")
    word = _OTHER_NAMES.get(word, word)
    if word in FORMATS:
        return word
    endings = {f.ending: key for key, f in FORMATS.items()} | {
        ".jsonl": "jsonl",
        ".json": "geojson",
    }
    for ending in sorted(endings, key=len, reverse=True):
        if word.endswith(ending):
            return endings[ending]
    raise UnknownFormatError(f"no format {name!r}; there are: {', '.join(FORMATS)}")


def write_frame(
    frame: GeoDataFrame,
    path: str | Path,
    *,
    format: str | None = None,
    rules: PublicationRules | None = None,
    about: About | None = None,
    **options: Any,  # noqa: ANN401 - each format has its own
) -> Path:
    """Publish a frame of the schema to one file, whose ending says the format unless given.

    `rules` decide what goes out, and how exactly; `options` go to the format's writer, such as
    ``bom=True`` for CSV. The file appears whole or not at all. Returns its path. Raises
    :class:`geo.errors.UnknownFormatError` and :class:`geo.errors.ExportError`.

    >>> import tempfile
    >>> import geo
    >>> frame = geo.read_frame("outputs/example/article.it.geojson")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     geo.write_frame(frame, f"{folder}/events.gpkg").name
    'events.gpkg'
    """
    about = about or describe_sources(frame)
    ready = publish(frame, rules).frame
    return write_published_file(ready, path, format=format, about=about, **options)


def write_published_file(
    published: GeoDataFrame,
    path: str | Path,
    *,
    format: str | None = None,
    events: Sequence[Event] = (),
    exact: bool = False,
    about: About | None = None,
    **options: Any,  # noqa: ANN401 - each format has its own
) -> Path:
    """Write a frame that :func:`publish` returned to one file; return its path.

    In JSONL the full records of `events` stand, as in :func:`write_published`.
    """
    from geo.exporters.jsonl import write_records

    path = Path(path)
    name = format_of(format or path.name)
    about = about or describe_sources(published)
    if name == "jsonl" and events:
        write_records(events, published, path, about=about, exact=exact)
    else:
        module = import_module(f"geo.exporters.{FORMATS[name].module}")
        module.write(published, path, about=about, **options)
    return path


def write_published_parts(
    parts: Iterable[GeoDataFrame],
    path: str | Path,
    *,
    format: str | None = None,
    located: bool = False,
    about: About,
) -> Path:
    """Write published frames that come one after the other to one file; return its path.

    `located` says that none of the events lacks a place. Formats whose module has no
    ``write_parts`` (of KML, Excel and those of other projects) hold all events at once.
    """
    import pandas as pd

    path = Path(path)
    name = format_of(format or path.name)
    module = import_module(f"geo.exporters.{FORMATS[name].module}")
    if hasattr(module, "write_parts"):
        module.write_parts(parts, path, about=about, located=located)
    else:
        module.write(pd.concat(list(parts), ignore_index=True), path, about=about)
    return path


def write_events(
    events: Iterable[Event],
    folder: str | Path,
    stem: str,
    *,
    formats: Sequence[str] = ("geojson", "jsonl"),
    rules: PublicationRules | None = None,
    gazetteer: Ancestry | None = None,
    about: About | None = None,
) -> dict[str, Path]:
    """Publish events to ``folder/stem`` with each format's ending; return the paths by format.

    JSONL carries the full nested records, all other formats the flat table.

    >>> import tempfile
    >>> import geo
    >>> events = tuple(geo.read_events("outputs/example/article.it.events.jsonl"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = geo.write_events(events, folder, "front", formats=["jsonl", "xlsx"])
    >>> [path.name for path in paths.values()]
    ['front.events.jsonl', 'front.xlsx']
    """
    from geo.frame import to_geodataframe

    names = formats_of(formats)
    events = tuple(events)
    published = publish(to_geodataframe(events, gazetteer=gazetteer), rules).frame
    exact = bool(rules and rules.exact)
    return write_published(
        published, folder, stem, formats=names, events=events, exact=exact, about=about
    )


def write_published(
    published: GeoDataFrame,
    folder: str | Path,
    stem: str,
    *,
    formats: Sequence[str],
    events: Sequence[Event] = (),
    exact: bool = False,
    about: About | None = None,
) -> dict[str, Path]:
    """Write a frame that :func:`publish` returned to each format; return the paths by format.

    Of the `events` that the frame still holds JSONL carries the full nested records (unless
    `exact` with no finer coordinate than the frame's); its other rows are flat there.
    """
    about = about or describe_sources(published)
    paths = paths_of(folder, stem, formats)
    for name, path in paths.items():
        write_published_file(published, path, format=name, events=events, exact=exact, about=about)
    return paths


def paths_of(folder: str | Path, stem: str, formats: Iterable[str]) -> dict[str, Path]:
    """Return where each format is written, by its name."""
    return {name: Path(folder) / f"{stem}{FORMATS[name].ending}" for name in formats_of(formats)}


def formats_of(names: Iterable[str]) -> list[str]:
    """Return the names in the registry of several formats, each once."""
    return list(dict.fromkeys(format_of(name) for name in names))
