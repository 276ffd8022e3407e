"""Name the ACLED event and sub-event type of each of our types (codebook of 2023)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from geo.models import EventType

_ACLED: dict[EventType, tuple[str, str]] = {
    "shelling_or_airstrike": ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "missile_or_drone_strike": ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "armed_clash": ("Battles", "Armed clash"),
    "civilian_violence": ("Violence against civilians", "Attack"),
    "explosion_or_mine": ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    "territorial_gain": ("Battles", "Non-state actor overtakes territory"),
    "territorial_loss": ("Strategic developments", "Non-violent transfer of territory"),
    "infrastructure_damage": ("Strategic developments", "Looting/property destruction"),
    "evacuation_or_displacement": ("Strategic developments", "Other"),
    "arrest_or_detention": ("Strategic developments", "Arrests"),
    "protest": ("Protests", "Peaceful protest"),
    "ceasefire_or_agreement": ("Strategic developments", "Agreement"),
    "other": ("Strategic developments", "Other"),
}
_AIR = ("drone", "airstrike", "glide bomb", "barrel bomb")
_STRIKES = ("shelling_or_airstrike", "missile_or_drone_strike")


def acled_type(event_type: EventType) -> str:
    """Return ACLED's event type.

    >>> acled_type("armed_clash")
    'Battles'
    """
    return _ACLED[event_type][0]


def acled_subtype(
    event_type: EventType,
    weapons: Sequence[str] = (),
    direction: str | None = None,
    fates: Collection[str] = (),
) -> str:
    """Return ACLED's sub-event type, given weapons, the direction of an area, and what befell whom.

    `fates` are the words killed, injured, detained and abducted, as far as any were. A protest
    with casualties is one with excessive force, one with arrests one with intervention.

    >>> acled_subtype("missile_or_drone_strike", ["Shahed drone"])
    'Air/drone strike'
    >>> acled_subtype("civilian_violence", fates=["abducted"])
    'Abduction/forced disappearance'
    """
    if event_type in _STRIKES and any(word in weapon for weapon in weapons for word in _AIR):
        return "Air/drone strike"
    if event_type == "explosion_or_mine" and any("suicide" in weapon for weapon in weapons):
        return "Suicide bomb"
    if event_type == "civilian_violence" and "abducted" in fates and "killed" not in fates:
        return "Abduction/forced disappearance"
    if event_type == "protest" and ("killed" in fates or "injured" in fates):
        return "Excessive force against protesters"
    if event_type == "protest" and "detained" in fates:
        return "Protest with intervention"
    if event_type == "territorial_gain" and direction == "liberated":
        return "Government regains territory"
    return _ACLED[event_type][1]


def plain_type(event_type: EventType) -> str:
    """Return an event type in words.

    >>> plain_type("missile_or_drone_strike")
    'missile or drone strike'
    """
    return event_type.replace("_", " ")
