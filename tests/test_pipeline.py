"""What reading a document owes to the process that it runs in."""

from __future__ import annotations

import gc
from datetime import date

import pytest

from gazetteer import open_gazetteer
from geo.errors import UnknownLanguageError
from geo.models import Document
from geo.pipeline import extract

ARTICLES = [
    Document(id=language, text=text, language=language, published=date(2024, 5, 13))
    for language, text in {
        "en": "Two people were killed in Kharkiv on Monday. On Tuesday shelling hit Kupiansk, "
        "10 km north of Kivsharivka, where at least three were injured, the governor said.",
        "it": "Un morto a Kharkiv, due a Zaporizhzhia. Ieri 3 km² sono stati liberati a Robotyne.",
        "uk": "У Нікополі загинула жінка, ще четверо людей поранені внаслідок обстрілу 12 травня.",
    }.items()
]  # fmt: skip


@pytest.mark.parametrize("document", ARTICLES, ids=lambda document: document.id)
def test_reading_makes_no_cycles(document: Document) -> None:
    """The search for cyclic garbage is put off while a document is read: there is none."""
    gazetteer = open_gazetteer()
    extract(document, gazetteer)  # packs and weights are loaded once, with what garbage they make
    gc.collect()
    gc.disable()
    try:
        extract(document, gazetteer)
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was(enabled: bool) -> None:
    """Also where reading fails."""
    gazetteer = open_gazetteer()
    (gc.enable if enabled else gc.disable)()
    try:
        extract(ARTICLES[0], gazetteer)
        assert gc.isenabled() == enabled
        with pytest.raises(UnknownLanguageError):
            extract(Document(id="?", text="12 34"), gazetteer)
        assert gc.isenabled() == enabled
    finally:
        gc.enable()
