"""Ask the encoder ``order`` about places, numbers and sentences, once for all stages.

The chains and networks weigh features of a place or a number; the encoder reads the words around
it in their order. Each has its share in what is decided (:func:`shared_chances`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from geo.encoder import Asked, Encoder, load_encoder
from geo.events.context import Counted, Located, Sentence
from geo.events.word_order import describe_tokens, number_sentences
from geo.models import Token

if TYPE_CHECKING:
    from geo.encoder import Floats

PLACE, NUMBER, SENTENCE = 0, 1, 2  # kinds of questions
ASKED = Located | Counted | Sentence
PLACES_SHARE = 0.3  # of the encoder in a decision on a place; chosen by cross-validation
NUMBERS_SHARE = 0.25  # and on what a number counts
OWNERS_SHARE = 0.2  # and on where it belongs
FLIGHTS_SHARE = 0.2  # and on whether a sentence tells of flight or arrest
_NOTHING = "none"
_LEAST = 1e-6


class Understanding:
    """Hold what the encoder understood of the places, numbers and sentences of a document.

    It is asked where the sentence, or the one before it, tells that something happens; of the
    rest it has nothing to say.
    """

    def __init__(self, sentences: Sequence[Sentence], tokens: Sequence[Token]) -> None:
        self._sentences = sentences
        self._tokens = tokens
        self._encoder: Encoder = load_encoder("order")
        self._rows = {id(one): row for row, (one, _) in enumerate(self._questions)}

    def of_place(self, place: Located) -> dict[str, float] | None:
        """Return the chance of what happens at a place, ``None`` where nothing was asked."""
        return self._chances(PLACE, place)

    def of_number(self, count: Counted) -> dict[str, float] | None:
        """Return the chance of what a number counts, ``None`` where nothing was asked."""
        return self._chances(NUMBER, count)

    def of_sentence(self, sentence: Sentence) -> dict[str, float] | None:
        """Return the chance that a sentence tells of flight or arrest, ``None`` if not asked."""
        return self._chances(SENTENCE, sentence)

    def ties(
        self, counts: Sequence[Counted | Sentence], places: Sequence[Located]
    ) -> list[float | None]:
        """Return how well numbers or sentences, on average, go with each place; none scores 0."""
        numbers = [self._rows[id(count)] for count in counts if id(count) in self._rows]
        known = [place for place in places if id(place) in self._rows]
        if not numbers or not known:
            return [None] * len(places)
        rows = self._understood[[self._rows[id(place)] for place in known]]
        means = self._encoder.ties(self._understood[numbers], rows).mean(0).tolist()
        found = dict(zip(map(id, known), means, strict=True))
        return [found.get(id(place)) for place in places]

    def _chances(self, kind: int, one: ASKED) -> dict[str, float] | None:
        row = self._rows.get(id(one))
        return None if row is None else self._answers[kind][row]

    @cached_property
    def _questions(self) -> list[tuple[ASKED, Asked]]:
        """Return what is asked about, in text order."""
        found: list[tuple[ASKED, Asked]] = []
        for sentence in telling(self._sentences):
            here: list[tuple[ASKED, Asked]] = [
                *((place, Asked(place.first, place.last, PLACE)) for place in sentence.places),
                *((count, Asked(count.first, count.last, NUMBER)) for count in sentence.counts),
                (sentence, Asked(sentence.first, sentence.stop - 1, SENTENCE)),
            ]
            found += sorted(here, key=lambda question: question[1])
        return found

    @cached_property
    def _understood(self) -> Floats:
        tokens = describe_tokens(self._sentences, self._tokens)
        asked = [asked for _, asked in self._questions]
        return self._encoder.read(tokens, number_sentences(self._sentences), asked)

    @cached_property
    def _answers(self) -> list[list[dict[str, float]]]:
        """Return, for each kind, the chances of its answers for each row."""
        import numpy as np

        return [
            [
                dict(zip(names, chances, strict=True))
                for chances in np.exp(self._encoder.chances(self._understood, kind)).tolist()
            ]
            for kind, names in enumerate(self._encoder.classes)
        ]


def telling(sentences: Sequence[Sentence]) -> Iterable[Sentence]:
    """Yield the sentences that tell that something happens, and those that follow one."""
    goes_on = False
    for sentence in sentences:
        if sentence.happening or goes_on:
            yield sentence
        goes_on = bool(sentence.happening)


def shared_chances(
    weighed: Mapping[str, float], understood: Mapping[str, float] | None, share: float
) -> dict[str, float]:
    """Return the chances that features and the encoder, with its share, come to together.

    Whether it is anything is decided first, by the mean of their log odds, then what it is, by
    the geometric mean of what each says.

    >>> both = shared_chances({"none": 0.2, "a": 0.8}, {"none": 0.8, "a": 0.2}, 0.5)
    >>> round(both["none"], 3), round(both["a"], 3)
    (0.5, 0.5)
    """
    if understood is None:
        return dict(weighed)
    odds = shared(log_odds(weighed[_NOTHING]), log_odds(understood[_NOTHING]), share)
    chance = 1 / (1 + math.exp(-odds))
    means = {
        name: max(one, _LEAST) ** (1 - share) * max(understood.get(name, 0.0), _LEAST) ** share
        for name, one in weighed.items()
        if name != _NOTHING
    }
    whole = sum(means.values()) / (1 - chance)
    return {n: chance if n == _NOTHING else means[n] / whole for n in weighed}


def shared(weighed: float, understood: float | None, share: float) -> float:
    """Return the mean of two log odds, the second with a share; ``None`` has none."""
    return weighed if understood is None else (1 - share) * weighed + share * understood


def log_odds(chance: float) -> float:
    """Return the logarithm of the odds of a chance, kept finite."""
    bounded = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))
