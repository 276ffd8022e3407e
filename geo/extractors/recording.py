"""Record answers and replay them, so that a paid run is repeatable, and testable offline."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from geo.errors import ExportError, InputError
from geo.extractors.errors import ExtractorError
from geo.extractors.proposals import Answer, Extractor
from geo.models import Document
from geo.readers.documents import Reject, read_records

Json = Any


def text_digest(document: Document) -> str:
    """Return what tells a document's text and day of publication from all others."""
    content = f"{document.published or ''}\n{document.text}"
    return hashlib.sha256(content.encode()).hexdigest()[:16]


class RecordedExtractor:
    """Replay answers from a file of ``{"id", "text_digest", "extractor", "answer"}`` lines.

    A line without ``text_digest`` (one written by hand) answers for whatever text has its id.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._known: dict[tuple[str, str | None], Json] = _by_text(_lines(self.path))
        self._ids = {document_id for document_id, _ in self._known}

    @property
    def name(self) -> str:
        """Return where the answers come from."""
        return f"recorded:{self.path.name}"

    def extract(self, document: Document) -> Answer:
        """Return the recorded answer; raise :class:`ExtractorError` where there is none."""
        keys = ((document.id, text_digest(document)), (document.id, None))
        record = next((self._known[key] for key in keys if key in self._known), None)
        if record is None and document.id in self._ids:
            raise ExtractorError(f"{self.path} answers for another text of {document.id!r}")
        if record is None:
            raise ExtractorError(f"{self.path} has no answer for {document.id!r}")
        return Answer(extractor=str(record.get("extractor") or self.name), told=record["answer"])


class RecordingExtractor:
    """Ask another extractor, and append each answer to a file at once.

    What the file already answers is not asked again, so a run that broke off goes on.
    """

    def __init__(self, inner: Extractor, path: str | Path) -> None:
        self.inner = inner
        self.path = Path(path)
        self._lock = threading.Lock()
        _mend(self.path)
        is_begun = self.path.exists() and self.path.stat().st_size
        self._known = _by_text(_lines(self.path)) if is_begun else {}

    @property
    def name(self) -> str:
        """Return the name of the extractor that is asked."""
        return self.inner.name

    def extract(self, document: Document) -> Answer:
        """Return the answer that is recorded, else ask for it and record it."""
        record = self._known.get((document.id, text_digest(document)))
        if record is not None:
            return Answer(extractor=str(record.get("extractor")), told=record["answer"])
        answer = self.inner.extract(document)
        self._append(document, answer)
        return answer

    def _append(self, document: Document, answer: Answer) -> None:
        import orjson

        record = {
            "id": document.id,
            "text_digest": text_digest(document),
            "extractor": answer.extractor,
            "answer": answer.told,
        }
        line = orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
        try:
            with self._lock, self.path.open("ab") as stream:
                stream.write(line)
        except OSError as error:
            raise ExportError(f"{self.path} cannot be written: {error.strerror}") from error


def _by_text(records: Iterable[Json]) -> dict[tuple[str, str | None], Json]:
    """Return records by id and digest: two files of one name are two documents."""
    return {(record["id"], record.get("text_digest")): record for record in records}


def _mend(path: Path) -> None:
    """Take off a last line that a broken run left half-written."""
    import orjson

    content = path.read_bytes() if path.exists() else b""
    if not content or content.endswith(b"\n"):
        return
    whole, mark, last = content.rpartition(b"\n")
    try:
        orjson.loads(last)
    except orjson.JSONDecodeError:
        path.write_bytes(whole + mark)
    else:
        path.write_bytes(content + b"\n")


def _lines(path: Path) -> Iterator[Json]:
    for number, record in read_records(path):
        if isinstance(record, Reject):
            raise InputError(f"{record}; take the line out")
        if not isinstance(record.get("id"), str) or not isinstance(record.get("answer"), dict):
            raise InputError(f"{path}, line {number}: a recorded answer has an id and an answer")
        yield record
