"""Say what stands right before a name: an article, a preposition, or an office.

Rivers have articles where towns have none ("the Dnipro", "sul Dnipro"), one is killed in a town and
not in a river, and "the governor of X" is a region's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from gazetteer.names import fold
from geo.annotators.cues import Cues, compile_cues
from geo.languages import LanguagePack
from geo.models import Mention, Token

ARTICLE, OFFICE, INSIDE = "article", "office", "in"
PREPOSITIONS = (INSIDE, "on", "near", "from", "to")
_REACH = 2


def cues_before(
    mentions: Sequence[Mention], tokens: Sequence[Token], pack: LanguagePack
) -> list[tuple[str, ...]]:
    """Return for each mention what stands before it, nothing for other words."""
    cues, prepositions = compile_cues(pack), _prepositions(pack)
    places = {token.start: index for index, token in enumerate(tokens)}
    found: list[tuple[str, ...]] = []
    for mention in mentions:
        first = places.get(mention.span.start, 0)
        words = [token.folded for token in tokens[max(0, first - _REACH) : first]]
        found.append(tuple(_cues(words, cues, prepositions)))
    return found


def _cues(words: Sequence[str], cues: Cues, prepositions: Mapping[str, str]) -> Iterator[str]:
    if any(word in cues.lists["offices"] for word in words):
        yield OFFICE
        return
    article = bool(words) and words[-1] in cues.articles
    if article:
        yield ARTICLE
    for word in reversed(words if article else words[-1:]):
        if word in prepositions:
            yield prepositions[word]
            return


@lru_cache(maxsize=32)
def _prepositions(pack: LanguagePack) -> dict[str, str]:
    """Return the prepositions of one word, each with the first concept that lists it."""
    terms = pack.section("terms")
    listed = [(fold(word), name) for name in PREPOSITIONS for word in terms.get(name, ())]
    return dict(reversed(listed))
