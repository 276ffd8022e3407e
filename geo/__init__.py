"""Map conflict events: text or tables in, places, claims and events out.

>>> import geo
>>> events = geo.read_text("outputs/example/article.it.txt", published="2023-08-15").events()
>>> frame = geo.to_geodataframe(events)
>>> print(geo.summarise(frame).killed)
3
>>> geo.to_map(frame, title="Ferragosto").to_html()[:15]
'<!DOCTYPE html>'
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer import open_gazetteer
    from geo.exporters import PublicationRules, publish, write_events, write_frame
    from geo.exporters.postgis import write_postgis
    from geo.exporters.reading import read_events, read_frame
    from geo.frame import to_geodataframe
    from geo.models import Document, Event
    from geo.pipeline import extract, extract_events
    from geo.readers.table import read_table
    from geo.reading import Reading, read_jsonl, read_string, read_text, read_texts
    from geo.review import Judge, read_decisions, review_events, review_frame
    from geo.review.checking import check_table
    from geo.tables import resolve_table
    from geo.totals import summarise
    from geo.webmap import to_map, write_map

__all__ = [
    "Document",
    "Event",
    "Judge",
    "PublicationRules",
    "Reading",
    "check_table",
    "extract",
    "extract_events",
    "open_gazetteer",
    "publish",
    "read_decisions",
    "read_events",
    "read_frame",
    "read_jsonl",
    "read_string",
    "read_table",
    "read_text",
    "read_texts",
    "resolve_table",
    "review_events",
    "review_frame",
    "summarise",
    "to_geodataframe",
    "to_map",
    "write_events",
    "write_frame",
    "write_map",
    "write_postgis",
]

# Names are loaded when first used (PEP 562), so that `import geo` costs nothing.
_HOMES = {
    "Document": "geo.models",
    "Event": "geo.models",
    "Judge": "geo.review",
    "PublicationRules": "geo.exporters",
    "Reading": "geo.reading",
    "check_table": "geo.review.checking",
    "extract": "geo.pipeline",
    "extract_events": "geo.pipeline",
    "open_gazetteer": "gazetteer",
    "publish": "geo.exporters",
    "read_decisions": "geo.review",
    "read_events": "geo.exporters.reading",
    "read_frame": "geo.exporters.reading",
    "read_jsonl": "geo.reading",
    "read_string": "geo.reading",
    "read_table": "geo.readers.table",
    "read_text": "geo.reading",
    "read_texts": "geo.reading",
    "resolve_table": "geo.tables",
    "review_events": "geo.review",
    "review_frame": "geo.review",
    "summarise": "geo.totals",
    "to_geodataframe": "geo.frame",
    "to_map": "geo.webmap",
    "write_events": "geo.exporters",
    "write_frame": "geo.exporters",
    "write_map": "geo.webmap",
    "write_postgis": "geo.exporters.postgis",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'geo' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
