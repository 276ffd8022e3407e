"""Time what a user waits for: whole processes on the example article, median of five.

Run with ``make bench``; no test, because a busy machine proves nothing.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ARTICLE = str(Path(__file__).parents[2] / "outputs" / "example" / "article.it.txt")
COMMAND = [sys.executable, "-m", "geo.cli"]
DATED = [ARTICLE, "--published", "2023-08-15", "--quiet"]


def seconds(command: list[str], times: int = 5) -> float:
    """Return the median wall-clock time of a command after one run to warm up."""
    taken = []
    for _ in range(times + 1):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken[1:])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        cases = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "import geo": [sys.executable, "-c", "import geo"],
            "--help": [*COMMAND, "--help"],
            "extract": [*COMMAND, "extract", *DATED, "-o", f"{folder}/out.jsonl"],
            "map": [*COMMAND, "map", *DATED, "-o", folder],
        }
        for name, command in cases.items():
            print(f"{name:<16}{seconds(command):6.2f} s")


if __name__ == "__main__":
    main()
