"""Spot the stretches of a text that may be toponyms: capitalised words the gazetteer knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.names import fold
from geo.annotators.inflection import combined_forms, nominative_forms
from geo.languages import LanguagePack
from geo.models import Token

if TYPE_CHECKING:
    from gazetteer import Gazetteer

_LONGEST_NAME = 7
_LONGEST_INFLECTED = 3
_SHORTEST = 3
_MOST_ALIKE_FORMS = 10
_JOINTS = frozenset("-–'’")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spotted:
    """Hold a possible toponym: tokens ``first`` to ``last``, the names to look up, how matched.

    ``match`` is ``exact``, ``inflected``, ``alike`` (transliterated or misspelt) or ``named``
    (unknown, but called a village, a town … by the words beside it).
    """

    first: int
    last: int
    names: tuple[str, ...]
    match: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cues:
    """Hold the words of a pack that tell names from other words, folded."""

    hints: dict[str, str]
    common: frozenset[str]
    organisations: frozenset[str]
    offices: frozenset[str]
    titles: frozenset[str]
    persons: frozenset[str]
    capitalised_nouns: bool
    home: frozenset[str]


@lru_cache(maxsize=32)
def compile_cues(pack: LanguagePack) -> Cues:
    """Compile the section ``[mentions]`` of a pack."""
    section = pack.section("mentions")

    def words(name: str) -> frozenset[str]:
        return frozenset(fold(word) for word in section.get(name, ()))

    calendar = pack.section("dates")
    days = {
        fold(form)
        for table in ("weekdays", "months")
        for forms in calendar.get(table, {}).values()
        for form in forms
    }
    return Cues(
        hints={
            fold(word): kind for kind, found in section.get("hints", {}).items() for word in found
        },
        common=words("common_words") | days,
        organisations=words("organisations"),
        offices=words("offices"),
        titles=words("titles"),
        persons=words("persons"),
        capitalised_nouns=bool(section.get("capitalised_nouns", False)),
        home=frozenset(section.get("home", ())),
    )


def spot(
    text: str, tokens: Sequence[Token], pack: LanguagePack, gazetteer: Gazetteer
) -> tuple[Spotted, ...]:
    """Return the possible toponyms of a token sequence, longest first at each place, in order."""
    cues = compile_cues(pack)
    found: list[Spotted] = []
    index = 0
    while index < len(tokens):
        spotted = _spot_at(text, tokens, index, cues, pack, gazetteer)
        if spotted is None:
            index += 1
        else:
            found.append(spotted)
            index = spotted.last + 1
    return tuple(found)


def _spot_at(
    text: str,
    tokens: Sequence[Token],
    index: int,
    cues: Cues,
    pack: LanguagePack,
    gazetteer: Gazetteer,
) -> Spotted | None:
    token = tokens[index]
    first = token.text[0]
    if not first.isalpha():
        return None
    if not first.isupper():
        return _adjective(tokens, index, cues, pack, gazetteer)
    exact = _longest_exact(text, tokens, index, gazetteer)
    if exact is not None and exact.last > index:
        return exact
    inflected = _inflected(tokens, index, pack, gazetteer)
    if inflected is not None and inflected.last > index and token.folded not in cues.common:
        return inflected
    plain = token.folded in cues.common
    several = None if plain else _several_alike(text, tokens, index, pack, gazetteer)
    if several is not None:
        return several
    if exact is not None:
        return _with_forms(exact, token, pack, gazetteer)
    return inflected or _unknown(tokens, index, cues, pack, gazetteer)


def _longest_exact(
    text: str, tokens: Sequence[Token], index: int, gazetteer: Gazetteer
) -> Spotted | None:
    """Match the longest stored name that ends where a token ends."""
    pieces = [tokens[index].folded]
    ends = {len(pieces[0]): index}
    length = len(pieces[0])
    for last in range(index + 1, min(index + _LONGEST_NAME, len(tokens))):
        gap = text[tokens[last - 1].stop : tokens[last].start]
        if "\n\n" in gap or tokens[last].text in ',;:!?()«»"':
            break
        piece = (" " if gap else "") + tokens[last].folded
        pieces.append(piece)
        length += len(piece)
        ends[length] = last
    names = gazetteer.prefixes("".join(pieces))
    for name in reversed(names):
        last = ends.get(len(name))
        if last is None or len(name) < _SHORTEST:
            continue
        if last > index and not _looks_like_name(tokens, index, last):
            continue
        return Spotted(first=index, last=last, names=(name,), match="exact")
    return None


def _looks_like_name(tokens: Sequence[Token], first: int, last: int) -> bool:
    return tokens[last].text[0].isupper() or tokens[last].text[0].isdigit() or last - first >= 2


def _with_forms(exact: Spotted, token: Token, pack: LanguagePack, gazetteer: Gazetteer) -> Spotted:
    forms = tuple(f for f in nominative_forms(token.folded, pack) if gazetteer.contains(f))
    return Spotted(
        first=exact.first, last=exact.last, names=(*exact.names, *forms[:6]), match="exact"
    )


def _inflected(
    tokens: Sequence[Token], index: int, pack: LanguagePack, gazetteer: Gazetteer
) -> Spotted | None:
    if not pack.section("inflection").get("rules"):
        return None
    words, separators = _run(tokens, index)
    for size in range(len(words), 0, -1):
        if size == 1:
            forms = list(nominative_forms(words[0], pack))
        else:
            forms = combined_forms(words[:size], separators[: size - 1], pack)
            forms += [form.replace("-", " ") for form in forms if "-" in form]
        known = [form for form in forms if gazetteer.contains(form)]
        if known:
            return Spotted(
                first=index,
                last=index + size - 1 + sum(s == "-" for s in separators[: size - 1]),
                names=tuple(known[:8]),
                match="inflected",
            )
    return None


def _several_alike(
    text: str, tokens: Sequence[Token], index: int, pack: LanguagePack, gazetteer: Gazetteer
) -> Spotted | None:
    """Spot a name of several words in another habit of transliteration, inflected or not."""
    words, separators = _run(tokens, index)
    for size in range(len(words), 1, -1):
        last = index + size - 1 + sum(s == "-" for s in separators[: size - 1])
        if not tokens[last].text[0].isupper():
            continue
        written = text[tokens[index].start : tokens[last].stop]
        forms = [written, *combined_forms(words[:size], separators[: size - 1], pack)[1:]]
        for form in forms[:_MOST_ALIKE_FORMS]:
            if gazetteer.transliterated(form):
                return Spotted(first=index, last=last, names=(form,), match="alike", text=form)
    return None


def _run(tokens: Sequence[Token], index: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the capitalised words that follow one another, with what stands between them."""
    words, separators = [tokens[index].folded], []
    position = index
    while len(words) < _LONGEST_INFLECTED and position + 1 < len(tokens):
        behind = tokens[position + 1]
        glued = behind.text in "-–" and behind.start == tokens[position].stop
        following = position + 2 if glued else position + 1
        if following >= len(tokens) or not tokens[following].text[0].isalpha():
            break
        capital = tokens[following].text[0].isupper()
        if not capital and not glued and len(words) > 1:
            break
        words.append(tokens[following].folded)
        separators.append("-" if glued else " ")
        position = following
        if not capital and not glued:
            break
    return tuple(words), tuple(separators)


def _adjective(
    tokens: Sequence[Token], index: int, cues: Cues, pack: LanguagePack, gazetteer: Gazetteer
) -> Spotted | None:
    """Spot "бахмутском направлении": a small letter, but a name and what it is a name of."""
    if index + 1 >= len(tokens):
        return None
    hint = cues.hints.get(tokens[index + 1].folded)
    if hint not in ("sector", "admin1", "admin2"):
        return None
    words = (tokens[index].folded, tokens[index + 1].folded)
    names = [n for n in combined_forms(words, (" ",), pack) if gazetteer.contains(n)]
    if hint == "sector" or not names:
        names += [n for n in nominative_forms(words[0], pack) if gazetteer.contains(n)]
    if not names:
        return None
    last = index + 1 if any(" " in name for name in names) else index
    return Spotted(first=index, last=last, names=tuple(names[:8]), match="inflected")


def _unknown(
    tokens: Sequence[Token], index: int, cues: Cues, pack: LanguagePack, gazetteer: Gazetteer
) -> Spotted | None:
    """Spot a word no name explains: alike to one, or called a village by the word before it."""
    token = tokens[index]
    if len(token.folded) < 5 or token.folded in cues.common:
        return None
    if gazetteer.transliterated(token.text):
        return Spotted(first=index, last=index, names=(), match="alike", text=token.text)
    for form in nominative_forms(token.folded, pack)[:_MOST_ALIKE_FORMS]:
        if gazetteer.transliterated(form):
            return Spotted(first=index, last=index, names=(form,), match="alike", text=form)
    before = tokens[index - 1] if index else None
    if before is None or not before.text[0].islower() or token.folded in cues.titles:
        return None
    last = index
    while last + 1 < len(tokens) and last - index < 2 and tokens[last + 1].text[0].isupper():
        last += 1
    similar = last == index and bool(gazetteer.fuzzy(token.text))
    match = "alike" if similar else "named"
    return Spotted(first=index, last=last, names=(), match=match, text=token.text)
