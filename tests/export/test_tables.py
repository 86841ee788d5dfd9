"""The flat formats: CSV, GeoJSON, documents, copies."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.export.copies import CopiesExporter
from tracewire.export.csv_ import COLUMNS, CsvExporter
from tracewire.export.documents import DocumentsExporter, published_words
from tracewire.export.geojson import GeojsonExporter
from tracewire.export.jsonl import compact, line
from tracewire.export.sheet import FORMULA_STARTS, guard
from tracewire.model import Published, Record


def table(record: Record) -> dict[str, dict[str, str]]:
    text = "".join(CsvExporter().write(record))
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


class TestCsv:
    def test_one_row_a_claim(self, record: Record) -> None:
        assert list(table(record)) == [claim.id for claim in record.claims]

    def test_a_claim_in_full(self, record: Record, sample: ModuleType) -> None:
        row = table(record)[sample.CAPTURED.id]
        assert list(row) == list(COLUMNS)
        assert row["roles"] == "captor: “Fighters”; captor: Sabra Column; loser: Halvic Army"
        assert (row["quantity_low"], row["quantity_high"], row["quantity_phrase"]) == ("12", "", "at least 12")
        assert (row["latitude"], row["longitude"], row["places"]) == ("11.25", "-21.5", "Qarn (East)")
        assert (row["source"], row["chain"]) == ("two residents", "two residents → Tern Monitor → Harbour Post")
        assert row["event"] == sample.RAID.id
        assert sample.A.raw[int(row["start"]) : int(row["end"])] == row["evidence"]

    def test_what_is_unknown_is_an_empty_cell(self, record: Record, sample: ModuleType) -> None:
        row = table(record)[sample.SEIZED.id]
        assert row["places"] == "“hill depot” (not located)"
        assert [row[c] for c in ("latitude", "longitude", "date_start", "date_end", "judgement")] == [""] * 5

    def test_a_denial_is_plain(self, record: Record, sample: ModuleType) -> None:
        assert table(record)[sample.DENIED.id]["polarity"] == "denied or negated"

    def test_no_cell_of_words_is_a_formula(self, record: Record, sample: ModuleType) -> None:
        evil = replace(sample.A, outlet='=HYPERLINK("http://x","y")', name="@cmd")
        row = table(replace(record, documents=(evil,)))[sample.CAPTURED.id]
        assert (row["outlet"], row["document"]) == ('\'=HYPERLINK("http://x","y")', "'@cmd")

    @given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False)))
    def test_guard(self, cell: str | int | float) -> None:
        safe = guard(cell)
        if isinstance(cell, str):
            assert isinstance(safe, str)
            assert not safe.startswith(FORMULA_STARTS)
            assert safe in (cell, "'" + cell)
        else:
            assert safe == cell


class TestGeojson:
    @pytest.fixture
    def features(self, record: Record) -> dict[str, Any]:
        collection = json.loads("".join(GeojsonExporter().write(record)))
        assert list(collection) == ["type", "features"]
        assert collection["type"] == "FeatureCollection"
        return {feature["id"]: feature for feature in collection["features"]}

    def test_every_feature_has_what_rfc_7946_asks_for(self, features: dict[str, Any]) -> None:
        for feature in features.values():
            assert feature.keys() >= {"type", "geometry", "properties"}
            if feature["geometry"] is not None:
                assert feature["geometry"]["type"] == "Point"

    def test_longitude_comes_first(self, features: dict[str, Any], sample: ModuleType) -> None:
        assert features[sample.RAID.id]["geometry"]["coordinates"] == [-21.5, 11.25]

    def test_unlocated_is_null(self, features: dict[str, Any], sample: ModuleType) -> None:
        assert features[sample.POST.id]["geometry"] is None

    def test_doubt_goes_along(self, features: dict[str, Any], sample: ModuleType) -> None:
        properties = features[sample.RAID.id]["properties"]
        assert (properties["radius_km"], properties["candidate"]) == (3.0, True)
        assert [other["latitude"] for other in properties["alternatives"]] == [10.5]
        assert (properties["origins_min"], properties["origins_max"], properties["claims"]) == (1, 2, 4)

    def test_evidence_is_told_once_with_its_document(self, features: dict[str, Any], sample: ModuleType) -> None:
        evidence = features[sample.RAID.id]["properties"]["evidence"]
        assert [row["document"] for row in evidence] == ["a.txt", "b.html"]
        assert evidence[1]["quote"] == "The Marsh Brigade seized 9 mortars in the hill depot, an aid worker said."

    def test_an_empty_record(self) -> None:
        assert json.loads("".join(GeojsonExporter().write(Record()))) == {"type": "FeatureCollection", "features": []}


class TestDocuments:
    def test_title_and_body_as_one_reads_them(self, record: Record, sample: ModuleType) -> None:
        rows = {row["id"]: row for row in map(json.loads, DocumentsExporter().write(record))}
        row = rows[sample.B.id]
        assert list(row) == ["id", "name", "url", "title", "author", "published", "outlet", "language", "text"]
        assert row["title"] == "Depot raid & after"
        assert row["text"].startswith("The Marsh Brigade seized")
        assert "after" not in row["text"]
        assert rows[sample.C.id]["published"] is None

    @pytest.mark.parametrize(
        ("start", "end", "text"),
        [
            ("2021-03-04", "2021-03-04", "2021-03-04"),
            ("2021-03-04", "2021-03-05", "2021-03-04/2021-03-05"),
            (None, "2021-03-05", "../2021-03-05"),
            ("2021-03-04", None, "2021-03-04/.."),
            (None, None, None),
        ],
    )
    def test_published(self, start: str | None, end: str | None, text: str | None) -> None:
        assert published_words(Published(start, end, "x", False)) == text


def test_copies_are_named_and_sorted(record: Record) -> None:
    assert [tuple(json.loads(row).values()) for row in CopiesExporter().write(record)] == [
        ("a.txt", "b.html", "quotes", 0.2, 0.1),
        ("c.txt", "a.txt", "cut", 1.0, 0.4),
    ]


@given(st.text(st.characters()))
def test_a_line_of_json_is_one_line_and_the_same_text(text: str) -> None:
    written = line({"text": text})
    written.encode("utf-8")
    assert written.splitlines(keepends=True) == [written]
    assert json.loads(compact(text)) == text
