"""Choose and derive names of administrative units."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_KINDS = (" Oblast", " Region", " Krai", " Province", " Governorate", " Voivodeship", " State")
# Ukrainian and Russian regional names: what an adjective's ending turns into (Правопис 2019,
# § 31: -ськ- + -ин- gives -щин-, -цьк- gives -ччин-; Russian writes -щин- and -чин-).
_REGIONAL = (
    ("зька область", "жчина", "uk"),
    ("цька область", "ччина", "uk"),
    ("ська область", "щина", "uk"),
    ("зький район", "жчина", "uk"),
    ("цький район", "ччина", "uk"),
    ("ський район", "щина", "uk"),
    ("цкая область", "чина", "ru"),
    ("ская область", "щина", "ru"),
)
_REGIONAL_ENDINGS = tuple(ending for ending, _, _ in _REGIONAL)


def display_name(name: str, english: Sequence[str], others: Sequence[str]) -> str:
    """Return the English name of a unit, with its kind where some source writes it so.

    `english` are its names in English, likeliest first, `others` those of unknown language.

    >>> display_name("Zaporizka oblast", ["Zaporizhzhia"], ["Zaporizhzhia Oblast"])
    'Zaporizhzhia Oblast'
    >>> display_name("Lombardia", ["Lombardy"], [])
    'Lombardy'
    """
    if not english:
        return name
    written = {*english, *others}
    kinds = (english[0] + kind for kind in _KINDS)
    return next((full for full in kinds if full in written), english[0])


def regional_names(name: str) -> Iterator[tuple[str, str]]:
    """Yield (language, name) of what people call a region that has this official name.

    >>> list(regional_names("Донецька область")), list(regional_names("Куп'янський район"))
    ([('uk', 'Донеччина')], [('uk', "Куп'янщина")])
    >>> list(regional_names("Белгородская область"))
    [('ru', 'Белгородщина')]
    """
    for ending, regional, language in _REGIONAL if name.endswith(_REGIONAL_ENDINGS) else ():
        if name.endswith(ending):
            yield language, name.removesuffix(ending) + regional
            return
