"""Compose the stages: a document in; mentions, places, claims and events out."""

from __future__ import annotations

from collections.abc import Iterable
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
from geo.events.reconciliation import ReconcileRules, link_series, reconcile_events
from geo.languages import load_language
from geo.models import Claim, Document, Event, Mention, Resolution
from geo.readers.language import detect_language
from geo.resolution import ResolutionSettings, resolve_mentions
from geo.resolution.setting import name_setting

if TYPE_CHECKING:
    from gazetteer import Gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Hold all that was read in one document; the events' claims are in ``claims``, in order."""

    document: Document
    annotation: Annotation
    events: tuple[Event, ...]

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
    document: Document, gazetteer: Gazetteer, settings: ResolutionSettings | None = None
) -> Annotation:
    """Find and resolve everything that events are made of.

    A document without a language gets the one its text is in.
    """
    if document.language is None:
        document = replace(document, language=detect_language(document.text))
    pack = load_language(document.language or "")
    tokens = find_tokens(document.text, pack)
    sentences = find_sentences(document.text, tokens, pack)
    terms = find_terms(tokens, pack)
    mentions = find_mentions(document.text, tokens, sentences, pack, gazetteer, terms)
    return Annotation(
        document=document,
        tokens=tokens,
        sentences=sentences,
        terms=terms,
        quantities=find_quantities(tokens, pack),
        intervals=find_intervals(document.text, tokens, pack, document.published),
        resolutions=resolve_mentions(
            document, mentions, tokens, sentences, gazetteer, pack, settings=settings
        ),
    )


def extract(
    document: Document, gazetteer: Gazetteer, *, settings: ResolutionSettings | None = None
) -> Extraction:
    """Read one document: its places, claims and events.

    Raises :class:`geo.errors.UnknownLanguageError` when there is no pack for its language.
    """
    annotation = annotate(document, gazetteer, settings)
    events = link_series(assemble_events(annotation))
    events = tuple(_in_setting(event, annotation, settings) for event in events)
    return Extraction(document=annotation.document, annotation=annotation, events=events)


def _in_setting(event: Event, annotation: Annotation, settings: ResolutionSettings | None) -> Event:
    if event.place is None:
        return event
    setting = name_setting(
        event.place,
        annotation.resolutions,
        annotation.sentences,
        country=settings.country if settings else None,
    )
    return replace(event, place_context=setting or None)


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
