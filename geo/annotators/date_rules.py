"""Turn the slots of a date phrase into days: one small function a rule.

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

_DAY, _FEW_DAYS, _WEEK, _MONTH, _LONGER = 1, 2, 3, 4, 5


def _days(start: date, end: date) -> Days:
    length = (end - start).days
    precision = (
        _DAY if length == 0 else _FEW_DAYS if length < 6 else _WEEK if length <= 7
        else _MONTH if length <= 31 else _LONGER
    )  # fmt: skip
    return start, end, precision


def _back(day: date, days: int) -> date:
    return day - timedelta(days=days)


def _weekday(published: date, number: int) -> date:
    return _back(published, (published.weekday() - number) % 7)


def _on(published: date, slots: Slots, suffix: str = "") -> date:
    """Return day and month, in the given year or the latest one that is not in the future."""
    day = slots[f"day{suffix}"]
    month = slots.get(f"month{suffix}", slots.get("month", published.month))
    if "year" in slots:
        return date(slots["year"], month, day)
    if "month" not in slots and f"month{suffix}" not in slots:
        return _day_of_month(published, day)
    this = date(published.year, month, day)
    return this if this <= published else date(published.year - 1, month, day)


def _day_of_month(published: date, day: int) -> date:
    year, month = published.year, published.month
    for _ in range(12):
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) <= published:
            return date(year, month, day)
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    raise ValueError(f"no day {day}")


def _today(published: date, slots: Slots) -> Days:
    return _days(published, published)


def _days_ago(published: date, slots: Slots) -> Days:
    day = _back(published, slots["n"])
    return _days(day, day)


def _overnight(published: date, slots: Slots) -> Days:
    return _days(_back(published, 1), published)


def _on_weekday(published: date, slots: Slots) -> Days:
    day = _weekday(published, slots["weekday"])
    return _days(day, day)


def _weekday_before(published: date, slots: Slots) -> Days:
    day = _weekday(_back(published, 1), slots["weekday"])
    return _days(day, day)


def _night_to_weekday(published: date, slots: Slots) -> Days:
    day = _weekday(published, slots.get("weekday2", slots["weekday"]))
    return _days(_back(day, 1), day)


def _weekdays(published: date, slots: Slots) -> Days:
    end = _weekday(published, slots["weekday2"])
    return _days(_weekday(end, slots["weekday"]), end)


def _night_to_day(published: date, slots: Slots) -> Days:
    end = _on(published, slots, "2" if "day2" in slots else "")
    return _days(_back(end, 1), end)


def _on_day(published: date, slots: Slots) -> Days:
    day = _on(published, slots)
    return _days(day, day)


def _day_range(published: date, slots: Slots) -> Days | None:
    end = _on(published, slots, "2")
    start = _on(end, {**slots, "month": slots.get("month", end.month)})
    return _days(start, end) if start <= end else None


def _iso_day(published: date, slots: Slots) -> Days:
    day = date(slots["year"], slots["n"], slots["n2"])
    return _days(day, day)


def _last_week(published: date, slots: Slots) -> Days:
    monday = _back(published, published.weekday() + 7)
    return _days(monday, monday + timedelta(days=6))


def _this_week(published: date, slots: Slots) -> Days:
    return _days(_back(published, published.weekday()), published)


def _last_days(published: date, slots: Slots) -> Days:
    return _days(_back(published, slots["n"]), published)


def _last_hours(published: date, slots: Slots) -> Days:
    return _days(_back(published, max(1, -(-slots["n"] // 24))), published)


def _last_weeks(published: date, slots: Slots) -> Days:
    return _days(_back(published, 7 * slots["n"]), published)


def _weekend(published: date, slots: Slots) -> Days:
    sunday = _weekday(published, 6)
    return _days(_back(sunday, 1), sunday)


def _month(published: date, slots: Slots) -> Days:
    year, month = slots.get("year", published.year), slots["month"]
    if "year" not in slots and month > published.month:
        year -= 1
    return _whole_month(year, month)


def _whole_month(year: int, month: int) -> Days:
    last = calendar.monthrange(year, month)[1]
    return date(year, month, 1), date(year, month, last), _MONTH


def _last_month(published: date, slots: Slots) -> Days:
    before = _back(published.replace(day=1), 1)
    return _whole_month(before.year, before.month)


def _this_month(published: date, slots: Slots) -> Days:
    return published.replace(day=1), published, _MONTH


def _past_month(published: date, slots: Slots) -> Days:
    return _back(published, 30), published, _MONTH


def _year(published: date, slots: Slots) -> Days:
    return date(slots["year"], 1, 1), date(slots["year"], 12, 31), _LONGER


def _this_year(published: date, slots: Slots) -> Days:
    return date(published.year, 1, 1), published, _LONGER


def _years_ago(published: date, slots: Slots) -> Days:
    year = published.year - slots["n"]
    return date(year, 1, 1), date(year, 12, 31), _LONGER


def _since_day(published: date, slots: Slots) -> Days:
    return _on(published, slots), published, _LONGER


def _since_month(published: date, slots: Slots) -> Days:
    start = _month(published, slots)[0]
    return start, published, _LONGER


def _since_weekday(published: date, slots: Slots) -> Days:
    return _days(_weekday(published, slots["weekday"]), published)


def _since_open(published: date, slots: Slots) -> Days:
    return None, published, _LONGER


RULES: dict[str, DateRule] = {
    "today": _today,
    "days_ago": _days_ago,
    "overnight": _overnight,
    "weekday": _on_weekday,
    "weekday_before": _weekday_before,
    "night_to_weekday": _night_to_weekday,
    "weekdays": _weekdays,
    "night_to_day": _night_to_day,
    "day": _on_day,
    "day_range": _day_range,
    "iso_day": _iso_day,
    "last_week": _last_week,
    "this_week": _this_week,
    "last_days": _last_days,
    "last_hours": _last_hours,
    "last_weeks": _last_weeks,
    "weekend": _weekend,
    "month": _month,
    "last_month": _last_month,
    "this_month": _this_month,
    "past_month": _past_month,
    "year": _year,
    "this_year": _this_year,
    "years_ago": _years_ago,
    "since": _since_day,
    "since_month": _since_month,
    "since_weekday": _since_weekday,
    "since_open": _since_open,
}
