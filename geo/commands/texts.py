"""Read the texts that a command is given, as its options say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import complain, counted
from geo.commands.waiting import waiting
from geo.errors import InputError

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geo.events.reconciliation import ReconcileRules
    from geo.extractors import Chosen, Extractor
    from geo.models import Document
    from geo.pipeline import Extraction
    from geo.readers import Reject
    from geo.readers.documents import Given
    from geo.resolution import ResolutionSettings

_ISO2 = 2

Published = Annotated[
    str | None,
    typer.Option(help="Day of publication (2023-08-15); relative dates need it.", metavar="DAY"),
]
Language = Annotated[
    str | None, typer.Option("--lang", help="Language of the text; told from it when not given.")
]
Distance = Annotated[
    float,
    typer.Option("--distance-km", min=0.1, help="How far apart two reports of one event may be."),
]
Days = Annotated[int, typer.Option("--days", min=0, help="How many days apart they may be.")]
Country = Annotated[
    str | None,
    typer.Option(help="Country where the text plays (ISO 3166-1 alpha-2, as UA).", metavar="CODE"),
]
Reader = Annotated[
    str | None,
    typer.Option(
        "--extractor",
        help="Who tells the events: rules, model, recorded:FILE; "
        "or the names of places: spacy:DIR, gliner:DIR, natasha.",
        metavar="WHO",
    ),
]
Record = Annotated[
    str | None,
    typer.Option(help="Keep the claims told in this JSONL, to replay.", metavar="FILE"),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only errors.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextOptions:
    """Hold what the user says of the texts, and who reads them."""

    published: Published = None
    lang: Language = None
    country: Country = None
    extractor: Reader = None
    record: Record = None

    def given(self) -> Given:
        """Return what the options say of the inputs; raise for an impossible day or language."""
        from geo.readers.documents import Given, parse_day

        return Given(published=parse_day(self.published), language=self.lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearnessOptions:
    """Hold how near two reports must be to tell of one event."""

    distance_km: Distance = 5.0
    days: Days = 2

    def rules(self) -> ReconcileRules:
        """Return the rules that join reports."""
        from geo.events.reconciliation import ReconcileRules

        return ReconcileRules(distance_km=self.distance_km, days=self.days)


def country_code(country: str | None) -> str | None:
    """Return an ISO 3166-1 alpha-2 code in capitals.

    Raises :class:`geo.errors.InputError` for anything that is not two letters.
    """
    if country is None:
        return None
    if len(country) != _ISO2 or not country.isascii() or not country.isalpha():
        raise InputError(f"{country!r} is no country code; write two letters, as in --country UA")
    return country.upper()


def settings_for(country: str | None) -> ResolutionSettings:
    """Return settings that favour a country."""
    from geo.resolution import ResolutionSettings

    return ResolutionSettings(country=country_code(country))


def extract_all(
    inputs: Sequence[str], options: TextOptions, gazetteer: Gazetteer, *, quiet: bool = False
) -> Iterator[Extraction | Reject]:
    """Yield what was read in each document, in order.

    What cannot be read, or is in a language that cannot be told, comes as a reject and is said
    at once.
    """
    from geo.pipeline import rules_extractor
    from geo.readers import Reject

    settings = settings_for(options.country)
    rules = rules_extractor(gazetteer, settings)
    with waiting(quiet=quiet) as count:
        for item, chosen in _with_extractor(inputs, options, rules):
            found = item if isinstance(item, Reject) else _read(item, chosen, gazetteer, settings)
            if isinstance(found, Reject):
                complain(f"{found}; skipped")
            else:
                _say_rejections(found)
                count()
            yield found


def _read(
    document: Document, chosen: Chosen, gazetteer: Gazetteer, settings: ResolutionSettings
) -> Extraction | Reject:
    from geo.errors import UnknownLanguageError
    from geo.extractors.errors import ExtractorError
    from geo.pipeline import extract
    from geo.readers import Reject

    try:
        return extract(
            document,
            gazetteer,
            settings=settings,
            extractor=chosen.extractor,
            recogniser=chosen.recogniser,
        )
    except (UnknownLanguageError, ExtractorError) as error:
        return Reject(source=document.id, line=None, reason=str(error), document_id=document.id)


def _with_extractor(
    inputs: Sequence[str], options: TextOptions, rules: Extractor
) -> Iterator[tuple[Document | Reject, Chosen]]:
    """Yield the documents, each with who reads it; several are asked about at once."""
    from geo.extractors.registry import RULES, Chosen, choose_extractor
    from geo.readers import read_documents

    documents = read_documents(inputs, options.given())
    if (options.extractor or RULES) == RULES and options.record is None:
        yield from ((item, Chosen()) for item in documents)
        return
    from geo.extractors.ahead import ask_ahead

    chosen = choose_extractor(options.extractor, options.record, rules)
    if chosen.extractor is None:
        yield from ((item, chosen) for item in documents)
        return
    for item, extractor in ask_ahead(documents, chosen.extractor, chosen.parallel):
        yield item, replace(chosen, extractor=extractor)


def _say_rejections(found: Extraction) -> None:
    for rejection in found.rejections:
        complain(f"{found.document.id}: {rejection}")
    if found.passed_over:
        passed = counted(len(found.passed_over), "event is", "events are")
        complain(
            f"{found.document.id}: {passed} read by the rules alone and left out; "
            "see conflict-map explain"
        )
