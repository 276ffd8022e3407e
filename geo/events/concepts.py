"""Name the concepts of the language packs that say what happens, and what speaks of it."""

from __future__ import annotations

OCCURRENCE = frozenset(
    "killed injured casualties missile drone rocket shelling airstrike strike intercept debris "
    "clash ambush violence explosion mine sabotage capture liberate lose advance infrastructure "
    "protest ceasefire detained displaced evacuated exchange looting grave".split()
)
CONTENT = OCCURRENCE | frozenset(
    "toll missing abducted gunmen frontline border_incident plan denial negation exercise siren "
    "history accident speech talks status burn umbrella enemy_loss control_claim military person "
    "attacker_russia attacker_ukraine militant_actor state_actor since total area_units each "
    "place_list nonperson ownership launch care clearance seat memorial".split()
)
