"""``conflict-map resolve``: recognised toponyms in, their places out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.commands.console import complain
from geo.commands.texts import Country, Language, Quiet, settings_for
from geo.commands.waiting import opened

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geo.models import Resolution


def resolve(
    input_file: Annotated[
        str,
        typer.Argument(
            metavar="INPUT", help="JSONL of id, text, lang, toponyms [{start, end}]; - is stdin."
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", help="JSONL to write; - is standard output.")
    ] = "-",
    lang: Language = None,
    country: Country = None,
    quiet: Quiet = False,
) -> None:
    """Resolve toponyms whose positions are given.

    Each gets place, confidence and candidates.
    """
    from geo.commands.lines import write_lines

    gazetteer = opened(quiet=quiet)
    failed: list[int] = []
    write_lines(
        _resolved(input_file, lang, country, gazetteer, failed),
        output if output == "-" else Path(output),
    )
    if failed:
        raise typer.Exit(code=2)


def _resolved(
    path: str, lang: str | None, country: str | None, gazetteer: Gazetteer, failed: list[int]
) -> Iterator[dict[str, Any]]:
    from geo.errors import InputError, UnknownLanguageError
    from geo.readers.documents import Reject, read_records

    for number, record in read_records(path):
        if isinstance(record, Reject):
            failed.append(number)
            complain(f"{record}; kept without places")
            yield {"id": record.document_id, "toponyms": [], "error": record.reason}
            continue
        try:
            yield _resolve_record(record, lang, country, gazetteer)
        except (InputError, UnknownLanguageError) as error:
            failed.append(number)
            complain(f"{path}, line {number}: {error}; kept without places")
            yield {**record, "error": str(error)}


def _resolve_record(
    record: dict[str, Any], lang: str | None, country: str | None, gazetteer: Gazetteer
) -> dict[str, Any]:
    from geo.annotators.sentences import find_sentences
    from geo.annotators.tokens import find_tokens
    from geo.languages import load_language
    from geo.models import Document
    from geo.readers.language import detect_language
    from geo.resolution import resolve_mentions
    from geo.resolution.given import mentions_at

    text = _checked_text(record)
    language = lang or record.get("lang") or detect_language(text)
    pack = load_language(language)
    tokens = find_tokens(text, pack)
    sentences = find_sentences(text, tokens, pack)
    mentions = mentions_at(text, tokens, sentences, pack, gazetteer, record["toponyms"])
    document = Document(
        id=str(record.get("id")), text=text, language=language, url=record.get("url")
    )
    settings = settings_for(country)
    resolutions = resolve_mentions(
        document, mentions, tokens, sentences, gazetteer, pack, settings=settings
    )
    pairs = zip(record["toponyms"], resolutions, strict=True)
    return {**record, "toponyms": [{**toponym, **_place(found)} for toponym, found in pairs]}


def _checked_text(record: dict[str, Any]) -> str:
    from geo.errors import InputError

    text, toponyms = record.get("text"), record.get("toponyms")
    if not isinstance(text, str) or not isinstance(toponyms, list):
        raise InputError("the fields 'text' and 'toponyms' are needed")
    for toponym in toponyms:
        if not isinstance(toponym, dict) or not _lies_within(toponym, text):
            raise InputError(
                f"toponym {toponym!r} needs a start and an end within the {len(text)} characters"
            )
    return text


def _lies_within(toponym: dict[str, Any], text: str) -> bool:
    start, end = toponym.get("start"), toponym.get("end")
    return type(start) is int and type(end) is int and 0 <= start < end <= len(text)


def _place(resolution: Resolution) -> dict[str, Any]:
    place = resolution.place
    return {
        "lat": resolution.lat,
        "lon": resolution.lon,
        "geonameid": place.geonameid if place else None,
        "name": place.name if place else None,
        "place_id": place.id if place else None,
        "geo_precision": resolution.geo_precision if place else None,
        "confidence": resolution.confidence if place else None,
        "candidates": [
            {
                "id": ranked.candidate.place.id,
                "name": ranked.candidate.place.name,
                "score": ranked.score,
                "reasons": [name for name, _ in ranked.reasons],
            }
            for ranked in resolution.candidates
        ],
    }
