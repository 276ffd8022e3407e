"""Casualties of a place that was taken, or of a truce, belong to the fight, an event of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gazetteer import open_gazetteer
from geo.events.bloodless import BLOODLESS, part_casualties
from geo.events.drafting import draft_events
from geo.events.view import view_sentences
from geo.models import Document
from geo.pipeline import annotate, extract

GAIN, TRUCE = "territorial_gain", "ceasefire_or_agreement"
PARTED = (
    ("en", "Rebels took Kabkabiya on Monday; 14 residents were killed.", GAIN, 14, None),
    ("en", "The army recaptured Mellit on Sunday, and hospitals there counted nine dead and 31 "
     "wounded.", GAIN, 9, 31),
    ("it", "I ribelli hanno conquistato Kamango venerdì: diciassette i morti e quaranta i feriti.",
     GAIN, 17, 40),
    ("fr", "Les rebelles se sont emparés de Kamango vendredi ; dix-sept personnes ont été tuées.",
     GAIN, 17, None),
    ("es", "Los rebeldes tomaron Kamango el viernes; murieron 17 personas.", GAIN, 17, None),
    ("de", "Die Rebellen haben am Freitag Kamango eingenommen, 17 Menschen kamen ums Leben.",
     GAIN, 17, None),
    ("pl", "Rebelianci zajęli w piątek Kamango, zginęło 17 osób.", GAIN, 17, None),
    ("ru", "Повстанцы в пятницу захватили Каманго, погибли 17 человек.", GAIN, 17, None),
    ("uk", "Повстанці в п'ятницю захопили Каманго, загинули 17 людей.", GAIN, 17, None),
    ("en", "A truce came into force in Suwayda on Sunday; observers count 430 dead.",
     TRUCE, 430, None),
)  # fmt: skip


def read(language: str, text: str) -> Document:
    return Document(id="case", text=text, language=language, published=date(2024, 11, 20))


@pytest.mark.parametrize(("language", "text", "kind", "killed", "injured"), PARTED)
def test_casualties_are_an_attack_beside_what_kills_nobody(language, text, kind, killed, injured):
    bloodless, attack = extract(read(language, text), open_gazetteer()).events
    assert bloodless.event_type == kind
    assert (bloodless.killed, bloodless.injured) == (None, None)
    assert attack.event_type not in BLOODLESS
    assert attack.killed is not None
    assert attack.killed.best == killed
    assert (attack.injured.best if attack.injured else None) == injured
    assert attack.place == bloodless.place
    assert attack.id != bloodless.id


def test_damage_that_hurt_people_is_the_attack_alone():
    text = "A power line at Nikopol was damaged in the night and two workers were hurt."
    (event,) = extract(read("en", text), open_gazetteer()).events
    assert event.event_type not in BLOODLESS
    assert event.injured is not None
    assert event.injured.best == 2


def test_that_nobody_was_hurt_stays_with_the_damage():
    text = "Nobody was hurt when a bridge at Nikopol was damaged in the night."
    (event,) = extract(read("en", text), open_gazetteer()).events
    assert event.event_type == "infrastructure_damage"
    assert event.killed is not None
    assert event.killed.best == 0


def test_a_draft_without_kinds_keeps_its_casualties():
    annotation = annotate(read("en", "Shells killed two people in Nikopol."), open_gazetteer())
    sentences = view_sentences(annotation)
    (draft,) = draft_events(sentences, annotation.tokens)
    assert part_casualties(draft, sentences) == (draft,)
    bare = replace(draft, event_type=GAIN, kinds={})
    assert part_casualties(bare, sentences) == (bare,)
    gain, attack = part_casualties(replace(draft, event_type=GAIN), sentences)
    assert (gain.told, attack.told) == (frozenset(), {"killed"})
    assert attack.told_by == "casualties"
