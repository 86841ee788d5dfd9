"""Civil, Islamic and Solar Hijri arithmetic, and feasts that have a rule. Nothing here asks the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from hijridate import Hijri
from hijridate.ummalqura import HIJRI_RANGE

__all__ = [
    "HOLIDAYS", "Days", "add_months", "hijri_month", "holiday", "month", "shift", "solar_hijri_month",
    "span_day", "span_of", "week",
    "year",
]  # fmt: skip

Days = tuple[date, date]
"""First and last day, both included."""

MOON_SLACK = 1
"""Days by which a sighted moon may differ from the arithmetic calendar, either way."""
HIJRI_EPOCH = 227_015
"""Proleptic ordinal of 1 Muharram 1 (16 July 622 Julian), tabular civil calendar."""
NOWRUZ_EPOCH = 226_530
"""Makes 1 Farvardin 1399 the 20th of March 2020."""

_HIJRI_FEASTS = {
    "fitr": (10, 1, 3),
    "adha": (12, 10, 4),
    "ashura": (1, 10, 1),
    "arbaeen": (2, 20, 1),
    "mawlid": (3, 12, 1),
}


def month(year_: int, number: int) -> Days:
    """All days of a month."""
    first = date(year_, number, 1)
    return first, add_months(first, 1) - timedelta(1)


def year(number: int, count: int = 1) -> Days:
    """All days of `count` years."""
    return date(number, 1, 1), date(number + count - 1, 12, 31)


def week(day: date) -> Days:
    """Monday to Sunday of the week of a day."""
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)


def span_day(day: date) -> Days:
    """A day as an interval."""
    return day, day


def span_of(first: date, days: int) -> Days:
    """`days` days from `first`."""
    return first, first + timedelta(days - 1)


def add_months(day: date, months: int) -> date:
    """The first day of the month that lies `months` months after that of `day`."""
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def _hijri(year_: int, number: int, day: int) -> date:
    """Umm al-Qura where it is tabulated (1924 to 2077); outside, the arithmetic calendar."""
    if HIJRI_RANGE[0][0] <= year_ < HIJRI_RANGE[1][0]:
        first = Hijri(year_, number, 1, validate=False).to_gregorian()
        return date(first.year, first.month, first.day) + timedelta(day - 1)
    days = (year_ - 1) * 354 + (3 + 11 * year_) // 30 + (59 * (number - 1) + 1) // 2 + day
    return date.fromordinal(HIJRI_EPOCH + days - 1)


def hijri_month(year_: int, number: int) -> Days:
    """A month of an Islamic year, by arithmetic; sighting may move it by MOON_SLACK."""
    following = (year_, number + 1) if number < 12 else (year_ + 1, 1)
    return _hijri(year_, number, 1), _hijri(*following, 1) - timedelta(1)


def solar_hijri_month(year_: int, number: int) -> Days:
    """A month of a Solar Hijri year (Iran, Afghanistan)."""
    first = _nowruz(year_ + 621) + timedelta(31 * min(number - 1, 6) + 30 * max(number - 7, 0))
    if number == 12:
        return first, _nowruz(year_ + 622) - timedelta(1)
    return span_of(first, 31 if number <= 6 else 30)


def _nowruz(year_: int) -> date:
    """First day of spring in Tehran by the 33-year cycle of leap years, which holds for 1799 to 2256."""
    solar = year_ - 621
    leaps = (8 * solar + 21) // 33
    return date.fromordinal(NOWRUZ_EPOCH + 365 * solar + leaps)


def _easter(year_: int) -> date:
    return date.fromordinal(easter(year_, EASTER_WESTERN).toordinal())


def _orthodox_easter(year_: int) -> date:
    return date.fromordinal(easter(year_, EASTER_ORTHODOX).toordinal())


def _nth(year_: int, number: int, weekday: int, nth: int) -> date:
    first = date(year_, number, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))


HOLIDAYS: dict[str, Callable[[int], Days]] = {
    "newyear": lambda y: span_day(date(y, 1, 1)),
    "newyearseve": lambda y: span_day(date(y, 12, 31)),
    "christmas": lambda y: span_day(date(y, 12, 25)),
    "christmaseve": lambda y: span_day(date(y, 12, 24)),
    "boxingday": lambda y: span_day(date(y, 12, 26)),
    "mayday": lambda y: span_day(date(y, 5, 1)),
    "bastille": lambda y: span_day(date(y, 7, 14)),
    "easter": lambda y: span_day(_easter(y)),
    "orthodoxeaster": lambda y: span_day(_orthodox_easter(y)),
    "goodfriday": lambda y: span_day(_easter(y) - timedelta(2)),
    "palmsunday": lambda y: span_day(_easter(y) - timedelta(7)),
    "holyweek": lambda y: (_easter(y) - timedelta(7), _easter(y) - timedelta(1)),
    "thanksgiving": lambda y: span_day(_nth(y, 11, 3, 4)),
    "laborday": lambda y: span_day(_nth(y, 9, 0, 1)),
    "nowruz": lambda y: span_day(_nowruz(y)),
}
"""Feasts that come once in every civil year."""


def holiday(name: str, year_: int) -> list[Days]:
    """When a feast fell in a civil year: none, one or two times, moon feasts widened by MOON_SLACK."""
    if name in HOLIDAYS:
        return [HOLIDAYS[name](year_)]
    found: list[Days] = []
    early = (year_ - 622) * 33 // 32
    for feast in ("fitr", "adha") if name == "eid" else (name,):
        number, day, length = _HIJRI_FEASTS[feast]
        for hijri in range(max(1, early), early + 3):
            first = _hijri(hijri, number, day)
            if first.year == year_:
                found.append((first - timedelta(MOON_SLACK), first + timedelta(length - 1 + MOON_SLACK)))
    return sorted(found)


def shift(day: date, count: int, unit: str) -> date:
    """The day `count` days, weeks, months or years on (or back); the last of a month stays inside its month."""
    if unit in DAYS_OF:
        return day + timedelta(count * DAYS_OF[unit])
    first = add_months(day, count * MONTHS_OF[unit])
    return first.replace(day=min(day.day, month(first.year, first.month)[1].day))


DAYS_OF = {"day": 1, "week": 7, "fortnight": 14}
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
