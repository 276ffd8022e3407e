"""Read documents from text, HTML and JSONL files, or from standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geo.errors import InputError, UnknownLanguageError
from geo.languages import available_languages
from geo.models import Document

STDIN = "-"
_HTML = (".html", ".htm", ".xhtml")
_JSONL = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Say which line of which input could not be read, and why; nothing is lost silently."""

    source: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Hold what the user says of the inputs; it stands above what a file says of itself."""

    published: date | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        if self.language is not None and self.language not in available_languages():
            raise UnknownLanguageError(
                f"no language pack {self.language!r}; there are: "
                f"{', '.join(available_languages())}"
            )


def read_document(path: str | Path, given: Given | None = None) -> Document:
    """Read one text or HTML file (``-`` is standard input) as a document.

    Raises :class:`geo.errors.InputError` when it is missing, empty, binary or not UTF-8.
    """
    name = str(path)
    text = decode(_read_bytes(name), name)
    given = given or Given()
    if name.lower().endswith(_HTML) or text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        return _from_html(text, name, given)
    return Document(
        id=_stem(name), text=text, language=given.language, published=given.published
    )


def read_documents(
    paths: Iterable[str | Path], given: Given | None = None
) -> Iterator[Document | Reject]:
    """Yield the documents of text, HTML and JSONL files; a bad JSONL line as a reject.

    A JSONL line has ``id`` and ``text``, and may have ``published``, ``lang``, ``url``, ``title``
    and ``source``.
    """
    for path in paths:
        if str(path).lower().endswith(_JSONL):
            yield from read_jsonl(path, given)
        else:
            yield read_document(path, given)


def read_jsonl(path: str | Path, given: Given | None = None) -> Iterator[Document | Reject]:
    """Yield the documents of a JSONL file, line by line; what cannot be read as a reject."""
    for number, record in read_records(path):
        if isinstance(record, Reject):
            yield record
            continue
        try:
            yield to_document(record, given or Given(), f"{_stem(str(path))}-{number}")
        except InputError as error:
            yield Reject(source=str(path), line=number, reason=str(error))


def read_records(path: str | Path) -> Iterator[tuple[int, dict[str, Any] | Reject]]:
    """Yield the number and the object of each line that is not blank; bad lines as rejects."""
    import orjson

    name = str(path)
    for number, line in enumerate(_read_bytes(name).splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except orjson.JSONDecodeError as error:
            yield number, Reject(source=name, line=number, reason=f"not JSON: {error}")
            continue
        if isinstance(record, dict):
            yield number, record
        else:
            yield number, Reject(source=name, line=number, reason="not a JSON object")


def to_document(record: dict[str, Any], given: Given, fallback_id: str) -> Document:
    """Make a document of a JSON object; raise :class:`geo.errors.InputError` if it has no text."""
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputError("no text in the field 'text'")
    language = given.language or record.get("lang") or record.get("language")
    if language is not None and language not in available_languages():
        raise InputError(
            f"no language pack {language!r}; there are: {', '.join(available_languages())}"
        )
    return Document(
        id=str(record.get("id") or fallback_id),
        text=text,
        language=language,
        published=given.published or parse_day(record.get("published")),
        url=_text(record.get("url")),
        title=_text(record.get("title")),
        source_name=_text(record.get("source")),
    )


def parse_day(value: object) -> date | None:
    """Return the day an ISO text begins with, ``None`` for nothing.

    Raises :class:`geo.errors.InputError` for a text that is no day.

    >>> parse_day("2023-08-15T09:00:00Z")
    datetime.date(2023, 8, 15)
    """
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise InputError(f"{str(value)[:40]!r} is not a day; write it as 2023-08-15") from None


def decode(content: bytes, name: str) -> str:
    """Decode a file's bytes as UTF-8 (or UTF-16 with a mark), with ``\\n`` at the line ends."""
    if not content.strip():
        raise InputError(f"{name} is empty; give a file with text")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    if encoding != "utf-16" and b"\x00" in content[:4096]:
        raise InputError(f"{name} is a binary file; give text, HTML or JSONL")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not UTF-8 (byte {error.start}); convert it, for example with "
            "iconv -f WINDOWS-1251 -t UTF-8"
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _from_html(source: str, name: str, given: Given) -> Document:
    import trafilatura

    found = trafilatura.bare_extraction(source, with_metadata=True, include_comments=False)
    body = (found.text or "").strip() if found is not None else ""
    if found is None or not body:
        raise InputError(f"{name}: no article text found in the HTML; save it as plain text")
    title = (found.title or "").strip() or None
    if title and not body.startswith(title):
        body = f"{title}\n\n{body}"
    # trafilatura ends every paragraph with one line break; ours are blank lines.
    text = "\n\n".join(line.strip() for line in body.split("\n") if line.strip())
    return Document(
        id=_stem(name),
        text=text,
        language=given.language,
        published=given.published or parse_day(found.date),
        url=_text(found.url),
        title=title,
        source_name=_text(found.sitename),
    )


def _read_bytes(name: str) -> bytes:
    if name == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except FileNotFoundError:
        raise InputError(f"{name} does not exist; check the path") from None
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}") from error


def _stem(name: str) -> str:
    return "stdin" if name == STDIN else Path(name).name.split(".")[0]


def _text(value: object) -> str | None:
    return str(value) if value else None
