"""Say what stands right before a name: an article, or the office of one who governs it.

Rivers have articles where towns have none ("the Dnipro", "sul Dnipro"), and "the governor of X" is
a region's.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo.annotators.cues import compile_cues
from geo.languages import LanguagePack
from geo.models import Mention, Token

ARTICLE, OFFICE = "article", "office"
_REACH = 2


def cues_before(
    mentions: Sequence[Mention], tokens: Sequence[Token], pack: LanguagePack
) -> list[str | None]:
    """Return for each mention what stands before it, ``None`` for anything else."""
    cues = compile_cues(pack)
    offices, articles = cues.lists["offices"], cues.articles
    places = {token.start: index for index, token in enumerate(tokens)}
    found: list[str | None] = []
    for mention in mentions:
        first = places.get(mention.span.start, 0)
        words = [token.folded for token in tokens[max(0, first - _REACH) : first]]
        if any(word in offices for word in words):
            found.append(OFFICE)
        else:
            found.append(ARTICLE if words and words[-1] in articles else None)
    return found
