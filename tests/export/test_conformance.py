"""What every registered exporter must do, whoever wrote it."""

from __future__ import annotations

import random
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from tracewire.model import Record
from tracewire.plugins import load, names

ALL = {name: load("exporters", name) for name in names("exporters")}
EXPORTERS = {name: exporter for name, exporter in ALL.items() if hasattr(exporter, "write")}
FILES = {name: exporter for name, exporter in ALL.items() if name not in EXPORTERS}


@pytest.mark.parametrize("name", sorted(FILES))
class TestFileExporter:
    def test_its_name_and_suffix(self, name: str) -> None:
        assert FILES[name].name == name
        assert re.fullmatch(r"(\.[a-z]+)?", FILES[name].suffix)

    def test_two_writes_are_the_same_and_an_empty_record_is_written(
        self, name: str, record: Record, tmp_path: Path
    ) -> None:
        pytest.importorskip({"parquet": "pyarrow", "report-pdf": "weasyprint"}.get(name, "tracewire"))
        for folder, what in (("a", record), ("b", record), ("c", Record())):
            FILES[name]().save(what, tmp_path / folder)
        assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b") != _bytes(tmp_path / "c")


def _bytes(path: Path) -> dict[str, bytes]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {file.name if path.is_dir() else "": file.read_bytes() for file in files}


@pytest.mark.parametrize("name", sorted(EXPORTERS))
class TestExporter:
    def test_its_name_is_the_one_it_is_registered_by(self, name: str) -> None:
        assert EXPORTERS[name].name == name

    def test_its_suffix_has_a_dot(self, name: str) -> None:
        assert re.fullmatch(r"(\.[a-z]+)+", EXPORTERS[name].suffix)

    def test_it_writes_an_empty_record(self, name: str) -> None:
        text = "".join(EXPORTERS[name]().write(Record()))
        assert not text or text.endswith("\n")

    def test_two_writes_are_the_same(self, name: str, record: Record) -> None:
        first = list(EXPORTERS[name]().write(record))
        assert list(EXPORTERS[name]().write(record)) == first
        assert "".join(first).endswith("\n")

    def test_the_order_of_rows_does_not_matter(self, name: str, record: Record) -> None:
        mixed = {}
        for field in fields(record):
            rows = list(getattr(record, field.name))
            random.Random(7).shuffle(rows)
            mixed[field.name] = tuple(rows)
        assert "".join(EXPORTERS[name]().write(replace(record, **mixed))) == "".join(EXPORTERS[name]().write(record))

    def test_unknown_values_do_not_leak_as_python(self, name: str, record: Record) -> None:
        text = "".join(EXPORTERS[name]().write(record))
        assert not re.search(r"\bNone\b|\bTrue\b|\bFalse\b|\bSpan\(", text)

    def test_it_can_be_written_as_utf_8(self, name: str, record: Record) -> None:
        odd = replace(record.documents[0], outlet="Odd \ud800 outlet \u2028 name", author="A\x85B")
        "".join(EXPORTERS[name]().write(replace(record, documents=(odd, *record.documents[1:])))).encode("utf-8")

    def test_a_record_with_dangling_ids_is_still_written(self, name: str, record: Record) -> None:
        alone = Record(claims=record.claims, events=record.events, relations=record.relations, copies=record.copies)
        assert "".join(EXPORTERS[name]().write(alone)) or name == "documents"
