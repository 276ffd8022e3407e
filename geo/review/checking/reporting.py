"""Write what a check found: CSV, GeoJSON, or one static page."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence
from html import escape
from importlib import resources
from pathlib import Path
from string import Template
from typing import Any

from geo.errors import UnknownFormatError
from geo.exporters.atomic import write_bytes
from geo.exporters.rows import clean
from geo.exporters.spreadsheet import write_table
from geo.review.cells import map_link
from geo.review.checking.findings import Finding

_COLUMNS = ("row", "event_id", "code", "column", "value", "explanation", "suggestion")
Findings = Sequence[Finding]


def write_findings(path: str | Path, findings: Findings, source: str) -> None:
    """Write findings about the table `source`; the ending says the format.

    Raises :class:`geo.errors.UnknownFormatError` for another than .csv, .geojson and .html.
    """
    path = Path(path)
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UnknownFormatError(f"{path}: findings are written as {', '.join(WRITERS)}")
    writer(path, findings, source)


def _write_csv(path: Path, findings: Findings, _source: str) -> None:
    rows = [[*_cells(f), f.lon, f.lat] for f in findings]
    write_table(path, (*_COLUMNS, "longitude", "latitude"), rows)


def _write_geojson(path: Path, findings: Findings, source: str) -> None:
    import orjson

    collection = {
        "type": "FeatureCollection",
        "title": f"Findings in {source}",
        "features": [_feature(finding) for finding in findings],
    }
    write_bytes(path, orjson.dumps(collection, option=orjson.OPT_APPEND_NEWLINE))


def _feature(finding: Finding) -> dict[str, Any]:
    properties = dict(zip(_COLUMNS, _cells(finding), strict=True))
    known = finding.lon is not None and finding.lat is not None
    inside = known and abs(finding.lon or 0) <= 180 and abs(finding.lat or 0) <= 90
    point = {"type": "Point", "coordinates": [finding.lon, finding.lat]} if inside else None
    return {"type": "Feature", "geometry": point, "properties": properties}


def _write_html(path: Path, findings: Findings, source: str) -> None:
    template = resources.files("geo.review.checking").joinpath("page.html").read_text("utf-8")
    counts = Counter(finding.code for finding in findings)
    rows = len({finding.row for finding in findings})
    page = Template(template).substitute(
        title=escape(clean(f"Findings in {source}")),
        summary=escape(f"{len(findings)} findings in {rows} rows. Nothing was changed."),
        tables="\n".join(_table(code, findings) for code in counts),
    )
    write_bytes(path, page.encode())


def _table(code: str, findings: Findings) -> str:
    own = [finding for finding in findings if finding.code == code]
    rows = "\n".join(_row(finding) for finding in own)
    names = ("row", "event", "column", "value", "what is odd", "what to do", "map")
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    caption = escape(f"{plain_code(code)}: {len(own)}")
    return (
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>\n{rows}\n</tbody></table>"
    )


def _row(finding: Finding) -> str:
    link = ""
    if finding.lon is not None and finding.lat is not None:
        url = escape(map_link(finding.lon, finding.lat), quote=True)
        link = f'<a href="{url}" rel="noreferrer">map</a>'
    row, event, _, *texts = (
        escape(clean(str(v))) if v is not None else "" for v in _cells(finding)
    )
    cells = "".join(f"<td>{text}</td>" for text in (event, *texts))
    return f'<tr><td class="number">{row}</td>{cells}<td>{link}</td></tr>'


def _cells(finding: Finding) -> list[Any]:
    record = dataclasses.asdict(finding)
    return [clean(v) if isinstance(v := record[name], str) else v for name in _COLUMNS]


def plain_code(code: str) -> str:
    """Return a rule's name in words.

    >>> plain_code("far_from_place")
    'far from place'
    """
    return code.replace("_", " ")


WRITERS: dict[str, Callable[[Path, Findings, str], None]] = {
    ".csv": _write_csv,
    ".geojson": _write_geojson,
    ".html": _write_html,
}
