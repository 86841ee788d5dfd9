"""What every exporter is: a function from a record to lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from tracewire.model import Record


class Exporter(Protocol):
    """Writes one format. `suffix` is the usual file ending, with its dot."""

    name: str
    suffix: str

    def write(self, record: Record) -> Iterator[str]:
        """The file as text chunks, in an order that depends on nothing but the record."""
        ...
