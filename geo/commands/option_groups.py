"""Let commands take their options as records: each option is defined once, for all commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Any, get_type_hints


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """Make a command whose parameters may be dataclasses of options.

    Typer sees each field as an option of its own; the command gets the record.

    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class Size:
    ...     width: int = 1
    ...     height: int = 2
    >>> @grouped
    ... def show(*, size: Size, loud: bool = False) -> None:
    ...     print(size)
    >>> list(signature(show).parameters)
    ['width', 'height', 'loud']
    >>> show(width=3, height=2, loud=False)
    Size(width=3, height=2)
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}

    @wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401 - what typer parsed
        for name, kind in groups.items():
            given[name] = kind(**{field.name: given.pop(field.name) for field in fields(kind)})
        command(**given)

    options = [
        option
        for name, parameter in signature(command).parameters.items()
        for option in (
            _options_of(groups[name])
            if name in groups
            else [parameter.replace(annotation=hints[name], kind=Parameter.KEYWORD_ONLY)]
        )
    ]
    run.__annotations__ = {option.name: option.annotation for option in options}
    run.__signature__ = Signature(options)  # type: ignore[attr-defined]
    return run


def _options_of(kind: Any) -> list[Parameter]:  # noqa: ANN401 - any dataclass
    hints = get_type_hints(kind, include_extras=True)
    return [
        Parameter(
            field.name,
            Parameter.KEYWORD_ONLY,
            annotation=hints[field.name],
            default=Parameter.empty if field.default is MISSING else field.default,
        )
        for field in fields(kind)
    ]
