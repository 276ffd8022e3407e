"""``--extractor`` and ``--record`` on the command line, and the schema it prints."""

from __future__ import annotations

import json
import threading

import pytest

from geo.extractors.agreement import confidence_of
from geo.extractors.chat import claims_schema
from tests.extractors.conftest import answers, completion, sends

TEXT = "Shelling killed two people in Kherson on 2 May 2023."
CLAIM = {
    "evidence": TEXT,
    "event_type": "shelling_or_airstrike",
    "place": {"text": "Kherson", "kind": "city", "country": "UA"},
    "killed": {"low": 2, "best": 2, "high": 2, "words": ["two"]},
    "date_text": "on 2 May 2023",
    "date_start": "2023-05-02",
    "date_end": "2023-05-02",
}
INVENTED = CLAIM | {"killed": {"low": 9, "best": 9, "high": 9, "words": []}}


def lines(count=1):
    records = [
        {"id": f"d{n}", "text": TEXT, "lang": "en", "published": "2023-05-03"} for n in range(count)
    ]
    return "\n".join(map(json.dumps, records))


@pytest.fixture
def model(server, monkeypatch):
    monkeypatch.setenv("CONFLICT_MAP_MODEL_URL", f"{server.url}/v1")
    monkeypatch.setenv("CONFLICT_MAP_MODEL", "m")
    monkeypatch.setenv("CONFLICT_MAP_MODEL_PARALLEL", "3")
    return server


def test_a_model_tells_the_document_bears_out_and_the_rest_is_said(run, model):
    model.script = [answers({"claims": [CLAIM, INVENTED]})]
    ran = run("extract", "-", "--extractor", "model", stdin=lines())
    assert ran.code == 0
    (event,) = ran.records[0]["events"]
    assert (event["killed"], event["place_name"]) == (2, "Kherson")
    (said,) = ran.complaints
    assert "d0: claim 2 rejected: killed: the number 9 cannot be read in the quoted words" in said


def test_a_recording_replays_the_same_bytes_offline(run, model, tmp_path):
    model.script = [answers({"claims": [CLAIM]})]
    kept = tmp_path / "answers.jsonl"
    paid = run("extract", "-", "--extractor", "model", "--record", kept, stdin=lines(3))
    asked = len(model.requests)
    again = run("extract", "-", "--extractor", f"recorded:{kept}", stdin=lines(3))
    assert (paid.code, again.code, asked) == (0, 0, 3)
    assert again.out == paid.out
    assert len(model.requests) == asked


def test_documents_are_asked_about_at_once_within_bounds(run, model):
    barrier = threading.Barrier(3, timeout=5)
    body = completion({"claims": [CLAIM]})

    def together(handler, request):
        barrier.wait()  # passes only when three questions are under way
        sends(body)(handler, request)

    model.script = [together]
    ran = run("extract", "-", "--extractor", "model", stdin=lines(6))
    assert ran.code == 0
    assert [record["id"] for record in ran.records] == [f"d{n}" for n in range(6)]
    assert model.most_at_once == 3


def test_a_document_without_an_answer_keeps_its_line(run, model):
    model.script = [sends(b"no such model", 404), answers({"claims": [CLAIM]})]
    ran = run("extract", "-", "--extractor", "model", stdin=lines(2))
    assert ran.code == 2
    failed = [record for record in ran.records if "error" in record]
    assert len(failed) == 1
    assert "the server answers 404" in failed[0]["error"]
    assert sum(len(record["events"]) for record in ran.records) == 1


def test_the_rules_are_recorded_as_claims_to_correct(run, tmp_path):
    kept = tmp_path / "answers.jsonl"
    ruled = run("extract", "-", "--extractor", "rules", "--record", kept, stdin=lines())
    record = json.loads(kept.read_text(encoding="utf-8"))
    (told,) = record["answer"]["claims"]
    assert set(told) == set(claims_schema()["properties"]["claims"]["items"]["properties"])
    assert told["killed"] == {"low": 2, "best": 2, "high": 2, "words": ["two"]}
    plain = run("extract", "-", stdin=lines())
    assert ruled.records[0]["events"] == plain.records[0]["events"]


def test_explain_tells_agreement_rejections_and_what_the_rules_alone_read(run, tmp_path):
    kept = tmp_path / "answers.jsonl"
    other = {"id": "d0", "answer": {"claims": [CLAIM, INVENTED]}}
    kept.write_text(json.dumps(other), encoding="utf-8")
    ran = run("explain", "-", "--extractor", f"recorded:{kept}", stdin=lines())
    assert f"confidence {confidence_of(agreed=True):.2f}" in ran.out
    assert "## Claims that were rejected\nclaim 2 rejected" in ran.out
    kept.write_text('{"id": "d0", "answer": {"claims": []}}', encoding="utf-8")
    ran = run("explain", "-", "--extractor", f"recorded:{kept}", stdin=lines())
    assert "shelling or airstrike at Kherson" in ran.out.partition("only the rules read")[2]


def test_disagreement_is_flagged_on_the_map(run, tmp_path):
    kept = tmp_path / "answers.jsonl"
    text = f"{TEXT} A further strike on Kherson killed nobody."
    claim = CLAIM | {"event_type": "missile_or_drone_strike"}
    kept.write_text(json.dumps({"id": "d0", "answer": {"claims": [claim]}}), encoding="utf-8")
    stdin = json.dumps({"id": "d0", "text": text, "lang": "en", "published": "2023-05-03"})
    ran = run("map", "-", "-q", "-o", tmp_path, "--extractor", f"recorded:{kept}", stdin=stdin)
    assert ran.code == 0
    features = json.loads((tmp_path / "stdin.geojson").read_text(encoding="utf-8"))["features"]
    (properties,) = [feature["properties"] for feature in features]
    assert properties["extraction_confidence"] == pytest.approx(confidence_of(agreed=False))
    assert "the rules read otherwise: shelling_or_airstrike" in properties["warnings"]
    assert properties["extractor_version"] == "recorded:answers.jsonl"


def test_the_schema_is_printed(run):
    ran = run("schema", "claims")
    assert json.loads(ran.out) == claims_schema()
    assert run("schema", "events").complaints == ["no schema 'events'; there is: claims"]


def test_a_model_without_an_address_is_asked_for(run, monkeypatch):
    monkeypatch.delenv("CONFLICT_MAP_MODEL_URL", raising=False)
    ran = run("extract", "-", "--extractor", "model", stdin=lines())
    assert ran.code == 1
    assert "set CONFLICT_MAP_MODEL_URL" in ran.err
