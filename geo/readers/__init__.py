"""Read documents and tables from files."""

from geo.readers.documents import Reject, read_document, read_documents

__all__ = ["Reject", "read_document", "read_documents"]
