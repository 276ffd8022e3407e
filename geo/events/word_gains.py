"""Tell which words of a sentence moved what the encoder says: by leaving out each in turn."""

from __future__ import annotations

import math
from collections.abc import Sequence

from geo.encoder import Asked, load_encoder
from geo.events.context import Located, Sentence
from geo.events.understanding import (
    ASKED,
    FLIGHTS_SHARE,
    NUMBER,
    NUMBERS_SHARE,
    PLACE,
    PLACES_SHARE,
    SENTENCE,
)
from geo.events.word_order import describe_tokens, number_sentences
from geo.models import Token

WORD = "word "  # begins the name of such a feature
_LEAST = 0.05  # a smaller share of the decision is not worth telling
_AROUND = 2  # sentences before and behind that are read with it


class WordGains:
    """Leave out the words of a document one by one, and read the sentence again."""

    def __init__(self, sentences: Sequence[Sentence], tokens: Sequence[Token]) -> None:
        self._sentences = sentences
        self._tokens = tokens
        self._described = describe_tokens(sentences, tokens)
        self._numbers = number_sentences(sentences)

    def find(self, at: int, one: ASKED, answer: str, over: str) -> list[tuple[str, float]]:
        """Return how much each word of sentence `at` speaks for an answer over another.

        A gain is the fall of their log odds without the word, times the encoder's share in the
        decision; small ones are left out.
        """
        sentence = self._sentences[at]
        before = self._sentences[max(0, at - _AROUND)].first
        behind = self._sentences[min(len(self._sentences) - 1, at + _AROUND)].stop
        (first, last, kind), share = _question(one)
        asked = Asked(first - before, last - before, kind)
        described = self._described[before:behind]
        numbers = self._numbers[before:behind]
        whole = _odds(described, numbers, asked, answer, over)
        found: list[tuple[str, float]] = []
        for left_out in range(sentence.first, sentence.stop):
            itself = kind != SENTENCE and first <= left_out <= last
            if itself or not self._tokens[left_out].text.isalpha():
                continue
            rest = [*described]
            rest[left_out - before] = []
            gain = share * (whole - _odds(rest, numbers, asked, answer, over))
            if abs(gain) >= _LEAST:
                found.append((WORD + self._tokens[left_out].text, gain))
        return found


def _question(one: ASKED) -> tuple[Asked, float]:
    """Return what the encoder is asked about something, and its share in the decision."""
    if isinstance(one, Sentence):
        return Asked(one.first, one.stop - 1, SENTENCE), FLIGHTS_SHARE
    if isinstance(one, Located):
        return Asked(one.first, one.last, PLACE), PLACES_SHARE
    return Asked(one.first, one.last, NUMBER), NUMBERS_SHARE


def _odds(
    described: Sequence[Sequence[str]], numbers: Sequence[int], asked: Asked, one: str, other: str
) -> float:
    """Return the log odds of two answers to a question."""
    encoder = load_encoder("order")
    names = encoder.classes[asked.kind]
    logs = encoder.chances(encoder.read(described, numbers, [asked]), asked.kind)[0].tolist()
    odds: float = logs[names.index(one)] - logs[names.index(other)]
    return odds if math.isfinite(odds) else 0.0
