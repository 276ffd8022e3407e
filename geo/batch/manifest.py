"""Say what a result was made from: inputs, settings, versions, counts; and nothing of the day."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from importlib import metadata, resources
from typing import TYPE_CHECKING, Any

import orjson

from geo.batch.errors import BatchError
from geo.batch.inputs import InputFile
from geo.batch.models import BatchSettings, PartReport
from geo.batch.storage import Store
from geo.languages import available_languages, load_language

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from gazetteer import Gazetteer

MANIFEST = "manifest.json"
REJECTS = "rejects.jsonl"
_FORMAT = 1
_CODE = (".py", ".toml", ".json", ".npz")


def versions_of(gazetteer: Gazetteer) -> dict[str, Any]:
    """Return all that can change what comes out of the same input."""
    return {
        "conflict-event-mapper": metadata.version("conflict-event-mapper"),
        "code": code_version(),
        "gazetteer": gazetteer.info().version,
        "language_packs": {code: load_language(code).version for code in available_languages()},
        "pyarrow": metadata.version("pyarrow"),
    }


@cache
def code_version() -> str:
    """Return a hash of the package's own code, words and weights."""
    digest = hashlib.sha256()
    for name, content in _code(resources.files("geo"), ""):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _code(folder: Traversable, prefix: str) -> Iterable[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _code(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_CODE):
            yield f"{prefix}{entry.name}", entry.read_bytes()


def open_manifest(
    inputs: Sequence[str], settings: BatchSettings, versions: dict[str, Any]
) -> dict[str, Any]:
    """Return the manifest of a run that is not complete."""
    return {
        "format": _FORMAT,
        "complete": False,
        "inputs": [{"name": name} for name in inputs],
        "settings": settings.as_record(),
        "versions": versions,
    }


def run_key(manifest: dict[str, Any]) -> str:
    """Return a hash of what may not change between an interrupted run and its resumption."""
    fixed = {
        "inputs": [entry["name"] for entry in manifest["inputs"]],
        "settings": manifest["settings"],
        "versions": manifest["versions"],
    }
    return hashlib.sha256(orjson.dumps(fixed, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def close_manifest(
    manifest: dict[str, Any],
    done: Sequence[InputFile],
    reports: Sequence[PartReport],
    rejects: bytes,
) -> dict[str, Any]:
    """Return the manifest of a whole result."""
    kinds = Counter(row.kind for report in reports for row in report.rejects)
    return manifest | {
        "complete": True,
        "inputs": [asdict(entry) for entry in done],
        "counts": {
            "documents": sum(report.documents for report in reports),
            "events": sum(report.events for report in reports),
            "rejects": kinds.total(),
            "parts": len(reports),
        },
        "rejects": {
            "file": REJECTS,
            "sha256": hashlib.sha256(rejects).hexdigest(),
            "kinds": dict(sorted(kinds.items())),
        },
        "parts": [
            {
                "name": report.name,
                "documents": report.documents,
                "events": report.events,
                "rejects": len(report.rejects),
                "sha256": report.sha256,
            }
            for report in reports
        ],
    }


def write_manifest(store: Store, manifest: dict[str, Any]) -> None:
    """Write the manifest, the same one as the same bytes."""
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    store.write(MANIFEST, orjson.dumps(manifest, option=option))


def read_manifest(store: Store) -> dict[str, Any] | None:
    """Return the manifest of a result, ``None`` where there is none.

    Raises :class:`BatchError` when it is no manifest of ours.
    """
    content = store.read(MANIFEST)
    if content is None:
        return None
    try:
        manifest: dict[str, Any] = orjson.loads(content)
        if manifest["format"] != _FORMAT:
            raise BatchError(f"{store.address} was written by another version of this program")
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise BatchError(f"{store.address}/{MANIFEST} is no manifest of a batch") from error
    return manifest


def reject_lines(reports: Iterable[PartReport]) -> bytes:
    """Return all rejects as JSON lines, in the order of the input."""
    return b"".join(
        orjson.dumps({**row._asdict(), "part": report.name}, option=orjson.OPT_APPEND_NEWLINE)
        for report in reports
        for row in report.rejects
    )
