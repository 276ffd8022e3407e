"""Write KML 2.2 with time, places folded by kind, text that runs nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from geo.exporters.about import About
from geo.exporters.atomic import replacing
from geo.exporters.rows import plain_rows
from geo.schema import COLUMNS, ColumnType

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

Shape = Any  # shapely geometries of any type, or None
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_TYPES: dict[ColumnType, str] = {
    "text": "string", "day": "string", "json": "string",
    "count": "int", "integer": "int", "number": "double", "flag": "bool",
}  # fmt: skip
_SHOWN = ("sentence", "date_text", "place_name", "admin1", "country", "source_name", "source_url")


def write(frame: GeoDataFrame, path: Path, *, about: About) -> None:
    """Write one placemark an event: ``TimeSpan``, geometry, all columns as ``ExtendedData``.

    Unresolved events are placemarks without geometry. Descriptions are plain text, escaped
    once for XML and once for the HTML that viewers take them for.
    """
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8") as stream:
        stream.writelines(_lines(frame, about))


def _lines(frame: GeoDataFrame, about: About) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n'
    yield f"<Document><name>{_text(about.title)}</name>\n"
    yield f"<description>{_html(f'{about.note} {about.credit}')}</description>\n"
    fields = (
        f"<SimpleField type={quoteattr(_TYPES[c.type])} name={quoteattr(c.name)}/>" for c in COLUMNS
    )
    yield f'<Schema name="event" id="event">{"".join(fields)}</Schema>\n'
    yield "<Folder><name>events</name>\n"
    for row, shape in zip(plain_rows(frame), frame.geometry, strict=True):
        yield _placemark(row, shape)
    yield "</Folder></Document>\n</kml>\n"


def _placemark(row: dict[str, Any], shape: Shape) -> str:
    name = row["title"] or row["event_subtype"] or row["event_type"] or row["event_id"] or ""
    words = "\n".join(str(row[key]) for key in _SHOWN if row[key])
    data = "".join(
        f"<SimpleData name={quoteattr(key)}>{_text(value)}</SimpleData>"
        for key, value in row.items()
        if value is not None
    )
    return (
        f"<Placemark><name>{_text(name)}</name><description>{_html(words)}</description>"
        f"{_time(row)}<ExtendedData><SchemaData schemaUrl='#event'>{data}</SchemaData>"
        f"</ExtendedData>{_geometry(shape)}</Placemark>\n"
    )


def _time(row: dict[str, Any]) -> str:
    begin, end = row["date_start"], row["date_end"]
    if not begin and not end:
        return ""
    parts = (f"<begin>{begin}</begin>" if begin else "", f"<end>{end}</end>" if end else "")
    return f"<TimeSpan>{''.join(parts)}</TimeSpan>"


def _geometry(shape: Shape) -> str:
    if shape is None or shape.is_empty:
        return ""
    parts = getattr(shape, "geoms", None)
    if parts is not None:
        return f"<MultiGeometry>{''.join(_geometry(part) for part in parts)}</MultiGeometry>"
    if shape.geom_type == "Polygon":
        holes = "".join(f"<innerBoundaryIs>{_ring(r)}</innerBoundaryIs>" for r in shape.interiors)
        return (
            f"<Polygon><outerBoundaryIs>{_ring(shape.exterior)}</outerBoundaryIs>{holes}</Polygon>"
        )
    return f"<{shape.geom_type}><coordinates>{_points(shape)}</coordinates></{shape.geom_type}>"


def _ring(ring: Shape) -> str:
    return f"<LinearRing><coordinates>{_points(ring)}</coordinates></LinearRing>"


def _points(shape: Shape) -> str:
    import shapely

    return " ".join(f"{lon:.7g},{lat:.7g}" for lon, lat in shapely.get_coordinates(shape).tolist())


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"  # GDAL reads the words as 0
    return escape(_FORBIDDEN.sub("", str(value)))


def _html(text: str) -> str:
    return _text(escape(text)).replace("\n", "&lt;br&gt;")
