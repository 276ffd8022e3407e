"""Put the page together: template, styles, scripts, policy. One file, nothing loaded."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any

from geo.webmap.skeleton import MAP_ID, Tiles, skeleton_script
from geo.webmap.text import html_text, json_block

SCRIPTS = (
    "dom data symbols filters numbers basemap areas events-layer detail "
    "list panel timeline modes tools main"
).split()
_SLOT = re.compile(r"\[\[([a-z0-9_:-]+)\]\]")
_LEAFLET_IMAGES = re.compile(r"url\([^)]*\)")


def build_page(
    data: dict[str, Any], *, title: str, labels: dict[str, str], tiles: Tiles | None, embed: bool
) -> str:
    """Return the whole HTML page for the data, the same text for the same data.

    `data` is what the scripts read; it travels as one JSON block and is shown as text only.
    """
    skeleton, layer = skeleton_script(tiles)
    if tiles is not None:
        data = {**data, "tiles": [{"name": tiles.name, "layer": layer}]}
    scripts = {
        "leaflet": read_leaflet("leaflet.js"),
        "skeleton": skeleton,
        "app": read_app(_numbers(data)),
    }
    scripts = {name: f"\n{text.strip()}\n" for name, text in scripts.items()}
    style = f"\n{read_style(sums='cells' in data)}\n"
    slots = {
        "lang": html_text(data["language"]),
        "html-class": ' class="embed"' if embed else "",
        "title": html_text(title),
        "referrer": "strict-origin-when-cross-origin" if tiles else "no-referrer",
        "csp": policy(list(scripts.values()), style, tiles),
        "style": style,
        "map-id": MAP_ID,
        "data": json_block(data),
        **scripts,
        **{f"t:{key}": html_text(value) for key, value in labels.items()},
    }
    return _SLOT.sub(lambda match: slots[match[1]], _read("page.html"))


def policy(scripts: list[str], style: str, tiles: Tiles | None) -> str:
    """Return the content security policy: only our own scripts and styles, by their hashes."""
    images = f"data: blob: {tiles.origin}" if tiles else "data: blob:"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(_hash(text) for text in scripts),
            f"style-src {_hash(style)}",
            f"img-src {images}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _numbers(data: dict[str, Any]) -> str:
    """Return the script that counts: from sums where the events are too many to travel each."""
    return "numbers-cells" if "cells" in data else "numbers-events"


@cache
def read_app(numbers: str) -> str:
    """Return the page's own scripts as one, closed to the outside, as short as they can be."""
    from rjsmin import jsmin

    names = [numbers if name == "numbers" else name for name in SCRIPTS]
    parts = "\n".join(_read(f"{name}.js") for name in names)
    return str(jsmin(f'(() => {{\n"use strict";\n{parts}\n}})();'))


@cache
def read_style(*, sums: bool) -> str:
    """Return Leaflet's styles without its images, then ours; those of sums where needed."""
    leaflet = _LEAFLET_IMAGES.sub("none", read_leaflet("leaflet.css"))
    own = _read("page.css") + (_read("cells.css") if sums else "")
    return _tight(f"{_without_old_tricks(leaflet)}\n{own}")


def _tight(css: str) -> str:
    """Drop comments and what white space no rule needs; no text of the styles holds either."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").replace("}", "}\n").strip()


@cache
def read_leaflet(name: str) -> str:
    """Return a file of Leaflet as the package xstatic-leaflet ships it, without its map link."""
    text = files("xstatic.pkg.leaflet").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return re.sub(r"//# sourceMappingURL=\S*", "", text)


def _without_old_tricks(css: str) -> str:
    """Drop rules for Internet Explorer, which HTML checkers rightly refuse."""
    css = re.sub(r"[^{}]*\{[^{}]*behavior:[^{}]*\}", "", css)
    return re.sub(r"[^;{}]*(?:filter:\s*progid|-ms-filter)[^;{}]*;", "", css)


def _hash(text: str) -> str:
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    digest = hashlib.sha256(normal.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _read(name: str) -> str:
    return files("geo.webmap").joinpath(f"page/{name}").read_text(encoding="utf-8")
