"""Records of a batch run: what is read, in which portions, under which settings."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Form = Literal["json", "file"]


class RawItem(NamedTuple):
    """Hold the bytes of one document as they stand in the input, not yet decoded.

    ``identity`` names the document where it does not name itself. ``fault`` says why the reader
    could not take it over ("longer than …"); ``content`` is then its beginning.
    """

    source: str
    line: int | None
    identity: str
    form: Form
    content: bytes
    fault: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSettings:
    """Set how a batch is read; everything here can change what comes out.

    ``seconds`` is the processor time, and ``megabytes`` the size, that one document may have.
    A part holds ``documents`` documents, fewer where they would exceed ``part_megabytes``.
    ``country`` is ISO 3166-1 alpha-2.
    """

    published: date | None = None
    language: str | None = None
    country: str | None = None
    seconds: float = 60.0
    megabytes: float = 8.0
    documents: int = 1000
    part_megabytes: float = 16.0

    def as_record(self) -> dict[str, object]:
        """Return the settings as JSON-ready values."""
        return {
            "published": self.published.isoformat() if self.published else None,
            "language": self.language,
            "country": self.country,
            "seconds": self.seconds,
            "megabytes": self.megabytes,
            "documents": self.documents,
            "part_megabytes": self.part_megabytes,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """Hold the documents of one part. Its number and content depend on the input alone."""

    number: int
    items: tuple[RawItem, ...]

    @property
    def name(self) -> str:
        """Return the file name of the part.

        >>> Partition(number=7, items=()).name
        'part-000007.parquet'
        """
        return f"part-{self.number:06d}.parquet"

    @property
    def size(self) -> int:
        """Return the bytes of its documents."""
        return sum(len(item.content) for item in self.items)

    def digest(self) -> str:
        """Return the SHA-256 of all that its items say."""
        digest = hashlib.sha256()
        for item in self.items:
            head = (item.source, item.line, item.identity, item.form, item.fault)
            digest.update(f"{head!r}\0{len(item.content)}\0".encode("utf-8", "surrogateescape"))
            digest.update(item.content)
        return digest.hexdigest()


class RejectRow(NamedTuple):
    """Say which document of a part could not be read, and why.

    ``kind`` is ``input`` (not what it claims to be), ``language``, ``time``, ``memory``,
    ``process`` (ended it) or ``program`` (a mistake of ours).
    """

    source: str
    line: int | None
    document_id: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReport:
    """Say what a part holds; ``sha256`` is that of its file, ``digest`` that of its input."""

    name: str
    digest: str
    documents: int
    events: int
    rejects: tuple[RejectRow, ...]
    sha256: str
