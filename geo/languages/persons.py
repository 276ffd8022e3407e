"""Given and family names of persons, in all languages at once: what tells "Roman" from Roman."""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib import resources

_FILE = "persons.txt.gz"


@lru_cache(maxsize=1)
def person_names() -> dict[str, frozenset[str]]:
    """Return the folded names under ``given`` and ``family``.

    The file is made by ``tests/fits/make_persons.py``.

    >>> "oksana" in person_names()["given"], "bakhmut" in person_names()["given"]
    (True, False)
    """
    packed = (resources.files(__package__) / _FILE).read_bytes()
    _, given, family = gzip.decompress(packed).decode("utf-8").split("[")
    return {
        title: frozenset(names.split())
        for title, _, names in (section.partition("]") for section in (given, family))
    }
