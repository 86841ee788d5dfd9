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
CORE_TIMES = 6
"""So many times as long as the time of eight tenths of the days, the whole is no longer drawn."""
CORE_DAYS = 14


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
    """Bars in order of time, ticks as (position, words), the events without any date; `cut` bars reach beyond."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    undated: tuple[dict[str, Any], ...]
    cut: int = 0


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
    days = sorted(d for _, start, end in dated for d in (start, end) if d)
    first, last = _core(days)
    pad = max(1, (last - first).days // 30)
    first, last = _shift(first, -pad), _shift(last, pad)
    span = max(1, (last - first).days)

    def at(day: date) -> float:
        return round((day - first).days / span * WIDTH, 1)

    bars = []
    cut = 0
    for row, start, end in dated:
        low = at(start) if start else 0.0
        high = at(_shift(end, 1)) if end else float(WIDTH)
        within = (min(max(low, 0.0), WIDTH - 4.0), min(max(high, 4.0), float(WIDTH)))
        before, after = low < 0, high > WIDTH
        cut += before or after
        bars.append(Bar(row, within[0], max(within[1] - within[0], 4.0), before or start is None, after or end is None))
    # marks stand at even distances, as their words do; each names the day that it falls in
    ticks = [(WIDTH * i / _TICKS, _words(_shift(first, span * i // _TICKS), span)) for i in range(_TICKS)]
    return Timeline(tuple(bars), tuple(ticks), undated, cut)


def _core(days: list[date]) -> tuple[date, date]:
    """The time to draw: all of it, or where a few far days would press the rest into a sliver, that of the rest."""
    first, last = days[0], _shift(days[-1], 1)
    margin = len(days) // 10
    inner = (days[margin], _shift(days[-1 - margin], 1))
    if (last - first).days > CORE_TIMES * max((inner[1] - inner[0]).days, CORE_DAYS):
        return inner
    return first, last


def _shift(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _words(day: date, span: int) -> str:
    return day.strftime("%Y") if span > 3 * 365 else day.strftime("%b %Y") if span > 120 else day.strftime("%d %b %Y")
