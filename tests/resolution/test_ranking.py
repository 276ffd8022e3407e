"""The chances that columns of numbers give are those that the named features add up to."""

import math

import pytest

from geo.annotators.mentions import find_mentions
from geo.annotators.sentences import find_sentences
from geo.annotators.tokens import find_tokens
from geo.languages import load_language
from geo.models import Document
from geo.resolution.in_context import read_mentions
from geo.resolution.resolve import with_forms
from geo.resolution.weights import load_weights

TEXTS = [
    ("en", None, "Shelling hit Paris, Texas, and Springfield near Dallas; Austin is calm."),
    ("en", "UA", "Two died in Stepne near Zaporizhzhia, on the Dnipro river; Kyiv condemned it."),
    ("uk", None, "Росіяни обстріляли Степне Запорізької області, Нікополь і Марганець."),
    ("it", None, "Razzi su Kharkiv e sul villaggio di Ivanivka, regione di Donetsk; Mosca nega."),
    ("es", None, "Explosión en San Antonio, cerca de San José, con tres muertos en Santa Ana."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "country", "text"), TEXTS)
def test_chances_are_the_softmax_of_the_weights_of_features(lang, country, text, gazetteer):
    pack = load_language(lang)
    tokens = find_tokens(text, pack)
    sentences = find_sentences(text, tokens, pack)
    found = find_mentions(text, tokens, sentences, pack, gazetteer)
    mentions = [with_forms(mention, pack) for mention in found]
    document = Document(id="d", text=text, language=lang)
    reading = read_mentions(document, mentions, tokens, gazetteer, pack, country)
    ranking = reading.ranking
    weights = load_weights()
    assert len(reading.numbers) > 2
    for mention in range(len(reading.numbers)):
        described = ranking.features(mention)
        powers = [math.exp(sum(weights.get(f, 0.0) for f in features)) for features in described]
        start = int(ranking.slate.starts[mention])
        chances = ranking.chances[start : start + len(described) - 1]
        assert chances == pytest.approx([power / sum(powers) for power in powers[:-1]])


@pytest.mark.parametrize(("lang", "country", "text"), TEXTS)
def test_reasons_are_features_with_their_weights(lang, country, text, gazetteer):
    pack = load_language(lang)
    tokens = find_tokens(text, pack)
    mentions = find_mentions(text, tokens, find_sentences(text, tokens, pack), pack, gazetteer)
    document = Document(id="d", text=text, language=lang)
    reading = read_mentions(document, mentions, tokens, gazetteer, pack, country)
    weights = load_weights()
    for mention, ranked in enumerate(reading.ranking.best(range(len(reading.numbers)))):
        choice = reading.ranking.slate.choices[mention]
        for candidate in ranked:
            number = choice.candidates.index(candidate.candidate)
            features = set(reading.ranking.features(mention)[number])
            assert candidate.reasons
            assert all(
                name in features and weight == round(weights[name], 2)
                for name, weight in candidate.reasons
            )
