"""Tell how sure a claim is: only claimed, confirmed, denied, or disputed between two sides."""

from __future__ import annotations

from collections.abc import Sequence

from geo.events.context import Sentence

_NEAR = 3


def find_status(sentences: Sequence[Sentence], told_in: Sequence[int]) -> str:
    """Return claimed, denied, confirmed or disputed, as the sentences about an event say.

    What one side tells and another denies, in the same sentence or in the next one of the
    paragraph, is disputed; what is only said to be denied is denied.
    """
    if any(_is_denied(sentences[at]) for at in told_in):
        others = any(_sides(sentences[at]) > 1 for at in told_in)
        return "disputed" if others or len(told_in) > 1 else "denied"
    after = max(told_in) + 1
    if after < len(sentences) and sentences[after].paragraph == sentences[after - 1].paragraph:
        following = sentences[after]
        if _is_denied(following) and not following.places and not following.counts:
            return "disputed"
    return "confirmed" if any(_is_confirmed(sentences[at]) for at in told_in) else "claimed"


def _sides(sentence: Sentence) -> int:
    """Count who speaks: words of saying that no word of denying stands beside."""
    denying = sentence.concepts.get("denies", ())
    saying = sentence.concepts.get("speech", ())
    return sum(not any(abs(s - d) <= _NEAR for d in denying) for s in saying) + len(denying)


def _is_denied(sentence: Sentence) -> bool:
    return any(_stands(sentence, p) for p in sentence.concepts.get("denies", ()))


def _is_confirmed(sentence: Sentence) -> bool:
    return any(_stands(sentence, p) for p in sentence.concepts.get("confirm", ()))


def _stands(sentence: Sentence, position: int) -> bool:
    """Tell that a word is not negated or only expected: "has not confirmed", "could not deny"."""
    beside = range(position - _NEAR, position)
    return not any(p in beside for c in ("negation", "plan") for p in sentence.concepts.get(c, ()))
