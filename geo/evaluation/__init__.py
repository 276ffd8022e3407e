"""Measure predictions against gold items: figures, and what was missed or invented."""

from geo.evaluation.figures import Figure, Match, Ratio, add_figures
from geo.evaluation.grouping import GROUPINGS, group_items
from geo.evaluation.measuring import Finding, Measured, measure_item
from geo.evaluation.records import Item, read_gold, read_predictions

__all__ = [
    "GROUPINGS",
    "Figure",
    "Finding",
    "Item",
    "Match",
    "Measured",
    "Ratio",
    "add_figures",
    "group_items",
    "measure_item",
    "read_gold",
    "read_predictions",
]
