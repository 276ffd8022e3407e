"""Spot names that the gazetteer may not know: spelt alike, adjectives, or called a place."""

from __future__ import annotations

from geo.annotators.inflection import combined_forms, nominative_forms
from geo.annotators.known_names import (
    compound,
    is_glued_article,
    several_exact,
    several_inflected,
)
from geo.annotators.runs import Run, is_capital
from geo.annotators.spotted import AREAS, MOST_FORMS, Reading, Spotted, named, opens

_LONGEST_INFLECTED = 3
_LONGEST_UNKNOWN = 4
_SHORTEST_UNKNOWN = 4
_SHORTEST_ALIKE = 5
_MOST_ALIKE_FORMS = 2
_MOST_COMBINED = 4
_LONGEST_CALLED = 3
_SMALL = frozenset(("village", "site"))
_GREAT = ("PCL", "ADM1")
_TOWN = 20_000
_MARKS_BEFORE = frozenset(',.«»"„“”(•—–-#')


def several_alike(reading: Reading, index: int) -> Spotted | None:
    """Spot a name of several words in another habit of transliteration, inflected or not."""
    run = reading.run(index)
    if run is None:
        return None
    word = reading.word(index)
    if word.is_given or (word.begins_nothing and not is_glued_article(reading, index)):
        return None
    for size in range(len(run.words), 1, -1):
        last = run.ends[size - 1]
        if not is_capital(reading.tokens[last]) or (size == 2 and _two_names(reading, run)):
            continue
        written = reading.text[reading.tokens[index].start : reading.tokens[last].stop]
        forms = [written]
        if size <= _LONGEST_INFLECTED:
            words, joints = run.words[:size], run.separators[: size - 1]
            forms += combined_forms(words, joints, reading.pack)[1:_MOST_COMBINED]
        for form in forms:
            if reading.gazetteer.transliterated(form):
                return Spotted(first=index, last=last, names=(form,), match="alike", text=form)
    return None


def _two_names(reading: Reading, run: Run) -> bool:
    """Tell whether the first two words of a run are names by themselves: "w Kijowie Rosja"."""
    first, second = (reading.words.of[word] for word in run.words[:2])
    return second.is_name and (first.is_name or bool(first.forms))


def called_a_place(reading: Reading, index: int) -> Spotted | None:
    """Spot "the village of Chervona Hreblia": several words behind a word for a small place."""
    tokens, cues, before = reading.tokens, reading.cues, index - 1
    if before > 0 and not is_capital(tokens[before]) and before not in reading.hints:
        before -= 1
    if reading.hints.get(before) not in _SMALL:
        return None
    known = reading.word(index).is_name and tokens[index].folded not in cues.common
    if cues.capitalised_nouns and known:
        return None  # the next capital is a noun
    run = reading.run(index)
    if run is None:
        return None
    words, ends = run.words[:_LONGEST_CALLED], run.ends[:_LONGEST_CALLED]
    if len(words) < 2 or not all(is_capital(tokens[end]) for end in ends):
        return None
    last = ends[-1]
    if last + 1 in reading.hints or any(_is_great(reading, word) for word in words[1:]):
        return None
    return named(reading, index, last)


def _is_great(reading: Reading, word: str) -> bool:
    """Tell whether a word, or what it is a form of, names a country, a region or a town."""
    forms = (word, *nominative_forms(word, reading.pack))
    places = [found[0].place for form in forms if (found := reading.gazetteer.lookup(form))]
    return any(
        place.feature_code.startswith(_GREAT) or (place.population or 0) >= _TOWN
        for place in places
    )


def one_alike(reading: Reading, index: int) -> Spotted | None:
    """Spot one word that is spelt like a stored name."""
    token = reading.tokens[index]
    if len(token.folded) < _SHORTEST_ALIKE or reading.word(index).is_plain:
        return None
    if opens(reading, index):  # measured: 2 of 235 were places
        return None
    if reading.gazetteer.demonym(token.folded) is not None:  # "Dutch and Polish jets"
        return None
    joined = compound(reading, index)
    if joined is not None:
        return joined
    forms = nominative_forms(token.folded, reading.pack)[:_MOST_ALIKE_FORMS]
    for form in (token.text, *forms):
        if reading.gazetteer.transliterated(form):
            names = () if form is token.text else (form,)
            return Spotted(first=index, last=index, names=names, match="alike", text=form)
    return None


def unknown(reading: Reading, index: int) -> Spotted | None:
    """Spot capitalised words that no name explains: the words around them may call them a place."""
    token = reading.tokens[index]
    if reading.word(index).is_plain or token.text.isupper():
        return None
    if index and not _follows_word(reading, index):
        return None
    run, last = reading.run(index), index
    for end in run.ends[1:_LONGEST_UNKNOWN] if run else ():
        text = reading.tokens[end].text
        if reading.word(end).is_plain or not is_capital(reading.tokens[end]) or text.isupper():
            break
        last = end
    behind_preposition = index > 0 and reading.word(index - 1).is_local
    if len(token.folded) < _SHORTEST_UNKNOWN and (last == index or not behind_preposition):
        return None  # "Li Shangfu", not "a Umm Dafok"
    if opens(reading, index) and (last == index or _is_name(reading, index + 1)):
        return None  # measured of one word: none of 322 was a place
    if reading.cues.capitalised_nouns and last > index and _is_name(reading, index + 1):
        return None  # "Aktivisten Hama erobert": a noun, then the name
    return named(reading, index, last)


def _is_name(reading: Reading, index: int) -> bool:
    """Tell whether a known name begins at a token: "Падение Эль-Фашира" opens with a noun."""
    found = several_exact(reading, index) or several_inflected(reading, index)
    word = reading.word(index)
    return found is not None or word.is_name or bool(word.forms)


def _follows_word(reading: Reading, index: int) -> bool:
    """Tell whether a small-letter word, or a comma or the like, stands before a token.

    A preposition of place that opens the sentence is one too: "In Umm Dafok ...".
    """
    before = reading.tokens[index - 1].text
    if before[0].islower() or before[0].isdigit() or before in ',.«»"„“”(•—–-':
        return True
    return reading.word(index - 1).is_local and opens(reading, index - 1)


def adjective(reading: Reading, index: int) -> Spotted | None:
    """Spot "бахмутском направлении": a small letter, but a name and what it is a name of."""
    tokens, cues = reading.tokens, reading.cues
    if index + 1 >= len(tokens) or not reading.inflects:
        return None
    words = (tokens[index].folded, tokens[index + 1].folded)
    patterns = cues.hints.get(words[1])
    if patterns is None:
        return None
    kinds = {pattern.kind for pattern in patterns}
    if not kinds & AREAS or words[0] in cues.common or words[0] in cues.hints:
        return None
    names = [
        n for n in combined_forms(words, (" ",), reading.pack) if reading.gazetteer.contains(n)
    ]
    if "sector" in kinds or not names:
        names += reading.word(index).forms
    if not names:
        return None
    last = index + 1 if any(" " in name for name in names) else index
    return Spotted(first=index, last=last, names=tuple(names[:MOST_FORMS]), match="inflected")


def noun_then_adjective(reading: Reading, index: int) -> Spotted | None:
    """Spot "obwodzie biełgorodzkim": what it is a name of, then the name in small letters."""
    tokens, cues = reading.tokens, reading.cues
    if index + 1 >= len(tokens) or not tokens[index + 1].text[0].islower():
        return None
    patterns = cues.hints.get(tokens[index].folded)
    if patterns is None:
        return None
    kinds = {pattern.kind for pattern in patterns}
    word = tokens[index + 1].folded
    if not kinds & AREAS or word in cues.common or not word.endswith(cues.adjectives):
        return None
    known = reading.word(index + 1).forms
    names = known or nominative_forms(word, reading.pack)
    return Spotted(
        first=index,
        last=index + 1,
        names=names[:MOST_FORMS],
        match="inflected" if known else "named",
        text=tokens[index + 1].text,
    )


def small_article(reading: Reading, index: int) -> Spotted | None:
    """Spot "al-Mawasi": a name that begins with a particle in small letters."""
    tokens = reading.tokens
    if tokens[index].folded not in reading.cues.particles or index + 2 >= len(tokens):
        return None
    if tokens[index + 1].text not in "-–'’" or not is_capital(tokens[index + 2]):
        return None
    if tokens[index + 1].start != tokens[index].stop:
        return None
    found = several_exact(reading, index)
    return found or several_alike(reading, index) or named(reading, index, index + 2)
