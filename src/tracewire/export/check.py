"""Check a claims file: every line against the shipped JSON Schema, the order, the ids, and the quotes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

Row = dict[str, Any]

KINDS = ("header", "document", "mention", "claim", "entity", "place", "event", "relation", "judgement")
"""Kinds of line in the order in which a file holds them."""

# Where a row names other rows: the way to the value ("*" goes through a list) and the kinds it may name.
_REFERENCES: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "document": ((("copy_of", "*", "document"), "document"), (("origins", "*", "entity"), "entity")),
    "mention": ((("document",), "document"), (("entity",), "entity"), (("place",), "place")),
    "claim": (
        (("document",), "document"),
        (("roles", "*", "entity"), "entity"),
        (("materiel", "*", "supplied_by"), "entity"),
        (("places", "*", "place"), "place"),
        (("attribution", "*", "entity"), "entity"),
    ),
    "entity": ((("part_of",), "entity"),),
    "place": ((("alternatives", "*"), "place"),),
    "event": (
        (("claims", "*"), "claim"),
        (("parent",), "event"),
        (("place",), "place"),
        (("roles", "*", "entity"), "entity"),
    ),
    "relation": ((("from",), "claim event"), (("to",), "claim event")),
}

_QUOTING = frozenset({"document", "mention", "claim", "event"})
"""Kinds whose spans point into documents; what a judgement changes is the reviewer's own."""


@lru_cache(maxsize=1)
def claims_schema() -> Row:
    """The JSON Schema (draft 2020-12) of one line of a claims file."""
    schema: Row = json.loads((files("tracewire.export") / "claims.schema.json").read_text("utf-8"))
    return schema


def validate_lines(lines: Iterable[str]) -> Iterator[str]:
    """Faults of a claims file, each a sentence that names the line (from 1); nothing where the file is sound."""
    seen = _Seen()
    shapes = _shape_checks()
    for number, text in enumerate(lines, 1):
        row, fault = _parse(text)
        faults = [fault] if row is None else _row_faults(row, shapes, seen, number)
        yield from (f"line {number}: {fault}" for fault in faults)
    if seen.last == -1:
        yield "line 1: the file is empty; a claims file starts with a header"
    yield from seen.dangling()


def _parse(text: str) -> tuple[Row | None, str]:
    try:
        row = json.loads(text)
    except ValueError as error:
        return None, f"not JSON: {error}"
    if not isinstance(row, dict) or row.get("kind") not in KINDS:
        return None, f"not an object whose kind is one of {', '.join(KINDS)}"
    return row, ""


def _shape_checks() -> dict[str, Callable[[Row], Iterator[str]]]:
    from jsonschema import Draft202012Validator

    schema = claims_schema()

    def check(kind: str) -> Callable[[Row], Iterator[str]]:
        # The kind is known, so its own part of the schema gives a better message than the oneOf of all.
        validator = Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": schema["$defs"]})

        def faults(row: Row) -> Iterator[str]:
            for error in sorted(validator.iter_errors(row), key=lambda e: (e.json_path, e.message)):
                yield f"{error.json_path}: {error.message}"

        return faults

    return {kind: check(kind) for kind in KINDS}


def _row_faults(row: Row, shapes: Mapping[str, Callable[[Row], Iterator[str]]], seen: _Seen, number: int) -> list[str]:
    faults = list(shapes[row["kind"]](row))
    return faults or [*_cover_faults(row), *seen.add(row, number)]


def _cover_faults(row: Row) -> Iterator[str]:
    """Segments must cover the document without gap or overlap."""
    at = 0
    for segment in row.get("segments", ()):
        if segment["start"] != at or segment["end"] < at:
            yield f"segments: {segment['start']}:{segment['end']} does not follow on {at}"
        at = segment["end"]


@dataclass(slots=True)
class _Seen:
    """What the lines so far declared and named."""

    last: int = -1
    order: tuple[Any, ...] = ()
    ids: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    named: list[tuple[int, str, str, str]] = field(default_factory=list)

    def add(self, row: Row, number: int) -> Iterator[str]:
        """Note a sound row; yields what is wrong with its place or its id."""
        kind = row["kind"]
        yield from self._place_faults(kind, _order(row))
        if "id" in row:
            if row["id"] in self.ids[kind]:
                yield f"the id {row['id']} stands twice"
            self.ids[kind].add(row["id"])
        for path, target in _REFERENCES.get(kind, ()):
            for value in _follow(row, path):
                self.named.append((number, ".".join(path), value, target))

    def _place_faults(self, kind: str, order: tuple[Any, ...]) -> Iterator[str]:
        position = KINDS.index(kind)
        if self.last == -1 and kind != "header":
            yield "the first line is not a header"
        if position < self.last or (kind == "header" and self.last == 0):
            yield f"a {kind} may not stand here; the order is {', '.join(KINDS)}"
        elif position == self.last and order < self.order:
            yield f"lines of kind {kind} are not sorted"
        self.last, self.order = position, order

    def dangling(self) -> Iterator[str]:
        """Names of rows that the file does not hold."""
        for number, path, value, targets in self.named:
            if not any(value in self.ids[kind] for kind in targets.split()):
                yield f"line {number}: {path}: there is no {' or '.join(targets.split())} {value}"


def _order(row: Row) -> tuple[Any, ...]:
    keys: dict[str, tuple[str, ...]] = {
        "header": (),
        "mention": ("document", "start", "end", "type"),
        "relation": ("from", "type", "to"),
    }
    return tuple(row[key] for key in keys.get(row["kind"], ("id",)))


def _follow(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    if not path:
        if value is not None:
            yield value
    elif path[0] == "*":
        for item in value:
            yield from _follow(item, path[1:])
    else:
        yield from _follow(value[path[0]], path[1:])


# ---------------------------------------------------------------- quotes


def check_spans(lines: Iterable[str], raws: Mapping[str, str]) -> list[str]:
    """Every span whose quote is not what stands there, by line and path; `raws` are the raw documents by sha256.

    An event's words may stand in any of the documents of its claims. A document missing from `raws` is a mismatch.
    """
    documents: dict[str, str] = {}
    claims: dict[str, str] = {}
    faults: list[str] = []
    for number, text in enumerate(lines, 1):
        row = json.loads(text)
        if row["kind"] == "document":
            documents[row["id"]] = row["sha256"]
        if row["kind"] == "claim":
            claims[row["id"]] = row["document"]
        spans = list(_spans(row, "$")) if row["kind"] in _QUOTING else []
        shas = [documents.get(name, name) for name in _documents_of(row, claims)] if spans else []
        texts = [raws[sha] for sha in shas if sha in raws]
        if len(texts) < len(shas):
            faults.append(f"line {number}: the raw text is missing of {', '.join(s for s in shas if s not in raws)}")
        else:
            faults += [f"line {number}: {path}: {why}" for path, span in spans if (why := _mismatch(span, texts))]
    return faults


def _documents_of(row: Row, claims: Mapping[str, str]) -> list[str]:
    if row["kind"] == "event":
        return sorted({claims[claim] for claim in row["claims"] if claim in claims})
    return [row["id"] if row["kind"] == "document" else row["document"]]


def _spans(value: Any, path: str) -> Iterator[tuple[str, Row]]:
    if isinstance(value, dict):
        # A date has a start, an end and a quote too, but its quote is a span of its own.
        if isinstance(value.get("quote"), str) and {"start", "end"} <= value.keys():
            yield path, value
        for key, item in value.items():
            yield from _spans(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _spans(item, f"{path}[{index}]")


def _mismatch(span: Row, texts: Iterable[str]) -> str | None:
    start, end, quote = span["start"], span["end"], span["quote"]
    found = [text[start:end] for text in texts]
    if not 0 <= start < end or quote not in found:
        return f"{start}:{end} holds {found[0][:80] if found else ''!r}, not {quote[:80]!r}"
    parts = span.get("parts", [])
    if parts and (parts[0]["start"] != start or parts[-1]["end"] != end):
        return f"the parts do not reach from {start} to {end}"
    return None
