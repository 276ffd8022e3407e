"""Part those killed and injured from events that kill nobody: a gain, a truce, a flight, an arrest.

Whoever dies when a town is taken dies in the fight for it, which is an event of its own; coders
of conflict keep both apart (in 749 gold items no gain, loss, truce, flight, arrest or damage has
casualties). What hurt people and damaged a bridge is the attack on the bridge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.events.context import Sentence
from geo.events.drafts import Draft
from geo.events.occurrences import likeliest_type

_DAMAGE = "infrastructure_damage"
BLOODLESS = frozenset(
    {"territorial_gain", "territorial_loss", "ceasefire_or_agreement",
     "evacuation_or_displacement", "arrest_or_detention", _DAMAGE}
)  # fmt: skip


def part_casualties(draft: Draft, sentences: Sequence[Sentence]) -> tuple[Draft, ...]:
    """Return a draft, or, where it kills nobody but has casualties, it and the attack they go to.

    That nobody was hurt stays where it is told.
    """
    harming = {name: one for name, one in draft.kinds.items() if name not in BLOODLESS}
    if draft.event_type not in BLOODLESS or not harming or not _has_casualties(draft, sentences):
        return (draft,)
    attack = replace(draft, event_type=likeliest_type(harming), kinds=harming, told_by="casualties")
    if draft.event_type == _DAMAGE:
        return (attack,)
    return replace(draft, sentences=draft.sentences[:1], killed=(), injured=()), attack


def _has_casualties(draft: Draft, sentences: Sequence[Sentence]) -> bool:
    figures = (draft.figure(role, sentences) for role in ("killed", "injured"))
    return any(figure is not None and bool(figure.best or figure.low) for figure in figures)
