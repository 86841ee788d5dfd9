"""A scanner for HTML that keeps offsets: tags, text runs and character references, in one pass, whatever is broken.

The standard library's parser takes quadratic time on unclosed constructs and changes between Python versions; what a
page's spans point at must depend on neither.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

__all__ = ["FURNITURE", "RAW_TEXT", "Token", "attributes", "characters", "scan"]

RAW_TEXT = frozenset(
    {"script", "style", "template", "noscript", "iframe", "noembed", "noframes", "xmp", "textarea", "title", "svg"}
)
"""Elements whose content is not markup (title, textarea), or not for reading."""

FURNITURE = frozenset({"nav", "footer", "aside", "select"})
"""Elements around a text, a third of the tags of news pages: those in a hurry pass over them as a whole."""

_CLOSERS = {name: re.compile(rf"</{name}(?=[\s/>])", re.I) for name in RAW_TEXT | FURNITURE}
_OPEN = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]{0,60})|!--|[!?/])")
_EVEN = r"(?:[^>\"'=]++|=\s*+(?:\"[^\">]*+\"|'[^'>]*+'|(?![\"'])))*+>"
"""Attributes whose quotation marks all close before the tag does."""
_WHOLE = re.compile(rf"<(/?)([a-zA-Z][^\s/>]{{0,60}}){_EVEN}")
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_REFERENCE = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6};?|#[0-9]{1,7};?|[a-zA-Z][a-zA-Z0-9]{1,30};?)")


class Token(NamedTuple):
    """A stretch of a page: a start tag, an end tag, or text; `name` is a tag's, in lower case, or that of the element
    whose raw text it is."""

    kind: Literal["start", "end", "text"]
    start: int
    end: int
    name: str = ""
    empty: bool = False
    """Whether a start tag closes itself (`<p/>`)."""


class _Finder:
    """`str.find` that remembers what it did not find, so that unclosed constructs cost one search, not one each."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._absent: dict[str, int] = {}

    def find(self, what: str, start: int) -> int:
        """Where `what` stands next, -1 where it does not."""
        if start >= self._absent.get(what, len(self._raw) + 1):
            return -1
        at = self._raw.find(what, start)
        if at < 0:
            self._absent[what] = min(start, self._absent.get(what, start))
        return at


def scan(raw: str, opaque: frozenset[str] = RAW_TEXT) -> Iterator[Token]:
    """All tags and text runs of a page in order; comments, declarations and processing instructions are passed over.

    What stands in an `opaque` element is one token of text with its name.
    """
    finder = _Finder(raw)
    at = text_from = 0
    unclosed: set[str] = set()
    whole, find, last = _WHOLE.match, raw.find, max(0, raw.rfind(">"))
    while (start := find("<", at, last)) >= 0:  # behind the last sign that ends a tag nothing is one
        # nearly all tags are told in one step; what is odd takes the long way
        if (tag := whole(raw, start)) is not None:
            end = tag.end()
        else:
            tag = _OPEN.match(raw, start)
            end = -1 if tag is None else _tag_end(raw, tag, finder)
        if tag is None or end < 0:  # never closed, or no tag: the sign is text
            at = start + 1
            continue
        if start > text_from:
            yield Token("text", text_from, start)
        at = text_from = end
        if not tag[2]:
            continue
        name = tag[2].lower()
        yield Token("end" if tag[1] else "start", start, end, name, raw[end - 2] == "/" and end - 2 > start)
        if name in opaque and not tag[1] and name not in unclosed:
            close = _CLOSERS[name].search(raw, end)
            if close is None:  # so that no text is lost with it
                unclosed.add(name)
                continue
            if close.start() > end:
                yield Token("text", end, close.start(), name)
            at = text_from = close.start()
    if text_from < len(raw):
        yield Token("text", text_from, len(raw))


def _tag_end(raw: str, found: re.Match[str], finder: _Finder) -> int:
    """Where a tag, comment or declaration ends; -1 where it never does."""
    if found[0] == "<!--":
        close = finder.find("-->", found.start() + 2)
        return close + 3 if close >= 0 else _after(finder.find(">", found.end()))
    at = found.end()
    if found[2] and raw.startswith(">", at):
        return at + 1
    while True:
        close = finder.find(">", at)
        if close < 0 or not found[2]:
            return _after(close)
        quote = _open_quote(raw, at, close)
        if quote is None:
            return close + 1
        past = finder.find(quote[0], quote[1] + 1)
        if past < 0 or past > close + 10_000:
            return close + 1
        at = past + 1


def _after(at: int) -> int:
    return at + 1 if at >= 0 else -1


_QUOTE = re.compile(r"=\s*([\"'])")


def _open_quote(raw: str, start: int, end: int) -> tuple[str, int] | None:
    """A quotation mark of an attribute value that is still open at `end`, with its place."""
    at = start
    while (found := _QUOTE.search(raw, at, end)) is not None:
        close = raw.find(found[1], found.end(), end)
        if close < 0:
            return found[1], found.start(1)
        at = close + 1
    return None


def attributes(raw: str, token: Token) -> dict[str, str]:
    """The attributes of a start tag, names in lower case, the first of equal names."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(raw, token.start + 1 + len(token.name), token.end - 1):
        value = double or single or bare
        found.setdefault(name.lower(), html.unescape(value) if "&" in value else value)
    return found


def characters(raw: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The runs of a text token as (text, raw start, raw end); a character reference is a run of its own."""
    at = start
    if raw.find("&", start, end) < 0:
        if start < end:
            yield raw[start:end], start, end
        return
    for match in _REFERENCE.finditer(raw, start, end):
        value = html.unescape(match[0])
        if value == match[0]:
            continue
        if match.start() > at:
            yield raw[at : match.start()], at, match.start()
        yield value, match.start(), match.end()
        at = match.end()
    if at < end:
        yield raw[at:end], at, end
