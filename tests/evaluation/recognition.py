"""Measure recognition alone: exact spans of toponyms against a file of marked texts.

Run ``python -m tests.evaluation.recognition FILE.jsonl``. A line has ``text``, ``toponyms`` with
``start`` and ``end`` in code points, and may have ``lang``. Public sets (LGL, GeoVirus, NER-uk)
mark the mention whatever it stands for, so predictions of every role count.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gazetteer import Gazetteer, open_gazetteer
from geo.annotators.mentions import find_mentions
from geo.annotators.sentences import find_sentences
from geo.annotators.tokens import find_tokens
from geo.languages import load_language

Item = dict[str, Any]
Spans = set[tuple[int, int]]


def spans_of(text: str, language: str, gazetteer: Gazetteer) -> Spans:
    """Return the spans of all mentions that are found in a text."""
    pack = load_language(language)
    tokens = find_tokens(text, pack)
    sentences = find_sentences(text, tokens, pack)
    found = find_mentions(text, tokens, sentences, pack, gazetteer)
    return {(mention.span.start, mention.span.stop) for mention in found}


def compare(item: Item, found: Spans) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each span as ``hit``, ``missed`` or ``invented``."""
    gold = {(toponym["start"], toponym["end"]) for toponym in item["toponyms"]}
    for verdict, spans in (("hit", gold & found), ("missed", gold - found)):
        yield from ((verdict, span) for span in sorted(spans))
    yield from (("invented", span) for span in sorted(found - gold))


def figures(counts: Counter[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    precision = counts["hit"] / max(1, counts["hit"] + counts["invented"])
    recall = counts["hit"] / max(1, counts["hit"] + counts["missed"])
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    """Print the figures of one file, and on request what was missed and invented."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--lang", default="en", help="language of lines that name none")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    gazetteer = open_gazetteer()
    items = [json.loads(line) for line in options.file.read_text("utf-8").split("\n") if line]
    counts: Counter[str] = Counter()
    started = time.perf_counter()
    for item in items:
        text = item["text"]
        for verdict, (start, end) in compare(
            item, spans_of(text, item.get("lang", options.lang), gazetteer)
        ):
            counts[verdict] += 1
            if options.errors and verdict != "hit":
                around = (
                    f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}"
                )
                print(verdict, " ".join(around.split()), sep=" | ")
    seconds = time.perf_counter() - started
    precision, recall, f1 = figures(counts)
    print(f"{options.file.name}: P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  {dict(counts)}")
    print(f"{len(items) / seconds:.1f} documents/s")


if __name__ == "__main__":
    main()
