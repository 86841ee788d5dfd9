"""Short names that a text itself introduces: "Zahra Liberation Front (ZLF)", "the front, or ZLF", "ZLF (Zahra ...)"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracewire.model import Mention
from tracewire.resolve.actor_words import split_parenthesis
from tracewire.resolve.context import TextView
from tracewire.resolve.names import words

__all__ = ["introduced", "same_by_words"]

_NEXT_TO = re.compile(
    r"^\s*(?:\(\s*(?:or\s+|the\s+)?|,?\s*(?:or|also known as|better known as|known as|known by its \w+ acronym"
    r"|abbreviated as|also called|called|aka|a\.k\.a\.|formerly known as)\s+(?:the\s+)?[\"“']?\s*|\s*[-–—]\s*)$",
    re.IGNORECASE,
)
_SAYS_SO = re.compile(r"know|call|a\.?k\.?a|abbreviat|\bor\b", re.IGNORECASE)
_AFTER = re.compile(
    r"^\s*(?:,?\s*or\s+|,?\s*known as\s+)?\(?\s*[\"“']?(?P<short>[A-Z][A-Za-z]{0,2}[A-Z]?[A-Z-]{0,6})[\"”']?\s*\)"
)
_SHORT = re.compile(r"^(?=.*[A-Z].*[A-Z])[A-Za-z][A-Za-z.&/-]{1,9}$")
SHARED_LETTERS = 0.6
"""So many letters of an abbreviation must be initials of the full name; the order differs between languages."""


_OTHER_NAME = re.compile(
    r"^\s*(?:,\s*(?:or|also known as|better known as|known as|also called|formerly)"
    r"|\(?\s*(?:also known as|better known as|aka|a\.k\.a\.|formerly known as))\s+(?:the\s+)?[\"“']?\s*$",
    re.IGNORECASE,
)


def same_by_words(view: TextView, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Indices of two full names that the text gives one group: "the Zahra Column, or Sons of Zahra"."""
    groups = [(i, m) for i, m in enumerate(mentions) if m.type == "GROUP" and m.form == "name"]
    groups.sort(key=lambda pair: pair[1].span.start)
    for (i, left), (j, right) in pairwise(groups):
        between = view.between(left.span, right.span)
        several = min(len(words(view.words(left.span))), len(words(view.words(right.span)))) > 1
        if several and between is not None and _OTHER_NAME.match(between):
            yield i, j


def introduced(view: TextView, mentions: Sequence[Mention]) -> Iterator[tuple[int, str]]:
    """(index of the mention with the full name, short name), in text order."""
    groups = [(i, m) for i, m in enumerate(mentions) if m.type == "GROUP" and m.form == "name"]
    for position, (index, mention) in enumerate(groups):
        name, short = split_parenthesis(view.words(mention.span))
        if short is not None and abbreviates(short, name):
            yield index, short
        if position + 1 < len(groups):
            yield from _pair(view, (index, mention), groups[position + 1])
        if (found := _AFTER.match(view.after(mention.span, 24))) and abbreviates(found["short"], name):
            yield index, found["short"]


def _pair(view: TextView, left: tuple[int, Mention], right: tuple[int, Mention]) -> Iterator[tuple[int, str]]:
    between = view.between(left[1].span, right[1].span)
    if between is None or len(between) > 40 or not (match := _NEXT_TO.match(between)):
        return
    first, second = view.words(left[1].span), view.words(right[1].span)
    said = bool(_SAYS_SO.search(match.group()))
    if abbreviates(second, first) or (said and _SHORT.match(second)):
        yield left[0], second
    elif abbreviates(first, second):
        yield right[0], first


def abbreviates(short: str, name: str) -> bool:
    """Whether a short form can stand for a name by its initials, in any order ("FMLN", "YPG" do not keep it)."""
    letters = [c for c in short.upper() if c.isalpha()]
    found = words(name)
    if not 2 <= len(letters) <= 8 or len(found) < 2 or not (_SHORT.match(short) or short.islower()):
        return False
    initials = Counter(word[0].upper() for word in found)
    shared = sum((Counter(letters) & initials).values())
    return shared / len(letters) >= SHARED_LETTERS and len(letters) <= len(found) + 2
