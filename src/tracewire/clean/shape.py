"""What a paragraph looks like: a sentence, a headline, a list item; and what a document looks like as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracewire.clean.units import Unit, words

__all__ = ["Shape", "contents", "is_headline", "key", "shape_of"]

FULL_SENTENCE_WORDS = 12
"""A paragraph this long with a final stop is text; shorter ones may be slogans and teasers."""

LONG_PARAGRAPH_WORDS = 25
"""Longer than any headline or menu: text even without a final stop (a cut page, a tokenised one)."""

STOPPED_SHARE = 0.3
"""Share of long paragraphs with a final stop; where a scraper or tokeniser took the stops away nearly none is left."""

_STOP = re.compile(r"[.!?…](?:[\"'”’»)\]\s]|\[\d{1,3}\])*\Z")
_FULL_STOP = re.compile(r"(?:\.|…)(?:[\"'”’»)\]\s]|\[\d{1,3}\])*\Z")
_INNER_STOP = re.compile(r"[a-z0-9)\"'”’]{2}[.!?][\"'”’]? +[A-Z“\"]")
_BULLET = re.compile(r"\A(?:[-*•·–—●▪■]|\(?\d{1,2}[.)])\s")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a document writes: `caseless` (all lower or all upper case), `stopped` (paragraphs end in a full stop),
    `spaced` (blank lines or markup stand between paragraphs)."""

    caseless: bool
    stopped: bool
    spaced: bool

    def prose(self, text: str) -> int:
        """2 for a paragraph that is text for certain, 1 for a short sentence, else 0."""
        count = len(text.split())
        if count >= LONG_PARAGRAPH_WORDS:
            return 2
        if self.stopped and not _STOP.search(text):
            return 0
        return 2 if count >= FULL_SENTENCE_WORDS else 1 if count >= 6 else 0


def shape_of(units: Sequence[Unit]) -> Shape:
    """Look at all paragraphs of a document once."""
    text = "".join(unit.text for unit in units)
    upper, lower = _cased(text)
    caseless = upper < 0.004 * lower or lower < 0.15 * upper
    long = [unit for unit in units if len(unit.text.split()) >= FULL_SENTENCE_WORDS]
    stopped = sum(bool(_STOP.search(unit.text)) for unit in long) >= STOPPED_SHARE * len(long)
    spaced = len({unit.group for unit in units}) > 1
    return Shape(caseless, stopped, spaced)


def _cased(text: str) -> tuple[int, int]:
    """How many capital and small letters a text has; ASCII is counted at the speed of a copy."""
    plain = text.encode("ascii", "ignore")
    other = "" if len(plain) == len(text) else _PLAIN.sub("", text)
    counts = (len(plain) - len(plain.translate(None, letters)) for letters in (_CAPITALS, _SMALL))
    upper, lower = counts
    return upper + sum(map(str.isupper, other)), lower + sum(map(str.islower, other))


_PLAIN = re.compile(r"[\x00-\x7f]+")
_CAPITALS, _SMALL = bytes(range(65, 91)), bytes(range(97, 123))


def is_headline(text: str, least: int = 3, most: int = 22, points: bool = False) -> bool:
    """Whether a line can be a headline: some words, no full stop at its end or inside it.

    With `points` it may begin like an item of a list.
    """
    if points:
        text = _BULLET.sub("", text, count=1)
    if len(text) > 220 or "\n" in text or _FULL_STOP.search(text) or text.endswith((";", ",", ":")):
        return False
    first = next((c for c in text if c.isalnum()), " ")
    if not least <= len(text.split()) <= most or first.islower() or (_BULLET.match(text) and not points):
        return False
    return not _INNER_STOP.search(text)


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The words of a paragraph in lower case: equal keys, same paragraph."""
    return " ".join(words(text.replace("’", "'"))).casefold()


def contents(text: str) -> list[str]:
    """The stems (first five letters) of the longer words, to see whether two texts speak of the same."""
    return [w.casefold()[:5] for w in words(text) if len(w) >= 4 or (len(w) >= 2 and (w.isupper() or w.isdigit()))]
