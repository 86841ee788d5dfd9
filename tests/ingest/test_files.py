"""Ingest: what becomes a page, what becomes a failure, and what stops the run at once."""

from __future__ import annotations

import gzip
import json
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.config import Settings
from tracewire.errors import UsageError
from tracewire.ingest import iter_pages, load_metadata
from tracewire.model import Failure, Metadata, RawPage

NOW = "2024-05-01T10:00:00Z"
SETTINGS = Settings(max_document_bytes=1000)
REPORT = "Shells fell on the market of Adré at noon.\n"


def read(*sources: str | Path, settings: Settings = SETTINGS) -> list[RawPage | Failure]:
    return list(iter_pages(sources, settings, retrieved=NOW))


def failure(*sources: str | Path) -> Failure:
    (found,) = read(*sources)
    assert isinstance(found, Failure), found
    assert found.stage == "ingest"
    return found


def write_rows(path: Path, *rows: object) -> Path:
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), "utf-8")
    return path


class TestFiles:
    def test_a_file_keeps_its_bytes_and_says_where_it_was(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"\xef\xbb\xbfone\r\ntwo \xe9")
        assert read(path) == [RawPage("a.txt", path.read_bytes(), "text/plain", str(path), "file", NOW)]

    @pytest.mark.parametrize(
        ("ending", "media_type"),
        [(".text", "text/plain"), (".md", "text/markdown"), (".HTM", "text/html"), (".xhtml", "application/xhtml+xml")],
    )
    def test_the_ending_tells_the_media_type(self, tmp_path: Path, ending: str, media_type: str) -> None:
        path = tmp_path / f"report{ending}"
        path.write_text(REPORT)
        (page,) = read(path)
        assert isinstance(page, RawPage)
        assert page.media_type == media_type

    def test_a_folder_is_read_in_order_without_hidden_and_other_files(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a/z.html", "a/.hidden.txt", ".git/x.txt", "meta.csv", "conf.toml", "style.css", "B.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(REPORT)
        pages = read(tmp_path)
        assert [page.name for page in pages] == ["B.txt", "a/z.html", "b.txt"]
        assert {page.how for page in pages if isinstance(page, RawPage)} == {"folder"}

    def test_two_files_of_one_name_both_live(self, tmp_path: Path) -> None:
        for folder in ("x", "y"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "r.txt").write_text(REPORT + folder)
        one, two = read(tmp_path / "x/r.txt", tmp_path / "y/r.txt")
        assert isinstance(one, RawPage)
        assert isinstance(two, RawPage)
        assert one.name == two.name
        assert one.sha256 != two.sha256

    def test_utf16_is_text_for_all_its_nuls(self, tmp_path: Path) -> None:
        for encoding in ("utf-16", "utf-16-le", "utf-32"):
            path = tmp_path / "wide.txt"
            path.write_bytes(REPORT.encode(encoding))
            assert isinstance(read(path)[0], RawPage), encoding


class TestWrongUse:
    def test_a_missing_path_is_named_before_anything_is_read(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="nowhere"):
            iter_pages([tmp_path / "nowhere.txt"], SETTINGS, retrieved=NOW)

    def test_a_folder_without_reports(self, tmp_path: Path) -> None:
        (tmp_path / "notes.csv").write_text("a,b")
        with pytest.raises(UsageError, match="no reports"):
            iter_pages([tmp_path], SETTINGS, retrieved=NOW)


class TestFailures:
    def test_empty(self, tmp_path: Path) -> None:
        (tmp_path / "e.txt").write_text(" \n")
        assert failure(tmp_path / "e.txt").reason == "empty file"

    @pytest.mark.parametrize(
        ("data", "what"),
        [
            (b"%PDF-1.7 text", "PDF"),
            (b"PK\x03\x04rest", "ZIP"),
            (gzip.compress(b"text", mtime=0), "gzip"),  # the time of compression would be part of the test's name
            (b"\x89PNG\r\n", "PNG"),
            (bytes(range(256)) * 2, "binary"),
            (b"text\x00\x01\x02" * 20, "binary"),
        ],
        ids=["pdf", "zip", "gzip", "png", "every-byte", "control-bytes"],
    )
    def test_binary_files_are_named_for_what_they_look_like(self, tmp_path: Path, data: bytes, what: str) -> None:
        (tmp_path / "x.txt").write_bytes(data)
        assert what in failure(tmp_path / "x.txt").reason

    def test_too_large_names_size_and_limit(self, tmp_path: Path) -> None:
        (tmp_path / "big.txt").write_bytes(b"x" * 1001)
        reason = failure(tmp_path / "big.txt").reason
        assert "1,001" in reason
        assert "1,000" in reason

    def test_two_hundred_megabytes_are_not_read_into_memory(self, tmp_path: Path) -> None:
        path = tmp_path / "large.html"
        with path.open("wb") as file:
            file.truncate(200_000_000)
        (found,) = iter_pages([path], Settings(), retrieved=NOW)
        assert isinstance(found, Failure)
        assert "200,000,000 bytes are more than the limit" in found.reason

    def test_unknown_ending_named_directly(self, tmp_path: Path) -> None:
        (tmp_path / "report.doc2").write_text(REPORT)
        assert ".doc2" in failure(tmp_path / "report.doc2").reason

    def test_a_pdf_in_a_folder_is_not_passed_over_in_silence(self, tmp_path: Path) -> None:
        (tmp_path / "r.pdf").write_bytes(b"%PDF-1.4")
        assert "PDF" in failure(tmp_path).reason

    def test_broken_links_and_pipes(self, tmp_path: Path) -> None:
        (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
        os.mkfifo(tmp_path / "pipe.txt")
        reasons = [found.reason for found in read(tmp_path) if isinstance(found, Failure)]
        assert len(reasons) == 2
        assert "cannot be read" in reasons[0]
        assert "regular" in reasons[1]

    def test_no_permission(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "shut.txt").write_text(REPORT)

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
        assert "Permission denied" in failure(tmp_path / "shut.txt").reason


class TestRows:
    def test_each_line_is_a_report_with_what_is_said_of_it(self, tmp_path: Path) -> None:
        path = write_rows(
            tmp_path / "r.jsonl",
            {"id": "one", "text": "Text é", "published": "2021", "author": ["A. Bo", "C. Do"], "outlet": ""},
            {"id": 7, "html": "<p>x</p>", "url": "https://example.org", "title": "T", "language": "en"},
        )
        one, two = read(path)
        assert one == RawPage(
            "one",
            "Text é".encode(),
            "text/plain",
            f"{path}:1",
            "jsonl",
            NOW,
            Metadata(published="2021", author="A. Bo, C. Do"),
        )
        assert isinstance(two, RawPage)
        assert (two.name, two.media_type, two.location) == ("7", "text/html", f"{path}:2")
        assert two.given == Metadata(url="https://example.org", title="T", language="en")

    def test_bad_lines_are_named_and_the_rest_goes_on(self, tmp_path: Path) -> None:
        path = write_rows(
            tmp_path / "r.jsonl",
            {"id": "a", "text": "fine"},
            "{broken",
            "",
            '{"id": "s", "text": "half \\ud800 pair"}',
            {"id": "a", "text": "other"},
            {"id": "a", "text": "fine"},
            {"id": "b"},
            [1],
            {"text": "x" * 1001},
            {"text": "last"},
        )
        found = read(path)
        names = [page.name for page in found if isinstance(page, RawPage)]
        assert names == ["a", "a", "r.jsonl:10"]
        failures = {f.name: f.reason for f in found if isinstance(f, Failure)}
        assert list(failures) == [f"r.jsonl:{n}" for n in (2, 4, 5, 7, 8, 9)]
        assert f"{path}:2: not JSON" in failures["r.jsonl:2"]
        assert "surrogate" in failures["r.jsonl:4"]
        assert "'a' stands in an earlier line" in failures["r.jsonl:5"]
        assert "1,001" in failures["r.jsonl:9"]

    def test_lines_too_long_to_hold_are_passed_over(self, tmp_path: Path) -> None:
        path = write_rows(tmp_path / "r.jsonl", {"id": "x", "text": "y" * 9000}, {"id": "z", "text": "kept"})
        long, kept = read(path)
        assert isinstance(long, Failure)
        assert "longer" in long.reason
        assert kept.name == "z"

    def test_a_byte_order_mark_and_wrong_bytes(self, tmp_path: Path) -> None:
        path = tmp_path / "r.jsonl"
        path.write_bytes(b'\xef\xbb\xbf{"id":"a","text":"t"}\n{"id":"b","text":"\xff"}')
        good, bad = read(path)
        assert good.name == "a"
        assert isinstance(bad, Failure)
        assert "UTF-8" in bad.reason

    def test_metadata_rows_beside_reports_are_no_reports(self, tmp_path: Path) -> None:
        write_rows(tmp_path / "meta.jsonl", {"file": "a.txt", "published": "2020"})
        (tmp_path / "key.json").write_text('{"claims": []}')
        (tmp_path / "a.txt").write_text(REPORT)
        assert [page.name for page in read(tmp_path)] == ["a.txt"]

    def test_a_news_please_file(self, tmp_path: Path) -> None:
        row = {
            "maintext": "Body.",
            "title": "T",
            "authors": ["N. N."],
            "date_publish": "2019-05-03 01:02:03",
            "language": "en",
        }
        (tmp_path / "n.json").write_text(json.dumps(row))
        (page,) = read(tmp_path / "n.json")
        assert isinstance(page, RawPage)
        assert (page.name, page.data) == ("n.json", b"Body.")
        assert page.given == Metadata("2019-05-03 01:02:03", author="N. N.", title="T", language="en")

    def test_another_json_file_named_directly(self, tmp_path: Path) -> None:
        (tmp_path / "n.json").write_text("{}")
        assert "no report" in failure(tmp_path / "n.json").reason

    @given(st.binary(max_size=200))
    def test_any_bytes_give_pages_failures_or_a_named_error(
        self, tmp_path_factory: pytest.TempPathFactory, data: bytes
    ) -> None:
        folder = tmp_path_factory.mktemp("any")
        for ending in (".txt", ".jsonl", ".json", ".html"):
            path = folder / f"x{ending}"
            path.write_bytes(data)
            assert all(isinstance(found, (RawPage, Failure)) for found in read(path))
            for name in ("m.csv", "m.jsonl"):
                (folder / name).write_bytes(data)
                with suppress(UsageError):
                    load_metadata(folder / name)
