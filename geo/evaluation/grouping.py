"""Group gold items by language, tag, difficulty or source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.errors import InputError
from geo.evaluation.records import Item

GROUPINGS = {"lang": "lang", "tag": "tags", "difficulty": "difficulty", "source": "source"}


def group_items(items: Iterable[Item], names: Sequence[str]) -> dict[str, list[str]]:
    """Return the ids of the items in each group, called ``lang=it`` or ``tag=kin``, sorted.

    Raises :class:`geo.errors.InputError`, naming the groupings there are.

    >>> group_items([Item(id="a", groups={"lang": ("it",)})], ["lang"])
    {'lang=it': ['a']}
    """
    unknown = [name for name in names if name not in GROUPINGS]
    if unknown:
        raise InputError(f"cannot group by {unknown[0]!r}; there are: {', '.join(GROUPINGS)}")
    found: dict[str, list[str]] = {}
    for item in items:
        for name in names:
            for value in item.groups.get(GROUPINGS[name], ()):
                found.setdefault(f"{name}={value}", []).append(item.id)
    order = {name: index for index, name in enumerate(names)}
    return dict(sorted(found.items(), key=lambda group: (order[group[0].split("=")[0]], group[0])))
