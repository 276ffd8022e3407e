"""Find toponyms: names the gazetteer knows, weighed by the words around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from geo.annotators.cues import Cues, compile_cues, hints_in
from geo.annotators.mention_features import describe_spotted
from geo.annotators.spotted import Spotted
from geo.annotators.spotting import spot
from geo.annotators.surroundings import look_around
from geo.annotators.terms import Term, find_terms
from geo.languages import LanguagePack
from geo.loglinear import load_model
from geo.models import Hint, Mention, Role, Span, Token

if TYPE_CHECKING:
    from gazetteer import Candidate, Gazetteer

PLACE, NOTHING = "place", "none"
LEAST_NOTHING = 0.55  # chosen by cross-validation, as is the next
PLACE_BEFORE_ROLES = 1.5
_HINT_REACH = 3
_HINTS: dict[str, Hint] = {
    "admin1": "admin1", "admin2": "admin2", "sector": "sector", "village": "village",
    "city": "city", "water": "water", "site": "site",
}  # fmt: skip
_MOST_CANDIDATES = 30


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
    found = []
    for item, features in describe_all(text, tokens, sentences, pack, gazetteer, terms):
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
                hint=hint_of(tokens, item, compile_cues(pack)),
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
) -> tuple[tuple[Spotted, list[str]], ...]:
    """Return every spotted name with its features: what the model sees, and is fitted on."""
    items = spot(text, tokens, pack, gazetteer)
    candidates = [_candidates(item, gazetteer) for item in items]
    if terms is None:
        terms = find_terms(tokens, pack)
    around = look_around(text, tokens, sentences, terms, pack, items, candidates)
    return tuple(
        (item, describe_spotted(item, found, around))
        for item, found in zip(items, candidates, strict=True)
    )


def _candidates(item: Spotted, gazetteer: Gazetteer) -> list[Candidate]:
    found = [c for name in item.names for c in gazetteer.lookup(name)]
    if item.match == "alike":
        found = list(gazetteer.transliterated(item.text))
    return found[:_MOST_CANDIDATES]


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
    window = tokens[start:stop]
    hints = {start + index: kind for index, kind in hints_in(window, cues).items()}
    inside = range(item.first, item.last + 1) if item.last > item.first else ()
    behind = range(item.last + 1, item.last + 2)
    before = range(item.first - 1, max(-1, item.first - _HINT_REACH - 1), -1)
    for indices in (inside, behind, before):
        for index in indices:
            if index in hints:
                return _HINTS.get(hints[index])
            if index >= len(tokens) or not tokens[index].text[0].isalpha():
                break
    return None
