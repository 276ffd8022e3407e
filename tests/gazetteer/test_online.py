"""Online geocoders are asked politely: one answer kept, a pause between, the user's contact."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

import pytest

from gazetteer.sources.online import OnlineError, OnlineSettings, open_online

NOMINATIM = [
    {
        "place_id": 1, "osm_type": "node", "osm_id": 337, "lat": "47.7974", "lon": "35.3064",
        "name": "Степне", "display_name": "Степне, Україна", "addresstype": "village",
        "address": {"country_code": "ua"},
    },
    {
        "place_id": 2, "osm_type": "relation", "osm_id": 71973, "lat": "47.2", "lon": "35.4",
        "name": "Запорізька область", "display_name": "…", "addresstype": "state",
        "address": {"country_code": "ua"},
    },
]  # fmt: skip
PHOTON = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [35.3064, 47.7974]},
            "properties": {"osm_type": "N", "osm_id": 337, "name": "Степне", "type": "city",
                           "countrycode": "UA"},
        },
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [30.0, 50.0]},
            "properties": {"osm_type": "N", "osm_id": 9, "name": "Stepne", "type": "city",
                           "countrycode": "PL"},
        },
    ],
}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = urlparse(self.path)
        query = {key: values[0] for key, values in parse_qs(asked.query).items()}
        self.server.asked.append((query, self.headers["User-Agent"]))
        if query["q"] == "broken":
            self.send_error(500)
            return
        answer = PHOTON if asked.path == "/api" else NOMINATIM
        body = json.dumps([] if query["q"] == "nowhere" else answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.asked = True, []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def ask(server, tmp_path):
    def make(service="nominatim"):
        settings = OnlineSettings(
            domain=f"127.0.0.1:{server.server_address[1]}", scheme="http", pause=5.0
        )
        geocoder = open_online(
            service, contact="me@example.org", cache=tmp_path / "answers.sqlite", settings=settings
        )
        geocoder.sleep = naps.append
        return geocoder

    naps = []
    make.naps = naps
    return make


@pytest.mark.parametrize(("service", "count"), [("nominatim", 2), ("photon", 1)])
def test_answers_are_places_marked_as_online(ask, server, service, count):
    found = ask(service).lookup("Stepne", country="UA")
    assert len(found) == count
    stepne = found[0]
    assert (stepne.name, stepne.lon, stepne.lat) == ("Степне", 35.3064, 47.7974)
    assert stepne.feature_code == "PPL"
    assert stepne.sources == (f"online:{service}",)
    assert stepne.admin.country == "UA"
    assert [place.feature_code for place in found[1:]] == ["ADM1"] * (count - 1)


def test_the_service_is_told_who_asks(ask, server):
    ask().lookup("Stepne", country="UA")
    ((query, agent),) = server.asked
    assert "me@example.org" in agent
    assert (query["q"], query["countrycodes"]) == ("Stepne", "ua")


def test_nothing_is_asked_twice_not_even_by_another_run(ask, server):
    first = ask().lookup("Stepne")
    assert ask().lookup("  stepne ") == first
    assert ask().lookup("nowhere") == ask().lookup("nowhere") == ()
    assert len(server.asked) == 2


def test_between_two_questions_there_is_a_pause(ask, server):
    geocoder = ask()
    for name in ("Stepne", "Stepne", "nowhere"):
        geocoder.lookup(name)
    (nap,) = ask.naps
    assert 4.0 < nap <= 5.0


def test_a_failing_service_is_an_error_and_is_not_kept(ask, server):
    for _ in range(2):
        with pytest.raises(OnlineError, match="go on without it"):
            ask().lookup("broken")
    assert len(server.asked) == 2


def test_an_empty_name_asks_nothing(ask, server):
    assert ask().lookup("  ") == ()
    assert not server.asked


WRONG = [
    ("google", "me@example.org", "known: nominatim, photon"),
    ("nominatim", "", "your own mail or web address"),
    ("photon", "someone", "your own mail or web address"),
]


@pytest.mark.parametrize(("service", "contact", "message"), WRONG)
def test_a_service_needs_to_be_known_and_a_contact_given(tmp_path, service, contact, message):
    with pytest.raises(OnlineError, match=message):
        open_online(service, contact=contact, cache=tmp_path / "answers.sqlite")
