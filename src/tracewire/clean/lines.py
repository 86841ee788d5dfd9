"""Line rules: what a line of a page is by its own words, its separators or its icons."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from tracewire.clean.names import author_of, name_like, source_of
from tracewire.clean.phrases import LONG_LINE, normal, phrases
from tracewire.clean.units import Mark, words

__all__ = ["is_menu", "line_rule", "related_cue"]

LINE_CHARS, CUE_CHARS, CUE_WORDS = 420, 300, 25
"""Longest lines that line rules look at: prompts and wire credits have up to 330 characters, headlines 24 words."""

PAIR_CHARS = 80
"""Longest pair of section names: four words."""

_SEPARATOR = re.compile(r"\s*(?:[|›»>→•·●▪■/\\¦]|\t| {2,}|(?<=\s)[-–—](?=\s)|::)\s*")
_MAY_SEPARATE = re.compile(r"[|›»>→•·●▪■/\\¦\t–—:-]|  ")
_STRONG = re.compile(r"[|›»→•●▪■¦\t]| {2,}|::|(?<=\S) [>/] (?=\S)")


def line_rule(text: str, caseless: bool = False) -> Mark | None:
    """The label that a line's own words give it, or None; `text` is as it stands in the document.

    In a `caseless` text, where capitals tell nothing, only what invites the reader to do something is a rule.
    """
    if len(text) > LINE_CHARS:
        return _icons(text)
    line = normal(text)
    if not any(c.isalnum() for c in line):
        return Mark("nav", "line of marks")
    known = phrases()
    count = len(line.split())
    if (known.any_line if count <= LONG_LINE else known.any_long).match(line):
        for rule in known.lines:
            if (rule.caseless or not caseless) and rule.fits(line, count):
                return rule.mark
    if caseless:
        return None
    if author_of(line) is not None:
        return Mark("byline", "author line")
    if source_of(line) is not None:
        return Mark("credit", "source line")
    if is_menu(text):
        return Mark("nav", "menu: short items between separators")
    return _icons(line)


@lru_cache(maxsize=2048)
def related_cue(text: str) -> tuple[Literal["heading", "line"], Mark, bool] | None:
    """A heading of a list of other articles, or a line that names one; True where it may stand before the text."""
    if len(text) > CUE_CHARS:
        return None
    line = normal(text)
    count = len(words(line))
    for rule in phrases().headings:
        if rule.fits(line, count):
            return "heading", rule.mark, True
    for head, pattern in phrases().cues:
        if count <= CUE_WORDS and pattern.match(line):
            return "line", Mark("related", "link to another article by its first words"), head
    return None


def is_menu(text: str) -> bool:
    """Whether a line is a list of short items between separators, and no sentence."""
    line = text.strip()
    if not _MAY_SEPARATE.search(line) or (len(line) > PAIR_CHARS and line.endswith((".", ",", ":"))):
        return False
    if sum(map(str.isdigit, line)) > sum(map(str.isalpha, line)):
        return False
    items = [item for item in _SEPARATOR.split(line) if item]
    strong = bool(_STRONG.search(line))
    if len(items) < (3 if strong else 4):
        return len(items) == 2 and strong and _is_pair(items)
    if line.endswith((".", ",", ":")) or not (strong or all(name_like(item) for item in items)):
        return False
    longest = 6 if strong and len(items) >= 4 else 4 if strong else 3
    return all(len(item.split()) <= longest for item in items)


def _is_pair(items: list[str]) -> bool:
    """Two items are a menu only as a path or pair of section names: one or two capitalised words each."""
    return all(len(item.split()) <= 2 and item[0].isupper() and name_like(item) and item.isascii() for item in items)


def _icons(text: str) -> Mark | None:
    """Lists of icon names that a page keeps for its buttons."""
    beginning = text[:4000].lower()
    if "icon" not in beginning:
        return None
    found = beginning.split()
    icons = sum("icon" in word for word in found)
    return Mark("nav", "list of icon names") if icons >= 4 and icons >= 0.15 * len(found) else None
