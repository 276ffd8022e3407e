"""``conflict-map evaluate``: how well predictions agree with the user's own gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from geo.commands.console import complain
from geo.commands.texts import Country, Quiet, Reader, Record, TextOptions, extract_all
from geo.commands.waiting import opened
from geo.errors import InputError

if TYPE_CHECKING:
    from geo.evaluation import Figure, Finding, Item, Measured

_SHORT = {
    "toponyms": "toponyms, literal",
    "placed": "resolution all literal @kind tolerance",
    "events": "events (kind tolerance)",
    "type": "type, matched",
    "date": "date exact, matched and dated",
    "casualties": "END TO END (place, killed, injured)",
    "areas": "END TO END (place, area, direction, cumulative)",
    "quiet": "items without event left empty",
}


def evaluate(
    gold: Annotated[str, typer.Argument(metavar="GOLD", help="JSONL of gold items; - is stdin.")],
    pred: Annotated[
        str | None,
        typer.Option(help="JSONL of predictions; without it the gold's texts are read now."),
    ] = None,
    by: Annotated[
        str, typer.Option(help="Also by these, with commas: lang, tag, difficulty, source.")
    ] = "",
    errors: Annotated[
        int, typer.Option(min=0, help="List so many of each kind of error.", metavar="N")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    country: Country = None,
    extractor: Reader = None,
    record: Record = None,
    quiet: Quiet = False,
) -> None:
    """Compare what is read with your own gold.

    Measured are recognition, places, events, casualties and areas.
    """
    from geo.evaluation import group_items, measure_item, read_gold, read_predictions

    items = read_gold(gold)
    groups = group_items(items.values(), [name for name in by.split(",") if name])
    if pred is None:
        texts = TextOptions(country=country, extractor=extractor, record=record)
        predicted = _extracted(gold, texts, quiet=quiet)
    else:
        predicted = read_predictions(pred)
        _compare_ids(items, predicted)
    measured = {id_: measure_item(item, predicted.get(id_)) for id_, item in items.items()}
    if as_json:
        _print_json(measured, groups, errors)
    else:
        print("\n".join(_format(measured, groups, errors)))


def _extracted(gold: str, texts: TextOptions, *, quiet: bool) -> dict[str, Item]:
    from geo.evaluation.records import to_item
    from geo.exporters.scoring import to_scored
    from geo.readers import Reject

    if gold == "-":
        raise InputError("standard input can be read once only; give the gold as a file")
    found = {}
    for item in extract_all([gold], texts, opened(quiet=quiet), quiet=quiet):
        if not isinstance(item, Reject):
            record = to_scored(item.document.id, item.events, item.resolutions)
            found[item.document.id] = to_item(record, gold=False)
    return found


def _compare_ids(gold: dict[str, Item], predicted: dict[str, Item]) -> None:
    unknown, missing = len(predicted.keys() - gold.keys()), len(gold.keys() - predicted.keys())
    if unknown:
        complain(f"{unknown} predictions have ids that are not in the gold; they are left out")
    if missing:
        complain(f"{missing} gold items have no prediction; they count as empty")


def _total(measured: dict[str, Measured], ids: Iterable[str]) -> dict[str, Figure]:
    from geo.evaluation import add_figures

    return add_figures(measured[id_].figures for id_ in ids)


def _format(
    measured: dict[str, Measured], groups: dict[str, list[str]], errors: int
) -> Iterator[str]:
    yield f"== TOTAL ({len(measured)} items)"
    for name, figure in _total(measured, measured).items():
        yield f"  {name:<56} {_in_full(figure)}"
    if groups:
        yield ""
        yield f"{'group':<24}{'items':>6}" + "".join(f"{name:>11}" for name in _SHORT)
    for name, ids in groups.items():
        figures = _total(measured, ids)
        cells = (_in_short(figures[figure]) for figure in _SHORT.values())
        yield f"{name:<24.24}{len(ids):>6}" + "".join(f"{cell:>11}" for cell in cells)
    for (how, what), findings in _sorted(measured.values(), errors).items():
        yield ""
        yield f"== {what}, {how} ({len(findings)})"
        for finding in findings[:errors]:
            yield f"  {finding.item} | {finding.detail} | {finding.quote}"


def _in_full(figure: Figure) -> str:
    from geo.evaluation import Match

    if isinstance(figure, Match):
        return (
            f"P {figure.precision:.3f}  R {figure.recall:.3f}  F1 {figure.f1:.3f}  "
            f"({figure.found} of {figure.predicted} predicted, {figure.gold} gold)"
        )
    return f"{_in_short(figure):>5}  (n={figure.of})"


def _in_short(figure: Figure) -> str:
    from geo.evaluation import Match

    share = figure.f1 if isinstance(figure, Match) else figure.share
    return "-" if share is None else f"{share:.3f}"


def _sorted(measured: Iterable[Measured], errors: int) -> dict[tuple[str, str], Sequence[Finding]]:
    found: dict[tuple[str, str], list[Finding]] = {}
    for one in measured if errors else ():
        for finding in one.findings:
            found.setdefault((finding.how, finding.what), []).append(finding)
    return dict(sorted(found.items(), key=lambda entry: (entry[0][1], entry[0][0])))


def _print_json(measured: dict[str, Measured], groups: dict[str, list[str]], errors: int) -> None:
    import orjson

    from geo.evaluation.figures import to_json

    report: dict[str, object] = {
        name: {key: to_json(figure) for key, figure in _total(measured, ids).items()}
        for name, ids in {"TOTAL": list(measured), **groups}.items()
    }
    if errors:
        report["errors"] = [
            finding._asdict()
            for findings in _sorted(measured.values(), errors).values()
            for finding in findings[:errors]
        ]
    print(orjson.dumps(report, option=orjson.OPT_INDENT_2).decode())
