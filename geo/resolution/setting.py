"""Name the setting a toponym is read in: the country and the region that its text is about.

The same words in the same setting mean the same place, however a later version resolves them;
a review is remembered by both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from gazetteer.names import fold
from geo.models import Resolution, Span

_UNITS = frozenset({"ADM1", "ADM2", "ADM3"})
_KINDS = {
    "admin1": "unit", "admin2": "unit", "admin3": "unit", "region": "unit", "country": "unit",
    "sector": "sector", "water": "water",
}  # fmt: skip
_BESIDE = 80  # characters between a place and the unit that it is said to lie in
_SHARE = 0.7  # of a document's places in one region, for the document to be about that region
_FEWEST = 3
_SURE = 0.5  # less sure places tell no setting: they change first from version to version


def name_setting(
    resolution: Resolution,
    resolutions: Sequence[Resolution],
    sentences: Sequence[Span],
    *,
    country: str | None = None,
) -> str:
    """Return the setting of a mention, as in ``UA.26`` or ``UA; unit``: units, then kind.

    The units are GeoNames codes: those of an administrative unit named just beside, else the
    country and region that most other places of the document lie in; `country` is assumed where
    no place tells one. Of the mention itself no more than its country plays a part. The kind is
    what the words around the mention say it is, left out for settlements and sites.
    """
    mention = resolution.mention
    own = fold(mention.text)
    others = [
        r
        for r in resolutions
        if r.place is not None
        and r.mention.literal
        and r.confidence >= _SURE
        and fold(r.mention.text) != own
    ]
    units = (
        _named_beside(resolution, others, sentences)
        or _of_document([*others, resolution], others)
        or country
    )
    kind = _KINDS.get(mention.hint or "")
    return "; ".join(part for part in (units, kind) if part)


def name_table_setting(parts: Iterable[str | None]) -> str:
    """Return the setting of a table's row: the units it names, as it names them.

    >>> name_table_setting(["Ukraine", None, "Zaporizkyi  raion"])
    'Ukraine, Zaporizkyi raion'
    """
    return ", ".join(" ".join(part.split()) for part in parts if part and part.strip())


def _named_beside(
    resolution: Resolution, others: Sequence[Resolution], sentences: Sequence[Span]
) -> str | None:
    at = resolution.mention.span
    sentence = next((span for span in sentences if span.contains(at)), None)
    near = [
        (abs(other.mention.span.start - at.start), units)
        for other in others
        if abs(other.mention.span.start - at.start) <= _BESIDE
        and sentence is not None
        and sentence.contains(other.mention.span)
        and other.place is not None
        and other.place.feature_code in _UNITS
        and (units := _codes(other))
    ]
    return min(near)[1] if near else None


def _of_document(places: Sequence[Resolution], others: Sequence[Resolution]) -> str | None:
    countries = Counter(r.place.admin.country for r in places if r.place and r.place.admin.country)
    if not countries:
        return None
    country = min(countries, key=lambda code: (-countries[code], code))
    regions = Counter(
        units for r in others if (units := _codes(r)) and units.startswith(f"{country}.")
    )
    if regions:
        region = min(regions, key=lambda code: (-regions[code], code))
        if regions[region] >= max(_FEWEST, _SHARE * regions.total()):
            return region
    return country


def _codes(resolution: Resolution) -> str | None:
    place = resolution.place
    if place is None or not place.admin.country or not place.admin.admin1:
        return None
    return f"{place.admin.country}.{place.admin.admin1}"
