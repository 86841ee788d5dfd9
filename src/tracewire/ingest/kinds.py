"""What bytes are: an HTML page, a feed, a sitemap, a PDF, text; by what they begin with, then by what a server says."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["Kind", "kind_of"]

Kind = Literal["html", "text", "markdown", "pdf", "xml-list", "json-feed", "json", "lines", "warc", "other"]

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(
    rb"\A\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|title|meta|div|p)\b", re.I | re.S
)
_LIST = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)[\s>]", re.I)
_XML_START = re.compile(rb"\A\s*<(?:\?xml|!--|\w)")
_JSON_FEED = re.compile(rb"\"version\"\s*:\s*\"https?://jsonfeed\.org/", re.I)
_TEXT_TYPES = ("text/plain", "text/markdown", "text/x-markdown")
SNIFFED_BYTES = 2048


def kind_of(data: bytes, declared: str | None = None) -> Kind:
    """The kind of some bytes; `declared` is the media type that a server or a person names, heard last."""
    head = data[:SNIFFED_BYTES]
    for bom in _BOMS:
        head = head.removeprefix(bom)
    if head.lstrip()[:5] == b"%PDF-":
        return "pdf"
    if head.startswith(b"WARC/"):
        return "warc"
    media_type = (declared or "").split(";")[0].strip().lower()
    if _XML_START.match(head) and _LIST.search(head) and "html" not in media_type:
        return "xml-list"
    if head.lstrip()[:1] in (b"{", b"[") and _JSON_FEED.search(head):
        return "json-feed"
    return _by_type(head, media_type)


def _by_type(head: bytes, media_type: str) -> Kind:
    if "html" in media_type or _HTML.match(head):
        return "html"
    if "json" in media_type or (not media_type and head.lstrip()[:1] == b"{"):
        return "lines" if "lines" in media_type or "nd" in media_type.partition("/")[2] else "json"
    if media_type in _TEXT_TYPES[1:]:
        return "markdown"
    return "text" if not media_type or media_type in _TEXT_TYPES else "other"
