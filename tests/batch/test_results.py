"""Results: selected before they are read, mapped, converted, opened as a Dask frame."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from geo.batch.errors import BatchError
from geo.batch.manifest import read_manifest, write_manifest
from geo.batch.results import is_batch, open_dask, open_result, read_result, types_of
from geo.batch.selection import Selection
from geo.batch.storage import open_store
from geo.cli import make_app
from geo.errors import InputError
from geo.frame import to_geodataframe
from geo.pipeline import extract
from geo.reading import read_jsonl
from tests.batch.conftest import contents

UKRAINE = (22.0, 44.0, 40.5, 52.5)
SELECTIONS = {
    "all": Selection(),
    "since": Selection(since=date(2024, 1, 1)),
    "until": Selection(until=date(2023, 12, 31)),
    "a year": Selection(since=date(2023, 1, 1), until=date(2023, 12, 31)),
    "box": Selection(bbox=UKRAINE),
    "across the 180th meridian": Selection(bbox=(100.0, -60.0, 31.0, 75.0)),
    "type": Selection(types=("battles", "Attack")),
    "confidence": Selection(confidence=0.95),
    "all at once": Selection(since=date(2022, 1, 1), bbox=UKRAINE, confidence=0.5,
                             types=("Explosions/Remote violence",)),
}  # fmt: skip


def test_a_result_is_the_frame_of_its_documents(corpus: Path, whole: Path) -> None:
    from gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    events = [e for d in read_jsonl(corpus).documents for e in extract(d, gazetteer).events]
    expected = to_geodataframe(events, gazetteer=gazetteer)
    frame = read_result(whole)
    assert frame.crs == expected.crs
    assert frame.dtypes.to_dict() == expected.dtypes.to_dict()
    assert frame.drop(columns="geometry").equals(expected.drop(columns="geometry"))
    assert frame.geometry.geom_equals_exact(expected.geometry, 0).sum() == (
        expected.geometry.notna().sum()
    )


@pytest.mark.parametrize("name", SELECTIONS)
def test_a_selection_is_pushed_down(name: str, whole: Path) -> None:
    selection = SELECTIONS[name]
    everything = read_result(whole)
    expected = everything[selection.mask(everything)]["event_id"].tolist()
    assert read_result(whole, selection)["event_id"].tolist() == expected
    if name == "all":
        assert len(expected) == len(everything)
    else:
        assert 0 < len(expected) < len(everything)


def test_what_is_unknown_is_not_selected(whole: Path) -> None:
    everything = read_result(whole)
    undated = everything["date_start"].isna() & everything["date_end"].isna()
    assert undated.any()
    assert not Selection(since=date(1, 1, 1)).mask(everything)[undated].any()
    unplaced = everything["longitude"].isna()
    assert not Selection(bbox=(-180, -90, 180, 90)).mask(everything)[unplaced].any()


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": date(2024, 1, 2), "until": date(2024, 1, 1)},
        {"bbox": (0.0, 10.0, 5.0, 5.0)},
        {"bbox": (0.0, 0.0, 500.0, 5.0)},
        {"confidence": 2.0},
    ],
)
def test_impossible_selections_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        Selection(**wrong)  # type: ignore[arg-type]


def test_results_say_what_they_hold(whole: Path, tmp_path: Path) -> None:
    assert is_batch(whole)
    assert not is_batch(tmp_path)
    assert "Battles" in types_of(whole)
    with pytest.raises(BatchError, match="not reconciled"):
        open_result(whole, reconciled=True)
    with pytest.raises(BatchError, match="no result"):
        open_result(tmp_path)
    store = open_store(tmp_path)
    write_manifest(store, {**(read_manifest(open_store(whole)) or {}), "complete": False})
    with pytest.raises(BatchError, match="not complete"):
        open_result(tmp_path)


def test_a_result_of_an_older_version_lacks_columns(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "manifest.json").write_bytes((whole / "manifest.json").read_bytes())
    for path in (whole / "events").iterdir():
        table = pq.read_table(path).drop_columns(["claimed_by", "geo_margin"])
        pq.write_table(table, tmp_path / "events" / path.name)
    frame = read_result(tmp_path)
    assert frame["event_id"].tolist() == read_result(whole)["event_id"].tolist()
    assert frame["claimed_by"].isna().all()


@pytest.mark.filterwarnings("ignore")
def test_a_result_opens_as_a_dask_frame(whole: Path) -> None:
    pytest.importorskip("dask_geopandas")
    frame = open_dask(whole)
    assert frame.npartitions == 10
    everything = read_result(whole)
    assert frame["event_id"].compute().tolist() == everything["event_id"].tolist()
    located = frame[frame["longitude"].notnull()]
    shuffled = located.spatial_shuffle(npartitions=2).compute()
    assert sorted(shuffled["event_id"]) == sorted(
        everything[everything["longitude"].notna()]["event_id"]
    )


def test_a_result_is_converted_and_mapped(whole: Path, tmp_path: Path) -> None:
    box = ",".join(map(str, UKRAINE))
    events = tmp_path / "events.geojson"
    ran = CliRunner().invoke(
        make_app(),
        ["convert", str(whole), "-o", str(events), f"--bbox={box}", "--since", "2023-01-01"],
    )
    assert ran.exit_code == 0, ran.output
    selection = Selection(bbox=UKRAINE, since=date(2023, 1, 1))
    expected = read_result(whole, selection)["event_id"].tolist()
    features = json.loads(events.read_bytes())["features"]
    assert [feature["id"] for feature in features] == expected
    ran = CliRunner().invoke(
        make_app(),
        ["map", str(whole), "-o", str(tmp_path / "map"), "--type", "battles", "--quiet",
         "--format", "geojson"],
    )  # fmt: skip
    assert ran.exit_code == 0, ran.output
    (page,) = (tmp_path / "map").glob("*.html")
    battles = read_result(whole, Selection(types=("Battles",)))
    assert battles["event_id"].iloc[0] in page.read_text(encoding="utf-8")


def test_the_commands_run_a_batch_to_its_end(corpus: Path, whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = CliRunner().invoke(
        make_app(),
        ["batch", str(corpus), "-o", str(out), "--part-documents", "4", "--workers", "1"],
    )
    assert ran.exit_code == 0, ran.output
    assert "40 documents" in ran.output
    assert contents(out) == contents(whole)
    ran = CliRunner().invoke(make_app(), ["reconcile", str(out), "--workers", "1"])
    assert ran.exit_code == 0, ran.output
    assert len(read_result(out)) <= len(read_result(out, reconciled=False))
    assert (out / "reconciled" / "manifest.json").is_file()
