"""HTML to units: the blocks of a page as one reads them, each mapped to the page's source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from tracewire.clean.markup import FURNITURE, RAW_TEXT, Token, attributes, characters, scan
from tracewire.clean.regions import Element, Region, element_of, region_of
from tracewire.clean.units import Hint, Unit
from tracewire.model import Piece

__all__ = ["HOLDERS", "Page", "read_html"]

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
_UNEVEN_WITHIN = re.compile(r"\s{2}|[^\S ]")

HOLDERS = 5
"""How many of the blocks around a text are kept: its own, the column, frames around it."""


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


class _Run(NamedTuple):
    text: str
    start: int
    end: int


@dataclass(slots=True)
class _Place:
    """A region and where elements lead from it: equal ones in one region are looked at once."""

    region: Region
    inner: dict[Element, _Place] = field(default_factory=dict)


def read_html(raw: str, hurried: bool = False) -> Page:
    """All blocks of a page in order, scripts left out; `hurried` also leaves out what stands in navigation, asides and
    footers by their elements."""
    return _Builder(raw, RAW_TEXT | FURNITURE if hurried else RAW_TEXT).build()


class _Builder:
    def __init__(self, raw: str, opaque: frozenset[str]) -> None:
        self._raw = raw
        self._opaque = opaque
        self._page = Page()
        self._top = _Place(Region())
        self._place = self._top
        self._stack: list[tuple[str, _Place, tuple[int, ...], str]] = []
        self._elements: dict[str, Element] = {}
        self._number = 0
        self._open: Counter[str] = Counter()
        self._runs: list[_Run] = []
        self._link_chars = 0
        self._people: dict[int, tuple[int, list[str]]] = {}

    def build(self) -> Page:
        """Go through the page once."""
        for kind, start, end, name, empty in scan(self._raw, self._opaque):
            if kind == "text":
                self._text(start, end, name)
            elif kind == "end":
                if name in _BLOCKS and self._runs:
                    self._flush()
                if self._open[name] > 0:
                    while self._pop() != name:
                        pass
            else:
                self._start(start, end, name, empty)
        self._flush()
        self._page.people = [(index, " ".join("".join(parts).split())) for index, parts in self._people.values()]
        return self._page

    def _start(self, start: int, end: int, name: str, empty: bool) -> None:
        block = name in _BLOCKS
        found = self._told(start, end, name) if name in _TOLD else {}
        if found is None:
            return
        if name == "br":
            self._break(start, end)
        if block and self._runs:
            self._flush()
        if name in _VOID or empty:
            return
        if self._stack:
            above = self._stack[-1][0]
            if (above == name and name in _SIBLINGS) or (block and above == "p"):
                self._pop()
        self._number += 1
        source = self._raw[start:end]
        element = self._elements.get(source)
        if element is None:
            if not found and end - start > len(name) + 2:
                found = attributes(self._raw, Token("start", start, end, name))
            element = self._elements[source] = element_of(name, found)
        place = self._place.inner.get(element) or self._inside(element)
        if element.author or (element.person and place.region.author):
            place = _Place(replace(place.region, author=self._number))
        around, held_by = self._stack[-1][2:] if self._stack else ((), "")
        if block:
            around, held_by = (self._number, *around[: HOLDERS - 1]), name
        self._stack.append((name, place, around, held_by))
        self._place = place
        self._open[name] += 1

    def _told(self, start: int, end: int, name: str) -> dict[str, str] | None:
        """The attributes of an element that speaks of the page, kept; None for a script of JSON-LD, which is opened."""
        long = end - start > len(name) + 2
        found = attributes(self._raw, Token("start", start, end, name)) if long else {}
        if name != "script":
            self._page.tags.append((name, found))
        if name == "time":
            self._page.times.append((len(self._page.units), found))
        if name == "script" and "ld+json" in found.get("type", ""):
            self._stack.append(("script", _Place(Region(json=True)), (), ""))
            self._place = self._stack[-1][1]
            self._open["script"] += 1
            return None
        return found

    def _inside(self, element: Element) -> _Place:
        """Where an element leads from here."""
        outer = self._place
        region = region_of(outer.region, element)
        outer.inner[element] = outer if region is outer.region else _Place(region)
        return outer.inner[element]

    def _pop(self) -> str:
        name = self._stack.pop()[0]
        self._place = self._stack[-1][1] if self._stack else self._top
        self._open[name] -= 1
        return name

    def _break(self, start: int, end: int) -> None:
        """A line break; the second in a row ends the paragraph."""
        filled = [run for run in self._runs[-3:] if run.text.strip() or run.text == "\n"]
        if filled and filled[-1].text == "\n":
            self._flush()
        else:
            self._runs.append(_Run("\n", start, end))

    def _text(self, start: int, end: int, name: str) -> None:
        region = self._place.region
        if name:  # raw text, which is not for reading, but for the title
            if region.json and name == "script":
                self._page.scripts.append(self._raw[start:end])
            if name != "title":
                return
        text = self._raw[start:end]
        if text.isspace():
            # white space that begins a block is nothing
            if not self._runs and not region.author:
                return
            self._runs.append(_Run(text, start, end))
        elif "&" in text:
            runs = [_Run(*run) for run in characters(self._raw, start, end) if run[0]]
            self._runs += runs
            self._link_chars += sum(len(run.text.strip()) for run in runs) if region.link else 0
        else:
            self._runs.append(_Run(text, start, end))
            self._link_chars += len(text.strip()) if region.link else 0
        if region.author:
            parts = self._people.setdefault(region.author, (len(self._page.units), []))[1]
            parts += [run for run, _, _ in characters(self._raw, start, end)]

    def _flush(self) -> None:
        """End the block that is open."""
        if not self._runs:
            return
        text, pieces = _collapse(self._runs)
        if text:
            page, region = self._page, self._place.region
            page.units.append(Unit(text, pieces, len(page.units), _HINTS[region.heading]))
            page.regions.append(region)
            page.linked.append(min(1.0, self._link_chars / len(text)))
            page.holders.append(self._stack[-1][2] if self._stack else ())
            page.names.append(self._stack[-1][3] if self._stack else "")
        self._runs, self._link_chars = [], 0


_HINTS = tuple(Hint(heading=level) for level in range(7))


def _collapse(runs: Sequence[_Run]) -> tuple[str, tuple[Piece, ...]]:
    """Text with single spaces, without any at its ends, and its map; a line break stays a line break."""
    if len(runs) == 1:
        text, start, end = runs[0]
        core = text.strip()
        if len(text) == end - start and not _UNEVEN_WITHIN.search(core):
            first = start + text.find(core)
            return core, (Piece(0, len(core), first, first + len(core)),) if core else ()
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
