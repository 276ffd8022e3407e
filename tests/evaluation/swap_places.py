"""Put other places into gold items, and measure what that costs.

Run ``python -m tests.evaluation.swap_places GOLD.jsonl``. Every town, village and region of an
item is replaced by another of the same kind, country and inflection (a town stays in its region
unless the region itself is swapped, then it moves along); countries, seas and the seats of
governments that speak stay, for the sentence is about them. Items in which some town, village or
region has no fit are left out. The same items are read as they were and as they are now. A rare
figure (areas) hangs on few items: ``--draws 5`` swaps five times and measures all together.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from gazetteer import Gazetteer, open_gazetteer
from geo.evaluation import add_figures, measure_item
from geo.evaluation.records import to_item
from geo.exporters.scoring import to_scored
from geo.models import Document
from geo.pipeline import extract
from tests.evaluation.donors import Donor, Donors, choose, inflect, nominative
from tests.fits.gold import read_items

Json = dict[str, Any]
SWAPPED = ("city", "village", "admin1")
SHOWN = (
    "toponyms, literal",
    "toponyms, all",
    "literal flag",
    "resolution all literal @kind tolerance",
    "events (kind tolerance)",
    "type, matched",
    "END TO END (place, killed, injured)",
    "END TO END (place, area, direction, cumulative)",
)


@dataclass(slots=True)
class Swap:
    """Hold the choices made for one item: each place's donor by the place's identifier."""

    item: Json
    gazetteer: Gazetteer
    donors: Donors
    random: Random
    chosen: dict[str, Donor] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)

    def run(self) -> Json | None:
        """Return the item with all its places swapped, or ``None`` where one has no fit."""
        surfaces: dict[int, str] = {}
        numbers = self._swappable()
        for number in sorted(numbers, key=lambda n: self.item["toponyms"][n]["kind"] != "admin1"):
            surface = self._surface(number)
            if surface is None:
                return None
            surfaces[number] = surface
        return self._rewritten(surfaces) if surfaces else None

    def _swappable(self) -> list[int]:
        return [
            number
            for number, toponym in enumerate(self.item["toponyms"])
            if toponym["kind"] in SWAPPED and toponym["literal"]
        ] + [
            number
            for number, toponym in enumerate(self.item["toponyms"])
            if toponym["kind"] in SWAPPED
            and not toponym["literal"]
            and any(t["literal"] and t["name"] == toponym["name"] for t in self.item["toponyms"])
        ]

    def _surface(self, number: int) -> str | None:
        toponym = self.item["toponyms"][number]
        found = nominative(
            toponym["surface"],
            self.item["lang"],
            toponym["lon"],
            toponym["lat"],
            self.gazetteer,
        )
        if found is None or not found[1].admin.country:
            return None
        pattern, place = found
        key = f"{toponym['kind']}:{toponym['name']}"
        if key in self.chosen:
            return inflect(self.chosen[key].name, pattern, toponym["surface"])
        region = self.regions.get(place.admin.admin1 or "", place.admin.admin1)
        taken = {donor.place.id for donor in self.chosen.values()} | {place.id}
        offered = self.donors.of(self.item["lang"], place.admin.country, toponym["kind"])
        fitting = [d for d in offered if _fits(d, toponym["kind"], region)]
        for donor in choose(fitting, self.random, taken):
            surface = inflect(donor.name, pattern, toponym["surface"])
            if surface is not None and donor.name not in self.item["text"]:
                self.chosen[key] = donor
                if toponym["kind"] == "admin1" and place.admin.admin1:
                    self.regions[place.admin.admin1] = donor.place.admin.admin1 or ""
                return surface
        return None

    def _rewritten(self, surfaces: dict[int, str]) -> Json:
        text, pieces, position, moves = self.item["text"], [], 0, []
        toponyms = [dict(toponym) for toponym in self.item["toponyms"]]
        for number in sorted(range(len(toponyms)), key=lambda n: toponyms[n]["start"]):
            toponym = toponyms[number]
            surface = surfaces.get(number, toponym["surface"])
            pieces += [text[position : toponym["start"]], surface]
            position = toponym["end"]
            moves.append((toponym["end"], len(surface) - len(toponym["surface"])))
            start = sum(map(len, pieces)) - len(surface)
            toponym |= {"start": start, "end": start + len(surface), "surface": surface}
            if number in surfaces:
                place = self.chosen[f"{toponym['kind']}:{toponym['name']}"].place
                toponym |= {"lon": place.lon, "lat": place.lat, "geonameid": place.geonameid}
                toponym["name"] = place.name
        events = [
            {**event, "evidence": [_moved(offset, moves) for offset in event["evidence"]]}
            for event in self.item["events"]
        ]
        written = "".join([*pieces, text[position:]])
        return {**self.item, "text": written, "toponyms": toponyms, "events": events}


def _fits(donor: Donor, kind: str, region: str | None) -> bool:
    """Tell whether a donor lies in the region, or for a region whether it is another one."""
    own = donor.place.admin.admin1
    return own != region if kind == "admin1" else own == region


def _moved(offset: int, moves: Sequence[tuple[int, int]]) -> int:
    return offset + sum(change for end, change in moves if end <= offset)


def figures(items: Sequence[Json], gazetteer: Gazetteer) -> dict[str, float | None]:
    """Read the items and return the figures shown."""
    measured = []
    for item in items:
        document = Document(
            id=item["id"],
            text=item["text"],
            language=item["lang"],
            published=date.fromisoformat(item["published"]),
        )
        read = extract(document, gazetteer)
        record = to_scored(item["id"], read.events, read.resolutions)
        measured.append(measure_item(to_item(item, gold=True), to_item(record, gold=False)).figures)
    total = add_figures(measured)
    return {
        name: getattr(total[name], "f1", None) or getattr(total[name], "share", None)
        for name in SHOWN
    }


def swapped_pairs(
    items: Sequence[Json], gazetteer: Gazetteer, seed: int
) -> Iterator[tuple[Json, Json]]:
    """Yield the items that could be swapped, as they were and as they are now."""
    donors = Donors(gazetteer)
    for item in items:
        swap = Swap(item, gazetteer, donors, Random(f"{seed}:{item['id']}"))
        swapped = swap.run()
        if swapped is not None:
            yield item, swapped


def main() -> None:
    """Swap, measure both, print the difference, and on request write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--draws", type=int, default=1, help="swap so often, and measure all")
    parser.add_argument("--out", type=Path, help="folder for before.jsonl and after.jsonl")
    options = parser.parse_args()
    if options.out and options.draws > 1:
        parser.error("--out writes one draw; leave out --draws")
    gazetteer = open_gazetteer()
    items = read_items(options.gold)
    pairs = [
        pair
        for draw in range(options.draws)
        for pair in swapped_pairs(items, gazetteer, options.seed + draw)
    ]
    counts = sum(
        one["surface"] != other["surface"]
        for item, swapped in pairs
        for one, other in zip(item["toponyms"], swapped["toponyms"], strict=True)
    )
    print(f"{len(pairs)} items, {counts} names swapped")
    before = figures([item for item, _ in pairs], gazetteer)
    after = figures([swapped for _, swapped in pairs], gazetteer)
    for name in SHOWN:
        one, other = before[name], after[name]
        if one is not None and other is not None:
            print(f"  {name:<50} {one:.3f} -> {other:.3f}  {other - one:+.3f}")
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        for name, number in (("before", 0), ("after", 1)):
            lines = [json.dumps(pair[number], ensure_ascii=False) for pair in pairs]
            (options.out / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
