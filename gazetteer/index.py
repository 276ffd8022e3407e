"""Read places and names from a memory-mapped index: nothing is loaded before it is asked for.

An index is a folder: two tries (folded names, identifiers), flat arrays of machine integers, a
blob of spellings, and one JSON record a place. :mod:`gazetteer.indexing` and
:mod:`gazetteer.index_files` write it.
"""

from __future__ import annotations

import json
import mmap
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import marisa_trie
import orjson

from gazetteer.errors import BrokenIndexError
from gazetteer.models import NameKind, Place
from gazetteer.packing import Kind, join_kind, unpack_place

FORMAT = 9
META = "meta.json"
ARRAYS: dict[str, Literal["H", "I"]] = {
    "ranges": "I",  # name key -> first row of its postings (one more entry than keys)
    "places": "I",  # row -> place number
    "surfaces": "I",  # row -> offset of its spelling
    "tags": "H",  # row -> number in meta's list of (language, kind)
    "records": "I",  # place number -> offset of its record
    "kinds": "H",  # place number -> number in meta's list of ``Kind``
    "countries": "H",  # place number -> letters of its country's code, 0 for none
    "ids": "I",  # identifier key -> place number
    "skeleton_ranges": "I",  # skeleton key -> first entry of its name keys
    "skeleton_names": "I",  # entry -> name key
    "trigram_ranges": "I",  # trigram bucket and high half -> first entry of its fuzzy numbers
    "trigram_names": "H",  # entry -> low half of the fuzzy number (by length)
    "fuzzy_keys": "I",  # fuzzy number -> name key
    "fuzzy_lengths": "I",  # length -> first fuzzy number of that length
    "outline_places": "I",  # outline -> place number
    "outline_offsets": "I",  # outline -> offset of its WKB (one more entry than outlines)
    "shadows": "I",  # pairs: place number of the index below, place number here
}
_EDGE = 4096
_REMEMBERED = 16384
_MOST_TRIED = 2000


def edge_checksum(path: Path) -> int:
    """Return a checksum of the first and last 4 kB of a file: cheap, and truncation shows."""
    with path.open("rb") as stream:
        head = stream.read(_EDGE)
        stream.seek(max(0, path.stat().st_size - _EDGE))
        return zlib.crc32(stream.read(_EDGE), zlib.crc32(head))


class Index:
    """Open the index in a folder.

    Raises :class:`BrokenIndexError` when a file is missing, truncated or of another format.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.meta = _read_meta(folder)
        try:
            self.names = marisa_trie.Trie().mmap(str(folder / "names.marisa"))
            self.identifiers = marisa_trie.Trie().mmap(str(folder / "identifiers.marisa"))
            self.skeletons = marisa_trie.Trie().mmap(str(folder / "skeletons.marisa"))
            self.arrays = {name: _map_array(folder, name, kind) for name, kind in ARRAYS.items()}
            self._spellings = _map(folder / "spellings.bin")
            self._records = _map(folder / "records.bin")
            self._outlines = _map(folder / "outlines.bin")
            self.outline_boxes = _map(folder / "outline_boxes.bin")
        except (OSError, RuntimeError, ValueError) as error:
            raise BrokenIndexError(f"{folder}: {error}") from error
        self._tags: list[tuple[str | None, NameKind]] = self.meta["tags"]
        self._kinds: list[Kind] = self.meta["kinds"]
        self.place = lru_cache(maxsize=_REMEMBERED)(self._read_place)

    def __len__(self) -> int:
        return len(self.arrays["records"]) - 1

    def number(self, identifier: str) -> int | None:
        """Return the number of the place with this identifier or code, if there is one."""
        key = self.identifiers.get(identifier)
        return None if key is None else int(self.arrays["ids"][key])

    def rows(self, folded: str) -> range:
        """Return the rows of the names folded like this, best-known place first."""
        key = self.names.get(folded)
        if key is None:
            return range(0)
        ranges = self.arrays["ranges"]
        return range(ranges[key], ranges[key + 1])

    def goes_on(self, folded: str) -> bool:
        """Tell whether a name begins with this word and goes on; yes where that takes long."""
        length = len(folded)
        for number, name in enumerate(self.names.iterkeys(folded)):
            behind = name[length : length + 1]
            if number >= _MOST_TRIED or (behind and not behind.isalpha()):
                return True
        return False

    def keys_of_skeleton(self, skeleton: str) -> tuple[int, ...]:
        """Return the name keys that share a skeleton."""
        key = self.skeletons.get(skeleton)
        if key is None:
            return ()
        ranges = self.arrays["skeleton_ranges"]
        return tuple(self.arrays["skeleton_names"][ranges[key] : ranges[key + 1]])

    def name_of_key(self, key: int) -> str:
        """Return the folded name of a key."""
        return str(self.names.restore_key(key))

    def tag(self, row: int) -> tuple[str | None, NameKind]:
        """Return the language and the kind of the name in a row."""
        return self._tags[self.arrays["tags"][row]]

    def spelling(self, row: int) -> str:
        """Return the spelling of the name in a row."""
        start = self.arrays["surfaces"][row]
        return self._spellings[start : self._spellings.find(b"\0", start)].decode()

    def outline(self, position: int) -> bytes:
        """Return the WKB (lon lat) of the outline at a position of ``outline_places``."""
        offsets = self.arrays["outline_offsets"]
        return self._outlines[offsets[position] : offsets[position + 1]]

    def _read_place(self, number: int) -> Place:
        records = self.arrays["records"]
        try:
            record = orjson.loads(self._records[records[number] : records[number + 1]])
        except (orjson.JSONDecodeError, IndexError) as error:
            raise BrokenIndexError(
                f"{self.folder}: record {number} is damaged; delete that folder, it is made anew"
            ) from error
        return unpack_place(join_kind(record, self._kinds[self.arrays["kinds"][number]]))


def country_number(code: str | None) -> int:
    """Return the two letters of a country's code as one number, 0 for none.

    >>> country_number("UA") == (ord("U") << 8) + ord("A"), country_number(None)
    (True, 0)
    """
    return int.from_bytes((code or "").encode()[:2].rjust(2, b"\0"), "big")


def _read_meta(folder: Path) -> dict[str, Any]:
    try:
        meta: dict[str, Any] = json.loads((folder / META).read_bytes())
        files = meta["files"].items()
        broken = [
            name
            for name, (size, checksum) in files
            if (folder / name).stat().st_size != size or edge_checksum(folder / name) != checksum
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BrokenIndexError(f"{folder}: no readable index ({error})") from error
    if meta.get("format") != FORMAT:
        raise BrokenIndexError(f"{folder}: format {meta.get('format')}, not {FORMAT}")
    if broken:
        raise BrokenIndexError(f"{folder}: damaged {', '.join(sorted(broken))}")
    return meta


def _map(path: Path) -> mmap.mmap | bytes:
    if not path.stat().st_size:  # an empty file cannot be mapped
        return b""
    with path.open("rb") as stream:
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


def _map_array(folder: Path, name: str, kind: Literal["H", "I"]) -> memoryview[int]:
    path = folder / f"{name}.array"
    return memoryview(_map(path)).cast(kind)
