"""Figures of a document that tell by themselves whose count it is: no years, ages, distances, names with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tracewire.dedupe.quotations import stem
from tracewire.dedupe.words import BODY, fold
from tracewire.lang import load_words
from tracewire.lang.stopwords import STOP_WORDS
from tracewire.model import Document

LEAST = 13
"""Counts up to a dozen come up by chance."""

AROUND = 45
"""Characters before and after a figure in which what it counts is told."""

_NUMBER = re.compile(r"(?<![\w.,:/+#№§-])(?<![$€£¥])(\d{1,3}(?:,\d{3})+|\d{2,7})(?![\w:/°%])(?![.,]\d)(?!\s?[-–]\s?\w)")
_BEFORE = re.compile(r"([^\W\d_]+)\.?\s+\Z")
_AFTER = re.compile(r"\s+([^\W_]+)(?:\s+([^\W_]+))?")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A count: its value, where it stands in the reading text, and the stems of the telling words around it."""

    value: int
    start: int
    end: int
    around: frozenset[str]

    @property
    def weight(self) -> int:
        """How little it may be chance: the digits that are not round, less one."""
        return weight(self.value)


def weight(value: int) -> int:
    """Digits of a count without the zeros at its end, less one; 0 for small counts and for 25, 75, 150 and the like."""
    if value < LEAST or value % 25 == 0:
        return 0
    return len(str(value).rstrip("0")) - 1


def figures(document: Document) -> Iterator[Figure]:
    """The telling figures of a document in their order."""
    text = document.reading.text
    for block in document.reading.blocks:
        if block.label not in BODY:
            continue
        for start, end, value in _numbers(text, block.start, block.end):
            if weight(value) and not _is_name(text, start, end, value):
                yield Figure(value, start, end, _around(text, max(block.start, start - AROUND), start, end))


def _numbers(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    found = [(m.start(), m.end(), int(m[1].replace(",", ""))) for m in _NUMBER.finditer(text, start, end)]
    pattern, values = _in_words()
    for match in pattern.finditer(text, start, end):
        tens, unit = match[1].lower(), match[2].lower()
        found.append((match.start(), match.end(), values[tens] + values[unit]))
    yield from sorted(found)


def _is_name(text: str, start: int, end: int, value: int) -> bool:
    """Whether a number names, dates or measures something."""
    naming, timing, measures = _words()
    if 1900 <= value <= 2100 and "," not in text[start:end]:
        return True
    before = _BEFORE.search(text, max(0, start - 30), start)
    word = before[1].lower() if before else ""
    if word in naming and (word not in timing or len(str(value)) == 4):
        return True
    if start > 1 and text[start - 1] == " " and text[start - 2].isdigit():
        return True  # a telephone number
    after = _AFTER.match(text, end)
    if after and (after[1].lower() in measures or after[1].isdigit()):
        return True
    if after and after[1].lower() == "per":
        return True
    return bool(before and before[1].lower() in _months()) or bool(after and after[1].lower() in _months())


def _around(text: str, low: int, start: int, end: int) -> frozenset[str]:
    words = (fold(m[0]) for m in _WORD.finditer(text[low:start] + " " + text[end : end + AROUND]))
    return frozenset(stem(w) for w in words if w not in STOP_WORDS)


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    words, numbers = load_words("en", "common_source"), load_words("en", "numbers")
    after = frozenset(numbers["measures"]) | frozenset(numbers["formations"])
    return frozenset(words["naming"]), frozenset(words["timing"]), after


@lru_cache(maxsize=1)
def _months() -> frozenset[str]:
    return frozenset(load_words("en", "dates")["months"])


@lru_cache(maxsize=1)
def _in_words() -> tuple[re.Pattern[str], Mapping[str, int]]:
    """Counts of two words, "thirty-eight"."""
    numbers = load_words("en", "numbers")
    tens, units = numbers["tens"], numbers["units"]
    pattern = rf"\b({'|'.join(tens)})[ -]({'|'.join(units)})\b(?![ -](?:hundred|thousand|million|year))"
    return re.compile(pattern, re.IGNORECASE), {**tens, **units}
