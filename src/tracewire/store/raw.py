"""The raw bytes of a case: files named by their SHA-256, written once and never changed."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

_UNFINISHED = "unfinished"
"""The one temporary name: there is one writer at a time, so what a killed run left is simply written over."""


class RawFolder:
    """`raw/ab/<sha256>` below a case; the first two hex digits spread the files over 256 folders."""

    def __init__(self, case: Path) -> None:
        self.path = case / "raw"

    def file(self, digest: str) -> Path:
        """Where the bytes with this hash lie."""
        return self.path / digest[:2] / digest

    def write(self, data: bytes) -> str:
        """Keep bytes and return their hash. Raises OSError; a file is whole and on the disk, or not there."""
        digest = sha256(data).hexdigest()
        target = self.file(digest)
        if self._holds(target, data):
            return digest
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path / _UNFINISHED
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
        _sync_folder(target.parent)
        return digest

    def read(self, digest: str) -> bytes | None:
        """The bytes with this hash; None where the file is not there."""
        try:
            return self.file(digest).read_bytes()
        except FileNotFoundError:
            return None

    def problem(self, digest: str, data: bytes | None) -> str | None:
        """What is wrong with bytes that were read, in words; None where nothing is."""
        if data is None:
            return f"the raw file {self.file(digest)} is missing"
        if sha256(data).hexdigest() != digest:
            return f"the raw file {self.file(digest)} was changed: it no longer has its hash"
        return None

    def _holds(self, target: Path, data: bytes) -> bool:
        try:
            return target.stat().st_size == len(data) and target.read_bytes() == data
        except FileNotFoundError:
            return False


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power failure; where folders cannot be opened (Windows) the system sees to it."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
