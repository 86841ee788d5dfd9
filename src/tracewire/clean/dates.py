"""When a page says it was published: what the bringer says, else what stands in the page; never a guess."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import cache

from tracewire.clean.phrases import normal, phrases

__all__ = ["date_of_line", "dateline", "given_interval", "is_update", "iso_day"]

_PART = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d(?::?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)?)?)?)?"
)
_OPEN_END = ("", "..")

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UPDATE = re.compile(r"\b(?:updated|modified|edited|changed)\b", re.I)
_PUBLISH = re.compile(r"\b(?:published|posted|issued|created|released|first|date|written|filed|added|uploaded)\b", re.I)
_PLACE = r"[A-Z][A-Z .,'/-]{2,40}(?:[A-Z][\w .]{0,20})?,?\s*(?:\(|,\s*)?"
_AGENCY = r"\s*[,)]?\s*(?:\([^()]{1,40}\)|/[^/]{1,40}/)?\s*(?:[-–—:]|\()"


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """How full dates are written, with groups in the order that the name tells."""
    month = f"({phrases().month})"
    return (
        ("dmy", re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{month}[,\s-]+(\d{{4}})(?!\d)", re.I)),
        ("mdy", re.compile(rf"\b{month}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.I)),
        ("ymd", re.compile(r"(?<!\d)(\d{4})[-/.](\d\d)[-/.](\d\d)(?!\d)")),
        ("num", re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")),
    )


@cache
def _dateline() -> re.Pattern[str]:
    month = phrases().month
    day = rf"(?:\d{{1,2}}\s+{month},?\s+\d{{4}}|{month}\s+\d{{1,2}},?\s+\d{{4}})"
    return re.compile(_PLACE + f"(?i:{day})" + _AGENCY)


def given_interval(text: str) -> tuple[str | None, str | None]:
    """ISO dates of "2020", "2020-02", "2020-02-05", a date and time, or "start/end"; ValueError where it is none.

    An end that is empty or ".." is open (None), as in ISO 8601-2; both open is an error.
    """
    first, slash, second = text.strip().partition("/")
    start = None if slash and first.strip() in _OPEN_END else _bounds(first)[0]
    end = None if slash and second.strip() in _OPEN_END else _bounds(second if slash else first)[1]
    if (start is None and end is None) or (start and end and start > end):
        raise ValueError(f"not an interval: {text!r}")
    return start, end


def _bounds(part: str) -> tuple[str, str]:
    found = _PART.fullmatch(part.strip())
    if found is None:
        raise ValueError(f"not an ISO date: {part!r}")
    year, month, day = int(found[1]), found[2], found[3]
    if month is None:
        return date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()
    if day is None:
        last = monthrange(year, int(month))[1] if 1 <= int(month) <= 12 else 0
        return date(year, int(month), 1).isoformat(), date(year, int(month), last).isoformat()
    exact = date(year, int(month), int(day)).isoformat()
    return exact, exact


def iso_day(text: str) -> str | None:
    """The day of a date for machines ("2020-02-05T06:02Z") or in words; None where there is no full date."""
    try:
        start, end = given_interval(text)
    except ValueError:
        return _day(text)
    return start if start == end else None


def date_of_line(text: str) -> tuple[str, bool] | None:
    """The full date in a byline or date line, and whether it is that of an update only."""
    line = normal(text)
    update, publish = _UPDATE.search(line), _PUBLISH.search(line)
    if update is None:
        day = _day(line)
        return (day, False) if day else None
    before = line[: update.start()] if publish is None or publish.start() < update.start() else line[publish.start() :]
    if day := _day(before):
        return day, False
    day = _day(line[update.start() :])
    return (day, True) if day else None


def is_update(text: str) -> bool:
    """Whether a line tells of a change and not of the publication ("Last updated:")."""
    return bool(_UPDATE.search(text)) and not _PUBLISH.search(text)


def dateline(text: str) -> str | None:
    """The day of a dateline with a year at the beginning of a text ("ADEN, 3 May 2019 (X) -")."""
    found = _dateline().match(normal(text[:160]))
    return _day(found[0]) if found else None


def _day(text: str) -> str | None:
    """The first full date in words or figures; None where day and month cannot be told apart."""
    found = [(m.start(), form, m) for form, pattern in _forms() if (m := pattern.search(text))]
    for _, form, match in sorted(found, key=lambda row: row[:2]):
        groups = match.groups()
        try:
            return _of(form, groups)
        except ValueError:
            continue
    return None


def _of(form: str, groups: tuple[str, ...]) -> str | None:
    if form == "dmy":
        return date(int(groups[2]), _month(groups[1]), int(groups[0])).isoformat()
    if form == "mdy":
        return date(int(groups[2]), _month(groups[0]), int(groups[1])).isoformat()
    if form == "ymd":
        return date(int(groups[0]), int(groups[1]), int(groups[2])).isoformat()
    one, two, year = int(groups[0]), int(groups[2]), int(groups[3])
    if one > 12 or groups[1] == "." or one == two:  # points stand between day, month and year everywhere
        return date(year, two, one).isoformat()
    return date(year, one, two).isoformat() if two > 12 else None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1
