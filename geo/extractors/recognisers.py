"""Other recognisers of place names, from a model directory on this machine.

Each is an optional extra and stands where :func:`geo.annotators.mentions.find_mentions` stands:
it says which words are names of places. Whether such a name is meant literally is still decided
by our own stage, and which place it is by the gazetteer. Nothing is ever downloaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from geo.errors import InputError
from geo.extractors.errors import ExtractorError
from geo.models import Span

Recogniser = Callable[[str], tuple[Span, ...]]
_SPACY_LABELS = ("GPE", "LOC", "FAC")
_GLINER_LABELS = ["city", "village", "region", "country", "river", "sea", "facility"]
_GLINER_LEAST = 0.4
_GLINER_CHARACTERS = 1200  # its models read a few hundred tokens


def spacy_recogniser(directory: str) -> Recogniser:
    """Return the recogniser of a spaCy model: entities labelled GPE, LOC or FAC."""
    folder = _existing(directory)
    spacy = _library("spacy", "spacy")
    try:
        model = spacy.load(folder)
    except (OSError, ValueError) as error:
        raise ExtractorError(f"{folder} is no spaCy model: {error}") from error

    def recognise(text: str) -> tuple[Span, ...]:
        entities = model(text).ents
        return _spans((e.start_char, e.end_char) for e in entities if e.label_ in _SPACY_LABELS)

    return recognise


def natasha_recogniser(directory: str) -> Recogniser:
    """Return natasha's recogniser for Russian (LOC); its own package holds the weights."""
    if directory:
        raise InputError("natasha brings its own model; write --extractor natasha")
    natasha = _library("natasha", "natasha")
    segmenter = natasha.Segmenter()
    tagger = natasha.NewsNERTagger(natasha.NewsEmbedding())

    def recognise(text: str) -> tuple[Span, ...]:
        document = natasha.Doc(text)
        document.segment(segmenter)
        document.tag_ner(tagger)
        return _spans((s.start, s.stop) for s in document.spans if s.type == "LOC")

    return recognise


def gliner_recogniser(directory: str) -> Recogniser:
    """Return the recogniser of a GLiNER model, asked for kinds of places."""
    folder = _existing(directory)
    gliner = _library("gliner", "gliner")
    try:
        model = gliner.GLiNER.from_pretrained(str(folder), local_files_only=True)
    except (OSError, ValueError) as error:
        raise ExtractorError(f"{folder} is no GLiNER model: {error}") from error

    def recognise(text: str) -> tuple[Span, ...]:
        found: list[tuple[int, int]] = []
        for start, part in _parts(text):
            entities = model.predict_entities(part, _GLINER_LABELS, threshold=_GLINER_LEAST)
            found += [(start + e["start"], start + e["end"]) for e in entities]
        return _spans(found)

    return recognise


RECOGNISERS: dict[str, Callable[[str], Recogniser]] = {
    "gliner": gliner_recogniser,
    "natasha": natasha_recogniser,
    "spacy": spacy_recogniser,
}


def _existing(directory: str) -> Path:
    folder = Path(directory)
    if not directory or not folder.is_dir():
        raise InputError(
            f"{directory!r} is no folder; give a model's folder, as in --extractor spacy:models/uk"
        )
    return folder


def _library(name: str, extra: str) -> Any:  # noqa: ANN401  a module without types
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        raise ExtractorError(
            f"{name} is not installed; pip install 'conflict-event-mapper[{extra}]'"
        ) from error


def _spans(found: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Return spans in text order without overlaps, the earlier and longer ones first."""
    kept: list[Span] = []
    for start, stop in sorted(set(found), key=lambda pair: (pair[0], -pair[1])):
        if start < stop and (not kept or start >= kept[-1].stop):
            kept.append(Span(start, stop))
    return tuple(kept)


def _parts(text: str, longest: int = _GLINER_CHARACTERS) -> Sequence[tuple[int, str]]:
    """Cut a text at white space into parts of at most `longest` characters, with their starts.

    >>> _parts("one two three", 8)
    [(0, 'one two '), (8, 'three')]
    """
    parts: list[tuple[int, str]] = []
    start = 0
    while start < len(text):
        stop = start + longest
        if stop < len(text):
            space = max(text.rfind(" ", start, stop), text.rfind("\n", start, stop))
            stop = space + 1 if space > start else stop
        parts.append((start, text[start:stop]))
        start = stop
    return parts
