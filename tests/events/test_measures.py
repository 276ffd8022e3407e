"""Square kilometres in words, in other units and told twice count once, as they are told."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer import open_gazetteer
from geo.models import Document
from geo.pipeline import extract

AREAS = (
    ("en", "Troops liberated 41 square kilometers (about 16 square miles) near Tokmak.", [41.0]),
    ("en", "Troops liberated 16 square miles (41 sq km) near Tokmak.", [41.0]),
    ("en", "Troops captured 1,200 hectares (12 sq km) near Tokmak.", [12.0]),
    ("en", "Troops liberated 12 sq km near Tokmak and 3 km² (1.2 sq mi) near Orikhiv.",
     [12.0, 3.0]),
    ("en", "Troops liberated 12 sq km near Tokmak and 12 hectares near Orikhiv.", [12.0, 0.12]),
    ("en", "Troops captured two and a half square miles near Tokmak.", [6.47]),
    ("en", "Troops captured half a square mile near Tokmak.", [1.29]),
    ("en", "Troops liberated a square kilometre near Tokmak.", [1.0]),
    ("it", "Vicino a Tokmak l'esercito ha liberato un chilometro quadrato.", [1.0]),
    ("it", "Vicino a Tokmak l'esercito ha liberato un chilometro quadrato e mezzo.", [1.5]),
    ("it", "Vicino a Tokmak l'esercito ha liberato mezzo chilometro quadrato.", [0.5]),
    ("it", "Le truppe hanno preso 31,75 chilometri quadrati vicino ad Avdiivka.", [31.75]),
    ("fr", "Devant Tokmak, l'armée a repris un kilomètre carré et demi.", [1.5]),
    ("fr", "Près de Tokmak, un demi-kilomètre carré a été libéré lundi.", [0.5]),
    ("es", "Cerca de Tokmak el ejército liberó un kilómetro cuadrado y medio.", [1.5]),
    ("es", "Cerca de Tokmak el ejército liberó medio kilómetro cuadrado.", [0.5]),
    ("de", "Bei Tokmak befreite die Armee einen Quadratkilometer.", [1.0]),
    ("de", "Bei Tokmak befreite die Armee einen halben Quadratkilometer.", [0.5]),
    ("pl", "Pod Tokmakiem wyzwolono pół kilometra kwadratowego.", [0.5]),
    ("uk", "Під Токмаком звільнено пів квадратного кілометра.", [0.5]),
    ("uk", "Під Токмаком звільнено три з половиною квадратних кілометри.", [3.5]),
    ("ru", "За сутки под Токмаком занято 1,2 тыс. кв. км.", [1200.0]),
    ("pl", "W minionym tygodniu Rosjanie posunęli się o 2 km kw. pod Kupiańskiem.", [2.0]),
    ("pl", "Rosjanie posunęli się pod Orichowem o 12 hektarów.", [0.12]),
    ("de", "Der Feind rückte bei Orichiw um 3,5 Quadratkilometer vor.", [3.5]),
    ("de", "Der Feind rückte bei Orichiw um 3,5 km² vor.", [3.5]),
    ("uk", "Ворог просунувся біля Оріхова на 5 кв. км. Загалом від червня — 21.", [5.0, 21.0]),
    ("ru", "Под Токмаком освобождена половина квадратного километра.", [0.5]),
)  # fmt: skip
HEADLINES = (
    ("de", "Drei Quadratkilometer befreit\n\nBei Tokmak habe die Armee vergangene Woche drei "
     "Quadratkilometer befreit, sagte ein Sprecher.", [("Tokmak", 3.0)]),
    ("en", "Army takes back 12 km² near Tokmak\n\nTroops liberated 12 square kilometres near "
     "Tokmak last week, a spokesman said.", [("Tokmak", 12.0)]),
    ("en", "Army takes back 12 km²\n\nTroops liberated 8 square kilometres near Tokmak last week, "
     "and 4 near Orikhiv, a spokesman said.",
     [(None, 12.0), ("Tokmak", 8.0), ("Orikhiv", 4.0)]),
)  # fmt: skip


def read(language: str, text: str):
    document = Document(id="case", text=text, language=language, published=date(2024, 11, 20))
    return [event for event in extract(document, open_gazetteer()).events if event.area]


@pytest.mark.parametrize(("language", "text", "expected"), AREAS)
def test_an_area_is_what_is_told(language, text, expected):
    assert [event.area.best for event in read(language, text)] == expected


@pytest.mark.parametrize(("language", "text", "expected"), HEADLINES)
def test_a_headline_and_its_body_tell_one_area(language, text, expected):
    places = [
        (e.place.mention.text if e.place else None, e.area.best) for e in read(language, text)
    ]
    assert places == expected
