"""From words to spans: find a quote in a document, exactly or not at all."""

from __future__ import annotations

from tracewire.model import Document, Span


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
