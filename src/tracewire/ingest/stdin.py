"""What comes through a pipe: one report, or one a line in JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from tracewire.config import Settings
from tracewire.ingest.kinds import kind_of
from tracewire.ingest.page import Arrival, make_page
from tracewire.ingest.rows import LINE_SLACK, stream_pages
from tracewire.ingest.source import STAGE, Source
from tracewire.model import Failure, RawPage

__all__ = ["stdin_pages"]

NAME = "stdin"


def stdin_pages(stream: BinaryIO, settings: Settings, retrieved: str) -> Iterator[RawPage | Failure]:
    """The report or the lines of JSON on a stream."""
    limit = LINE_SLACK * settings.max_document_bytes
    data = stream.read(limit + 1)
    if _is_lines(data):
        rest = io.BufferedReader(_Joined(data, stream))
        yield from stream_pages(rest, Source(Path("-"), NAME, NAME), settings, retrieved)
    elif len(data) > settings.max_document_bytes:
        yield Failure(NAME, STAGE, f"more than the limit of {settings.max_document_bytes:,} bytes")
    elif kind_of(data) == "warc":
        yield Failure(NAME, STAGE, "a web archive; save it as a .warc file and give that")
    else:
        declared = None if kind_of(data) in ("html", "pdf") else "text/plain"
        yield make_page(Arrival(NAME, data, "-", NAME, retrieved, declared), settings)


def _is_lines(data: bytes) -> bool:
    """Whether the first line that holds something is a JSON object."""
    first = data.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    if not first.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


class _Joined(io.RawIOBase):
    """What was read of a stream already, and then the rest of it."""

    def __init__(self, read: bytes, rest: BinaryIO) -> None:
        self._read = io.BytesIO(read)
        self._rest = rest

    def readable(self) -> bool:
        """True: it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer from what was read, then from the stream."""
        data = self._read.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
