"""The documents as one reads them: JSON Lines with metadata and body text."""

from __future__ import annotations

from collections.abc import Iterator

from tracewire.export.jsonl import line
from tracewire.export.raw_index import document_title
from tracewire.model import Document, Published, Record

BODY_LABELS = frozenset({"body", "quote", "embed"})


class DocumentsExporter:
    """Writes one object a document: id, name, url, title, author, published, outlet, language, text."""

    name = "documents"
    suffix = ".jsonl"

    def write(self, record: Record) -> Iterator[str]:
        """One JSON object a line, by document id."""
        for document in sorted(record.documents, key=lambda row: row.id):
            yield line(_row(document))


def _row(document: Document) -> dict[str, str | None]:
    return {
        "id": document.id,
        "name": document.name,
        "url": document.url,
        "title": document_title(document),
        "author": document.author,
        "published": published_words(document.published),
        "outlet": document.outlet,
        "language": document.language,
        "text": body_text(document),
    }


def body_text(document: Document) -> str:
    """Body, quotes and embeds of the reading text, joined by blank lines; titles and captions are left out."""
    reading = document.reading
    return "\n\n".join(reading.text[b.start : b.end] for b in reading.blocks if b.label in BODY_LABELS)


def published_words(published: Published | None) -> str | None:
    """An ISO date, an ISO 8601 interval ("start/end", ".." for an open end), or None where nothing is known."""
    if published is None or (published.start is None and published.end is None):
        return None
    if published.start == published.end:
        return published.start
    return f"{published.start or '..'}/{published.end or '..'}"
