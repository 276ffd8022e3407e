"""Assemble the drafts of a document into events with claims, evidence and an identity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.events.attributes import find_actors, find_weapons
from geo.events.claims import Attributes, figures_of, make_claims
from geo.events.context import Annotation, Sentence
from geo.events.doubts import find_status
from geo.events.drafting import draft_events
from geo.events.drafts import Draft
from geo.events.merging import merge_drafts
from geo.events.other_figures import OtherFigure, find_other_figures
from geo.events.quoting import Quotes, identify
from geo.events.speakers import Speakers
from geo.events.subtypes import acled_subtype
from geo.events.timing import Calendar, find_dates, is_told_as_history, time_occurrence
from geo.events.view import view_sentences
from geo.models import Event, Quantity


def assemble_events(annotation: Annotation) -> tuple[Event, ...]:
    """Return the events of one document, in text order, each told once."""
    sentences = view_sentences(annotation)
    published = annotation.document.published
    drafts = merge_drafts(draft_events(sentences, annotation.tokens), sentences)
    calendar = Calendar(sentences, find_dates(sentences, annotation.tokens, published))
    others = find_other_figures(sentences, drafts, annotation.tokens)
    assembler = _Assembler(annotation, sentences, calendar)
    return tuple(
        assembler.event(draft, figures)
        for draft, figures in zip(drafts, others, strict=True)
        if not is_told_as_history(calendar, draft.sentences[0], draft.place, published)
    )


class _Assembler:
    """Make events of drafts; what the events of a sentence share is found once."""

    def __init__(
        self, annotation: Annotation, sentences: Sequence[Sentence], calendar: Calendar
    ) -> None:
        self._annotation = annotation
        self._sentences = sentences
        self._calendar = calendar
        self._speakers = Speakers(annotation, sentences)
        self._quotes = Quotes(annotation.document, sentences)

    def event(self, draft: Draft, others: Sequence[OtherFigure]) -> Event:
        """Return the event that a draft and its further figures make."""
        shared = self._attributes(draft)
        figures = figures_of(draft, self._sentences)
        further = {other.field: other.quantity for other in others}
        sentence = self._sentences[draft.sentences[0]]
        area = draft.area
        return Event(
            id=identify(self._annotation.document, sentence.span, draft),
            event_type=draft.event_type,
            event_subtype=acled_subtype(
                draft.event_type,
                shared.weapons,
                area.direction if area else None,
                _fates(sentence, figures | further),
            ),
            title=self._quotes.title(draft.sentences[0]),
            place=shared.place,
            places=tuple(p.resolution for p in draft.places),
            interval=shared.interval,
            claims=tuple(make_claims(draft, shared, figures, others, self._sentences)),
            killed=figures.get("killed"),
            injured=figures.get("injured"),
            missing=further.get("missing"),
            detained=further.get("detained"),
            displaced=further.get("displaced"),
            area=figures.get("area"),
            area_role=("cumulative" if area.cumulative else "increment") if area else None,
            area_direction=area.direction if area else None,
            area_flank=shared.place.flank if shared.place else None,
            cumulative=shared.cumulative,
            actors=shared.actors,
            weapons=shared.weapons,
            claimed_by=shared.speaker,
            claim_status=shared.status,
            evidence=self._quotes.evidence(draft, others),
        )

    def _attributes(self, draft: Draft) -> Attributes:
        """Find what all claims of an event share: when, by whom, with what, who says so."""
        sentence = self._sentences[draft.sentences[0]]
        cumulative = draft.area is not None and draft.area.cumulative
        timing = time_occurrence(
            self._calendar,
            draft.sentences,
            draft.place,
            self._annotation.document.published,
            cumulative=cumulative,
        )
        return Attributes(
            place=draft.place.resolution if draft.place else None,
            interval=timing.interval,
            cumulative=cumulative,
            actors=find_actors(sentence, draft.place),
            weapons=find_weapons(sentence, draft.place),
            speaker=self._speakers.find(draft.sentences),
            status=find_status(self._sentences, draft.sentences),
        )


def _fates(sentence: Sentence, figures: Mapping[str, Quantity]) -> list[str]:
    """Return what befell any persons: killed, injured, detained, abducted."""
    told = [name for name, figure in figures.items() if figure.best or figure.low]
    return [*told, "abducted"] if "abducted" in sentence.concepts else told
