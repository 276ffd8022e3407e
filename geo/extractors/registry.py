"""Find an extractor or recogniser by what the user calls it, as in ``recorded:FILE``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geo.extractors.errors import UnknownExtractorError
from geo.extractors.proposals import Extractor
from geo.extractors.recognisers import RECOGNISERS, Recogniser
from geo.extractors.recording import RecordedExtractor, RecordingExtractor

RULES = "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Hold what reads the documents beside, or in place of, our own stages.

    Both are ``None`` for our rules alone. ``parallel`` is how many documents may be asked about
    at once.
    """

    extractor: Extractor | None = None
    recogniser: Recogniser | None = None
    parallel: int = 1


def _model(argument: str) -> Chosen:
    from geo.extractors.endpoint import ModelExtractor, endpoint_from  # loads an HTTP client

    if argument:
        raise UnknownExtractorError("the model is named by environment variables; write 'model'")
    endpoint = endpoint_from()
    return Chosen(extractor=ModelExtractor(endpoint), parallel=endpoint.parallel)


def _recorded(argument: str) -> Chosen:
    return Chosen(extractor=RecordedExtractor(argument))


EXTRACTORS: dict[str, Callable[[str], Chosen]] = {"model": _model, "recorded": _recorded}


def choose_extractor(
    wanted: str | None, record: str | None = None, rules: Extractor | None = None
) -> Chosen:
    """Return what `wanted` names; with `record` its answers are kept in that file.

    `rules` tells what our own rules read; it is asked only where that is to be recorded.

    Raises :class:`geo.extractors.errors.UnknownExtractorError`, naming those there are.

    >>> choose_extractor("rules").extractor is None
    True
    """
    name, _, argument = (wanted or RULES).partition(":")
    if name in RECOGNISERS:
        chosen = Chosen(recogniser=RECOGNISERS[name](argument))
    elif name in EXTRACTORS:
        chosen = EXTRACTORS[name](argument)
    elif name == RULES and not argument:
        chosen = Chosen(extractor=rules if record else None)
    else:
        known = ", ".join(sorted([RULES, *EXTRACTORS, *RECOGNISERS]))
        raise UnknownExtractorError(f"no extractor {wanted!r}; there are: {known}")
    if record is None:
        return chosen
    if chosen.extractor is None:
        raise UnknownExtractorError(f"--record keeps claims; {name} tells names of places only")
    recording = RecordingExtractor(chosen.extractor, record)
    return Chosen(extractor=recording, parallel=chosen.parallel)
