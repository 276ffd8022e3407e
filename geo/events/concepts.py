"""Name the concepts of the language packs that say what happens, and what speaks of it."""

from __future__ import annotations

CONTENT = frozenset(
    "killed injured casualties toll missing detained abducted displaced evacuated missile drone "
    "rocket shelling airstrike strike intercept debris clash ambush gunmen violence explosion "
    "mine sabotage capture liberate lose advance frontline infrastructure protest ceasefire "
    "exchange looting grave border_incident plan denial negation exercise siren history accident "
    "speech talks status burn umbrella enemy_loss control_claim military person "
    "attacker_russia attacker_ukraine militant_actor state_actor since total area_units each "
    "place_list nonperson ownership".split()
)
OCCURRENCE = frozenset(
    "killed injured casualties missile drone rocket shelling airstrike strike intercept debris "
    "clash ambush violence explosion mine sabotage capture liberate lose advance infrastructure "
    "protest ceasefire detained displaced evacuated exchange looting grave".split()
)
