"""Why something is no event: the reason in words, and the word that spoke against it."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer import open_gazetteer
from geo.events.refusals import AGAINST, explain_refusals
from geo.models import Document
from geo.pipeline import extract

REFUSED = [
    ("en", "The minister warned that the army might attack Kharkiv in the summer.", "Kharkiv",
     "plan", "might"),
    ("en", "Troops held an exercise near Yavoriv on Monday.", "Yavoriv", "exercise", "exercise"),
    ("en", "President Zelensky met diplomats in Warsaw.", "Warsaw", "talks", "diplomats"),
    ("it", "Lunedì le truppe hanno tenuto un'esercitazione vicino a Leopoli.", "Leopoli",
     "exercise", "esercitazione"),
    ("uk", "У Яворові в понеділок тривали навчання.", "Яворові", "exercise", "навчання"),
    ("de", "Der Minister traf am Montag Diplomaten in Warschau.", "Warschau", "talks", None),
]  # fmt: skip


def refusals_of(language: str, text: str):
    document = Document(id="a", text=text, language=language, published=date(2024, 5, 15))
    found = extract(document, open_gazetteer())
    return explain_refusals(found.annotation, found.events)


@pytest.mark.parametrize(("language", "text", "place", "concept", "word"), REFUSED)
def test_the_reason_is_named_with_its_word(language, text, place, concept, word):
    (refusal,) = refusals_of(language, text)
    assert refusal.place.resolution.mention.text == place
    assert refusal.reason == AGAINST[concept]
    assert word is None or refusal.words == (word,)
    assert str(refusal).startswith(refusal.reason)


OTHERS = [
    ("Ten years ago 48 people died in a fire in Odesa.", "Odesa",
     'over a year ago, so history ("Ten years ago")'),
    ("The bakery in Poltava sells bread.", "Poltava",
     "no word of the sentence tells that something happened"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "words"), OTHERS)
def test_history_and_silence_are_told_apart(text, place, words):
    (refusal,) = refusals_of("en", text)
    assert (refusal.place.resolution.mention.text, str(refusal)) == (place, words)


def test_a_place_of_an_event_is_not_refused():
    text = "A missile killed two people in Izium on Monday."
    assert refusals_of("en", text) == ()
