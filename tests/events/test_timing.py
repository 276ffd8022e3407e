"""Which of a text's dates is an occurrence's: a table of texts, the place, and the days."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer import open_gazetteer
from geo.events.timing import (
    Calendar,
    find_dates,
    is_history,
    is_told_as_history,
    time_occurrence,
)
from geo.events.view import view_sentences
from geo.models import Document, Interval
from geo.pipeline import annotate

PUBLISHED = date(2023, 8, 15)

CASES = [
    # the clause decides, not the nearest date
    ("en", "Two people died in Sumy on Sunday, and a drone hit Kharkiv on Monday.",
     "Sumy", "2023-08-13"),
    ("en", "Two people died in Sumy on Sunday, and a drone hit Kharkiv on Monday.",
     "Kharkiv", "2023-08-14"),
    ("it", "Sabato un missile ha ucciso tre persone a Sumy; lunedì è stata colpita Poltava.",
     "Poltava", "2023-08-14"),
    ("de", "Am Samstag wurde Sumy beschossen, während am Montag Drohnen Charkiw trafen.",
     "Sumy", "2023-08-12"),
    # the day of a statement is not the day of what it tells
    ("en", "Shelling killed two people in Sumy on Saturday, the governor said on Monday.",
     "Sumy", "2023-08-12"),
    ("ru", "В субботу при обстреле Сум погибли двое, сообщил губернатор в понедельник.",
     "Сум", "2023-08-12"),
    # a lead or title dates what stands below it
    ("uk", "За минулу добу ворог атакував область.\n\nУ Сумах поранено двох людей.\n\n"
     "У Конотопі пошкоджено будинок.", "Конотопі", "2023-08-14..2023-08-15"),
    ("ru", "Сводка за ночь на 14 августа.\n\nСумы: сбиты три беспилотника, пострадавших нет.\n\n"
     "Конотоп: повреждён дом, ранен мужчина.", "Конотоп", "2023-08-13..2023-08-14"),
    ("en", "Shelling on 13 August, by the police:\n\n- Sumy: two killed.\n- Konotop: one wounded.",
     "Konotop", "2023-08-13"),
    ("fr", "Le direct du dimanche\n\n8 h 05. Trois obus sur Soumy, deux blessés.\n\n"
     "11 h 30. Un abri effondré à Kharkiv : cinq morts.", "Kharkiv", "2023-08-13"),
    # what is counted from the day named last
    ("es", "El sábado murieron dos personas en Sumy. Al día siguiente un dron hirió a tres "
     "vecinos en Járkov.", "Járkov", "2023-08-13"),
    ("pl", "W sobotę zginęły dwie osoby w Sumach. Dzień wcześniej dron ranił trzy osoby "
     "w Charkowie.", "Charkowie", "2023-08-11"),
    # no words, no days; what is to come is no date of what happened
    ("en", "Two people died in Sumy.", "Sumy", None),
    ("it", "Due morti a Sumy: la seduta è convocata martedì prossimo.", "Sumy", None),
]  # fmt: skip


def told(language, text, name, published=PUBLISHED):
    """Return the view, the sentence and place of a name, and the dates of a text."""
    document = Document(id="x", text=text, language=language, published=published)
    annotation = annotate(document, open_gazetteer())
    view = view_sentences(annotation)
    at, place = next(
        (index, place)
        for index, sentence in enumerate(view)
        for place in sentence.places
        if place.resolution.mention.text == name
    )
    return view, at, place, find_dates(view, annotation.tokens, published)


def days(interval):
    if interval is None:
        return None
    start, end = interval.start, interval.end
    return str(end) if start == end else f"{start}..{end}"


@pytest.mark.parametrize(("language", "text", "name", "expected"), CASES)
def test_days_of_an_occurrence(language, text, name, expected):
    view, at, place, dates = told(language, text, name)
    timing = time_occurrence(Calendar(view, dates), [at], place, PUBLISHED)
    assert days(timing.interval) == expected
    assert 0 < timing.probability <= 1
    if timing.interval is not None:
        assert f"p={timing.probability:.2f} ({timing.reasons[0][0]}" in timing.interval.rule


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Since 4 June the army has liberated 40 square kilometres near Bakhmut.",
         "2023-06-04..2023-08-15"),
        ("Since the start of the offensive 40 square kilometres were freed near Bakhmut.",
         "None..2023-08-15"),
        ("In total 40 square kilometres have been liberated near Bakhmut.", "None..2023-08-15"),
    ],
)  # fmt: skip
def test_a_cumulative_figure_ends_with_the_report(text, expected):
    view, at, place, dates = told("en", text, "Bakhmut")
    timing = time_occurrence(Calendar(view, dates), [at], place, PUBLISHED, cumulative=True)
    assert days(timing.interval) == expected


def test_without_a_publication_date_nothing_is_dated_by_it():
    view, at, place, dates = told("en", "Two people died in Sumy yesterday.", "Sumy", None)
    assert not dates
    assert time_occurrence(Calendar(view, dates), [at], place, None).interval is None
    assert (
        time_occurrence(Calendar(view, dates), [at], place, None, cumulative=True).interval is None
    )


@pytest.mark.parametrize(
    ("language", "text", "name", "expected"),
    [
        ("en", "In May 2014 eight people died in Sumy.", "Sumy", True),
        ("pl", "Dziewięć lat temu w Sumach zginęło osiem osób.", "Sumach", True),
        ("uk", "У 2014 році в Сумах загинуло вісім людей.", "Сумах", True),
        ("de", "Am 14. August 2022 starben in Sumy acht Menschen.", "Sumy", True),
        ("de", "Am 16. August 2022 starben in Sumy acht Menschen.", "Sumy", False),
        ("en", "Two people died in Sumy on Sunday.", "Sumy", False),
        ("en", "Two people died in Sumy.", "Sumy", False),
        # the old date tells of something else
        ("en", "On Sunday two died in Sumy, where a bomb had killed eight in 2014.", "Sumy", False),
        ("ru", "В Сумах погиб мужчина 1958 года рождения.", "Сумах", False),
        ("ru", "В Сумах погиб мужчина 1958 г. р., ранена его жена.", "Сумах", False),
        ("uk", "У Сумах загинув чоловік 1958 р. н., поранено його дружину.", "Сумах", False),
        ("pl", "W Sumach zginął mężczyzna ur. w 1958 r.", "Sumach", False),
        ("de", "1943 befreite die Armee Charkiw.", "Charkiw", True),
    ],
)
def test_what_lies_a_year_back_is_history(language, text, name, expected):
    view, at, place, dates = told(language, text, name)
    assert is_told_as_history(Calendar(view, dates), at, place, PUBLISHED) is expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [("2022-08-15", True), ("2022-08-16", False), (None, False), ("2014-01-01", True)],
)
def test_history_is_365_days_or_more_before_the_publication(end, expected):
    last = date.fromisoformat(end) if end else None
    interval = Interval(start=None, end=last, precision=5, text=None, basis="explicit")
    assert is_history(interval, PUBLISHED) is expected


def test_many_dates_cost_no_more_than_the_nearest():
    text = " ".join(f"On {1 + n % 28} May a shell fell near Sumy." for n in range(300))
    view, _, _, dates = told("en", text, "Sumy")
    place = view[250].places[0]
    timing = time_occurrence(Calendar(view, dates), [250], place, PUBLISHED)
    assert len(dates) == 300
    assert days(timing.interval) == "2023-05-27"
