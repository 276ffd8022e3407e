"""Numbers that may count victims and make no figure: `explain` says why."""

from __future__ import annotations

import pytest

from gazetteer import open_gazetteer
from geo.events.left_out import TOTAL, WAR, numbers_left_out
from geo.models import Document
from geo.pipeline import annotate


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Four died in the Kharkiv region: three in Vovchansk and one in Kupiansk.",
         [("Four", TOTAL)]),
        ("it", "Raid su Kupiansk e Vovchansk: quattro morti\n\nUn razzo ha ucciso tre persone a "
         "Kupiansk. A Vovchansk un drone ha ucciso un uomo.", [("quattro", TOTAL)]),
        ("en", "Russia has lost 412,000 troops in Ukraine since the invasion began.",
         [("412,000", WAR)]),
        ("en", "Four people were killed in the Sumy region. In Kupiansk three died, in Vovchansk "
         "one.", []),
        ("en", "Three people were killed in Kupiansk, two in Vovchansk and one in Izium.", []),
    ],
)  # fmt: skip
def test_what_is_left_out(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    document = Document(id="case", text=text, language=language)
    found = numbers_left_out(annotate(document, open_gazetteer()))
    assert [(quantity.text, why) for quantity, why in found] == expected
