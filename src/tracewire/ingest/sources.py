"""Sources to raw pages: files of one report, folders, and files of many."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tracewire.config import Settings
from tracewire.errors import UsageError
from tracewire.ingest.rows import json_page, line_pages
from tracewire.ingest.source import Source, failure, read_bytes, readable_name
from tracewire.model import Failure, RawPage

__all__ = ["iter_pages"]

MEDIA_TYPES = {
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown",
    ".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml",
}  # fmt: skip
LINES = (".jsonl", ".ndjson")
READ = " ".join([*MEDIA_TYPES, *LINES, ".json"])
DOCUMENT_ENDINGS = frozenset(
    [".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".warc", ".mhtml", ".mht", ".eml", ".pages"]
)
"""Endings of reports that this version cannot read: named as failures where a folder holds them."""


def iter_pages(sources: Sequence[str | Path], settings: Settings, *, retrieved: str) -> Iterator[RawPage | Failure]:
    """The reports behind files and folders, in the order given, folders sorted; `retrieved` is an ISO time.

    Raises UsageError at once for a source that is not there, holds no reports, or is an address; a file that cannot be
    used gives a Failure and the rest goes on.
    """
    found = [each for source in sources for each in _expand(source)]
    return _pages(found, settings, retrieved)


def _expand(source: str | Path) -> Iterator[Source]:
    if isinstance(source, str) and re.match(r"https?://", source, re.I):
        raise UsageError(f"{source}: fetching is not in this version; save the page as an .html file and give that")
    path = Path(source)
    if not os.path.lexists(path):
        raise UsageError(f"{source}: there is no such file or folder")
    if not path.is_dir():
        yield Source(path, readable_name(path.name), "file")
        return
    listed = list(_folder(path))
    if not listed:
        raise UsageError(f"{source}: the folder holds no reports; files that are read end in {READ}")
    yield from listed


def _folder(folder: Path) -> Iterator[Source]:
    """Reports below a folder in order of their names; hidden files and files that are no reports are passed over."""
    paths: list[Path] = []
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths.extend(Path(here) / name for name in names if not name.startswith("."))
    for path in sorted(paths, key=lambda p: p.relative_to(folder).as_posix()):
        ending = path.suffix.lower()
        if ending in MEDIA_TYPES or ending in LINES or ending in DOCUMENT_ENDINGS or ending == ".json":
            yield Source(path, readable_name(path.relative_to(folder).as_posix()), "folder")


def _pages(sources: Iterable[Source], settings: Settings, retrieved: str) -> Iterator[RawPage | Failure]:
    for source in sources:
        ending = source.path.suffix.lower()
        try:
            if not stat.S_ISREG(source.path.stat().st_mode):
                yield failure(source, "not a regular file")
            elif ending in LINES:
                yield from line_pages(source, settings, retrieved)
            elif ending == ".json":
                yield from json_page(source, settings, retrieved)
            else:
                yield _file(source, settings, retrieved)
        except OSError as error:
            yield failure(source, f"cannot be read: {error.strerror or error}")


def _file(source: Source, settings: Settings, retrieved: str) -> RawPage | Failure:
    """One report in a file of its own."""
    data, reason = read_bytes(source.path, settings.max_document_bytes)
    media_type = MEDIA_TYPES.get(source.path.suffix.lower())
    if not reason and media_type is None:
        ending = source.path.suffix or "(no ending)"
        reason = f"files with the ending {ending} are not read; known: {READ}"
    if reason or media_type is None:
        return failure(source, reason)
    return RawPage(source.name, data, media_type, readable_name(source.path), source.how, retrieved)
