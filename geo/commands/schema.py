"""``conflict-map schema``: print the JSON schema of what extractors answer."""

from __future__ import annotations

from typing import Annotated

import typer


def schema(
    name: Annotated[str, typer.Argument(help="Which schema: claims.", metavar="NAME")],
) -> None:
    """Print a JSON schema: claims, the answer of an extractor."""
    import json

    from geo.errors import InputError
    from geo.extractors.chat import claims_schema

    if name != "claims":
        raise InputError(f"no schema {name!r}; there is: claims")
    print(json.dumps(claims_schema(), indent=1, ensure_ascii=False))
