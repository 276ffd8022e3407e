"""Run the command line in this process, as the console script does."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from geo import cli


@dataclass(frozen=True)
class Ran:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def complaints(self) -> list[str]:
        return [line.removeprefix("conflict-map: ") for line in self.err.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> Run:
    def run(*arguments: object, stdin: str | bytes = b"") -> Ran:
        content = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "argv", ["conflict-map", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        code: Any = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code
        sys.stdout.flush()
        printed = capfdbinary.readouterr()
        return Ran(int(code or 0), printed.out.decode(), printed.err.decode())

    return run
