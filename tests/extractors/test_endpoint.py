"""The language-model extractor against a server that obliges, dawdles, fails or babbles."""

from __future__ import annotations

from datetime import date

import jsonschema
import pytest

from geo.errors import InputError
from geo.extractors.chat import claims_schema, read_completion
from geo.extractors.endpoint import Endpoint, ModelExtractor, endpoint_from
from geo.extractors.errors import ExtractorError
from geo.models import Document
from tests.extractors.conftest import (
    answers,
    breaks_off,
    completion,
    drips,
    hangs_up,
    sends,
    sleeps,
)

DOCUMENT = Document(id="a", text="Two died in Sumy.", language="en", published=date(2024, 5, 1))
NOTHING = {"claims": []}


def test_the_request_has_the_document_the_instructions_and_the_schema(server):
    server.script = [answers(NOTHING)]
    answer = ModelExtractor(server.endpoint(key="secret")).extract(DOCUMENT)
    assert (answer.told, answer.extractor) == (NOTHING, "model:m")
    (request,) = server.requests
    assert server.paths == ["/v1/chat/completions"]
    assert server.headers[0]["Authorization"] == "Bearer secret"
    assert request["model"] == "m"
    sent = request["response_format"]["json_schema"]
    assert sent["strict"] is True
    assert sent["schema"].items() < claims_schema().items()
    system, user = request["messages"]
    assert "word for word" in system["content"]
    assert "Two died in Sumy." in user["content"] and "2024-05-01" in user["content"]


@pytest.mark.parametrize(
    "first",
    [
        sends(b"busy", 429, Retry_After="0"),
        sends(b"busy", 429, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"),
        sends(b"oops", 500),
        sends(b"", 503),
        answers("I cannot do that."),
        answers({"claims": "many"}),
        answers([1, 2]),
        answers('{"claims": [', finish="length"),
        sends(b"<html>not found</html>"),
        sends(b'{"choices": []}'),
        sends(b'{"choices": [{"message": {"content": null, "refusal": "no"}}]}'),
        sends(b"\xff\xfe\x00"),
        answers("[" * 5000),
        answers('{"claims": [{"evidence": "\\ud800"}]}'),
        breaks_off,
        hangs_up,
    ],
)
def test_a_bad_answer_is_asked_for_again(server, first):
    server.script = [first, answers(NOTHING)]
    assert ModelExtractor(server.endpoint()).extract(DOCUMENT).told == NOTHING
    assert len(server.requests) == 2


@pytest.mark.parametrize("first", [sleeps, drips])
def test_a_slow_answer_is_asked_for_again(server, first):
    server.script = [first, answers(NOTHING)]
    patient = server.endpoint(timeout=0.4, attempts=6)  # a busy machine may miss more than one
    assert ModelExtractor(patient).extract(DOCUMENT).told == NOTHING
    assert len(server.requests) >= 2


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        (sends(b"busy", 429), "gave no answer in 2 attempts: the server answers 429"),
        (sends(b"oops", 500), "the server answers 500"),
        (answers("well, well"), "the answer is no JSON: 'well, well'"),
        (answers({"events": []}), "no object with a list 'claims'"),
        (answers("{", finish="length"), "the answer was cut off"),
        (sends(b"<html>"), "the answer is no chat completion: <html>"),
        (breaks_off, "the answer broke off"),
        (hangs_up, "the connection failed"),
    ],
)
def test_a_server_that_never_answers_well_is_given_up_with_a_reason(server, behaviour, said):
    server.script = [behaviour]
    with pytest.raises(ExtractorError, match=said):
        ModelExtractor(server.endpoint()).extract(DOCUMENT)
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [(sleeps, "no answer within 0.4 s"), (drips, "no whole answer within 0.4 s")],
)
def test_a_server_that_is_always_slow_is_given_up(server, behaviour, said):
    server.script = [behaviour]
    with pytest.raises(ExtractorError, match=said):
        ModelExtractor(server.endpoint(timeout=0.4)).extract(DOCUMENT)


@pytest.mark.parametrize(
    ("status", "said"),
    [(400, "answers 400"), (401, "answers 401"), (404, "answers 404"), (302, "answers 302")],
)
def test_what_cannot_get_better_is_not_tried_again(server, status, said):
    server.script = [sends(b"no such model", status, Location=f"{server.url}/elsewhere")]
    with pytest.raises(ExtractorError, match=said):
        ModelExtractor(server.endpoint(key="secret")).extract(DOCUMENT)
    assert server.paths == ["/v1/chat/completions"]  # a redirect would take the key elsewhere


@pytest.mark.parametrize("field", ["temperature", "response_format"])
def test_a_field_that_the_server_does_not_take_is_left_out(server, field):
    refusal = f"Unsupported parameter: '{field}'".encode()
    server.script = [sends(refusal, 400), answers(NOTHING)]
    extractor = ModelExtractor(server.endpoint(attempts=1))
    assert extractor.extract(DOCUMENT).told == NOTHING
    extractor.extract(DOCUMENT)
    assert [field in request for request in server.requests] == [True, False, False]
    told = server.requests[-1]["messages"][0]["content"]
    assert ("additionalProperties" in told) == (field == "response_format")


def test_nobody_at_home():
    endpoint = Endpoint(url="http://127.0.0.1:9", model="m", attempts=2, pause=0.01)
    with pytest.raises(ExtractorError, match="the connection failed"):
        ModelExtractor(endpoint).extract(DOCUMENT)


def test_json_in_a_fence_is_read():
    assert read_completion(completion('```json\n{"claims": []}\n```')) == NOTHING


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "set CONFLICT_MAP_MODEL_URL and CONFLICT_MAP_MODEL"),
        ({"CONFLICT_MAP_MODEL_URL": "ftp://x", "CONFLICT_MAP_MODEL": "m"}, "no http or https"),
        (
            {
                "CONFLICT_MAP_MODEL_URL": "http://example.org/v1",
                "CONFLICT_MAP_MODEL": "m",
                "CONFLICT_MAP_MODEL_KEY": "k",
            },
            "a key is sent over https only",
        ),
        (
            {
                "CONFLICT_MAP_MODEL_URL": "http://localhost/v1",
                "CONFLICT_MAP_MODEL": "m",
                "CONFLICT_MAP_MODEL_PARALLEL": "none",
            },
            "CONFLICT_MAP_MODEL_PARALLEL: 'none' is no number",
        ),
    ],
)
def test_the_environment_is_checked(environment, said):
    with pytest.raises(InputError, match=said):
        endpoint_from(environment)


def test_the_key_is_never_shown():
    assert "secret" not in repr(Endpoint(url="https://x/v1", model="m", key="secret"))


def objects(schema):
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


def test_the_schema_is_one_and_strict():
    schema = claims_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for one in objects(schema):  # what the strict mode of structured outputs demands
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])
