"""Write events to files: one module a format, one line a format in the registry."""

from geo.exporters.about import About, describe_sources
from geo.exporters.publication import PublicationRules, Published, publish
from geo.exporters.registry import (
    FORMATS,
    format_of,
    formats_of,
    paths_of,
    write_events,
    write_frame,
    write_published,
    write_published_file,
    write_published_parts,
)

__all__ = [
    "FORMATS",
    "About",
    "PublicationRules",
    "Published",
    "describe_sources",
    "format_of",
    "formats_of",
    "paths_of",
    "publish",
    "write_events",
    "write_frame",
    "write_published",
    "write_published_file",
    "write_published_parts",
]
