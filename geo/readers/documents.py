"""Read documents from text, HTML and JSONL files, or from standard input."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from geo.errors import InputError, UnknownLanguageError
from geo.languages import available_languages
from geo.models import Document
from geo.readers.encodings import decode, decode_kindly, is_archive

STDIN = "-"
_HTML = (".html", ".htm", ".xhtml")
_HEAD, _ROWS, _CELLS = 20_000, 5, 4  # letters, rows and cells that tell a table
_JSONL = (".jsonl", ".ndjson")
_UTF8_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Say which line of which input could not be read, and why; nothing is lost silently.

    ``line`` is ``None`` where the whole document is meant.
    """

    source: str
    line: int | None
    reason: str
    document_id: str

    def __str__(self) -> str:
        where = self.source if self.line is None else f"{self.source}, line {self.line}"
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Hold what the user says of the inputs; it stands above what a file says of itself."""

    published: date | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        if self.language is not None and self.language not in available_languages():
            raise UnknownLanguageError(
                f"no language pack {self.language!r}; there are: {', '.join(available_languages())}"
            )


def read_document(path: str | Path, given: Given | None = None) -> Document:
    """Read one text or HTML file (``-`` is standard input) as a document.

    A text in an old Windows encoding, or encoded twice, is read as it was meant, and a warning
    is logged. Raises :class:`geo.errors.InputError` when the file is missing, empty, binary or
    in no encoding that can be told.
    """
    name = str(path)
    return _to_document(decode_kindly(_read_bytes(name), name), name, given or Given())


def read_content(content: bytes, name: str, given: Given) -> Document:
    """Read the bytes of a text or HTML file as a document, where nobody can look at a warning.

    Raises :class:`geo.errors.InputError` when they are empty, binary, or neither UTF-8 nor in
    the encoding that a page declares.
    """
    return _to_document(decode(content, name), name, given)


def read_line(line: bytes, given: Given, fallback_id: str) -> Document:
    """Read one line of a JSONL file as a document.

    Raises :class:`geo.errors.InputError` when it is no JSON object with a text.
    """
    return to_document(_parse(line.removeprefix(_UTF8_MARK)), given, fallback_id)


def _parse(line: bytes) -> dict[str, Any]:
    import orjson

    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise InputError(f"not JSON ({error.msg}, character {error.colno})") from error
    if not isinstance(record, dict):
        raise InputError("not a JSON object")
    return record


def read_documents(
    paths: Iterable[str | Path], given: Given | None = None
) -> Iterator[Document | Reject]:
    """Yield the documents of text, HTML and JSONL files; a bad JSONL line as a reject.

    A JSONL line has ``id`` and ``text``, and may have ``published``, ``lang``, ``url``, ``title``
    and ``source``. Standard input (``-``) may hold any of the three. Of files called alike, in
    several folders, the second is ``report-2``.
    """
    given = given or Given()
    named: Counter[str] = Counter()
    for path in paths:
        name = str(path)
        content = _read_bytes(name)
        if _is_jsonl(name, content):
            yield from _from_lines(content, name, given)
        else:
            document = _to_document(decode_kindly(content, name), name, given)
            named[document.id] += 1
            again = named[document.id]
            yield document if again == 1 else replace(document, id=f"{document.id}-{again}")


def read_records(path: str | Path) -> Iterator[tuple[int, dict[str, Any] | Reject]]:
    """Yield the number and the object of each line of a JSONL file that is not blank.

    What is no JSON object comes as a reject. Raises :class:`geo.errors.InputError` when the
    file is missing or empty.
    """
    name = str(path)
    yield from _records(_read_bytes(name), name)


def _is_jsonl(name: str, content: bytes) -> bool:
    if name != STDIN:
        return name.lower().endswith(_JSONL)
    import orjson

    try:
        return isinstance(orjson.loads(content.lstrip().partition(b"\n")[0]), dict)
    except orjson.JSONDecodeError:
        return False


def _records(content: bytes, name: str) -> Iterator[tuple[int, dict[str, Any] | Reject]]:
    if not content.strip():
        raise InputError(f"{name} is empty; give a file with one JSON object a line")
    if _is_binary(content):
        raise InputError(f"{name} is a binary file; give one with one JSON object a line")
    for number, line in enumerate(content.removeprefix(_UTF8_MARK).splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield number, _parse(line)
        except InputError as error:
            yield number, _reject(name, number, str(error))


def _is_binary(content: bytes) -> bool:
    """Tell whether bytes are no lines of JSON; one damaged line among objects is not enough."""
    lines = content[:4096].splitlines()
    return is_archive(content) or (
        any(b"\x00" in line for line in lines)
        and not any(line.lstrip().startswith(b"{") for line in lines)
    )


def _reject(name: str, number: int, reason: str, document_id: object = None) -> Reject:
    document_id = str(document_id or f"{_stem(name)}-{number}")
    return Reject(source=name, line=number, reason=reason, document_id=document_id)


def _from_lines(content: bytes, name: str, given: Given) -> Iterator[Document | Reject]:
    for number, record in _records(content, name):
        if isinstance(record, Reject):
            yield record
            continue
        try:
            yield to_document(record, given, f"{_stem(name)}-{number}")
        except InputError as error:
            yield _reject(name, number, str(error), record.get("id"))


def _to_document(text: str, name: str, given: Given) -> Document:
    if name == STDIN and _is_table(text):
        raise InputError("standard input is a table; save it as a .csv file and give that")
    opening = text.lstrip()[:15].lower()
    if name.lower().endswith(_HTML) or opening.startswith(("<!doctype html", "<html")):
        return _from_html(text, name, given)
    return Document(id=_stem(name), text=text, language=given.language, published=given.published)


def _is_table(text: str) -> bool:
    """Tell a table from an article: its first lines have the same four cells or more."""
    lines = [line for line in text[:_HEAD].splitlines()[:_ROWS] if line.strip()]
    if len(lines) < 2 or lines[0].rstrip().endswith((".", "!", "?", ":")):
        return False
    for separator in (",", ";", "\t"):
        widths = {len(row) for row in csv.reader(lines, delimiter=separator)}
        if len(widths) == 1 and min(widths) >= _CELLS:
            return True
    return False


def to_document(record: dict[str, Any], given: Given, fallback_id: str) -> Document:
    """Make a document of a JSON object; raise :class:`geo.errors.InputError` if it has no text."""
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        if "event_type" in record:
            raise InputError("an event, no article; give the file of events itself, not by -")
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
        published=parse_day(record.get("published")) or given.published,
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


def _from_html(source: str, name: str, given: Given) -> Document:
    import trafilatura

    found: Any = trafilatura.bare_extraction(source, with_metadata=True, include_comments=False)
    body = (found.text or "").strip() if found is not None else ""
    if not body:
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
    except IsADirectoryError:
        raise InputError(
            f"{name} is a folder; give its files, or read it whole with "
            f"conflict-map batch {name} -o OUT and give OUT"
        ) from None
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}") from error


def _stem(name: str) -> str:
    return "stdin" if name == STDIN else Path(name).name.split(".")[0]


def _text(value: object) -> str | None:
    return str(value) if value else None
