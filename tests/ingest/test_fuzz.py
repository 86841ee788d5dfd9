"""Any bytes, whatever way they come, give pages, failures or a TracewireError; nothing else and no crash."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tracewire.config import Settings
from tracewire.errors import TracewireError
from tracewire.ingest import iter_pages
from tracewire.ingest.body import unpacked
from tracewire.ingest.fetch import Fetcher
from tracewire.ingest.listing import entries
from tracewire.ingest.refusal import RefusalError
from tracewire.ingest.stdin import stdin_pages
from tracewire.model import Failure, RawPage

NOW = "2031-05-01T10:00:00Z"
SETTINGS = Settings(max_document_bytes=20_000, delay=0.0, timeout=5.0)
HEADS = (
    b"", b"%PDF-1.4\n", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\n", b"\x1f\x8b\x08\x00", b"<rss><channel><item>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>", b"<urlset><url><loc>", b"<!DOCTYPE html><p>", b'{"text": "', b"\xff\xfe<\x00",
    b'{"version": "https://jsonfeed.org/version/1", "items": [', b"PK\x03\x04",
)  # fmt: skip
BYTES = st.builds(bytes.__add__, st.sampled_from(HEADS), st.binary(max_size=300))
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def outcome(run: Callable[[], Any]) -> None:
    try:
        found = list(run())
    except (TracewireError, RefusalError):
        return
    assert all(isinstance(each, (RawPage, Failure)) for each in found)


@pytest.mark.parametrize("ending", [".pdf", ".warc", ".warc.gz", ".xml", ".json", ".jsonl", ".html"])
@QUICK
@given(data=BYTES)
def test_files(tmp_path: Path, ending: str, data: bytes) -> None:
    path = tmp_path / f"x{ending}"
    path.write_bytes(data)
    outcome(lambda: iter_pages([path], SETTINGS, retrieved=NOW))


@QUICK
@given(data=BYTES)
def test_a_pipe(data: bytes) -> None:
    outcome(lambda: stdin_pages(io.BytesIO(data), SETTINGS, NOW))


@QUICK
@given(
    data=BYTES,
    status=st.integers(200, 599),
    kind=st.sampled_from(
        ["text/html", "text/plain; charset=nonsense", "application/pdf", "", "text/xml", "a\tb", "application/json"]
    ),
    coding=st.sampled_from(["", "gzip", "deflate", "br"]),
    target=st.text(max_size=20),
)
def test_answers_of_servers(data: bytes, status: int, kind: str, coding: str, target: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return httpx.Response(404, stream=httpx.ByteStream(b""))
        headers = [(b"content-type", kind.encode()), (b"content-encoding", coding.encode())]
        if 300 <= status < 400:
            headers.append((b"location", target.encode("utf-8", "replace").replace(b"\n", b"").replace(b"\r", b"")))
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(data))

    def network() -> Fetcher:
        return Fetcher(SETTINGS, transport=httpx.MockTransport(answer), sleep=lambda seconds: None)

    outcome(lambda: iter_pages(["http://a.test/x"], SETTINGS, retrieved=NOW, network=network))


@QUICK
@given(data=BYTES)
@example(b"<feed>" + b"<a>" * 50_000)
@example(b"<urlset>" + b"<url>" * 50_000)
def test_lists(data: bytes) -> None:
    outcome(lambda: entries(data) and [])


@QUICK
@given(data=st.binary(max_size=200), cut=st.integers(0, 200), name=st.sampled_from(["gzip", "deflate"]))
def test_packed_bytes(data: bytes, cut: int, name: str) -> None:
    for source in (data, gzip.compress(data)[:cut]):
        with suppress(RefusalError):
            assert len(unpacked([source], name, 150)) <= 150
