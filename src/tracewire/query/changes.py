"""What two states of a case differ in, row by row of their claims files: what a re-run, a reader or a pack altered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracewire.export.claims import rows
from tracewire.model import Record

KINDS = ("document", "mention", "claim", "entity", "place", "event", "relation", "judgement")
"""Kinds of row in the order in which they are told."""

_KEYS: dict[str, tuple[str, ...]] = {
    "mention": ("document", "start", "end", "type"),
    "relation": ("from", "type", "to", "aspect"),
}
"""What makes a row the same where it has no id."""

_MADE = {"document": ("segments", "copy_of", "origins")}
"""Fields too long to be shown; that they changed is said, and how many rows they have."""

Row = dict[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One row that only one side has, or that has other values: `fields` maps a name to what it was and is."""

    kind: str
    id: str
    what: str
    change: str
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes, and for each kind how many rows are the same, changed, gone and new."""

    counts: Mapping[str, tuple[int, int, int, int]]
    changes: tuple[Change, ...]


def rows_of(record: Record) -> list[Row]:
    """The rows of a record's claims file; the header is of no account here."""
    return [row for row in rows(record, "") if row["kind"] != "header"]


def difference(before: Iterable[Row], after: Iterable[Row]) -> Difference:
    """What has to be done to the rows of `before` to get those of `after`, by kind and then by id."""
    old, new = _by_key(before), _by_key(after)
    counts, changes = {}, []
    for kind in KINDS:
        ours, theirs = old.get(kind, {}), new.get(kind, {})
        found = [*_changes(kind, ours, theirs)]
        changed = sum(c.change == "changed" for c in found)
        gone, added = len(ours.keys() - theirs.keys()), len(theirs.keys() - ours.keys())
        counts[kind] = (len(ours) - gone - changed, changed, gone, added)
        changes += found
    return Difference(counts, tuple(changes))


def _by_key(every: Iterable[Row]) -> dict[str, dict[Key, Row]]:
    found: dict[str, dict[Key, Row]] = {}
    for row in every:
        key = tuple(str(row.get(k)) for k in _KEYS.get(row["kind"], ("id",)))
        found.setdefault(row["kind"], {})[key] = row
    return found


def _changes(kind: str, ours: Mapping[Key, Row], theirs: Mapping[Key, Row]) -> Iterator[Change]:
    for key in sorted(ours.keys() | theirs.keys()):
        before, after = ours.get(key), theirs.get(key)
        if before == after:
            continue
        row = after or before or {}
        change = "changed" if before and after else "gone" if before else "new"
        fields = {
            name: (_short(kind, name, before[name]), _short(kind, name, after.get(name)))
            for name in (before if before and after else ())
            if before and after and before[name] != after.get(name)
        }
        yield Change(kind, str(row.get("id") or ":".join(map(str, key[:3]))), _what(row), change, fields)


def _short(kind: str, name: str, value: Any) -> Any:
    return f"{len(value)} rows" if name in _MADE.get(kind, ()) and value is not None else value


def _what(row: Row) -> str:
    """A row in a few words: its type and name, or the words that it rests on."""
    quote = row.get("quote") or (row.get("evidence") or [{}])[0].get("quote") or ""
    parts = (row.get("type"), row.get("name"), row.get("why"), " ".join(quote.split()))
    return ": ".join(part for part in parts if part)


def value_words(value: Any) -> str:
    """A value on one line: quotes of spans, else JSON; nothing known is "-"."""
    if value is None or value == []:
        return "-"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list):
        return ", ".join(map(value_words, value))
    if "quote" in value and isinstance(value["quote"], str):
        return f"“{' '.join(value['quote'].split())}” ({value['start']}-{value['end']})"
    told = {k: v for k, v in value.items() if v is not None and k not in ("mention", "quote", "basis")}
    return " ".join(
        f"{k} {v if isinstance(v, str | int | float) else json.dumps(v, ensure_ascii=False)}" for k, v in told.items()
    )
