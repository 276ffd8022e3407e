"""Look up place names offline, with candidates and reasons."""

from gazetteer.errors import BrokenIndexError, GazetteerError, SourceError, UnknownPlaceError
from gazetteer.lookup import Gazetteer
from gazetteer.models import (
    AdminCodes,
    Candidate,
    GazetteerInfo,
    Place,
    PlaceName,
    ScoredCandidate,
    SourceInfo,
)
from gazetteer.opening import open_gazetteer

__all__ = [
    "AdminCodes",
    "BrokenIndexError",
    "Candidate",
    "Gazetteer",
    "GazetteerError",
    "GazetteerInfo",
    "Place",
    "PlaceName",
    "ScoredCandidate",
    "SourceError",
    "SourceInfo",
    "UnknownPlaceError",
    "open_gazetteer",
]
