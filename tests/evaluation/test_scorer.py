"""Our figures are those of the scorer that the gold set came with."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from geo.evaluation import add_figures, measure_item, read_gold, read_predictions
from geo.evaluation.figures import to_json
from tests.fits.gold import read_items

ROOT = Path(__file__).parents[2]
DEV = ROOT / "tests" / "data" / "dev.jsonl.gz"
SCORER = ROOT.parent / "shared" / "eval" / "score.py"
Json = Any


def spoiled(item: Json, chance: random.Random) -> Json:
    """Drop, move and change what is in a gold item, as a poor reader would."""
    toponyms = [dict(t) for t in item["toponyms"] if chance.random() < 0.9]
    for toponym in toponyms:
        if chance.random() < 0.3:
            toponym["start"] = max(0, toponym["start"] - 6)
        if chance.random() < 0.2:
            toponym["lat"] += chance.choice([0.1, 0.4, 2.0, 8.0])
        if chance.random() < 0.1:
            toponym["lat"] = toponym["lon"] = None
        if chance.random() < 0.2:
            toponym["literal"] = not toponym["literal"]
        if chance.random() < 0.2:
            del toponym["literal"]
    events = []
    for event in item["events"]:
        place = None if event["place"] is None else item["toponyms"][event["place"]]
        events.append(
            event | {"lat": place and place["lat"], "lon": place and place["lon"], "place": None}
        )
    events += [dict(event) for event in events if chance.random() < 0.2]
    events = [event for event in events if chance.random() < 0.9]
    for event in events:
        if chance.random() < 0.5:
            key = chance.choice(["killed", "injured", "area_km2", "lat", "date_start", "date_end"])
            event[key] = chance.choice([None, event[key], 5 if "date" not in key else "2024-02-30"])
        if chance.random() < 0.3:
            event["type"], event["cumulative"] = "other", not event["cumulative"]
        if chance.random() < 0.2:
            event["evidence"] = chance.choice([None, [0, 1], [0, len(item["text"])]])
    return {"id": item["id"], "toponyms": toponyms, "events": events}


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer lies beside the repository")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_equal_the_scorers(tmp_path, seed):
    items, chance = read_items(DEV), random.Random(seed)
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "pred.jsonl"
    kept = [spoiled(item, chance) for item in items if chance.random() < 0.95]
    gold.write_text("\n".join(map(json.dumps, items)), encoding="utf-8")
    predicted.write_text("\n".join(map(json.dumps, kept)), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, SCORER, gold, predicted, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    theirs = json.loads(ran.stdout)
    ours, found = read_gold(gold), read_predictions(predicted)
    for name, expected in theirs.items():
        chosen = [i for i in ours.values() if name in ("TOTAL", *i.groups["lang"])]
        figures = add_figures(measure_item(i, found.get(i.id)).figures for i in chosen)
        assert {key: to_json(figure) for key, figure in figures.items()} == expected, name


def test_gold_is_a_perfect_prediction_of_itself(tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(map(json.dumps, read_items(DEV))), encoding="utf-8")
    predicted = read_predictions(gold)
    measured = [measure_item(item, predicted[id_]) for id_, item in read_gold(gold).items()]
    figures = add_figures(one.figures for one in measured)
    assert not [finding for one in measured for finding in one.findings]
    for name, figure in figures.items():
        assert set(to_json(figure).values()) - {to_json(figure).get("n")} >= {1.0}, name
