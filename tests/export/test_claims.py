from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any, get_args

import jsonschema
import pytest

from tracewire.codebook import load_codebook
from tracewire.export.check import KINDS, check_spans, claims_schema, validate_lines
from tracewire.export.claims import ClaimsExporter
from tracewire.model import (
    LABELS,
    MODALITIES,
    READABLE,
    CopyRelation,
    MentionType,
    Origin,
    Record,
    RelationType,
    Shared,
    Span,
)
from tracewire.pipeline.claims_rows import origins_of

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def lines(record: Record) -> list[str]:
    return list(ClaimsExporter().write(record))


@pytest.fixture
def rows(lines: list[str]) -> Rows:
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def raws(record: Record) -> dict[str, str]:
    return {document.sha256: document.raw for document in record.documents}


def dumped(rows: Rows) -> list[str]:
    return [json.dumps(row) + "\n" for row in rows]


class TestFile:
    def test_it_is_valid_and_every_span_is_verbatim(self, lines: list[str], raws: dict[str, str]) -> None:
        assert list(validate_lines(lines)) == []
        assert check_spans(lines, raws) == []

    def test_every_line_is_valid_by_the_shipped_schema_as_it_stands(self, rows: Rows) -> None:
        validator = jsonschema.Draft202012Validator(claims_schema())
        assert [error.message for row in rows for error in validator.iter_errors(row)] == []

    def test_an_inferred_origin_names_the_other_stretch_and_comes_back(
        self, record: Record, sample: ModuleType, raws: dict[str, str]
    ) -> None:
        quote = Span(0, 5, sample.A.raw[:5])
        origin = Origin(sample.A.id, "Bora Ket", "inferred", quote, None, Shared(sample.B.id, 2, 9, "the same figures"))
        written = list(ClaimsExporter().write(replace(record, origins=(origin,))))
        assert list(validate_lines(written)) == []
        assert check_spans(written, raws) == []
        (row,) = (r for r in map(json.loads, written) if r.get("id") == sample.A.id)
        assert row["origins"][0]["shared"] == {
            "document": sample.B.id, "start": 2, "end": 9, "why": "the same figures",
        }  # fmt: skip
        assert origins_of([row]) == [origin]

    def test_kind_comes_first_and_kinds_in_order(self, rows: Rows) -> None:
        assert {next(iter(row)) for row in rows} == {"kind"}
        kinds = list(dict.fromkeys(row["kind"] for row in rows))
        assert kinds == list(KINDS)

    def test_lines_are_compact_and_readable(self, lines: list[str]) -> None:
        assert all(line.endswith("}\n") and line.count("\n") == 1 for line in lines)
        assert '", "' not in lines[0]

    def test_the_header(self, rows: Rows) -> None:
        assert rows[0] == {
            "kind": "header",
            "format": "tracewire-claims",
            "version": 1,
            "tracewire": rows[0]["tracewire"],
            "codebook": load_codebook().version,
            "readers": ["hand@1"],
            "created": None,
        }

    def test_a_claim_has_the_fields_of_the_format_in_order(self, rows: Rows, sample: ModuleType) -> None:
        claim = next(row for row in rows if row.get("id") == sample.CAPTURED.id)
        fields = (
            "kind id document type trigger polarity modality cue opinion roles materiel casualties places date "
            "attribution segment evidence reader confidence judgement"
        )
        assert " ".join(claim) == fields
        assert claim["materiel"] == [
            {
                "item": "mortar",
                "mention": {"start": 82, "end": 89, "quote": "mortars"},
                "quantity": {
                    "low": 12,
                    "high": None,
                    "quote": {"start": 70, "end": 81, "quote": "at least 12"},
                    "rule": "at_least",
                },
                "made_in": None,
                "supplied_by": None,
            }
        ]
        assert [link["role"] for link in claim["attribution"]] == ["primary", "relay", "publisher"]
        assert claim["date"]["quote"]["quote"] == "on 2 March"

    def test_markup_inside_a_quote_gives_parts(self, rows: Rows, sample: ModuleType) -> None:
        claim = next(row for row in rows if row.get("id") == sample.SEIZED.id)
        captor = claim["roles"][0]["mention"]
        assert "".join(part["quote"] for part in captor["parts"]) == "Marsh Brigade"
        assert "parts" not in claim["materiel"][0]["mention"]

    def test_copies_stand_on_the_taking_side_and_undirected_ones_on_both(self, rows: Rows, sample: ModuleType) -> None:
        copies = {row["id"]: row["copy_of"] for row in rows if row["kind"] == "document"}
        assert copies[sample.C.id] == [{"document": sample.A.id, "relation": "cut", "share": 1.0}]
        assert copies[sample.B.id] == [{"document": sample.A.id, "relation": "quotes", "share": 0.1}]
        assert copies[sample.A.id] == [{"document": sample.B.id, "relation": "quotes", "share": 0.2}]

    def test_origins_stand_with_their_document(self, rows: Rows, sample: ModuleType) -> None:
        origins = {row["id"]: row["origins"] for row in rows if row["kind"] == "document"}
        assert [(o["name"], o["entity"], o["basis"]) for o in origins[sample.A.id]] == [
            ("Tern Monitor", sample.TERN.id, "stated")
        ]
        assert origins[sample.B.id] == []


class TestSchema:
    """The closed vocabularies of the schema are those of the model and the codebook."""

    @pytest.mark.parametrize(
        ("path", "values"),
        [
            (("event_type", "enum"), set(load_codebook().events)),
            (("document", "properties", "segments", "items", "properties", "label", "enum"), set(LABELS)),
            (
                ("document", "properties", "copy_of", "items", "properties", "relation", "enum"),
                set(get_args(CopyRelation)),
            ),
            (("mention", "properties", "type", "enum"), set(get_args(MentionType))),
            (("claim", "properties", "modality", "enum"), set(MODALITIES)),
            (("claim", "properties", "segment", "enum"), set(READABLE)),
            (("relation", "properties", "type", "enum"), set(get_args(RelationType))),
        ],
    )
    def test_vocabulary(self, path: tuple[str, ...], values: set[str]) -> None:
        found: Any = claims_schema()["$defs"]
        for key in path:
            found = found[key]
        assert set(found) == values

    def test_roles_are_those_of_the_codebook_without_counts_and_materiel(self) -> None:
        roles = {role for event in load_codebook().events.values() for role in event.roles}
        assert set(claims_schema()["$defs"]["role"]["properties"]["role"]["enum"]) == roles - {"quantity", "materiel"}

    def test_no_object_takes_unknown_keys(self) -> None:
        def objects(node: Any) -> list[dict[str, Any]]:
            if isinstance(node, list):
                return [found for item in node for found in objects(item)]
            if not isinstance(node, dict):
                return []
            inner = [found for value in node.values() for found in objects(value)]
            return ([node] if "properties" in node and node.get("type") == "object" else []) + inner

        found = objects(claims_schema())
        assert len(found) > 15
        assert all(node["additionalProperties"] is False for node in found)


def broken(change: Callable[[Rows], object], rows: Rows) -> str:
    change(rows)
    return "\n".join(validate_lines(dumped(rows)))


def index(rows: Rows, kind: str) -> int:
    return next(i for i, row in enumerate(rows) if row["kind"] == kind)


class TestValidateLines:
    @pytest.mark.parametrize(
        ("kind", "key", "value"),
        [
            ("document", "outlet", ""),
            ("document", "sha256", "abc"),
            ("claim", "type", "robbery"),
            ("claim", "polarity", "?"),
            ("claim", "evidence", []),
            ("claim", "confidence", 2),
            ("mention", "start", -1),
            ("place", "latitude", 99),
            ("event", "date", {"start": "last week", "end": None}),
            ("relation", "severity", "worst"),
            ("judgement", "extra", 1),
        ],
    )
    def test_a_bad_value_is_named_with_its_line(self, rows: Rows, kind: str, key: str, value: Any) -> None:
        at = index(rows, kind)
        rows[at] = {**rows[at], key: value}
        faults = list(validate_lines(dumped(rows)))
        assert any(fault.startswith(f"line {at + 1}: $") and key in fault for fault in faults)

    def test_a_missing_key(self, rows: Rows) -> None:
        assert "'judgement' is a required property" in broken(lambda r: r[index(r, "claim")].pop("judgement"), rows)

    def test_an_id_that_nothing_has(self, rows: Rows) -> None:
        assert "there is no document dx" in broken(lambda r: r[index(r, "claim")].update(document="dx"), rows)

    def test_an_id_twice(self, rows: Rows) -> None:
        assert "stands twice" in broken(lambda r: r.insert(index(r, "claim"), r[index(r, "claim")]), rows)

    def test_lines_out_of_order(self, rows: Rows) -> None:
        assert "may not stand here" in broken(lambda r: r.append(r.pop(1)), rows)

    def test_rows_that_are_not_sorted(self, rows: Rows) -> None:
        at = index(rows, "claim")
        rows[at], rows[at + 1] = rows[at + 1], rows[at]
        assert "not sorted" in "\n".join(validate_lines(dumped(rows)))

    def test_segments_with_a_gap(self, rows: Rows) -> None:
        many = next(i for i, row in enumerate(rows) if len(row.get("segments", ())) > 1)
        assert "does not follow" in broken(lambda r: r[many]["segments"].pop(0), rows)

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"kind":"rumour"}', "{", '"x"', "\x00"])
    def test_any_text_gives_faults(self, text: str) -> None:
        assert list(validate_lines([text]))

    def test_no_lines_at_all(self) -> None:
        assert list(validate_lines([])) == ["line 1: the file is empty; a claims file starts with a header"]


class TestCheckSpans:
    def test_a_shifted_span_is_found(self, rows: Rows, raws: dict[str, str]) -> None:
        rows[index(rows, "claim")]["trigger"]["start"] += 1
        assert [fault.split(": ")[1] for fault in check_spans(dumped(rows), raws)] == ["$.trigger"]

    def test_an_event_may_quote_any_of_its_documents_but_no_other(self, rows: Rows, raws: dict[str, str]) -> None:
        event = next(row for row in rows if row["kind"] == "event" and row["roles"])
        role = next(role for role in event["roles"] if role["mention"])
        role["mention"]["quote"] = "Halvic Navy"
        assert len(check_spans(dumped(rows), raws)) == 1

    def test_parts_must_reach_from_end_to_end(self, record: Record, sample: ModuleType, raws: dict[str, str]) -> None:
        whole = sample.SEIZED.roles[0].mention
        short = replace(whole, parts=(*whole.parts[:-1], Span(whole.end - 3, whole.end - 1, "ad")))
        claim = replace(sample.SEIZED, roles=(replace(sample.SEIZED.roles[0], mention=short),))
        faults = check_spans(list(ClaimsExporter().write(replace(record, claims=(claim,)))), raws)
        assert any("parts do not reach" in fault for fault in faults)

    def test_a_missing_document_is_a_mismatch(self, lines: list[str]) -> None:
        assert "raw text is missing" in "\n".join(check_spans(lines, {}))
