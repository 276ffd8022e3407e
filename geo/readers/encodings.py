"""Decode what files hold: UTF-8 first, then what a page declares, then what the bytes look like."""

from __future__ import annotations

import codecs
import logging
import re
from functools import partial

from geo.errors import InputError

_log = logging.getLogger(__name__)
_HEAD = 4096  # where a page declares its encoding, with room for long comments
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HIGH = re.compile(rb"[\x80-\xff]+")
_CYRILLIC_RUN = re.compile(rb"[\xa8\xaa\xaf\xb2-\xb4\xb8\xba\xbf-\xff]{3,}")
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.I
)
_FOR_PAGES = ("ascii", "big5", "cp", "euc", "gb", "iso8859", "koi8", "mac", "shift_jis", "utf-8")
_LATIN = ("cp1252", "cp1250")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_SAMPLE = 100_000  # letters that tell whether a text was encoded twice
_TWICE = ("cp1252", "cp1251")
_IN_WORDS = frozenset("’‘ʼ–—·…«»“”\xa0\xad")  # marks that do stand between letters
_MARKS_OF_TEXT = _IN_WORDS | frozenset("„‚‹›•°№§€£©®™²³½¿¡")


def decode(content: bytes, name: str) -> str:
    """Decode a file as UTF-8, UTF-16 with a mark, or as a page declares; lines end in line feeds.

    Raises :class:`geo.errors.InputError` when it is empty, binary or in another encoding.
    """
    if not content.strip():
        raise InputError(f"{name} is empty; give a file with text")
    utf16 = has_utf16_mark(content)
    if is_archive(content) or (not utf16 and b"\x00" in content[:4096]):
        raise InputError(f"{name} is a binary file; save it as text, HTML or JSONL first")
    try:
        return _unified(content.decode("utf-16" if utf16 else "utf-8-sig"))
    except UnicodeDecodeError as error:
        declared = declared_encoding(content)
        if declared not in (None, "utf-8"):
            return _unified(content.decode(declared, "replace"))
        raise _not_utf8(content, name, error.start) from None


def _not_utf8(content: bytes, name: str, byte: int) -> InputError:
    guessed = guess_text(content)
    if guessed is None:
        return InputError(f"{name} is not UTF-8 (byte {byte}) and may be damaged; save it as UTF-8")
    old = guessed[1].replace("cp", "WINDOWS-")
    return _OldEncodingError(
        f"{name} is not UTF-8 (byte {byte}); convert it, for example with iconv -f {old} -t UTF-8"
    )


class _OldEncodingError(InputError):
    """The bytes look like an old encoding, and nothing says that they are in it."""


def decode_kindly(content: bytes, name: str) -> str:
    """Decode a file; guess at old encodings and say so, for a person can look at the result."""
    try:
        text = decode(content, name)
    except _OldEncodingError:
        guessed = guess_text(content)
        if guessed is None:
            raise
        text, old = guessed
        _log.warning("%s is not UTF-8; read as %s, convert it if letters look wrong", name, old)
        return _unified(text)
    meant = undo_double_encoding(text)
    if meant is None:
        return text
    _log.warning("%s was encoded twice (as in ‘lâ€™’); read as it was meant", name)
    return _unified(meant)


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_archive(content: bytes) -> bool:
    """Tell PDF, zip, office and gzip files, which may hold no zero byte at their beginning."""
    return content.startswith((b"%PDF", b"PK\x03\x04", b"\x1f\x8b"))


def has_utf16_mark(content: bytes) -> bool:
    """Tell whether bytes begin with a byte-order mark of UTF-16."""
    return content[:2] in _UTF16


def decode_lines(content: bytes) -> tuple[str, str | None]:
    r"""Return the text of a file, and a note where it was not plain UTF-8.

    UTF-8 and UTF-16 with and without byte-order mark; lines that are not UTF-8 are read one by
    one in the old Windows encoding that their bytes look like.

    >>> decode_lines("Київ".encode("cp1251") + b"\nabc")
    ('Київ\nabc', '1 of 2 lines are not UTF-8, read as cp1251')
    """
    if has_utf16_mark(content):
        return content.decode("utf-16"), "UTF-16"
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    lines = content.removeprefix(codecs.BOM_UTF8).split(b"\n")
    odd = [line for line in lines if not _is_utf8(line)]
    encoding = likely_encoding(b"\n".join(odd))
    text = "\n".join(
        line.decode("utf-8") if _is_utf8(line) else line.decode(encoding, "replace")
        for line in lines
    )
    return text, f"{len(odd)} of {len(lines)} lines are not UTF-8, read as {encoding}"


def likely_encoding(content: bytes) -> str:
    r"""Return the old Windows encoding that bytes look like: cp1251, cp1250 or cp1252.

    Cyrillic writes whole words in high bytes. Of the two Latin ones that is chosen which puts
    fewer signs between letters.

    >>> likely_encoding("Łódź, mówią żołnierze".encode("cp1250")), likely_encoding(b"Orl\xe9ans")
    ('cp1250', 'cp1252')
    """
    in_words = sum(map(len, _CYRILLIC_RUN.findall(content)))
    if in_words * 2 > sum(map(len, _HIGH.findall(content))):
        return "cp1251"
    return min(_LATIN, key=lambda name: _signs_in_words(content.decode(name, "replace")))


def _signs_in_words(text: str) -> int:
    around = zip(text, text[1:], text[2:], strict=False)
    return sum(
        sign > "\x7f" and not sign.isalpha() and sign not in _IN_WORDS
        for before, sign, after in around
        if before.isalpha() and after.isalpha()
    )


def guess_text(content: bytes) -> tuple[str, str] | None:
    """Return bytes that are not UTF-8 as text with the encoding, ``None`` where they are no text.

    Bytes that are mostly UTF-8 are damaged, not old: nothing is guessed of them.

    >>> guess_text("Взрыв в Харькове".encode("cp1251"))
    ('Взрыв в Харькове', 'cp1251')
    >>> guess_text("Вибух у Сумах".encode()[:-1]) is None
    True
    """
    if re.search(r"[^\x00-\x7f\ufffd]", content.decode("utf-8", "replace")):
        return None
    encoding = likely_encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    high = [letter for letter in text if letter > "\x7f"]
    plausible = sum(letter.isalpha() or letter in _MARKS_OF_TEXT for letter in high)
    return (text, encoding) if plausible * 10 > len(high) * 9 else None


def declared_encoding(content: bytes) -> str | None:
    """Return the encoding that an HTML page declares in its head, as Python calls it.

    As browsers do, ``iso-8859-1`` and ``ascii`` are taken for cp1252 (WHATWG Encoding, 4.2).

    >>> declared_encoding(b'<html><meta charset="windows-1251">')
    'cp1251'
    """
    found = _DECLARED.search(content[:_HEAD])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii", "replace")).name
    except LookupError:
        return None
    if not name.startswith(_FOR_PAGES):
        return None  # Python knows ``rot13`` and ``unicode_escape``, too
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def undo_double_encoding(text: str) -> str | None:
    """Return a text that was encoded twice as it was meant, ``None`` where it was not.

    It was where nearly every run of letters beyond ASCII, and more than one, is UTF-8 read as an
    old Windows encoding; runs that lost a letter on their way stay as they are.

    >>> undo_double_encoding("lâ€™attacco a CherÃ¬on"), undo_double_encoding("l’attacco è così")
    ('l’attacco a Cherìon', None)
    """
    runs = _BEYOND_ASCII.findall(text[:_SAMPLE])
    for name in _TWICE:
        meant = sum(_meant(run, name) is not None for run in runs)
        if meant > 1 and meant * 5 >= len(runs) * 4:
            return _BEYOND_ASCII.sub(partial(_as_meant, name), text)
    return None


def _as_meant(name: str, run: re.Match[str]) -> str:
    return _meant(run[0], name) or run[0]


def _meant(run: str, name: str) -> str | None:
    try:
        return run.encode(name, "geo.controls").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None


def _let_stand(error: UnicodeError) -> tuple[bytes, int]:
    """Encode as browsers do: the five bytes that cp1252 leaves open stand for themselves."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    if any(not "\x80" <= letter <= "\x9f" for letter in letters):
        raise error
    return letters.encode("latin-1"), error.end


codecs.register_error("geo.controls", _let_stand)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
