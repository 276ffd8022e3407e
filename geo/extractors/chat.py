"""Speak the protocol of chat completions: the body of a question, the JSON of an answer.

It is that of ``POST /chat/completions`` with ``response_format`` of type ``json_schema`` (OpenAI
API reference; vLLM, llama.cpp, Ollama and others speak it). Where a server takes no temperature,
or no schema, the body goes without: the schema then stands in the instructions.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache
from importlib import resources
from typing import Any

import orjson

from geo.extractors.errors import ExtractorError
from geo.models import Document

Json = Any
OPTIONAL = ("temperature", "response_format")
_SHOWN = 200


def claims_schema() -> Json:
    """Return the JSON schema of an answer, as published in the repository."""
    file = resources.files(__package__) / "claims.schema.json"
    return json.loads(file.read_text(encoding="utf-8"))


@cache
def instructions() -> str:
    """Return what the model is told to do."""
    return (resources.files(__package__) / "instructions.md").read_text(encoding="utf-8")


def request_body(document: Document, model: str, without: Collection[str] = ()) -> Json:
    """Return the body of the request; `without` names fields that the server refuses.

    >>> body = request_body(Document(id="a", text="Two died."), "m", ["temperature"])
    >>> sorted(body)
    ['messages', 'model', 'response_format']
    """
    published = document.published.isoformat() if document.published else "unknown"
    language = document.language or "unknown"
    question = f"Published: {published}\nLanguage: {language}\n\nDocument:\n{document.text}"
    schema = {k: v for k, v in claims_schema().items() if k not in ("$schema", "title")}
    told = instructions()
    if "response_format" in without:
        told += f"\n# The schema of the answer\n{json.dumps(schema)}\n"
    body = {
        "model": model,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": told},
            {"role": "user", "content": question},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "claims", "strict": True, "schema": schema},
        },
    }
    return {name: value for name, value in body.items() if name not in without}


def read_completion(content: bytes) -> Json:
    """Return the JSON that a chat completion holds.

    Raises :class:`geo.extractors.errors.ExtractorError` for all that is none.
    """
    try:
        choice = orjson.loads(content)["choices"][0]
        message = choice["message"]
        text, refusal = message.get("content"), message.get("refusal")
    except (ValueError, LookupError, TypeError, AttributeError):
        raise ExtractorError(f"the answer is no chat completion: {shown(content)}") from None
    if choice.get("finish_reason") == "length":
        raise ExtractorError("the answer was cut off; give the model a longer context")
    if not isinstance(text, str):
        raise ExtractorError(f"the model refused: {refusal!r:.{_SHOWN}}")
    try:
        return orjson.loads(_unfenced(text))
    except orjson.JSONDecodeError:
        raise ExtractorError(f"the answer is no JSON: {text!r:.{_SHOWN}}") from None


def _unfenced(text: str) -> str:
    """Take off the fence that some models put around JSON."""
    stripped = text.strip()
    if not stripped.startswith("```"):
        return stripped
    return stripped.partition("\n")[2].rsplit("```", 1)[0]


def shown(content: bytes) -> str:
    """Return the beginning of what a server said, on one line."""
    text = " ".join(content.decode("utf-8", "replace").split())
    return text[:_SHOWN] or "nothing"
