"""Write out the forms of demonyms from their lemmas, by the endings of each language.

Endings are ordinary school grammar. A demonym must never stand on a map as a place, so a form
too many does no harm, and one too few is a pin in the wrong country.
"""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).with_name("demonyms.tsv")
LANGUAGES = ("en", "it", "de", "fr", "es", "pl", "uk", "ru")
# language -> (ending of the lemma, what to cut from it, endings to add), first that fits
_FORMS: dict[str, tuple[tuple[str, int, tuple[str, ...]], ...]] = {
    "en": (
        ("man", 2, ("an", "en")), ("ese", 0, ("",)), ("ish", 0, ("",)), ("ch", 0, ("",)),
        ("ss", 0, ("",)), ("", 0, ("", "s")),
    ),
    "it": (
        ("cho", 1, ("o", "a", "i", "e")), ("co", 1, ("o", "a", "i", "hi", "he")),
        ("go", 1, ("o", "a", "hi", "he")), ("io", 2, ("io", "ia", "i", "ie")),
        ("o", 1, ("o", "a", "i", "e")), ("e", 1, ("e", "i")), ("a", 1, ("a", "i", "e")),
        ("", 0, ("",)),
    ),
    "de": (
        ("isch", 0, ("", "e", "er", "es", "en", "em")), ("deutsch", 0, ("", "e", "er", "en", "em")),
        ("er", 0, ("", "s", "n", "in", "innen")), ("e", 1, ("e", "en", "in", "innen")),
        ("", 0, ("", "s", "en", "in", "innen")),
    ),
    "fr": (
        ("ien", 0, ("", "s", "ne", "nes")), ("éen", 0, ("", "s", "ne", "nes")),
        ("on", 0, ("", "s", "ne", "nes")), ("s", 0, ("", "e", "es")), ("e", 0, ("", "s")),
        ("", 0, ("", "s", "e", "es")),
    ),
    "es": (
        ("o", 1, ("o", "a", "os", "as")), ("és", 2, ("és", "esa", "eses", "esas")),
        ("án", 2, ("án", "ana", "anes", "anas")), ("ón", 2, ("ón", "ona", "ones", "onas")),
        ("í", 0, ("", "es", "s")), ("e", 0, ("", "s")), ("a", 0, ("", "s")),
        ("", 0, ("", "a", "es", "as")),
    ),
    "pl": (
        ("ki", 1, ("i", "a", "ie", "iego", "iej", "iemu", "ą", "im", "ich", "imi")),
        ("niec", 4, ("niec", "ńca", "ńcowi", "ńcem", "ńcu", "ńcy", "ńców", "ńcom", "ńcami", "ńcach",
                     "nka", "nki", "nkę", "nką")),
        ("anin", 2, ("in", "ina", "inowi", "inem", "inie", "ie", "", "om", "ami", "ach", "ka", "ki",
                     "kę", "ką")),
        ("k", 1, ("k", "ka", "kowi", "kiem", "ku", "cy", "ków", "kom", "kami", "kach")),
        ("", 0, ("", "a", "owi", "em", "ie", "i", "y", "ów", "om", "ami", "ach")),
    ),
    "uk": (
        ("ий", 2, ("ий", "а", "е", "і", "ого", "ої", "ому", "ій", "у", "ою", "им", "их", "ими")),
    ),
    "ru": (
        ("ий", 2, ("ий", "ая", "ое", "ие", "ого", "ой", "ому", "ую", "ою", "им", "их", "ими",
                   "ом")),
    ),
}  # fmt: skip


def read_demonyms() -> dict[str, list[tuple[str, str]]]:
    """Return the forms of the demonyms of each country, as (language, form)."""
    demonyms = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, *cells = line.split("\t")
            demonyms[country] = [
                (language, form)
                for language, cell in zip(LANGUAGES, cells, strict=True)
                for lemma in cell.split(";")
                for form in forms_of(lemma, language)
            ]
    return demonyms


def forms_of(lemma: str, language: str) -> list[str]:
    """Return the forms of a demonym, the lemma among them.

    >>> forms_of("russo", "it"), forms_of("francés", "es")
    (['russo', 'russa', 'russi', 'russe'], ['francés', 'francesa', 'franceses', 'francesas'])
    """
    for ending, cut, additions in _FORMS[language]:
        if lemma.endswith(ending):
            stem = lemma[: len(lemma) - cut]
            return [stem + addition for addition in additions]
    return [lemma]
