"""A gazetteer, and a server on this machine that speaks the protocol of chat completions."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from gazetteer import open_gazetteer
from geo.extractors.endpoint import Endpoint
from tests.cli.conftest import run  # noqa: F401 - the fixture

Json = Any
Behaviour = Callable[[BaseHTTPRequestHandler, Json], None]


@pytest.fixture(scope="session")
def gazetteer():
    return open_gazetteer()


def completion(content: Any, finish: str = "stop") -> bytes:
    """Return a chat completion as OpenAI's API reference has it."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    message = {"role": "assistant", "content": text, "refusal": None}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    body = {"id": "c", "object": "chat.completion", "model": "m", "choices": [choice]}
    return json.dumps(body).encode()


def answers(content: Any, finish: str = "stop", status: int = 200) -> Behaviour:
    """Answer with a completion."""
    return sends(completion(content, finish), status)


def sends(body: bytes, status: int = 200, **headers: str) -> Behaviour:
    """Answer with these bytes."""

    def behave(handler: BaseHTTPRequestHandler, _: Json) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def breaks_off(handler: BaseHTTPRequestHandler, _: Json) -> None:
    """Promise more bytes than come."""
    body = completion({"claims": []})
    handler.send_response(200)
    handler.send_header("Content-Length", str(2 * len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def hangs_up(handler: BaseHTTPRequestHandler, _: Json) -> None:
    """Close the connection without a word."""
    handler.close_connection = True
    handler.connection.close()


def sleeps(handler: BaseHTTPRequestHandler, _: Json) -> None:
    """Say nothing until the client has gone."""
    time.sleep(1.0)
    handler.close_connection = True


def drips(handler: BaseHTTPRequestHandler, _: Json) -> None:
    """Send a byte now and then, never a whole answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    try:
        for _ in range(20):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass
    handler.close_connection = True


@dataclass
class Server:
    """Behave as the script says, one entry a request, the last one for all further ones."""

    url: str = ""
    script: list[Behaviour] = field(default_factory=list)
    requests: list[Json] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def endpoint(self, **changes: Any) -> Endpoint:
        """Return an endpoint that points here and does not wait long."""
        given = {"url": f"{self.url}/v1", "model": "m", "timeout": 20.0, "pause": 0.01}
        return Endpoint(**(given | {"attempts": 2} | changes))


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            request = json.loads(self.rfile.read(length))
            with state.lock:
                number = len(state.requests)
                state.requests.append(request)
                state.headers.append(dict(self.headers))
                state.paths.append(self.path)
                state.at_once += 1
                state.most_at_once = max(state.most_at_once, state.at_once)
            try:
                state.script[min(number, len(state.script) - 1)](self, request)
            except OSError:
                self.close_connection = True
            finally:
                with state.lock:
                    state.at_once -= 1

        def log_message(self, *_: Any) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    state.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield state
    http.shutdown()
    thread.join()
    http.server_close()
