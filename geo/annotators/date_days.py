"""Turn the slots of a date phrase into a day, a night or a week: one small function a rule.

The readings follow news usage against the publication date: a weekday is the latest one on or
before it, "last week" the Monday to Sunday before its week, "overnight" the day before and it.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

Slots = dict[str, int]
Days = tuple[date | None, date | None, int]
DateRule = Callable[[date, Slots], Days | None]

DAY, FEW_DAYS, WEEK, MONTH, LONGER = 1, 2, 3, 4, 5  # precision codes
MONTHS_A_YEAR = 12
_HALF_DAY = 12


def length_of(start: date, end: date) -> Days:
    """Return two days with the precision code of the time between them."""
    length = (end - start).days
    precision = (
        DAY if length == 0 else FEW_DAYS if length < 6 else WEEK if length <= 7
        else MONTH if length <= 31 else LONGER
    )  # fmt: skip
    return start, end, precision


def back(day: date, days: int) -> date:
    """Return the day that is `days` before another."""
    return day - timedelta(days=days)


def _weekday(published: date, number: int) -> date:
    return back(published, (published.weekday() - number) % 7)


def monday(day: date, weeks: int) -> date:
    """Return the Monday of the week that is `weeks` after that of `day`."""
    return back(day, day.weekday() - 7 * weeks)


def day_and_month(published: date, slots: Slots, suffix: str = "") -> date:
    """Return day and month, in the given year or the latest one that is not in the future."""
    day = slots[f"day{suffix}"]
    month = slots.get(f"month{suffix}", slots.get("month", published.month))
    if "year" in slots:
        return date(slots["year"], month, day)
    if "month" not in slots and f"month{suffix}" not in slots:
        return _day_of_month(published, day)
    return _latest(published, month, day)


def _latest(published: date, month: int, day: int) -> date:
    """Return the latest such day that has been; 29 February may be years ago."""
    for year in range(published.year, published.year - 9, -1):
        if day <= calendar.monthrange(year, month)[1]:
            found = date(year, month, day)
            if found <= published:
                return found
    raise ValueError(f"no {day}.{month}.")


def _day_of_month(published: date, day: int) -> date:
    year, month = published.year, published.month
    for _ in range(12):
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) <= published:
            return date(year, month, day)
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    raise ValueError(f"no day {day}")


def _today(published: date, slots: Slots) -> Days:
    return length_of(published, published)


def _days_ago(published: date, slots: Slots) -> Days:
    day = back(published, slots["n"])
    return length_of(day, day)


def _days_ahead(published: date, slots: Slots) -> Days:
    day = back(published, -slots["n"])
    return length_of(day, day)


def _overnight(published: date, slots: Slots) -> Days:
    return length_of(back(published, 1), published)


def _on_weekday(published: date, slots: Slots) -> Days:
    day = _weekday(published, slots["weekday"])
    return length_of(day, day)


def _weekday_before(published: date, slots: Slots) -> Days:
    day = _weekday(back(published, 1), slots["weekday"])
    return length_of(day, day)


def _next_weekday(published: date, slots: Slots) -> Days:
    day = _weekday(back(published, -7), slots["weekday"])
    return length_of(day, day)


def _weekday_last_week(published: date, slots: Slots) -> Days:
    day = monday(published, -1) + timedelta(days=slots["weekday"])
    return length_of(day, day)


def _night_to_weekday(published: date, slots: Slots) -> Days:
    day = _weekday(published, slots.get("weekday2", slots["weekday"]))
    return length_of(back(day, 1), day)


def _weekdays(published: date, slots: Slots) -> Days:
    end = _weekday(published, slots["weekday2"])
    return length_of(_weekday(end, slots["weekday"]), end)


def _night_to_day(published: date, slots: Slots) -> Days:
    end = day_and_month(published, slots, "2" if "day2" in slots else "")
    return length_of(back(end, 1), end)


def _on_day(published: date, slots: Slots) -> Days | None:
    day = day_and_month(published, slots)
    if "month" not in slots and slots.get("weekday", day.weekday()) != day.weekday():
        return None
    return length_of(day, day)


def _day_range(published: date, slots: Slots) -> Days | None:
    end = day_and_month(published, slots, "2")
    if "month2" in slots:
        start = _latest(end, slots["month"], slots["day"])
    else:
        start = _day_of_month(end, slots["day"])
    return length_of(start, end) if start <= end else None


def _numeric_day(published: date, slots: Slots) -> Days:
    """Read 14/08/2023 day first, month first where only that gives a day that has been."""
    year, one, two = slots["year"], slots["day"], slots["month"]
    day = date(year, two, one) if two <= MONTHS_A_YEAR else date(year, one, two)
    if day > published and one <= MONTHS_A_YEAR:
        other = date(year, one, two)
        day = other if other <= published else day
    return length_of(day, day)


def _week(published: date, slots: Slots) -> Days:
    """Return the Monday to Sunday that is `n` weeks away (-1: last week), or holds a day."""
    base = day_and_month(published, slots) if "day" in slots else published
    first = monday(base, 0 if "day" in slots else slots.get("n", 0))
    return length_of(first, first + timedelta(days=6))


def _this_week(published: date, slots: Slots) -> Days:
    return length_of(monday(published, 0), published)


def _weeks_ago(published: date, slots: Slots) -> Days:
    first = monday(published, -slots["n"])
    return length_of(first, first + timedelta(days=6))


def _week_to_day(published: date, slots: Slots) -> Days:
    end = day_and_month(published, slots)
    return length_of(back(end, 7), end)


def _last_days(published: date, slots: Slots) -> Days:
    return length_of(back(published, slots["n"]), published)


def _last_hours(published: date, slots: Slots) -> Days | None:
    hours = slots["n"]
    return length_of(back(published, -(-hours // 24)), published) if hours >= _HALF_DAY else None


def _last_weeks(published: date, slots: Slots) -> Days:
    return length_of(back(published, 7 * slots["n"]), published)


def _weekend(published: date, slots: Slots) -> Days:
    sunday = _weekday(published, 6)
    return length_of(back(sunday, 1), sunday)


def _since_weekday(published: date, slots: Slots) -> Days:
    return length_of(_weekday(published, slots["weekday"]), published)


def _until_weekday(published: date, slots: Slots) -> Days:
    return None, _weekday(published, slots["weekday"]), LONGER


DAY_RULES: dict[str, DateRule] = {
    "today": _today,
    "this_part": _today,
    "days_ago": _days_ago,
    "days_ahead": _days_ahead,
    "overnight": _overnight,
    "weekday": _on_weekday,
    "as_of_weekday": _on_weekday,  # when a report was made up, not when things happened
    "as_of": _on_day,
    "weekday_before": _weekday_before,
    "next_weekday": _next_weekday,
    "weekday_last_week": _weekday_last_week,
    "night_to_weekday": _night_to_weekday,
    "weekdays": _weekdays,
    "night_to_day": _night_to_day,
    "day": _on_day,
    "day_range": _day_range,
    "iso_day": _on_day,
    "numeric_day": _numeric_day,
    "week": _week,
    "last_week": lambda published, slots: _week(published, {"n": -1}),
    "this_week": _this_week,
    "weeks_ago": _weeks_ago,
    "week_to_day": _week_to_day,
    "last_days": _last_days,
    "duration": _last_days,
    "last_hours": _last_hours,
    "last_weeks": _last_weeks,
    "weekend": _weekend,
    "since_weekday": _since_weekday,
    "until_weekday": _until_weekday,
    "same_day": _today,
    "days_before": _days_ago,
    "days_after": _days_ahead,
}
