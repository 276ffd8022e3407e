"""Answers are recorded as they come, replayed, and gone on with after a break."""

from __future__ import annotations

import json

import pytest

from geo.errors import InputError
from geo.extractors.errors import ExtractorError
from geo.extractors.proposals import Answer
from geo.extractors.recording import RecordedExtractor, RecordingExtractor
from geo.models import Document

ONE, TWO = Document(id="1", text="One died."), Document(id="2", text="Two died.")


class Counting:
    name = "model:m"

    def __init__(self):
        self.asked = []

    def extract(self, document):
        self.asked.append(document.id)
        return Answer(extractor=self.name, told={"claims": [{"evidence": document.text}]})


def test_what_was_recorded_is_replayed_with_its_source(tmp_path):
    path = tmp_path / "answers.jsonl"
    first = RecordingExtractor(Counting(), path).extract(ONE)
    assert RecordedExtractor(path).extract(ONE) == first
    assert first.extractor == "model:m"


def test_a_run_that_broke_off_goes_on(tmp_path):
    path, model = tmp_path / "answers.jsonl", Counting()
    RecordingExtractor(model, path).extract(ONE)
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"id": "2", "ans')  # the machine went down here
    again = RecordingExtractor(model, path)
    again.extract(ONE)
    again.extract(TWO)
    assert model.asked == ["1", "2"]
    assert [json.loads(line)["id"] for line in path.read_text().splitlines()] == ["1", "2"]


def test_a_text_that_changed_is_asked_about_again(tmp_path):
    path, model = tmp_path / "answers.jsonl", Counting()
    RecordingExtractor(model, path).extract(ONE)
    RecordingExtractor(model, path).extract(Document(id="1", text="Nobody died."))
    assert model.asked == ["1", "1"]


def test_two_texts_of_one_id_have_their_own_answers(tmp_path):
    path, model = tmp_path / "answers.jsonl", Counting()
    other = Document(id="1", text="Nobody died.")
    recording = RecordingExtractor(model, path)
    told = [recording.extract(document).told for document in (ONE, other)]
    assert [RecordedExtractor(path).extract(document).told for document in (ONE, other)] == told


def test_a_recording_by_hand_needs_no_digest_nor_line_end(tmp_path):
    path, model = tmp_path / "answers.jsonl", Counting()
    path.write_text('{"id": "1", "answer": {"claims": []}}', encoding="utf-8")
    assert RecordedExtractor(path).extract(ONE).told == {"claims": []}
    RecordingExtractor(model, path).extract(TWO)
    assert len(path.read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("line", "document", "error", "said"),
    [
        ('{"id": "9", "answer": {}}', ONE, ExtractorError, "has no answer for '1'"),
        (
            '{"id": "1", "text_digest": "0", "answer": {}}',
            ONE,
            ExtractorError,
            "answers for another text of '1'",
        ),
        ('{"id": "1"}', ONE, InputError, "line 1: a recorded answer has an id and an answer"),
        ("nonsense", ONE, InputError, "line 1: not JSON"),
        ("", ONE, InputError, "is empty"),
    ],
)
def test_a_recording_that_does_not_fit_says_so(tmp_path, line, document, error, said):
    path = tmp_path / "answers.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(error, match=said):
        RecordedExtractor(path).extract(document)
