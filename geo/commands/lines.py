"""Write JSON lines, to a file that appears whole or to standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geo.errors import ExportError


def write_lines(records: Iterable[dict[str, Any]], output: Path | str) -> None:
    """Write one object a line; ``-`` is standard output."""
    import orjson

    from geo.exporters.atomic import replacing

    lines = (orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records)
    if output == "-":
        for line in lines:
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
        return
    try:
        with replacing(Path(output)) as partial, partial.open("wb") as stream:
            stream.writelines(lines)
    except OSError as error:
        raise ExportError(f"{output} cannot be written: {error.strerror}") from error
