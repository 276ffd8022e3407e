"""Check a table of events: what in it contradicts itself or the gazetteer."""

from geo.review.checking.findings import Finding
from geo.review.checking.rules import RULES, check_table

__all__ = ["RULES", "Finding", "check_table"]
