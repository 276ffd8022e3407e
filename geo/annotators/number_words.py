"""Read numbers in digits and in words: a pack lists its number words, this composes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.names import fold
from geo.languages import LanguagePack
from geo.models import Token

_GROUPED = re.compile(r"\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?")
_HUNDRED, _THOUSAND = 100, 1000
_LONGEST = 25  # characters of a number in digits


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NumberWords:
    """Hold a pack's number words, folded, with their values, and how they are put together."""

    values: dict[str, float]
    multipliers: dict[str, float]
    joiners: frozenset[str]
    vigesimal: bool
    decimal: str

    def may_join(self, word: str) -> bool:
        """Tell whether a folded word may go on with the number before it."""
        return word in self.values or word in self.multipliers or word in self.joiners


@lru_cache(maxsize=32)
def compile_number_words(pack: LanguagePack) -> NumberWords:
    """Compile ``[numbers]``: its words and, in languages that write them together, compounds."""
    section = pack.section("numbers")
    values = {fold(word): float(value) for word, value in section.get("words", {}).items()}
    values.update(_compounds(values, section.get("compound", {})))
    return NumberWords(
        values=values,
        multipliers={fold(w): float(v) for w, v in section.get("multipliers", {}).items()},
        joiners=frozenset(fold(word) for word in section.get("joiners", ())),
        vigesimal=bool(section.get("vigesimal", False)),
        decimal=str(section.get("decimal", ".")),
    )


def _compounds(values: dict[str, float], rule: dict[str, str]) -> dict[str, float]:
    """Write out 21 to 999 and the thousands for languages that join number words."""
    if not rule:
        return {}
    joiner, units_first = rule.get("joiner", ""), rule.get("order") == "units first"
    hundred, thousand = fold(rule["hundred"]), fold(rule["thousand"])
    small = {
        word: value for word, value in values.items() if 1 <= value < _HUNDRED and not value % 1
    }
    made: dict[str, float] = {}
    for tens, ten in small.items():
        if ten < 20 or ten % 10:
            continue
        for unit, one in small.items():
            if one < 10:
                for text in _joined(tens, unit, joiner, units_first):
                    made[text] = ten + one
    below = {**small, **made}
    hundreds = {hundred: _HUNDRED} | {
        word + hundred: value * _HUNDRED for word, value in small.items() if value < 10
    }
    full = {
        text: big + rest
        for head, big in hundreds.items()
        for word, rest in below.items()
        for text in ({head + word, head[:-1] + word} if word[0] in "aeiou" else {head + word})
    }
    thousands = {
        word + thousand: value * _THOUSAND
        for word, value in (below | hundreds).items()
        if value > 1
    }
    round_ones = {
        head + word: big + rest
        for head, big in thousands.items()
        if big < 10 * _THOUSAND
        for word, rest in hundreds.items()
    }
    return made | hundreds | full | thousands | round_ones


def _joined(tens: str, unit: str, joiner: str, units_first: bool) -> set[str]:
    if units_first:
        return {unit + joiner + tens, unit.removesuffix("s") + joiner + tens}
    return {tens + unit, tens[:-1] + unit} if unit[0] in "aeiou" else {tens + unit}


def parse_digits(text: str, decimal: str) -> float | None:
    """Return the value of a token in digits, or ``None`` when it is no number.

    >>> parse_digits("1.200", ","), parse_digits("12,5", ","), parse_digits("1,200", ".")
    (1200.0, 12.5, 1200.0)
    """
    if not text[:1].isdigit():
        return None
    if len(text) > _LONGEST:
        return None
    if _GROUPED.fullmatch(text) and not (text.count(decimal) == 1 and text.startswith("0")):
        head = re.sub(r"[.,'’\u00a0\u202f](?=\d{3})", "", text)
        return float(head.replace(",", "."))
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def read_number(
    tokens: Sequence[Token], start: int, words: NumberWords
) -> tuple[float, int] | None:
    """Return the number that begins at token `start` and its last token, or ``None``."""
    value = parse_digits(tokens[start].text, words.decimal)
    last = start
    if value is not None:
        value, last = _grouped(tokens, value, start)
    else:
        worded = _read_words(tokens, start, words)
        if worded is None:
            return None
        value, last = worded
    return _multiplied(tokens, value, last, words)


def _grouped(tokens: Sequence[Token], value: float, last: int) -> tuple[float, int]:
    """Add the groups of three figures that single blanks part: "1 200 000"."""
    if value >= _THOUSAND or not tokens[last].text.isdigit():
        return value, last
    for index in range(last + 1, len(tokens)):
        group = tokens[index]
        is_group = len(group.text) == 3 and group.text.isdigit()
        if not is_group or group.start - tokens[last].stop != 1:
            break
        value, last = value * _THOUSAND + float(group.text), last + 1
    return value, last


def _multiplied(
    tokens: Sequence[Token], value: float, last: int, words: NumberWords
) -> tuple[float, int]:
    if last + 1 < len(tokens):
        factor = words.multipliers.get(tokens[last + 1].folded)
        if factor is not None:
            return _with_rest(tokens, round(value * factor, 6), last + 1, words)
    return value, last


def _with_rest(
    tokens: Sequence[Token], value: float, last: int, words: NumberWords
) -> tuple[float, int]:
    """Add the hundreds and units that stand in words behind a thousand in words."""
    if value < _THOUSAND or last + 1 >= len(tokens) or tokens[last - 1].text[0].isdigit():
        return value, last
    rest = _read_words(tokens, last + 1, words)
    if rest is None or rest[0] < _HUNDRED or rest[0] >= _THOUSAND:
        return value, last
    return value + rest[0], rest[1]


def _read_words(
    tokens: Sequence[Token], start: int, words: NumberWords
) -> tuple[float, int] | None:
    first = words.values.get(tokens[start].folded)
    if first is None:
        return None
    total, current, last = 0.0, first, start
    if first >= _THOUSAND:
        total, current = first, 0.0
    index = start + 1
    while index < len(tokens):
        step = _behind_joint(tokens, index, words)
        value = words.values.get(tokens[step].folded) if step < len(tokens) else None
        if value is None:
            break
        added = _add(current, value, words.vigesimal, joined=step > index)
        if value >= _THOUSAND:
            total, current = total + max(current, 1.0) * value, 0.0
        elif added is None:
            break
        else:
            current = added
        last, index = step, step + 1
    return total + current, last


def _behind_joint(tokens: Sequence[Token], index: int, words: NumberWords) -> int:
    """Return where a number may go on: behind "-", "and" or the "-et-" of vingt-et-un."""
    texts = [token.folded for token in tokens[index : index + 3]]
    if len(texts) == 3 and texts[0] == texts[2] == "-" and texts[1] in words.joiners:
        return index + 3
    return index + (texts[0] == "-" or texts[0] in words.joiners)


def _add(current: float, value: float, vigesimal: bool, *, joined: bool) -> float | None:
    if vigesimal and current % _HUNDRED == 4 and value == 20:
        return current - 4 + 80
    if vigesimal and current % _HUNDRED in (60, 80) and 10 <= value < 20:
        return current + value
    if vigesimal and joined and current % _HUNDRED in (10, 70, 90) and 7 <= value <= 9:
        return current + value
    if value == _HUNDRED and 0 < current < 10:
        return current * _HUNDRED
    if current == 0:
        return value if not joined else None
    if current % _HUNDRED == 0 and value < _HUNDRED:
        return current + value
    if current % 10 == 0 and value < 10 and current % _HUNDRED >= 20:
        return current + value
    return None
