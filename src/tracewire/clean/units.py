"""Units, the paragraphs that cleaning labels, and how labelled units become segments and the reading text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracewire.model import READABLE, Block, Label, Piece, ReadingText, Segment

__all__ = ["Hint", "Mark", "Unit", "cut", "lay_out", "words"]

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A label and the rule that gave it, in words."""

    label: Label
    rule: str


@dataclass(frozen=True, slots=True)
class Hint:
    """What markup says of a unit; plain text leaves all of it empty.

    `main` is True where an extractor took the unit for main text, False where it did not, None where none was asked.
    """

    mark: Mark | None = None
    main: bool | None = None
    heading: int = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or line as one reads it. `pieces` map `text` (from 0) to the raw document.

    Units of one `group` stand together with no blank line (in HTML: no other element) between them.
    """

    text: str
    pieces: tuple[Piece, ...]
    group: int
    hint: Hint = Hint()

    @property
    def start(self) -> int:
        """Raw offset of the first character."""
        return self.pieces[0].raw_start

    @property
    def end(self) -> int:
        """Raw offset after the last character."""
        return self.pieces[-1].raw_end


def words(text: str) -> list[str]:
    """Words without punctuation; inner apostrophes, points and hyphens stay."""
    return _WORD.findall(text)


def cut(unit: Unit, start: int, end: int) -> Unit:
    """The part `start:end` of a unit, without white space at its ends; the part must hold other characters."""
    part = unit.text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    pieces = []
    for piece in unit.pieces:
        low, high = max(piece.start, start), min(piece.end, end)
        if low >= high:
            continue
        even = piece.end - piece.start == piece.raw_end - piece.raw_start
        raw_low = piece.raw_start + low - piece.start if even else piece.raw_start
        raw_high = raw_low + high - low if even else piece.raw_end
        pieces.append(Piece(low - start, high - start, raw_low, raw_high))
    return Unit(unit.text[start:end], tuple(pieces), unit.group, unit.hint)


def lay_out(
    units: Sequence[Unit], marks: Sequence[Mark], size: int, gap: Mark | None = None
) -> tuple[tuple[Segment, ...], ReadingText]:
    """Segments over the whole raw text of `size` characters, and the text that is read.

    What lies between units gets the mark `gap`; with none it belongs to the unit before it.
    """
    segments = _segments(units, marks, size, gap)
    parts: list[str] = []
    pieces: list[Piece] = []
    blocks: list[Block] = []
    at = 0
    for unit, mark in zip(units, marks, strict=True):
        if mark.label not in READABLE:
            continue
        at += 2 if blocks else 0
        parts.append(unit.text)
        pieces.extend(Piece(p.start + at, p.end + at, p.raw_start, p.raw_end) for p in unit.pieces)
        blocks.append(Block(at, at + len(unit.text), mark.label))
        at += len(unit.text)
    return segments, ReadingText("\n\n".join(parts), tuple(pieces), tuple(blocks))


def _segments(units: Sequence[Unit], marks: Sequence[Mark], size: int, gap: Mark | None) -> tuple[Segment, ...]:
    if not units:
        empty = gap or Mark("nav", "white space")
        return (Segment(0, size, empty.label, empty.rule),) if size else ()
    found: list[Segment] = []
    at = 0
    for index, (unit, mark) in enumerate(zip(units, marks, strict=True)):
        start, end = unit.start, unit.end
        if gap is None:
            start, end = at, units[index + 1].start if index + 1 < len(units) else size
        elif start > at:
            found.append(Segment(at, start, gap.label, gap.rule))
        found.append(Segment(start, end, mark.label, mark.rule))
        at = end
    if at < size and gap is not None:
        found.append(Segment(at, size, gap.label, gap.rule))
    return tuple(found)
