"""Each format is read from a small file of its real form; bad lines are reported by number."""

import json
import zipfile
from pathlib import Path

import pytest

from gazetteer.errors import SourceError
from gazetteer.overlay import list_sources
from gazetteer.sources.importing import READERS, add_file, get_reader

SHARED = Path(__file__).parents[3] / "shared" / "data" / "geonames-postal-UA.txt"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("CONFLICT_MAP_DATA", str(tmp_path / "sources"))


def read(kind, path, **options):
    skipped = []
    records = get_reader(kind).read_places(
        path, name="mine", skip=lambda line, reason: skipped.append((line, reason)), options=options
    )
    return list(records), skipped


def brief(record):
    place = record.place
    where = None if place.lon is None else (round(place.lon, 3), round(place.lat, 3))
    return (place.id, place.name, place.feature_code, where)


GEONAMES = """\
692554\tStepne\tStepne\tStepnoye,Степне,STP\t47.79742\t35.30638\tP\tPPL\tUA\t\t26\t2306\t\t\t0\t\t\tZ\t
687699\tZaporizka oblast\tZaporizka\t\t47.5\t35.5\tA\tADM1\tUA\t\t26\t\t\t\t1666515\t\t\tZ\t
broken line
709287\tDnipro\tDnipro\tDnepr\t95.0\t32.3\tH\tSTM\tUA\t\t00\t\t\t\t0\t\t0\tEurope/Kyiv\t2021
"""
NAMES = """\
1\t692554\tuk\tСтепне\t1\t\t\t
2\t692554\tru\tСтепное\t\t\t\t
3\t692554\tlink\thttps://example.org\t\t\t\t
4\t692554\t\tStepnoe Staroye\t\t\t\t1\t\t
"""


def test_geonames_dump_as_text(tmp_path):
    path = tmp_path / "UA.txt"
    path.write_text(GEONAMES, encoding="utf-8")
    records, skipped = read("geonames", path)
    assert [brief(record) for record in records] == [
        ("gn:692554", "Stepne", "PPL", (35.306, 47.797)),
        ("gn:687699", "Zaporizka oblast", "ADM1", (35.5, 47.5)),
    ]
    assert [line for line, _ in skipped] == [3, 4]
    assert records[0].place.admin.admin2 == "2306"
    assert records[0].place.population is None
    assert [name.name for name in records[0].names][1:] == ["Stepne", "Stepnoye", "Степне"]


def test_geonames_dump_as_zip_with_names_by_language(tmp_path):
    names, path = tmp_path / "names.txt", tmp_path / "UA.zip"
    names.write_text(NAMES, encoding="utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "x" * 10_000)
        archive.writestr("UA.txt", GEONAMES)
    records, _ = read("geonames", path, names=str(names), classes="P")
    (stepne,) = records
    told = {(name.name, name.language, name.kind) for name in stepne.names}
    assert {("Степное", "ru", "alternate"), ("Степне", "uk", "official")} <= told
    assert ("Stepnoe Staroye", None, "historic") in told


POSTAL = """\
UA\t70400\tСтепне\tZaporizka\t26\tZaporizkyi\t\t\t\t47.7974\t35.3064\t4
UA\t70401\tСтепне\tZaporizka\t26\tZaporizkyi\t\t\t\t47.7984\t35.3064\t4
UA\t70402\tСтепне\tZaporizka\t26\tMelitopolskyi\t\t\t\t46.9\t35.3\t4
UA\t70403\tБалабине\tZaporizka\t26\tZaporizkyi\t\t\t\t47.7\t35.1\t1
UA\t70404\tКушугум\tZaporizka\t26\tZaporizkyi\t\t\t\tnorth\t35.2\t4
UA\t08000\tБородянка\tKyivska\t12\tBorodianskyi\t\t\t\t50.64\t29.92\t4
"""


def test_postal_codes_give_each_town_once_and_no_estimates(tmp_path):
    path = tmp_path / "UA.txt"
    path.write_text(POSTAL, encoding="utf-8")
    records, skipped = read("postal", path)
    assert [(record.place.name, record.place.lat) for record in records] == [
        ("Степне", 47.7974),
        ("Степне", 46.9),
        ("Бородянка", 50.64),
    ]
    assert [line for line, _ in skipped] == [5]


def test_postal_codes_of_kyiv_oblast_stand_under_the_code_of_geonames(tmp_path):
    path = tmp_path / "UA.txt"
    path.write_text(POSTAL, encoding="utf-8")
    assert read("postal", path)[0][-1].place.admin.admin1 == "13"


@pytest.mark.skipif(not SHARED.exists(), reason="the real postal file is not here")
def test_the_real_postal_file():
    records, skipped = read("postal", SHARED)
    assert len(records) > 16_000
    assert not skipped


SQUARE = [[[35, 47], [36, 47], [36, 48], [35, 48], [35, 47]]]


def collection(*features):
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": properties, "geometry": geometry}
                for properties, geometry in features
            ],
        }
    )


AREA = {"type": "Polygon", "coordinates": SQUARE}
SPOT = {"type": "Point", "coordinates": [35.3064, 47.7974]}
COD_AB = [
    # properties of old and new files, their id, name, feature code
    (
        {"ADM2_EN": "Zaporizkyi", "ADM2_UA": "Запорізький", "ADM2_PCODE": "UA2306",
         "ADM1_PCODE": "UA23", "ADM1_EN": "Zaporizka", "ADM0_PCODE": "UA"},
        ("user:mine:UA2306", "Zaporizkyi", "ADM2"),
    ),
    (
        {"adm1_name": "Kassala", "adm1_name1": None, "adm1_pcode": "SD11", "adm0_pcode": "SD"},
        ("user:mine:SD11", "Kassala", "ADM1"),
    ),
    (
        {"ADM4_EN": "Stepne", "ADM4_PCODE": "UA2306027001", "ADM3_PCODE": "UA2306027"},
        ("user:mine:UA2306027001", "Stepne", "PPL"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("properties", "expected"), COD_AB)
def test_cod_ab_geojson(tmp_path, properties, expected):
    path = tmp_path / "adm.geojson"
    path.write_text(collection((properties, AREA), ({"x": 1}, AREA)), encoding="utf-8")
    (record,), skipped = read("codab", path)
    assert brief(record)[:3] == expected
    assert record.outline
    assert dict(record.place.codes)["pcode"] == expected[0].split(":")[-1]
    assert record.place.radius_km == pytest.approx(67, abs=2)
    assert skipped == [(2, "no P-code or no name")]


@pytest.mark.parametrize("ending", ["gpkg", "shp"])
def test_cod_ab_files_of_gis(tmp_path, ending):
    import geopandas as gpd
    import shapely

    path = tmp_path / f"adm2.{ending}"
    frame = gpd.GeoDataFrame(
        {"ADM2_EN": ["Zaporizkyi"], "ADM2_UA": ["Запорізький"], "ADM2_PCODE": ["UA2306"]},
        geometry=[shapely.box(35, 47, 36, 48)],
        crs=4326,
    ).to_crs(3857)
    frame.to_file(path, encoding="utf-8")
    (record,), _ = read("codab", path)
    assert brief(record)[:3] == ("user:mine:UA2306", "Zaporizkyi", "ADM2")
    assert ("Запорізький", "uk") in {(name.name, name.language) for name in record.names}
    assert abs(record.place.lon - 35.5) < 0.5


def workbook(path, *sheets):
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_cod_ab_workbook_gives_the_deepest_level(tmp_path):
    path = workbook(
        tmp_path / "adm.xlsx",
        ("Read me", [["About"], ["text"]]),
        ("ADM1", [["ADM1_EN", "ADM1_PCODE"], ["Zaporizka", "UA23"]]),
        ("ADM2", [["ADM2_EN", "ADM2_PCODE"], ["Zaporizkyi", "UA2306"], [None, None]]),
    )
    (record,), skipped = read("codab", path)
    assert brief(record) == ("user:mine:UA2306", "Zaporizkyi", "ADM2", None)
    assert [line for line, _ in skipped] == [3]
    assert brief(read("codab", path, sheet="ADM1")[0][0])[0] == "user:mine:UA23"
    with pytest.raises(SourceError, match="no sheet 'ADM9'"):
        read("codab", path, sheet="ADM9")


CODIFIER = [
    [None, None, None, None, None, "ЗАТВЕРДЖЕНО", None],
    ["Перший рівень", "Другий", "Третій", "Четвертий", "Додатковий", "Категорія", "Назва"],
    ["UA23000000000064947", None, None, None, None, "O", "Запорізька"],
    ["UA23000000000064947", "UA23060000000080186", None, None, None, "Р", "Запорізький"],
    ["UA23000000000064947", "UA23060000000080186", "UA23060270000087706", None, None, "H",
     "Степненська"],
    ["UA23000000000064947", "UA23060000000080186", "UA23060270000087706", "UA23060270010047537",
     None, "C", "Степне"],
    ["UA23000000000064947", "UA23060000000080186", "UA23060270000087706", "UA23060270020000000",
     None, "C", None],
]  # fmt: skip


def test_codifier_edition(tmp_path):
    path = workbook(tmp_path / "codifier.xlsx", ("Кодифікатор", CODIFIER))
    records, skipped = read("codifier", path)
    told = [(r.place.feature_code, r.names[1].name, dict(r.place.codes)["pcode"]) for r in records]
    assert told == [
        ("ADM1", "Запорізька область", "UA23"),
        ("ADM2", "Запорізький район", "UA2306"),
        ("ADM3", "Степненська громада", "UA2306027"),
        ("PPL", "Степне", "UA2306027001"),
    ]  # fmt: skip
    assert {record.place.located for record in records} == {"none"}
    assert [line for line, _ in skipped] == [7]


def test_geoboundaries(tmp_path):
    path = tmp_path / "geoBoundaries-UKR-ADM1.geojson"
    properties = {
        "shapeName": "Zaporizhia Oblast", "shapeISO": "UA-23", "shapeID": "74538382B1",
        "shapeGroup": "UKR", "shapeType": "ADM1",
    }  # fmt: skip
    path.write_text(collection((properties, AREA), ({"shapeName": "x"}, AREA)), encoding="utf-8")
    (record,), skipped = read("geoboundaries", path)
    assert brief(record)[:3] == ("user:mine:74538382B1", "Zaporizhia Oblast", "ADM1")
    assert record.place.admin.country == "UA"
    assert record.place.codes == (("iso_3166_2", "UA-23"),)
    assert len(skipped) == 1


OVERPASS = {
    "version": 0.6,
    "elements": [
        {"type": "node", "id": 337, "lat": 47.7974, "lon": 35.3064,
         "tags": {"name": "Степне", "name:en": "Stepne", "name:ru": "Степное", "place": "village",
                  "old_name": "Степок;Старий Степ", "population": "1 200",
                  "katotth": "UA23060270010047537"}},
        {"type": "relation", "id": 71973, "center": {"lat": 47.2, "lon": 35.4},
         "tags": {"name": "Запорізька область", "boundary": "administrative", "admin_level": "4",
                  "ISO3166-2": "UA-23"}},
        {"type": "way", "id": 5, "tags": {"name": "без точки", "place": "village"}},
        {"type": "node", "id": 6, "lat": 1, "lon": 1, "tags": {"place": "village"}},
    ],
}  # fmt: skip


def test_overpass_json(tmp_path):
    path = tmp_path / "overpass.json"
    path.write_text(json.dumps(OVERPASS), encoding="utf-8")
    records, skipped = read("osm", path, country="ua")
    assert [brief(record) for record in records] == [
        ("user:mine:node/337", "Stepne", "PPL", (35.306, 47.797)),
        ("user:mine:relation/71973", "Запорізька область", "ADM1", (35.4, 47.2)),
    ]
    village = records[0]
    assert village.place.population == 1200
    assert village.place.admin.country == "UA"
    assert dict(village.place.codes) == {"katottg": "UA23060270010047537"}
    assert [n.name for n in village.names if n.kind == "historic"] == ["Степок", "Старий Степ"]
    assert [line for line, _ in skipped] == [3, 4]


def test_geojson_made_of_osm(tmp_path):
    path = tmp_path / "osm.geojson"
    tags = {"@id": "relation/71973", "name": "Дніпро", "waterway": "river"}
    line = {"type": "LineString", "coordinates": [[35, 48], [35.1, 47.8]]}
    path.write_text(collection((tags, line)), encoding="utf-8")
    (record,), _ = read("osm", path)
    assert brief(record)[:3] == ("user:mine:relation/71973", "Дніпро", "STM")
    assert record.outline


def test_wikidata_results(tmp_path):
    def row(**values):
        return {key: {"type": "literal", "value": value} for key, value in values.items()}

    item = "http://www.wikidata.org/entity/Q4440513"
    bindings = [
        row(item=item, itemLabel="Stepne", label_uk="Степне", coord="Point(35.3064 47.7974)",
            geonames="692554", population="1200"),
        row(item=item, itemLabel="Stepne", coord="Point(35.4 47.8)"),
        row(item="http://www.wikidata.org/entity/Q5", itemLabel="Q5", coord="Point(1 2)"),
    ]  # fmt: skip
    path = tmp_path / "query.json"
    path.write_text(json.dumps({"results": {"bindings": bindings}}), encoding="utf-8")
    (record,), skipped = read("wikidata", path)
    assert brief(record) == ("gn:692554", "Stepne", "PPL", (35.306, 47.797))
    assert [(name.name, name.language) for name in record.names] == [
        ("Stepne", None),
        ("Степне", "uk"),
    ]
    assert [line for line, _ in skipped] == [3]


TABLE = """\
Name;Latitude;Longitude;kind;names;radius km;geonameid;country
Степне;47,7974;35,3064;village;uk:Степне;;692554;UA
Hill 204;48.1;37.9;site;;1.5;;ua
Southern flank;48.5;37.95;sector;;;;UA
Nowhere;135.1;35.3;village;;;;UA
;48;37;village;;;;UA
Odd;48;37;castle;;;;UA
Lost;north;37;village;;;;UA
"""
TABLE_REASONS = ["beyond 90", "no name", "unknown kind 'castle'", "lat is 'north'"]


@pytest.mark.parametrize(("delimiter", "ending"), [(";", "csv"), ("\t", "tsv")])
def test_users_table(tmp_path, delimiter, ending):
    path = tmp_path / f"my-places.{ending}"
    path.write_text("\ufeff" + TABLE.replace(";", delimiter), encoding="utf-8")
    records, skipped = read("table", path)
    assert [brief(record) for record in records] == [
        ("gn:692554", "Степне", "PPL", (35.306, 47.797)),
        ("user:mine:hill 204.37.900.48.100", "Hill 204", "SITE", (37.9, 48.1)),
        ("user:mine:southern flank.37.950.48.500", "Southern flank", "RGN", (37.95, 48.5)),
    ]  # fmt: skip
    assert [record.place.radius_km for record in records] == [None, 1.5, 25.0]
    assert [line for line, _ in skipped] == [5, 6, 7, 8]
    for (_line, reason), expected in zip(skipped, TABLE_REASONS, strict=True):
        assert expected in reason


def test_users_areas(tmp_path):
    path = tmp_path / "areas.geojson"
    path.write_text(
        collection(({"name": "Southern sector", "kind": "sector"}, AREA), ({"name": "X"}, SPOT)),
        encoding="utf-8",
    )
    (area, spot), _ = read("table", path)
    assert area.outline and not spot.outline
    assert (area.place.feature_code, spot.place.feature_code) == ("RGN", "PPL")


def test_users_workbook(tmp_path):
    path = workbook(tmp_path / "places.xlsx", ("Sheet", [["name", "lat", "lon"], ["A", 48, 37.5]]))
    (record,), _ = read("table", path)
    assert brief(record)[1:] == ("A", "PPL", (37.5, 48.0))


BAD_FILES = [
    ("geonames", "UA.txt", b"name,lat,lon\nA,1,2\n", "is not a GeoNames dump"),
    ("geonames", "UA.zip", b"PK\x03\x04 broken", "is not a GeoNames dump"),
    ("postal", "UA.txt", b"\x00\x01\x02", "is not a GeoNames postal"),
    ("codab", "adm.geojson", b"{", "is no JSON"),
    ("codab", "adm.geojson", b"[]", "no GeoJSON FeatureCollection"),
    ("codab", "adm.gpkg", b"nothing", "cannot be read"),
    ("codab", "adm.xlsx", b"nothing", "no xlsx workbook"),
    ("codifier", "k.xlsx", b"nothing", "no xlsx workbook"),
    ("geoboundaries", "g.geojson", b'{"features": []}', "0 places"),
    ("osm", "o.json", b"<osm/>", "is no JSON"),
    ("wikidata", "w.json", b"{}", "no result of a SPARQL query"),
    ("table", "t.csv", b"a,b\n1,2\n", "must name the columns name, lat and lon"),
    (
        "table",
        "t.csv",
        "name,lat,lon\nÖdenburg,1,2\n".encode("latin-1"),
        "give the option encoding",
    ),
    ("table", "t.csv", b"", "it has nothing"),
]


@pytest.mark.parametrize(("kind", "name", "content", "message"), BAD_FILES)
def test_a_bad_file_changes_nothing_and_says_why(tmp_path, kind, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=message):
        add_file(kind, path)
    assert list_sources() == ()


def test_adding_twice_changes_nothing_more(tmp_path):
    path = tmp_path / "my-places.csv"
    path.write_text("name,lat,lon\nA,48,37\nB,49,36\nC,x,36\n", encoding="utf-8")
    first, second = add_file("table", path), add_file("table", path)
    assert (first.changed, second.changed) == (True, False)
    assert [(s.line, s.reason) for s in first.skipped] == [
        (4, "lat is 'x', not a number of degrees")
    ]
    (source,) = list_sources()
    assert (source.name, source.places, source.wins) == ("table-my-places", 2, True)
    assert "sha256" in source.edition


def test_an_edited_file_takes_the_place_of_the_former(tmp_path):
    path = tmp_path / "my-places.csv"
    for rows in ("A,48,37\nB,49,36\n", "A,48,37\n"):
        path.write_text("name,lat,lon\n" + rows, encoding="utf-8")
        assert add_file("table", path, name="mine").changed
    assert [source.places for source in list_sources()] == [1]


def test_unknown_kind_and_option_name_those_known(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("name,lat,lon\nA,48,37\n", encoding="utf-8")
    with pytest.raises(SourceError, match="known: codab, codifier"):
        add_file("gpx", path)
    with pytest.raises(SourceError, match="knows: country, encoding, layer"):
        add_file("table", path, options={"colour": "red"})
    with pytest.raises(SourceError, match="no such file"):
        add_file("table", tmp_path / "none.csv")


@pytest.mark.parametrize("kind", sorted(READERS))
def test_every_reader_says_what_it_reads_and_under_which_licence(kind):
    reader = get_reader(kind)
    assert reader.TITLE and reader.LICENCE
    assert (kind == "table") == reader.WINS
