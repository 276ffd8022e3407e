"""Terms: which concepts a phrase evokes, longest pattern first."""

import pytest

from geo.annotators.terms import compile_lexicon, find_terms
from geo.annotators.tokens import find_tokens
from geo.languages import LanguagePack, available_languages, load_language

PACK = LanguagePack(
    code="xx",
    name="Test",
    version="1",
    sections={
        "tokens": {"elisions": ["l'"], "clitics": ["'s"]},
        "terms": {
            "killed": ["kill*", "lost ... life"],
            "strike": ["raid*", "struck"],
            "siren": ["air raid alert*"],
            "plan": ["might"],
            "area_units": {"sq km": 1.0, "ha": 0.01},
        },
        "weapons": {"s-300": "S-300 missile"},
        "actors": {"rebel*": "Rebels"},
    },
)

CASES = [
    ("Three were killed", {("killed", "killed", None)}),
    ("an air raid alert in town", {("air raid alert", "siren", None)}),
    ("the raid hit", {("raid", "strike", None)}),
    ("he lost his young life there", {("lost", "killed", None)}),
    ("he lost a b c d e f life", set()),
    ("he lost all. A life", set()),
    ("S-300 missiles", {("S - 300", "weapon", "S-300 missile")}),
    ("12 sq km of land", {("sq km", "area_units", 1.0)}),
    ("the rebels might", {("rebels", "actor", "Rebels"), ("might", "plan", None)}),
    ("KILLED", {("KILLED", "killed", None)}),
    ("", set()),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_terms(text, expected):
    tokens = find_tokens(text, PACK)
    found = {
        (" ".join(t.text for t in tokens[term.first : term.last + 1]), term.concept, term.value)
        for term in find_terms(tokens, PACK)
    }
    assert found == expected


@pytest.mark.parametrize("code", available_languages())
def test_every_pattern_of_a_pack_matches_itself(code):
    pack = load_language(code)
    lexicon = compile_lexicon(pack)
    assert lexicon.exact or lexicon.prefix
    for concept, patterns in pack.section("terms").items():
        for pattern in patterns:
            text = pattern.replace("*", "").replace("...", "xq")
            tokens = find_tokens(text, pack)
            concepts = {term.concept for term in find_terms(tokens, pack)}
            assert concept in concepts, f"{code}: {pattern!r} does not find {concept}"


def test_a_month_with_a_capital_is_no_other_word():
    pack = load_language("en")

    def concepts(text):
        return {term.concept for term in find_terms(find_tokens(text, pack), pack)}

    assert concepts("the march") == {"protest"}
    assert "protest" not in concepts("since 7 March")
    assert "plan" in concepts("it may rain")
    assert "plan" not in concepts("on May 10")
