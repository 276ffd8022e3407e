"""Compose the stages: a document in; mentions, places, claims and events out."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.annotators.dates import find_intervals
from geo.annotators.mentions import find_mentions
from geo.annotators.quantities import find_quantities
from geo.annotators.sentences import find_sentences
from geo.annotators.terms import find_terms
from geo.annotators.tokens import find_tokens
from geo.events.assembly import assemble_events
from geo.events.context import Annotation
from geo.events.reconciliation import ReconcileRules, reconcile_events
from geo.events.series import link_series
from geo.languages import load_language
from geo.models import Claim, Document, Event, Mention, Resolution, Span
from geo.readers.language import detect_language
from geo.resolution import ResolutionSettings, resolve_mentions
from geo.resolution.beside import beside_known
from geo.resolution.given import mentions_in
from geo.resolution.setting import Settings

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geo.extractors import Extractor, Recogniser, Rejection


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Hold all that was read in one document; the events' claims are in ``claims``, in order.

    Where another extractor was asked, ``rejections`` are the claims that the document does not
    bear out, and ``passed_over`` the events that only our rules read.
    """

    document: Document
    annotation: Annotation
    events: tuple[Event, ...]
    rejections: tuple[Rejection, ...] = ()
    passed_over: tuple[Event, ...] = ()

    @property
    def resolutions(self) -> tuple[Resolution, ...]:
        """Return every mention with the place it was resolved to, in text order."""
        return self.annotation.resolutions

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Return the mentions in text order."""
        return tuple(resolution.mention for resolution in self.resolutions)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Return the claims of all events."""
        return tuple(claim for event in self.events for claim in event.claims)


def annotate(
    document: Document,
    gazetteer: Gazetteer,
    settings: ResolutionSettings | None = None,
    recogniser: Recogniser | None = None,
) -> Annotation:
    """Find and resolve everything that events are made of.

    A document without a language gets the one its text is in. With a `recogniser` the names of
    places are those that it finds.
    """
    if document.language is None:
        document = replace(document, language=detect_language(document.text))
    pack = load_language(document.language or "")
    tokens = find_tokens(document.text, pack)
    sentences = find_sentences(document.text, tokens, pack)
    terms = find_terms(tokens, pack)
    mentions = find_mentions(document.text, tokens, sentences, pack, gazetteer, terms)
    if recogniser is not None:
        given = recogniser(document.text)
        mentions = mentions_in(document.text, tokens, sentences, pack, gazetteer, given, mentions)
    return Annotation(
        document=document,
        tokens=tokens,
        sentences=sentences,
        terms=terms,
        quantities=find_quantities(tokens, pack),
        intervals=find_intervals(document.text, tokens, pack, document.published),
        resolutions=beside_known(
            resolve_mentions(
                document, mentions, tokens, sentences, gazetteer, pack, settings=settings
            ),
            sentences,
        ),
    )


def extract(
    document: Document,
    gazetteer: Gazetteer,
    *,
    settings: ResolutionSettings | None = None,
    extractor: Extractor | None = None,
    recogniser: Recogniser | None = None,
) -> Extraction:
    """Read one document: its places, claims and events.

    An `extractor` tells the events in place of our rules; they are taken as far as the document
    and the gazetteer bear them out, and compared with what the rules read. Raises
    :class:`geo.errors.UnknownLanguageError` when there is no pack for its language, and
    :class:`geo.extractors.ExtractorError` when the extractor has no answer.
    """
    with _no_search_for_cycles():
        annotation = annotate(document, gazetteer, settings, recogniser)
        events = link_series(assemble_events(annotation))
        found = Extraction(document=annotation.document, annotation=annotation, events=events)
        if extractor is not None:
            found = _told(found, extractor, gazetteer)
        return replace(found, events=_in_settings(found, settings))


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Put off Python's search for cyclic garbage: reading makes none.

    It would go through all records of a long document again and again, a seventh of the time.
    """
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


def rules_extractor(gazetteer: Gazetteer, settings: ResolutionSettings | None = None) -> Extractor:
    """Return our own rules behind the protocol of the others: their events as told claims."""
    from geo.extractors.rules import RulesExtractor

    return RulesExtractor(lambda document: extract(document, gazetteer, settings=settings).events)


def _told(found: Extraction, extractor: Extractor, gazetteer: Gazetteer) -> Extraction:
    from geo.extractors import check_answer, compare

    answer = extractor.extract(found.document)
    checked = check_answer(answer, found.annotation, gazetteer)
    compared = compare(checked.events, found.events)
    places = [r for event in compared.events for r in (event.place, *event.places) if r]
    return replace(
        found,
        annotation=replace(
            found.annotation, resolutions=_joined(found.annotation.resolutions, places)
        ),
        events=link_series(compared.events),
        rejections=checked.rejections,
        passed_over=compared.passed_over,
    )


def _joined(ours: tuple[Resolution, ...], told: Iterable[Resolution]) -> tuple[Resolution, ...]:
    """Return the resolutions in text order, a told one in place of ours that it overlaps."""
    kept: dict[Span, Resolution] = {}
    for resolution in told:
        span = resolution.mention.span
        if not any(span.overlaps(other) for other in kept):
            kept[span] = resolution
    rest = [r for r in ours if not any(r.mention.span.overlaps(span) for span in kept)]
    return tuple(sorted((*kept.values(), *rest), key=lambda r: r.mention.span))


def _in_settings(found: Extraction, assumed: ResolutionSettings | None) -> tuple[Event, ...]:
    """Return the events, each with the setting that its place is read in."""
    country = assumed.country if assumed else None
    named = Settings(found.annotation.resolutions, found.annotation.sentences)
    return tuple(
        replace(event, place_context=named.name(event.place, country=country) or None)
        if event.place is not None
        else event
        for event in found.events
    )


def extract_events(
    documents: Iterable[Document],
    gazetteer: Gazetteer,
    *,
    rules: ReconcileRules | None = None,
    settings: ResolutionSettings | None = None,
) -> tuple[Event, ...]:
    """Read documents and return their events, each occurrence once over all of them."""
    events = [
        event
        for document in documents
        for event in extract(document, gazetteer, settings=settings).events
    ]
    return reconcile_events(events, rules)
