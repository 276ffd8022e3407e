"""Cut a stream of documents into partitions, by their number and size alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geo.batch.models import BatchSettings, Partition, RawItem


def partition_items(items: Iterable[RawItem], settings: BatchSettings) -> Iterator[Partition]:
    """Yield partitions in order; only one is held at a time.

    >>> items = [RawItem("a", n, f"a-{n}", "json", b"{}") for n in range(5)]
    >>> [len(p.items) for p in partition_items(items, BatchSettings(documents=2))]
    [2, 2, 1]
    """
    most = int(settings.part_megabytes * 1e6)
    held: list[RawItem] = []
    size = number = 0
    for item in items:
        if held and (len(held) >= settings.documents or size + len(item.content) > most):
            yield Partition(number=number, items=tuple(held))
            held, size, number = [], 0, number + 1
        held.append(item)
        size += len(item.content)
    if held:
        yield Partition(number=number, items=tuple(held))
