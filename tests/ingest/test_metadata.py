"""Metadata files: what is read, and what is said of what cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tracewire.errors import UsageError
from tracewire.ingest import load_metadata, unmatched
from tracewire.model import Metadata


class TestMetadata:
    def test_csv(self, tmp_path: Path) -> None:
        path = tmp_path / "m.csv"
        path.write_bytes(
            "\ufefffile,published,outlet\n"
            "a.txt,2014-11-03,\n"
            '"b, c.txt", 2019 ,"The ""Wire"""\n\n'
            "d.txt,2020-01/2020-02-05,X\n".encode()
        )
        assert load_metadata(path) == {
            "a.txt": Metadata(published="2014-11-03"),
            "b, c.txt": Metadata(published="2019", outlet='The "Wire"'),
            "d.txt": Metadata(published="2020-01/2020-02-05", outlet="X"),
        }

    def test_names_of_columns_in_capitals(self, tmp_path: Path) -> None:
        path = tmp_path / "m.csv"
        path.write_text("File,Published\na.txt,2019\n")
        assert load_metadata(path) == {"a.txt": Metadata(published="2019")}

    def test_json_lines(self, tmp_path: Path) -> None:
        path = tmp_path / "m.jsonl"
        path.write_text(json.dumps({"file": "a", "author": None, "url": "https://example.org"}) + "\n")
        assert load_metadata(path) == {"a": Metadata(url="https://example.org")}

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("file,pubdate\na,2020\n", "unknown column 'pubdate'; known: file, author"),
            ("name,published\na,2020\n", "no column file"),
            ("file,published\na,2020\na,2021\n", ":3: a second row for a"),
            ("file,published\na,2020\nb,03.11.2014\n", ":3: b: published '03.11.2014'"),
            ("file,published\na,2020-02-30\n", ":2: a: published"),
            ("file,published\na,2021/2020\n", ":2: a: published"),
            ("file,published\n,2020\n", ":2: the row names no file"),
            ("file,url\na,b,c\n", ":2: 3 values for 2 columns"),
            ("file,file\na,b\n", "stands twice"),
            ("", "empty"),
        ],
    )
    def test_what_is_wrong_is_named(self, tmp_path: Path, text: str, says: str) -> None:
        path = tmp_path / "m.csv"
        path.write_text(text)
        with pytest.raises(UsageError) as caught:
            load_metadata(path)
        assert says in str(caught.value)
        assert "m.csv" in str(caught.value)

    @pytest.mark.parametrize(
        "date",
        [
            "2014",
            "2014-11",
            "2014-11-03",
            "2014-11-03T10:00Z",
            "2014-11-03 10:00:00+02:00",
            "2014/2015",
            "../2014-02",
            "2014/",
        ],
    )
    def test_dates_that_are_dates(self, tmp_path: Path, date: str) -> None:
        (tmp_path / "m.csv").write_text(f"file,published\na,{date}\n")
        assert load_metadata(tmp_path / "m.csv")["a"].published == date

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="cannot be read"):
            load_metadata(tmp_path / "m.csv")

    def test_rows_for_no_file(self) -> None:
        assert unmatched({"b": Metadata(), "a": Metadata(), "c": Metadata()}, ["c"]) == ["a", "b"]
