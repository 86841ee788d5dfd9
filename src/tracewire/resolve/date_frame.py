"""What a time phrase is read against: the publication date, the last date of the text, and the tense of the deed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from tracewire.resolve.calendars import Days

__all__ = ["Found", "Frame", "Precision"]

Precision = Literal["day", "days", "week", "month", "year", "unknown"]
SLACK = 1
"""Days by which a date without a year may lie after publication and still be the past one (time zones)."""
YEARS_ROUND = 9
"""How far from publication a year is sought for a date without one."""
LONGEST_ANCHOR = 31
"""Days, weeks and hours are counted only from an anchor of at most a month."""
COARSER: tuple[tuple[int, Precision], ...] = ((1, "day"), (20, "days"), (62, "month"), (732, "year"))
"""Longest spans, in days, that still have a precision once an uncertain publication date has widened them."""


@dataclass(frozen=True, slots=True)
class Found:
    """An interval, either end open, with its precision and rule; `anchored` where only another date gave it."""

    start: date | None
    end: date | None
    precision: Precision
    rule: str
    anchored: bool = False

    @property
    def closed(self) -> bool:
        """Whether both ends are known."""
        return self.start is not None and self.end is not None


@dataclass(frozen=True, slots=True)
class Frame:
    """Publication interval, anchor interval (None: there is none) and tense, "past", "future" or not known."""

    published: tuple[date | None, date | None] | None
    anchor: tuple[date | None, date | None] | None
    future: bool = False
    past: bool = False
    day_anchor: tuple[date | None, date | None] | None = None
    """The last date of the text that is fine enough to count days from; `anchor` may be a month or a year."""
    perfect: bool = False
    """Whether the verb says that it goes on until the text was written ("has been held for weeks")."""
    near: bool = False
    """Whether the day anchor stands in the same sentence."""

    @property
    def first(self) -> date | None:
        """First day on which the text may have been published."""
        return self.published[0] if self.published else None

    @property
    def last(self) -> date | None:
        """Last day on which the text may have been published."""
        return self.published[1] if self.published else None

    @property
    def day(self) -> date | None:
        """The publication day that stands for the interval: the last, or the first where the last is open."""
        return self.last or self.first

    def bounded(self, rule: str) -> Found:
        """A phrase that gives no date: the deed lies before publication, or after it where it is planned."""
        if self.future:
            return Found(self.first, None, "unknown", rule)
        return Found(None, self.last, "unknown", rule)

    def relative(self, to: Callable[[date], Days], precision: Precision, rule: str) -> Found:
        """`to` applied to every possible publication day; no publication day, no interval."""
        return _spread(self.published, to, precision, rule)

    def from_anchor(self, to: Callable[[date], Days], precision: Precision, rule: str) -> Found:
        """`to` applied to the anchor; without one only the bound of publication is known."""
        anchor = self.day_anchor or self.anchor if precision in ("day", "days", "week") else self.anchor
        if anchor is None or anchor == (None, None):
            return self.bounded("relative_without_anchor")
        if precision in ("day", "days", "week") and _length(anchor) > LONGEST_ANCHOR:
            return self.bounded("relative_without_anchor")  # "a day later" than a year says nothing
        found = replace(_spread(anchor, to, precision, rule), anchored=True)
        if not self.future and self.last and found.start and found.start > self.last + timedelta(SLACK):
            return self.bounded("relative_without_anchor")  # told as past, so it was another anchor
        return self.until_now(found)

    def until_now(self, found: Found) -> Found:
        """A span that publication has cut short: what is told has happened already."""
        if self.future or found.end is None or self.last is None or found.end <= self.last:
            return found
        if found.start is not None and found.start > self.last:
            return found
        return replace(found, end=self.last)

    def in_a_year(self, of: Callable[[int], Iterable[Days]], precision: Precision, rule: str) -> Found:
        """A date without a year: the nearest past one, or the nearest coming one where the deed is planned."""
        around = self.day
        if around is None:
            return self._in_year_of_anchor(of, precision, rule)
        years = range(around.year - YEARS_ROUND, around.year + YEARS_ROUND + 1)
        spans = sorted(span for year in years for span in of(year))
        if self.future:
            coming = [s for s in spans if s[1] >= (self.first or around)]
            chosen = coming[0] if coming else None
        else:
            gone = [s for s in spans if s[0] <= around + timedelta(SLACK)]
            chosen = gone[-1] if gone else None
        if chosen is None:
            return self.bounded(rule)
        return (
            self.until_now(Found(*chosen, precision, rule)) if chosen[0] <= around else Found(*chosen, precision, rule)
        )

    def _in_year_of_anchor(self, of: Callable[[int], Iterable[Days]], precision: Precision, rule: str) -> Found:
        known = self.anchor[0] or self.anchor[1] if self.anchor else None
        spans = list(of(known.year)) if known else []
        if len(spans) != 1:
            return Found(None, None, "unknown", "relative_without_anchor")
        return Found(*spans[0], precision, rule, anchored=True)


def _spread(
    base: tuple[date | None, date | None] | None, to: Callable[[date], Days], size: Precision, rule: str
) -> Found:
    if base is None or base == (None, None):
        return Found(None, None, "unknown", "relative_without_anchor")
    first, last = base
    start = to(first)[0] if first else None
    end = to(last)[1] if last else None
    if start is None or end is None or first is None or last is None:
        return Found(start, end, "unknown", rule)
    return Found(start, end, size if to(first) == to(last) else _coarser(size, (end - start).days + 1), rule)


def _length(ends: tuple[date | None, date | None]) -> int:
    first, last = ends
    return (last - first).days + 1 if first and last else 0


def _coarser(size: Precision, days: int) -> Precision:
    order: list[Precision] = ["day", "days", "week", "month", "year", "unknown"]
    fitting: Precision = next((p for longest, p in COARSER if days <= longest), "unknown")
    return max(size, fitting, key=order.index)
