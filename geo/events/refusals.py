"""Say why nothing was taken to happen at a place: the word that spoke against it, and how much.

Plans, threats, denials, anniversaries, exercises, alerts, accidents, the losses of a whole war:
each is a concept of the language packs and a weight of the chain ``places``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.chain import load_chain
from geo.events.concepts import OCCURRENCE
from geo.events.context import Annotation, Located, Sentence
from geo.events.occurrences import LEAST, NOTHING, describe_places
from geo.events.place_features import PlaceFeatures
from geo.events.timing import Calendar, find_dates, is_told_as_history
from geo.events.understanding import PLACES_SHARE, Understanding, shared_chances
from geo.events.view import view_sentences
from geo.models import Event, Span, Token
from geo.network import Network

AGAINST: dict[str, str] = {
    "plan": "planned, threatened or feared, not done",
    "denial": "denied, or said to be unchanged",
    "negation": "said not to have happened",
    "memorial": "a funeral or a memorial",
    "history": "an anniversary, a trial or history",
    "exercise": "an exercise",
    "siren": "an alert, no attack",
    "accident": "an accident, a crime or a disaster",
    "enemy_loss": "the losses of an army or a whole war",
    "umbrella": "a sum over many places",
    "talks": "talks, visits or politics",
    "status": "a description of the place",
    "launch": "where a weapon or an aircraft came from",
    "care": "where the injured were taken, or helpers came from",
    "clearance": "mines or bombs made harmless",
    "seat": "where somebody spoke, met or has an office",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Hold a mention at which nothing was taken to happen, with the reason in words.

    ``words`` are the words of the text that spoke against an event, ``probability`` how likely
    it is that nothing happened there, ``features`` what weighed most for that, and ``against``
    what weighed most for the likeliest event.
    """

    place: Located
    reason: str
    words: tuple[str, ...]
    probability: float
    features: tuple[tuple[str, float], ...] = ()
    against: tuple[tuple[str, float], ...] = ()

    def __str__(self) -> str:
        quoted = ", ".join(f'"{word}"' for word in self.words)
        return self.reason + (f" ({quoted})" if quoted else "")


def explain_refusals(annotation: Annotation, events: Sequence[Event]) -> tuple[Refusal, ...]:
    """Return the literal mentions that no event of the document is put at, in text order."""
    sentences = view_sentences(annotation)
    places = [p for event in events for p in (event.place, *event.places) if p is not None]
    used = {place.mention.span for place in places}
    told = {event.place.place.id for event in events if event.place and event.place.place}
    items, joints = describe_places(PlaceFeatures(sentences, annotation.tokens))
    mentions = [(at, place) for at, sentence in enumerate(sentences) for place in sentence.places]
    understanding = Understanding(sentences, annotation.tokens)
    chances = [
        shared_chances(weighed, understanding.of_place(place), PLACES_SHARE)
        for (_, place), weighed in zip(
            mentions, load_chain("places").probabilities(items, joints), strict=True
        )
    ]
    return tuple(
        _refusal(annotation, sentences, mention, weighed, used, told)
        for mention, weighed in zip(mentions, zip(items, chances, strict=True), strict=True)
        if mention[1].resolution.mention.span not in used
    )


def _refusal(
    annotation: Annotation,
    sentences: Sequence[Sentence],
    mention: tuple[int, Located],
    weighed: tuple[Sequence[str], dict[str, float]],
    used: set[Span],
    told: set[str],
) -> Refusal:
    (at, place), (features, chances) = mention, weighed
    model = load_chain("places").items
    nothing = chances[NOTHING]
    likeliest = max((name for name in chances if name != NOTHING), key=lambda name: chances[name])
    known = place.resolution.place
    dates = _old_dates(annotation, sentences, at, place)
    concept = _against(model, features, likeliest)
    reason = "too unlikely, all in all"
    words: tuple[str, ...] = ()
    if dates:
        reason, words = "over a year ago, so history", dates
    elif 1 - nothing >= LEAST:
        is_told = known is not None and known.id in told
        reason = "told already of the same place" if is_told else "told with another place"
    elif concept is not None:
        reason, words = AGAINST[concept], _words(sentences[at], place, concept, annotation.tokens)
    elif not any(name in OCCURRENCE for name in sentences[at].concepts):
        reason = "no word of the sentence tells that something happened"
    elif any(p.resolution.mention.span in used for p in sentences[at].places):
        reason = "what the sentence tells happened at another place"
    return Refusal(
        place=place,
        reason=reason,
        words=words,
        probability=nothing,
        features=model.reasons([features], [NOTHING], likeliest)[0],
        against=model.reasons([features], [likeliest], NOTHING)[0],
    )


def _old_dates(
    annotation: Annotation, sentences: Sequence[Sentence], at: int, place: Located
) -> tuple[str, ...]:
    """Return the words of the dates that make an occurrence history."""
    published = annotation.document.published
    here = sentences[at : at + 1]
    dates = find_dates(here, annotation.tokens, published)
    if not is_told_as_history(Calendar(here, dates), 0, place, published):
        return ()
    return tuple(dict.fromkeys(d.interval.text for d in dates if d.interval.text))


def _against(model: Network, features: Sequence[str], likeliest: str) -> str | None:
    """Return the concept of the sentence whose features speak most against an event."""
    gains: dict[str, float] = {}
    for feature, gain in model.gains([features], [NOTHING], likeliest)[0].items():
        concept, _, where = feature.partition("|")
        if concept in AGAINST and where not in ("before", "behind"):
            gains[concept] = gains.get(concept, 0.0) + gain
    best = max(gains, key=lambda name: gains[name], default=None)
    return best if best is not None and gains[best] > 0 else None


def _words(
    sentence: Sentence, place: Located, concept: str, tokens: Sequence[Token]
) -> tuple[str, ...]:
    """Return the word of a concept that stands nearest to a place, all of its tokens."""
    nearest = min(
        (term for term in sentence.terms if term.concept == concept),
        key=lambda term: abs(term.first - place.first),
    )
    return (" ".join(token.text for token in tokens[nearest.first : nearest.last + 1]),)
