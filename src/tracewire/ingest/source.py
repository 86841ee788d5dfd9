"""One file to read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tracewire.ingest.bytes_ import unusable
from tracewire.model import Failure

__all__ = ["STAGE", "Source", "failure", "read_bytes", "readable_name"]

STAGE = "ingest"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its name in the record, and whether it was named itself ("file") or found in a folder.

    `address` is set instead where the source is an address ("fetched"); `offset` is where to begin in an archive.
    """

    path: Path
    name: str
    how: str
    address: str = ""
    offset: int = 0


def readable_name(name: str | Path) -> str:
    """A file name as Unicode text; bytes of it that are none become replacement characters."""
    return str(name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def failure(source: Source, reason: str) -> Failure:
    """A failure of this stage."""
    return Failure(source.name, STAGE, reason)


def read_bytes(path: Path, limit: int, check: bool = True) -> tuple[bytes, str]:
    """The bytes of a file, or the reason why they are not used; with `check` also because they are no text."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > limit:
            return b"", f"{size:,} bytes are more than the limit of {limit:,}"
        data = file.read(limit + 1)
    return data, unusable(data, limit) if check else ""
