"""Choose the name that a place has in the language of its country."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

# The first official language of countries whose language some source of names is tagged with.
_LANGUAGES = {
    "UA": "uk", "RU": "ru", "PL": "pl", "DE": "de", "AT": "de", "IT": "it", "SM": "it",
    "FR": "fr", "ES": "es", "PT": "pt", "BR": "pt", "RO": "ro", "MX": "es", "CO": "es",
    "VE": "es", "PE": "es", "EC": "es", "CL": "es", "AR": "es", "HN": "es", "GT": "es",
    "SV": "es", "NI": "es", "CU": "es",
}  # fmt: skip
_TODAY = ("primary", "alternate", "official")


class Tagged(Protocol):
    """Hold a name with its language and kind."""

    @property
    def name(self) -> str:
        """Return the spelling."""
        ...

    @property
    def language(self) -> str | None:
        """Return the language, ISO 639-1, where it is known."""
        ...

    @property
    def kind(self) -> str:
        """Return the kind, as :class:`gazetteer.models.PlaceName` names them."""
        ...


def local_name(country: str | None, names: Iterable[Tagged]) -> str | None:
    """Return the first name of today in the country's language, ``None`` where none is tagged so.

    >>> from gazetteer.models import PlaceName
    >>> local_name("UA", [PlaceName(place_id="x", name="Степне", language="uk")])
    'Степне'
    """
    language = _LANGUAGES.get(country or "")
    if language is None:
        return None
    found = (n.name for n in names if n.language == language and n.kind in _TODAY)
    return next(found, None)
