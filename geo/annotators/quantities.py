"""Find quantities: numbers with their qualifiers, ages and codes and years left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.names import fold
from geo.annotators.number_words import NumberWords, compile_number_words, read_number
from geo.annotators.tokens import find_tokens
from geo.languages import LanguagePack
from geo.models import Quantity, Span, Token

_QUALIFIERS = ("at_least", "about", "up_to")
_LATEST_YEAR = 2100
_EARLIEST_YEAR = 1800
_REACH = 3
_SHORTEST_RISING = 4
_RISING_REACH = 8
_LONGEST_ARTICLE = 3

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Rules:
    words: NumberWords
    vague: dict[str, int]
    about: dict[str, int]
    articles: frozenset[str]
    pairs: frozenset[str]
    between: frozenset[Phrase]
    between_and: frozenset[str]
    rise_from: frozenset[str]
    rise_to: frozenset[str]
    rising: tuple[str, ...]
    zero: dict[str, tuple[Phrase, ...]]
    qualifiers: dict[str, frozenset[Phrase]]
    range_words: frozenset[str]
    ages_before: frozenset[Phrase]
    not_after: frozenset[str]
    not_before: frozenset[str]
    parts: frozenset[str]
    beginnings: frozenset[str]  # the words that a quantity may begin with, if not with a figure


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedNumber:
    """Hold a number that counts nothing we map, and why."""

    span: Span
    text: str
    reason: str


@lru_cache(maxsize=32)
def _compile(pack: LanguagePack) -> _Rules:
    section = pack.section("numbers")

    def words(name: str) -> frozenset[str]:
        return frozenset(fold(word) for word in section.get(name, ()))

    def phrases(name: str) -> frozenset[Phrase]:
        return frozenset(
            tuple(token.folded for token in find_tokens(text, pack))
            for text in section.get(name, ())
        )

    numbers = compile_number_words(pack)
    vague = {fold(w): v for w, v in section.get("vague", {}).items()}
    about = {fold(w): v for w, v in section.get("about_words", {}).items()}
    articles, pairs = words("articles"), words("pairs")
    zero = _by_first_word(phrases("zero"))
    return _Rules(
        words=numbers,
        vague=vague,
        about=about,
        articles=articles,
        pairs=pairs,
        between=phrases("between"),
        between_and=words("between_and"),
        rise_from=words("rise_from"),
        rise_to=words("rise_to"),
        rising=_rising(pack),
        zero=zero,
        qualifiers={name: phrases(name) for name in _QUALIFIERS},
        range_words=words("range_words"),
        ages_before=phrases("ages_before"),
        not_after=words("not_after"),
        not_before=words("not_before"),
        parts=words("parts"),
        beginnings=articles.union(pairs, numbers.values, vague, about, zero),
    )


def _rising(pack: LanguagePack) -> tuple[str, ...]:
    """Return the beginnings of the words that tell of a toll that rose."""
    patterns = pack.section("terms").get("update", ())
    words = {fold(str(pattern).split()[0]).rstrip("*") for pattern in patterns}
    return tuple(sorted(word for word in words if len(word) >= _SHORTEST_RISING))


def _by_first_word(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    """Return the phrases by their first word, longest first: a set would have no order."""
    table: dict[str, tuple[Phrase, ...]] = {}
    for phrase in sorted(phrases, key=lambda words: (-len(words), words)):
        table[phrase[0]] = (*table.get(phrase[0], ()), phrase)
    return table


def find_quantities(tokens: Sequence[Token], pack: LanguagePack) -> tuple[Quantity, ...]:
    """Return the quantities of a token sequence, in text order.

    An indefinite article is a quantity of one with the qualifier ``article``, and a negating
    word ("no", "nessuno") one with the qualifier ``zero``: what they belong to is decided by the
    stages that see persons and triggers.

    >>> from geo.languages import load_language
    >>> en = load_language("en")
    >>> [(q.best, q.qualifier) for q in find_quantities(find_tokens("at least 1,200 dead", en), en)]
    [(1200.0, 'at_least')]
    """
    return tuple(item for item in _scan(tokens, pack) if isinstance(item, Quantity))


def find_rejected_numbers(
    tokens: Sequence[Token], pack: LanguagePack
) -> tuple[RejectedNumber, ...]:
    """Return the numbers that :func:`find_quantities` leaves out, each with its reason."""
    return tuple(item for item in _scan(tokens, pack) if isinstance(item, RejectedNumber))


def _scan(tokens: Sequence[Token], pack: LanguagePack) -> list[Quantity | RejectedNumber]:
    rules = _compile(pack)
    found: list[Quantity | RejectedNumber] = []
    index = 0
    while index < len(tokens):
        folded = tokens[index].folded
        if folded not in rules.beginnings and not folded[0].isdigit():
            index += 1
            continue
        item, last = _read(tokens, index, rules)
        if item is not None:
            found.append(item)
        index = last + 1
    return found


def _read(
    tokens: Sequence[Token], index: int, rules: _Rules
) -> tuple[Quantity | RejectedNumber | None, int]:
    folded = tokens[index].folded
    number = None
    if folded[0].isdigit() or (folded in rules.words.values and folded not in rules.articles):
        number = read_number(tokens, index, rules.words)
    elif folded in rules.articles:
        number = read_number(tokens, index, rules.words)
        if number is None or number[1] == index:
            return _article(tokens, index, rules)
    if number is None:
        return _wordy(tokens, index, rules)
    value, last = number
    before = _before(tokens, index)
    reason = _why_not(tokens, index, last, value, rules, before)
    if reason is not None:
        ranged = _upper_end(tokens, index, last, rules)  # "aged 40 to 60": neither counts
        last = ranged[1] if ranged is not None else last
        span = Span(tokens[index].start, tokens[last].stop)
        return RejectedNumber(span=span, text=_text(tokens, index, last), reason=reason), last
    risen = _risen_to(tokens, index, last, value, rules)
    if risen is not None:
        return _quantity(tokens, index, risen[1], risen[0], risen[0], risen[0], None), risen[1]
    upper = _upper_end(tokens, index, last, rules)
    if upper is not None and upper[0] > value:
        return _quantity(tokens, index, upper[1], value, value, upper[0], "range"), upper[1]
    if last + 1 < len(tokens) and tokens[last + 1].folded in rules.about:
        many = value * rules.about[tokens[last + 1].folded]
        return _quantity(tokens, index, last + 1, None, many, None, "about"), last + 1
    return _qualified(tokens, index, last, value, rules, before), last


def _risen_to(
    tokens: Sequence[Token], index: int, last: int, value: float, rules: _Rules
) -> tuple[float, int] | None:
    """Return the new toll of "from 18 to 21", with its last token."""
    if not index or last + 2 >= len(tokens) or tokens[index - 1].folded not in rules.rise_from:
        return None
    if tokens[last + 1].folded not in rules.rise_to:
        return None
    before = tokens[max(0, index - _RISING_REACH) : index]
    if not any(token.folded.startswith(rules.rising) for token in before):
        return None
    new = read_number(tokens, last + 2, rules.words)
    return new if new is not None and new[0] > value else None


def _qualified(
    tokens: Sequence[Token],
    index: int,
    last: int,
    value: float,
    rules: _Rules,
    before: tuple[Phrase, ...],
) -> Quantity:
    names = (name for name in _QUALIFIERS if not rules.qualifiers[name].isdisjoint(before))
    qualifier = next(names, None)
    low, high = value, value
    if qualifier == "at_least":
        return _quantity(tokens, index, last, low, value, None, qualifier)
    if qualifier == "about":
        return _quantity(tokens, index, last, None, value, None, qualifier)
    if qualifier == "up_to":
        return _quantity(tokens, index, last, None, value, high, qualifier)
    return _quantity(tokens, index, last, low, value, high, None)


def _article(tokens: Sequence[Token], index: int, rules: _Rules) -> tuple[Quantity | None, int]:
    behind = tokens[index + 1].folded if index + 1 < len(tokens) else ""
    if behind in rules.pairs:
        return _quantity(tokens, index, index + 1, 2, 2, 2, None), index + 1
    if behind[:1].isdigit() or (behind in rules.words.values and behind not in rules.articles):
        return None, index
    if behind in rules.about:
        many = float(rules.about[behind])
        return _quantity(tokens, index, index + 1, None, many, None, "about"), index + 1
    if behind in rules.vague:
        return _vague(tokens, index, index + 1, rules.vague[behind]), index + 1
    return _quantity(tokens, index, index, 1, 1, 1, "article"), index


def _wordy(tokens: Sequence[Token], index: int, rules: _Rules) -> tuple[Quantity | None, int]:
    folded = tokens[index].folded
    if folded in rules.pairs:
        return _quantity(tokens, index, index, 2, 2, 2, None), index
    if folded in rules.vague:
        return _vague(tokens, index, index, rules.vague[folded]), index
    if folded in rules.about:
        many = float(rules.about[folded])
        return _quantity(tokens, index, index, None, many, None, "about"), index
    for phrase in rules.zero.get(folded, ()):
        last = index + len(phrase) - 1
        if tuple(t.folded for t in tokens[index : last + 1]) == phrase:
            return _quantity(tokens, index, last, 0, 0, 0, "zero"), last
    return None, index


def _vague(tokens: Sequence[Token], first: int, last: int, low: int) -> Quantity:
    return _quantity(tokens, first, last, low, None, None, "vague")


def _upper_end(
    tokens: Sequence[Token], first: int, last: int, rules: _Rules
) -> tuple[float, int] | None:
    """Return the upper end of "15 to 17", "15-17" or "between 15 and 17", with its last token."""
    if last + 2 >= len(tokens):
        return None
    link, behind = tokens[last + 1], tokens[last + 2]
    is_hyphen = link.text in "-–—" and behind.start == link.stop and link.start == tokens[last].stop
    is_between = (
        not rules.between.isdisjoint(_before(tokens, first)) and link.folded in rules.between_and
    )
    is_spread = first > 0 and (
        tokens[first - 1].folded in rules.rise_from and link.folded in rules.rise_to
    )
    if not (is_hyphen or is_between or is_spread or link.folded in rules.range_words):
        return None
    upper = read_number(tokens, last + 2, rules.words)
    if upper is None and is_between and last + 3 < len(tokens) and _is_article(behind):
        return read_number(tokens, last + 3, rules.words)  # "tra i 15 e i 17"
    return upper


def _is_article(token: Token) -> bool:
    return token.text.isalpha() and len(token.text) <= _LONGEST_ARTICLE


def _why_not(
    tokens: Sequence[Token],
    index: int,
    last: int,
    value: float,
    rules: _Rules,
    phrases: tuple[Phrase, ...],
) -> str | None:
    """Say why a number counts nothing, or ``None`` when it may."""
    if tokens[index].text[0].isdigit():
        clung = _clings_before(tokens, index) or _clings_behind(tokens, last)
        if clung is not None:
            return clung
    return _why_not_by_words(tokens, index, last, value, rules, phrases)


def _clings_before(tokens: Sequence[Token], index: int) -> str | None:
    """Say what figures are that something stands right before: S-300, №5, $40, 10:30."""
    if not index or tokens[index - 1].stop != tokens[index].start:
        return None
    before = tokens[index - 1]
    if before.text in "-–/":
        joined = index > 1 and tokens[index - 2].stop == before.start
        return "part of a code" if joined and not tokens[index - 2].text[-1].isdigit() else None
    if before.text[-1].isalpha() or before.text == "№" or before.text in "#$€£":
        return "part of a code"
    if before.text in ":.":
        return "a time"
    return "the rest of a coordinate" if before.text[-1].isdigit() else None


def _clings_behind(tokens: Sequence[Token], last: int) -> str | None:
    """Say what figures are that something stands right behind: 3rd, 155mm, 10:30, 15%."""
    if last + 1 >= len(tokens) or tokens[last + 1].start != tokens[last].stop:
        return None
    behind = tokens[last + 1]
    joined = last + 2 < len(tokens) and tokens[last + 2].start == behind.stop
    if behind.text[0].isalpha() or behind.text in "ªº°":
        return "an ordinal or a code"
    if behind.text[0].isdigit():
        return "a coordinate"
    if behind.text == ":":
        return "a time" if joined and tokens[last + 2].text.isdigit() else None
    if behind.text == "%":
        return "a percentage"
    is_word = joined and tokens[last + 2].text[0].isalpha()
    return "an ordinal or an age" if behind.text == "-" and is_word else None


def _why_not_by_words(
    tokens: Sequence[Token],
    index: int,
    last: int,
    value: float,
    rules: _Rules,
    phrases: tuple[Phrase, ...],
) -> str | None:
    behind = tokens[last + 1].folded if last + 1 < len(tokens) else ""
    before = tokens[index - 1].folded if index else ""
    if behind in rules.not_after and not _ends_sentence(tokens, index, last):
        return "an age, a share, a date or a rank"
    spelt = tokens[index].text.isalpha()
    misled = before in rules.not_before and not (spelt and len(before) == 1)
    if misled or not rules.ages_before.isdisjoint(phrases):
        return "an age, a number of something or a rank"
    if before in rules.parts and index > 1 and tokens[index - 2].text[-1:].isdigit():
        return "the whole that a part was given of"
    if spelt and _is_joined(tokens, last):
        return "an ordinal or an age"  # "ten-year-old"
    text = tokens[index].text
    if len(text) == 4 and text.isdigit() and _EARLIEST_YEAR <= value <= _LATEST_YEAR:
        qualifiers = rules.qualifiers.values()
        qualified = any(not known.isdisjoint(phrases) for known in qualifiers)
        return None if qualified else "a year"
    return None


def _ends_sentence(tokens: Sequence[Token], index: int, last: int) -> bool:
    """Tell the full stop of "starben acht." or of a last "28." from that of an ordinal."""
    if tokens[last + 1].text != ".":
        return False
    return tokens[index].text.isalpha() or last + 2 == len(tokens)


def _is_joined(tokens: Sequence[Token], last: int) -> bool:
    behind = tokens[last + 1 : last + 3]
    joined = len(behind) == 2 and behind[0].text == "-" and behind[1].text[0].isalpha()
    return joined and tokens[last].stop == behind[0].start and behind[0].stop == behind[1].start


def _before(tokens: Sequence[Token], index: int) -> tuple[Phrase, ...]:
    """Return the one, two and three words right before a token, as phrases are written."""
    words = tuple([token.folded for token in tokens[max(0, index - _REACH) : index]])
    return tuple([words[start:] for start in range(len(words))])


def _text(tokens: Sequence[Token], first: int, last: int) -> str:
    parts = [tokens[first].text]
    for one, other in zip(tokens[first:last], tokens[first + 1 : last + 1], strict=True):
        parts.append((" " if other.start > one.stop else "") + other.text)
    return "".join(parts)


def _quantity(
    tokens: Sequence[Token],
    first: int,
    last: int,
    low: float | None,
    best: float | None,
    high: float | None,
    qualifier: str | None,
) -> Quantity:
    return Quantity(
        low=low,
        best=best,
        high=high,
        qualifier=qualifier,
        text=_text(tokens, first, last),
        span=Span(tokens[first].start, tokens[last].stop),
    )
