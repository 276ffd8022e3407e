"""Find toponyms: names the gazetteer knows, weighed by the words around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from geo.annotators.cues import Cues, compile_cues, hints_in
from geo.annotators.mention_features import describe_spotted
from geo.annotators.spotted import Spotted
from geo.annotators.spotting import spot
from geo.annotators.standing import standing_of
from geo.annotators.surroundings import look_around
from geo.annotators.terms import Term, find_terms
from geo.languages import LanguagePack
from geo.loglinear import load_model
from geo.models import Hint, Mention, Role, Span, Token

if TYPE_CHECKING:
    from gazetteer import Gazetteer

PLACE, NOTHING = "place", "none"
LEAST_NOTHING = 0.55  # chosen by cross-validation, as is the next
PLACE_BEFORE_ROLES = 1.5
_HINT_REACH = 3
_HINTS: dict[str, Hint] = {
    "admin1": "admin1", "admin2": "admin2", "sector": "sector", "village": "village",
    "city": "city", "water": "water", "site": "site",
}  # fmt: skip


def find_mentions(
    text: str,
    tokens: Sequence[Token],
    sentences: Sequence[Span],
    pack: LanguagePack,
    gazetteer: Gazetteer,
    terms: Sequence[Term] | None = None,
) -> tuple[Mention, ...]:
    """Return the toponyms of a text in order, each with the names to look up for it.

    A name that stands for a government, an organisation, an office or the place of filing is
    kept with ``literal`` false and its role.
    """
    model = load_model("mentions")
    hints = hints_in(tokens, compile_cues(pack))
    found = []
    for item, features in describe_all(text, tokens, sentences, pack, gazetteer, terms, hints):
        chances = model.probabilities(features)
        label = choose_label(chances)
        if label == NOTHING:
            continue
        span = Span(tokens[item.first].start, tokens[item.last].stop)
        found.append(
            Mention(
                span=span,
                text=span.of(text),
                names=item.names,
                hint=_hint(tokens, item, hints),
                literal=label == PLACE,
                role=None if label == PLACE else cast(Role, label),
                rules=(
                    f"{item.match} match",
                    f"{label} p={chances[label]:.2f}",
                    *(name for name, _ in model.reasons(features, label, NOTHING, 3)),
                ),
            )
        )
    return tuple(found)


def describe_all(
    text: str,
    tokens: Sequence[Token],
    sentences: Sequence[Span],
    pack: LanguagePack,
    gazetteer: Gazetteer,
    terms: Sequence[Term] | None = None,
    hints: dict[int, str] | None = None,
) -> tuple[tuple[Spotted, list[str]], ...]:
    """Return every spotted name with its features: what the model sees, and is fitted on."""
    terms = find_terms(tokens, pack) if terms is None else terms
    hints = hints_in(tokens, compile_cues(pack)) if hints is None else hints
    items = spot(text, tokens, pack, gazetteer, hints)
    standings = [
        standing_of(item.names, item.text if item.match == "alike" else None, gazetteer)
        for item in items
    ]
    around = look_around(
        text, tokens, sentences, terms, pack, hints=hints, items=items, standings=standings
    )
    return tuple(
        (item, describe_spotted(item, standing, around))
        for item, standing in zip(items, standings, strict=True)
    )


def choose_label(chances: Mapping[str, float]) -> str:
    """Return what a spotted name is taken for, given the chance of each label.

    First whether it is a toponym at all, then whether its place is meant: the roles of names
    that stand for something else count together.

    >>> choose_label({"place": 0.3, "metonymy": 0.4, "organisation": 0.2, "none": 0.1})
    'metonymy'
    """
    if chances[NOTHING] >= LEAST_NOTHING:
        return NOTHING
    roles = {name: p for name, p in chances.items() if name not in (PLACE, NOTHING)}
    if PLACE_BEFORE_ROLES * chances[PLACE] >= sum(roles.values()):
        return PLACE
    return max(roles, key=lambda name: roles[name])


def hint_of(tokens: Sequence[Token], item: Spotted, cues: Cues) -> Hint | None:
    """Return what the words around a name, or inside it, say that it names."""
    start, stop = max(0, item.first - _HINT_REACH), item.last + 1 + _HINT_REACH
    window = hints_in(tokens[start:stop], cues)
    return _hint(tokens, item, {start + index: kind for index, kind in window.items()})


def _hint(tokens: Sequence[Token], item: Spotted, hints: dict[int, str]) -> Hint | None:
    inside = range(item.first, item.last + 1) if item.last > item.first else range(0)
    behind = range(item.last + 1, min(item.last + 2, len(tokens)))
    before = range(item.first - 1, max(-1, item.first - _HINT_REACH - 1), -1)
    for indices in (inside, behind, before):
        for index in indices:
            if index in hints:
                return _HINTS.get(hints[index])
            if not tokens[index].text[0].isalpha():
                break
    return None
