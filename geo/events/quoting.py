"""Quote the sentences that an event was read in, and name the event by them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from geo.events.context import Sentence
from geo.events.drafts import Draft
from geo.events.other_figures import OtherFigure
from geo.models import Document, Evidence, Span

_LONGEST_TITLE = 120


class Quotes:
    """Quote the sentences of a document; one that tells several events is copied once."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        self._document = document
        self._sentences = sentences
        self._texts: dict[int, str] = {}
        self._titles: dict[int, str] = {}

    def text(self, at: int) -> str:
        """Return the words of sentence number `at`."""
        if at not in self._texts:
            self._texts[at] = self._sentences[at].span.of(self._document.text)
        return self._texts[at]

    def title(self, at: int) -> str:
        """Return sentence number `at` on one line, cut at a word where it is long."""
        if at not in self._titles:
            text = " ".join(self.text(at).split())
            if len(text) > _LONGEST_TITLE:
                text = text[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
            self._titles[at] = text
        return self._titles[at]

    def evidence(self, draft: Draft, others: Sequence[OtherFigure]) -> tuple[Evidence, ...]:
        """Return the sentences of an event, each with the words that were matched."""
        matched = _matched(draft, others)
        told_in = dict.fromkeys((*draft.sentences, *(other.sentence for other in others)))
        return tuple(self._quote(at, matched) for at in told_in)

    def _quote(self, at: int, matched: Sequence[Span]) -> Evidence:
        document, sentence = self._document, self._sentences[at]
        return Evidence(
            document_id=document.id,
            span=sentence.span,
            text=self.text(at),
            matched=tuple(sorted({m for m in matched if sentence.span.contains(m)})),
            sentence_index=sentence.index,
            url=document.url,
            published=document.published,
            source_name=document.source_name,
            language=document.language,
        )


def identify(document: Document, span: Span, draft: Draft) -> str:
    """Return an identifier that the same words at the same place of a document always get."""
    place = draft.place.resolution.mention.span if draft.place else span
    area = draft.area.count.quantity.span.start if draft.area else ""
    words = f"{document.id}|{span.start}-{span.stop}|{place.start}|{draft.event_type}|{area}"
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _matched(draft: Draft, others: Sequence[OtherFigure]) -> list[Span]:
    matched = [role.count.quantity.span for role in (*draft.killed, *draft.injured)]
    matched += [other.quantity.span for other in others]
    if draft.place is not None:
        matched.append(draft.place.resolution.mention.span)
    if draft.area is not None:
        matched.append(draft.area.count.quantity.span)
    return matched
