"""Reports in JSON: one a line with named fields, or one a file as news-please writes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from tracewire.config import Settings
from tracewire.ingest.bytes_ import unusable
from tracewire.ingest.source import STAGE, Source, failure, read_bytes, readable_name
from tracewire.model import Failure, Metadata, RawPage

__all__ = ["json_page", "line_pages", "stream_pages"]

LINE_SLACK = 4
"""A line of JSON may be this many times the size limit of a document: escapes and metadata come on top of its text."""


class _RowError(Exception):
    """A row that is no report; the message says why."""


def line_pages(source: Source, settings: Settings, retrieved: str) -> Iterator[RawPage | Failure]:
    """One report a line; a bad line gives a Failure that names it."""
    with source.path.open("rb") as file:
        yield from stream_pages(file, source, settings, retrieved)


def stream_pages(file: BinaryIO, source: Source, settings: Settings, retrieved: str) -> Iterator[RawPage | Failure]:
    """`line_pages` of a stream that is open already; `source` says what to call it."""
    seen: dict[str, str] = {}
    filled = 0
    for number, line in _numbered(file, LINE_SLACK * settings.max_document_bytes):
        if line is not None and not line.strip():
            continue
        filled += 1
        try:
            row = _row(line)
            if filled == 1 and _is_metadata(row) and source.how == "folder":
                return
            page = _page(row, source, number, settings, retrieved)
            if seen.setdefault(page.name, page.sha256) != page.sha256:
                raise _RowError(f"the id {page.name!r} stands in an earlier line with another text")
            yield page
        except _RowError as error:
            place = f"{source.name}:{number}"
            yield Failure(place, STAGE, f"{readable_name(source.path)}:{number}: {error}")
    if not filled:
        yield failure(source, "empty file")


def _is_metadata(row: dict[str, Any]) -> bool:
    """Whether a row is one of a metadata file that lies beside the reports."""
    return "file" in row and not _content(row)[0]


def _numbered(file: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers from 1; None for one longer than the limit, whose rest is passed over."""
    number = 0
    while line := file.readline(limit + 1):
        number += 1
        whole = len(line) <= limit or line.endswith(b"\n")
        yield number, (line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line) if whole else None
        while line and not line.endswith(b"\n"):
            line = file.readline(limit + 1)


def _row(line: bytes | None) -> dict[str, Any]:
    if line is None:
        raise _RowError("the line is longer than any report may be")
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _RowError(f"not UTF-8 at byte {error.start}") from error
    except (ValueError, RecursionError) as error:
        raise _RowError(f"not JSON: {error}") from error
    if not isinstance(row, dict):
        raise _RowError(f"a report is a JSON object, this is {type(row).__name__}")
    return row


def json_page(source: Source, settings: Settings, retrieved: str) -> Iterator[RawPage | Failure]:
    """One report in a JSON object, such as news-please writes; other JSON files in a folder are passed over."""
    data, reason = read_bytes(source.path, LINE_SLACK * settings.max_document_bytes)
    if reason:
        yield failure(source, reason)
        return
    try:
        row = _row(data.removeprefix(b"\xef\xbb\xbf"))
        if _content(row)[0] or source.how != "folder":
            yield _page({**row, "id": source.name}, source, None, settings, retrieved)
    except _RowError as error:
        if source.how != "folder":
            yield failure(source, str(error))


_TEXTS = (("text", "text/plain"), ("html", "text/html"), ("maintext", "text/plain"))
_KEYS: dict[str, tuple[str, ...]] = {
    "published": ("published", "date_publish"),
    "url": ("url",),
    "outlet": ("outlet", "source_domain"),
    "author": ("author", "authors"),
    "title": ("title",),
    "language": ("language",),
}
"""Fields of a row that say something of its report: ours first, then those of news-please."""


def _content(row: dict[str, Any]) -> tuple[str, str]:
    """The text or HTML of a row and its media type; "" where it holds none."""
    for key, media_type in _TEXTS:
        if isinstance(row.get(key), str) and row[key].strip():
            return row[key], media_type
    return "", "text/plain"


def _page(row: dict[str, Any], source: Source, number: int | None, settings: Settings, retrieved: str) -> RawPage:
    """The page of a row; `number` is its line, None where the row is the whole file."""
    content, media_type = _content(row)
    if not content:
        raise _RowError('no report: neither "text" nor "html" holds anything')
    name = row.get("id", f"{source.name}:{number}")
    if not isinstance(name, (str, int)) or not str(name).strip():
        raise _RowError('"id" is neither a name nor a number')
    try:
        data = content.encode("utf-8")
        str(name).encode("utf-8")
    except UnicodeEncodeError as error:
        raise _RowError(f"half of a surrogate pair at character {error.start}: no Unicode text") from error
    if reason := unusable(data, settings.max_document_bytes):
        raise _RowError(reason)
    location = readable_name(source.path) + ("" if number is None else f":{number}")
    how = source.how if source.how == "stdin" else source.path.suffix.lower().lstrip(".")
    return RawPage(str(name), data, media_type, location, how, retrieved, _given(row))


def _given(row: dict[str, Any]) -> Metadata:
    """What a row says of its report; the first field of each kind that holds something."""
    said: dict[str, str | None] = {}
    for field, keys in _KEYS.items():
        values = (_said(row.get(key)) for key in keys)
        said[field] = next(filter(None, values), None)
    return Metadata(**said)


def _said(value: Any) -> str | None:
    """A value as text: a number in figures, names of a list with commas, None for anything else or nothing."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, list):
        return ", ".join(filter(None, map(_said, value))) or None
    text = str(value).strip() if isinstance(value, (str, int)) else ""
    return text if text and not re.search("[\ud800-\udfff]", text) else None
