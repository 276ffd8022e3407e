"""Every command on good input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "outputs" / "example" / "article.it.txt"
SENTENCE = "Three people were killed by shelling in Kherson on 2 May 2023."


def test_map_writes_its_files_and_prints_totals(run, tmp_path):
    ran = run("map", ARTICLE, "--published", "2023-08-15", "-o", tmp_path, "--title", "Ferragosto")
    assert (ran.code, ran.err) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "article.it.events.jsonl",
        "article.it.events.jsonl-metadata.json",
        "article.it.geojson",
        "article.it.html",
    ]
    assert "killed 3 · injured 4" in ran.out
    assert "0 events and 0 names without a place\n" in ran.out
    assert "Stepne" in ran.out
    page = (tmp_path / "article.it.html").read_text(encoding="utf-8")
    assert "<title>Ferragosto" in page
    features = json.loads((tmp_path / "article.it.geojson").read_text(encoding="utf-8"))["features"]
    assert all(not isinstance(v, dict | list) for f in features for v in f["properties"].values())


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Night of drones\n\n{SENTENCE}\n", "Night of drones"),
        (f"{SENTENCE}\n\nNobody else was hurt.\n", "a.b"), (SENTENCE, "a.b"),
    ],
)  # fmt: skip
def test_the_headline_of_a_text_is_the_title_of_its_map(run, tmp_path, text, title):
    path = tmp_path / "a.b.txt"
    path.write_text(text, encoding="utf-8")
    assert run("map", path, "-q", "--published", "2023-05-03", "-o", tmp_path).code == 0
    assert f"<title>{title}</title>" in (tmp_path / "a.b.html").read_text(encoding="utf-8")


def test_map_writes_the_same_bytes_again(run, tmp_path):
    for name in ("one", "two"):
        run("map", ARTICLE, "--published", "2023-08-15", "-q", "-o", tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_map_takes_overlays_and_leaves_out_panels(run, tmp_path):
    line = {"type": "LineString", "coordinates": [[35, 47], [38, 49]]}
    front = tmp_path / "front.geojson"
    front.write_text(json.dumps(line), encoding="utf-8")
    day = ("--published", "2023-05-03")
    ran = run("map", "-", *day, "--overlay", front, "--embed", "-o", tmp_path, stdin=SENTENCE)
    assert ran.code == 0
    page = (tmp_path / "stdin.html").read_text(encoding="utf-8")
    assert '"overlays":[{"name":"front"' in page
    assert 'class="embed"' in page


def test_map_reads_standard_input(run, tmp_path):
    ran = run("map", "-", "--published", "2023-05-03", "-o", tmp_path, stdin=SENTENCE)
    assert ran.code == 0
    assert (tmp_path / "stdin.html").exists()


def test_quiet_prints_nothing(run, tmp_path):
    ran = run("map", "-", "-q", "--published", "2023-05-03", "-o", tmp_path, stdin=SENTENCE)
    assert (ran.out, ran.err) == ("", "")


def test_extract_writes_one_line_a_document(run, tmp_path):
    lines = [{"id": "a", "text": SENTENCE, "published": "2023-05-03"}, {"id": "b", "text": "No."}]
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    target = tmp_path / "out.jsonl"
    ran = run("extract", source, "--lang", "en", "-o", target)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    first, second = map(json.loads, target.read_text(encoding="utf-8").splitlines())
    assert [SENTENCE[t["start"] : t["end"]] for t in first["toponyms"]] == ["Kherson"]
    assert {"lat", "lon", "literal", "geonameid"} < set(first["toponyms"][0])
    (event,) = first["events"]
    assert (event["killed"], event["injured"]) == (3, None)
    assert (event["date_start"], event["date_end"]) == ("2023-05-02", "2023-05-02")
    assert event["evidence"] == [0, len(SENTENCE)]
    assert second == {"id": "b", "toponyms": [], "events": []}


def test_resolve_keeps_the_line_and_adds_places(run):
    text = "Il villaggio di Stepne, vicino a Zaporizhzhia, e Qqqyx."
    spans = [text.index(name) for name in ("Stepne", "Zaporizhzhia", "Qqqyx")]
    toponyms = [
        {"start": start, "end": start + len(name), "mine": name}
        for start, name in zip(spans, ("Stepne", "Zaporizhzhia", "Qqqyx"), strict=True)
    ]
    record = {"id": "r", "text": text, "lang": "it", "toponyms": toponyms, "note": 1}
    ran = run("resolve", "-", stdin=json.dumps(record))
    assert ran.code == 0
    (found,) = ran.records
    assert (found["id"], found["note"]) == ("r", 1)
    stepne, city, unknown = found["toponyms"]
    assert (stepne["mine"], stepne["geonameid"], city["geonameid"]) == ("Stepne", 692554, 687700)
    assert stepne["geo_precision"] == 1
    assert 0 < stepne["confidence"] <= 1
    assert len(stepne["candidates"]) > 1
    assert (unknown["lat"], unknown["lon"], unknown["geonameid"]) == (None, None, None)


def test_explain_tells_rules_and_losers(run):
    ran = run("explain", ARTICLE, "--published", "2023-08-15")
    assert ran.code == 0
    for part in ("## Mentions", "because", "lost:", "## Events", "merged from 2 sentences"):
        assert part in ran.out


def test_gazetteer_search_ranks_by_nearness(run):
    ran = run("gazetteer", "search", "Stepne", "--near", "Zaporizhzhia", "--country", "ua")
    lines = ran.out.splitlines()
    assert "gn:692554" in lines[1]
    assert "exact name" in lines[1] and "km away" in lines[1]


def test_gazetteer_info_names_sources_and_licences(run):
    ran = run("gazetteer", "info")
    for part in ("geonames", "CC BY 4.0", "codifier", "index:", "places"):
        assert part in ran.out


@pytest.mark.parametrize("arguments", [["--help"], ["map", "--help"], ["gazetteer", "--help"]])
def test_help(run, arguments):
    ran = run(*arguments)
    assert ran.code == 0
    assert "Usage: conflict-map" in ran.out


def test_sources_are_added_listed_found_and_removed(run, tmp_path, monkeypatch):
    monkeypatch.setenv("CONFLICT_MAP_DATA", str(tmp_path / "sources"))
    table = tmp_path / "mine.csv"
    table.write_text("name,lat,lon\nQuorvelton,48.1,35.2\n", encoding="utf-8")
    assert "1 places, added" in run("gazetteer", "add", "table", table).out
    assert "was there already" in run("gazetteer", "add", "table", table).out
    assert run("gazetteer", "list").out.startswith("table-mine: 1 places")
    assert "user:table-mine:" in run("gazetteer", "search", "Quorvelton").out
    assert run("gazetteer", "remove", "table-mine").code == 0
    assert run("gazetteer", "list").out == ""


def test_convert_and_figure_take_what_map_wrote(run, tmp_path):
    run("map", "-", "-q", "--published", "2023-05-03", "-o", tmp_path, stdin=SENTENCE)
    source = tmp_path / "stdin.geojson"
    csv, acled = tmp_path / "events.csv", tmp_path / "events.acled.csv"
    assert run("convert", source, "-o", csv, "-o", acled).code == 0
    assert "Kherson" in csv.read_text(encoding="utf-8")
    assert "fatalities" in acled.read_text(encoding="utf-8")
    pytest.importorskip("matplotlib")
    picture = tmp_path / "events.png"
    assert run("figure", csv, "-o", picture).code == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
