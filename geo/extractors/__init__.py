"""Other readers behind one protocol: they tell claims, and the document has to bear them out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.extractors.agreement import compare
    from geo.extractors.contract import Checked, check_answer
    from geo.extractors.errors import ExtractorError, UnknownExtractorError
    from geo.extractors.proposals import Answer, Extractor, Proposal, Rejection
    from geo.extractors.recognisers import Recogniser
    from geo.extractors.registry import Chosen, choose_extractor

__all__ = [
    "Answer",
    "Checked",
    "Chosen",
    "Extractor",
    "ExtractorError",
    "Proposal",
    "Recogniser",
    "Rejection",
    "UnknownExtractorError",
    "check_answer",
    "choose_extractor",
    "compare",
]

# Names are loaded when first used (PEP 562): whoever reads by our rules alone needs none of them.
_HOMES = {
    "Answer": "geo.extractors.proposals",
    "Checked": "geo.extractors.contract",
    "Chosen": "geo.extractors.registry",
    "Extractor": "geo.extractors.proposals",
    "ExtractorError": "geo.extractors.errors",
    "Proposal": "geo.extractors.proposals",
    "Recogniser": "geo.extractors.recognisers",
    "Rejection": "geo.extractors.proposals",
    "UnknownExtractorError": "geo.extractors.errors",
    "check_answer": "geo.extractors.contract",
    "choose_extractor": "geo.extractors.registry",
    "compare": "geo.extractors.agreement",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'geo.extractors' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
