"""What stands around a claim or an event: its relations, its text, its plain words."""

from __future__ import annotations

from dataclasses import dataclass

from tracewire.codebook import Codebook
from tracewire.errors import UsageError
from tracewire.export import event_phrases, phrases
from tracewire.export.raw_index import RawIndex
from tracewire.export.view import view
from tracewire.model import Claim, Document, Event, Record, Relation, RelationType, Span

WIDTH = 200
"""Characters of context on each side of a quote: about two sentences."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """How another claim or event stands to the one asked for.

    `near` is the end that was asked for: the claim or event itself, or a claim of the event. `outgoing` says that the
    relation leads from `near` to `other`.
    """

    near: str
    type: RelationType
    other: str
    outgoing: bool
    aspect: str | None
    severity: str | None
    why: str


def full_id(record: Record, short: str) -> str:
    """The id of the claim or event that begins so, as reports shorten them; raises UsageError for none or several."""
    every = [claim.id for claim in record.claims] + [event.id for event in record.events]
    ids = sorted({id_ for id_ in every if id_.startswith(short)})
    if short in ids:
        return short
    if len(ids) == 1 and len(short) > 1:
        return ids[0]
    if not ids:
        raise UsageError(f"this case has no claim or event {short!r}")
    raise UsageError(f"{short!r} begins {len(ids)} ids of claims and events: give more of its characters")


def neighbours(record: Record, id: str) -> list[Neighbour]:
    """What contradicts, corroborates or otherwise touches a claim or an event; for an event, its claims' too.

    Sorted by type, then by ids. Takes shortened ids; raises UsageError where the record has no such claim or event.
    """
    id = full_id(record, id)
    claims = next((event.claims for event in record.events if event.id == id), ())
    ends = {id, *claims}
    found = [row for relation in record.relations for row in _sides(relation, ends)]
    return sorted(found, key=lambda row: (row.type, row.near, row.other, row.aspect or "", row.outgoing))


def _sides(relation: Relation, ends: set[str]) -> list[Neighbour]:
    rest = relation.aspect, relation.severity, relation.why
    found = []
    if relation.source in ends:
        found.append(Neighbour(relation.source, relation.type, relation.target, True, *rest))
    if relation.target in ends and relation.source not in ends:
        found.append(Neighbour(relation.target, relation.type, relation.source, False, *rest))
    return found


def context(document: Document, span: Span, width: int = WIDTH) -> tuple[str, str, str]:
    """What one reads before a span, the span itself, and what follows: cut at words, at most `width` characters a side.

    The quote is whole and untouched; "…" shows where the context was cut.
    """
    found = RawIndex(document).range(span)
    text = document.raw if found is None else document.reading.text
    start, end = (span.start, span.end) if found is None else found
    before, after = text[max(0, start - width) : start], text[end : end + width]
    if start > width:
        before = "…" + before[_first_break(before) :]
    if end + width < len(text):
        after = after[: len(after) - _first_break(after[::-1])] + "…"
    return before, text[start:end], after


def _first_break(text: str) -> int:
    """Where the first whole word begins; 0 where there is no space."""
    at = next((index for index, char in enumerate(text) if char.isspace()), -1)
    return at + 1


def describe_claim(record: Record, claim: Claim, codebook: Codebook | None = None) -> str:
    """A claim in one plain line: what, when, where, who says so. For many claims use `export.phrases` with one view."""
    return phrases.describe_claim(view(record, codebook), claim)


def describe_event(record: Record, event: Event, codebook: Codebook | None = None) -> str:
    """An event in one plain line: what its claims jointly say happened."""
    return event_phrases.describe_event(view(record, codebook), event)
