"""Turn events into plain nested records and back, losing nothing."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import gazetteer.models
import geo.models
from geo.errors import InputError
from geo.models import Event, Resolution

_NAMES = {**vars(gazetteer.models), **vars(geo.models)}
Json = Any
Reader = Callable[[Json], Json]


class _Field(NamedTuple):
    name: str
    read: Reader
    required: bool


def to_record(event: Event) -> dict[str, Any]:
    """Return an event as JSON-ready dicts, lists, strings and numbers.

    Days become ISO text, spans ``[start, stop]``. Fields that hold their default are left out.
    Each resolution stands once in ``resolutions``; ``place``, ``places`` and the ``before`` of a
    review are indexes into it.
    """
    resolutions: list[Resolution] = []

    def refer(place: Resolution | None) -> int | None:
        if place is None:
            return None
        if place not in resolutions:
            resolutions.append(place)
        return resolutions.index(place)

    bare = dataclasses.replace(event, place=None, places=(), claims=(), review=None)
    record: dict[str, Any] = _pack(bare)
    record["place"] = refer(event.place)
    record["places"] = [refer(place) for place in event.places]
    record["claims"] = [
        _pack(dataclasses.replace(claim, place=None)) | {"place": refer(claim.place)}
        for claim in event.claims
    ]
    if event.review is not None:
        review = dataclasses.replace(event.review, before=None)
        record["review"] = _pack(review) | {"before": refer(event.review.before)}
    record["resolutions"] = [_pack(resolution) for resolution in resolutions]
    return record


def from_record(record: dict[str, Any]) -> Event:
    """Return the event that :func:`to_record` made the record of.

    Raises :class:`geo.errors.InputError`, naming the field, when it is no such record.
    """
    if not isinstance(record, dict):
        raise InputError(f"expected an event as a JSON object, not {record!r:.60}")
    known = record.get("resolutions") or []

    def follow(index: Json) -> Json:
        if index is not None and (type(index) is not int or not 0 <= index < len(known)):
            raise InputError(f"{index!r:.60} is no index of the event's {len(known)} resolutions")
        return None if index is None else known[index]

    whole = record | {
        "place": follow(record.get("place")),
        "places": [follow(index) for index in record.get("places") or []],
        "claims": [c | {"place": follow(c.get("place"))} for c in record.get("claims") or []],
    }
    if isinstance(record.get("review"), dict):
        review = record["review"]
        whole["review"] = review | {"before": follow(review.get("before"))}
    event: Event = _reader_of_record(Event)(whole)
    return event


def _pack(value: Json) -> Json:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_pack(item) for item in value]
    return {
        field.name: _pack(getattr(value, field.name))
        for field in dataclasses.fields(value)
        if not _is_default(field, getattr(value, field.name))
    }


def _is_default(field: dataclasses.Field[Any], value: Json) -> bool:
    if field.default is not dataclasses.MISSING:
        return bool(value == field.default)
    factory = field.default_factory
    return factory is not dataclasses.MISSING and value == factory()


@cache
def _reader_of_record(kind: type) -> Reader:
    hints = get_type_hints(kind, globalns=_NAMES)
    fields = [
        _Field(
            field.name,
            _reader(hints[field.name]),
            field.default is field.default_factory is dataclasses.MISSING,
        )
        for field in dataclasses.fields(kind)
    ]

    def read(record: Json) -> Json:
        if not isinstance(record, dict):
            raise InputError(f"expected a {kind.__name__} as a JSON object, not {record!r:.60}")
        missing = [field.name for field in fields if field.required and field.name not in record]
        if missing:
            raise InputError(f"a {kind.__name__} needs {', '.join(missing)}")
        known = {f.name: _read_field(kind, f, record) for f in fields if f.name in record}
        return kind(**known)

    return read


def _read_field(kind: type, field: _Field, record: dict[str, Any]) -> Json:
    try:
        return field.read(record[field.name])
    except (TypeError, ValueError) as error:
        raise InputError(f"{kind.__name__}.{field.name}: {error}") from error


def _reader(hint: Json) -> Reader:
    origin: Json = get_origin(hint)
    if origin in (Union, types.UnionType):
        (inner,) = (_reader(arg) for arg in get_args(hint) if arg is not type(None))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _reader_of_tuple(get_args(hint))
    if origin is Literal:
        return _reader_of_words(get_args(hint))
    return date.fromisoformat if hint is date else _reader_of_class(hint)


def _reader_of_class(kind: type) -> Reader:
    if dataclasses.is_dataclass(kind):
        return _reader_of_record(kind)
    if issubclass(kind, tuple):
        return lambda values: kind(*values)
    return _reader_of_scalar(kind)


def _reader_of_tuple(args: tuple[Any, ...]) -> Reader:
    if args[-1] is Ellipsis:
        each = _reader(args[0])
        return lambda values: tuple(each(value) for value in values)
    readers = [_reader(arg) for arg in args]
    return lambda values: tuple(r(v) for r, v in zip(readers, values, strict=True))


def _reader_of_words(words: tuple[Any, ...]) -> Reader:
    def read(value: Json) -> Json:
        if value not in words:
            raise InputError(f"{value!r} is none of {', '.join(map(str, words))}")
        return value

    return read


def _reader_of_scalar(kind: type) -> Reader:
    allowed = (float, int) if kind is float else (kind,)

    def read(value: Json) -> Json:
        if not isinstance(value, allowed) or (kind is not bool and isinstance(value, bool)):
            raise InputError(f"{value!r:.60} is no {kind.__name__}")
        return value

    return read
