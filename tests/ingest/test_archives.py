"""PDFs, web archives, and what comes through a pipe."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracewire.config import Settings
from tracewire.ingest import iter_pages, write_warc
from tracewire.ingest.stdin import stdin_pages
from tracewire.model import Exchange, Failure, Metadata, Original, RawPage

NOW = "2031-05-01T10:00:00Z"
SETTINGS = Settings(max_document_bytes=100_000)
PAGE = b"<html><body><p>Guards left the depot at noon.</p></body></html>"


def read(source: Any) -> list[RawPage | Failure]:
    return list(iter_pages([source], SETTINGS, retrieved=NOW))


def page(source: Any) -> RawPage:
    (found,) = read(source)
    assert isinstance(found, RawPage), found
    return found


class TestPdf:
    def test_lines_paragraphs_and_pages(self, tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
        lines = [
            (760, "Guards left the depot of Adr at noon,"),
            (746, "a witness said."),
            (718, "No arms were found."),
            (704, "None."),
        ]
        data = make_pdf(lines, ["Second page here."])
        (tmp_path / "a.pdf").write_bytes(data)
        found = page(tmp_path / "a.pdf")
        assert found.data.decode() == (
            "Guards left the depot of Adr at noon,\na witness said.\n\nNo arms were found.\nNone.\n\f\nSecond page here."
        )
        assert found.original == Original(data, "application/pdf")
        assert found.media_type == "application/pdf"

    def test_one_without_text_is_named(self, tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
        (tmp_path / "scan.pdf").write_bytes(make_pdf([], []))
        (found,) = read(tmp_path / "scan.pdf")
        assert isinstance(found, Failure)
        assert "without a text layer (2 pages)" in found.reason

    @pytest.mark.parametrize("data", [b"%PDF-1.7 and nothing", b"", b"no pdf"], ids=["cut", "empty", "other"])
    def test_broken_ones_are_named(self, tmp_path: Path, data: bytes) -> None:
        (tmp_path / "b.pdf").write_bytes(data)
        (found,) = read(tmp_path / "b.pdf")
        assert isinstance(found, Failure)
        assert "PDF" in found.reason


def response(address: str, body: bytes = PAGE, status: int = 200, type_: str = "text/html", *more: str) -> RawPage:
    headers = (("Content-Type", type_), *(tuple(line.split(": ", 1)) for line in more))
    exchange = Exchange(address, address, status, headers)  # type: ignore[arg-type]
    return RawPage(address, body, type_, address, "fetched", "2030-01-02T03:04:05Z", Metadata(), exchange)


def archive(*pages: RawPage, packed: bool = False, everything: bool = False) -> bytes:
    out = io.BytesIO()
    write_warc(pages, out, "tests/1", packed=packed, everything=everything)
    return out.getvalue()


class TestWarc:
    @pytest.mark.parametrize("packed", [False, True])
    def test_what_is_written_is_read_again(self, tmp_path: Path, packed: bool) -> None:
        path = tmp_path / ("a.warc.gz" if packed else "a.warc")
        pages = [response(f"http://dune.test/{n}", PAGE + str(n).encode()) for n in range(3)]
        path.write_bytes(archive(*pages, packed=packed))
        found = read(path)
        assert [(p.name, p.data, p.retrieved) for p in found if isinstance(p, RawPage)] == [
            (p.name, p.data, p.retrieved) for p in pages
        ]
        first = found[0]
        assert isinstance(first, RawPage)
        assert first.exchange is not None
        assert first.exchange.status == 200
        assert first.exchange.header("content-type") == "text/html"

    def test_the_same_pages_give_the_same_bytes(self) -> None:
        assert archive(response("http://a.test/"), packed=True) == archive(response("http://a.test/"), packed=True)

    def test_reading_goes_on_at_an_offset(self, tmp_path: Path) -> None:
        path = tmp_path / "a.warc.gz"
        path.write_bytes(archive(*(response(f"http://dune.test/{n}") for n in range(3)), packed=True))
        second = read(path)[1]
        assert isinstance(second, RawPage)
        assert second.location.startswith(f"{path}@")
        assert [p.name for p in read(second.location)] == ["http://dune.test/1", "http://dune.test/2"]

    def test_redirects_pictures_and_robots_are_passed_over_and_error_pages_kept(self, tmp_path: Path) -> None:
        path = tmp_path / "a.warc"
        path.write_bytes(
            archive(
                response("http://a.test/moved", b"", 301),
                response("http://a.test/i.png", b"pixels", 200, "image/png"),
                response("http://a.test/robots.txt", b"User-agent: *", 200, "text/plain"),
                response("http://a.test/gone", PAGE, 404),
                response("http://a.test/note.txt", b"Guards left.", 200, "text/plain"),
            )
        )
        assert [p.name for p in read(path)] == ["http://a.test/gone", "http://a.test/note.txt"]

    @pytest.mark.parametrize(
        ("header", "body"),
        [
            (b"Content-Encoding: gzip", gzip.compress(PAGE)),
            (b"Content-Encoding: gzip", PAGE),  # many archives take the coding off and leave its header
            (b"Transfer-Encoding: chunked", b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)),
            (b"Transfer-Encoding: chunked", PAGE),
        ],
    )
    def test_packed_and_chunked_bodies_are_unpacked(self, tmp_path: Path, header: bytes, body: bytes) -> None:
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + header + b"\r\n\r\n" + body
        head = (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2030-01-02T03:04:05Z\r\n"
            b"WARC-Target-URI: http://a.test/z\r\nContent-Type: application/http; msgtype=response\r\n"
        )
        record = head + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"
        (tmp_path / "a.warc").write_bytes(record)
        assert page(tmp_path / "a.warc").data == PAGE

    @pytest.mark.parametrize("packed", [False, True])
    def test_a_cut_archive_gives_what_is_whole_and_says_where_it_ends(self, tmp_path: Path, packed: bool) -> None:
        path = tmp_path / ("a.warc.gz" if packed else "a.warc")
        data = archive(*(response(f"http://dune.test/{n}", PAGE * 20) for n in range(3)), packed=packed)
        path.write_bytes(data[:-60])
        found = read(path)
        assert [type(each).__name__ for each in found] == ["RawPage", "RawPage", "Failure"]
        assert "cut off" in str(found[2]) or "breaks off" in str(found[2])

    @pytest.mark.parametrize("data", [b"", b"junk", b"WARC/1.0\r\n", b"\x1f\x8b\x08junk", b"\0" * 99])
    def test_other_files_are_named(self, tmp_path: Path, data: bytes) -> None:
        (tmp_path / "x.warc.gz").write_bytes(data)
        (found,) = read(tmp_path / "x.warc.gz")
        assert isinstance(found, Failure)

    def test_files_go_in_as_resources_where_all_is_asked(self, tmp_path: Path) -> None:
        own = RawPage("a.txt", b"Guards left.", "text/plain", "/in/a.txt", "file", NOW)
        assert b"Guards left." not in archive(own)
        path = tmp_path / "all.warc"
        path.write_bytes(archive(own, everything=True))
        assert page(path).data == b"Guards left."

    def test_an_original_is_what_goes_in(self) -> None:
        pdf = RawPage("http://a.test/a.pdf", b"text", "application/pdf", "", "fetched", NOW, Metadata(),
                      Exchange("http://a.test/a.pdf", "http://a.test/a.pdf", 200, ()), Original(b"%PDF-raw", "application/pdf"))  # fmt: skip
        assert b"%PDF-raw" in archive(pdf)


class TestPipe:
    def take(self, data: bytes) -> list[RawPage | Failure]:
        return list(stdin_pages(io.BytesIO(data), SETTINGS, NOW))

    @pytest.mark.parametrize(
        ("data", "media_type"),
        [(b"Guards left.", "text/plain"), (PAGE, "text/html"), (b"{no json} text", "text/plain")],
    )
    def test_a_report(self, data: bytes, media_type: str) -> None:
        assert self.take(data) == [RawPage("stdin", data, media_type, "-", "stdin", NOW)]

    def test_lines_of_json(self) -> None:
        rows = "".join(json.dumps({"id": str(n), "text": f"Report {n}."}) + "\n" for n in range(3)).encode()
        assert [p.name for p in self.take(rows)] == ["0", "1", "2"]

    def test_a_pdf(self, make_pdf: Callable[..., bytes]) -> None:
        (found,) = self.take(make_pdf(["Guards left the depot at noon."]))
        assert isinstance(found, RawPage)
        assert found.original is not None

    @pytest.mark.parametrize("data", [b"", b"x" * 100_001, b"WARC/1.0\r\nx", b"\x1f\x8b\x08packed"])
    def test_what_is_no_report_is_named(self, data: bytes) -> None:
        (found,) = self.take(data)
        assert isinstance(found, Failure)
