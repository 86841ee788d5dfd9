"""A document cut into runs, each with the label of its segment and what stands on it: claims, mentions, a search."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracewire.export.raw_index import RawIndex
from tracewire.model import Claim, Document, Mention, Span

WINDOW = 60_000
"""Characters of text on one page: some twenty printed pages, with marks well under a megabyte."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `start` is its raw offset, -1 where no raw text lies behind it."""

    text: str
    start: int
    claims: tuple[str, ...] = ()
    trigger: bool = False
    mention: str | None = None
    entity: str | None = None
    first: str | None = None
    """The claim whose evidence begins here: the anchor that links lead to."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment or block with its runs."""

    label: str
    rule: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    claim: str | None = None
    trigger: bool = False
    mention: str | None = None
    entity: str | None = None


def _marks(claims: Iterable[Claim], mentions: Iterable[Mention]) -> list[_Mark]:
    found = [
        _Mark(piece.start, piece.end, claim=claim.id) for claim in claims for span in claim.evidence
        for piece in (span.parts or (span,))
    ]  # fmt: skip
    found += [_Mark(p.start, p.end, trigger=True) for c in claims for p in (c.trigger.parts or (c.trigger,))]
    found += [
        _Mark(p.start, p.end, mention=m.type, entity=m.entity or m.place)
        for m in mentions
        if m.form != "pronoun"
        for p in (m.span.parts or (m.span,))
    ]
    return sorted(found, key=lambda m: (m.start, m.end))


def raw_parts(
    document: Document, claims: Sequence[Claim], mentions: Sequence[Mention], start: int, end: int
) -> list[Part]:
    """The raw text from `start` to `end`, segment by segment."""
    marks = [m for m in _marks(claims, mentions) if m.start < end and m.end > start]
    parts = []
    for segment in document.segments:
        low, high = max(segment.start, start), min(segment.end, end)
        if low < high:
            inside = [m for m in marks if m.start < high and m.end > low]
            runs = _runs(document.raw, low, high, inside, lambda at: at)
            parts.append(Part(segment.label, segment.rule, tuple(runs)))
    return parts


def reading_parts(
    document: Document, claims: Sequence[Claim], mentions: Sequence[Mention], start: int, end: int
) -> list[Part]:
    """The text as one reads it, block by block; offsets of the runs still point into the raw text."""
    index = RawIndex(document)
    marks = []
    for mark in _marks(claims, mentions):
        found = index.range(Span(mark.start, mark.end, ""))
        if found is not None and found[0] < end and found[1] > start:
            marks.append(_Mark(*found, mark.claim, mark.trigger, mark.mention, mark.entity))
    pieces = document.reading.pieces
    starts = [piece.start for piece in pieces]

    def raw_at(at: int) -> int:
        place = bisect_right(starts, at) - 1
        if place < 0 or at >= pieces[place].end:
            return -1
        piece = pieces[place]
        same = piece.end - piece.start == piece.raw_end - piece.raw_start
        return piece.raw_start + (at - piece.start if same else 0)

    breaks = {edge for piece in pieces for edge in (piece.start, piece.end)}
    parts = []
    for block in document.reading.blocks:
        low, high = max(block.start, start), min(block.end, end)
        if low < high:
            inside = [m for m in marks if m.start < high and m.end > low]
            edges = {b for b in breaks if low < b < high}
            runs = _runs(document.reading.text, low, high, inside, raw_at, edges)
            parts.append(Part(block.label, "", tuple(runs)))
    return parts


def _runs(
    text: str, low: int, high: int, marks: Sequence[_Mark], raw_at: object, edges: Iterable[int] = ()
) -> Iterable[Run]:
    assert callable(raw_at)
    cuts = {low, high, *edges} | {e for m in marks for e in (m.start, m.end) if low < e < high}
    seen: set[str] = set()
    for start, end in pairwise(sorted(cuts)):
        over = [m for m in marks if m.start <= start and m.end >= end]
        claims = tuple(dict.fromkeys(m.claim for m in over if m.claim))
        named = next((m for m in over if m.mention), None)
        first = next((m.claim for m in over if m.claim and m.start == start and m.claim not in seen), None)
        seen.update([first] if first else [])
        yield Run(
            text=text[start:end],
            start=raw_at(start),
            claims=claims,
            trigger=any(m.trigger for m in over),
            mention=named.mention if named else None,
            entity=named.entity if named else None,
            first=first,
        )


def windows(length: int) -> list[int]:
    """Where the pages of a long text begin."""
    return list(range(0, max(length, 1), WINDOW))
