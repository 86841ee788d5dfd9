"""Bytes to text: which encoding a page is in, chosen so that the text can be made again from its name alone."""

from __future__ import annotations

import codecs
import re

__all__ = ["decode"]

_BOMS = ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip

_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)

HEAD_BYTES = 4096
"""How far into a page a charset declaration is looked for: four times what the HTML standard asks of authors."""

SAMPLE_BYTES = 32_768
"""How many bytes around non-ASCII ones the guess sees: enough for charset-normalizer, and a bounded cost."""

MOSTLY_ASCII = 0.08
"""Below this share of non-ASCII bytes Latin letters are the rule and the rest is punctuation and accents."""

_WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254",
              "tis-620": "cp874", "iso8859-11": "cp874", "euc_kr": "cp949", "shift_jis": "cp932",
              "utf-16": "utf-8"}  # fmt: skip
"""What browsers read in place of what a page declares (WHATWG Encoding Standard, names and labels)."""

_ALLOWED = frozenset({
    "utf-8", "utf-16-le", "utf-16-be", "cp866", "cp874", "cp932", "cp949", "big5", "big5hkscs", "euc_jp", "gb18030",
    "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255",
    "cp1256", "cp1257", "cp1258", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7",
    "iso8859-8", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16"
})  # fmt: skip
"""Encodings that a web page may be in; others that Python knows (punycode, unicode_escape) no page is in."""

_LEADS = bytes(range(0xC2, 0xF5))
_HIGH = bytes(range(0x80, 0x100))


def decode(data: bytes, media_type: str, content_type: str = "") -> tuple[str, str]:
    """The text of a page and the encoding's Python name; `data.decode(name, errors="replace")` is that text.

    A byte order mark stays as the first character, so that offsets count what the file holds. `content_type` is the
    header that a server sent: heard before what the page says, and like it only where the bytes bear it out.
    """
    stated = _CHARSET.search(content_type)
    encoding = _unicode(data) or (_usable(stated[1], data) if stated else None) or _declared(data, media_type)
    encoding = encoding or _guessed(data)
    return data.decode(encoding, errors="replace"), encoding


def _unicode(data: bytes) -> str | None:
    """A Unicode encoding that the bytes themselves prove."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    if wide := _wide(data[:HEAD_BYTES]):
        return wide
    if _decodes(data, "utf-8") or _nearly_utf8(data):
        return "utf-8"
    return None


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: Latin text has a NUL in every other byte."""
    half = len(head) // 2
    if half < 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _nearly_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for a few: a cut last character, a pasted line in another encoding."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("�") - data.count("�".encode())
    whole = _count(data, _LEADS) - broken
    return whole >= 4 * broken


def _declared(data: bytes, media_type: str) -> str | None:
    """The charset that a page declares, where it can be true."""
    if "html" not in media_type and "xml" not in media_type:
        return None
    found = _DECLARED.search(data[:HEAD_BYTES])
    return None if found is None else _usable(found[1].decode("ascii"), data)


def _usable(charset: str, data: bytes) -> str | None:
    """The encoding that a charset stands for on the web, where it is one and the bytes can be in it."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None
    name = _WEB_NAMES.get(name, name)
    return name if name in _ALLOWED and _decodes(data, name) else None


def _guessed(data: bytes) -> str:
    if _count(data, _HIGH) < MOSTLY_ASCII * len(data) and _decodes(data, "cp1252"):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(_sample(data)).best()
    name = codecs.lookup(best.encoding).name if best is not None else "cp1252"
    return name if name in _ALLOWED and _decodes(data, name) else "cp1252"


def _sample(data: bytes) -> bytes:
    """The lines that hold non-ASCII bytes, up to a limit: they alone tell encodings apart."""
    if len(data) <= SAMPLE_BYTES:
        return data
    lines = [line[:2000] for line in data.split(b"\n") if not line.isascii()]
    return b"\n".join(lines)[:SAMPLE_BYTES] or data[:SAMPLE_BYTES]


def _count(data: bytes, which: bytes) -> int:
    """How many bytes are among `which`; `translate` counts at the speed of a copy."""
    return len(data) - len(data.translate(None, which))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, UnicodeError):
        return False
    return True
