"""Find toponyms: names the gazetteer knows, weighed by the words around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from geo.annotators.mention_features import Surroundings, describe_spotted
from geo.annotators.spotting import Cues, Spotted, compile_cues, spot
from geo.annotators.terms import Term, find_terms
from geo.languages import LanguagePack
from geo.loglinear import load_model
from geo.models import Hint, Mention, Role, Span, Token

if TYPE_CHECKING:
    from gazetteer import Candidate, Gazetteer

PLACE, NOTHING = "place", "none"
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
        label = max(chances, key=lambda name: chances[name])
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
    around = _surroundings(
        tokens,
        sentences,
        terms if terms is not None else find_terms(tokens, pack),
        compile_cues(pack),
        items,
        candidates,
    )
    return tuple(
        (item, describe_spotted(item, found, around))
        for item, found in zip(items, candidates, strict=True)
    )


def _candidates(item: Spotted, gazetteer: Gazetteer) -> list[Candidate]:
    found = [c for name in item.names for c in gazetteer.lookup(name)]
    if item.match == "alike":
        found = list(gazetteer.fuzzy(item.text))
    return found[:_MOST_CANDIDATES]


def _surroundings(
    tokens: Sequence[Token],
    sentences: Sequence[Span],
    terms: Sequence[Term],
    cues: Cues,
    items: Sequence[Spotted],
    candidates: Sequence[Sequence[Candidate]],
) -> Surroundings:
    starts = {span.start for span in sentences}
    by_token: dict[int, list[Term]] = {}
    for term in terms:
        by_token.setdefault(term.first, []).append(term)
    countries: Counter[str] = Counter()
    for found in candidates:
        for candidate in found[:1]:
            code, country = candidate.place.feature_code, candidate.place.admin.country
            big = (candidate.place.population or 0) >= 50_000
            if country and (code.startswith("PCL") or code == "ADM1" or big):
                countries[country] += 1
    return Surroundings(
        tokens=tokens,
        opens=frozenset(i for i, token in enumerate(tokens) if token.start in starts),
        concepts={first: tuple(found) for first, found in by_token.items()},
        cues=cues,
        lowercase=frozenset(t.folded for t in tokens if t.text[0].islower()),
        countries=dict(countries),
        spotted={i: item for item in items for i in range(item.first, item.last + 1)},
    )


def hint_of(tokens: Sequence[Token], item: Spotted, cues: Cues) -> Hint | None:
    """Return what the words around a name, or inside it, say that it names."""
    inside = (
        [tokens[i].folded for i in range(item.first, item.last + 1)]
        if (item.last > item.first)
        else []
    )
    behind = [tokens[item.last + 1].folded] if item.last + 1 < len(tokens) else []
    before = [tokens[i].folded for i in range(item.first - 1, max(-1, item.first - 4), -1)]
    for words in (inside, behind, before):
        for word in words:
            if word in cues.hints:
                return _HINTS.get(cues.hints[word])
            if not word[0].isalpha():
                break
    return None
