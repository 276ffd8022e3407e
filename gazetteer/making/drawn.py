"""Join Natural Earth's first-level units to the units of GeoNames by names and by towns.

No code can be trusted alone: ISO 3166-2 was renumbered (Iran 2020, Morocco 2015, Uganda), gn_id
of some features names the neighbour (Guyana, Ecuador), and some outlines are those of units that
were since divided or merged (Congo, Viet Nam, Norway). Whether an outline is a unit's is decided
by the towns that lie in it; whether its names are, by the names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from gazetteer.making.drawing import ALIKE, COMPLETE, COVERED, likeness
from gazetteer.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.making.drawing import Drawing, Fit
    from gazetteer.making.units import Unit

_STRADDLED = 0.2  # share of a unit's towns in outlines that were divided: it is no sum of them


def join_features(drawing: Drawing) -> None:
    """Give each unit its outline's features (``numbers``), its names and its label point."""
    pairs = [
        (number, unit, drawing.fit(number, unit))
        for number, candidates in enumerate(_candidates(drawing))
        for unit in candidates
    ]
    _give_names(drawing, pairs)
    _give_parts(drawing, _give_outlines(drawing, pairs))


def _candidates(drawing: Drawing) -> Iterator[list[Unit]]:
    units = list(drawing.units.values())
    by_id = {unit.geonameid: unit for unit in units if unit.geonameid}
    by_code = {unit.code: unit for unit in units if unit.code}
    by_iso = {unit.iso: unit for unit in units if unit.iso}
    by_name: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.level <= 2:
            for name in {fold(name) for name in (unit.name, *unit.aliases)}:
                by_name[unit.country, name].append(unit)
    for number, feature in enumerate(drawing.features):
        known = feature["properties"]
        found = [
            by_id.get(str(known["gn_id"])),
            by_code.get(known["gn_a1_code"] or ""),
            by_iso.get(known["iso_3166_2"]),
        ]
        for name in (known["name"], known["name_en"]):
            namesakes = by_name[known["iso_a2"], fold(name or "")]
            found += namesakes if len(namesakes) == 1 else []
        found.append(drawing.main_unit(number))
        yield list({unit.row: unit for unit in found if unit is not None}.values())


def _give_names(drawing: Drawing, pairs: list[tuple[int, Unit, Fit]]) -> None:
    """Name units by the feature whose own name is most like theirs."""
    everything = [feature["properties"] for feature in drawing.features]
    shared = Counter((known["iso_a2"], known["name_en"]) for known in everything)
    best: dict[int, tuple[float, float, int]] = {}
    for number, unit, fit in pairs:
        known = drawing.features[number]["properties"]
        agreed = fit.has_id and fit.has_iso
        own = filter(None, (known["name_en"], known["name"]))
        alike = likeness(own, (unit.name, *unit.aliases))
        if shared[known["iso_a2"], known["name_en"]] > 1:  # of the province that was divided
            alike = likeness([known["name_en"] or ""], (unit.name, *unit.aliases))
            agreed = False
        if agreed or alike >= ALIKE:
            rank = (fit.score, alike, -number)
            best[unit.row] = max(best.get(unit.row, rank), rank)
    for row, (_, _, negative) in best.items():
        drawing.units[row].named = drawing.features[-negative]["properties"]


def _give_outlines(drawing: Drawing, pairs: list[tuple[int, Unit, Fit]]) -> dict[int, Unit]:
    """Give each feature to the unit that it fits best; return the owners by number."""
    best: dict[int, tuple[float, bool, int, int, Unit]] = {}
    for number, unit, fit in pairs:
        if fit.is_good and not drawing.is_contradicted(number, unit):
            rank = (round(fit.score, 3), bool(unit.geonameid), -unit.level, -unit.row, unit)
            best[number] = max(best.get(number, rank), rank, key=lambda rank: rank[:4])
    given: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for number, (score, *_, unit) in best.items():
        given[unit.row].append((score, -number))
    for row, found in given.items():
        first, *others = [-negative for _, negative in sorted(found, reverse=True)]
        numbers = [first, *(n for n in others if drawing.may_be_further(n, drawing.units[row]))]
        drawing.units[row].numbers = numbers
        known = drawing.features[numbers[0]]["properties"]
        if known["latitude"]:
            drawing.units[row].label = (known["longitude"], known["latitude"])
    return {number: unit for number, (*_, unit) in best.items() if number in unit.numbers}


def _give_parts(drawing: Drawing, owners: dict[int, Unit]) -> None:
    """Complete units that were merged from several features, unless too little is found."""
    firsts = {unit.code: unit for unit in drawing.units.values() if unit.level == 1 and unit.code}
    parts: dict[int, list[int]] = defaultdict(list)
    for number in range(len(drawing.features)):
        owner = owners.get(number)
        above = firsts.get(owner.code.rpartition(".")[0]) if owner else None
        unit = above or drawing.unit_around(number)
        if unit is not None and (owner is None or not owner.geonameid or owner.level > 1):
            parts[unit.row].append(number)
    for row, numbers in parts.items():
        unit = drawing.units[row]
        is_sum = not unit.numbers
        if drawing.covered(unit.numbers, unit) < COMPLETE:
            unit.numbers, unit.label = [*unit.numbers, *numbers], None
            covered = drawing.covered(unit.numbers, unit)
            if covered < COVERED or (is_sum and drawing.straddled(unit) > _STRADDLED):
                unit.numbers = []
