"""Tables as people keep them: every oddity is handled, or said with its row."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import InputError, UnknownFormatError
from geo.readers.table import read_table
from geo.readers.table_cells import read_count, read_degrees, read_number, read_pair
from geo.readers.table_days import read_day
from geo.readers.table_profiles import load_profiles, map_columns, recognise
from geo.schema import NAMES

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"


def read(tmp_path, text, name="t.csv", encoding="utf-8", **options):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return read_table(path, **options)


def values(table, column):
    return [None if pd.isna(v) else v for v in table.frame[column]]


def said(table):
    return [str(problem) for problem in table.problems]


def test_quotation_marks_that_cost_no_row_may_stay(tmp_path):
    text = 'place,killed,note\nKyiv,3,a 12" gun\nOdesa,4,"two\nlines, ""closed"""\nLviv,5,"x"y\n'
    table = read(tmp_path, text)
    assert values(table, "place_text") == ["Kyiv", "Odesa", "Lviv"]
    assert values(table, "killed_best") == [3, 4, 5]
    assert not any("more cells" in problem for problem in said(table))


def test_decimal_commas_and_semicolons(tmp_path):
    table = read(tmp_path, "luogo;lat;lon;morti\nStepne;47,797;35,306;1.234\n")
    assert values(table, "latitude") == [47.797]
    assert values(table, "longitude") == [35.306]
    assert values(table, "killed_best") == [1234]
    assert said(table) == []


FIGURES = [
    ("3", (None, 3, None), None), ("1.234", (None, 1234, None), None),
    ("5-7", (5, None, 7), "read as 5 to 7"),
    ("1 200 – 1 300", (1200, None, 1300), "read as 1200 to 1300"),
    ("5+", (5, None, None), "read as at least 5"), (">= 5", (5, None, None), "read as at least 5"),
    (">5", (6, None, None), "read as at least 6"), ("<10", (None, None, 9), "read as at most 9"),
    ("≤10", (None, None, 10), "read as at most 10"), ("~30", (None, 30, None), "read as about 30"),
    ("ca. 30", (None, 30, None), "read as about 30"), ("3*", (None, 3, None), "read as 3"),
    ("5 (incl. 1 child)", (None, 5, None), "read as 5"),
    ("7-5", (None, None, None), "no whole number of 0 or more; left empty"),
    ("<0", (None, None, None), "no whole number of 0 or more; left empty"),
    ("2.5+", (None, None, None), "no whole number of 0 or more; left empty"),
    ("some", (None, None, None), "no whole number of 0 or more; left empty"),
    ("99999999999999999999", (None, None, None), "more than there are people; left empty"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "bounds", "reason"), FIGURES)
def test_figures_with_bounds_and_marks(tmp_path, cell, bounds, reason):
    table = read(tmp_path, f"place;killed\nLviv;{cell}\n")
    names = ("killed_low", "killed_best", "killed_high")
    found = tuple(values(table, name)[0] if name in table.frame else None for name in names)
    assert found == bounds
    assert [problem.reason for problem in table.problems] == ([reason] if reason else [])
    assert all(problem.lost == problem.reason.endswith("empty") for problem in table.problems)


def test_bounds_of_a_cell_never_replace_those_of_a_column(tmp_path):
    table = read(tmp_path, "place,killed,killed_low\nLviv,5-7,4\nOdesa,3,\n")
    assert values(table, "killed_low") == [4, None]
    assert values(table, "killed_high") == [7, None]


def test_swapped_coordinates_are_turned_round_where_only_that_can_be(tmp_path):
    table = read(
        tmp_path, "place,lat,lon\nTokyo,139.69,35.68\nStepne,35.306,47.797\nX,200,95\nY,5,\n"
    )
    assert values(table, "latitude") == [35.68, 35.306, None, None]
    assert values(table, "longitude") == [139.69, 47.797, None, None]
    assert said(table) == [
        "row 2: longitude, latitude '35.68, 139.69': latitude beyond 90; longitude and latitude "
        "were swapped",
        "row 4: longitude, latitude '95.0, 200.0': no point on earth; left empty",
        "row 5: longitude, latitude '–, 5.0': half a pair of coordinates; left empty",
    ]
    assert [problem.lost for problem in table.problems] == [False, True, True]


def test_no_number_is_larger_than_the_earth_has_room_for(tmp_path):
    table = read(tmp_path, "place,killed_low,area_km2,lat,lon\nLviv,1e300,1e300,1e999,24\n")
    assert said(table) == [
        "row 2: latitude '1e999': no coordinate; left empty",
        "row 2: killed_low '1e300': no whole number of 0 or more; left empty",
        "row 2: area_km2 '1e300': no area on earth in km²; left empty",
        "row 2: longitude, latitude '24.0, –': half a pair of coordinates; left empty",
    ]
    for name in ("killed_low", "area_km2", "latitude", "longitude"):
        assert values(table, name) == [None]


def test_coordinates_in_one_cell(tmp_path):
    cells = ['"47.797, 35.306"', "POINT (35.306 47.797)", "here", ""]
    table = read(tmp_path, "place,coordinates\n" + "".join(f"A,{cell}\n" for cell in cells))
    assert values(table, "longitude") == [35.306, 35.306, None, None]
    assert values(table, "latitude") == [47.797, 47.797, None, None]
    assert said(table) == ["row 4: coordinates 'here': no coordinates; left empty"]


ORDERS = [
    (["13/02/2023", "01/02/2023"], ["2023-02-13", "2023-02-01"], []),
    (["02/13/2023", "01/02/2023"], ["2023-02-13", "2023-01-02"], []),
    (["01/02/2023", "03/04/2023"], ["2023-02-01", "2023-04-03"],
     ["date_start '01/02/2023': no day above 12 tells the order; read day before month"]),
    (["13/02/2023", "02/13/2023", "01/02/2023"], ["2023-02-13", "2023-02-13", "2023-02-01"],
     ["date_start '01/02/2023': both orders occur; read day before month"]),
    (["31.12.2022", "15 August 2023", "45153", "2023-08", "20230815"],
     ["2022-12-31", "2023-08-15", "2023-08-15", "2023-08-01", "2023-08-15"], []),
    (["soon", "2023-02-30"], [None, None],
     ["row 2: date_start 'soon': no day; left empty",
      "row 3: date_start '2023-02-30': no day; left empty"]),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "days", "problems"), ORDERS)
def test_days_in_both_orders(tmp_path, cells, days, problems):
    rows = "\n".join(f"Kherson,{cell}" for cell in cells)
    table = read(tmp_path, f"place,date\n{rows}\n")
    assert values(table, "date_start") == days
    assert said(table) == problems


def test_months_and_years_keep_their_precision(tmp_path):
    table = read(tmp_path, "place,date\nKherson,2023-02\nKherson,2023\nKherson,\n")
    assert values(table, "date_end") == ["2023-02-28", "2023-12-31", None]
    assert values(table, "date_precision") == [4, 5, None]


ENCODINGS = [
    ("utf-8", []), ("utf-8-sig", []), ("utf-16", ["UTF-16"]),
    ("cp1251", ["2 of 4 lines are not UTF-8, read as cp1251"]),
]  # fmt: skip


@pytest.mark.parametrize(("encoding", "notes"), ENCODINGS)
def test_encodings(tmp_path, encoding, notes):
    table = read(tmp_path, "place,killed\nХерсон,2\nКиїв,0\n", encoding=encoding)
    assert values(table, "place_text") == ["Херсон", "Київ"]
    assert said(table) == notes


def test_lines_in_several_encodings(tmp_path):
    lines = [b"place,killed", "Київ,1".encode(), "Херсон,2".encode("cp1251"), b"Lviv,3"]
    table = read(tmp_path, b"\n".join(lines))
    assert values(table, "place_text") == ["Київ", "Херсон", "Lviv"]
    assert said(table) == ["1 of 4 lines are not UTF-8, read as cp1251"]


def test_a_latin_file_is_not_taken_for_cyrillic(tmp_path):
    table = read(tmp_path, "lieu,tués\nOrléans,2\nBéthune,0\n".encode("cp1252"))
    assert values(table, "place_text") == ["Orléans", "Béthune"]
    assert values(table, "killed_best") == [2, 0]


def test_a_polish_file_is_told_from_a_western_one(tmp_path):
    table = read(tmp_path, "miejsce,zabici\nChełm,2\nŁódź-Śródmieście,0\n".encode("cp1250"))
    assert values(table, "place_text") == ["Chełm", "Łódź-Śródmieście"]
    assert values(table, "killed_best") == [2, 0]


def test_an_article_taken_for_a_table_is_refused_in_few_words(tmp_path):
    with pytest.raises(InputError) as caught:
        read(tmp_path, f"{'Nella notte un attacco ' * 40}\n\nUn morto.\n", name="article.txt")
    assert len(str(caught.value)) < 300


def test_headers_with_brackets_and_line_breaks(tmp_path):
    table = read(
        tmp_path, '"Luogo\n(città o paese)",Morti [civili],Data (gg/mm)\nLviv,2,13/02/2023\n'
    )
    assert table.columns == {
        "place_text": "Luogo (città o paese)", "killed_best": "Morti [civili]",
        "date_start": "Data (gg/mm)",
    }  # fmt: skip


WORDED = [
    ("3 stycznia 2023", "2023-01-03"), ("3 de fevereiro de 2023", "2023-02-03"),
    ("3 março 2023", "2023-03-03"), ("Aug 14, 2023", "2023-08-14"), ("14th Aug 23", "2023-08-14"),
    ("14 sierpnia 2023 r", None), ("14. Juli 2023", "2023-07-14"), ("1º agosto 2023", "2023-08-01"),
    ("3 who knows 2023", None), ("1 sep 2023", "2023-09-01"), ("14 серпня 2023", "2023-08-14"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "day"), WORDED)
def test_months_in_words_of_every_language(tmp_path, cell, day):
    assert values(read(tmp_path, f'place,date\nLviv,"{cell}"\n'), "date_start") == [day]


SUMS = [
    ("Lviv,2,Anna\nTOTAL,5,\n", [True, False], 3),
    ("Lviv,2,Anna\nTotale:,5,\n", [True, False], 3),
    (",5,разом\nLviv,2,Anna\n", [False, True], 2),
    ("Lviv,2,Anna\nTotal,5,see note\n", None, None),  # it says something of its own
    ("Total,,\nLviv,2,Anna\n", None, None),
    ("Totalán,5,\n", None, None),  # a town in Spain
]


@pytest.mark.parametrize(("rows", "counted", "row"), SUMS)
def test_rows_that_sum_up_the_others_are_kept_and_not_added(tmp_path, rows, counted, row):
    table = read(tmp_path, f"place,killed,coder\n{rows}")
    assert len(table.frame) == rows.count("\n")
    assert ("counts_in_total" in table.frame) == (counted is not None)
    if counted:
        assert values(table, "counts_in_total") == counted
        (problem,) = table.problems
        assert (problem.row, problem.lost) == (row, False)
        assert problem.reason == "taken for the sum of other rows; kept, and in no total"


def test_rows_above_the_header(tmp_path):
    table = read(tmp_path, "Incidents 2023,,\n,,\nplace,date,killed\nKherson,2023-05-02,3\n")
    assert values(table, "killed_best") == [3]
    assert list(table.frame.index) == [4]
    assert said(table) == ["2 rows above the header left out"]


def test_merged_header_rows_of_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["place", "date", "killed", None, None])
    sheet.append([None, None, "low", "best", "high"])
    sheet.merge_cells("C1:E1")
    sheet.append(["Kherson", pd.Timestamp("2023-05-02"), 1, 2, 3])
    path = tmp_path / "merged.xlsx"
    book.save(path)
    table = read_table(path)
    assert [values(table, f"killed_{b}") for b in ("low", "best", "high")] == [[1], [2], [3]]
    assert values(table, "date_start") == ["2023-05-02"]
    assert values(table, "place_text") == ["Kherson"]


def test_rows_with_too_many_cells_are_kept_and_said(tmp_path):
    table = read(tmp_path, "place,killed\nKherson,1\nKyiv,2,extra\n")
    assert values(table, "killed_best") == [1, 2]
    assert said(table) == ["1 rows have more cells than the header; the first 2 kept"]


def test_counts_that_are_none_are_empty_and_said(tmp_path):
    table = read(tmp_path, "place,killed,injured\nA,dozens,-1\nB,0,2.5\nC,unknown,\n")
    assert values(table, "killed_best") == [None, 0, None]
    assert values(table, "injured_best") == [None, None, None]
    assert [p.row for p in table.problems] == [2, 2, 3]


def test_bounds_out_of_order_are_kept_and_said(tmp_path):
    table = read(tmp_path, "place,low,best,high\nA,0,3,0\nB,1,1,2\n")
    assert [values(table, f"killed_{b}") for b in ("low", "best", "high")] == [
        [0, 1],
        [3, 1],
        [0, 2],
    ]
    assert said(table) == ["row 2: killed '3/0': best > high; kept as it is"]


def test_an_end_before_the_start_is_kept_and_said(tmp_path):
    table = read(tmp_path, "place,start_date,end_date\nA,2023-05-02,2023-05-01\n")
    assert values(table, "date_end") == ["2023-05-01"]
    assert said(table) == ["row 2: date_end '2023-05-01': ends before it starts; kept"]


def test_an_identity_twice_is_kept_and_said(tmp_path):
    table = read(tmp_path, "id,place\n7,A\n8,B\n7,C\n")
    assert values(table, "event_id") == ["7", "8", "7"]
    assert said(table) == ["row 4: event_id '7': stands in row 2 as well; kept"]


def test_formulas_of_our_own_csv_lose_their_mark(tmp_path):
    table = read(tmp_path, "place,notes\nA,'=1+1\nB,'tis\n")
    assert values(table, "sentence") == ["=1+1", "'tis"]


UNREADABLE = [
    ("t.csv", b"", "is empty"),
    ("t.csv", b"place,killed\n", "a header and no row"),
    ("t.csv", b'place,killed\n"Kyiv,3\nOdesa,4\n', "line 2: a quotation mark .* 2 lines"),
    ("t.csv", b'place;killed\nLviv;1\n"Kyiv;3\nX;2\n"Odesa";4\n', "line 3: .* 3 lines"),
    ("t.csv", b"a,b\n1,2\n", "no column of places is known by its name"),
    ("t.csv", b"place\n\x00\x01\x02\x00", "is a binary file"),
    ("t.xlsx", b"no workbook", "is no Excel workbook"),
    ("t.parquet", b"no parquet", "is no Parquet file"),
    ("t.geojson", b"{", "supported file format.; save it anew"),
    ("t.gpkg", b"no package", "cannot be read"),
    ("t.jsonl", b"[1]\nx\n", "no line is a JSON object"),
]


@pytest.mark.parametrize(("name", "content", "message"), UNREADABLE)
def test_unreadable_tables_are_one_sentence(tmp_path, name, content, message):
    with pytest.raises(InputError, match=message):
        read(tmp_path, content, name)


def test_old_workbooks_are_said(tmp_path):
    with pytest.raises(UnknownFormatError, match=r"cannot read '\.xls' tables"):
        read(tmp_path, b"\xd0\xcf\x11\xe0", "t.xls")


ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "actor2,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,notes,"
    "fatalities"
)
ACLED_ROW = (
    "XXX1,02 May 2023,2023,2,Political violence,Battles,Armed clash,A,B,Ukraine,Kherson,,,Kherson,"
    "46.6354,32.6169,2,Somebody,Made up for a test.,3"
)
OLD = (
    "EVENT_ID_CNTY,EVENT_ID_NO_CNTY,EVENT_DATE,YEAR,TIME_PRECISION,EVENT_TYPE,ACTOR1,ACTOR2,"
    "COUNTRY,ADMIN1,LOCATION,LATITUDE,LONGITUDE,GEO_PRECISION,SOURCE,NOTES,FATALITIES"
)
OLD_ROW = "1XXX,1,31/12/2016,2016,1,Battle,A,B,Somalia,Bay,Baidoa,3.11,43.65,1,S,Made up.,2"
HXL = "Où,Tués,Lat,Lon\n#loc + name,# affected+killed,#geo +lac,#geo+lon\nKherson,2,46.6,32.6\n"
VIINA = (
    "viina_version,event_id,report_id,date,asciiname,longitude,latitude,geo_precision,text\n"
    "1,5,6,20230502,Kherson,32.6,46.6,ADM3,Made up\n"
)
TIMEMAP = (
    "id,description,date,time,location,latitude,longitude,type\n"
    "1,Made up,5/13/2023,,Kherson,46.6,32.6,x\n"
)
PROFILES = [
    ("acled", f"{ACLED}\n{ACLED_ROW}\n",
     {"date_start": "2023-05-02", "date_precision": 3, "geo_precision": 3, "killed_best": 3,
      "event_subtype": "Armed clash", "admin1": "Kherson"}),
    ("acled_old", f"{OLD}\n{OLD_ROW}\n",
     {"date_start": "2016-12-31", "geo_precision": 1, "killed_best": 2, "place_text": "Baidoa"}),
    ("hxl", HXL, {"place_text": "Kherson", "killed_best": 2, "latitude": 46.6, "longitude": 32.6}),
    ("viina", VIINA, {"geo_precision": 1, "country": "Ukraine", "date_start": "2023-05-02"}),
    ("timemap", TIMEMAP, {"date_start": "2023-05-13", "sentence": "Made up"}),
    ("ucdp_aec",
     "id,start_date,end_date,location_root_name,location_adm1_name,location_adm2_name,"
     "location_where_name,deaths_low,deaths_high\n"
     "1,2021-02-22,2021-02-23,Syria,Idlib governorate,,Qah village,0,2\n",
     {"place_text": "Qah village", "admin1": "Idlib governorate", "killed_high": 2}),
]  # fmt: skip


@pytest.mark.parametrize(("profile", "text", "expected"), PROFILES)
def test_profiles(tmp_path, profile, text, expected):
    table = read(tmp_path, text)
    assert table.profile.name == profile
    assert {name: values(table, name)[0] for name in expected} == expected


def test_gdelt_files_have_no_header(tmp_path):
    names = load_profiles()["gdelt"].positions[61]
    row = dict.fromkeys(names, "")
    row |= {
        "GLOBALEVENTID": "1", "SQLDATE": "20230502", "ActionGeo_FullName":
        "Kherson, Khersons'ka Oblast', Ukraine", "ActionGeo_Lat": "46.6", "ActionGeo_Long": "32.6",
        "ActionGeo_Type": "4", "NumSources": "2",
    }  # fmt: skip
    table = read(tmp_path, "\t".join(row.values()) + "\n", "20230502.export.CSV")
    assert table.profile.name == "gdelt"
    assert [values(table, c)[0] for c in ("place_text", "admin1", "country", "date_start")] == [
        "Kherson", "Khersons'ka Oblast'", "Ukraine", "2023-05-02",
    ]  # fmt: skip


@pytest.mark.parametrize("name", list(load_profiles()))
def test_profiles_map_to_columns_of_ours(name):
    profile = load_profiles()[name]
    known = {*NAMES, "coordinates"}
    assert set(profile.columns) | set(profile.values) | set(profile.defaults) <= known
    headers = list(profile.required) if "#" not in profile.required else []
    if headers:
        assert recognise(headers).name == name
        assert map_columns(profile, headers)


def test_a_profile_is_one_file_and_told_how(tmp_path):
    folder = ROOT / "geo" / "readers" / "profiles"
    told = (folder / "README.md").read_text(encoding="utf-8")
    example = tmp_path / "mine.toml"
    example.write_text(told.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    text = "Incident No,Where,When,Dead,Lat/Lon\n7,Kherson,1/2/2023,3,\n"
    table = read(tmp_path, text, profile=str(example))
    assert (table.profile.title, values(table, "country")) == ("our coding sheet", ["Ukraine"])
    assert (values(table, "killed_best"), values(table, "date_start")) == ([3], ["2023-02-01"])
    for key in ("required", "[columns]", "[values.", "[defaults]", "dates", "split_place",
                "positions", "attribution", "our_names", "our_cells"):  # fmt: skip
        assert f"`{key}" in told, key


BROKEN = [
    ("columns = 1", "has no .columns."), ("[columns]\nkilled = ['x']", "'killed' is no column"),
    ("[columns]\nplace_text = 'x'", "must be a list of headers"), ("x = [", "is no profile"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_a_broken_profile_of_the_user_is_said(tmp_path, text, message):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read(tmp_path, "place\nKherson\n", profile=str(path))


@pytest.mark.skipif(not SHARED.exists(), reason="no real data here")
def test_a_real_table_of_ucdp():
    table = read_table(SHARED / "ucdp-ged-BGD-hxl.csv")
    assert (table.profile.name, len(table.frame)) == ("ucdp_ged", 601)
    assert table.frame[["killed_low", "killed_best", "killed_high"]].notna().all(axis=None)
    assert set(table.frame["geo_precision"]) == {1, 2, 3, 4, 5, 6, 7}
    assert said(table) == ["row 64: killed '3/0': best > high; kept as it is"]
    assert table.frame.loc[64, ["killed_low", "killed_best", "killed_high"]].tolist() == [0, 3, 0]


def test_many_rows_read_alike(tmp_path):
    """What is read once a distinct value is read in its every row."""
    rng = random.Random(1)
    rows = [(rng.choice(["Kherson", "Київ"]), rng.randrange(9)) for _ in range(30_000)]
    path = tmp_path / "many.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([("place", "killed"), *rows])
    table = read_table(path)
    assert list(zip(values(table, "place_text"), values(table, "killed_best"), strict=True)) == rows


@given(st.text(max_size=30))
@settings(max_examples=300)
def test_no_cell_raises(text):
    for reader in (read_number, read_count, read_degrees, read_pair, read_day):
        reader(text)


@given(st.dates(min_value=pd.Timestamp("1900-01-01").date()))
def test_iso_days_come_back(day):
    assert read_day(day.isoformat()).start == day
    assert read_day(f"{day.day}.{day.month}.{day.year}").start == day


@given(st.floats(min_value=-180, max_value=180).map(lambda v: round(v, 5)))
def test_coordinates_come_back_with_point_and_comma(value):
    assert read_degrees(f"{value:.5f}") == value
    assert read_degrees(f"{value:.5f}".replace(".", ",")) == value
