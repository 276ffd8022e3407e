"""Dates in eight languages: a table a language in ``dates/``, and what must hold of any text."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.annotators.dates import find_intervals
from geo.annotators.sentences import find_sentences
from geo.annotators.tokens import find_tokens
from geo.languages import available_languages, load_language

TABLES = Path(__file__).parent / "dates"
PUBLISHED = "2023-08-15"


def rows():
    for table in sorted(TABLES.glob("*.txt")):
        for line in table.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                text, published, expected = (part.strip() for part in line.split("|"))
                case = (table.stem, text, published or PUBLISHED, expected)
                yield pytest.param(*case, id=f"{table.stem}: {text}")


def read(language, text, published):
    pack = load_language(language)
    return find_intervals(text, find_tokens(text, pack), pack, published)


def written(interval):
    start, end = interval.start, interval.end
    if start == end:
        return str(start)
    return f"{start or '..'}/{end or '..'}"


@pytest.mark.parametrize(("language", "text", "published", "expected"), list(rows()))
def test_days(language, text, published, expected):
    found = read(language, text, date.fromisoformat(published))
    assert (" ".join(map(written, found)) or "-") == expected


def test_each_language_has_a_table_of_its_own():
    assert {table.stem for table in TABLES.glob("*.txt")} == set(available_languages())


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("it", "la scorsa settimana", [None]),
        ("en", "overnight", [None]),
        ("uk", "минулого тижня", [None]),
        ("en", "on 14 August 2022", [date(2022, 8, 14)]),
        ("de", "am 14. August 2022 ein Angriff, tags darauf noch einer",
         [date(2022, 8, 14), date(2022, 8, 15)]),
    ],
)  # fmt: skip
def test_without_a_publication_date_only_stated_years_give_days(language, text, days):
    found = read(language, text, None)
    assert [i.start for i in found] == days
    assert [i.basis for i in found] == ["explicit" if d else "unknown" for d in days]
    assert all(i.precision == (1 if i.start else 9) for i in found)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("yesterday", 1), ("overnight", 2), ("from 3 to 7 August", 2), ("last week", 3),
        ("the past seven days", 3), ("in July", 4), ("since June", 5), ("in 2014", 5),
    ],
)  # fmt: skip
def test_precision_codes(text, precision):
    assert [i.precision for i in read("en", text, date(2023, 8, 15))] == [precision]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("on 29 February", "2023-08-15", "2020-02-29"),
        ("from 30 December to 2 January", "2024-01-05", "2023-12-30/2024-01-02"),
        ("overnight on 31 December to 1 January", "2024-01-05", "2023-12-31/2024-01-01"),
        ("in December", "2024-01-05", "2023-12-01/2023-12-31"),
        ("last week", "2024-01-03", "2023-12-25/2023-12-31"),
        ("the past month", "2024-03-31", "2024-02-29/2024-03-31"),
        ("on 31 April", "2023-08-15", "-"),
        ("on 10/11/2023", "2023-10-15", "2023-10-11"),
    ],
)
def test_edges_of_months_and_years(text, published, expected):
    found = read("en", text, date.fromisoformat(published))
    assert (" ".join(map(written, found)) or "-") == expected


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("de", "Am 14. August starben zwei. Es waren 15. Regen fiel.", 3),
        ("es", "El 14 ago. 2023 murieron dos. Fin.", 2),
        ("en", "He left in May. 14 people died.", 2),
        ("pl", "Dostał list. Potem zginął.", 2),
    ],
)
def test_a_date_is_not_cut_in_two(language, text, sentences):
    pack = load_language(language)
    assert len(find_sentences(text, find_tokens(text, pack), pack)) == sentences


WORDS = sorted(
    {
        word
        for table in TABLES.glob("*.txt")
        for word in table.read_text(encoding="utf-8").split()
        if word not in ("|", "-")
    }
    | {"31.02", "32.13.2023", "0", "99", "2100", "1e9", "", "٣", "²", "-", ".", "\n\n"}
)


@given(
    language=st.sampled_from(available_languages()),
    words=st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=12),
    published=st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
)
def test_any_text_gives_intervals_that_run_forwards_and_quote_it(language, words, published):
    text = " ".join(words)
    found = read(language, text, published)
    for interval in found:
        assert interval.span.of(text) == interval.text
        assert interval.start is None or interval.end is None or interval.start <= interval.end
        assert 1 <= interval.precision <= 5 or interval.start is interval.end is None
    assert all(a.span.stop <= b.span.start for a, b in pairwise(found))
