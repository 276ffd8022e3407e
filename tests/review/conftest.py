"""The gazetteer, once, and the command line."""

from __future__ import annotations

import pytest

from gazetteer import open_gazetteer
from tests.cli.conftest import run

__all__ = ["run"]


@pytest.fixture(scope="session")
def gazetteer():
    return open_gazetteer()
