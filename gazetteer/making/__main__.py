"""Make all tables: ``python -m gazetteer.making FOLDER-OF-ORIGINALS``."""

from __future__ import annotations

import sys
from pathlib import Path

from gazetteer.making.admin_units import make_admin_units
from gazetteer.making.codifier import make_codifier, read_entries
from gazetteer.making.countries import make_countries
from gazetteer.making.features import make_features
from gazetteer.making.outlines import make_outlines
from gazetteer.making.postal_places import make_postal_places
from gazetteer.making.renamed import make_renamed
from gazetteer.making.seats import make_seats
from gazetteer.making.third_level import make_third_level
from gazetteer.making.units import read_units

DATA = Path(__file__).parents[1] / "data"


def make_all(originals: Path, data: Path = DATA) -> None:
    """Make every table of `data` from the packages in `originals`."""
    units = read_units(originals)
    entries = read_entries(units)
    outlines = make_outlines(data, originals, units)
    make_countries(data, originals, outlines)
    spots = make_admin_units(data, units, outlines)
    by_katottg = {unit.katottg: spots[unit.row] for unit in units if unit.katottg}
    make_features(data, originals)
    make_codifier(data, originals, entries, by_katottg, outlines)
    make_renamed(data, units, entries)
    make_seats(data)
    make_third_level(data, originals)
    make_postal_places(data, originals)


if __name__ == "__main__":
    make_all(Path(sys.argv[1]))
