"""Test doubles that ship with the package: a document made of plain text, and a reader that returns what it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import pairwise
from typing import Any

from tracewire.model import Block, Document, Label, Piece, Reading, ReadingText, Segment, document_id

__all__ = ["FakeReader", "make_document"]

_PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*(?:\n[^\S\n]*\n|\Z))", re.DOTALL)


def make_document(text: str, name: str = "test.txt", *, label: Label = "body", **metadata: Any) -> Document:
    """A document whose reading text is `text` itself: one block per paragraph, offsets mapped one to one."""
    blocks = tuple(Block(m.start(), m.end(), label) for m in _PARAGRAPH.finditer(text))
    pieces = (Piece(0, len(text), 0, len(text)),) if text else ()
    digest = sha256(text.encode("utf-8", "replace")).hexdigest()
    return Document(
        id=document_id(name, digest),
        name=name,
        sha256=digest,
        raw=text,
        media_type="text/plain",
        encoding="utf-8",
        segments=tuple(_segments(len(text), blocks)),
        reading=ReadingText(text, pieces, blocks),
        **metadata,
    )


def _segments(length: int, blocks: tuple[Block, ...]) -> Iterator[Segment]:
    """Blocks stretched to cover the whole text: each takes the white space up to the next."""
    starts = [0, *(block.start for block in blocks[1:]), length]
    labels: list[Label] = [block.label for block in blocks] or ["body"]
    for label, (start, end) in zip(labels, pairwise(starts), strict=True):
        if start < end:
            yield Segment(start, end, label, "test double")


class FakeReader:
    """A reader that returns the reading kept for a document id, and an empty one for every other document."""

    def __init__(self, readings: Mapping[str, Reading] | None = None, name: str = "fake@1") -> None:
        self.name = name
        self._readings = dict(readings or {})

    def read(self, document: Document) -> Reading:
        """The reading kept for the document, or one without mentions and claims."""
        return self._readings.get(document.id, Reading(document.id, self.name, (), ()))
