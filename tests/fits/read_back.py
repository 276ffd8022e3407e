"""Show where the shipped weights read a written text differently from its writer.

Run ``python -m tests.fits.read_back tests/data/events/NAME.txt``, before the file is fitted on: a
difference is a slip of the writer, or what the reading has yet to learn. ``-`` is what was written
below the text, ``+`` what was read; a place that was not found stands behind ``unread``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from gazetteer import Gazetteer, open_gazetteer
from geo.events.assembly import assemble_events
from geo.models import Event, Quantity
from geo.pipeline import annotate
from tests.fits import gold
from tests.fits.written import read_file

Told = tuple[str, str, int | None, int | None, float | None]


def written_events(item: gold.Item) -> Counter[Told]:
    """Return what the writer told, by the place's name."""
    return Counter(
        (
            "?" if event["place"] is None else item["toponyms"][event["place"]]["name"],
            event["type"],
            event["killed"],
            event["injured"],
            event["area_km2"],
        )
        for event in item["events"]
    )


def read_events(item: gold.Item, events: tuple[Event, ...]) -> Counter[Told]:
    """Return what was read, under the names that the writer marked."""
    return Counter(
        (
            _name(item, event),
            event.event_type,
            _whole(event.killed),
            _whole(event.injured),
            event.area.best if event.area else None,
        )
        for event in events
    )


def _name(item: gold.Item, event: Event) -> str:
    if event.place is None:
        return "?"
    span = event.place.mention.span
    for toponym in item["toponyms"]:
        if gold.overlaps((span.start, span.stop), (toponym["start"], toponym["end"])):
            return str(toponym["name"])
    return f"?{event.place.mention.text}"


def _whole(quantity: Quantity | None) -> int | None:
    return None if quantity is None or quantity.best is None else int(quantity.best)


def differences(item: gold.Item, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield a line for each event that only one of the two tells, and each place not found."""
    annotation = annotate(gold.document_of(item), gazetteer)
    wrote, read = written_events(item), read_events(item, assemble_events(annotation))
    found = [(r.mention.span.start, r.mention.span.stop) for r in annotation.resolutions]
    for toponym in item["toponyms"]:
        if not any(gold.overlaps(span, (toponym["start"], toponym["end"])) for span in found):
            yield f"  unread {toponym['name']}"
    for sign, told in (("-", wrote - read), ("+", read - wrote)):
        for name, kind, killed, injured, area in told.elements():
            yield f"  {sign} {name}: {kind} k{killed} i{injured} a{area}"


def main() -> None:
    """Read each text of the files and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    gazetteer, count, wrong = open_gazetteer(), 0, 0
    for path in parser.parse_args().files:
        for item in read_file(path):
            lines = list(differences(item, gazetteer))
            count, wrong = count + 1, wrong + bool(lines)
            if lines:
                print(item["id"], item["text"].replace("\n\n", " // "), *lines, sep="\n")
    print(f"{wrong} of {count} texts read differently")


if __name__ == "__main__":
    main()
