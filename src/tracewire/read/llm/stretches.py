"""Cut a document into stretches that fit one question, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracewire.model import Document, Label
from tracewire.read.discourse import outside_pointers
from tracewire.read.text import sentences

LONGEST = 2500
"""Characters of a stretch: a dozen sentences, whose claims fit into one answer of the smallest models."""
CONTEXT_SENTENCES, CONTEXT_LONGEST = 2, 600
"""How much of the stretch before is shown again, so that a source or antecedent named there is in sight."""


@dataclass(frozen=True, slots=True)
class Line:
    """A numbered sentence in reading offsets."""

    number: int
    start: int
    end: int
    label: Label


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences to read, after the ones before them (`context`) that were read already."""

    context: tuple[Line, ...]
    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        """Where the words begin that a quote may be taken from."""
        return (*self.context, *self.lines)[0].start

    @property
    def end(self) -> int:
        """Where they end."""
        return self.lines[-1].end

    def line_at(self, offset: int) -> Line | None:
        """The sentence to read that holds an offset; None for context and for what lies between sentences."""
        return next((line for line in self.lines if line.start <= offset < line.end), None)


def stretches(document: Document) -> Iterator[Stretch]:
    """The readable sentences in order, some `LONGEST` characters at a time."""
    before: list[Line] = []
    lines: list[Line] = []
    size = 0
    for line in _lines(document):
        length = line.end - line.start
        if lines and size + length > LONGEST:
            yield Stretch(_context(before), tuple(lines))
            before, lines, size = lines, [], 0
        lines.append(line)
        size += length
    if lines:
        yield Stretch(_context(before), tuple(lines))


def _context(before: list[Line]) -> tuple[Line, ...]:
    last = before[-CONTEXT_SENTENCES:]
    while last and sum(line.end - line.start for line in last) > CONTEXT_LONGEST:
        last = last[1:]
    return tuple(last)


def _lines(document: Document) -> Iterator[Line]:
    text, number = document.reading.text, 0
    for block in document.reading.blocks:
        for low, high in outside_pointers(text, block.start, block.end):
            for start, end in sentences(text, low, high):
                for part, stop in _parts(text, start, end):
                    number += 1
                    yield Line(number, part, stop, block.label)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut at a space where it is longer than a stretch (a list, a text without full stops)."""
    while end - start > LONGEST:
        cut = max(text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in " \n") + 1
        cut = cut or start + LONGEST
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end
