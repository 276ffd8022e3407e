"""Fetch a source's file: with progress, resumed where it broke off, checked, never half.

Only http and https. What has come so far is kept as ``NAME.part`` beside the target, with the
server's mark of that version (ETag or date), so that a later call goes on from there.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gazetteer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Progress = Callable[[int, int | None], None]

URLS = {
    "geonames": "https://download.geonames.org/export/dump/{country}.zip",
    "names": "https://download.geonames.org/export/dump/alternatenames/{country}.zip",
    "postal": "https://download.geonames.org/export/zip/{country}.zip",
}
_AGENT = "conflict-event-mapper (gazetteer fetch)"
_CHUNK = 1 << 16
_MOST_BYTES = 4 << 30
_RANGE_NOT_SATISFIABLE = 416
_PARTIAL = 206
_SERVER_ERRORS = 500


class FetchError(SourceError, OSError):
    """Tell that a file could not be fetched, and what to do next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """Set how patient a fetch is: seconds of silence, attempts, seconds between them."""

    timeout: float = 30.0
    attempts: int = 5
    pause: float = 1.0
    most_bytes: int = _MOST_BYTES


def source_url(kind: str, country: str) -> str:
    """Return where a kind of source is published for a country (ISO 3166-1 alpha-2).

    >>> source_url("geonames", "ua")
    'https://download.geonames.org/export/dump/UA.zip'
    """
    if kind not in URLS:
        raise SourceError(f"cannot fetch {kind!r}; known: {', '.join(sorted(URLS))}")
    if len(country) != 2 or not country.isascii() or not country.isalpha():
        raise SourceError(f"{country!r} is no country; give two letters such as UA")
    return URLS[kind].format(country=country.upper())


def fetch_file(
    url: str,
    target: Path,
    *,
    size: int | None = None,
    sha256: str | None = None,
    progress: Progress | None = None,
    settings: FetchSettings | None = None,
) -> Path:
    """Fetch `url` into `target`, which appears only when it is whole and right.

    `size` (bytes) and `sha256` are checked where given, the server's own length always.
    `progress` is called with bytes so far and the total, ``None`` where the server does not
    say. Raises :class:`FetchError`; what has come is kept for the next call unless it is wrong.
    """
    if not url.lower().startswith(("https://", "http://")):
        raise FetchError(f"{url}: only http and https addresses can be fetched")
    part = target.with_name(f"{target.name}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    _fetch_patiently(url, part, progress or (lambda done, total: None), settings or FetchSettings())
    _check(part, url, size, sha256)
    part.replace(target)
    _mark_path(part).unlink(missing_ok=True)
    return target


def _fetch_patiently(url: str, part: Path, progress: Progress, settings: FetchSettings) -> None:
    for attempt in range(1, settings.attempts + 1):
        is_last = attempt == settings.attempts
        try:
            return _fetch_once(url, part, progress, settings)
        except FetchError:
            raise
        except urllib.error.HTTPError as error:
            if error.code < _SERVER_ERRORS or is_last:
                answer = f"the server answers {error.code} {error.reason}"
                raise FetchError(f"{url}: {answer}") from error
        except (OSError, http.client.HTTPException) as error:
            if is_last:
                raise FetchError(
                    f"{url}: broke off {attempt} times ({error}); call again to go on from "
                    f"{_size(part)} bytes"
                ) from error
        time.sleep(settings.pause * attempt)
    return None


def _fetch_once(url: str, part: Path, progress: Progress, settings: FetchSettings) -> None:
    start, mark = _size(part), _read_mark(part, url)
    if start and not mark:
        start = 0  # no telling whether it is the same version
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"}
    if start:
        headers |= {"Range": f"bytes={start}-", "If-Range": mark}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310  http(s) only, checked
    try:
        response = urllib.request.urlopen(request, timeout=settings.timeout)  # noqa: S310
    except urllib.error.HTTPError as error:
        if error.code != _RANGE_NOT_SATISFIABLE:
            raise
        _forget(part)
        raise ConnectionError("the part kept does not fit the file any more") from error
    with response:
        if response.status != _PARTIAL:
            start = 0
        _write_mark(part, url, response.headers)
        _receive(response, part, start, progress, settings.most_bytes)


def _receive(
    response: Any,  # noqa: ANN401  http.client.HTTPResponse, or what a handler makes of it
    part: Path,
    start: int,
    progress: Progress,
    most_bytes: int,
) -> None:
    done, total = start, _total(response, start)
    with part.open("ab" if start else "wb") as stream:
        while chunk := response.read1(_CHUNK):  # what has come, before a stall
            done += len(chunk)
            if done > most_bytes:
                stream.close()
                _forget(part)
                raise FetchError(f"{response.url}: larger than {most_bytes} bytes")
            stream.write(chunk)
            progress(done, total)
    if total is not None and done < total:
        raise ConnectionError(f"{done} of {total} bytes came")


def _total(response: Any, start: int) -> int | None:  # noqa: ANN401
    length = response.headers.get("Content-Length")
    return start + int(length) if length and length.isdigit() else None


def _check(part: Path, url: str, size: int | None, sha256: str | None) -> None:
    found = _size(part)
    if size is not None and found != size:
        _forget(part)
        raise FetchError(f"{url}: {found} bytes came, {size} were announced; thrown away")
    if sha256 is not None and (digest := _digest(part)) != sha256.lower():
        _forget(part)
        raise FetchError(f"{url}: sha256 is {digest}, not {sha256}; thrown away")
    if not found:
        _forget(part)
        raise FetchError(f"{url}: the file is empty")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _mark_path(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _read_mark(part: Path, url: str) -> str:
    try:
        kept = json.loads(_mark_path(part).read_text(encoding="utf-8"))
        return str(kept["mark"]) if kept["url"] == url else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _write_mark(part: Path, url: str, headers: Any) -> None:  # noqa: ANN401
    etag = headers.get("ETag") or ""
    mark = etag if etag and not etag.startswith("W/") else headers.get("Last-Modified") or ""
    fresh = _mark_path(part).with_name(f"{part.name}.json.new-{os.getpid()}")
    fresh.write_text(json.dumps({"url": url, "mark": mark}), encoding="utf-8")
    fresh.replace(_mark_path(part))


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _mark_path(part).unlink(missing_ok=True)
