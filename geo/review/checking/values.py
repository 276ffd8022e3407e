"""Check figures, days and identities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import isnan

from geo.review.checking.findings import Finding
from geo.review.checking.survey import Survey
from geo.schema import COUNTED

_FIRST_YEAR = 1900
_DAYS_OF_PRECISION = {1: 1, 2: 6, 3: 7, 4: 31}


def figures_out_of_order(survey: Survey) -> Iterator[Finding]:
    """Find ranges whose low is above best, or best above high."""
    for name in COUNTED:
        low, best, high = (survey.values(f"{name}_{bound}") for bound in ("low", "best", "high"))
        wrong = (low > best) | (best > high) | (low > high)
        for at in wrong.nonzero()[0].tolist():
            figures = (low[at], best[at], high[at])
            value = "/".join("?" if isnan(figure) else f"{figure:.15g}" for figure in figures)
            yield survey.finding(
                at, "figures_out_of_order", f"{name}_low/best/high", "not low ≤ best ≤ high",
                "correct the figure that is wrong, or leave it empty", value,
            )  # fmt: skip


def unreadable_figure(survey: Survey) -> Iterator[Finding]:
    """Find figures that are no whole numbers of 0 or more."""
    for number, column, value, reason in survey.noted("no whole number", "no number"):
        yield survey.finding(
            survey.position[number], "unreadable_figure", column, reason.partition(";")[0],
            "write a number, or leave it empty", value,
        )  # fmt: skip


def unreadable_day(survey: Survey) -> Iterator[Finding]:
    """Find dates that name no day."""
    for number, column, value, _ in survey.noted("no day"):
        yield survey.finding(
            survey.position[number], "unreadable_day", column, "no day that exists",
            "write it as 2023-08-15", value,
        )  # fmt: skip


def end_before_start(survey: Survey) -> Iterator[Finding]:
    """Find events that end before they start."""
    for at, (start, end) in enumerate(_spans(survey)):
        if start and end and end < start:
            yield survey.finding(
                at, "end_before_start", "date_end", f"before date_start {start}",
                "exchange or correct the two days", end,
            )  # fmt: skip


def impossible_day(survey: Survey) -> Iterator[Finding]:
    """Find days in the future, or before 1900."""
    today, oldest = survey.today.isoformat(), f"{_FIRST_YEAR}-01-01"
    for name in ("date_start", "date_end", "published"):
        for at, day in enumerate(survey.texts(name)):
            if day is None or (name == "date_end" and day == survey.texts("date_start")[at]):
                continue
            if day > today or day < oldest:
                words = "in the future" if day > today else f"before {_FIRST_YEAR}"
                yield survey.finding(
                    at, "impossible_day", name, words, "correct the year", day
                )  # fmt: skip


def published_before_event(survey: Survey) -> Iterator[Finding]:
    """Find sources that were published before what they report began."""
    published = survey.texts("published")
    for at, (start, _) in enumerate(_spans(survey)):
        day = published[at]
        if start and day and day < start:
            yield survey.finding(
                at, "published_before_event", "published", f"before date_start {start}",
                "correct the day of the event or of the source", day,
            )  # fmt: skip


def day_code_overstates(survey: Survey) -> Iterator[Finding]:
    """Find codes of an exact day, week or month on events that span more days."""
    if "date_precision" not in survey.given:
        return
    precision = survey.values("date_precision")
    for at, (start, end) in enumerate(_spans(survey)):
        most = _DAYS_OF_PRECISION.get(int(precision[at])) if precision[at] > 0 else None
        if start is None or end is None or most is None or end < start:
            continue
        days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
        if days > most:
            code = next((c for c, m in _DAYS_OF_PRECISION.items() if days <= m), 5)
            yield survey.finding(
                at, "day_code_overstates", "date_precision", f"the event spans {days} days",
                f"write {code}, or narrow the days", f"{precision[at]:g}",
            )  # fmt: skip


def same_identity(survey: Survey) -> Iterator[Finding]:
    """Find event ids that an earlier row has already."""
    first: dict[str, int] = {}
    for at, identity in enumerate(survey.texts("event_id")):
        if identity is None:
            continue
        if identity in first:
            yield survey.finding(
                at, "same_identity", "event_id", f"row {first[identity]} has the same id",
                "remove one of the rows, or give it its own id", identity,
            )  # fmt: skip
        first.setdefault(identity, survey.numbers[at])


def _spans(survey: Survey) -> Iterator[tuple[str | None, str | None]]:
    yield from zip(survey.texts("date_start"), survey.texts("date_end"), strict=True)
