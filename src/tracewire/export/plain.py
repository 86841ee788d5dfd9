"""Small words: lists, dates and counts as one writes them in English, with nothing for what is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

_SURROGATES = re.compile("[\ud800-\udfff]")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def join(names: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"; "" for nothing."""
    names = [name for name in names if name]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def unique(names: Iterable[str]) -> list[str]:
    """Names in order, each once whatever its case, empty ones left out."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name.casefold(), name)
    return [name for key, name in first.items() if key]


def quoted(text: str) -> str:
    """Words of a document in quotation marks; "" stays ""."""
    return f"“{text}”" if text else ""


def writable(text: str) -> str:
    """The text with what UTF-8 cannot write (lone surrogates, from broken metadata) replaced by U+FFFD."""
    return _SURROGATES.sub("\ufffd", text)


def sentence_case(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def date_words(start: str | None, end: str | None) -> str:
    """An interval of ISO dates in words; "" where both ends are open."""
    if start is None or end is None:
        return f"from {_day(start)}" if start else f"by {_day(end)}" if end else ""
    try:
        return _interval(date.fromisoformat(start), date.fromisoformat(end))
    except ValueError:
        return start if start == end else f"{start} to {end}"


def _day(value: str | None) -> str:
    try:
        day = date.fromisoformat(value or "")
    except ValueError:
        return value or ""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _interval(start: date, end: date) -> str:
    month, year = MONTHS[end.month - 1], end.year
    whole = start.day == 1 and (end + timedelta(days=1)).day == 1
    if whole and start.year == year and start.month == end.month:
        return f"{month} {year}"
    if whole and start.year == year and (start.month, end.month) == (1, 12):
        return str(year)
    if start == end:
        return f"{end.day} {month} {year}"
    if (start.year, start.month) == (year, end.month):
        return f"{start.day} to {end.day} {month} {year}"
    first = f"{start.day} {MONTHS[start.month - 1]}"
    return f"{first} to {end.day} {month} {year}" if start.year == year else f"{first} {start.year} to {_day(str(end))}"


def count_words(low: int | None, high: int | None) -> str:
    """Bounds of a count in words; "" where both are open."""
    if low is None or high is None:
        return f"{low} or more" if low is not None else f"up to {high}" if high is not None else ""
    return str(low) if low == high else f"{low} to {high}"
