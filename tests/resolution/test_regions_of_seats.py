"""Regions that are named by an adjective made of their seat's name, which few sources know."""

from __future__ import annotations

import pytest

from gazetteer import open_gazetteer
from geo.models import Document
from geo.pipeline import extract


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("pl", "Ostrzał obwodu charkowskiego.", "Kharkiv Oblast"),
        ("pl", "W obwodzie zaporoskim zginęły dwie osoby.", "Zaporizhzhia Oblast"),
        ("pl", "Nad obwodem lwowskim strącono drony.", "Lviv Oblast"),
        ("pl", "W Charkowie zginęły dwie osoby.", "Kharkiv"),
        ("fr", "Frappe dans la région de Louhansk.", "Luhansk Oblast"),
        ("fr", "Frappe sur la ville de Louhansk.", "Luhansk"),
    ],
)
def test_the_region_is_meant_where_the_text_says_so(
    language: str, text: str, expected: str
) -> None:
    document = Document(id="case", text=text, language=language)
    places = [r.place.name for r in extract(document, open_gazetteer()).resolutions if r.place]
    assert places == [expected]
