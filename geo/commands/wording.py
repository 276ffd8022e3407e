"""Put the features that models weigh into words: a table of patterns, one for each model."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

_NAME = re.compile(r"\{([a-z_]+)\d*\}")
_FREE = {"n": r"\d+", "rule": "[a-z_]+", "rest": ".+"}  # any number, the name of a rule, anything
_JOINED = "&|"
_MARK = "mark "  # a class of words is a mark, each by itself
_SIGNED = re.compile(r"(.+) [+-]\d+\.\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Say features in words or, for who works on the models, by their names and weights."""

    names: bool = False

    def say(self, model: str, features: Iterable[str]) -> str:
        """Return features as one text, each once; those without words as they are.

        What only says how common a decision is on the whole is left out.

        >>> Voice().say("places", ["killed|clause", "missile|clause", "undated"])
        'deaths in its clause; missiles in its clause; no date in the sentence'
        """
        if self.names:
            return "; ".join(features)
        said = [(say_feature(model, feature), feature) for feature in features]
        return "; ".join(
            dict.fromkeys(f if words is None else words for words, f in said if words != "")
        )

    def say_weighed(self, model: str, features: Sequence[tuple[str, float]]) -> str:
        """Return features as one text, with their weights where they are named."""
        if self.names:
            return "; ".join(f"{name} {weight:+.2f}" for name, weight in features)
        return self.say(model, [name for name, _ in features])

    def say_signed(self, model: str, features: Iterable[str]) -> str:
        """Return features that have their weights behind them as one text.

        >>> Voice().say_signed("candidates", ["conflict region +1.62", "put at Kherson Oblast"])
        'in a region at war; put at Kherson Oblast'
        """
        if self.names:
            return "; ".join(features)
        return self.say(model, [_SIGNED.sub(r"\1", feature) for feature in features])

    def say_joined(self, model: str, features: str) -> str:
        """Return features that commas join, and that may have commas in them, as one text.

        >>> Voice().say_joined("dates", "title|lead without place, casualties, rule:day")
        'a date in the title, its sentence tells of casualties at no place; written as: day'
        """
        return features if self.names else self.say(model, _split(model, features.split(", ")))


def _split(model: str, parts: Sequence[str]) -> list[str]:
    """Return features out of what lies between commas: the longest that have words."""
    found, at = [], 0
    while at < len(parts):
        ends = range(len(parts), at, -1)
        whole = (end for end in ends if say_feature(model, ", ".join(parts[at:end])) is not None)
        end = next(whole, at + 1)
        found.append(", ".join(parts[at:end]))
        at = end
    return found


@lru_cache(maxsize=20_000)
def say_feature(model: str, feature: str) -> str | None:
    """Return a feature of a model in words, ``None`` when it has none.

    >>> say_feature("numbers", "killed:right:bare")
    'a word for deaths behind it, nothing but plain words between'
    """
    for pattern, words in _patterns(model):
        if match := pattern.fullmatch(feature):
            said = {
                name: say_value(_kind(name), value) for name, value in match.groupdict().items()
            }
            return words.format_map(said)
    for mark in _JOINED:
        first, _, rest = feature.partition(mark)
        if rest:
            one, other = say_feature(model, first), say_feature(model, rest)
            return None if one is None or other is None else f"{one}, {other}"
    return None


def say_value(kind: str, value: str) -> str:
    """Return a value of a kind in words, one without any as it is.

    >>> say_value("use", "metonymy"), say_value("class", "mark :"), say_value("rule", "last_week")
    ('stands for a government', 'the mark ":"', 'last week')
    """
    if kind == "rule":
        return value.replace("_", " ")
    if kind == "class" and value.startswith(_MARK):
        return f'the mark "{value.removeprefix(_MARK)}"'
    known: dict[str, str] = _table()["values"].get(kind, {})
    return known.get(value, value)


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    text = resources.files("geo.commands").joinpath("feature_words.toml").read_text("utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=16)
def _patterns(model: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what each line of a model matches, and its words; the plainest lines first."""
    lines = sorted(_table().get(model, {}).items(), key=lambda line: line[0].count("{"))
    return tuple((re.compile(_regular(pattern)), words) for pattern, words in lines)


def _regular(pattern: str) -> str:
    parts = re.split(r"(\{[a-z_]+\d*\})", pattern)
    return "".join(_group(part) if _NAME.fullmatch(part) else re.escape(part) for part in parts)


def _group(placeholder: str) -> str:
    name = placeholder.strip("{}")
    kind = _kind(name)
    if kind in _FREE:
        return f"(?P<{name}>{_FREE[kind]})"
    known = [re.escape(value) for value in _table()["values"][kind]]
    if kind == "class":
        known.append(re.escape(_MARK) + r"[^_\s]+")
    return f"(?P<{name}>{'|'.join(known)})"


def _kind(name: str) -> str:
    return name.rstrip("0123456789")
