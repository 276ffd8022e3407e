"""Ask a language model behind any OpenAI-compatible endpoint for the claims of a document.

The standard library suffices for one POST, as for fetching the gazetteer's sources. Nothing is
sent unless the user names this extractor and an address.
"""

from __future__ import annotations

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from geo.errors import InputError
from geo.extractors.answers import read_answer
from geo.extractors.chat import OPTIONAL, read_completion, request_body, shown
from geo.extractors.errors import ExtractorError
from geo.extractors.proposals import Answer
from geo.models import Document

URL, MODEL, KEY = "CONFLICT_MAP_MODEL_URL", "CONFLICT_MAP_MODEL", "CONFLICT_MAP_MODEL_KEY"
TIMEOUT, PARALLEL = "CONFLICT_MAP_MODEL_TIMEOUT", "CONFLICT_MAP_MODEL_PARALLEL"
_LOCAL = ("localhost", "127.0.0.1", "::1")
_BAD_REQUEST = 400
_AGAIN = (408, 409, 425, 429, 500, 502, 503, 504, 529)
_MOST_BYTES = 8 << 20
_CHUNK = 1 << 16
_LONGEST_PAUSE = 60.0
_READ = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Set whom to ask and how patiently.

    ``timeout`` is the most seconds that one answer may take from first to last byte; ``pause``
    the seconds before the second attempt, doubled for each further one; ``parallel`` the most
    questions under way at once.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = 120.0
    attempts: int = 4
    pause: float = 1.0
    parallel: int = 4

    def __post_init__(self) -> None:
        address = urlsplit(self.url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise InputError(f"{URL}: {self.url!r} is no http or https address")
        if self.key and address.scheme == "http" and address.hostname not in _LOCAL:
            raise InputError(f"{URL}: a key is sent over https only, not to {self.url!r}")


def endpoint_from(environment: Mapping[str, str] = os.environ) -> Endpoint:
    """Read the endpoint from the environment; raise :class:`geo.errors.InputError` if unset.

    >>> endpoint_from({"CONFLICT_MAP_MODEL_URL": "http://localhost:8000/v1",
    ...                "CONFLICT_MAP_MODEL": "m"}).parallel
    4
    """
    missing = [name for name in (URL, MODEL) if not environment.get(name)]
    if missing:
        raise InputError(
            f"set {' and '.join(missing)} to ask a model, as in {URL}=http://localhost:8000/v1"
        )
    return Endpoint(
        url=environment[URL],
        model=environment[MODEL],
        key=environment.get(KEY) or None,
        timeout=_number(environment, TIMEOUT, 120.0),
        parallel=int(_number(environment, PARALLEL, 4.0)),
    )


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name)
    try:
        value = float(text) if text else default
    except ValueError:
        value = 0.0
    if not 0 < value < 1e6 or (name == PARALLEL and value < 1):
        raise InputError(f"{name}: {text!r} is no number above zero")
    return value


class ModelExtractor:
    """Ask a model, again where it is busy or answers rubbish, and give up with a reason."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._opener = urllib.request.build_opener(_NoRedirect)
        self._refused: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Return the model's name."""
        return f"model:{self.endpoint.model}"

    def extract(self, document: Document) -> Answer:
        """Return the model's claims; raise :class:`ExtractorError` when none can be had."""
        reason = ""
        for attempt in range(1, self.endpoint.attempts + 1):
            try:
                told = read_completion(self._ask(document))
                read_answer(told)
                return Answer(extractor=self.name, told=told)
            except _FinalError:
                raise
            except ExtractorError as error:
                reason, pause = str(error), getattr(error, "after", None)
            if attempt < self.endpoint.attempts:
                time.sleep(_pause(self.endpoint, attempt, pause))
        raise ExtractorError(
            f"{self.endpoint.model} gave no answer in {self.endpoint.attempts} attempts: {reason}"
        )

    def _ask(self, document: Document) -> bytes:
        """Ask, at once again without a field that the server says it does not take."""
        for _ in range(len(OPTIONAL) + 1):
            without = self._refused
            body = request_body(document, self.endpoint.model, without)
            try:
                return self._post(json.dumps(body).encode())
            except _FinalError as error:
                named = {name for name in OPTIONAL if name in str(error)} - without
                if error.code != _BAD_REQUEST or not named:
                    raise
                self._refused = without | named
        raise ExtractorError("the server takes no question")

    def _post(self, body: bytes) -> bytes:
        url = self.endpoint.url.rstrip("/") + "/chat/completions"
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.endpoint.key:
            headers["Authorization"] = f"Bearer {self.endpoint.key}"
        request = urllib.request.Request(url, body, headers)  # noqa: S310  checked above
        deadline = time.monotonic() + self.endpoint.timeout
        try:
            with self._opener.open(request, timeout=self.endpoint.timeout) as response:
                return _receive(response, deadline, self.endpoint.timeout)
        except urllib.error.HTTPError as error:
            raise _refused(error) from None
        except TimeoutError:
            raise _AgainError(f"no answer within {self.endpoint.timeout:g} s") from None
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise _AgainError(f"the connection failed ({reason})") from None


class _AgainError(ExtractorError):
    """Tell that another attempt may help, and after how many seconds the server wants it."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class _FinalError(ExtractorError):
    """Tell that no further attempt can help, and the server's code where it gave one."""

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follow no redirect: the key is for the address that the user named."""

    def redirect_request(self, *_: object) -> None:
        """Return no request."""


def _refused(error: urllib.error.HTTPError) -> ExtractorError:
    with error:
        said = shown(error.read(_READ))
    message = f"the server answers {error.code} {error.reason}: {said}"
    if error.code in _AGAIN:
        return _AgainError(message, _seconds(error.headers.get("Retry-After")))
    return _FinalError(message, error.code)


def _seconds(text: str | None) -> float | None:
    """Read a Retry-After: seconds, or a date (RFC 9110)."""
    if not text:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None


def _pause(endpoint: Endpoint, attempt: int, asked: float | None) -> float:
    doubled: float = endpoint.pause * 2.0 ** (attempt - 1)
    return min(_LONGEST_PAUSE, max(doubled, asked or 0.0))


def _receive(response: Any, deadline: float, timeout: float) -> bytes:  # noqa: ANN401
    """Read an answer whole; a server that drips bytes does not hold us past the deadline."""
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > _MOST_BYTES:
            raise _FinalError(f"the answer is larger than {_MOST_BYTES} bytes")
        if time.monotonic() > deadline:
            raise _AgainError(f"no whole answer within {timeout:g} s")
    length = response.headers.get("Content-Length")
    if length and length.isdigit() and size < int(length):
        raise _AgainError(f"the answer broke off after {size} of {length} bytes")
    return b"".join(parts)
