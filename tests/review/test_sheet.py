"""A sheet is read back as it was, whatever a spreadsheet made of the file."""

from __future__ import annotations

import csv
import io
import string

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.exporters.spreadsheet import neutralise
from geo.readers.table_cells import restore
from geo.review.exporting import keep_decisions, write_sheet
from geo.review.sheet import COLUMNS, read_decisions, read_sheet

TEXT = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="\ufeff"),
    max_size=30,
)
TEXT = TEXT.map(str.strip).filter(
    lambda text: restore(text) == text
)  # a quote mark before a formula is the spreadsheet's own
TEXT_OF_MARKS = st.text(string.punctuation, max_size=8).filter(lambda t: restore(t) == t)
HOSTILE = st.sampled_from(["=1+1", "+7", "-3", "@x", 'a "b"; c, d\te|f', "\n=1\n2", "'tis"])
CELL = st.one_of(TEXT, HOSTILE.map(str.strip), TEXT_OF_MARKS)
ROWS = st.lists(
    st.fixed_dictionaries(dict.fromkeys(("place_text", "decision", "note", "history"), CELL)),
    min_size=1,
    max_size=5,
)
STYLES = st.fixed_dictionaries(
    {
        "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
        "delimiter": st.sampled_from([",", ";", "\t", "|"]),
        "quoting": st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
        "lineterminator": st.sampled_from(["\r\n", "\n"]),
        "gaps": st.integers(0, 3),
        "headed": st.booleans(),
        "capitals": st.booleans(),
    }
)

FILES = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def save(rows, *, encoding="utf-8", gaps=0, headed=False, capitals=False, names=COLUMNS, **style):
    """Return the bytes of rows as a spreadsheet saves them."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, **style)
    if headed:
        writer.writerow(["places of May", *[""] * (len(names) + gaps - 1)])
    writer.writerow([*(n.title() if capitals else n for n in names), *[""] * gaps])
    for row in rows:
        writer.writerow([*(neutralise(row.get(name, "")) for name in names), *[""] * gaps])
    return stream.getvalue().encode(encoding)


def cells(rows, names=COLUMNS):
    return [{name: row.get(name, "") for name in names} for row in rows if any(row.values())]


@settings(FILES, max_examples=150)
@given(ROWS, STYLES)
def test_every_cell_comes_back(tmp_path, rows, style):
    path = tmp_path / "places.csv"
    path.write_bytes(save(rows, **style))
    if cells(rows):
        assert cells(row for _, row in read_sheet(path).rows) == cells(rows)


@settings(FILES, max_examples=50)
@given(ROWS, st.sampled_from(["places.csv", "places.xlsx"]))
def test_what_we_write_comes_back_and_runs_nothing(tmp_path, rows, name):
    path = tmp_path / name
    write_sheet(path, rows)
    assert cells(row for _, row in read_sheet(path).rows) == cells(rows)
    if name.endswith("csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            assert not any(
                c.startswith(("=", "+", "-", "@")) for row in csv.reader(stream) for c in row
            )


@settings(FILES, max_examples=50)
@given(ROWS)
def test_writing_what_was_read_changes_no_byte(tmp_path, rows):
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    write_sheet(first, cells(rows))
    write_sheet(second, [row for _, row in read_sheet(first).rows])
    assert first.read_bytes() == second.read_bytes()


@settings(deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_export_over_a_sheet_loses_no_decision(rows, random):
    old = [row | {"key": f"place-{n}", "context": ""} for n, row in enumerate(rows)]
    new = [dict.fromkeys(COLUMNS, "") | {"key": row["key"]} for row in old]
    random.shuffle(new)
    kept = keep_decisions(new[: len(new) // 2], old)
    for row in old:
        if row["decision"] or row["note"] or row["history"]:
            (found,) = [k for k in kept if k["key"] == row["key"]]
            assert [found[n] for n in ("decision", "note")] == [row["decision"], row["note"]]


def test_columns_of_their_own_stay(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text("Colour;decision;place_text;key\nred;ok;Stepne;place-1\n", encoding="utf-8")
    ((_, row),) = read_sheet(path).rows
    write_sheet(path, keep_decisions([], [row]))
    ((_, again),) = read_sheet(path).rows
    assert (again["colour"], again["decision"]) == ("red", "ok")


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (["2023-08-20"], ["2023-08-20"]),
        (["20/08/2023", "01/08/2023"], ["2023-08-20", "2023-08-01"]),
        (["8/20/2023", "8/1/2023"], ["2023-08-20", "2023-08-01"]), (["20.08.23"], ["2023-08-20"]),
        (["45158"], ["2023-08-20"]), (["05/06/2023"], ["05/06/2023"]),
        (["05.06.2023"], ["2023-06-05"]),
        (["2023-08-20 00:00:00"], ["2023-08-20"]), (["last week"], ["last week"]),
        (["20 August 2023"], ["2023-08-20"]),
    ],
)  # fmt: skip
def test_days_are_set_right_where_that_is_certain(tmp_path, days, read):
    rows = [{"place_text": "X", "decision": "ok", "reviewed_on": day} for day in days]
    path = tmp_path / "places.csv"
    path.write_bytes(save(rows))
    assert [row["reviewed_on"] for _, row in read_sheet(path).rows] == read


def test_numbers_and_days_of_a_workbook(tmp_path):
    from datetime import datetime

    book = openpyxl.Workbook()
    book.active.append(["notes"])
    sheet = book.create_sheet()
    sheet.append(["key", "place_text", "decision", "reviewed_on", "candidate_2"])
    sheet.append(["place-1", "Stepne", 2.0, datetime(2023, 8, 20), "Stepne [gn:692554 47.8 35.3]"])
    sheet.append(["place-2", "Sumy", 692194, None, None])
    book.save(tmp_path / "places.xlsx")
    found = read_decisions(tmp_path / "places.xlsx").decisions
    assert [(d.answer, d.on) for d in found] == [("gn:692554", "2023-08-20"), ("gn:692194", None)]


def test_rows_that_contradict_each_other_decide_nothing(tmp_path):
    rows = [
        {"key": "place-1", "place_text": "Stepne", "decision": "ok"},
        {"key": "place-2", "place_text": "Sumy", "decision": "ok"},
        {"key": "place-1", "place_text": "Stepne", "decision": "reject"},
        {"key": "place-2", "place_text": "Sumy", "decision": "yes"},
    ]
    path = tmp_path / "places.csv"
    path.write_bytes(save(rows))
    read = read_decisions(path)
    assert [d.text for d in read.decisions] == ["Sumy"]
    assert [str(p) for p in read.problems] == [
        "places.csv, row 2: 'Stepne' is decided differently in rows 2 and 4; keep one"
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("places.csv", b"a,b\n1,2\n", "lacks the columns"),
        ("places.csv", b"", "lacks the columns"),
        ("places.csv", b"\x00\x01\x02" * 99, "binary"), ("places.xlsx", b"PK\x03\x04", "no Excel"),
        ("places.csv", b'place_text,decision\n"x,ok', None),
    ],
)  # fmt: skip
def test_bad_files_are_said_or_read(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    if words is None:
        assert read_decisions(path).decisions == ()
        return
    with pytest.raises(InputError, match=words):
        read_decisions(path)


@pytest.mark.parametrize("first", [b"", b"sep=;\r", b"\r", b"\xef\xbb\xbf"])
def test_old_line_ends_and_lines_before_the_header(tmp_path, first):
    path = tmp_path / "places.csv"
    path.write_bytes(first + b"place_text;decision\rSumy;ok\r")
    assert [d.text for d in read_decisions(path).decisions] == ["Sumy"]


def test_no_such_sheet(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_decisions(tmp_path / "places.csv")
