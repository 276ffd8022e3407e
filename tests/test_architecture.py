"""ARCHITECTURE.md and the READMEs of the rooms say what is there, and stay short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
ROOMS = sorted([ROOT / "gazetteer" / "README.md", *ROOT.glob("g*/*/README.md")])
WORDS = 1_300  # two printed pages


def packages():
    folders = [path.parent for path in (ROOT / "geo").glob("*/__init__.py")]
    return sorted(f"geo/{folder.name}" for folder in folders)


@pytest.mark.parametrize("package", packages())
def test_every_room_is_in_the_table(package):
    assert re.search(rf"^\| .*`{package}`.* \|", PAGE, re.M), package


@pytest.mark.parametrize("path", [ROOT / "ARCHITECTURE.md", *ROOMS], ids=lambda p: p.parent.name)
def test_what_is_named_exists(path):
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:geo|gazetteer|tests)/[\w./-]+)`", text))
    named |= {
        f"{path.parent.relative_to(ROOT)}/{name}" for name in re.findall(r"`(\w+\.py)`", text)
    }
    linked = set(re.findall(r"\]\(([\w./-]+)\)", text))
    missing = [name for name in named if not (ROOT / name).exists() and not _elsewhere(name)]
    missing += [name for name in linked if not (path.parent / name).exists()]
    assert not [name for name in missing if "xx" not in name]


def _elsewhere(name):
    """A module that is named without its folder lies somewhere in the packages."""
    return any(ROOT.glob(f"geo/**/{Path(name).name}"))


def test_two_pages_are_enough():
    assert len(PAGE.split()) < WORDS


def test_decisions_are_numbered():
    numbers = [int(number) for number in re.findall(r"^(\d+)\. \*\*", PAGE, re.M)]
    assert numbers == list(range(1, len(numbers) + 1))
