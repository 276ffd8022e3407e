"""Ask about several documents at once, and hand the answers out in the documents' order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from geo.extractors.proposals import Answer, Extractor
from geo.models import Document

Other = TypeVar("Other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Stand for an extractor whose answer to one document is on its way."""

    name: str
    future: Future[Answer]

    def extract(self, document: Document) -> Answer:
        """Wait for the answer, and return it or raise what asking raised."""
        return self.future.result()


def ask_ahead(
    items: Iterable[Document | Other], extractor: Extractor, parallel: int
) -> Iterator[tuple[Document | Other, Extractor]]:
    """Yield each item with the extractor to ask: at most `parallel` questions are under way.

    Items that are no documents pass unchanged. Only as many documents are read ahead as are
    being asked about.
    """
    with ThreadPoolExecutor(max_workers=parallel, thread_name_prefix="ask") as pool:
        waiting: deque[tuple[Document | Other, Extractor]] = deque()
        try:
            for item in items:
                asked: Extractor = extractor
                if isinstance(item, Document):
                    future = pool.submit(extractor.extract, item)
                    asked = Pending(name=extractor.name, future=future)
                waiting.append((item, asked))
                if len(waiting) >= parallel:
                    yield waiting.popleft()
            while waiting:
                yield waiting.popleft()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
