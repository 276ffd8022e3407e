"""Open the gazetteer once for all tests of resolution."""

import pytest

from gazetteer import open_gazetteer


@pytest.fixture(scope="session")
def gazetteer():
    return open_gazetteer()
