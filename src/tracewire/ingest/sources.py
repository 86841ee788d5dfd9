"""Sources to raw pages: files of one report, folders, files of many, addresses, and what comes through a pipe."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tracewire.config import Settings
from tracewire.errors import UsageError
from tracewire.ingest.kinds import kind_of
from tracewire.ingest.page import Arrival, pdf_page
from tracewire.ingest.rows import json_page, line_pages
from tracewire.ingest.source import Source, failure, read_bytes, readable_name
from tracewire.ingest.stdin import stdin_pages
from tracewire.ingest.warc import split_offset, warc_pages
from tracewire.model import Failure, RawPage

if TYPE_CHECKING:
    from tracewire.ingest.fetch import Fetcher

__all__ = ["iter_pages"]

MEDIA_TYPES = {
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown",
    ".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml",
}  # fmt: skip
LINES = (".jsonl", ".ndjson")
FEEDS = (".xml", ".rss", ".atom", ".rdf")
WARCS = (".warc", ".warc.gz")
READ = " ".join([*MEDIA_TYPES, ".pdf", *LINES, ".json", *FEEDS, *WARCS])
DOCUMENT_ENDINGS = frozenset([".doc", ".docx", ".odt", ".rtf", ".epub", ".mhtml", ".mht", ".eml", ".pages"])
"""Endings of reports that this version cannot read: named as failures where a folder holds them."""

_FOLDER_ENDINGS = (*MEDIA_TYPES, *LINES, *FEEDS, *WARCS, ".pdf", ".json", *DOCUMENT_ENDINGS)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)
Network = Callable[[], "Fetcher"]


def iter_pages(
    sources: Sequence[str | Path], settings: Settings, *, retrieved: str, network: Network | None = None
) -> Iterator[RawPage | Failure]:
    """The reports behind sources, in the order given, folders sorted; `retrieved` is an ISO time.

    A source is a file, a folder, an http(s) address, `-` (stdin), or `ARCHIVE.warc.gz@OFFSET`. Raises UsageError at
    once for one that is not there, holds no reports, or is an address of another kind; a file or page that cannot be
    used gives a Failure and the rest goes on. `network` makes the fetcher, when the first address is reached.
    """
    found = [each for source in sources for each in _expand(source)]
    return _pages(found, settings, retrieved, network)


def _expand(source: str | Path) -> Iterator[Source]:
    if isinstance(source, str) and _ADDRESS.match(source):
        if not re.match(r"https?://[^/]", source, re.I):
            raise UsageError(f"{source}: only http and https addresses are fetched; give a file by its path")
        yield Source(Path(), source, "fetched", address=source)
        return
    if str(source) == "-":
        yield Source(Path("-"), "stdin", "stdin")
        return
    path, offset = Path(source), 0
    if not os.path.lexists(path):
        path, offset = split_offset(str(source))
    if not os.path.lexists(path):
        raise UsageError(f"{source}: there is no such file or folder")
    if not path.is_dir():
        yield Source(path, readable_name(path.name), "file", offset=offset)
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
        if path.name.lower().endswith(_FOLDER_ENDINGS):
            yield Source(path, readable_name(path.relative_to(folder).as_posix()), "folder")


def _pages(
    sources: Sequence[Source], settings: Settings, retrieved: str, network: Network | None
) -> Iterator[RawPage | Failure]:
    with ExitStack() as stack:
        online: list[Fetcher] = []

        def fetcher() -> Fetcher:
            if not online:
                online.append(stack.enter_context((network or _network(settings))()))
            return online[0]

        for source in sources:
            try:
                yield from _of(source, settings, retrieved, fetcher)
            except OSError as error:
                yield failure(source, f"cannot be read: {error.strerror or error}")


def _network(settings: Settings) -> Network:
    def make() -> Fetcher:
        from tracewire.ingest.fetch import Fetcher

        return Fetcher(settings)

    return make


def _of(source: Source, settings: Settings, retrieved: str, fetcher: Network) -> Iterator[RawPage | Failure]:
    """All pages of one source."""
    name = source.path.name.lower()
    if source.address:
        from tracewire.ingest.online import url_pages

        yield from url_pages(source.address, fetcher(), settings)
    elif source.how == "stdin":
        yield from stdin_pages(sys.stdin.buffer, settings, retrieved)
    elif not stat.S_ISREG(source.path.stat().st_mode):
        yield failure(source, "not a regular file")
    elif name.endswith(WARCS):
        yield from warc_pages(source, settings, source.offset)
    elif name.endswith(LINES):
        yield from line_pages(source, settings, retrieved)
    elif name.endswith(FEEDS):
        yield from _list_file(source, settings, retrieved, fetcher)
    elif name.endswith(".json"):
        yield from _json_file(source, settings, retrieved, fetcher)
    else:
        yield _file(source, settings, retrieved)


def _list_file(source: Source, settings: Settings, retrieved: str, fetcher: Network) -> Iterator[RawPage | Failure]:
    """The pages of a feed or sitemap in a file; other XML in a folder is passed over."""
    from tracewire.ingest.online import LISTS, list_pages

    data, reason = read_bytes(source.path, settings.max_document_bytes)
    if not reason and kind_of(data) not in LISTS:
        if source.how == "folder":
            return
        reason = "XML, but neither a feed nor a sitemap"
    if reason:
        yield failure(source, reason)
        return
    yield from list_pages(source.name, data, fetcher() if settings.follow else None, settings, retrieved)


def _json_file(source: Source, settings: Settings, retrieved: str, fetcher: Network) -> Iterator[RawPage | Failure]:
    """A JSON feed, or one report in a JSON object."""
    with source.path.open("rb") as file:
        is_feed = kind_of(file.read(2048)) == "json-feed"
    yield from (_list_file(source, settings, retrieved, fetcher) if is_feed else json_page(source, settings, retrieved))


def _file(source: Source, settings: Settings, retrieved: str) -> RawPage | Failure:
    """One report in a file of its own."""
    is_pdf = source.path.suffix.lower() == ".pdf"
    data, reason = read_bytes(source.path, settings.max_document_bytes, check=not is_pdf)
    media_type = MEDIA_TYPES.get(source.path.suffix.lower())
    if not reason and media_type is None and not is_pdf:
        ending = source.path.suffix or "(no ending)"
        reason = f"files with the ending {ending} are not read; known: {READ}"
    if reason:
        return failure(source, reason)
    location = readable_name(source.path)
    if is_pdf:
        return pdf_page(Arrival(source.name, data, location, source.how, retrieved), settings)
    assert media_type is not None
    return RawPage(source.name, data, media_type, location, source.how, retrieved)
