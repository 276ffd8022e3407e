"""Language packs: one TOML file a language, and nothing else that knows a language.

Each stage compiles the sections it needs from :class:`LanguagePack.sections`; no stage asks
which language it is working on.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from geo.errors import LanguagePackError, UnknownLanguageError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LanguagePack:
    """Hold the words and rules of one language, as read from its file.

    ``sections`` maps a section's name to its table; a section that a file lacks is empty.
    """

    code: str
    name: str
    version: str
    sections: dict[str, Any]

    def section(self, name: str) -> dict[str, Any]:
        """Return the table called `name`, empty where the pack has none."""
        table: dict[str, Any] = self.sections.get(name, {})
        return table


@lru_cache(maxsize=1)
def available_languages() -> tuple[str, ...]:
    """List the codes of the packs, sorted.

    >>> {"it", "en"} <= set(available_languages())
    True
    """
    files = resources.files(__package__).iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml")))


@lru_cache(maxsize=32)
def load_language(code: str) -> LanguagePack:
    """Read the pack of a language.

    Raises :class:`UnknownLanguageError`, naming the packs there are, and
    :class:`LanguagePackError` when the file is not TOML or lacks its heading.

    >>> load_language("it").name
    'Italian'
    """
    if code not in available_languages():
        raise UnknownLanguageError(
            f"no language pack {code!r}; there are: {', '.join(available_languages())}"
        )
    file = resources.files(__package__) / f"{code}.toml"
    try:
        sections = tomllib.loads(file.read_text(encoding="utf-8"))
        heading = sections.pop("language")
        return LanguagePack(
            code=heading["code"],
            name=heading["name"],
            version=heading["version"],
            sections=sections,
        )
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise LanguagePackError(f"{code}.toml: {error}; see geo/languages/README.md") from error
