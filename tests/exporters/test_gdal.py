"""What other programs make of the files: GDAL's own ogrinfo, and a GeoJSON validator."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from geo.exporters import FORMATS, PublicationRules, write_events
from tests.events_factory import Units, make_events

OGRINFO = shutil.which("ogrinfo")
EXACT = PublicationRules(exact=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gdal")
    write_events(make_events(), folder, "ev", formats=list(FORMATS), rules=EXACT, gazetteer=Units())
    return folder


def ogrinfo(path, *options):
    ran = subprocess.run(
        [OGRINFO, "-al", *options, path], capture_output=True, text=True, check=True
    )
    return ran.stdout + ran.stderr


# Of eight events three are points, three areas, two have no place.
LAYERS = {
    "geojson": ([("ev", "Unknown (any)", 8)], {"date_start": "Date", "killed_best": "Integer"}),
    "gpkg": (
        [("events_point", "Point", 3), ("events_area", "Unknown (any)", 3),
         ("events_unlocated", "None", 2), ("layer_styles", "None", 2)],
        {"date_start": "Date", "killed_best": "Integer64", "geo_obfuscated": "Integer(Boolean)"},
    ),
    "fgb": (
        [("events", "Unknown (any)", 8)], {"date_start": "DateTime", "killed_best": "Integer64"}
    ),
    "kml": ([("events", "Unknown (any)", 8)], {"begin": "DateTime", "killed_best": "Integer"}),
    "csv": ([("ev", "None", 8)], {"date_start": "String"}),
    "xlsx": ([("events", "None", 8)], {"longitude": "Real", "killed_best": "Integer"}),
}  # fmt: skip


@pytest.mark.skipif(OGRINFO is None, reason="no ogrinfo here")
@pytest.mark.parametrize("name", LAYERS)
def test_ogrinfo_reads_layers_types_and_system(folder, name):
    layers, types = LAYERS[name]
    said = ogrinfo(folder / f"ev{FORMATS[name].ending}", "-so")
    assert not re.search(r"^(ERROR|Warning)", said, re.MULTILINE)
    found = re.findall(r"Layer name: (\S+).*?Geometry: (.+?)\nFeature Count: (\d+)", said, re.S)
    assert [(n, g, int(c)) for n, g, c in found][: len(layers)] == layers
    fields = dict(re.findall(r"^(\w+): ([\w()]+) \([\d.]+\)", said, re.MULTILINE))
    assert {field: fields[field] for field in types} == types
    located = [name for name, kind, _ in layers if kind != "None"]
    assert said.count('ID["EPSG",4326]') == len(located)


@pytest.mark.skipif(OGRINFO is None, reason="no ogrinfo here")
@pytest.mark.parametrize("name", ["geojson", "gpkg", "fgb", "kml"])
def test_ogrinfo_reads_geometries_time_and_flags(folder, name):
    said = ogrinfo(folder / f"ev{FORMATS[name].ending}")
    shapes = re.findall(r"^  (POINT|POLYGON|MULTIPOLYGON) \(", said, re.MULTILINE)
    assert sorted(shapes) == ["POINT"] * 3 + ["POLYGON"] * 3
    assert "Warning" not in said
    day = r"(begin|date_start) \(Date(Time)?\) = 2023/08/14"
    assert len(re.findall(day, said)) == 2
    counted = re.findall(r"counts_in_total \(Integer\S*\) = (\d)", said)
    assert sorted(counted) == ["0"] + ["1"] * 7


def test_geojson_validator_finds_nothing(folder):
    geojson_validator = pytest.importorskip("geojson_validator")
    content = json.loads((folder / "ev.geojson").read_text(encoding="utf-8"))
    assert geojson_validator.validate_structure(content) == {}
    placed = [f for f in content["features"] if f["geometry"]]  # null is allowed, not known to it
    found = geojson_validator.validate_geometries(content | {"features": placed})
    assert (found["invalid"], found["problematic"]) == ({}, {})
