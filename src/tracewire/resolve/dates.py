"""One time phrase becomes an interval with precision, basis and rule.

Anchors are the publication date and the last date of the text, never the clock. What they cannot fix stays open.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

from tracewire.model import ClaimDate, Published, Span
from tracewire.resolve.date_frame import Found, Frame
from tracewire.resolve.date_grammar import read
from tracewire.resolve.date_words import canonical

__all__ = ["VAGUE", "claim_date", "published_ends", "rank", "read_phrase", "undated"]

Basis = Literal["stated", "inferred", "publication"]
Ends = tuple[date | None, date | None]

NO_DATE = frozenset({"duration", "not_understood"})
"""Rules of phrases that place nothing in time: their bound comes from the publication date."""
VAGUE = NO_DATE | {"relative_to_event", "relative_without_anchor", "part_of_day", "vague_past", "vague_future"}
_LENGTH = {"day": 0, "days": 1, "week": 2, "month": 3, "year": 4, "unknown": 5}


def rank(found: Found) -> tuple[int, int, int]:
    """Closed, fine and stated dates before open, coarse and anchored ones; the first of equals is taken."""
    if found.rule in VAGUE:
        return 2, 0, 0
    return 0 if found.closed else 1, _LENGTH[found.precision], int(found.anchored)


@lru_cache(maxsize=20_000)
def read_phrase(text: str, frame: Frame) -> Found:
    """The interval of one time phrase, read against a frame; always an answer, at worst a bound."""
    found = read(canonical(text), frame)
    if found.start is not None and found.end is not None and found.start > found.end:
        return frame.bounded("not_understood")
    return found


def undated(published: Published | None, planned: bool) -> ClaimDate:
    """The date of a claim without any phrase: bounded by the publication."""
    frame = Frame(published_ends(published), None, planned, not planned)
    if frame.published is None:
        return ClaimDate(None, None, "unknown", "publication", None, "undated")
    rule = "after_publication" if frame.future else "before_publication"
    return claim_date(frame.bounded(rule), None, False)


def claim_date(found: Found, span: Span | None, inferred: bool) -> ClaimDate:
    """The date of a claim as it is kept, with its phrase and how it was reached."""
    basis: Basis = "stated"
    if span is None or found.rule in NO_DATE:
        basis = "publication"
    elif inferred or found.anchored:
        basis = "inferred"
    return ClaimDate(_iso(found.start), _iso(found.end), found.precision, basis, span, found.rule)


def published_ends(published: Published | None) -> Ends | None:
    """The publication interval as days; None where nothing is known."""
    if published is None or not (published.start or published.end):
        return None
    return _day(published.start), _day(published.end)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
