"""Writing a web archive: what was fetched, as WARC that other tools replay and this one reads again."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any, BinaryIO
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from tracewire.model import Exchange, RawPage, document_id

__all__ = ["write_warc"]

_RENAMED = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers that tell of the wire; the body is kept unpacked, so they go on under the prefix that crawlers use."""


def write_warc(pages: Iterable[RawPage], stream: BinaryIO, software: str, *, packed: bool, everything: bool) -> int:
    """Write pages that came over the network as response records; returns how many. Same pages, same bytes.

    With `everything` pages that came from files go in too, as resource records; `packed` writes .warc.gz.
    """
    count = 0
    _write(_info(software), stream, packed)
    for page in pages:
        if page.exchange is None and not everything:
            continue
        for record in _records(page):
            _write(record, stream, packed)
        count += 1
    return count


def _write(record: Any, stream: BinaryIO, packed: bool) -> None:
    buffer = io.BytesIO()
    record.write(buffer, checksum_data=True)
    data = buffer.getvalue()
    stream.write(gzip.compress(data, mtime=0) if packed else data)


def _info(software: str) -> Any:
    from fastwarc.warc import WarcRecord, WarcRecordType

    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.warcinfo, record_urn=_urn("warcinfo", software))
    record.headers["WARC-Date"] = "1970-01-01T00:00:00Z"  # the same case gives the same bytes whenever it is written
    record.headers["Content-Type"] = "application/warc-fields"
    record.set_bytes_content(f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode())
    return record


def _records(page: RawPage) -> Iterator[Any]:
    from fastwarc.warc import WarcRecordType

    document = document_id(page.name, page.sha256)
    body, media_type = page.data, page.media_type
    if page.original is not None:
        body, media_type = page.original.data, page.original.media_type
    exchange = page.exchange
    if exchange is None:
        address = page.given.url or f"urn:tracewire:{quote(page.name, safe='')}"
        yield _record(WarcRecordType.resource, _urn(document), address, page.retrieved, media_type, body)
        return
    block = _head(exchange, len(body)) + body
    kind = "application/http; msgtype=response"
    yield _record(WarcRecordType.response, _urn(document), exchange.final, page.retrieved, kind, block)
    if exchange.redirects or exchange.url != exchange.final:
        hops = [f"via: {status} {url}" for status, url in exchange.redirects]
        lines = "\r\n".join([f"asked: {exchange.url}", *hops, ""]).encode("utf-8", "replace")
        kind, urn = "application/warc-fields", _urn(document, "hops")
        yield _record(WarcRecordType.metadata, urn, exchange.final, page.retrieved, kind, lines)


def _record(kind: Any, urn: bytes, address: str, when: str, media_type: str, block: bytes) -> Any:
    from fastwarc.warc import WarcRecord

    record = WarcRecord()
    record.init_headers(record_type=kind, record_urn=urn)
    record.headers["WARC-Target-URI"] = _line(address)
    record.headers["WARC-Date"] = _line(when) or "1970-01-01T00:00:00Z"
    record.headers["Content-Type"] = _line(media_type)
    record.set_bytes_content(block)
    return record


def _head(exchange: Exchange, size: int) -> bytes:
    status = exchange.status or 200
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
    lines = [f"HTTP/1.1 {status} {phrase}".rstrip()]
    for name, value in exchange.headers:
        shown = f"X-Crawler-{name}" if name.lower() in _RENAMED else name
        lines.append(f"{_line(shown)}: {_line(value)}")
    lines += [f"Content-Length: {size}", "", ""]
    return "\r\n".join(lines).encode("utf-8", "replace")


def _line(text: str) -> str:
    """Text that cannot end the header line it stands in."""
    return " ".join(text.split())


def _urn(*parts: str) -> bytes:
    return f"uuid:{uuid5(NAMESPACE_URL, 'tracewire:' + ':'.join(parts))}".encode()
