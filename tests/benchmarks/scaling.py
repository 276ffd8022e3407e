"""How costs grow: documents, text length, mentions, processes, machines; what a user waits for."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from gazetteer import Gazetteer, open_gazetteer
from gazetteer.fuzzy import is_fuzzy, similar_names
from gazetteer.index import Index
from gazetteer.indexing import write_index
from geo.batch import BatchSettings, run_batch
from geo.models import Document
from geo.pipeline import extract
from tests.benchmarks.corpus import ORDINARY, PUBLISHED, SHORT, documents, megabytes
from tests.benchmarks.measuring import Figure, command_seconds, cpu, cpu_in_turns, tell
from tests.gazetteer.benchmark import misspell, sample_names, synthetic_records

ARTICLE = str(Path(__file__).parents[2] / "outputs" / "example" / "article.it.txt")
COMMAND = [sys.executable, "-m", "geo.cli"]
LONGEST_GROWTH = 170.0  # CPU seconds
_OF_ALL = 3  # a worker's memory is looked at after it read one of so many articles
DATED = [ARTICLE, "--published", "2023-08-15", "--quiet"]


def measure_commands() -> Iterator[Figure]:
    """Yield what a user waits for: whole processes on the example article."""
    with tempfile.TemporaryDirectory() as folder:
        cases: dict[str, tuple[list[str], float | None]] = {
            "python -c pass": ([sys.executable, "-c", "pass"], None),
            "import geo": ([sys.executable, "-c", "import geo"], 0.15),
            "conflict-map --help": ([*COMMAND, "--help"], 0.4),
            "conflict-map extract, one article": (
                [*COMMAND, "extract", *DATED, "-o", f"{folder}/out.jsonl"], 0.5,
            ),
            "conflict-map map, one article": ([*COMMAND, "map", *DATED, "-o", folder], 2.0),
        }  # fmt: skip
        for name, (command, limit) in cases.items():
            clock, processor = command_seconds(command)
            yield Figure(
                name=name, value=clock, unit="s by the clock", note=f"{processor:.2f} CPU s",
                target=f"≤ {limit:g} s" if limit else "", met=clock <= limit if limit else None,
            )  # fmt: skip


def measure_opening(gazetteer: Gazetteer) -> Iterator[Figure]:
    """Yield the time to open the index anew."""
    folder = gazetteer.index.folder
    taken = cpu(lambda: Gazetteer(Index(folder)), 5)
    yield Figure(name="opening the index", value=taken * 1000, unit="ms")


def measure_growth(gazetteer: Gazetteer, most: int, largest: float = 5.0) -> Iterator[Figure]:
    """Yield costs of more documents, longer texts, more names in a text, more names known."""
    yield from _by_number(gazetteer, most)
    yield from _by_size(gazetteer, largest)
    yield from _by_mentions(gazetteer)
    yield from _by_names()


def _by_number(gazetteer: Gazetteer, most: int) -> Iterator[Figure]:
    """Read notices one after the other in this process; the last count is what time allows.

    The notices repeat some hundred examples, so each of these is read once before: else the first
    thousand alone would pay for all names and words that are looked up for the first time. A
    figure is the cost of the notices since the count before, not the mean of all.
    """
    texts = documents(min(most, 10_000), kind=SHORT)
    size = sum(len(d.text.encode()) for d in texts) / len(texts)
    different = list({d.text: d for d in texts}.values())
    cold = cpu(lambda: [extract(d, gazetteer) for d in different], 1) / len(different) * 1000
    yield Figure(name=f"a notice of {size:.0f} bytes, read for the first time", value=cold,
                 unit="CPU ms", note=f"mean of {len(different)} different ones")  # fmt: skip
    done, first, begun = 0, 0.0, time.process_time()
    for count in (1_000, 10_000, most):
        if count <= done or count > most:
            continue
        before, started = done, time.process_time()
        while done < count and (not first or time.process_time() - begun < LONGEST_GROWTH):
            for number in range(done, min(done + 1000, count)):
                extract(replace(texts[number % len(texts)], id=f"g{number}"), gazetteer)
            done = min(done + 1000, count)
        if done == before:
            return
        each = (time.process_time() - started) / (done - before) * 1000
        first = first or each
        ratio = each / first
        yield Figure(
            name=f"a notice of {size:.0f} bytes, number {before + 1:,} to {done:,}", value=each,
            unit="CPU ms", ratio=ratio, to="one of the first 1,000", target="0.9 to 1.1",
            met=0.9 <= ratio <= 1.1, note="" if done == count else f"{count:,} would take too long",
        )  # fmt: skip


def _by_size(gazetteer: Gazetteer, largest: float) -> Iterator[Figure]:
    sizes = [size for size in (10_000, 100_000, 1_000_000, 5_000_000) if size <= largest * 1e6]
    tell(f"documents of {sizes[0]:,} to {sizes[-1]:,} bytes")
    texts = [
        documents(max(1, 400_000 // size), language="en", size=size, kind=ORDINARY)
        for size in sizes
    ]
    runs = [lambda read=read: [extract(d, gazetteer) for d in read] for read in texts]
    taken = cpu_in_turns(runs, 2)
    costs = [seconds / megabytes(read) for seconds, read in zip(taken, texts, strict=True)]
    for size, cost in zip(sizes, costs, strict=True):
        ratio = cost / costs[0]
        yield Figure(
            name=f"per MB of an ordinary document of {size / 1e6:g} MB", value=cost,
            unit="CPU s", ratio=ratio, to="that of 10 kB", target="0.75 to 1.25",
            met=0.75 <= ratio <= 1.25,
        )  # fmt: skip


def _by_mentions(gazetteer: Gazetteer) -> Iterator[Figure]:
    words = " nothing else was told of that day by the people who live there".split()
    for names in (1, 10, 100):
        text = " ".join(
            f"A drone hit Kherson and {number} houses burnt." if number < names else " ".join(words)
            for number in range(100)
        )
        document = Document(id="m", text=text, language="en", published=PUBLISHED)
        taken = cpu(lambda d=document: extract(d, gazetteer))
        yield Figure(name=f"a document of {names} mentions and 100 sentences", value=taken * 1000,
                     unit="CPU ms", note=f"{len(text) / 1000:.1f} kB")  # fmt: skip


def _by_names() -> Iterator[Figure]:
    """Build indexes of made-up names and look names up in them."""
    first = None
    for count in (10_000, 100_000, 1_000_000):
        tell(f"an index of {count:,} made-up names")
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            records = list(islice(synthetic_records(1), count))
            begun = time.process_time()
            write_index(folder, records, about={"version": "b", "sources": []})
            built = time.process_time() - begun
            gazetteer = Gazetteer(Index(folder))
            random.seed(1)
            keys = sample_names(gazetteer.index)
            gazetteer.contains(keys[0])
            each = cpu(lambda g=gazetteer, k=keys: [g.contains(key) for key in k]) / len(keys)
            first = first or each
            wrong = [misspell(key) for key in keys if is_fuzzy(key) and len(key) > 5][:300]
            similar_names("warming", gazetteer.index)
            fuzzy = cpu(lambda g=gazetteer, w=wrong: [similar_names(k, g.index) for k in w], 1)
        yield Figure(
            name=f"look-up among {count:,} made-up names", value=each * 1e6, unit="CPU µs",
            ratio=each / first, to="that among 10,000",
            note=f"misspelt {fuzzy / len(wrong) * 1000:.2f} ms, built in {built:.0f} CPU s",
        )  # fmt: skip


def measure_batch(seconds: float) -> Iterator[Figure]:
    """Yield the cost of processes, of Dask, and the memory of a worker, on a job of `seconds`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = _job_of(seconds)
        source = folder / "articles.jsonl"
        lines = (
            {"id": d.id, "text": d.text, "published": str(PUBLISHED)}
            for d in documents(count, kind=ORDINARY)
        )
        encoded = [orjson.dumps(line) + b"\n" for line in lines]
        source.write_bytes(b"".join(encoded))
        (folder / "some.jsonl").write_bytes(b"".join(encoded[: count // _OF_ALL]))
        settings = BatchSettings(documents=max(20, count // 24))
        clocks: dict[int, float] = {}
        pool = 0.0
        load = os.getloadavg()[0]
        for workers in (1, 2):
            tell(f"batch of {count:,} documents with {workers} processes")
            begun = time.perf_counter()
            pool = _children(lambda w=workers: run_batch(
                [str(source)], str(folder / f"out{w}"), settings, workers=w))  # fmt: skip
            clocks[workers] = time.perf_counter() - begun
            yield Figure(
                name=f"batch of {count:,} ordinary articles, {workers} processes",
                value=count / clocks[workers], unit="documents/s by the clock",
                note=f"{count / pool:.0f} per CPU s",
            )  # fmt: skip
        gain, limit = clocks[1] / clocks[2], _machines_gain(count // 4)
        yield Figure(name="two readers that share nothing against one, by the clock", value=limit,
                     unit="times", note="what this machine allows")  # fmt: skip
        yield Figure(
            name="two processes against one, by the clock", value=gain, unit="times",
            target="≥ 1.8", met=gain >= 1.8,
            note=f"{gain / limit:.2f} of what the machine allows; load {load:.1f} before",
        )  # fmt: skip
        yield from _worker_memory(folder, settings)
        dask = _dask(source, folder, settings)
        if dask is None:
            yield Figure(name="Dask, two workers", value=None, unit="CPU s")
        else:
            yield Figure(name=f"Dask, two workers, {count:,} documents", value=dask, unit="CPU s",
                         ratio=dask / pool, to=f"the process pool ({pool:.0f} CPU s)",
                         target="≤ 1.3 ×", met=dask / pool <= 1.3)  # fmt: skip


def _job_of(seconds: float) -> int:
    """Return how many articles one process reads in some seconds, in whole hundreds."""
    gazetteer = open_gazetteer()
    texts = documents(96, kind=ORDINARY)
    for document in texts[:32]:
        extract(document, gazetteer)
    each = cpu(lambda: [extract(d, gazetteer) for d in texts[32:]], 1) / 64
    return max(1, round(seconds / each / 100)) * 100


def _machines_gain(count: int) -> float:
    """Return how much more two processes read in a time than one, where nothing joins them.

    Cores share caches, memory and the heat that they may make: few machines double.
    """
    tell(f"{count:,} documents in separate processes")
    code = (
        "import sys; from gazetteer import open_gazetteer; from geo.pipeline import extract\n"
        "from tests.benchmarks.corpus import ORDINARY, documents\n"
        "known = open_gazetteer()\n"
        "for text in documents(int(sys.argv[1]), kind=ORDINARY): extract(text, known)"
    )
    taken = []
    for number in (1, 2):
        begun = time.perf_counter()
        readers = [
            subprocess.Popen([sys.executable, "-c", code, str(count)]) for _ in range(number)
        ]
        if any(reader.wait() for reader in readers):
            raise RuntimeError("a reader failed; see above")
        taken.append(time.perf_counter() - begun)
    return 2 * taken[0] / taken[1]


def _children(run: Any) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = time.process_time()
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (
        after.ru_utime
        + after.ru_stime
        - before.ru_utime
        - before.ru_stime
        + (time.process_time() - own)
    )


def _worker_memory(folder: Path, settings: BatchSettings) -> Iterator[Figure]:
    """Look at a worker's pages after it read some articles: those of the index are shared."""
    from geo.batch.inputs import Inputs
    from geo.batch.partitions import partition_items
    from geo.batch.supervisor import Supervisor

    supervisor = Supervisor(settings, str(folder / "memory"), "benchmark")
    try:
        for partition in partition_items(
            Inputs(names=(str(folder / "some.jsonl"),), settings=settings).items(), settings
        ):
            supervisor.make(partition)
        process = supervisor._process
        if process is None or not Path(f"/proc/{process.pid}/smaps").exists():
            return
        own = _resident_mb(process.pid)
    finally:
        supervisor.close()
    yield Figure(name="memory of a process without the shared index", value=own, unit="MB",
                 target="≤ 250", met=own <= 250)  # fmt: skip


def _resident_mb(pid: int) -> float:
    kept, counted = 0, True
    for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
        if "-" in line.split(" ", 1)[0] and ":" not in line.split(" ", 1)[0]:
            counted = "/gazetteer-" not in line
        elif line.startswith("Rss:") and counted:
            kept += int(line.split()[1])
    return kept / 1024


def _dask(source: Path, folder: Path, settings: BatchSettings) -> float | None:
    """Return the processor time of a cluster of two, starting and ending it included."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        return None
    tell("Dask, two workers")
    command = [sys.executable, "-m", "tests.benchmarks.dask_run", str(source), str(folder / "dask"),
               str(settings.documents)]  # fmt: skip
    return _children(lambda: subprocess.run(command, check=True, capture_output=True))
