"""Build the index of the embedded sources, half of the work in a second process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.index_files import write_files
from gazetteer.indexing import Columns, collect_columns, no_garbage_collection
from gazetteer.second_process import Elsewhere
from gazetteer.sources.embedded import read_after_points, read_before_points, read_named_points

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.indexing import Progress


def collect_points() -> Columns:
    """Return the columns of the GeoNames points, which are three quarters of all places."""
    return collect_columns(read_named_points())


def build_embedded(
    folder: Path, *, about: dict[str, Any], progress: Progress | None = None
) -> None:
    """Write the index of all embedded sources into `folder`, which must be empty.

    The bytes are the same as those of :func:`gazetteer.indexing.write_index` with
    :func:`gazetteer.sources.embedded.read_embedded`, with or without a second process.
    """
    tell = progress or (lambda step, done: None)
    with no_garbage_collection(), Elsewhere(collect_points) as points:
        tell("places", 0.0)
        columns = collect_columns(read_before_points())
        tell("places", 0.1)
        rest = collect_columns(read_after_points())
        tell("places", 0.2)
        columns.extend(points.result())
        tell("places", 0.4)
        columns.extend(rest)
        write_files(folder, columns, about=about, tell=tell)
    tell("done", 1.0)
