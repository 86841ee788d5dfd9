"""The way back from raw spans to the words as one reads them."""

from __future__ import annotations

import html
from bisect import bisect_right

from tracewire.model import Document, Piece, Span


class RawIndex:
    """The pieces of one document's reading text in raw order, to look spans up in."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._pieces = sorted(document.reading.pieces, key=lambda piece: (piece.raw_start, piece.raw_end))
        self._starts = [piece.raw_start for piece in self._pieces]

    def range(self, span: Span) -> tuple[int, int] | None:
        """Reading offsets of a raw span; None where none of it stands in the reading text."""
        index = max(0, bisect_right(self._starts, span.start) - 1)
        while index > 0 and self._pieces[index - 1].raw_end > span.start:
            index -= 1
        found = []
        for piece in self._pieces[index:]:
            if piece.raw_start >= span.end:
                break
            if piece.raw_end > span.start:
                found.append(_overlap(piece, span))
        return (min(low for low, _ in found), max(high for _, high in found)) if found else None

    def words(self, span: Span) -> str:
        """The words of a span on one line: markup left out, white space folded, nothing else changed."""
        found = self.range(span)
        if found is not None:
            text = self._document.reading.text[found[0] : found[1]]
        else:
            text = "".join(part.quote for part in span.parts) or span.quote
            text = html.unescape(text) if "html" in self._document.media_type else text
        return " ".join(text.split())


def _overlap(piece: Piece, span: Span) -> tuple[int, int]:
    if piece.end - piece.start != piece.raw_end - piece.raw_start:
        return piece.start, piece.end
    shift = piece.start - piece.raw_start
    return max(span.start, piece.raw_start) + shift, min(span.end, piece.raw_end) + shift


def document_title(document: Document) -> str | None:
    """The title as one reads it; None where the document has none."""
    return None if document.title is None else RawIndex(document).words(document.title) or None
