"""Recognisers from a local model stand where our own stage stands."""

from __future__ import annotations

import sys
import types
import warnings

import pytest

from geo.errors import InputError
from geo.extractors import choose_extractor
from geo.extractors.errors import ExtractorError
from geo.models import Document
from geo.pipeline import extract

TEXT = "Kyiv denies it. Shells killed three people in Kherson and Nowherebury on Monday."


@pytest.fixture(scope="module")
def spacy_model(tmp_path_factory):
    """A spaCy model of rules alone: all that the adapter needs, and no weights to fetch."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        spacy = pytest.importorskip("spacy")
    model = spacy.blank("en")
    patterns = [
        {"label": label, "pattern": text}
        for label, text in (
            ("GPE", "Kyiv"),
            ("GPE", "Kherson"),
            ("LOC", "Nowherebury"),
            ("DATE", "Monday"),
        )
    ]
    model.add_pipe("entity_ruler").add_patterns(patterns)
    folder = tmp_path_factory.mktemp("models") / "en_rules"
    model.to_disk(folder)
    return folder


def test_spacy_names_are_resolved_and_keep_our_reading(spacy_model, gazetteer):
    chosen = choose_extractor(f"spacy:{spacy_model}")
    document = Document(id="a", text=TEXT, language="en")
    found = extract(document, gazetteer, recogniser=chosen.recogniser)
    assert [m.text for m in found.mentions] == ["Kyiv", "Kherson", "Nowherebury"]
    kyiv, kherson, nowhere = found.mentions
    assert (kyiv.literal, kherson.literal, nowhere.literal) == (False, True, True)
    assert found.resolutions[1].place.name == "Kherson"
    unknown = found.resolutions[2]
    assert (unknown.place.id, unknown.geo_precision) == ("text:nowherebury", 2)
    (event,) = [event for event in found.events if event.killed]
    assert (event.place.mention.text, event.killed.best) == ("Kherson", 3)


def test_gliner_is_asked_in_parts_for_kinds_of_places(tmp_path, monkeypatch):
    calls = []

    class GLiNER:
        @classmethod
        def from_pretrained(cls, folder, **options):
            calls.append((folder, options))
            return cls()

        def predict_entities(self, text, labels, threshold):
            assert "village" in labels
            assert len(text) <= 1200
            at = text.find("Kherson")
            return [{"start": at, "end": at + 7, "label": "city"}] if at >= 0 else []

    module = types.ModuleType("gliner")
    module.GLiNER = GLiNER
    monkeypatch.setitem(sys.modules, "gliner", module)
    recognise = choose_extractor(f"gliner:{tmp_path}").recogniser
    text = f"{'word ' * 400}Kherson."
    assert [span.of(text) for span in recognise(text)] == ["Kherson"]
    assert calls == [(str(tmp_path), {"local_files_only": True})]


def test_natasha_reads_russian():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pymorphy2, which natasha loads, asks for pkg_resources
        try:
            recognise = choose_extractor("natasha").recogniser
        except ExtractorError as error:
            pytest.skip(str(error))
    text = "В Херсоне погибли три человека, сообщил Иван Петров."
    assert [span.of(text) for span in recognise(text)] == ["Херсоне"]


@pytest.mark.parametrize(
    ("wanted", "error", "said"),
    [
        ("spacy:", InputError, "'' is no folder"),
        ("gliner:/no/such/folder", InputError, "'/no/such/folder' is no folder"),
        ("natasha:models", InputError, "natasha brings its own model"),
        ("magic", InputError, "no extractor 'magic'; there are: gliner, model, natasha, recorded"),
        ("model:gpt", InputError, "named by environment variables"),
        ("recorded:/no/such.jsonl", InputError, "/no/such.jsonl does not exist"),
    ],
)
def test_what_cannot_be_opened_says_why(wanted, error, said):
    with pytest.raises(error, match=said):
        choose_extractor(wanted)


def test_a_folder_without_a_model_says_so(tmp_path):
    pytest.importorskip("spacy")
    with pytest.raises(ExtractorError, match="is no spaCy model"):
        choose_extractor(f"spacy:{tmp_path}")


def test_a_library_that_is_not_there_is_named_with_its_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "gliner", None)
    with pytest.raises(ExtractorError, match=r"pip install 'conflict-event-mapper\[gliner\]'"):
        choose_extractor(f"gliner:{tmp_path}")
