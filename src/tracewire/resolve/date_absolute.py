"""Forms of dates that name a day, month, year, season, feast or decade; without a year the frame finds it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from tracewire.resolve import calendars
from tracewire.resolve.calendars import Days, span_day
from tracewire.resolve.date_frame import Found, Frame, Precision
from tracewire.resolve.date_words import full_year

Match = re.Match[str]

EARLIEST_YEAR = 1500
"""Smaller numbers of four digits in reports are clock times ("1430")."""


def _one(year: int, month: int, day: int) -> Days:
    return span_day(date(year, month, day))


def _some_day(month: int, day: int, weekday: str | None) -> Callable[[int], list[Days]]:
    """The days so named in a year: none where there is no such day, or where the weekday does not fit."""

    def of(year: int) -> list[Days]:
        try:
            found = date(year, month, day)
        except ValueError:
            return []
        return [(found, found)] if weekday is None or found.weekday() == int(weekday) else []

    return of


def dated_form(match: Match, frame: Frame) -> Found | None:
    month, day, year = int(match["month"]), int(match["day"]), match["year"]
    if year:
        return Found(*_one(full_year(year), month, day), "day", "absolute_day")
    date(2000, month, day)
    weekday = match["weekday"] or match["after"]
    if weekday is not None:
        found = frame.in_a_year(_some_day(month, day, weekday), "day", "day_no_year")
        if found.closed:
            return found
    return frame.in_a_year(_some_day(month, day, None), "day", "day_no_year")


def iso_form(match: Match, _frame: Frame) -> Found:
    day = date.fromisoformat(match[1])
    return Found(day, day, "day", "absolute_day")


def two_readings_form(match: Match, frame: Frame) -> Found:
    """3/4/2019: told by its weekday, or by what had happened when the text was published."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    days = sorted({date(year, first, second), date(year, second, first)})
    if match["weekday"] and len(fitting := [d for d in days if d.weekday() == int(match["weekday"])]) == 1:
        return Found(fitting[0], fitting[0], "day", "absolute_day")
    if len(days) == 2 and frame.last and not frame.future and days[0] <= frame.last < days[1] - timedelta(1):
        return Found(days[0], days[0], "day", "numeric_before_publication")
    if len(days) == 2:
        return Found(days[0], days[1], "unknown", "ambiguous_numeric")
    return Found(days[0], days[0], "day", "absolute_day")


def slashed_form(match: Match, frame: Frame) -> Found:
    first, second = int(match[1]), int(match[2])
    if first <= 12 and second <= 12 and first != second:
        return frame.bounded("ambiguous_numeric")
    month, day = (first, second) if first <= 12 else (second, first)
    date(2000, month, day)
    return frame.in_a_year(_some_day(month, day, None), "day", "day_no_year")


def month_form(match: Match, frame: Frame) -> Found | None:
    number, year, which = int(match["month"]), match["year"], match["which"]
    if year:
        return Found(*calendars.month(full_year(year), number), "month", "absolute_month")
    if which in ("next", "coming", "following"):
        return replace(frame, future=True).in_a_year(
            lambda y: [calendars.month(y, number)], "month", "next_month_named"
        )
    if which in ("last", "past", "previous"):
        return _last_month_named(number, frame)
    if which == "this":
        return frame.relative(lambda day: calendars.month(day.year, number), "month", "this_month_named")
    return frame.in_a_year(lambda y: [calendars.month(y, number)], "month", "month_no_year")


def _last_month_named(number: int, frame: Frame) -> Found:
    def to(day: date) -> Days:
        return calendars.month(day.year if number < day.month else day.year - 1, number)

    return frame.relative(to, "month", "last_month_named")


def day_of_month_form(match: Match, frame: Frame) -> Found:
    number = int(match[1])
    step = 1 if frame.future else -1

    def to(day: date) -> Days:
        for months in range(4):
            first = calendars.add_months(day, step * months)
            last = calendars.month(first.year, first.month)[1]
            if number <= last.day and (first.replace(day=number) - day).days * step >= 0:
                return span_day(first.replace(day=number))
        raise ValueError(f"no day {number}")

    return frame.relative(to, "day", "day_no_month")


def year_form(match: Match, _frame: Frame) -> Found | None:
    year = int(match[1])
    return Found(*calendars.year(year), "year", "year") if EARLIEST_YEAR <= year < 2200 else None


def decade_form(match: Match, _frame: Frame) -> Found:
    return Found(*calendars.year(int(match[1]), 10), "year", "decade")


def century_form(match: Match, _frame: Frame) -> Found:
    return Found(*calendars.year(int(match[1]) * 100 - 99, 100), "year", "century")


def season_form(match: Match, frame: Frame) -> Found:
    number, year, which = int(match["season"]), match["year"], match["which"]

    def of(y: int) -> list[Days]:
        first = date(y, number, 1)
        return [(first, calendars.add_months(first, 3) - timedelta(1))]

    if year:
        return Found(*of(int(year))[0], "month", "season")
    if which in ("next", "coming", "following"):
        return replace(frame, future=True).in_a_year(of, "month", "next_season")
    if which == "last":
        return frame.relative(
            lambda d: max(s for y in range(d.year - 2, d.year + 1) for s in of(y) if s[1] < d), "month", "last_season"
        )
    return frame.in_a_year(of, "month", "season_no_year")


def quarter_form(match: Match, frame: Frame) -> Found:
    number = int(match["number"])

    def of(y: int) -> list[Days]:
        first = date(y, number * 3 - 2, 1)
        return [(first, calendars.add_months(first, 3) - timedelta(1))]

    if match["year"]:
        return Found(*of(int(match["year"]))[0], "month", "quarter")
    back = {"last": -1, "previous": -1, "next": 1}.get(match["which"] or "", 0)
    if match["which"]:
        return frame.relative(lambda d: of(d.year + back)[0], "month", "quarter")
    return frame.in_a_year(of, "month", "quarter_no_year")


def feast_form(match: Match, frame: Frame) -> Found:
    name, year = match["name"], match["year"]
    if year:
        spans = calendars.holiday(name, int(year))
        return Found(spans[0][0], spans[-1][1], "day" if spans[0][0] == spans[-1][1] else "days", "named_day")
    ahead = replace(frame, future=True) if match["which"] in ("next", "coming") else frame
    found = ahead.in_a_year(lambda y: calendars.holiday(name, y), "day", "named_day_no_year")
    return found if found.start == found.end else replace(found, precision="days" if found.closed else "unknown")


def islamic_form(match: Match, frame: Frame) -> Found:
    number, day, year = int(match["month"]), match["day"], match["year"]
    slack = timedelta(calendars.MOON_SLACK)

    def of(hijri: int) -> Days:
        first, last = calendars.hijri_month(hijri, number)
        if day:
            first = last = first + timedelta(int(day) - 1)
        return first - slack, last + slack

    size: Precision = "days" if day else "month"
    if year and int(year) < 1600:
        return Found(*of(int(year)), size, "hijri")
    if year:
        return Found(*_of_civil(of, int(year))[0], size, "hijri_month")
    return frame.in_a_year(lambda y: _of_civil(of, y), size, "hijri_month_no_year")


def _of_civil(of: Callable[[int], Days], year: int) -> list[Days]:
    near = (year - 622) * 33 // 32
    return [span for h in range(max(1, near), near + 3) if (span := of(h))[0].year == year]


def solar_form(match: Match, _frame: Frame) -> Found | None:
    number, day, year = int(match["month"]), match["day"], match["year"]
    if not year or not 1100 < int(year) < 1600:
        return None
    first, last = calendars.solar_hijri_month(int(year), number)
    if not day:
        return Found(first, last, "month", "solar_hijri_month")
    found = first + timedelta(int(day) - 1)
    return Found(found, found, "day", "solar_hijri") if found <= last else None
