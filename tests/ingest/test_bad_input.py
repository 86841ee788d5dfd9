"""Input that means harm or is broken, from the bytes to the document: each gives a document, or a reason that says why not.

Redirect loops, private addresses, file addresses, TLS and robots stand in test_online, cut archives in test_archives.
"""

from __future__ import annotations

import gzip
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tracewire.clean import clean, clean_page
from tracewire.config import Cleaning, Settings
from tracewire.ingest import iter_pages
from tracewire.model import Document, Exchange, Failure, Metadata, RawPage

NOW = "2031-05-01T10:00:00Z"
SMALL = Settings(max_document_bytes=1_000_000, delay=0.0)
SAID = "Guards of the depot of Adale said on Monday that nine rifles were gone."


def read(path: Path, settings: Settings = SMALL) -> list[RawPage | Failure]:
    return list(iter_pages([path], settings, retrieved=NOW))


def reason(path: Path) -> str:
    (found,) = read(path)
    assert isinstance(found, Failure), found
    return found.reason


def document(data: bytes, media_type: str = "text/html", exchange: Exchange | None = None) -> Document:
    page = RawPage("x", data, media_type, "x", "file", NOW, Metadata(), exchange)
    found = clean_page(page)
    assert "".join(found.raw[s.start : s.end] for s in found.segments) == found.raw
    return found


def served(status: int = 200, content_type: str = "text/html") -> Exchange:
    return Exchange("http://a.test/x", "http://a.test/x", status, (("content-type", content_type),))


def warc(body: bytes, header: bytes = b"") -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + header + b"\r\n" + body
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2030-01-02T03:04:05Z\r\n"
        b"WARC-Target-URI: http://a.test/z\r\nContent-Type: application/http; msgtype=response\r\n"
    )
    return head + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"


class TestBombs:
    def test_a_zip_is_named_and_never_opened(self, tmp_path: Path) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.html", b"0" * 30_000_000)
        for name in ("bomb.zip", "bomb.html", "bomb.docx"):
            (tmp_path / name).write_bytes(packed.getvalue())
            assert reason(tmp_path / name)

    def test_packed_bytes_under_the_name_of_a_page(self, tmp_path: Path) -> None:
        (tmp_path / "a.html").write_bytes(gzip.compress(b" " * 30_000_000))
        assert reason(tmp_path / "a.html")

    def test_in_an_archive_packed_twice(self, tmp_path: Path) -> None:
        body = gzip.compress(b" " * 50_000_000)
        (tmp_path / "a.warc.gz").write_bytes(gzip.compress(warc(body, b"Content-Encoding: gzip\r\n")))
        (found,) = read(tmp_path / "a.warc.gz")
        assert isinstance(found, Failure)
        assert "more than the limit" in found.reason

    def test_a_record_larger_than_the_limit(self, tmp_path: Path) -> None:
        (tmp_path / "a.warc.gz").write_bytes(
            gzip.compress(warc(b"<p>" + b"0" * 2_000_000)) + gzip.compress(warc(b"<p>ok"))
        )
        first, second = read(tmp_path / "a.warc.gz")
        assert isinstance(first, Failure)
        assert isinstance(second, RawPage)

    def test_entities_that_grow_in_a_page(self) -> None:
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        found = document(f'<!DOCTYPE html [<!ENTITY l0 "ha">{laughs}]><p>{SAID} &l9;</p>'.encode())
        assert len(found.reading.text) < 1_000


class TestMarkup:
    @pytest.mark.parametrize("how", ["best", "fast"])
    @pytest.mark.parametrize(
        "opening", ["<table><tr><td>", "<div class='a'>", "<blockquote>", "<b><i>", "<a href=x><h1>"]
    )
    def test_ten_thousand_deep(self, how: Cleaning, opening: str) -> None:
        page = RawPage("x", (opening * 10_000 + f"<p>{SAID}").encode(), "text/html", "x", "file", NOW)
        start = time.process_time()
        assert SAID in clean_page(page, how).reading.text
        assert time.process_time() - start < 30

    def test_signs_that_never_end(self) -> None:
        for sign in ("<a ", "<a href=", "<!--", "<![CDATA[", "</", '<p title="', "&#", "<script>"):
            start = time.process_time()
            document((f"<p>{SAID}</p>" + sign * 50_000).encode())
            assert time.process_time() - start < 30, sign


class TestLetters:
    def test_a_charset_that_lies(self) -> None:
        said = f"<html><body><p>{SAID} “We heard nothing”, café owners said.</p></body></html>"
        for data, header in (
            (said.encode("utf-8"), "text/html; charset=iso-8859-1"),
            (said.encode("cp1252"), "text/html; charset=utf-8"),
            (said.encode("utf-8"), "text/html; charset=no-such-thing"),
        ):
            found = document(data, exchange=served(content_type=header))
            assert "café" in found.reading.text
            assert found.raw.encode(found.encoding) == data

    def test_nuls_stay_where_they_are(self) -> None:
        found = document(f"<p>Guards\x00 left.</p><p>{SAID}</p>".encode())
        assert "\x00" in found.raw
        assert SAID in found.reading.text

    def test_text_from_right_to_left(self) -> None:
        line = "قال مسؤول محلي إن مسلحين استولوا على تسع بنادق من المستودع فجر الاثنين، ولم يصب أحد بأذى."
        body = "".join(f"<p>{line} {n}</p>" for n in range(5))
        found = document(
            f"<html dir='rtl' lang='ar'><body><nav>الرئيسية</nav><article>{body}</article></body></html>".encode()
        )
        assert found.language == "ar"
        at = found.reading.text.index(line)
        assert found.span(at, at + len(line)).quote == line

    def test_marks_of_direction_are_kept(self) -> None:
        found = document(f"<p>\u202b{SAID}\u202c \u200fend</p>".encode())
        assert all(mark in found.raw for mark in "\u202b\u202c\u200f")


class TestPages:
    @pytest.mark.parametrize("status", [401, 403, 404, 410, 451, 500, 503])
    def test_error_pages_are_kept_and_not_read(self, status: int) -> None:
        found = document(f"<p>{SAID}</p>".encode(), exchange=served(status))
        assert found.reading.text == ""
        assert any(str(status) in warning for warning in found.warnings)

    def test_a_paywall_stub_is_kept_and_marked(self) -> None:
        found = document(f"<article><p>{SAID}</p><p>Subscribe now to continue reading.</p></article>".encode())
        assert SAID in found.reading.text
        assert any("paywall" in warning for warning in found.warnings)

    def test_a_pdf_without_text_is_named(self, tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
        (tmp_path / "scan.pdf").write_bytes(make_pdf([]))
        assert "without a text layer" in reason(tmp_path / "scan.pdf")

    def test_a_page_of_two_hundred_megabytes_stops_at_its_size(self, tmp_path: Path) -> None:
        path = tmp_path / "large.html"
        with path.open("wb") as file:
            file.truncate(200_000_000)  # a sparse file: nothing is written
        assert "limit" in reason(path)

    def test_one_bad_page_among_many(self) -> None:
        pages = [
            RawPage(str(n), data, "text/html", "x", "file", NOW)
            for n, data in enumerate((b"\xff\xfe\x00", b"<p>Fine.", b"<" * 999))
        ]
        assert len(list(clean(pages, "fast"))) == 3
