"""Describe candidates by what their document says, and by what stands beside the mention.

The arguments of each part have few possible values, listed here: so the weights of all their
combinations can be laid out in a table, and the candidates of a whole document weighed at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from geo.resolution.weights import part

SHARES = (0.001, 0.1, 0.25, 0.5, 0.75, 0.95)
NEAR = (10, 25, 50, 100, 200, 400, 800, 2000)  # km
PEERS = (0.001, 0.1, 0.3, 0.7, 1.5, 3.0)
MATCHES = ("exact", "folded", "inflected", "transliterated", "fuzzy", "heard")
GROUPS = ("little", "unit", "large", None)  # of places that distances say something about
LEVELS = ("country", "admin1", "admin2")
PEOPLES = (None, "its people named", "other peoples named")
BESIDE = (None, "in", "outside")
BEFORE = (None, "holds what precedes", "does not hold what precedes", "a point behind another")
BEHIND = (None, "in what follows", "not in what follows", "a peer follows")


@part
def of_country(match: str, share: int, little: bool) -> Iterator[str]:
    """Say how much of the document speaks for the country, in bands; -1 where nothing does."""
    yield f"country share:{share}"
    yield f"{match}&country share:{share}"
    if little:
        yield f"little&country share:{share}"


@part
def of_priors(people: str | None, home: bool, outlet: bool) -> Iterator[str]:
    """Say what speaks for the country that is no name of a place."""
    if people is not None:
        yield people
    if home:
        yield "language spoken here"
    if outlet:
        yield "outlet's country"


@part
def of_units(
    country: bool, share: int | None, by_name_only: bool, admin1: bool, admin2: bool
) -> Iterator[str]:
    """Say which units the text names hold the place, and how much speaks for its region."""
    if country:
        yield "country named"
    if share is not None:
        yield f"admin1 share:{share}"
        if by_name_only:
            yield f"by name only&admin1 share:{share}"
        if admin1:
            yield "admin1 named"
        if admin2:
            yield "admin2 named"


@part
def of_anchors(group: str | None, band: int | None, by_name_only: bool) -> Iterator[str]:
    """Say how far the nearest of the document's surest places is."""
    if group is None:
        return
    far = "none" if band is None else str(band)
    yield f"anchor:{far}"
    yield f"{group}&anchor:{far}"
    if by_name_only:
        yield f"by name only&anchor:{far}"


@part
def of_peers(band: int) -> Iterator[str]:
    """Say how many other names could lie in the same region."""
    yield f"peers:{band}"


@part
def of_line_to_anchors(band: int | None) -> Iterator[str]:
    """Say how near a river passes to the document's surest places."""
    if band is not None:
        yield f"line anchor:{band}"


@part
def of_line_beside(band: int | None) -> Iterator[str]:
    """Say how near a river passes to places named beside it."""
    if band is not None:
        yield f"line beside:{band}"


@part
def of_unit_beside(level: str, where: str | None) -> Iterator[str]:
    """Say whether the place lies in the unit of a level that is named beside it."""
    if where is not None:
        yield f"{where} the {level} beside"


@part
def of_beside(group: str | None, band: int | None) -> Iterator[str]:
    """Say how far the nearest place named beside it is."""
    if group is not None and band is not None:
        yield f"beside:{band}"
        yield f"{group}&beside:{band}"


@part
def of_last_region(where: str | None, little: bool) -> Iterator[str]:
    """Say whether the place lies in the region that the text named last."""
    if where is not None:
        yield f"{where} the region named last"
        if little:
            yield f"little&{where} the region named last"


@part
def of_behind(what: str | None) -> Iterator[str]:
    """Say how the place relates to the one named right behind it."""
    if what is not None:
        yield what


@part
def of_before(what: str | None, inside: bool) -> Iterator[str]:
    """Say how a place relates to the one named right before it, perhaps with an "in" between."""
    if what is not None:
        yield what
        if inside:
            yield f"{what}&in"


@part
def of_none(match: str, alike: int, known: bool) -> Iterator[str]:
    """Describe the answer that none of the candidates is meant."""
    yield "none"
    yield f"none:{match}"
    yield f"none:{match}:{alike}"
    yield f"none:{match}&{'in' if known else 'outside'} the countries named"
