"""Run the checks of a table: one list of rules, each a function that finds or passes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from geo.review.checking.duplicates import possible_duplicate
from geo.review.checking.findings import Finding
from geo.review.checking.places import (
    far_from_place,
    on_admin_centroid,
    on_country_centroid,
    precise_code_on_unit,
)
from geo.review.checking.points import (
    far_from_admin2,
    few_decimals,
    impossible_point,
    outside_admin1,
    outside_country,
    swapped,
    wrong_sign,
    zero_zero,
)
from geo.review.checking.survey import Survey
from geo.review.checking.values import (
    day_code_overstates,
    end_before_start,
    figures_out_of_order,
    impossible_day,
    published_before_event,
    same_identity,
    unreadable_day,
    unreadable_figure,
)

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geo.readers.table import TableResult

Rule = Callable[[Survey], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    zero_zero,
    impossible_point,
    swapped,
    wrong_sign,
    outside_country,
    outside_admin1,
    far_from_admin2,
    far_from_place,
    on_country_centroid,
    on_admin_centroid,
    few_decimals,
    precise_code_on_unit,
    figures_out_of_order,
    unreadable_figure,
    unreadable_day,
    end_before_start,
    impossible_day,
    published_before_event,
    day_code_overstates,
    same_identity,
    possible_duplicate,
)


def check_table(
    table: TableResult,
    gazetteer: Gazetteer,
    *,
    rules: Sequence[Rule] = RULES,
    today: date | None = None,
) -> tuple[Finding, ...]:
    r"""Return what is odd in a table, by row and then in the order of the rules.

    The table stays as it is. `today` is what the future is measured from.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import geo
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "mine.csv")
    ...     _ = path.write_text("place,country,lat,lon\nKherson,Ukraine,32.6146,46.6370\n")
    ...     found = check_table(geo.read_table(path), geo.open_gazetteer())
    >>> [(finding.row, finding.code) for finding in found]
    [(2, 'swapped')]
    """
    survey = Survey(table, gazetteer, today or date.today())
    found = [finding for rule in rules for finding in rule(survey)]
    return tuple(sorted(found, key=lambda finding: finding.row or 0))
