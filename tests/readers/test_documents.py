"""Files in, documents out: what is kept as it is, what is refused and in which words."""

from __future__ import annotations

import io
import sys
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.errors import InputError, UnknownLanguageError
from geo.models import Document
from geo.readers import Reject, read_document, read_documents
from geo.readers.documents import Given, parse_day, read_content
from geo.readers.encodings import undo_double_encoding
from geo.readers.language import detect_language

TEXT = "Два вибухи в Сумах.\n\nЄ поранені."


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (TEXT.encode(), TEXT),
        (b"\xef\xbb\xbf" + TEXT.encode(), TEXT),
        (TEXT.replace("\n", "\r\n").encode(), TEXT),
        (TEXT.replace("\n", "\r").encode(), TEXT),
        (TEXT.encode("utf-16"), TEXT),
        ("Kherson\u0301".encode(), "Kherson\u0301"),  # not composed: offsets stay the file's
    ],
    ids=["plain", "byte-order mark", "CRLF", "CR", "UTF-16", "combining accent"],
)
def test_text_is_kept_with_line_feeds(tmp_path, content, expected):
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    assert read_document(path).text == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is a binary file"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a binary file"),
        (b"PK\x03\x04\x14", "is a binary file"),
        ("Вибух у Сумах".encode()[:-1], "is not UTF-8 (byte 22) and may be damaged"),
        ("Вибух у Сумах".encode() + b" \xc3( \xff", "is not UTF-8 (byte 25) and may be"),
        (bytes(range(128, 256)), "is not UTF-8 (byte 0) and may be"),
        (b"<html><meta charset='rot13'>\x81\x81", "is not UTF-8 (byte 28) and may be"),
    ],
    ids=["empty", "blank", "picture", "PDF", "zip", "cut", "damaged", "no letters", "no charset"],
)
def test_what_is_no_text_is_refused(tmp_path, content, message):
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_document(path)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)


OLD = [
    ("cp1251", "Взрыв «в центре» Харькова, № 5: трое погибших — и двое раненых."),
    ("cp1251", "Київ, їжак і ґанок: «двоє загиблих»."),
    ("cp1252", "L’attaque à Orléans, œuvre d’une unité : « deux morts »…"),
    ("cp1252", "Año nuevo: ¿qué pasó? España, 3 km² y una víctima."),
    ("cp1252", "„Größe der Übergriffe“: zwei Tote in Düsseldorf – sagt die Behörde."),
    ("cp1252", "È morto un uomo; “l’attacco” è durato un’ora."),
    ("cp1250", "Łódź, mówią władze: zginęło dwóch żołnierzy w Chełmie – „tak”."),
]


@pytest.mark.parametrize(("encoding", "text"), OLD)
def test_old_windows_encodings_are_told_and_said(tmp_path, caplog, encoding, text):
    path = tmp_path / "report.txt"
    path.write_bytes(text.encode(encoding))
    assert read_document(path).text == text
    assert [r.getMessage() for r in caplog.records] == [
        f"{path} is not UTF-8; read as {encoding}, convert it if letters look wrong"
    ]
    with pytest.raises(InputError, match=encoding.replace("cp", "iconv -f WINDOWS-")):
        read_content(path.read_bytes(), str(path), Given())  # a batch does not guess


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("“Un drone” ha colpito l’edificio — così", "cp1252"), ("Вибух у Києві", "cp1251"),
     ("Вибух у Києві", "cp1252")],
)  # fmt: skip
def test_a_text_encoded_twice_is_read_as_it_was_meant(tmp_path, caplog, text, encoding):
    path = tmp_path / "report.txt"
    twice = "".join(bytes([b]).decode(encoding, "ignore") or chr(b) for b in text.encode())
    path.write_text(twice, encoding="utf-8")
    assert read_document(path).text == text
    assert "was encoded twice" in caplog.text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("â€œUn droneâ€ colpì lâ€™edificio, Ã¨ cosÃ¬, Â«fineÂ»", None),
        ("â€œUn droneâ€ su lâ€™edificio, Ã¨ cosÃ¬", "“Un droneâ€ su l’edificio, è così"),
        ("C’è “così”", None), ("С… начала войны в Киеве", None), ("Ã©", None), ("plain", None),
    ],
)  # fmt: skip
def test_only_what_was_encoded_twice_is_undone(text, meant):
    assert undo_double_encoding(text) == meant


@given(st.text(min_size=1))
def test_plain_utf8_is_never_changed_but_for_line_ends(text):
    content = text.encode("utf-8", "ignore")
    assume(content.strip() and b"\0" not in content and not content.startswith(b"%PDF"))
    assume(undo_double_encoding(text) is None)
    expected = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    assert read_content(content, "report.txt", Given()).text == expected


@pytest.mark.parametrize(
    ("content", "is_table"),
    [
        ("id,place,date,killed\na,Kherson,2023-05-02,3\n", True),
        ("id;place;date;killed\na;Kherson;2023-05-02;3\n", True),
        ("Killed, in short, were three, he said.\nIn Odesa, too, two died, he said.\n", False),
        ("Kherson, Odesa\nThree people were killed.\n", False),
    ],
)
def test_a_table_on_standard_input_is_refused(monkeypatch, content, is_table):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    if is_table:
        with pytest.raises(InputError, match="is a table; save it as"):
            list(read_documents(["-"]))
    else:
        assert [item.text for item in read_documents(["-"])] == [content]


def test_events_are_no_articles(tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_text('{"id": "a", "event_type": "Battles"}\n', encoding="utf-8")
    (reject,) = read_documents([path])
    assert reject.reason.startswith("an event, no article")


def test_files_called_alike_are_two_documents(tmp_path):
    paths = [tmp_path / folder / "report.txt" for folder in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(TEXT, encoding="utf-8")
    assert [document.id for document in read_documents(paths)] == ["report", "report-2"]


@pytest.mark.parametrize(("name", "message"), [("none.txt", "does not exist"), ("", "is a folder")])
def test_missing_files_and_folders_are_refused(tmp_path, name, message):
    with pytest.raises(InputError, match=message):
        read_document(tmp_path / name)


PAGE = """<!doctype html><html lang="en"><head><title>Port struck | The Herald</title>
<meta property="og:title" content="Port struck overnight">
<meta property="article:published_time" content="2023-08-16T07:00:00Z">
<link rel="canonical" href="https://herald.example/port"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Port struck overnight</h1>
<p>Drones struck the port of Izmail overnight, wounding five people who worked there.</p>
<p>Grain stores burnt until the morning, the governor of the region told reporters.</p>
</article><footer>All rights reserved by the Herald.</footer></body></html>"""


DECLARED = [
    ("windows-1252", "cp1252"), ("iso-8859-1", "cp1252"), ("windows-1251", "cp1251"),
    ("koi8-r", "koi8-r"), ("utf-8", "cp1252"), ("", "cp1252"),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "encoding"), DECLARED)
def test_a_page_is_read_in_the_encoding_it_declares(tmp_path, caplog, declared, encoding):
    told = "“Cinque feriti” a Izmaïl – così" if encoding == "cp1252" else "Пятеро раненых в Измаиле"
    page = PAGE.replace("five people who worked there", told)
    page = page.replace("<title>", f'<meta charset="{declared}"><title>' if declared else "<title>")
    path = tmp_path / "page.html"
    path.write_bytes(page.encode(encoding))
    assert told in read_document(path).text
    assert ("read as cp1252" in caplog.text) == (declared in ("", "utf-8"))


@pytest.mark.parametrize("name", ["page.html", "page.HTM", "page"])
def test_html_gives_title_text_date_and_address(tmp_path, name):
    path = tmp_path / name
    path.write_text(PAGE, encoding="utf-8")
    document = read_document(path)
    assert document.title == "Port struck overnight"
    assert document.text.startswith("Port struck overnight\n\nDrones struck the port of Izmail")
    assert document.text.count("Port struck overnight") == 1
    assert "Sport" not in document.text
    assert document.published == date(2023, 8, 16)
    assert document.url == "https://herald.example/port"


def test_what_the_user_says_stands_above_what_the_file_says(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    document = read_document(path, Given(published=date(2023, 8, 17), language="en"))
    assert (document.published, document.language) == (date(2023, 8, 17), "en")


def test_html_without_an_article_is_refused(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<html><body></body></html>", encoding="utf-8")
    with pytest.raises(InputError, match="no article text"):
        read_document(path)


LINES = """\
{"id": "a", "text": "Shelling in Sumy.", "published": "2023-08-15T06:00:00Z", "lang": "en", "url": "https://x.example", "title": "T", "source": "S"}

{"id": broken
{"text": "Shelling in Kherson.", "extra": [1]}
{"id": "d"}
{"id": "e", "text": "Shelling.", "published": "yesterday"}
[1, 2]
{"id": "g", "text": "Shelling.", "lang": "xx"}
{"id": "h", "text": 7}
"""  # noqa: E501 - a line of JSONL is a line


def test_jsonl_keeps_good_lines_and_counts_the_bad(tmp_path):
    path = tmp_path / "reports.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + LINES.encode())
    items = list(read_documents([path]))
    documents = [item for item in items if isinstance(item, Document)]
    rejects = [item for item in items if isinstance(item, Reject)]
    assert documents[0] == Document(
        id="a",
        text="Shelling in Sumy.",
        language="en",
        published=date(2023, 8, 15),
        url="https://x.example",
        title="T",
        source_name="S",
    )
    assert documents[1].id == "reports-4"
    assert [(reject.line, reject.document_id) for reject in rejects] == [
        (3, "reports-3"),
        (5, "d"),
        (6, "e"),
        (7, "reports-7"),
        (8, "g"),
        (9, "h"),
    ]
    assert "not JSON" in rejects[0].reason
    assert "is not a day" in rejects[2].reason
    assert str(rejects[3]) == f"{path}, line 7: not a JSON object"
    assert "no language pack 'xx'" in rejects[4].reason


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (b'{"id": 1, "text": "One."}\n{"id": 2, "text": "Two."}\n', ["One.", "Two."]),
        (b"One.\n", ["One.\n"]),
        (PAGE.encode(), None),
    ],
    ids=["JSONL", "text", "HTML"],
)
def test_standard_input_may_hold_any_form(monkeypatch, content, texts):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    documents = list(read_documents(["-"]))
    if texts is None:
        assert documents[0].title == "Port struck overnight"
    else:
        assert [document.text for document in documents] == texts


def test_an_unknown_language_names_the_known_ones():
    with pytest.raises(UnknownLanguageError, match=r"no language pack 'xx'.*\bit\b"):
        Given(language="xx")


@pytest.mark.parametrize("value", ["tomorrow", "2023-13-01", "15.08.2023", "2023"])
def test_what_is_no_day_is_refused(value):
    with pytest.raises(InputError, match="write it as 2023-08-15"):
        parse_day(value)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Two people were wounded when a drone hit a petrol station.", "en"),
        ("Due persone sono rimaste ferite in un bombardamento.", "it"),
        ("Двоє людей поранені внаслідок обстрілу села.", "uk"),
        ("Два человека ранены в результате обстрела села.", "ru"),
        ("Zwei Menschen wurden bei dem Beschuss eines Dorfes verletzt.", "de"),
        ("Dwie osoby zostały ranne w ostrzale wsi.", "pl"),
        ("Duas pessoas ficaram feridas num ataque com drones.", "pt"),
        ("Deux personnes ont été blessées dans un bombardement.", "fr"),
        ("Dos personas resultaron heridas en un bombardeo.", "es"),
    ],
)
def test_language_is_told_from_one_sentence(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("123", "too short"),
        ("Tre personer dödades i en rysk attack mot staden på torsdagen.", "in 'sv'"),
        ("Perşembe günü kente düzenlenen saldırıda üç kişi hayatını kaybetti.", "in 'tr'"),
    ],
)
def test_a_text_without_a_pack_is_refused(text, message):
    with pytest.raises(UnknownLanguageError, match=message):
        detect_language(text)


def test_a_line_s_own_day_goes_before_the_given_one(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_text(
        '{"id": "a", "text": "Un drone su Nikopol.", "published": "2024-05-18"}\n'
        '{"id": "b", "text": "Un drone su Nikopol."}\n',
        encoding="utf-8",
    )
    given = Given(published=date(2024, 5, 1), language="it")
    days = [document.published for document in read_documents([path], given)]
    assert days == [date(2024, 5, 18), date(2024, 5, 1)]
