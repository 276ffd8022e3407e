"""Read texts by a short way: a file in, its events out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from geo.models import Document
from geo.readers.documents import Given, Reject, parse_day, read_document, read_documents

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geo.extractors import Extractor
    from geo.models import Event
    from geo.pipeline import Extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Hold documents that were read, and extract their events when asked.

    ``rejects`` are the lines that could not be read, with their numbers and reasons.
    ``country`` (ISO 3166-1 alpha-2) says where the texts play, where that is known.
    """

    documents: tuple[Document, ...]
    rejects: tuple[Reject, ...] = ()
    country: str | None = None

    def extractions(
        self, gazetteer: Gazetteer | None = None, extractor: Extractor | None = None
    ) -> tuple[Extraction, ...]:
        """Return what was read in each document: mentions, resolutions, claims, events.

        Without `gazetteer` the one that travels with the package is opened. An `extractor`
        (:mod:`geo.extractors`) tells the events in place of our rules. Raises
        :class:`geo.errors.UnknownLanguageError` where the language cannot be told.
        """
        from gazetteer import open_gazetteer
        from geo.pipeline import extract
        from geo.resolution import ResolutionSettings

        gazetteer = gazetteer or open_gazetteer()
        settings = ResolutionSettings(country=self.country.upper() if self.country else None)
        return tuple(
            extract(document, gazetteer, settings=settings, extractor=extractor)
            for document in self.documents
        )

    def events(
        self, gazetteer: Gazetteer | None = None, extractor: Extractor | None = None
    ) -> tuple[Event, ...]:
        """Return the events, each occurrence once over all documents."""
        from geo.events.reconciliation import reconcile_events

        found = self.extractions(gazetteer, extractor)
        return reconcile_events([event for extraction in found for event in extraction.events])


def read_text(
    path: str | Path,
    *,
    published: str | date | None = None,
    language: str | None = None,
    country: str | None = None,
) -> Reading:
    """Read one text or HTML file; ``-`` is standard input.

    `published` is the day (``2023-08-15``) that relative dates start from. Raises
    :class:`geo.errors.InputError` when the file is missing, empty, binary or in no
    encoding that can be told, and
    :class:`geo.errors.UnknownLanguageError` when `language` has no pack.

    >>> reading = read_text("outputs/example/article.it.txt", published="2023-08-15")
    >>> [(event.event_type, event.killed.text) for event in reading.events() if event.killed]
    [('shelling_or_airstrike', 'un'), ('missile_or_drone_strike', 'due')]
    """
    given = Given(published=parse_day(published), language=language)
    return Reading(documents=(read_document(path, given),), country=country)


def read_texts(
    paths: Iterable[str | Path],
    *,
    published: str | date | None = None,
    language: str | None = None,
    country: str | None = None,
) -> Reading:
    """Read several text, HTML and JSONL files; their events are told once over all of them.

    Lines of JSONL that cannot be read are kept in ``Reading.rejects``. Raises as
    :func:`read_text` does.

    >>> reading = read_texts(["outputs/example/article.it.txt", "outputs/example/article.en.txt"])
    >>> [document.id for document in reading.documents]
    ['article', 'article-2']
    """
    given = Given(published=parse_day(published), language=language)
    items = tuple(read_documents(paths, given))
    return Reading(
        documents=tuple(item for item in items if isinstance(item, Document)),
        rejects=tuple(item for item in items if isinstance(item, Reject)),
        country=country,
    )


def read_string(
    text: str,
    *,
    name: str = "text",
    published: str | date | None = None,
    language: str | None = None,
    country: str | None = None,
) -> Reading:
    """Take a text as it is.

    >>> reading = read_string("Three people were killed in Kherson on 2 May 2023.")
    >>> [(event.place.place.name, event.killed.text) for event in reading.events()]
    [('Kherson', 'Three')]
    """
    given = Given(published=parse_day(published), language=language)
    document = Document(id=name, text=text, language=given.language, published=given.published)
    return Reading(documents=(document,), country=country)


def read_jsonl(
    path: str | Path,
    *,
    published: str | date | None = None,
    language: str | None = None,
    country: str | None = None,
) -> Reading:
    r"""Read a JSONL file of ``id, text, published, lang, url, title``, one document a line.

    Lines that cannot be read are kept in ``Reading.rejects``.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "two.jsonl")
    ...     _ = path.write_text('{"id": "a", "text": "Two killed in Lviv."}\nno JSON\n')
    ...     reading = read_jsonl(path)
    >>> len(reading.documents), [reject.line for reject in reading.rejects]
    (1, [2])
    """
    return read_texts([path], published=published, language=language, country=country)
