"""When a deed took place: the time phrases of a claim become one interval with precision, basis and rule.

Anchors are the publication date and the last date of the text, never the clock. What they cannot fix stays open.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from tracewire.model import ClaimDate, Published, Span
from tracewire.resolve.date_frame import Found, Frame
from tracewire.resolve.date_grammar import read
from tracewire.resolve.date_words import canonical

__all__ = ["resolve_date"]

Basis = Literal["stated", "inferred", "publication"]
Ends = tuple[date | None, date | None]

JOINED = 2
"""Two time phrases with at most so many characters between them are read as one ("on Tuesday last week")."""
NO_DATE = frozenset({"duration", "not_understood"})
"""Rules of phrases that place nothing in time: their bound comes from the publication date."""
VAGUE = NO_DATE | {"relative_to_event", "relative_without_anchor", "part_of_day", "vague_past", "vague_future"}
_LENGTH = {"day": 0, "days": 1, "week": 2, "month": 3, "year": 4, "unknown": 5}


def resolve_date(
    quotes: Sequence[tuple[Span, str]],
    published: Published | None,
    *,
    inferred: bool,
    anchor: ClaimDate | None = None,
    tense: str | None = None,
) -> ClaimDate:
    """The date of a claim from its time phrases, each a span with the words as they read.

    `anchor` is the last date resolved earlier in the text; `tense` is "past", "future" or None. Without a phrase the
    publication date bounds the claim.
    """
    frame = Frame(_ends(published), _anchor(anchor), tense == "future", tense == "past")
    read_ones = [(span, _read(text, frame)) for span, text in _join(quotes)]
    if not read_ones:
        return _undated(frame)
    span, found = min(read_ones, key=lambda pair: _rank(pair[1]))
    return _claim_date(found, span, inferred)


def _join(quotes: Sequence[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """All phrases, neighbouring ones first as one under the span of the longer ("on Tuesday", "last week")."""
    ordered = sorted(quotes, key=lambda pair: (pair[0].start, pair[0].end))
    joined = []
    for (left, first), (right, second) in pairwise(ordered):
        if 0 <= right.start - left.end <= JOINED:
            longer = left if left.end - left.start >= right.end - right.start else right
            joined.append((longer, f"{first} {second}"))
    return joined + ordered


def _rank(found: Found) -> tuple[int, int, int]:
    """Closed, fine and stated dates before open, coarse and anchored ones; the first of equals is taken."""
    if found.rule in VAGUE:
        return 2, 0, 0
    return 0 if found.closed else 1, _LENGTH[found.precision], int(found.anchored)


@lru_cache(maxsize=20_000)
def _read(text: str, frame: Frame) -> Found:
    found = read(canonical(text), frame)
    if found.start is not None and found.end is not None and found.start > found.end:
        return frame.bounded("not_understood")
    return found


def _undated(frame: Frame) -> ClaimDate:
    if frame.published is None:
        return ClaimDate(None, None, "unknown", "publication", None, "undated")
    rule = "after_publication" if frame.future else "before_publication"
    return _claim_date(frame.bounded(rule), None, False)


def _claim_date(found: Found, span: Span | None, inferred: bool) -> ClaimDate:
    basis: Basis = "stated"
    if span is None or found.rule in NO_DATE:
        basis = "publication"
    elif inferred or found.anchored:
        basis = "inferred"
    return ClaimDate(_iso(found.start), _iso(found.end), found.precision, basis, span, found.rule)


def _ends(published: Published | None) -> Ends | None:
    if published is None or not (published.start or published.end):
        return None
    return _day(published.start), _day(published.end)


def _anchor(anchor: ClaimDate | None) -> Ends | None:
    """An anchor needs both ends: "a day later" than an open span says nothing."""
    if anchor is None or anchor.start is None or anchor.end is None:
        return None
    return _day(anchor.start), _day(anchor.end)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
