"""Hold an event in the making: an occurrence with the numbers and areas that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from geo.events.areas import Area
from geo.events.context import Located, Sentence
from geo.events.roles import RoleOf
from geo.events.tolls import join_tolls
from geo.models import EventType, Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Hold an event in the making. ``sentences`` are indexes into the view, the main one first.

    ``told_by`` says what it rests on: what happens at the place, what the sentence tells, or
    casualties of something that by itself kills nobody.
    """

    sentences: tuple[int, ...]
    place: Located | None
    places: tuple[Located, ...] = ()
    event_type: EventType
    kinds: dict[str, float] = field(default_factory=dict)
    probability: float
    told_by: Literal["place", "sentence", "casualties"] = "place"
    reasons: tuple[tuple[str, float], ...] = ()
    killed: tuple[RoleOf, ...] = ()
    injured: tuple[RoleOf, ...] = ()
    area: Area | None = None

    def figure(self, role: str, sentences: Sequence[Sentence]) -> Quantity | None:
        """Return the number of persons `role` ("killed", "injured"), summed as told."""
        roles = self.killed if role == "killed" else self.injured
        return join_tolls(roles, [sentences[at] for at in sorted(self.sentences)])

    @property
    def told(self) -> frozenset[str]:
        """Return the roles that the draft has a figure of."""
        return frozenset(
            role
            for role in ("killed", "injured")
            if (self.killed if role == "killed" else self.injured)
        )
