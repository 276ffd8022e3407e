"""Make any text safe to carry into a page: whole characters, bounded length, no code.

Nothing here decides how text is shown: the page shows it with ``textContent`` only.
"""

from __future__ import annotations

import html
import json
import re

LONGEST = 1200
_LONE = re.compile("[\ud800-\udfff]")
_WEB = re.compile(r"https?://[^\s\x00-\x1f\x7f]+\Z", re.IGNORECASE)
_UNSAFE = re.compile("[<>&\u2028\u2029]")


def clean_text(value: object, *, longest: int = LONGEST) -> str | None:
    r"""Return `value` as text without lone surrogates, cut at `longest` with a notice.

    >>> clean_text("a\ud800b"), clean_text(float("nan")), clean_text("  ")
    ('a�b', None, None)
    >>> clean_text("abcdef", longest=3)
    'abc… [shortened: 6 characters]'
    """
    if value is None or value != value:  # noqa: PLR0124 - true for NaN and NaT alone
        return None
    text = value if isinstance(value, str) else _as_text(value)
    if not text.strip():
        return None
    if len(text) > longest:
        text = f"{text[:longest]}… [shortened: {len(text)} characters]"
    return _LONE.sub("\ufffd", text)


def clean_url(value: object) -> str | None:
    """Return an http or https address, or ``None`` for anything else.

    >>> clean_url("https://example.org/a?b=1"), clean_url("javascript:alert(1)")
    ('https://example.org/a?b=1', None)
    """
    text = clean_text(value, longest=2000)
    return text if text and _WEB.match(text) else None


def html_text(value: str) -> str:
    """Escape text for HTML so that neither a browser nor a template engine reads code in it.

    >>> html_text("{{ 7*7 }} `${x}` <b>")
    '&#123;&#123; 7*7 &#125;&#125; &#96;&#36;&#123;x&#125;&#96; &lt;b&gt;'
    """
    escaped = html.escape(_LONE.sub("\ufffd", value))
    return "".join(f"&#{ord(sign)};" if sign in "{}`$\\%\u2028\u2029" else sign for sign in escaped)


def json_block(value: object) -> str:
    r"""Return JSON to stand inside a ``script`` element: no angle bracket, no line separator.

    >>> json_block({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", _LONE.sub("\ufffd", text))


def _as_text(value: object) -> str:
    try:
        return str(value)
    except Exception:  # a foreign __str__ may raise anything; the map goes on
        return ""
