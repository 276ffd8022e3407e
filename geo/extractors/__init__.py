"""Other readers behind one protocol: they tell claims, and the document has to bear them out."""

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
