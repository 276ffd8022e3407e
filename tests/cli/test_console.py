"""What is printed fits where it goes: a wide or narrow terminal, a pipe, a log."""

from __future__ import annotations

import re

import pytest

TWO = (
    "Three people were killed by shelling in Kherson on 2 May 2023. "
    "A drone hit Odesa on 3 May 2023."
)
HOSTILE = 'place,killed,notes\n"Qwort\x1b[2Jzblup\n\u202eevil",two\x07,[red]x[/red]\nKherson,1,ok\n'


@pytest.fixture
def terminal(monkeypatch):
    def set_width(columns):
        for name, value in {"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": str(columns)}.items():
            monkeypatch.setenv(name, value)

    return set_width


def test_a_pipe_gets_one_line_an_event_whatever_its_width(run, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    ran = run("map", "-", "--published", "2023-05-04", "-o", tmp_path, stdin=TWO)
    heading, first, second, totals, *_ = ran.out.splitlines()
    assert heading.split() == ["event", "place", "date", "killed", "injured", "km²", "sure"]
    assert [line.split()[-1] for line in (first, second)] != ["…", "…"]
    assert ("Kherson  2023-05-02" in first, "2023-05-03" in second) == (True, True)
    assert totals.startswith("2 events · killed 3")
    assert "\x1b" not in ran.out


def test_a_narrow_terminal_gets_sentences_in_place_of_a_table(run, tmp_path, terminal):
    terminal(50)
    ran = run("map", "-", "--published", "2023-05-04", "-o", tmp_path, stdin=TWO)
    assert "… · Kherson" not in ran.out
    (first,) = [line for line in ran.out.splitlines() if "Kherson" in line]
    assert "Kherson · 2023-05-02 · killed 3 · sure" in first


def test_a_terminal_of_usual_width_breaks_words_not_figures(run, tmp_path, terminal):
    terminal(80)
    ran = run("map", "-", "--published", "2023-05-04", "-o", tmp_path, stdin=TWO)
    lines = re.sub(r"\x1b\[\d*m", "", ran.out).splitlines()
    assert max(len(line) for line in lines if not line.startswith("wrote")) <= 80
    assert "2023-05-02" in ran.out


@pytest.mark.parametrize("command", ["map", "check"])
def test_no_text_of_a_table_takes_over_the_terminal(run, tmp_path, terminal, command):
    terminal(100)
    path = tmp_path / "t.csv"
    path.write_text(HOSTILE, encoding="utf-8")
    ran = run(command, path, *(["-o", tmp_path / "out"] if command == "map" else []))
    assert ran.code == 2
    for text in (ran.out, ran.err):
        assert not set(text) & {"\x07", "\u202e", "\r"}
        assert "\x1b[2J" not in text


def test_no_text_of_an_article_takes_over_the_terminal(run, tmp_path):
    text = TWO.replace("Kherson", "Kherson\x1b]0;owned\x07")
    ran = run("explain", "-", "--published", "2023-05-04", stdin=text)
    assert ran.code == 0
    assert not set(ran.out) & {"\x07", "\x1b"}
