"""Every pack is complete: its sections, its concepts, its examples, negative ones included."""

from __future__ import annotations

import json

import jsonschema
import pytest

from gazetteer import open_gazetteer
from geo.annotators.date_rules import RULES
from geo.languages import available_languages, load_language
from geo.readers.language import detect_language
from tests.languages.reading import PACKS, all_examples, differences, load_pack

SCHEMA = json.loads((PACKS / "pack.schema.json").read_text(encoding="utf-8"))
CODES = available_languages()
ALL = all_examples()


@pytest.mark.parametrize("code", CODES)
def test_a_pack_keeps_to_the_schema(code):
    pack = load_pack(PACKS / f"{code}.toml")
    errors = jsonschema.Draft202012Validator(SCHEMA).iter_errors(pack)
    assert [f"{'.'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in errors] == []
    assert pack["language"]["code"] == code


@pytest.mark.parametrize("code", CODES)
def test_a_pack_has_the_concepts_of_all_the_others(code):
    """The weights are shared: a concept that a pack lacks is a feature that it never has."""
    concepts = {other: set(load_language(other).section("terms")) for other in CODES}
    assert set.union(*concepts.values()) - concepts[code] == set()


@pytest.mark.parametrize("code", CODES)
def test_date_phrases_name_rules(code):
    phrases = load_language(code).section("dates")["phrases"]
    assert {name.partition(":")[0] for name in phrases} <= set(RULES)


@pytest.mark.parametrize("code", CODES)
def test_a_pack_has_examples_of_what_happened_and_of_what_did_not(code):
    examples = [example for language, example in ALL if language == code]
    assert len(examples) >= 20
    assert sum(not example["events"] for example in examples) >= 5
    assert len({example["text"] for example in examples}) == len(examples)
    assert sum("fails" not in example for example in examples) >= len(examples) / 2


@pytest.mark.parametrize(
    ("code", "example"),
    [
        pytest.param(
            code,
            example,
            marks=[pytest.mark.xfail(reason=example["fails"])] if "fails" in example else [],
            id=f"{code}-{example['text'][:40]}",
        )
        for code, example in ALL
    ],
)
def test_an_example_is_read_as_it_says(code, example):
    assert differences(code, example, open_gazetteer()) == []


@pytest.mark.parametrize("code", CODES)
def test_the_language_of_its_examples_is_told(code):
    texts = [example["text"] for language, example in ALL if language == code]
    told = [detect_language(text) for text in texts]
    assert told.count(code) >= 0.95 * len(told)
