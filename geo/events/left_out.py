"""Say which numbers that may count victims make no figure of any event, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.events.context import Annotation, Counted, Sentence
from geo.events.drafting import decide
from geo.events.roles import is_of_the_war
from geo.events.shares import find_shares
from geo.events.view import view_sentences
from geo.models import Quantity

WAR = "an army's losses in a whole war"
TOTAL = "the sum of figures told beside it"


def numbers_left_out(annotation: Annotation) -> list[tuple[Quantity, str]]:
    """Return the numbers of whole wars and the totals of parts, in text order, with the reason."""
    sentences, tokens = view_sentences(annotation), annotation.tokens
    found = {id(count): TOTAL for count in _totals(sentences, annotation)}
    for sentence in sentences:
        for count in sentence.counts:
            if is_of_the_war(sentence, count):
                found[id(count)] = WAR
        found.update((id(share.total), TOTAL) for share in find_shares(sentence, tokens))
    counts = (count for sentence in sentences for count in sentence.counts)
    return [(count.quantity, found[id(count)]) for count in counts if id(count) in found]


def _totals(sentences: Sequence[Sentence], annotation: Annotation) -> Iterator[Counted]:
    """Yield the totals that events leave out: see :func:`geo.events.drafting.draft_events`."""
    decided = decide(sentences, annotation.tokens)
    for at, number in decided.totals.numbers:
        yield decided.counted[at][number].count
