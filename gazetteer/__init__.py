"""Look up place names offline, with candidates and reasons."""

from gazetteer.errors import GazetteerError, UnknownPlaceError
from gazetteer.lookup import Gazetteer
from gazetteer.models import AdminCodes, Candidate, Place, PlaceName
from gazetteer.opening import open_gazetteer

__all__ = [
    "AdminCodes",
    "Candidate",
    "Gazetteer",
    "GazetteerError",
    "Place",
    "PlaceName",
    "UnknownPlaceError",
    "open_gazetteer",
]
