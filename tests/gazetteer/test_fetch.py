"""Fetching goes on where it broke off and trusts neither the server nor the archive."""

import hashlib
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gazetteer.archives import extract_archive, open_text
from gazetteer.errors import SourceError
from gazetteer.sources.fetch import FetchError, FetchSettings, fetch_file, source_url

CONTENT = bytes(range(256)) * 1024
SHA256 = hashlib.sha256(CONTENT).hexdigest()
SETTINGS = FetchSettings(timeout=0.3, attempts=3, pause=0.0)


class Server(ThreadingHTTPServer):
    """Serve CONTENT, badly where the path says so; remember what was asked."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = []
        self.release = threading.Event()
        self.etag = '"one"'

    def url(self, path):
        return f"http://127.0.0.1:{self.server_address[1]}/{path}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        path, asked = self.path.strip("/"), self.headers.get("Range", "")
        self.server.asked.append(asked)
        if path in ("404", "503"):
            self.send_error(int(path))
            return
        fits = self.headers.get("If-Range") in (None, self.server.etag)
        start = int(asked[6:-1]) if asked and fits and path != "no-range" else 0
        body = b"" if path == "empty" else CONTENT[start:]
        self.send_response(206 if start else 200)
        if path != "no-mark":
            self.send_header("ETag", self.server.etag)
        announced = len(body) + 1000 if path == "lies-long" else len(body)
        if path != "no-length":
            self.send_header("Content-Length", str(announced))
        self.end_headers()
        first = len(self.server.asked) == 1
        if first and path in ("truncates", "stalls", "no-range", "changes", "no-mark"):
            self.wfile.write(body[:100_000])
            self.wfile.flush()
            if path == "stalls":
                self.server.release.wait(5)
            if path == "changes":
                self.server.etag = '"two"'
            return
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


@pytest.fixture
def server():
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


GOOD = [
    # path, what the second request asks for
    ("whole", None),
    ("no-length", None),
    ("truncates", "bytes=100000-"),
    ("stalls", "bytes=100000-"),
    ("no-range", "bytes=100000-"),
    ("changes", "bytes=100000-"),
    ("no-mark", ""),
]


@pytest.mark.parametrize(("path", "second"), GOOD)
def test_the_file_arrives_whole(server, tmp_path, path, second):
    target = tmp_path / "UA.zip"
    told = []
    fetch_file(
        server.url(path),
        target,
        size=len(CONTENT),
        sha256=SHA256,
        progress=lambda done, total: told.append((done, total)),
        settings=SETTINGS,
    )
    assert target.read_bytes() == CONTENT
    assert server.asked[1:] == ([] if second is None else [second])
    assert told[-1] == (len(CONTENT), None if path == "no-length" else len(CONTENT))
    assert [path.name for path in tmp_path.iterdir()] == ["UA.zip"]


BAD = [
    ("404", {}, "answers 404"),
    ("503", {}, "answers 503"),
    ("lies-long", {}, "broke off 3 times"),
    ("empty", {}, "is empty"),
    ("whole", {"size": 5}, "5 were announced"),
    ("whole", {"sha256": "0" * 64}, "sha256 is"),
]


@pytest.mark.parametrize(("path", "checks", "message"), BAD)
def test_what_is_wrong_never_appears(server, tmp_path, path, checks, message):
    target = tmp_path / "UA.zip"
    with pytest.raises(FetchError, match=message):
        fetch_file(server.url(path), target, settings=SETTINGS, **checks)
    assert not target.exists()


def test_a_later_call_goes_on_where_the_former_stopped(server, tmp_path):
    target, once = tmp_path / "UA.zip", FetchSettings(timeout=0.3, attempts=1, pause=0.0)
    with pytest.raises(FetchError, match="go on from 100000 bytes"):
        fetch_file(server.url("truncates"), target, settings=once)
    fetch_file(server.url("truncates"), target, sha256=SHA256, settings=once)
    assert server.asked == ["", "bytes=100000-"]


def test_a_file_without_end_is_given_up(server, tmp_path):
    settings = FetchSettings(timeout=0.3, attempts=1, pause=0.0, most_bytes=1000)
    with pytest.raises(FetchError, match="larger than 1000 bytes"):
        fetch_file(server.url("whole"), tmp_path / "UA.zip", settings=settings)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/x", "UA.zip"])
def test_only_the_web_is_fetched_from(tmp_path, url):
    with pytest.raises(FetchError, match="only http and https"):
        fetch_file(url, tmp_path / "x")


def test_nobody_listens(tmp_path):
    with pytest.raises(FetchError, match="broke off 3 times"):
        fetch_file("http://127.0.0.1:9/x", tmp_path / "x", settings=SETTINGS)


ADDRESSES = [
    ("postal", "UA", "https://download.geonames.org/export/zip/UA.zip"),
    ("names", "sd", "https://download.geonames.org/export/dump/alternatenames/SD.zip"),
]


@pytest.mark.parametrize(("kind", "country", "url"), ADDRESSES)
def test_addresses(kind, country, url):
    assert source_url(kind, country) == url


@pytest.mark.parametrize(
    ("kind", "country", "message"),
    [("gpx", "UA", "known: geonames, names, postal"), ("geonames", "../x", "two letters")],
)
def test_addresses_that_are_none(kind, country, message):
    with pytest.raises(SourceError, match=message):
        source_url(kind, country)


def archive(path, members, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return path


def link():
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    return info


UNSAFE = [
    ([("../out.txt", "x")], "leaves the folder"),
    ([("a/../../out.txt", "x")], "leaves the folder"),
    ([("/etc/out.txt", "x")], "leaves the folder"),
    ([("..\\out.txt", "x")], "leaves the folder"),
    ([("C:/out.txt", "x")], "leaves the folder"),
    ([(link(), "/etc/passwd")], "is a link"),
    ([("bomb.txt", b"\0" * (8 << 20))], "times over"),
    ([(f"{n}.txt", "") for n in range(10_001)], "10001 files"),
]


@pytest.mark.parametrize(("members", "message"), UNSAFE)
def test_unsafe_archives_are_refused_before_anything_is_written(tmp_path, members, message):
    path = archive(tmp_path / "a.zip", members)
    folder = tmp_path / "in" / "folder"
    with pytest.raises(SourceError, match=message):
        extract_archive(path, folder)
    with pytest.raises(SourceError, match=message), open_text(path):
        pass
    assert [found.name for found in tmp_path.rglob("*")] == ["a.zip"]


def test_an_archive_may_not_grow_beyond_the_limit(tmp_path):
    path = archive(tmp_path / "a.zip", [("a.txt", "x" * 2000)], zipfile.ZIP_STORED)
    with pytest.raises(SourceError, match="more than 1000 bytes"):
        extract_archive(path, tmp_path / "in", most_bytes=1000)


def test_a_broken_archive_says_so(tmp_path):
    path = archive(tmp_path / "a.zip", [("UA.txt", "abc\n" * 100)], zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[60:64] = b"zzzz"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="broken archive"):
        extract_archive(path, tmp_path / "in")


def test_good_archives_are_unpacked(tmp_path):
    path = archive(tmp_path / "a.zip", [("UA.txt", "один\n"), ("sub/readme.txt", "x")])
    files = extract_archive(path, tmp_path / "in")
    assert [file.relative_to(tmp_path / "in").as_posix() for file in files] == [
        "UA.txt",
        "sub/readme.txt",
    ]
    with open_text(path) as lines:
        assert list(lines) == ["один\n"]
