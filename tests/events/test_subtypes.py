"""ACLED's words: every type has an event and a sub-event of the codebook, which belong together."""

from __future__ import annotations

from typing import get_args

import pytest

from geo.events.subtypes import acled_subtype, acled_type
from geo.models import EventType

# ACLED Codebook of 2023, table 2: six types of event, 25 sub-events.
CODEBOOK = {
    "Battles": {
        "Armed clash", "Government regains territory", "Non-state actor overtakes territory",
    },
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb",
        "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {
        "Sexual violence", "Attack", "Abduction/forced disappearance",
    },
    "Protests": {
        "Peaceful protest", "Protest with intervention", "Excessive force against protesters",
    },
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction",
        "Non-violent transfer of territory", "Other",
    },
}  # fmt: skip
WEAPONS = ((), ("drone",), ("suicide bomb",), ("airstrike", "missile"))
FATES = ((), ("killed",), ("injured",), ("detained",), ("abducted",), ("abducted", "killed"))


@pytest.mark.parametrize("event_type", get_args(EventType))
@pytest.mark.parametrize("direction", [None, "liberated", "captured", "lost", "contested"])
def test_every_sub_event_belongs_to_its_event(event_type, direction):
    known = CODEBOOK[acled_type(event_type)]
    for weapons in WEAPONS:
        for fates in FATES:
            assert acled_subtype(event_type, weapons, direction, fates) in known


NAMED = [
    ("shelling_or_airstrike", ("artillery",), None, (), "Shelling/artillery/missile attack"),
    ("shelling_or_airstrike", ("airstrike",), None, ("killed",), "Air/drone strike"),
    ("explosion_or_mine", ("suicide bomb",), None, (), "Suicide bomb"),
    ("explosion_or_mine", ("mine",), None, (), "Remote explosive/landmine/IED"),
    ("civilian_violence", (), None, ("killed",), "Attack"),
    ("civilian_violence", (), None, ("abducted",), "Abduction/forced disappearance"),
    ("civilian_violence", (), None, ("abducted", "killed"), "Attack"),
    ("protest", (), None, (), "Peaceful protest"),
    ("protest", (), None, ("detained",), "Protest with intervention"),
    ("protest", (), None, ("detained", "killed"), "Excessive force against protesters"),
    ("territorial_gain", (), "liberated", (), "Government regains territory"),
    ("territorial_gain", (), "captured", (), "Non-state actor overtakes territory"),
]  # fmt: skip


@pytest.mark.parametrize(("event_type", "weapons", "direction", "fates", "name"), NAMED)
def test_the_sub_event_follows_what_is_told(event_type, weapons, direction, fates, name):
    assert acled_subtype(event_type, weapons, direction, fates) == name
