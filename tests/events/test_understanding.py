"""The encoder is asked where something is told, answers for each place and number, and explains."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer import open_gazetteer
from geo.events.occurrences import NOTHING
from geo.events.understanding import Understanding, shared_chances
from geo.events.view import view_sentences
from geo.events.weighing import Weighing
from geo.events.word_gains import WordGains
from geo.events.word_order import describe_tokens, number_sentences
from geo.models import Document
from geo.pipeline import annotate, extract

TEXT = (
    "The minister arrived in Poltava. He spoke of prices. He was glad.\n\n"
    "A missile killed three people in Odesa. The market was closed in Izmail."
)


def annotated(text: str = TEXT):
    document = Document(id="u", text=text, language="en", published=date(2024, 11, 20))
    return annotate(document, open_gazetteer())


def places_of(annotation):
    view = view_sentences(annotation)
    understanding = Understanding(view, annotation.tokens)
    return {
        place.resolution.mention.text: understanding.of_place(place)
        for sentence in view
        for place in sentence.places
    }


def test_places_are_asked_about_where_something_is_told_or_was_just_before():
    found = places_of(annotated())
    assert found["Poltava"] is None
    assert found["Odesa"][NOTHING] < 0.2 < found["Izmail"][NOTHING]


def test_numbers_count_what_their_words_say_and_belong_where_something_happens():
    annotation = annotated("Shells killed three people in Odesa and wounded five.")
    view = view_sentences(annotation)
    understanding = Understanding(view, annotation.tokens)
    roles = [understanding.of_number(count) for count in view[0].counts]
    assert [max(role, key=role.get) for role in roles] == ["killed", "injured"]
    assert all(understanding.ties([count], view[0].places)[0] > 0 for count in view[0].counts)


def test_a_place_that_nothing_was_asked_about_has_no_tie():
    annotation = annotated()
    view = view_sentences(annotation)
    understanding = Understanding(view, annotation.tokens)
    (count,) = [count for sentence in view for count in sentence.counts]
    places = [place for sentence in view for place in sentence.places]
    poltava, odesa, izmail = understanding.ties([count], places)
    assert poltava is None
    assert odesa > izmail


def test_a_token_is_known_by_concept_beginning_and_looks_and_a_name_only_as_such():
    annotation = annotated("Odesa: 3 soldiers killed on 5 May 2024 near Odesa")
    view = view_sentences(annotation)
    described = describe_tokens(view, annotation.tokens)
    told = dict(zip((t.text for t in annotation.tokens), described, strict=True))
    assert {"place", "place again"} <= set(told["Odesa"])
    assert "killed" in told["killed"]
    assert "w:kille" in told["killed"]
    assert {"number", "digits"} <= set(told["3"])
    assert "date" in told["May"]
    assert not any(f.startswith("w:") for name in ("Odesa", "3", "May") for f in told[name])
    assert len(number_sentences(view)) == len(described)


def test_words_that_speak_for_an_event_are_named():
    annotation = annotated("A missile killed three people in Odesa.")
    view = view_sentences(annotation)
    (place,) = view[0].places
    gains = dict(
        WordGains(view, annotation.tokens).find(0, place, "missile_or_drone_strike", NOTHING)
    )
    assert max(gains, key=gains.get) in {"word missile", "word killed"}
    reasons = Weighing(annotation).at_place(
        place.resolution.mention.span, "missile_or_drone_strike"
    )
    assert any(name.startswith("word ") for name, _ in reasons.favour)


@pytest.mark.parametrize(
    ("weighed", "understood", "expected"),
    [
        ({"none": 0.3, "a": 0.5, "b": 0.2}, None, {"none": 0.3, "a": 0.5, "b": 0.2}),
        ({"none": 0.1, "a": 0.9}, {"none": 0.9, "a": 0.1}, {"none": 0.5, "a": 0.5}),
        (
            {"none": 0.5, "a": 0.4, "b": 0.1},
            {"none": 0.5, "a": 0.1, "b": 0.4},
            {"none": 0.5, "a": 0.25, "b": 0.25},
        ),
        ({"none": 1.0, "a": 0.0}, {"none": 0.0, "a": 1.0}, {"none": 0.5, "a": 0.5}),
    ],
)
def test_features_and_words_share_a_decision(weighed, understood, expected):
    assert shared_chances(weighed, understood, 0.5) == pytest.approx(expected)


def test_a_long_document_is_read_as_its_parts_are():
    """What lies far away says nothing; only the id of the document would differ."""
    quiet = "The market was closed and prices rose again. " * 60
    alone = extract(annotated("A missile killed three people in Odesa.").document, open_gazetteer())
    together = extract(
        annotated(f"A missile killed three people in Odesa. {quiet}").document, open_gazetteer()
    )
    assert [(e.event_type, e.killed.best) for e in together.events] == [
        (e.event_type, e.killed.best) for e in alone.events
    ]
