"""Describe a pair of an occurrence and a date, to tell whether it happened on that day.

The log-linear model ``dates`` weighs these names; ``explain`` prints them. Every name begins
with where the date stands as seen from the occurrence: in its ``clause``, elsewhere in its
``sentence``, in another sentence that tells it (``told``), ``before`` or ``after`` it in the
paragraph, in a ``title``, in a paragraph ``above`` or ``below``.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo.events.context import Sentence
from geo.events.dates_apart import Leads, Outlook, is_same_place
from geo.events.dates_within import describe_within
from geo.events.rival_dates import MANY, Dated, Occasion, Rivals

WITHIN = ("clause", "sentence")
APART = ("told", "title", "before", "after", "above", "below")
SAME_PLACE = "same place"


class TimingFeatures:
    """Describe the dates of a text (in text order) for one occurrence after the other.

    What several occurrences share is described once. Names without a prefix are those that
    :meth:`describe` puts the place of the date before.
    """

    def __init__(self, sentences: Sequence[Sentence], dates: Sequence[Dated]) -> None:
        self.rivals = Rivals(sentences, dates)
        self.leads = Leads(self.rivals)
        self._outlook: Outlook | None = None

    def outlook(self, at: int) -> Outlook:
        """Return how the dates look from sentence number `at`; the last one asked is kept."""
        if self._outlook is None or self._outlook.at != at:
            self._outlook = Outlook(self.rivals, self.leads, at)
        return self._outlook

    def where(self, occasion: Occasion, number: int) -> str:
        """Say where date `number` stands as seen from an occurrence."""
        dated = self.rivals.dates[number]
        if dated.sentence == occasion.at:
            here = self.rivals.sentences[occasion.at]
            place = here.own(occasion.place)
            anchor = place.first if place else here.first
            return "sentence" if here.breaks_between(dated.first, anchor) else "clause"
        if dated.sentence in occasion.told_in:
            return "told"
        pair = self.outlook(occasion.at).pairs[number]
        assert pair is not None  # noqa: S101 - a date of another sentence
        return pair.where

    def within(self, occasion: Occasion, number: int) -> list[str]:
        """Return the names of a date of the sentence that tells an occurrence, as its date."""
        return list(describe_within(self.rivals, occasion, self.rivals.dates[number]))

    def describe(self, occasion: Occasion, number: int) -> list[str]:
        """Return the features of date `number` for an occurrence."""
        where, rule = self.where(occasion, number), self.rivals.dates[number].interval.rule
        names = list(self.rivals.alone[number])
        names += self.within(occasion, number) if where in WITHIN else self._apart(occasion, number)
        features = [where, f"rule:{rule}", *(f"{where}|{name}" for name in names)]
        if where in APART:
            features += [f"apart|{name}" for name in names]
        return [*features, *describe_cumulative(where, rule)] if occasion.cumulative else features

    def _apart(self, occasion: Occasion, number: int) -> list[str]:
        outlook = self.outlook(occasion.at)
        pair = outlook.pairs[number]
        names = [*self.leads.own[number], *outlook.shared, *(pair.names() if pair else ())]
        there = self.rivals.sentences[self.rivals.dates[number].sentence]
        return [*names, SAME_PLACE] if is_same_place(there, occasion.place) else names

    def describe_no_date(self, occasion: Occasion) -> list[str]:
        """Return the features of an occurrence for having no date in the text."""
        here = self.rivals.sentences[occasion.at]
        names = [
            f"dates here:{min(len(self.rivals.of_sentence.get(occasion.at, ())), MANY)}",
            f"dates in text:{self.rivals.different}",
            f"sentence:{min(occasion.at, 3)}",
            self.outlook(occasion.at).item,
        ]
        told = ("status", "frontline", "history", "control_claim")
        names += [concept for concept in told if concept in here.concepts]
        if here.heading:
            names.append("heading")
        if len(occasion.told_in) > 1:
            names.append("told in several sentences")
        if occasion.cumulative:
            names.append("cumulative")
        return ["no date", *(f"no date|{name}" for name in names)]


def describe_cumulative(where: str, rule: str | None) -> tuple[str, str, str]:
    """Return the further features of a date for a cumulative figure."""
    return "cumulative", f"cumulative|rule:{rule}", f"cumulative|{where}"
