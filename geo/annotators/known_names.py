"""Spot names that the gazetteer knows: as written, inflected, or abbreviated."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.names import fold
from geo.annotators.inflection import combined_forms
from geo.annotators.runs import is_capital
from geo.annotators.spotted import MOST_FORMS, Reading, Spotted, named
from geo.languages import LanguagePack
from geo.models import Token

if TYPE_CHECKING:
    from gazetteer import Gazetteer

_LONGEST_NAME = 60  # characters
_LONGEST_INFLECTED = 3
_SHORTEST = 3
_BREAKS = frozenset(',;:!?()«»"„“”')


def short_name(reading: Reading, index: int) -> Spotted | None:
    """Spot an abbreviation of the pack ("U.S.", "РФ") and the seats of governments."""
    token = reading.tokens[index]
    found = reading.cues.short_names.get(token.text)
    if found is None:
        return None
    for written, name in found:
        end = token.start + len(written)
        if reading.text[token.start : end] != written:
            continue
        last = index
        while reading.tokens[last].stop < end:
            last += 1
        if reading.tokens[last].stop == end:
            seat = fold(written) == name
            match = "seat" if seat else "short"
            return Spotted(first=index, last=last, names=(name,), match=match)
    return None


def several_exact(reading: Reading, index: int) -> Spotted | None:
    """Spot the longest stored name of several words."""
    if reading.tokens[index].folded in reading.cues.loose_articles or not _goes_on(reading, index):
        return None
    stretch, lasts = _stretch(reading.tokens, index)
    for name in reversed(reading.gazetteer.prefixes(stretch)):
        last = lasts.get(len(name), index)
        if last <= index:
            continue
        if _looks_like_name(reading, index, last) and not _is_broken(reading, index, last):
            return _without_noun(reading, index, last, name)
    return None


def _goes_on(reading: Reading, index: int) -> bool:
    """Tell whether any stored name begins with a token and the next: of most pairs, none does."""
    if index + 1 >= len(reading.tokens):
        return False
    first, second = reading.tokens[index : index + 2]
    if second.text in _BREAKS:
        return False
    gap = " " if second.start > first.stop else ""
    return reading.gazetteer.begins(f"{first.folded}{gap}{second.folded}")


def _stretch(tokens: Sequence[Token], first: int) -> tuple[str, dict[int, int]]:
    """Return the text behind a token as names are stored, and which token ends at which length.

    Where the text has any space, the stretch has one.
    """
    text = tokens[first].folded
    lasts = {len(text): first}
    stop = tokens[first].stop
    for index in range(first + 1, len(tokens)):
        if len(text) >= _LONGEST_NAME:
            break
        token = tokens[index]
        text += f" {token.folded}" if token.start > stop else token.folded
        lasts[len(text)] = index
        stop = token.stop
    return text, lasts


def _is_broken(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a mark or an empty line parts some tokens."""
    tokens = reading.tokens
    if any(tokens[index].text in _BREAKS for index in range(first, last + 1)):
        return True
    return "\n\n" in reading.text[tokens[first].stop : tokens[last].start]


def _without_noun(reading: Reading, first: int, last: int, name: str) -> Spotted:
    """Leave "region" out of "Donetsk region" where the name alone is one."""
    tokens = reading.tokens
    bare = name[: -len(tokens[last].folded)].rstrip()
    small = not is_capital(tokens[last]) and last in reading.hints
    if small and not reading.inflects and reading.gazetteer.contains(bare):
        return Spotted(first=first, last=last - 1, names=(name, bare), match="exact")
    return Spotted(first=first, last=last, names=(name,), match="exact")


def named_after(reading: Reading, index: int) -> Spotted | None:
    """Spot "lac Tchad", "diga di Kakhovka": a stored site, water or region with its noun.

    The noun has a small letter, so it begins no name by itself.
    """
    if not reading.word(index).goes_on:
        return None
    found = several_exact(reading, index)
    if found is None or not is_capital(reading.tokens[found.last]):
        return None
    return found if any(_is_landscape(reading, name) for name in found.names) else None


def _is_landscape(reading: Reading, name: str) -> bool:
    """Tell whether a stored name is one of a water, a site or a region without borders."""
    places = (candidate.place for candidate in reading.gazetteer.lookup(name))
    return any(place.feature_class not in ("P", "A") for place in places)


def _looks_like_name(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a stored name is written as one: its last word has a capital, or says a kind."""
    token = reading.tokens[last]
    if token.text[0].isupper() or token.text[0].isdigit():
        return True
    return token.folded in reading.cues.hints and reading.tokens[first].folded not in (
        reading.cues.common
    )


def several_inflected(reading: Reading, index: int) -> Spotted | None:
    """Spot a stored name of several words, each possibly inflected."""
    if not reading.inflects:
        return None
    if reading.word(index).begins_nothing and not is_glued_article(reading, index):
        return None
    run = reading.run(index)
    if run is None:
        return None
    for size in range(min(len(run.words), _LONGEST_INFLECTED), 1, -1):
        last = run.ends[size - 1]
        known = known_forms(
            run.words[:size], run.separators[: size - 1], reading.pack, reading.gazetteer
        )
        if not is_capital(reading.tokens[last]) and last not in reading.hints:
            known = tuple(name for name in known if _is_landscape(reading, name))
        if known:
            names = known[:MOST_FORMS]
            return Spotted(first=index, last=last, names=names, match="inflected")
    return None


def is_glued_article(reading: Reading, index: int) -> bool:
    """Tell whether a token is the article of an Arabic name: "Ель-Фула", "Al-Bab"."""
    tokens = reading.tokens
    if index + 2 >= len(tokens) or tokens[index].folded not in reading.cues.particles:
        return False
    return tokens[index + 1].text in "-–" and tokens[index + 1].start == tokens[index].stop


@lru_cache(maxsize=20_000)
def known_forms(
    words: tuple[str, ...], separators: tuple[str, ...], pack: LanguagePack, gazetteer: Gazetteer
) -> tuple[str, ...]:
    """Return the stored names that several inflected words may make together."""

    def begins(start: str) -> bool:
        spaced = "-" in start and gazetteer.begins(start.replace("-", " "))
        return spaced or gazetteer.begins(start)

    forms = combined_forms(words, separators, pack, begins)
    forms += [form.replace("-", " ") for form in forms if "-" in form]
    return tuple(filter(gazetteer.contains, forms))


def one_exact(reading: Reading, index: int) -> Spotted | None:
    """Spot one word that is a stored name; a compound of which it is a part goes before."""
    folded, word = reading.tokens[index].folded, reading.word(index)
    if len(folded) < _SHORTEST or not word.is_name:
        return None
    joined = compound(reading, index)
    if joined is not None:
        return joined
    names = (folded, *word.forms[:6])
    return Spotted(first=index, last=index, names=names, match="exact")


def compound(reading: Reading, index: int) -> Spotted | None:
    """Spot "Wad al-Noura", "Pont-Sondé": joined words that are not two names side by side."""
    run = reading.run(index)
    if run is None or len(run.words) < 2 or run.separators[0] == " ":
        return None
    last = run.ends[1]
    rest = reading.tokens[last]
    hyphen = run.separators[0] == "-"  # else a particle
    word = reading.word(last)
    if not is_capital(rest) or word.is_plain or (hyphen and word.is_name):
        return None
    if reading.cues.capitalised_nouns and hyphen:
        return None
    return named(reading, index, last)


def one_inflected(reading: Reading, index: int) -> Spotted | None:
    """Spot one word that may be an inflected form of a stored name."""
    forms = reading.word(index).forms
    if not forms:
        return None
    return compound(reading, index) or Spotted(
        first=index, last=index, names=forms[:MOST_FORMS], match="inflected"
    )
