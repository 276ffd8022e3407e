"""Marked texts in eight languages, with what must not be taken for a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer import open_gazetteer
from geo.annotators.mentions import find_mentions
from geo.annotators.sentences import find_sentences
from geo.annotators.tokens import find_tokens
from geo.languages import load_language
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


def found_in(item, gazetteer):
    text, pack = item["text"], load_language(item["lang"])
    tokens = find_tokens(text, pack)
    sentences = find_sentences(text, tokens, pack)
    found = find_mentions(text, tokens, sentences, pack, gazetteer)
    return [(mention.text, mention.literal) for mention in found]


@pytest.mark.parametrize("line", list(cases()))
def test_marked_text(line, gazetteer):
    item = read_marked(line)
    marked = [(toponym["surface"], toponym["literal"]) for toponym in item["toponyms"]]
    assert found_in(item, gazetteer) == marked
