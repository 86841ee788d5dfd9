"""Text with its two coordinate systems: raw offsets, reading offsets, and the pieces that map one to the other."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

Label = Literal[
    "body", "title", "caption", "credit", "byline", "embed", "quote",
    "related", "nav", "disclaimer", "bio", "social", "duplicate",
]  # fmt: skip
LABELS: tuple[Label, ...] = (
    "body", "title", "caption", "credit", "byline", "embed", "quote",
    "related", "nav", "disclaimer", "bio", "social", "duplicate",
)  # fmt: skip
READABLE: frozenset[str] = frozenset({"body", "title", "caption", "embed", "quote"})
"""Labels of the segments that make claims; everything else is kept but never read."""


def stable_id(prefix: str, *parts: object) -> str:
    """A short id that depends on nothing but `parts`: the prefix and 16 hex digits of SHA-256."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return prefix + hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Span:
    """A verbatim stretch of a raw document, end exclusive: `raw[start:end] == quote`.

    Where markup interrupts the words, `parts` lists the raw pieces that carry them.
    """

    start: int
    end: int
    quote: str
    parts: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A labelled stretch of the raw document; the segments of a document cover it without gap or overlap."""

    start: int
    end: int
    label: Label
    rule: str
    """The rule or score that gave the label, in words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One run of reading text and the run of raw text it stands for.

    Equal lengths map character by character; unequal ones (an entity such as `&amp;`) map as a whole.
    """

    start: int
    end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A readable segment in reading offsets; blocks are in order and separated by blank lines."""

    start: int
    end: int
    label: Label


@dataclass(frozen=True, slots=True)
class ReadingText:
    """The text of a document as one reads it, with its map back to the raw document."""

    text: str
    pieces: tuple[Piece, ...]
    blocks: tuple[Block, ...]

    def span(self, start: int, end: int, raw: str) -> Span:
        """The raw span behind reading offsets `start:end`; raises ValueError where nothing raw lies behind them."""
        runs: list[tuple[int, int]] = []
        index = max(0, bisect_right(self.pieces, start, key=lambda p: p.start) - 1)
        for piece in self.pieces[index:]:
            if piece.start >= end:
                break
            low, high = max(start, piece.start), min(end, piece.end)
            if low >= high:
                continue
            if piece.end - piece.start == piece.raw_end - piece.raw_start:
                shift = piece.raw_start - piece.start
                run = (low + shift, high + shift)
            else:
                run = (piece.raw_start, piece.raw_end)
            if runs and runs[-1][1] == run[0]:
                runs[-1] = (runs[-1][0], run[1])
            elif not runs or run != runs[-1]:
                runs.append(run)
        if not runs:
            raise ValueError(f"no raw text behind reading offsets {start}:{end}")
        first, last = runs[0][0], runs[-1][1]
        parts = () if len(runs) == 1 else tuple(Span(a, b, raw[a:b]) for a, b in runs)
        return Span(first, last, raw[first:last], parts)
