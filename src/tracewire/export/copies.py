"""Which documents share text: JSON Lines with document names as they came in."""

from __future__ import annotations

from collections.abc import Iterator

from tracewire.export.jsonl import line
from tracewire.export.view import by_id
from tracewire.model import Copy, Document, Record


class CopiesExporter:
    """Writes one object a pair: document, other, relation, share, other_share."""

    name = "copies"
    suffix = ".jsonl"

    def write(self, record: Record) -> Iterator[str]:
        """One JSON object a line, sorted by both names; a pair without a direction has the smaller name first."""
        documents = by_id(record.documents)
        for row in sorted(_row(copy, documents) for copy in record.copies):
            yield line(dict(zip(("document", "other", "relation", "share", "other_share"), row, strict=True)))


def _row(copy: Copy, documents: dict[str, Document]) -> tuple[str, str, str, float, float]:
    first = _name(copy.document, documents), copy.share
    second = _name(copy.other, documents), copy.other_share
    if not copy.directed and second < first:
        first, second = second, first
    return first[0], second[0], copy.relation, first[1], second[1]


def _name(document: str, documents: dict[str, Document]) -> str:
    return documents[document].name if document in documents else document
