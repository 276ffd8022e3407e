"""Every command and every format is in the README; importing the package loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from geo.cli import make_app
from geo.exporters import FORMATS

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
HEAVY = ("numpy", "pandas", "geopandas", "folium", "shapely", "matplotlib", "trafilatura", "rich")


def commands() -> Iterator[str]:
    group = typer.main.get_command(make_app())
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        yield from [f"{name} {sub}" for sub in inner] if inner else [name]


@pytest.mark.parametrize("name", list(commands()))
def test_every_command_is_in_the_readme(name):
    assert f"conflict-map {name}" in README


def test_the_list_of_commands_cuts_no_sentence_short(run):
    ran = run("--help")
    assert "..." not in ran.out.partition("Commands:")[2]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_in_the_readme(name):
    assert f"`{name}`" in README


@pytest.mark.parametrize(
    "begun", ["import geo", "import geo.cli; geo.cli.make_app()", "import gazetteer"]
)
def test_nothing_heavy_is_imported_before_it_is_needed(begun):
    code = f"{begun}; import sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
