"""From words to spans: find a quote in a document, exactly or not at all."""

from __future__ import annotations

import unicodedata
from functools import cached_property

from tracewire.model import Document, Span

Range = tuple[int, int]
"""Reading offsets, end exclusive."""
_SINGLE = "'\u2018\u2019\u201a\u201b\u02bc\u02bb`\u00b4\u2032\u2039\u203a"
_DOUBLE = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033'
_MARKS = dict.fromkeys(_SINGLE, "'") | dict.fromkeys(_DOUBLE, '"')


def find_quote(
    document: Document, quote: str, *, occurrence: int = 1, start: int = 0, end: int | None = None
) -> Span | None:
    """The raw span of the n-th verbatim occurrence of `quote` in the reading text; None where there is none."""
    if not quote:
        return None
    stop = len(document.reading.text) if end is None else end
    at = start - 1
    for _ in range(occurrence):
        at = document.reading.text.find(quote, at + 1, stop)
        if at < 0:
            return None
    return document.span(at, at + len(quote))


class QuoteFinder:
    """Finds quotes in `text[start:end]` as whole words: verbatim, else with space, quote marks and case set aside.

    What it gives are always offsets of words that stand in the text; nothing is ever matched by likeness.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end

    def find(self, quote: str, within: Range | None = None) -> list[Range]:
        """Every place of the quote in order, all verbatim or, where none is, all folded; empty where it is not there.

        Offsets are those of `text`; `within` narrows the search.
        """
        low, high = within or (self._start, self._end)
        words = quote.strip()
        found = _all(self._text, words, max(low, self._start), min(high, self._end))
        exact = [(at, at + len(words)) for at in found]
        whole = [r for r in exact if _is_whole(self._text, *r)]
        return whole or [r for r in self._find_folded(words) if low <= r[0] and r[1] <= high]

    def _find_folded(self, quote: str) -> list[Range]:
        text, raw = self._folded
        words = _fold(quote, 0, len(quote))[0].strip()
        found = []
        for at in _all(text, words, 0, len(text)):
            last = at + len(words)
            # One character may fold into two ("ß"): half of it is no match.
            if (at and raw[at - 1] == raw[at]) or (last < len(raw) and raw[last - 1] == raw[last]):
                continue
            found.append((raw[at], raw[last - 1] + 1))
        return [r for r in found if _is_whole(self._text, *r)]

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        return _fold(self._text, self._start, self._end)


def nearest(found: list[Range], near: Range) -> Range | None:
    """The range closest to `near`, the earlier of two equally close; None where there are none."""
    return min(found, key=lambda r: (max(near[0] - r[1], r[0] - near[1], 0), r), default=None)


def _all(text: str, words: str, start: int, end: int) -> list[int]:
    found: list[int] = []
    at = text.find(words, start, end) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1, end)
    return found


def _fold(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """The text with space, quote marks, case and invisible marks set aside, and the offset of each character of it."""
    letters: list[str] = []
    offsets: list[int] = []
    for at in range(start, end):
        letter = text[at]
        if letter.isspace():
            if not letters or letters[-1] != " ":
                letters.append(" ")
                offsets.append(at)
        elif unicodedata.category(letter) != "Cf":
            folded = _MARKS.get(letter) or letter.casefold()
            letters += folded
            offsets += [at] * len(folded)
    return "".join(letters), offsets


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether neither end cuts a word or a number in two ("war" of "warlord", "12" of "12,000")."""
    return not _cuts(text, start) and not _cuts(text, end)


def _cuts(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.combining(after) or (before.isdigit() and after.isdigit()):
        return True
    if before.isdigit() and after in ",.":
        return text[at + 1 : at + 2].isdigit()
    if before in ",." and after.isdigit():
        return text[at - 2 : at - 1].isdigit()
    # Only letters that have a case: other scripts write words without space or glue particles to them.
    return all(c.isalpha() and c.lower() != c.upper() for c in (before, after))
