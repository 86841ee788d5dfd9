"""Web archives: WARC files to pages, from any record on, each bounded in size."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracewire.config import Settings
from tracewire.ingest.body import unpacked
from tracewire.ingest.kinds import kind_of
from tracewire.ingest.page import Arrival, make_page
from tracewire.ingest.refusal import RefusalError
from tracewire.ingest.source import STAGE, Source, readable_name
from tracewire.model import Exchange, Failure, RawPage

__all__ = ["split_offset", "warc_pages"]

HOW = "warc"
_READ = ("html", "text", "markdown", "pdf")
_CHUNK = re.compile(rb"[0-9a-fA-F]{1,8}[ \t]*(?:;[^\r\n]{0,200})?\r\n")


def warc_pages(source: Source, settings: Settings, offset: int = 0) -> Iterator[RawPage | Failure]:
    """The pages of an archive in order: responses and resources of readable types, error pages among them.

    `offset` is where to begin: the place of a record, as `location` and failures name it (`file.warc.gz@OFFSET`).
    """
    with source.path.open("rb") as stream:
        stream.seek(offset)
        yield from _records(stream, source, settings, offset)


def _records(stream: Any, source: Source, settings: Settings, offset: int) -> Iterator[RawPage | Failure]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource
    at = offset
    found = 0
    try:
        for record in ArchiveIterator(stream, record_types=kinds, parse_http=False):
            at = offset + record.stream_pos
            found += 1
            try:
                page = _page(record, source, settings, at)
            except (OSError, ValueError, EOFError, UnicodeError) as error:
                page = Failure(f"{source.name}@{at}", STAGE, f"a damaged record: {error}")
            if page is not None:
                yield page
    except (OSError, ValueError, EOFError, UnicodeError) as error:
        yield Failure(f"{source.name}@{at}", STAGE, f"the archive breaks off or is damaged after this place: {error}")
        return
    if not found:
        yield Failure(source.name, STAGE, "a web archive without pages")


def _page(record: Any, source: Source, settings: Settings, at: int) -> RawPage | Failure | None:
    """The page of a record; None for redirects, pictures and other things that are no report."""
    address = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
    exchange = None
    declared = record.headers.get("Content-Type") or ""
    if record.is_http:
        record.parse_http(auto_decode="none")
        exchange = _exchange(record, address)
        declared = exchange.header("content-type") or ""
        if exchange.status is None or exchange.status < 200 or 300 <= exchange.status < 400:
            return None
    name = address or f"{source.name}@{at}"
    try:
        data = _body(record, exchange, settings.max_document_bytes)
    except RefusalError as error:
        return Failure(name, STAGE, f"{error} (record at {at})")
    if address.endswith("/robots.txt") or kind_of(data, declared) not in _READ:
        return None
    location = f"{readable_name(source.path)}@{at}"
    retrieved = (record.headers.get("WARC-Date") or "")[:40]
    return make_page(Arrival(name, data, location, HOW, retrieved, declared, exchange=exchange), settings)


def _body(record: Any, exchange: Exchange | None, limit: int) -> bytes:
    """The body of a record, unpacked; raises RefusalError where it is too large, cut off or damaged."""
    data: bytes = record.reader.read(limit + 1)
    if len(data) > limit:
        raise RefusalError(f"more than the limit of {limit:,} bytes")
    if len(data) < (record.content_length or 0):
        raise RefusalError("the record is cut off")
    if exchange is None:
        return data
    if "chunked" in (exchange.header("transfer-encoding") or "").lower():
        data = _dechunked(data, limit)
    # archives often keep the header of a coding that they took off
    packed = data.startswith(b"\x1f\x8b")
    return unpacked([data], "gzip", limit) if packed else data


def _dechunked(data: bytes, limit: int) -> bytes:
    """The body without its transfer chunks; as it is where an archive has taken them off and left the header."""
    from fastwarc.stream_io import ChunkedReader

    if not _CHUNK.match(data):
        return data
    found: bytes = ChunkedReader(io.BytesIO(data)).read(limit + 1)
    return found


def _exchange(record: Any, address: str) -> Exchange:
    headers = record.http_headers
    status = headers.status_code if headers is not None else None
    pairs = tuple((str(k), str(v)) for k, v in headers.astuples()) if headers is not None else ()
    return Exchange(address, address, int(status) if status is not None else None, pairs)


def split_offset(text: str) -> tuple[Path, int]:
    """`file.warc.gz@OFFSET` as a path and an offset, 0 where none is named."""
    name, _, offset = text.rpartition("@")
    return (Path(name), int(offset)) if name and offset.isdigit() else (Path(text), 0)
