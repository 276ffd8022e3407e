"""Open the gazetteer that travels with the packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.datafiles import HERE, points_file, tables
from gazetteer.lookup import Gazetteer
from gazetteer.overlay import open_overlay
from gazetteer.store import cache_folder, content_version, open_or_build

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.indexing import Progress

_MAKERS = (
    "building.py",
    "indexing.py",
    "index_files.py",
    "name_files.py",
    "names.py",
    "local_names.py",
    "russian_names.py",
    "skeletons.py",
    "fuzzy.py",
    "models.py",
    "index.py",
    "outlines.py",
    "unit_codes.py",
    "unit_names.py",
    "regions.py",
    "transliteration.py",
    "arabic_names.py",
    "azerbaijani_names.py",
    "russian_spellings.py",
    "sources/embedded.py",
    "sources/embedded_units.py",
    "sources/embedded_codifier.py",
    "sources/embedded_places.py",
    "sources/embedded_third_level.py",
    "sources/embedded_postal.py",
)


def open_gazetteer(progress: Progress | None = None) -> Gazetteer:
    """Open the gazetteer, building its index on first use (some seconds, about 100 MB).

    `progress` is called with the step's name and the fraction done while the index is built,
    and not at all when it is there already. Raises :class:`GazetteerError` when the cache
    folder cannot be written.
    """
    folder = cache_folder() / f"gazetteer-{_version()}"
    index = open_or_build(folder, lambda into: _build(into, progress))
    return Gazetteer(index, open_overlay(index, progress))


def _version() -> str:
    files = [HERE / name for name in _MAKERS] + tables()
    return content_version(files, sizes_only=[points_file()])


def _build(folder: Path, progress: Progress | None) -> None:
    from gazetteer.building import build_embedded
    from gazetteer.sources.embedded import describe

    about = {"version": _version(), "sources": describe(), "packed_outlines": True}
    build_embedded(folder, about=about, progress=progress)
