"""Read a word for "the country" as the country that the document is about.

Italian writes "il Paese" with a capital; a town of Veneto is called so, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.languages import LanguagePack
from geo.models import Resolution
from geo.resolution.precision import precision_of

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.models import Place

_SURE = 0.5


def at_country(
    resolutions: Sequence[Resolution], gazetteer: Gazetteer, pack: LanguagePack
) -> list[Resolution]:
    """Put the pack's ``country_words`` at the country that most other places lie in.

    A place of that very name keeps it where its region is named, or nothing else is.
    """
    words = frozenset(pack.section("mentions").get("country_words", ()))
    found = list(resolutions)
    if not any(resolution.mention.text in words for resolution in found):
        return found
    others = [
        r.place for r in found
        if r.place is not None and r.mention.text not in words and r.confidence >= _SURE
    ]  # fmt: skip
    country = _commonest(others, gazetteer)
    regions = {(place.admin.country, place.admin.admin1) for place in others}
    return [
        _as_country(resolution, country)
        if country is not None
        and resolution.mention.text in words
        and not _is_in(resolution, regions)
        else resolution
        for resolution in found
    ]


def _commonest(places: Sequence[Place], gazetteer: Gazetteer) -> Place | None:
    votes = Counter(place.admin.country for place in places if place.admin.country)
    if not votes:
        return None
    return gazetteer.find_place(f"={votes.most_common(1)[0][0]}")


def _is_in(resolution: Resolution, regions: set[tuple[str | None, str | None]]) -> bool:
    place = resolution.place
    return place is not None and (place.admin.country, place.admin.admin1) in regions


def _as_country(resolution: Resolution, country: Place) -> Resolution:
    precision, radius = precision_of(country, resolution.mention)
    return replace(
        resolution,
        place=country,
        lon=country.lon,
        lat=country.lat,
        confidence=_SURE,
        margin=0.0,
        geo_precision=precision,
        radius_km=radius,
        method="gazetteer",
        explanation=("the country that most other places lie in",),
    )
