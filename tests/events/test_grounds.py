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
