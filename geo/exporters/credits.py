"""Read the attributions that our own files carry, so that they are carried on."""

from __future__ import annotations

from pathlib import Path

from geo.exporters.spreadsheet import METADATA_ENDING

_SEPARATOR = " · "  # between attributions on one line, as About.credit writes them


def read_credits(path: str | Path) -> tuple[str, ...]:
    """Return the attributions in a file, or beside it; none where there are none."""
    path = Path(path)
    readers = {
        ".geojson": _of_geojson, ".gpkg": _of_layer, ".parquet": _of_parquet, ".xlsx": _of_xlsx,
    }  # fmt: skip
    beside = path.with_name(path.name + METADATA_ENDING)
    if beside.is_file():
        return _of_metadata(beside)
    read = readers.get(path.suffix.lower())
    return read(path) if read else ()


def _of_metadata(path: Path) -> tuple[str, ...]:
    import orjson

    return _lines(orjson.loads(path.read_bytes()).get("dc:source"))


def _of_geojson(path: Path) -> tuple[str, ...]:
    import orjson

    return _lines(orjson.loads(path.read_bytes()).get("attribution"))


def _of_layer(path: Path) -> tuple[str, ...]:
    import pyogrio

    for name, _kind in pyogrio.list_layers(path):
        found = pyogrio.read_info(path, layer=name).get("layer_metadata") or {}
        if found.get("ATTRIBUTION"):
            return _lines(found["ATTRIBUTION"])
    return ()


def _of_parquet(path: Path) -> tuple[str, ...]:
    import pyarrow.parquet as pq

    found = (pq.read_schema(path).metadata or {}).get(b"attribution", b"")
    return _lines(found.decode())


def _of_xlsx(path: Path) -> tuple[str, ...]:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    if "about" not in book.sheetnames:
        return ()
    rows = [row[0] for row in book["about"].iter_rows(min_row=3, values_only=True) if row]
    book.close()
    return _lines(rows)


def _lines(found: object) -> tuple[str, ...]:
    if isinstance(found, str):
        found = found.split(_SEPARATOR)
    if not isinstance(found, list):
        return ()
    return tuple(line for line in found if isinstance(line, str) and line)
