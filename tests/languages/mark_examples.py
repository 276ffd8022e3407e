"""Set and take off the ``fails`` marks of the packs' examples, after a change of the rules.

Run ``python -m tests.languages.mark_examples``; look at the difference before you commit it. A
mark that appears is a step back.
"""

from __future__ import annotations

import json
from pathlib import Path

from gazetteer import Gazetteer, open_gazetteer
from tests.languages.reading import PACKS, differences, load_pack

_MARK = "fails = "


def mark_pack(path: Path, gazetteer: Gazetteer) -> tuple[int, int]:
    """Rewrite the marks of one pack; return the number of its examples and of its failures."""
    examples = load_pack(path).get("examples", [])
    wrong = {e["text"]: differences(path.stem, e, gazetteer) for e in examples}
    kept = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(_MARK):
            continue
        kept.append(line)
        if line.startswith("text = ") and wrong.get(json.loads(line.removeprefix("text = "))):
            text = json.loads(line.removeprefix("text = "))
            reasons = json.dumps("; ".join(wrong[text]), ensure_ascii=False)
            kept.append(f"{_MARK}{reasons}")
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return len(examples), sum(map(bool, wrong.values()))


def main() -> None:
    """Mark the examples of all packs, and print how many fail."""
    gazetteer = open_gazetteer()
    for path in sorted(PACKS.glob("*.toml")):
        count, failures = mark_pack(path, gazetteer)
        print(f"{path.stem}: {failures} of {count} examples fail")


if __name__ == "__main__":
    main()
