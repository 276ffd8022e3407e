"""Read the examples that language packs carry, and say in words what is read wrong."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.models import Document, Event
from geo.pipeline import Extraction, extract

if TYPE_CHECKING:
    from gazetteer import Gazetteer

PACKS = Path(__file__).parents[2] / "geo" / "languages"
PUBLISHED = date(2024, 5, 15)  # a Wednesday; an example may name another day
Example = dict[str, Any]


def load_pack(path: Path) -> dict[str, Any]:
    """Return a pack's file as it is."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def all_examples() -> list[tuple[str, Example]]:
    """Return the examples of all packs with their language."""
    return [
        (path.stem, example)
        for path in sorted(PACKS.glob("*.toml"))
        for example in load_pack(path).get("examples", ())
    ]


def differences(code: str, example: Example, gazetteer: Gazetteer) -> list[str]:
    """Return what is read otherwise than the example says; empty when all is right."""
    published = example.get("published")
    document = Document(
        id="example",
        text=example["text"],
        language=code,
        published=date.fromisoformat(published) if published else PUBLISHED,
    )
    found = extract(document, gazetteer)
    return [*_places(example, found), *_events(example["events"], found.events)]


def _places(example: Example, found: Extraction) -> list[str]:
    text, wrong = example["text"], []
    literal = [m for m in found.mentions if m.literal]
    for name in example["places"]:
        start = text.index(name)
        hit = next(
            (m for m in literal if m.span.start < start + len(name) and start < m.span.stop), None
        )
        if hit is None:
            wrong.append(f"{name} not found")
        else:
            literal.remove(hit)
    return wrong + [f"{m.text} is no place here" for m in literal]


def _events(expected: list[dict[str, Any]], found: tuple[Event, ...]) -> list[str]:
    left, wrong = [_told(event) for event in found], []
    for wanted in expected:
        candidates = [told for told in left if _same_place(wanted["place"], told["place"])]
        if not candidates:
            wrong.append(f"no event at {wanted['place'] or 'no place'}")
            continue
        best = min(candidates, key=lambda told: len(_fields(wanted, told)))
        left.remove(best)
        wrong += _fields(wanted, best)
    return wrong + [f"{told['type']} at {told['place'] or 'no place'} is no event" for told in left]


def _same_place(wanted: str, told: str) -> bool:
    return wanted == told or (bool(wanted) and bool(told) and (wanted in told or told in wanted))


def _fields(wanted: dict[str, Any], told: dict[str, Any]) -> list[str]:
    """Compare what the example states; killed and injured that it leaves out are unknown."""
    stated = {"killed": None, "injured": None} | {k: v for k, v in wanted.items() if k != "place"}
    return [
        f"{name} {told[name]} at {wanted['place']}"
        for name, value in stated.items()
        if told[name] != value
    ]


def _told(event: Event) -> dict[str, Any]:
    days = event.interval
    return {
        "place": event.place.mention.text if event.place else "",
        "type": event.event_type,
        "killed": event.killed.best if event.killed else None,
        "injured": event.injured.best if event.injured else None,
        "area": event.area.best if event.area else None,
        "direction": event.area_direction,
        "cumulative": event.cumulative,
        "start": days.start.isoformat() if days and days.start else None,
        "end": days.end.isoformat() if days and days.end else None,
    }
