"""List the rules that a pack's date phrases may call."""

from __future__ import annotations

from geo.annotators.date_days import DAY_RULES, DateRule, Slots
from geo.annotators.date_periods import PERIOD_RULES

__all__ = ["ANCHORED", "ANCHORS", "RULES", "Slots"]

RULES: dict[str, DateRule] = {**DAY_RULES, **PERIOD_RULES}

# Which end of the last named day a rule counts from. Those that count from its end need one;
# the others fall back on the publication date.
ANCHORED: dict[str, str] = {"same_day": "end", "days_after": "end", "days_before": "start"}

# The rules whose days another phrase may count from.
ANCHORS = frozenset(
    "today days_ago weekday weekday_before weekday_last_week day iso_day numeric_day overnight "
    "night_to_weekday night_to_day holiday holiday_night easter orthodox_easter "
    "same_day days_before days_after".split()
)
