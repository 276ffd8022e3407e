"""What reading a table of events costs: places resolved, against pandas reading the same file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from gazetteer import Gazetteer
from geo.inputs import read_table_frame
from tests.benchmarks.measuring import Figure, cpu

ROWS = 5_000
PLACES = ("Kharkiv", "Kherson", "Sumy", "Nikopol", "Bakhmut", "Odesa", "Chernihiv", "Izium")


def measure_tables(gazetteer: Gazetteer) -> Iterator[Figure]:
    """Yield the rate of rows without coordinates."""
    rows = [
        {"date": f"2024-05-{n % 28 + 1:02d}", "country": "Ukraine",
         "place": PLACES[n % len(PLACES)], "event_type": "Battles", "fatalities": n % 5,
         "notes": f"Report number {n}."}
        for n in range(ROWS)
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.csv"
        pd.DataFrame(rows).to_csv(path, index=False)
        taken = cpu(lambda: read_table_frame(path, gazetteer), 2)
        floor = cpu(lambda: pd.read_csv(path), 2)
    yield Figure(name=f"table of {ROWS:,} rows, places resolved", value=ROWS / taken, unit="rows/s",
                 ratio=taken / floor, to="pandas reading the file")  # fmt: skip
