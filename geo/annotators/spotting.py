"""Spot the stretches of a text that may be toponyms: capitalised words, known or called a place.

Each rule answers or passes on; :data:`RULES` is their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer.names import fold
from geo.annotators.cues import Cues, compile_cues
from geo.annotators.inflection import combined_forms, nominative_forms
from geo.annotators.runs import Run, is_capital, run_at
from geo.languages import LanguagePack
from geo.languages.persons import person_names
from geo.models import Token

if TYPE_CHECKING:
    from gazetteer import Gazetteer

_LONGEST_NAME = 7
_LONGEST_INFLECTED = 3
_SHORTEST = 3
_SHORTEST_UNKNOWN = 4
_SHORTEST_ALIKE = 5
_MOST_ALIKE_FORMS = 4
_MOST_FORMS = 8
_BREAKS = frozenset(',;:!?()«»"„“”')
_MARKS_BEFORE = frozenset(',.«»"„“”(•—–-#')
_AREAS = frozenset(("sector", "admin1", "admin2"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spotted:
    """Hold a possible toponym: tokens ``first`` to ``last``, the names to look up, how matched.

    ``match`` is ``exact``, ``short`` (an abbreviation of the pack), ``seat`` (of a government),
    ``inflected``, ``alike`` (transliterated or misspelt) or ``named`` (unknown to the gazetteer).
    """

    first: int
    last: int
    names: tuple[str, ...]
    match: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """Hold what the rules read: the text with its tokens, the pack's cues, the gazetteer."""

    text: str
    tokens: Sequence[Token]
    cues: Cues
    pack: LanguagePack
    gazetteer: Gazetteer


Rule = Callable[[Reading, int], Spotted | None]


def spot(
    text: str, tokens: Sequence[Token], pack: LanguagePack, gazetteer: Gazetteer
) -> tuple[Spotted, ...]:
    """Return the possible toponyms of a token sequence, longest first at each place, in order."""
    reading = Reading(
        text=text, tokens=tokens, cues=compile_cues(pack), pack=pack, gazetteer=gazetteer
    )
    return tuple(_spotted(reading))


def _spotted(reading: Reading) -> Iterator[Spotted]:
    index = 0
    while index < len(reading.tokens):
        found = _spot_at(reading, index)
        if found is not None:
            found = _with_noun(reading, found)
            yield found
        index = index + 1 if found is None else found.last + 1


def _spot_at(reading: Reading, index: int) -> Spotted | None:
    token = reading.tokens[index]
    first = token.text[0]
    if not first.isalpha() or any(token.folded in words for words in reading.cues.never):
        return None
    rules = RULES if first.isupper() else SMALL_LETTER_RULES
    for rule in rules:
        found = rule(reading, index)
        if found is not None:
            return found
    return None


def _with_noun(reading: Reading, found: Spotted) -> Spotted:
    """Take the noun into "Сокальського району": the adjective alone is no name."""
    tokens, cues = reading.tokens, reading.cues
    word = tokens[found.last]
    if found.last + 1 >= len(tokens) or not word.folded.endswith(cues.adjectives or ("\n",)):
        return found
    if tokens[found.last + 1].start - word.stop > 1:
        return found
    for pattern in cues.hints.get(tokens[found.last + 1].folded, ()):
        end = found.last + 1 + len(pattern.words)
        written = tuple(token.folded for token in tokens[found.last + 1 : end])
        if pattern.kind in _AREAS and written == pattern.words:
            return replace(found, last=end - 1)
    return found


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
    tokens = reading.tokens
    pieces = [tokens[index].folded]
    length = len(pieces[0])
    ends: dict[int, int] = {}
    for last in range(index + 1, min(index + _LONGEST_NAME, len(tokens))):
        gap = reading.text[tokens[last - 1].stop : tokens[last].start]
        if "\n\n" in gap or tokens[last].text in _BREAKS:
            break
        piece = (" " if gap else "") + tokens[last].folded
        pieces.append(piece)
        length += len(piece)
        ends[length] = last
    if not ends or tokens[index].folded in reading.cues.loose_articles:
        return None
    for name in reversed(reading.gazetteer.prefixes("".join(pieces))):
        end = ends.get(len(name))
        if end is not None and _looks_like_name(reading, index, end):
            return Spotted(first=index, last=end, names=(name,), match="exact")
    return None


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
    if _begins_nothing(reading, index) or not reading.pack.section("inflection").get("rules"):
        return None
    run = run_at(reading.tokens, index, reading.cues, _LONGEST_INFLECTED)
    for size in range(len(run.words), 1, -1):
        forms = combined_forms(run.words[:size], run.separators[: size - 1], reading.pack)
        forms += [form.replace("-", " ") for form in forms if "-" in form]
        known = [form for form in forms if reading.gazetteer.contains(form)]
        if known:
            names = tuple(known[:_MOST_FORMS])
            return Spotted(first=index, last=run.ends[size - 1], names=names, match="inflected")
    return None


def several_alike(reading: Reading, index: int) -> Spotted | None:
    """Spot a name of several words in another habit of transliteration, inflected or not."""
    if _begins_nothing(reading, index):
        return None
    run = run_at(reading.tokens, index, reading.cues)
    for size in range(len(run.words), 1, -1):
        last = run.ends[size - 1]
        if not is_capital(reading.tokens[last]) or (size == 2 and _two_names(reading, run)):
            continue
        written = reading.text[reading.tokens[index].start : reading.tokens[last].stop]
        forms = [written]
        if size <= _LONGEST_INFLECTED:
            words, joints = run.words[:size], run.separators[: size - 1]
            forms += combined_forms(words, joints, reading.pack)[1:_MOST_ALIKE_FORMS]
        for form in forms:
            if reading.gazetteer.transliterated(form):
                return Spotted(first=index, last=last, names=(form,), match="alike", text=form)
    return None


def _begins_nothing(reading: Reading, index: int) -> bool:
    token = reading.tokens[index]
    return token.folded in reading.cues.common or token.folded in reading.cues.articles


def _two_names(reading: Reading, run: Run) -> bool:
    """Tell whether the first two words of a run are names by themselves: "w Kijowie Rosja"."""
    first, second = run.words[:2]
    if not _known(reading, second):
        return False
    forms = (first, *nominative_forms(first, reading.pack))
    return any(_known(reading, form) for form in forms)


def one_exact(reading: Reading, index: int) -> Spotted | None:
    """Spot one word that is a stored name; a compound of which it is a part goes before."""
    token = reading.tokens[index]
    if len(token.folded) < _SHORTEST or not reading.gazetteer.contains(token.folded):
        return None
    compound = _compound(reading, index)
    if compound is not None:
        return compound
    forms = [f for f in nominative_forms(token.folded, reading.pack) if _known(reading, f)]
    names = (token.folded, *forms[:6])
    return Spotted(first=index, last=index, names=names, match="exact")


def _compound(reading: Reading, index: int) -> Spotted | None:
    """Spot "Wad al-Noura", "Pont-Sondé": joined words that are not two names side by side."""
    run = run_at(reading.tokens, index, reading.cues)
    if len(run.words) < 2 or run.separators[0] == " ":
        return None
    last = run.ends[1]
    rest = reading.tokens[last]
    if not is_capital(rest) or _is_plain(reading, rest) or _known(reading, rest.folded):
        return None
    if reading.cues.capitalised_nouns and run.separators[0] == "-":
        return None
    return _named(reading, index, last)


def one_inflected(reading: Reading, index: int) -> Spotted | None:
    """Spot one word that may be an inflected form of a stored name."""
    token = reading.tokens[index]
    if not reading.pack.section("inflection").get("rules"):
        return None
    forms = nominative_forms(token.folded, reading.pack)
    known = [form for form in forms if _known(reading, form)]
    if not known:
        return None
    return _compound(reading, index) or Spotted(
        first=index, last=index, names=tuple(known[:_MOST_FORMS]), match="inflected"
    )


def one_alike(reading: Reading, index: int) -> Spotted | None:
    """Spot one word that is spelt like a stored name."""
    token = reading.tokens[index]
    if len(token.folded) < _SHORTEST_ALIKE or _is_plain(reading, token):
        return None
    compound = _compound(reading, index)
    if compound is not None:
        return compound
    forms = nominative_forms(token.folded, reading.pack)[:_MOST_ALIKE_FORMS]
    for form in (token.text, *forms):
        if reading.gazetteer.transliterated(form):
            names = () if form is token.text else (form,)
            return Spotted(first=index, last=index, names=names, match="alike", text=form)
    return None


def unknown(reading: Reading, index: int) -> Spotted | None:
    """Spot capitalised words that no name explains: the words around them may call them a place."""
    token = reading.tokens[index]
    if len(token.folded) < _SHORTEST_UNKNOWN or _is_plain(reading, token):
        return None
    if token.text.isupper() or (index and not _follows_word(reading, index)):
        return None
    run = run_at(reading.tokens, index, reading.cues)
    last = index
    for end in run.ends[1:4]:
        if _is_plain(reading, reading.tokens[end]) or not is_capital(reading.tokens[end]):
            break
        last = end
    similar = last == index and bool(reading.gazetteer.fuzzy(token.text))
    if similar:
        return Spotted(first=index, last=last, names=(), match="alike", text=token.text)
    return _named(reading, index, last)


def _follows_word(reading: Reading, index: int) -> bool:
    """Tell whether a small-letter word, or a comma or the like, stands before a token."""
    before = reading.tokens[index - 1].text
    return before[0].islower() or before[0].isdigit() or before in ',.«»"„“”(•—–-' or False


def _named(reading: Reading, first: int, last: int) -> Spotted:
    written = reading.text[reading.tokens[first].start : reading.tokens[last].stop]
    return Spotted(first=first, last=last, names=(), match="named", text=written)


def _known(reading: Reading, form: str) -> bool:
    return reading.gazetteer.contains(form)


def _is_plain(reading: Reading, token: Token) -> bool:
    """Tell whether a word is an ordinary one, a title, an organisation's or a given name."""
    cues, word = reading.cues, token.folded
    if word in cues.common or word in cues.hints or word in cues.articles:
        return True
    if any(word in words for words in cues.lists.values()):
        return True
    return word in person_names()["given"]


def adjective(reading: Reading, index: int) -> Spotted | None:
    """Spot "бахмутском направлении": a small letter, but a name and what it is a name of."""
    tokens, cues = reading.tokens, reading.cues
    if index + 1 >= len(tokens) or not reading.pack.section("inflection").get("rules"):
        return None
    words = (tokens[index].folded, tokens[index + 1].folded)
    kinds = {pattern.kind for pattern in cues.hints.get(words[1], ())}
    if not kinds & _AREAS or words[0] in cues.common or words[0] in cues.hints:
        return None
    names = [n for n in combined_forms(words, (" ",), reading.pack) if _known(reading, n)]
    if "sector" in kinds or not names:
        names += [n for n in nominative_forms(words[0], reading.pack) if _known(reading, n)]
    if not names:
        return None
    last = index + 1 if any(" " in name for name in names) else index
    return Spotted(first=index, last=last, names=tuple(names[:_MOST_FORMS]), match="inflected")


def noun_then_adjective(reading: Reading, index: int) -> Spotted | None:
    """Spot "obwodzie biełgorodzkim": what it is a name of, then the name in small letters."""
    tokens, cues = reading.tokens, reading.cues
    if index + 1 >= len(tokens) or not tokens[index + 1].text[0].islower():
        return None
    kinds = {pattern.kind for pattern in cues.hints.get(tokens[index].folded, ())}
    word = tokens[index + 1].folded
    if not kinds & _AREAS or word in cues.common or not word.endswith(cues.adjectives):
        return None
    known = [form for form in nominative_forms(word, reading.pack) if _known(reading, form)]
    return Spotted(
        first=index,
        last=index + 1,
        names=tuple(known[:_MOST_FORMS]),
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
    return found or several_alike(reading, index) or _named(reading, index, index + 2)


RULES: tuple[Rule, ...] = (
    short_name,
    several_exact,
    several_inflected,
    several_alike,
    one_exact,
    one_inflected,
    one_alike,
    unknown,
)
SMALL_LETTER_RULES: tuple[Rule, ...] = (
    short_name,
    adjective,
    noun_then_adjective,
    small_article,
)
