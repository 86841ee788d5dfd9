"""A timeline: each event as an interval, open ends as open ends, what has no date in a list of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

WIDTH = 1000
"""Units of the drawing across; it is stretched to the page."""
MOST = 120
"""Events drawn; more are not told apart."""
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One event: where its interval begins and ends, 0 to WIDTH, and whether an end is open."""

    event: dict[str, Any]
    x: float
    width: float
    open_start: bool
    open_end: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars in order of time, ticks as (position, words), and the events without any date."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    undated: tuple[dict[str, Any], ...]


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def draw_timeline(events: Iterable[dict[str, Any]]) -> Timeline:
    """A timeline of events given as rows with `start` and `end`."""
    rows = [(row, _day(row["start"]), _day(row["end"])) for row in events]
    dated = [r for r in rows if r[1] or r[2]]
    undated = tuple(row for row, start, end in rows if not start and not end)
    if not dated:
        return Timeline((), (), undated)
    dated.sort(key=lambda r: (r[1] or r[2] or date.max, r[2] or date.max, r[0]["id"]))
    dated = dated[:MOST]
    days = [d for _, start, end in dated for d in (start, end) if d]
    first, last = min(days), max(days) + timedelta(days=1)
    pad = max(1, (last - first).days // 30)
    first, last = _shift(first, -pad), _shift(last, pad)
    span = max(1, (last - first).days)

    def at(day: date) -> float:
        return round((day - first).days / span * WIDTH, 1)

    bars = []
    for row, start, end in dated:
        low = at(start) if start else 0.0
        high = at(_shift(end, 1)) if end else float(WIDTH)
        bars.append(Bar(row, low, max(high - low, 4.0), start is None, end is None))
    # marks stand at even distances, as their words do; each names the day that it falls in
    ticks = [(WIDTH * i / _TICKS, _words(_shift(first, span * i // _TICKS), span)) for i in range(_TICKS)]
    return Timeline(tuple(bars), tuple(ticks), undated)


def _shift(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _words(day: date, span: int) -> str:
    return day.strftime("%Y") if span > 3 * 365 else day.strftime("%b %Y") if span > 120 else day.strftime("%d %b %Y")
