"""Plain text to units: which line ends are paragraph ends, and which only wrap a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tracewire.clean.lines import line_rule, related_cue
from tracewire.clean.units import Hint, Mark, Unit
from tracewire.model import Piece

__all__ = ["split_text"]

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|\Z)")
_FINAL = re.compile(r"[.!?…:;][\"'”’»)\]]*\Z")
_OPEN_END = re.compile(
    r"\s(?:the|an?|of|and|or|to|in|on|at|by|with|from|for|that|which|who|was|were|had|has|have|is|are|as|its|their|his|her|"
    r"near|into|over|between|but|against|after|before|than|said)\Z"
)
_CONTINUES = re.compile(r"[a-z,;)]")
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_QUOTED = re.compile(r"(?:>[ \t]?)+(?=\S)")
_RULE_LINE = re.compile(r"[-=_*~#.\s]{3,}\Z")
_BLANK = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"

WRAP_WIDTHS = (45, 110)
"""Widest line of hard-wrapped text: e-mail and terminals wrap at 60 to 100, narrower is a list, wider a paragraph."""

CONTINUED_WORDS = 4
"""Least length of a line that the next one may go on with in lower case; shorter ones are names and buttons."""

WRAP_SHARE = 0.8
"""Share of line ends at which the next word would not have fitted; wrapped prose has nearly all, a list few."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    group: int
    text: str
    indented: bool


def split_text(raw: str, media_type: str = "text/plain") -> list[Unit]:
    """The paragraphs of a plain text in order; each maps to raw one to one."""
    lines = list(_lines(raw))
    width = _wrap_width(lines)
    cased = any(c.isupper() for c in raw)
    markdown = media_type == "text/markdown"
    units: list[Unit] = []
    for block in _paragraphs(lines, width, cased, markdown):
        units.append(_unit(raw, block[0], block[-1], markdown))
    return units


def _lines(raw: str) -> Iterator[_Line]:
    """Lines that hold something, without white space at their ends; a blank line starts a new group."""
    group = 0
    for found in _LINE.finditer(raw):
        text = found[0]
        if not text.strip(_BLANK):
            group += 1
            continue
        inner = text.strip().strip("\ufeff").strip()
        start = found.start() + text.index(inner)
        yield _Line(start, start + len(inner), group, inner, text[:1] in " \t")


def _wrap_width(lines: list[_Line]) -> int | None:
    """The width at which a text was hard-wrapped, or None where line ends are paragraph ends."""
    pairs = [(a, b) for a, b in pairwise(lines) if a.group == b.group]
    width = max((len(line.text) for line in lines), default=0)
    if len(pairs) < 2 or not WRAP_WIDTHS[0] <= width <= WRAP_WIDTHS[1]:
        return None
    full = [a for a, b in pairs if not _fits(a, b, width)]
    broken = [a for a in full if not _FINAL.search(a.text)]
    if len(full) < WRAP_SHARE * len(pairs) or len(broken) < 0.5 * len(full):
        return None
    return width


def _fits(line: _Line, following: _Line, width: int) -> bool:
    """Whether the next line's first word would have fitted: then the line was ended on purpose."""
    return len(line.text) + 1 + len(following.text.split(None, 1)[0]) <= width


def _paragraphs(lines: list[_Line], width: int | None, cased: bool, markdown: bool) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    for line in lines:
        if block and not _joins(block, line, width, cased, markdown):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _joins(block: list[_Line], following: _Line, width: int | None, cased: bool, markdown: bool) -> bool:
    """Whether a line goes on with the paragraph of the lines before it."""
    line = block[-1]
    if line.group != following.group or _RULE_LINE.match(line.text) or _RULE_LINE.match(following.text):
        return False
    if markdown:
        return not (_HEADING.match(line.text) or re.match(r"#{1,6} |>|[-*+] |\d+\. |!\[", following.text))
    if width is not None:
        return not _fits(line, following, width) and not (following.indented and not line.indented)
    if not cased or not block[0].text[0].isupper() or _FINAL.search(line.text):
        return False
    return bool(_OPEN_END.search(line.text)) or _goes_on(line.text, following.text)


def _goes_on(line: str, following: str) -> bool:
    """Whether a sentence goes on in lower case, as where a scraper set the words of a link on a line of their own."""
    if not _CONTINUES.match(following) or len(line.split()) < CONTINUED_WORDS:
        return False
    return line_rule(line) is None and related_cue(line) is None


def _unit(raw: str, first: _Line, last: _Line, markdown: bool) -> Unit:
    start, hint = first.start, Hint()
    if markdown and (found := _HEADING.match(first.text)):
        start, hint = start + found.end(), Hint(heading=len(found[1]))
    elif markdown and (found := _QUOTED.match(first.text)):
        start, hint = start + found.end(), Hint(mark=Mark("quote", "block quote by its > marks"))
    text = raw[start : last.end]
    return Unit(text, (Piece(0, len(text), start, last.end),), first.group, hint)
