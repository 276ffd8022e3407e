"""Describe a spotted name by features that no single language owns.

The log-linear model ``mentions`` weighs them to tell places from persons, organisations and
common words, and a place that is meant from one that stands for a government.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from geo.annotators.clause_features import describe_clause
from geo.annotators.spotted import Spotted
from geo.annotators.standing import Standing
from geo.annotators.surroundings import TOLD_NOTHING, Surroundings
from geo.annotators.word_classes import PREPOSITIONS, class_at

_REACH = 3
_BESIDE = frozenset(
    "speech denial talks capture liberate lose strike killed injured plan advance protest status "
    "clash shelling missile drone infrastructure and history accident".split()
)
_KNOWN_WORDS = frozenset(
    "killed injured person military nonperson missile drone rocket shelling airstrike strike clash "
    "explosion speech talks plan history accident weapon total umbrella frontline".split()
)


def describe_spotted(item: Spotted, standing: Standing, around: Surroundings) -> list[str]:
    """Return the features of a spotted name with its standing in the gazetteer."""
    kind = standing.rank
    before = class_at(item.first - 1, item.first, around)
    behind = class_at(item.last + 1, item.last, around)
    features = list(_frame(item.match, kind, before, behind))
    features += _form(item, around)
    features += _person(item, around, before, kind)
    features += standing.features
    features += _at_home(standing, around)
    features += _before(item, around)
    features += _behind(item, around)
    features += describe_clause(item, around, kind, before)
    if around.cues.capitalised_nouns:
        features += _among_nouns(item.match, kind, before)
    return list(dict.fromkeys(features))


@lru_cache(maxsize=20_000)
def _frame(match: str, kind: str, before: str, behind: str) -> tuple[str, ...]:
    """Name how a name matched, what it names, and the classes of the words beside it."""
    return (
        "bias", f"match:{match}", f"rank:{kind}",
        f"before:{before}", f"behind:{behind}", f"{before}_{behind}",
        f"{match}&{before}", f"{match}&behind {behind}",
        f"{kind}&{before}", f"{kind}&behind {behind}",
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _among_nouns(match: str, kind: str, before: str) -> tuple[str, ...]:
    """Say the same once more of a language in which any noun has a capital."""
    return f"nouns&match:{match}", f"nouns&rank:{kind}", f"nouns&before:{before}"


def _form(item: Spotted, around: Surroundings) -> Iterator[str]:
    tokens = around.tokens
    word = tokens[item.first]
    if item.last > item.first:
        yield "several words"
        yield f"several words&{item.match}"
    if word.text.isupper() and len(word.text) > 1:
        yield "all capitals"
    if len(word.text) <= 4:
        yield f"letters:{len(word.text)}"
    if item.first in around.opens:
        yield f"opens&{item.match}"
        yield "opens"
    if item.first in around.headings:
        yield "heading"
    dateline = around.datelines.get(item.first)
    if dateline is not None:
        yield "dateline"
        yield f"dateline:{dateline}"
        yield f"dateline:{dateline}&{'capitals' if word.text.isupper() else 'small'}"
    if item.first and tokens[item.first - 1].text == "#":
        yield "hashtag"
    if item.last == item.first:
        yield from _single_word(item, around)
    elif any(tokens[i].folded in around.cues.common for i in range(item.first, item.last + 1)):
        yield "common word inside"
    for index in range(item.first + 1, item.last + 1):
        if index in around.hints:
            yield f"hint inside:{around.hints[index]}"
    if word.text[0].islower():
        yield "small letter"


def _single_word(item: Spotted, around: Surroundings) -> Iterator[str]:
    word, cues = around.tokens[item.first], around.cues
    place = "opens" if item.first in around.opens else "inside"
    if word.folded in cues.common:
        yield "common word"
        yield f"common word&{place}"
    if word.folded in around.lowercase:
        yield "also in small letters"
    concepts = around.concepts.get(item.first, frozenset())
    if concepts & _KNOWN_WORDS:
        yield "known word"
        yield f"known word&{place}"
    if "actor" in concepts:
        yield "actor word"
    for name in cues.lists_of[word.folded]:
        yield f"is {name}"
        yield f"is {name}&{item.match}"
    if item.first in around.hints:
        yield "is hint"


def _person(item: Spotted, around: Surroundings, before: str, kind: str) -> Iterator[str]:
    word = around.tokens[item.first]
    given = any(i in around.given for i in range(item.first, item.last + 1))
    family = item.last in around.family
    if given:
        yield "given name"
        yield f"given name&{before}"
        yield f"given name&{kind}"
    if family:
        yield "family name"
        yield f"family name&{before}"
        yield f"family name&{kind}"
    behind = around.tokens[item.last + 1 : item.last + 2]
    if given and behind and behind[0].text[0].isupper() and item.last + 1 not in around.opens:
        yield "given name before a capital"
    if word.folded in around.persons:
        yield "person elsewhere" if before not in ("given", "titles") else "person here"
        if family or given:
            yield "person elsewhere&name"
    if word.folded in around.called:
        yield "called a place"
    if word.folded in around.located and before not in PREPOSITIONS:
        yield "located elsewhere"


def _at_home(standing: Standing, around: Surroundings) -> Iterator[str]:
    if standing.homes & around.countries:
        yield "in a country of the text"
    elif around.countries and standing.homes:
        yield "in no country of the text"


def _before(item: Spotted, around: Surroundings) -> Iterator[str]:
    tokens, first = around.tokens, item.first
    if first == 0:
        return
    before = tokens[first - 1]
    if before.text[0].isupper() and first - 1 not in around.opens:
        yield "capital before"
        if first - 1 not in around.spotted:
            yield "unknown capital before"
    second = (
        class_at(first - 2, first, around) if first >= 2 and first not in around.opens else "edge"
    )
    yield f"second before:{second}"
    for step in range(1, min(_REACH, first) + 1):
        told = around.told(first - step)
        if told != TOLD_NOTHING:
            yield from _told_before(*told, step)
        if tokens[first - step].text in ".;:!?":
            break


@lru_cache(maxsize=20_000)
def _told_before(
    concepts: frozenset[str], hint: str | None, lists: tuple[str, ...], step: int
) -> tuple[str, ...]:
    """Name what a word some steps before a name says of it."""
    found = []
    for concept in concepts:
        if concept in PREPOSITIONS and step <= 2:
            found.append(f"prep:{concept}:{step}")
        elif concept in _BESIDE:
            found.append(f"{concept} before")
    if hint is not None:
        found.append(f"hint:{hint}:{min(step, 2)}")
    return (*found, *[f"{name}:{min(step, 2)}" for name in lists])


def _behind(item: Spotted, around: Surroundings) -> Iterator[str]:
    tokens, last = around.tokens, item.last
    if last + 1 >= len(tokens) or last + 1 in around.opens:
        yield "closes"
        return
    behind = tokens[last + 1]
    if behind.text in "-–" and behind.start == tokens[last].stop:
        yield "hyphen glued behind"
    elif behind.text[0].isupper():
        yield "capital behind"
        if last + 1 not in around.spotted:
            yield "unknown capital behind"
    yield f"second behind:{class_at(last + 2, last, around)}"
    for step in range(1, _REACH + 1):
        if last + step >= len(tokens) or last + step in around.opens:
            break
        told = around.told(last + step)
        if told != TOLD_NOTHING:
            yield from _told_behind(*told, step)
        if tokens[last + step].text[0].isdigit() and step <= 2:
            yield "number behind"


@lru_cache(maxsize=20_000)
def _told_behind(
    concepts: frozenset[str], hint: str | None, lists: tuple[str, ...], step: int
) -> tuple[str, ...]:
    """Name what a word some steps behind a name says of it."""
    found = [
        f"{concept} behind:{min(step, 2)}"
        for concept in concepts
        if concept in _BESIDE or (concept in PREPOSITIONS and step == 1)
    ]
    if hint is not None and step <= 2:
        found.append(f"hint behind:{hint}")
    return (*found, *[f"{name} behind:{min(step, 2)}" for name in lists])
