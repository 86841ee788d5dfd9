"""What every registered exporter must do, whoever wrote it."""

from __future__ import annotations

import random
import re
from dataclasses import fields, replace

import pytest

from tracewire.export.html import HtmlExporter
from tracewire.export.report import ReportExporter
from tracewire.model import Record
from tracewire.plugins import load, names

# The report's two formats may not be in the table yet: they are held to the same rules either way.
EXPORTERS = {name: load("exporters", name) for name in names("exporters")}
EXPORTERS.setdefault("report", ReportExporter)
EXPORTERS.setdefault("report-html", HtmlExporter)


@pytest.mark.parametrize("name", sorted(EXPORTERS))
class TestExporter:
    def test_its_name_is_the_one_it_is_registered_by(self, name: str) -> None:
        assert EXPORTERS[name].name == name

    def test_its_suffix_has_a_dot(self, name: str) -> None:
        assert re.fullmatch(r"\.[a-z]+", EXPORTERS[name].suffix)

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
