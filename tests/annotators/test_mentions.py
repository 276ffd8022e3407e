"""Marked texts in eight languages, with what must not be taken for a place."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from gazetteer import open_gazetteer
from geo.annotators.mentions import find_mentions
from geo.annotators.sentences import find_sentences
from geo.annotators.tokens import find_tokens
from geo.languages import available_languages, load_language
from tests.marked import read_marked

TABLE = Path(__file__).parent / "mentions.txt"


def cases():
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        marks = [pytest.mark.xfail(strict=True)] if line.startswith("!") else []
        yield pytest.param(line.removeprefix("!").strip(), marks=marks, id=f"{number}-{line[:40]}")


@pytest.fixture(scope="module")
def gazetteer():
    return open_gazetteer()


def found_mentions(line, gazetteer):
    item = read_marked(line)
    text, pack = item["text"], load_language(item["lang"])
    tokens = find_tokens(text, pack)
    return find_mentions(text, tokens, find_sentences(text, tokens, pack), pack, gazetteer)


@pytest.mark.parametrize("line", list(cases()))
def test_marked_text(line, gazetteer):
    marked = [(t["surface"], t["literal"]) for t in read_marked(line)["toponyms"]]
    found = found_mentions(line, gazetteer)
    assert [(mention.text, mention.literal) for mention in found] == marked


ODD = [
    "",
    " ",
    "\n\n\n",
    "́",
    "—",
    "A",
    "L'",
    "Kyiv" * 50,
    "al-al-al-al-Al",
    "KYIV, KYIV, KYIV -",
    "Київ\u200bКиїв\u00adХарків",
    "с. н.п. р-н р-ну",
    "[Kyiv](http://x) {{Kyiv}} ${Kyiv} <b>Kyiv</b>",
    "В с.",
    "The U.S",
    "🇺🇦 Kyiv 🔥",
]


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("language", available_languages())
def test_mentions_of_odd_texts_are_in_order_and_reproduce_the_text(text, language, gazetteer):
    pack = load_language(language)
    tokens = find_tokens(text, pack)
    found = find_mentions(text, tokens, find_sentences(text, tokens, pack), pack, gazetteer)
    assert all(mention.span.of(text) == mention.text for mention in found)
    assert all(a.span.stop <= b.span.start for a, b in pairwise(found))
    assert all((mention.role is None) == mention.literal for mention in found)


def test_a_mention_says_why(gazetteer):
    (mention,) = found_mentions("en: Shells hit [Nikopol] on Monday.", gazetteer)
    assert mention.rules[0] == "exact match"
    assert mention.rules[1].startswith("place p=")
    assert len(mention.rules) > 2
