"""Run the command line in the tests of exporters too."""

from tests.cli.conftest import run

__all__ = ["run"]
