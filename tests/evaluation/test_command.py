"""``conflict-map evaluate`` on a gold of the user's own."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import run  # noqa: F401 - the fixture

TEXT = "Three people were killed by shelling in Kherson on 2 May 2023. Nothing happened in Lviv."
START = TEXT.index("Kherson")
TOPONYM = {
    "start": START, "end": START + 7, "lat": 46.6558, "lon": 32.6178, "kind": "city",
    "literal": True,
}  # fmt: skip
EVENT = {
    "place": 0, "type": "shelling_or_airstrike", "killed": 3, "injured": None, "area_km2": None,
    "area_direction": None, "cumulative": False, "date_start": "2023-05-02",
    "date_end": "2023-05-02", "evidence": [0, 62],
}  # fmt: skip
GOLD = {
    "id": "a", "lang": "en", "published": "2023-05-03", "text": TEXT, "tags": ["digits"],
    "toponyms": [TOPONYM], "events": [EVENT],
}  # fmt: skip


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD), encoding="utf-8")
    return path


@pytest.fixture
def predicted(tmp_path):
    path = tmp_path / "pred.jsonl"
    wrong = EVENT | {"killed": 2, "lat": 46.6558, "lon": 32.6178, "place_name": "Kherson"}
    invented = wrong | {"lat": 49.8, "lon": 24.0, "place_name": "Lviv", "evidence": [63, 89]}
    del wrong["place"], invented["place"]
    lviv = {"start": TEXT.index("Lviv"), "end": TEXT.index("Lviv") + 4, "lat": 49.8, "lon": 24.0}
    record = {"id": "a", "toponyms": [TOPONYM, lviv], "events": [wrong, invented]}
    path.write_text(json.dumps(record), encoding="utf-8")
    return path


def test_texts_are_read_now_without_predictions(run, gold):  # noqa: F811
    ran = run("evaluate", gold, "--json")
    assert ran.code == 0
    total = json.loads(ran.out)["TOTAL"]
    assert total["END TO END (place, killed, injured)"]["f1"] == 1.0
    assert total["date exact, matched and dated"] == {"acc": 1.0, "n": 1}


def test_missed_invented_and_different_are_listed(run, gold, predicted):  # noqa: F811
    ran = run("evaluate", gold, "--pred", predicted, "--by", "lang,tag", "--errors", "5")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "== TOTAL (1 items)"
    for heading in ("casualties, missed (1)", "event, differs (1)", "event, invented (1)"):
        assert f"== {heading}" in lines
    assert any(line.startswith("lang=en ") for line in lines)
    assert any(line.startswith("tag=digits ") for line in lines)
    assert "killed: shelling_or_airstrike at Kherson, killed 3" in ran.out
    assert "a | Lviv | " in ran.out


def test_errors_go_into_json_too(run, gold, predicted):  # noqa: F811
    report = json.loads(run("evaluate", gold, "--pred", predicted, "--errors", "1", "--json").out)
    assert {"item", "what", "how", "detail", "quote"} == set(report["errors"][0])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 1: not JSON"),
        ("[]", "line 1: not a JSON object"),
        ('{"text": "x"}', "line 1: the field 'id' is missing"),
        ('{"id": "a"}', "line 1: a gold item needs its text"),
        ('{"id": "a", "text": "x", "toponyms": 3}', "'toponyms' must be a list of objects"),
        ('{"id": "a", "text": "x", "toponyms": [{"start": 0}]}', "toponyms[0]: 'end' is missing"),
        ('{"id": "a", "text": "x", "events": [{"place": 0}]}', "place 0 is no index"),
        ('{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}', "line 2: the id 'a' is there"),
    ],
)
def test_bad_gold_is_named_with_its_line(run, tmp_path, line, said):  # noqa: F811
    path = tmp_path / "bad.jsonl"
    path.write_text(line, encoding="utf-8")
    ran = run("evaluate", path, "--pred", path)
    assert ran.code == 1
    assert said in ran.err


def test_unknown_grouping_lists_those_there_are(run, gold):  # noqa: F811
    ran = run("evaluate", gold, "--by", "colour")
    assert (ran.code, ran.complaints) == (
        1, ["cannot group by 'colour'; there are: lang, tag, difficulty, source"],
    )  # fmt: skip


def test_ids_that_do_not_meet_are_said(run, gold, tmp_path):  # noqa: F811
    path = tmp_path / "other.jsonl"
    path.write_text('{"id": "b"}', encoding="utf-8")
    ran = run("evaluate", gold, "--pred", path)
    assert ran.code == 0
    assert len(ran.complaints) == 2
