"""What decided is said in words that need no knowledge of the models."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from geo.commands.wording import Voice, say_feature, say_value
from geo.events.concepts import CONTENT
from geo.network import load_network

ROOT = Path(__file__).parents[2]
SHOWN = ("mentions", "candidates", "places", "numbers", "dates", "flights")  # are printed


def features_of(model):
    """Return the features of a network, or of a model that is kept as JSON."""
    path = ROOT / "geo/weights" / f"{model}.json"
    if path.exists():
        return json.loads(path.read_text(encoding="utf-8"))["weights"]
    return load_network(model).features


@pytest.mark.parametrize("model", SHOWN)
def test_every_feature_of_a_model_has_words(model):
    said = {feature: say_feature(model, feature) for feature in features_of(model)}
    assert [feature for feature, words in said.items() if words is None] == []
    assert [words for words in said.values() if set(words) & set("_&{}")] == []


def test_every_concept_that_may_be_weighed_has_words():
    silent = [name for name in sorted(CONTENT) if say_feature("places", f"{name}|clause") is None]
    assert silent == []


SAID = [
    ("places", "killed|clause", "deaths in its clause"),
    ("places", "after:comma&strike", "listed with the place before, an attack in the sentence"),
    ("places", "then:(", 'followed by "("'),
    ("numbers", "next:run:far", "the next number in the same breath, farther off"),
    ("numbers", "previous:at_least", "the previous number is a least"),
    ("dates", "title|lead of places, casualties&prose",
     "a date in the title, its sentence tells of casualties at places, running text"),
    ("mentions", "edge_mark :", 'stands between the edge of the sentence and the mark ":"'),
    ("mentions", "exact&behind and", 'is a name of the gazetteer, is followed by "and"'),
    ("candidates", "unit&anchor:8", "a unit, over 2,000 km from a sure place of the text"),
    ("flights", "evacuated, behind plan", "an evacuation behind plans, threats or fears"),
    ("flights", "stem geflo", 'a word that begins with "geflo"'),
    ("places", "bias", ""),
    ("places", "unheard of", None),
    ("places", "killed|unheard of", None),
]  # fmt: skip


@pytest.mark.parametrize(("model", "feature", "words"), SAID)
def test_words_are_put_together_of_their_parts(model, feature, words):
    assert say_feature(model, feature) == words


def test_what_has_no_words_is_said_as_it_is():
    assert Voice().say("places", ["bias", "undated", "unheard of"]) == (
        "no date in the sentence; unheard of"
    )
    assert say_value("code", "SHRN") == "SHRN"


def test_names_and_weights_are_said_on_request():
    features = (("undated", 0.5), ("bias", -0.25))
    assert Voice(names=True).say_weighed("places", features) == "undated +0.50; bias -0.25"
    assert Voice().say_weighed("places", features) == "no date in the sentence"
    assert Voice(names=True).say_joined("dates", "clause, rule:day") == "clause, rule:day"


def test_commas_within_features_do_not_part_them():
    joined = "apart|lead without place, something happens, clause, rule:last_week"
    assert Voice().say_joined("dates", joined).split("; ") == [
        "a date of another sentence, its sentence tells what happens at no place",
        "a date in the same clause",
        "written as: last week",
    ]


def test_the_reasons_of_an_article_are_words(run):
    article = ROOT / "outputs/example/article.it.txt"
    plain = run("explain", article, "--published", "2023-08-15", "-q").out
    for part in (
        "Stepne: meant as a place", "called a village", "in a region at war", "lost:",
        "against: ", "shelling or airstrike at Kharkiv", "stands for a government",
    ):  # fmt: skip
        assert part in plain
    assert "|clause" not in plain and "bias" not in plain
    named = run("explain", article, "--published", "2023-08-15", "-q", "--names").out
    assert re.search(r"\w+\|clause \+", named) and "conflict region +" in named
