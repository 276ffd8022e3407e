"""Whose ground an area is: a place of its sentence, of the sentences before, or none."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer import open_gazetteer
from geo.models import Document
from geo.pipeline import extract

OWNED = [
    ("en", "Last week we liberated 3 square kilometres near Robotyne. The total since June is 40.",
     [("Robotyne", 3, False), ("Robotyne", 40, True)]),
    ("en", "In April the Russians took 110 km², of which 26 near Chasiv Yar.",
     [(None, 110, True), ("Chasiv Yar", 26, False)]),
    ("en", "Russian forces seized 78 sq km over the week, against 95 the week before.",
     [(None, 78, False), (None, 95, False)]),
    ("uk", "Минулого тижня біля Роботиного звільнено півтора квадратного кілометра. "
     "Загалом від початку червня там відвойовано 53.",
     [("Роботиного", 1.5, False), ("Роботиного", 53, True)]),
    ("ru", "За апрель российские войска заняли 564 кв. км, из них 94 — под Торецком.",
     [(None, 564, True), ("Торецком", 94, False)]),
    ("de", "Bei Robotyne holten die Ukrainer vergangene Woche zwei Quadratkilometer zurück. "
     "Seit März sind es dort insgesamt 43.",
     [("Robotyne", 2, False), ("Robotyne", 43, True)]),
    ("fr", "Autour de Kourakhove, la pression ne faiblit pas. L'assaillant y a pris 74 km² depuis "
     "le 1er avril.", [("Kourakhove", 74, True)]),
    ("es", "Las tropas rusas avanzan sobre Kurájove. En ese sector han ocupado 68 kilómetros "
     "cuadrados desde abril.", [("Kurájove", 68, True)]),
    ("it", "A Kurachove i difensori tengono solo la zona industriale. In quel settore i russi "
     "hanno occupato 58 chilometri quadrati da inizio aprile.", [("Kurachove", 58, True)]),
    ("pl", "W kwietniu Rosjanie zajęli 564 km², z czego 94 w rejonie Torecka.",
     [(None, 564, True), ("Torecka", 94, False)]),
]  # fmt: skip
LANDMARKS = [  # the second place only says where the first one lies
    ("en", "Troops advanced near Verbove, south of Orikhiv, and took 3 square kilometres of "
     "fields.", "Verbove"),
    ("en", "The group moved a kilometre towards Terny, east of Lyman, and seized 1.5 sq km of "
     "forest.", "Terny"),
    ("en", "Around Novosilka, 20 km from Velyka Novosilka, the army regained five square "
     "kilometres.", "Novosilka"),
    ("it", "Nei pressi di Verbove, a sud di Orikhiv, l'esercito ha liberato tre chilometri "
     "quadrati.", "Verbove"),
    ("it", "A Novosilka, a 20 km da Velyka Novosilka, l'esercito ha ripreso cinque chilometri "
     "quadrati.", "Novosilka"),
    ("uk", "Поблизу Вербового, на південь від Оріхова, звільнено 3 км² території.", "Вербового"),
    ("ru", "Войска продвинулись к Гришину, северо-западнее Покровска, и заняли 2,4 кв. км.",
     "Гришину"),
    ("de", "Die Truppen rückten auf Hryschyne vor, nordwestlich von Pokrowsk, und nahmen "
     "2,4 Quadratkilometer ein.", "Hryschyne"),
    ("fr", "Autour de Novossilka, à 20 km de Velyka Novossilka, l'armée a repris cinq kilomètres "
     "carrés.", "Novossilka"),
    ("es", "Las tropas avanzaron hacia Hryshyne, al noroeste de Pokrovsk, y tomaron 2,4 "
     "kilómetros cuadrados.", "Hryshyne"),
    ("pl", "Wojska posunęły się w stronę Hryszynego, na północny zachód od Pokrowska, i zajęły "
     "2,4 km².", "Hryszynego"),
]  # fmt: skip
NO_GAIN = [
    ("en", "A wildfire burned 3,400 hectares of steppe in Kherson region."),
    ("en", "Russia controls 108,000 square kilometres of Ukraine, about 18 per cent."),
    ("de", "Saperzüge haben um Isjum 300 Hektar Ackerland von Minen geräumt."),
    ("es", "Arden 9.000 hectáreas en la Sierra de la Culebra."),
]


def areas_of(language, text):
    document = Document(id="t", text=text, language=language, published=date(2024, 5, 15))
    return [event for event in extract(document, open_gazetteer()).events if event.area]


@pytest.mark.parametrize(("language", "text", "expected"), OWNED)
def test_whose_ground_an_area_is(language, text, expected):
    read = [
        (event.place.mention.text if event.place else None, event.area.best, event.cumulative)
        for event in areas_of(language, text)
    ]
    assert sorted(read, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(("language", "text", "expected"), LANDMARKS)
def test_a_landmark_owns_no_ground(language, text, expected):
    (event,) = areas_of(language, text)
    assert event.place.mention.text == expected


def test_a_flank_that_stands_alone_owns_ground():
    text = "On the southern flank of Bakhmut the army took back 2 square kilometres."
    (event,) = areas_of("en", text)
    assert event.place.mention.text == "Bakhmut"


def test_a_place_told_before_is_quoted_with_the_area():
    language, text, _ = OWNED[0]
    total = next(event for event in areas_of(language, text) if event.cumulative)
    assert [told.text for told in total.evidence] == ["The total since June is 40.", text[:57]]


def test_why_an_area_is_ground_of_a_place_is_told_in_words():
    first, second = (
        claim.rule
        for event in areas_of(*OWNED[0][:2])
        for claim in event.claims
        if claim.kind == "area"
    )
    assert "a preposition puts it there" in first and "ground of a place told before" in second


@pytest.mark.parametrize(("language", "text"), NO_GAIN)
def test_what_burns_is_mined_or_only_held_is_no_gain(language, text):
    assert areas_of(language, text) == []
