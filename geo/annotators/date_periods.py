"""Turn the slots of a date phrase into months, seasons, years and feasts, one function a rule.

A month, season or year that is not over yet ends with the publication date.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal

from geo.annotators.date_days import (
    LONGER,
    MONTH,
    MONTHS_A_YEAR,
    DateRule,
    Days,
    Slots,
    back,
    day_and_month,
    length_of,
)


def _month(published: date, slots: Slots) -> Days:
    year, month = _year_of_month(published, slots), slots["month"]
    return _whole_month(year, month, published)


def _year_of_month(published: date, slots: Slots, suffix: str = "") -> int:
    month = slots[f"month{suffix}"]
    return slots.get("year", published.year - (month > published.month))


def _whole_month(year: int, month: int, published: date) -> Days:
    start = date(year, month, 1)
    end = date(year, month, calendar.monthrange(year, month)[1])
    return start, min(end, published) if start <= published else end, MONTH


def _month_part(published: date, slots: Slots) -> Days:
    """Return the first, second or last third of a month (`n` 1 to 3)."""
    start, end, _ = _month(published, slots)
    assert start is not None and end is not None  # noqa: S101 - a month has both
    first = start + timedelta(days=10 * (slots["n"] - 1))
    last = end if slots["n"] == 3 else min(end, first + timedelta(days=9))
    return length_of(min(first, last), last)


def _month_days(published: date, slots: Slots) -> Days:
    """Return days of a month; the argument is the first and last, 1631 for its second half."""
    start, end, _ = _month(published, slots)
    assert start is not None and end is not None  # noqa: S101 - a month has both
    first, last = divmod(slots["n"], 100)
    day = start.replace(day=first)
    stop = min(end, start + timedelta(days=last - 1))
    return length_of(min(day, stop), stop)


def _year_part(published: date, slots: Slots) -> Days | None:
    """Return months of a year, the latest that began; the argument is the first and last."""
    first, last = divmod(slots["n"], 100)
    year = slots.get("year", published.year - (first > published.month))
    end = date(year, last, calendar.monthrange(year, last)[1])
    start = date(year, first, 1)
    return (start, min(end, published), LONGER) if start <= published else None


def _month_range(published: date, slots: Slots) -> Days | None:
    end_year = _year_of_month(published, slots, "2")
    end = _whole_month(end_year, slots["month2"], published)[1]
    start = date(end_year - (slots["month"] > slots["month2"]), slots["month"], 1)
    return (start, end, LONGER) if end is not None and start <= end else None


def _months_ago(published: date, slots: Slots) -> Days:
    months = published.year * MONTHS_A_YEAR + published.month - 1 - slots["n"]
    return _whole_month(months // MONTHS_A_YEAR, months % MONTHS_A_YEAR + 1, published)


def _next_month(published: date, slots: Slots) -> Days:
    return _months_ago(published, {"n": -1})


def _this_month(published: date, slots: Slots) -> Days:
    return published.replace(day=1), published, MONTH


def _past_month(published: date, slots: Slots) -> Days:
    """Return the month up to the publication: from the same day of the month before."""
    year, month = divmod(published.year * MONTHS_A_YEAR + published.month - 2, MONTHS_A_YEAR)
    day = min(published.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day), published, MONTH


def _season(published: date, slots: Slots) -> Days:
    """Return the meteorological season (1 spring to 4 winter), the latest that has begun."""
    first_month = 3 * slots["season"]
    year = slots.get("year", published.year)
    start = date(year, first_month, 1)
    if "year" not in slots and start > published:
        start = date(year - 1, first_month, 1)
    months = start.year * MONTHS_A_YEAR + start.month + 2
    end = back(date(months // MONTHS_A_YEAR, months % MONTHS_A_YEAR + 1, 1), 1)
    return start, min(end, published) if start <= published else end, LONGER


def _year(published: date, slots: Slots) -> Days:
    start, end = date(slots["year"], 1, 1), date(slots["year"], 12, 31)
    return start, min(end, published) if start <= published else end, LONGER


def _years(published: date, slots: Slots) -> Days | None:
    start, end = date(slots["year"], 1, 1), date(slots["year2"], 12, 31)
    return (start, min(end, published), LONGER) if start <= min(end, published) else None


def _decade(published: date, slots: Slots) -> Days:
    return date(slots["year"], 1, 1), date(slots["year"] + 9, 12, 31), LONGER


def _this_year(published: date, slots: Slots) -> Days:
    return date(published.year, 1, 1), published, LONGER


def _years_ago(published: date, slots: Slots) -> Days:
    year = published.year - slots["n"]
    return date(year, 1, 1), date(year, 12, 31), LONGER


def _holiday(published: date, slots: Slots) -> Days:
    """Return a feast of fixed day; the argument is its month and day, 815 for 15 August."""
    month, day = divmod(slots["n"], 100)
    feast = day_and_month(published, {**slots, "month": month, "day": day})
    return length_of(feast, feast)


def _holiday_night(published: date, slots: Slots) -> Days:
    feast = _holiday(published, slots)[0]
    assert feast is not None  # noqa: S101 - a feast has a day
    return length_of(back(feast, 1), feast)


def _easter(published: date, slots: Slots) -> Days:
    return _movable(published, slots, 3)


def _orthodox_easter(published: date, slots: Slots) -> Days:
    return _movable(published, slots, 2)


def _movable(published: date, slots: Slots, method: Literal[2, 3]) -> Days:
    """Return a feast that lies `n` days behind Easter: the latest one, or that of the year."""
    from dateutil.easter import easter

    after = timedelta(days=slots["n"])
    if "year" in slots:
        feast = easter(slots["year"], method) + after
    else:
        years = (published.year, published.year - 1)
        feast = next(f for y in years if (f := easter(y, method) + after) <= published)
    return length_of(feast, feast)


def _since_day(published: date, slots: Slots) -> Days | None:
    return _up_to(day_and_month(published, slots), published)


def _since_month(published: date, slots: Slots) -> Days | None:
    start = date(_year_of_month(published, slots), slots["month"], 1)
    return _up_to(start + timedelta(days=10 * max(0, slots.get("n", 1) - 1)), published)


def _since_year(published: date, slots: Slots) -> Days | None:
    return _up_to(date(slots["year"], 1, 1), published)


def _since_season(published: date, slots: Slots) -> Days | None:
    start = _season(published, slots)[0]
    return _up_to(start, published) if start else None


def _up_to(start: date, published: date) -> Days | None:
    return (start, published, LONGER) if start <= published else None


def _since_open(published: date, slots: Slots) -> Days:
    return None, published, LONGER


def _until_day(published: date, slots: Slots) -> Days:
    return None, day_and_month(published, slots), LONGER


def _until_month(published: date, slots: Slots) -> Days:
    return None, _month(published, slots)[1], LONGER


PERIOD_RULES: dict[str, DateRule] = {
    "month": _month,
    "month_part": _month_part,
    "month_days": _month_days,
    "year_part": _year_part,
    "month_range": _month_range,
    "months_ago": _months_ago,
    "last_month": lambda published, slots: _months_ago(published, {"n": 1}),
    "next_month": _next_month,
    "this_month": _this_month,
    "past_month": _past_month,
    "season": _season,
    "year": _year,
    "years": _years,
    "decade": _decade,
    "this_year": _this_year,
    "years_ago": _years_ago,
    "holiday": _holiday,
    "holiday_night": _holiday_night,
    "easter": _easter,
    "orthodox_easter": _orthodox_easter,
    "since": _since_day,
    "since_month": _since_month,
    "since_year": _since_year,
    "since_season": _since_season,
    "since_open": _since_open,
    "until": _until_day,
    "until_month": _until_month,
}
