"""Spot names that the gazetteer knows: as written, inflected, or abbreviated."""

from __future__ import annotations

from gazetteer.names import fold
from geo.annotators.inflection import combined_forms, nominative_forms
from geo.annotators.runs import is_capital, run_at
from geo.annotators.spotted import MOST_FORMS, Reading, Spotted, begins_nothing, is_plain, named

_LONGEST_NAME = 60  # characters
_LONGEST_INFLECTED = 3
_SHORTEST = 3
_BREAKS = frozenset(',;:!?()«»"„“”')


def short_name(reading: Reading, index: int) -> Spotted | None:
    """Spot an abbreviation of the pack ("U.S.", "РФ") and the seats of governments."""
    token = reading.tokens[index]
    for written, name in reading.cues.short_names.get(token.text, ()):
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
    if reading.tokens[index].folded in reading.cues.loose_articles:
        return None
    start = reading.folded.starts[index]
    stretch = reading.folded.text[start : start + _LONGEST_NAME]
    for name in reversed(reading.gazetteer.prefixes(stretch)):
        end = reading.folded.ends.get(start + len(name), index)
        if end <= index:
            continue
        if _looks_like_name(reading, index, end) and not _is_broken(reading, index, end):
            return _without_noun(reading, index, end, name)
    return None


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
    if begins_nothing(reading, index) or not reading.inflects:
        return None
    run = run_at(reading.tokens, index, reading.cues, _LONGEST_INFLECTED)
    for size in range(len(run.words), 1, -1):
        last = run.ends[size - 1]
        if not is_capital(reading.tokens[last]) and last not in reading.hints:
            continue
        forms = combined_forms(run.words[:size], run.separators[: size - 1], reading.pack)
        forms += [form.replace("-", " ") for form in forms if "-" in form]
        known = [form for form in forms if reading.gazetteer.contains(form)]
        if known:
            names = tuple(known[:MOST_FORMS])
            return Spotted(first=index, last=last, names=names, match="inflected")
    return None


def one_exact(reading: Reading, index: int) -> Spotted | None:
    """Spot one word that is a stored name; a compound of which it is a part goes before."""
    token = reading.tokens[index]
    if len(token.folded) < _SHORTEST or not reading.gazetteer.contains(token.folded):
        return None
    joined = compound(reading, index)
    if joined is not None:
        return joined
    forms = [
        f for f in nominative_forms(token.folded, reading.pack) if reading.gazetteer.contains(f)
    ]
    names = (token.folded, *forms[:6])
    return Spotted(first=index, last=index, names=names, match="exact")


def compound(reading: Reading, index: int) -> Spotted | None:
    """Spot "Wad al-Noura", "Pont-Sondé": joined words that are not two names side by side."""
    run = run_at(reading.tokens, index, reading.cues)
    if len(run.words) < 2 or run.separators[0] == " ":
        return None
    last = run.ends[1]
    rest = reading.tokens[last]
    hyphen = run.separators[0] == "-"  # else a particle
    two_names = hyphen and reading.gazetteer.contains(rest.folded)
    if not is_capital(rest) or is_plain(reading, rest) or two_names:
        return None
    if reading.cues.capitalised_nouns and hyphen:
        return None
    return named(reading, index, last)


def one_inflected(reading: Reading, index: int) -> Spotted | None:
    """Spot one word that may be an inflected form of a stored name."""
    token = reading.tokens[index]
    if not reading.inflects:
        return None
    forms = nominative_forms(token.folded, reading.pack)
    known = [form for form in forms if reading.gazetteer.contains(form)]
    if not known:
        return None
    return compound(reading, index) or Spotted(
        first=index, last=index, names=tuple(known[:MOST_FORMS]), match="inflected"
    )
