"""A scanner for HTML that keeps offsets: tags, text runs and character references, in one pass, whatever is broken.

The standard library's parser takes quadratic time on unclosed constructs and changes between Python versions; what a
page's spans point at must depend on neither.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

__all__ = ["RAW_TEXT", "Token", "attributes", "characters", "scan"]

RAW_TEXT = frozenset(
    {"script", "style", "template", "noscript", "iframe", "noembed", "noframes", "xmp", "textarea", "title"}
)
"""Elements whose content is not markup (title, textarea), or not for reading."""

_CLOSERS: dict[str, re.Pattern[str]] = {name: re.compile(rf"</{name}(?=[\s/>])", re.I) for name in RAW_TEXT}
_OPEN = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]{0,60})|!--|[!?/])")
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_REFERENCE = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6};?|#[0-9]{1,7};?|[a-zA-Z][a-zA-Z0-9]{1,30};?)")


@dataclass(slots=True)
class Token:
    """A stretch of a page: a start tag, an end tag, or text; `name` is a tag's, in lower case. Not frozen: a page has
    thousands, and making them is a tenth of the time of a scan."""

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


def scan(raw: str) -> Iterator[Token]:
    """All tags and text runs of a page in order; comments, declarations and processing instructions are passed over."""
    finder = _Finder(raw)
    at = text_from = 0
    unclosed: set[str] = set()
    while (found := _OPEN.search(raw, at)) is not None:
        start = found.start()
        end = _tag_end(raw, found, finder)
        if end < 0:  # never closed: the sign is text
            at = start + 1
            continue
        if start > text_from:
            yield Token("text", text_from, start)
        at = text_from = end
        if not found[2]:
            continue
        name = found[2].lower()
        yield Token("end" if found[1] else "start", start, end, name, raw.endswith("/", start, end - 1))
        if name in RAW_TEXT and not found[1] and name not in unclosed:
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
        if close < 0 or not found[2] or _EVEN.match(raw, at, close + 1):
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
_EVEN = re.compile(r"(?:[^>\"'=]++|=\s*+(?:\"[^\">]*+\"|'[^'>]*+'|(?![\"'])))*+>")
"""Attributes whose quotation marks all close before the tag does: nearly all tags, told in one step."""


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
    for match in _ATTRIBUTE.finditer(raw, token.start + 1 + len(token.name), token.end - 1):
        value = next((v for v in match.groups()[1:] if v is not None), "")
        found.setdefault(match[1].lower(), html.unescape(value))
    return found


def characters(raw: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The runs of a text token as (text, raw start, raw end); a character reference is a run of its own."""
    at = start
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
