"""Figures of one event that several sentences tell: tolls that rise, further deaths, parts."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer import open_gazetteer
from geo.models import Document
from geo.pipeline import extract

TOLLS = [
    # A later toll takes the place of the first ...
    ("en", "A missile hit a market in Odesa on Monday, killing 9 people and wounding 20. Rescuers "
     "later said the death toll had risen to 13.", [("Odesa", 13, 20)]),
    ("it", "Un missile ha colpito un mercato a Odessa uccidendo 9 persone. Più tardi il bilancio è "
     "salito a 13 morti.", [("Odessa", 13, None)]),
    ("fr", "Un missile a tué neuf personnes à Odessa. Le bilan est passé mardi à treize morts.",
     [("Odessa", 13, None)]),
    ("de", "Bei einem Raketenangriff auf Dnipro starben fünf Menschen. Am Abend stieg die Zahl der "
     "Toten auf acht.", [("Dnipro", 8, None)]),
    ("es", "Un misil mató a nueve personas en Odesa. El balance subió después a trece muertos.",
     [("Odesa", 13, None)]),
    ("pl", "Rakieta zabiła w Odessie dziewięć osób. Później liczba ofiar wzrosła do trzynastu.",
     [("Odessie", 13, None)]),
    ("uk", "Внаслідок удару по Харкову загинули 9 людей. Згодом кількість загиблих зросла до 13.",
     [("Харкову", 13, None)]),
    ("ru", "Ракета попала в дом в Днепре, погибли пять человек. К вечеру число погибших выросло до "
     "восьми.", [("Днепре", 8, None)]),
    ("en", "At least 12 people were killed in Idlib on Sunday. By evening the toll had risen to "
     "22.", [("Idlib", 22, None)]),
    ("en", "At least 12 people were killed in Idlib on Sunday. By evening the toll stood at 22.",
     [("Idlib", 22, None)]),
    # ... a further death is added ...
    ("en", "Two people were killed when shells hit Nikopol on Monday. A third victim died in "
     "hospital on Tuesday.", [("Nikopol", 3, None)]),
    ("fr", "Deux civils ont été tués à Nikopol par un obus. Une troisième victime est décédée à "
     "l'hôpital.", [("Nikopol", 3, None)]),
    ("uk", "Через обстріл Нікополя загинули двоє людей. Ще одна жінка померла в лікарні.",
     [("Нікополя", 3, None)]),
    ("ru", "При обстреле Шебекина погибли два человека. Ещё один человек "
     "умер в больнице.", [("Шебекина", 3, None)]),
    # ... an earlier toll, a part and "nobody else" change nothing.
    ("en", "The number of people killed in Saturday's strike on Zaporizhzhia rose to 19. Earlier, "
     "authorities had reported 16 dead.", [("Zaporizhzhia", 19, None)]),
    ("en", "An air raid killed 22 people in Khan Younis overnight, medics said. Nine of them were "
     "children.", [("Khan Younis", 22, None)]),
    ("en", "Shells killed three people in Kupiansk. Nobody else was hurt.", [("Kupiansk", 3, 0)]),
    # The figure of a place named again is the first event's.
    ("en", "Rockets hit Kupiansk and Izium. Five people were killed in Izium.",
     [("Kupiansk", None, None), ("Izium", 5, None)]),
]  # fmt: skip


MOURNED = [
    ("en", "A memorial service was held in Lviv for the ten people killed there in July."),
    ("it", "A Leopoli si è tenuta una messa per le dieci persone uccise lì a luglio."),
]


def read(language, text):
    document = Document(id="d", text=text, language=language, published=date(2024, 5, 15))
    events = extract(document, open_gazetteer()).events
    return [
        (
            event.place.mention.text,
            event.killed and event.killed.best,
            event.injured and event.injured.best,
        )
        for event in events
    ]


@pytest.mark.parametrize(("language", "text", "expected"), TOLLS, ids=lambda v: str(v)[:30])
def test_tolls_of_several_sentences(language, text, expected):
    assert read(language, text) == expected


def test_the_evidence_holds_both_sentences():
    document = Document(id="d", text=TOLLS[0][1], language="en", published=date(2024, 5, 15))
    (event,) = extract(document, open_gazetteer()).events
    told = " ".join(quote.text for quote in event.evidence)
    assert "killing 9 people" in told
    assert "risen to 13" in told
    (claim,) = [claim for claim in event.claims if claim.kind == "killed"]
    assert claim.quantity.text == "13"
    assert claim.evidence.of(document.text).startswith("Rescuers later said")


@pytest.mark.parametrize(("language", "text"), MOURNED)
def test_the_dead_are_mourned_where_nothing_happens(language, text):
    assert read(language, text) == []
