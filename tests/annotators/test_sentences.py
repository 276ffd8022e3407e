"""Where sentences end: paragraphs, headings, abbreviations, and kinds of places that begin one."""

from __future__ import annotations

import pytest

from geo.annotators.sentences import find_sentences
from geo.annotators.tokens import find_tokens
from geo.languages import load_language

# language, the sentences of a text between bars
CASES = [
    ("en", "Two died in St. Petersburg.| Three were hurt."),
    ("en", "He met Gen. Smith at 10 a.m. on Monday.| Nobody was hurt."),
    ("it", "Il gen. Rossi parla.| Due morti."),
    ("de", "Am 14. August starben drei Menschen.| Zwei sind verletzt."),
    ("fr", "M. Petit est mort.| Deux blessés."),
    ("ru", "В г. Купянск погиб мужчина.| Ранены двое."),
    ("ru", "Погиб мужчина.| г. Купянск — ранены двое.| с. Двуречная — без пострадавших."),
    ("ru", "г. Волчанск — погиб мужчина 1960 г. р.| г. Купянск — ранены двое."),
    ("ru", "Ранены жители ул. Мира, д. 5 и с. Двуречная."),
    ("uk", "Загинув чоловік 1960 р. н.| м. Куп'янськ — поранено двох."),
    ("uk", "Обстріляно с. Дворічна та м. Куп'янськ.| Без постраждалих."),
    ("pl", "Zginął por. Nowak.| Rannych jest dwóch żołnierzy."),
    ("es", "El gral. Ruiz murió.| Hay dos heridos."),
]


@pytest.mark.parametrize(("language", "barred"), CASES)
def test_where_sentences_end(language: str, barred: str) -> None:
    pack = load_language(language)
    text = barred.replace("|", "")
    found = [span.of(text) for span in find_sentences(text, find_tokens(text, pack), pack)]
    assert found == [part.strip() for part in barred.split("|")]
