"""Describe a spotted name by features that no single language owns.

The log-linear model ``mentions`` weighs them to tell places from persons, organisations and
common words, and a place that is meant from one that stands for a government.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.annotators.spotting import Cues, Spotted
from geo.annotators.terms import Term
from geo.models import Token

if TYPE_CHECKING:
    from gazetteer import Candidate

_PREPOSITIONS = ("in", "near", "on", "from", "to", "of")
_BESIDE = (
    "speech", "denial", "talks", "capture", "liberate", "lose", "strike", "killed", "injured",
    "plan", "capital",
)  # fmt: skip
_KNOWN_WORDS = frozenset(
    "killed injured person military nonperson missile drone rocket shelling airstrike strike clash "
    "explosion speech talks plan history accident weapon total umbrella frontline".split()
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surroundings:
    """Hold what the features of all mentions of a document need."""

    tokens: Sequence[Token]
    opens: frozenset[int]
    concepts: dict[int, tuple[Term, ...]]
    cues: Cues
    lowercase: frozenset[str]
    countries: dict[str, int]
    spotted: dict[int, Spotted]


def describe_spotted(
    item: Spotted, candidates: Sequence[Candidate], around: Surroundings
) -> list[str]:
    """Return the features of a spotted name with the candidates that it has."""
    features = ["bias", f"match:{item.match}"]
    features += _form(item, around)
    features += _kinds(candidates, around)
    features += _before(item, around)
    features += _behind(item, around)
    if around.cues.capitalised_nouns:
        features += [f"nouns&{f}" for f in features if f.startswith(("match", "best", "prep"))]
    return features


def _form(item: Spotted, around: Surroundings) -> Iterator[str]:
    tokens = around.tokens
    word = tokens[item.first]
    if item.last > item.first:
        yield "several words"
    if word.text.isupper() and len(word.text) > 1:
        yield "all capitals"
    if len(word.text) <= 4:
        yield f"letters:{len(word.text)}"
    if item.first in around.opens:
        yield f"opens&{item.match}"
        yield "opens"
    if item.last == item.first:
        if word.folded in around.cues.common:
            yield "common word"
        if word.folded in around.lowercase:
            yield "also in small letters"
        concepts = {term.concept for term in around.concepts.get(item.first, ())}
        if concepts & _KNOWN_WORDS:
            yield "known word"
        if "actor" in concepts:
            yield "actor word"
        if word.folded in around.cues.persons:
            yield "public figure"
            yield f"public figure&{item.match}"
        for name in ("titles", "offices", "organisations"):
            if word.folded in getattr(around.cues, name):
                yield f"is {name}"
    if word.text[0].islower():
        yield "small letter"


def _kinds(candidates: Sequence[Candidate], around: Surroundings) -> Iterator[str]:
    if not candidates:
        yield "no candidate"
        return
    codes = {c.place.feature_code for c in candidates}
    for code, name in (
        ("PCLI", "country"),
        ("ADM1", "admin1"),
        ("ADM2", "admin2"),
        ("PPLC", "capital"),
    ):
        if code in codes:
            yield f"has {name}"
    if any(code.startswith("P") and not code.startswith("PCL") for code in codes):
        yield "has settlement"
    population = max((c.place.population or 0 for c in candidates), default=0)
    size = sum(population >= bound for bound in (1, 1_000, 10_000, 100_000, 1_000_000))
    yield f"best:{size}"
    if all(c.place.located == "unit" for c in candidates):
        yield "by name only"
    if len(candidates) > 6:
        yield "many candidates"
    if candidates[0].name.kind == "demonym":
        yield "demonym"
    homes = {c.place.admin.country for c in candidates}
    if homes & around.countries.keys():
        yield "in a country of the text"
    elif around.countries:
        yield "in no country of the text"
    yield f"similarity:{int(max(c.similarity for c in candidates) * 5)}"


def _before(item: Spotted, around: Surroundings) -> Iterator[str]:
    tokens, first = around.tokens, item.first
    if first == 0:
        return
    before = tokens[first - 1]
    if not before.text[0].isalnum():
        yield f"mark before:{before.text}"
    if before.folded in around.cues.persons:
        yield "public figure before"
    if before.text[0].isupper() and first - 1 not in around.opens:
        yield "capital before"
        if first - 1 not in around.spotted:
            yield "unknown capital before"
    for step in (1, 2, 3):
        if first < step:
            break
        word = tokens[first - step]
        for concept in {t.concept for t in around.concepts.get(first - step, ())}:
            if concept in _PREPOSITIONS and step <= 2:
                yield f"prep:{concept}:{step}"
            elif concept in _BESIDE:
                yield f"{concept} before"
        hint = around.cues.hints.get(word.folded)
        if hint is not None:
            yield f"hint:{hint}:{min(step, 2)}"
        for name in ("titles", "offices", "organisations"):
            if word.folded in getattr(around.cues, name):
                yield f"{name}:{min(step, 2)}"
        if word.text in ".;:!?":
            break


def _behind(item: Spotted, around: Surroundings) -> Iterator[str]:
    tokens, last = around.tokens, item.last
    if last + 1 >= len(tokens) or last + 1 in around.opens:
        yield "closes"
        return
    behind = tokens[last + 1]
    if not behind.text[0].isalnum():
        yield f"mark behind:{behind.text}"
        if behind.text in "-–" and behind.start == tokens[last].stop:
            yield "hyphen glued behind"
    elif behind.text[0].isupper():
        yield "capital behind"
        if last + 1 not in around.spotted:
            yield "unknown capital behind"
    elif behind.text.startswith(("'", "’")):
        yield "possessive"
    else:
        yield "small letter behind"
    for step in (1, 2, 3):
        if last + step >= len(tokens) or last + step in around.opens:
            break
        word = tokens[last + step]
        for concept in {t.concept for t in around.concepts.get(last + step, ())}:
            if concept in _BESIDE or (concept in _PREPOSITIONS and step == 1):
                yield f"{concept} behind:{min(step, 2)}"
        hint = around.cues.hints.get(word.folded)
        if hint is not None and step <= 2:
            yield f"hint behind:{hint}"
        if word.folded in around.cues.organisations and step == 1:
            yield "organisations behind"
        if word.folded in around.cues.offices and step == 1:
            yield "offices behind"
        if word.text[0].isdigit() and step <= 2:
            yield "number behind"
