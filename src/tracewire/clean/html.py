"""HTML to units: the blocks of a page as one reads them, each mapped to the page's source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from tracewire.clean.markup import RAW_TEXT, Token, attributes, characters, scan
from tracewire.clean.regions import Region, names_author, region_of
from tracewire.clean.units import Hint, Unit
from tracewire.model import Piece

__all__ = ["Page", "read_html"]

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3",
    "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol",
    "optgroup", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "title", "tr", "ul"
})  # fmt: skip
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"
})  # fmt: skip
_TOLD = frozenset({
    "html", "link", "meta", "script", "time"
})  # fmt: skip
"""Elements whose attributes speak of the page, even where nothing stands in them."""
_SIBLINGS = frozenset({
    "p", "li", "td", "th", "tr", "dd", "dt", "option"
})  # fmt: skip
"""Elements that end where the next of their kind begins; authors leave their end tags out."""

_UNEVEN = re.compile(r"\s{2,}|[^\S ]|\A | \Z")
"""White space that is not one space between words, or stands where a run begins or ends."""

_HOLDERS = 3
"""How many of the blocks around a text are kept: its own, the column, the column's frame."""


@dataclass(slots=True)
class Page:
    """What a pass over a page finds: its blocks, and the parts of its head that metadata are read from."""

    units: list[Unit] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    linked: list[float] = field(default_factory=list)
    """For each unit the share of its characters that are links."""
    holders: list[tuple[int, ...]] = field(default_factory=list)
    """For each unit the elements that hold it, innermost first, by number."""
    names: list[str] = field(default_factory=list)
    """For each unit the name of its innermost block element."""
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """html, meta, link and time tags with their attributes, in order."""
    scripts: list[str] = field(default_factory=list)
    """JSON-LD scripts."""
    times: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    """time tags, each with the number of the unit that it stands in."""
    people: list[tuple[int, str]] = field(default_factory=list)
    """What stands in elements that name an author, each with the number of its unit."""


@dataclass(slots=True)
class _Run:
    text: str
    start: int
    end: int


def read_html(raw: str) -> Page:
    """All blocks of a page in order, hidden ones and scripts left out."""
    return _Builder(raw).build()


class _Builder:
    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._page = Page()
        self._stack: list[tuple[str, Region, int]] = []
        self._number = 0
        self._open: Counter[str] = Counter()
        self._runs: list[_Run] = []
        self._link_chars = 0
        self._people: dict[int, tuple[int, list[str]]] = {}

    def build(self) -> Page:
        """Go through the page once."""
        for token in scan(self._raw):
            if token.kind == "text":
                self._text(token)
            elif token.kind == "start":
                self._start(token)
            else:
                self._end(token)
        self._flush()
        self._page.people = [(index, " ".join("".join(parts).split())) for index, parts in self._people.values()]
        return self._page

    @property
    def _region(self) -> Region:
        return self._stack[-1][1] if self._stack else Region()

    def _start(self, token: Token) -> None:
        name = token.name
        told = name in _TOLD or not (name in _VOID or token.empty)
        found = attributes(self._raw, token) if told and token.end - token.start > len(name) + 2 else {}
        if name in _TOLD and name != "script":
            self._page.tags.append((name, found))
        if name == "time":
            self._page.times.append((len(self._page.units), found))
        if name == "script" and "ld+json" in found.get("type", ""):
            self._stack.append(("script", Region(json=True), 0))
            self._open["script"] += 1
            return
        if name == "br":
            self._break(token)
        if name in _BLOCKS:
            self._flush()
        if name in _VOID or token.empty:
            return
        if self._stack and (self._stack[-1][0] == name in _SIBLINGS or (self._stack[-1][0] == "p" and name in _BLOCKS)):
            self._pop()
        self._number += 1
        outer, region = self._region, region_of(self._region, name, found)
        if found and names_author(outer, name, found):
            region = replace(region, author=self._number)
        self._stack.append((name, region, self._number if name in _BLOCKS else 0))
        self._open[name] += 1

    def _end(self, token: Token) -> None:
        if token.name in _BLOCKS:
            self._flush()
        if self._open[token.name] > 0:
            while self._pop() != token.name:
                pass

    def _pop(self) -> str:
        name = self._stack.pop()[0]
        self._open[name] -= 1
        return name

    def _break(self, token: Token) -> None:
        """A line break; the second in a row ends the paragraph."""
        filled = [run for run in self._runs[-3:] if run.text.strip() or run.text == "\n"]
        if filled and filled[-1].text == "\n":
            self._flush()
        else:
            self._runs.append(_Run("\n", token.start, token.end))

    def _text(self, token: Token) -> None:
        region = self._region
        if region.json and token.name == "script":
            self._page.scripts.append(self._raw[token.start : token.end])
        if token.name in RAW_TEXT and token.name != "title":
            return
        for text, start, end in characters(self._raw, token.start, token.end):
            if text:
                self._runs.append(_Run(text, start, end))
                self._link_chars += len(text.strip()) if region.link else 0
                if region.author:
                    self._people.setdefault(region.author, (len(self._page.units), []))[1].append(text)

    def _flush(self) -> None:
        """End the block that is open."""
        if not self._runs:
            return
        text, pieces = _collapse(self._runs)
        if text:
            page = self._page
            page.units.append(Unit(text, pieces, len(page.units), Hint(heading=self._region.heading)))
            page.regions.append(self._region)
            page.linked.append(min(1.0, self._link_chars / len(text)))
            blocks = [(name, number) for name, _, number in reversed(self._stack[-12:]) if number]
            page.holders.append(tuple(number for _, number in blocks[:_HOLDERS]))
            page.names.append(blocks[0][0] if blocks else "")
        self._runs, self._link_chars = [], 0


def _collapse(runs: Iterable[_Run]) -> tuple[str, tuple[Piece, ...]]:
    """Text with single spaces, without any at its ends, and its map; a line break stays a line break."""
    parts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    gap: _Run | None = None
    for run in _tokens(runs):
        if run.text.isspace():
            if gap is not None:
                run = _Run("\n" if "\n" in (gap.text, run.text) else " ", gap.start, run.end)
            gap = run if parts else None
            continue
        for piece in (gap, run) if gap is not None else (run,):
            parts.append(piece.text)
            _append(pieces, at, piece)
            at += len(piece.text)
        gap = None
    return "".join(parts), tuple(pieces)


def _tokens(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Stretches of words and white space apart; white space is one space, or the line break that `br` left."""
    for run in runs:
        if len(run.text) != run.end - run.start:
            yield _Run(" ", run.start, run.end) if run.text.isspace() and run.text != "\n" else run
            continue
        at = 0
        for found in _UNEVEN.finditer(run.text):
            start, end = found.span()
            if start > at:
                yield _Run(run.text[at:start], run.start + at, run.start + start)
            yield _Run(" ", run.start + start, run.start + end)
            at = end
        if at < len(run.text):
            yield _Run(run.text[at:], run.start + at, run.end)


def _append(pieces: list[Piece], at: int, run: _Run) -> None:
    """Add a piece, or lengthen the last one where both map character by character and touch in the source."""
    even = len(run.text) == run.end - run.start
    if pieces and even:
        last = pieces[-1]
        if last.raw_end == run.start and last.end - last.start == last.raw_end - last.raw_start:
            pieces[-1] = Piece(last.start, at + len(run.text), last.raw_start, run.end)
            return
    pieces.append(Piece(at, at + len(run.text), run.start, run.end))
