"""Flight and arrest are events of their own, at the place that people left or were taken from."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer import open_gazetteer
from geo.events.drafts import Draft
from geo.events.flight_features import describe_flight
from geo.events.flights import find_flights
from geo.events.understanding import Understanding
from geo.events.view import view_sentences
from geo.models import Document
from geo.pipeline import annotate, extract

FLED, TAKEN = "evacuation_or_displacement", "arrest_or_detention"
TOLD = (
    ("en", "Shells killed three people in Vovchansk on Monday. Some 1,500 residents had been "
     "evacuated in buses by nightfall.", FLED, "Vovchansk"),
    ("it", "Lunedì i colpi d'artiglieria hanno ucciso tre persone a Vovchansk. In serata circa "
     "1.500 abitanti sono stati evacuati in autobus.", FLED, "Vovchansk"),
    ("uk", "У понеділок снаряди вбили трьох людей у Вовчанську. До вечора автобусами евакуювали "
     "1500 мешканців.", FLED, "Вовчанську"),
    ("ru", "В понедельник при обстреле Волчанска погибли трое. К вечеру на автобусах эвакуировали "
     "1500 жителей.", FLED, "Волчанска"),
    ("de", "Granaten töteten am Montag in Wowtschansk drei Menschen. Bis zum Abend wurden rund "
     "1500 Bewohner mit Bussen evakuiert.", FLED, "Wowtschansk"),
    ("fr", "Des obus ont tué trois personnes lundi à Vovtchansk. Dans la soirée, quelque 1 500 "
     "habitants ont été évacués en autocar.", FLED, "Vovtchansk"),
    ("es", "El lunes los proyectiles mataron a tres personas en Vovchansk. Al anochecer unos "
     "1.500 vecinos habían sido evacuados en autobuses.", FLED, "Vovchansk"),
    ("pl", "W poniedziałek pociski zabiły trzy osoby w Wowczańsku. Do wieczora autobusami "
     "ewakuowano około 1500 mieszkańców.", FLED, "Wowczańsku"),
    ("en", "Soldiers raided Jenin on Tuesday and killed two men; twelve people were arrested.",
     TAKEN, "Jenin"),
    ("en", "Gunmen killed nine farmers in Bokkos. Thousands fled their homes.",
     FLED, "Bokkos"),
)  # fmt: skip
NOT_TOLD = (
    ("en", "Shells killed three people in Vovchansk. The governor plans no evacuation."),
    ("it", "I colpi hanno ucciso tre persone a Vovchansk. Nessuno sarà evacuato, dice il sindaco."),
    ("ru", "В Волчанске при обстреле погибли трое. Эвакуацию не объявляли."),
    ("en", "A shell killed three displaced people in Vovchansk. Prices rose in Kharkiv."),
)


def read(language: str, text: str) -> Document:
    return Document(id="case", text=text, language=language, published=date(2024, 11, 20))


@pytest.mark.parametrize(("language", "text", "kind", "place"), TOLD)
def test_flight_and_arrest_are_told_beside_an_attack(language, text, kind, place):
    events = extract(read(language, text), open_gazetteer()).events
    (found,) = [event for event in events if event.event_type == kind]
    assert found.place is not None
    assert found.place.mention.text == place
    assert len(events) == 2
    assert found.killed is None


@pytest.mark.parametrize(("language", "text"), NOT_TOLD)
def test_plans_denials_and_the_displaced_are_no_flight(language, text):
    events = extract(read(language, text), open_gazetteer()).events
    assert [e.event_type for e in events if e.event_type in (FLED, TAKEN)] == []


def test_the_order_around_a_word_for_flight_counts():
    text = "In Kherson the governor had 40 families evacuated, but nobody was arrested."
    annotation = annotate(read("en", text), open_gazetteer())
    features = describe_flight(view_sentences(annotation), 0, annotation.tokens)
    assert features == sorted(set(features))
    assert {"evacuated", "detained", "places:1", "numbers:1", "stem gover"} <= set(features)
    assert {"evacuated, behind a number", "evacuated, behind stem famil"} <= set(features)
    assert "evacuated, before a number" not in features


def test_a_flight_that_was_drafted_is_not_drafted_again():
    language, text, kind, _ = TOLD[0]
    annotation = annotate(read(language, text), open_gazetteer())
    view = view_sentences(annotation)
    understanding = Understanding(view, annotation.tokens)
    (draft,) = find_flights(view, 1, (), understanding, annotation.tokens)
    assert (draft.event_type, draft.sentences) == (kind, (1, 0))
    told = Draft(sentences=(0,), place=draft.place, event_type=kind, probability=1.0)
    assert list(find_flights(view, 1, (told,), understanding, annotation.tokens)) == []
