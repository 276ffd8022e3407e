"""Follow bulletins that label their lines with a region: "Kherson region: a drone hit …".

What such a line tells happened there, whatever better known places have its names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gazetteer.models import Place
from geo.models import Mention, RankedCandidate, Span
from geo.resolution.ranking import Ranking
from geo.resolution.units import level_of, numbers_of

_MOST_BEHIND = 12  # characters from the name to the colon: " oblast:", " обл.:"
_MOST_BEFORE = 2  # words
_BULLETS = " \t#*•·-–—▪●◾️🔴❗"
_SUREST = 0.9
_POINTS = ("P", "S", "T")


def headings(
    text: str, mentions: Sequence[Mention], read: Mapping[int, Place]
) -> Iterator[Place | None]:
    """Yield for each mention the region or district that labels its line, other than itself.

    `read` holds how mentions are read, by their number.
    """
    line_start, heading = -1, None
    for number, mention in enumerate(mentions):
        start = text.rfind("\n", 0, mention.span.start) + 1
        if start == line_start:
            yield heading
            continue
        yield None
        line_start, place = start, read.get(number)
        is_label = place is not None and is_region(place) and _is_label(text, start, mention.span)
        heading = place if is_label else None


def within_heading(
    ranked: list[RankedCandidate], heading: Place, ranking: Ranking, mention: int
) -> list[RankedCandidate]:
    """Keep the settlements and sites inside the unit that labels the line, if there are any.

    `mention` is the number in the `ranking` of the one that the candidates are of. Their scores
    are shares of what the kept ones have together.
    """
    level = level_of(heading)
    if level is None or not ranked or ranked[0].candidate.place.feature_class not in _POINTS:
        return ranked
    unit = numbers_of(heading)[level]
    if numbers_of(ranked[0].candidate.place)[level] == unit:
        return ranked
    kept = ranking.best_within(mention, unit, level)
    if not kept:
        return ranked
    total = sum(r.score for r in kept) or 1.0
    return [
        replace(r, score=round(min(_SUREST, r.score / total), 4), reasons=(*r.reasons, _REASON))
        for r in kept
    ]


_REASON = ("in the unit that labels the line", 1.0)


def is_region(place: Place) -> bool:
    """Tell whether a place is an administrative unit below the country."""
    return (level_of(place) or 0) > 0


def _is_label(text: str, start: int, span: Span) -> bool:
    """Tell whether a name begins its line and a colon stands behind it.

    Two words may stand before it: "Regione di", "Gebiet".
    """
    before, behind = text[start : span.start], text[span.stop : span.stop + _MOST_BEHIND]
    words = before.strip(_BULLETS).split()
    begins = len(words) <= _MOST_BEFORE and all(word.isalpha() for word in words)
    return begins and ":" in behind and "\n" not in behind.partition(":")[0]
