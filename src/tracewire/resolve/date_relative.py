"""Forms of dates that need another date: the publication day ("last week") or the last date of the text ("later")."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from tracewire.resolve import calendars
from tracewire.resolve.calendars import Days, shift, span_day
from tracewire.resolve.date_frame import Found, Frame, Precision

RECENT = {
    "minute": 0, "hour": 1, "day": 7, "week": 30, "fortnight": 30, "month": 90, "quarter": 270, "year": 1826,
    "decade": 10957,
}  # fmt: skip
"""How many days back "in recent days", "the past few weeks" and the like reach: a week, a month, a quarter, five years.
Chosen to hold the readings that reports themselves give where they later name the day; the true date may lie before."""
AROUND_WEEKS = 3
""" "Two weeks ago" is seldom exact: the week around that day is meant."""
FEW = 2
""" "A few days ago" and "days ago" lie at least so many units back."""
HOURS_IN_DAY = 24

Match = re.Match[str]

SIZE: dict[str, Precision] = {
    "minute": "day", "hour": "day", "day": "day", "weekend": "days", "week": "week", "fortnight": "days",
    "month": "month", "quarter": "month", "year": "year", "decade": "year", "century": "year",
}  # fmt: skip


SIZE_OF_MANY: dict[str, Precision] = {**SIZE, "minute": "days", "hour": "days", "day": "days"}
"""How fine a stretch of several units is."""


def weekday_form(match: Match, frame: Frame) -> Found:
    number, which = int(match["weekday"]), match["which"]
    if which == "same" or which == "that":
        return frame.from_anchor(
            lambda d: span_day(d - timedelta((d.weekday() - number) % 7)), "day", "weekday_of_anchor"
        )
    if which in ("previous", "following") and frame.day_anchor is not None and not frame.future:
        step = -1 if which == "previous" else 1
        return frame.from_anchor(
            lambda d: span_day(d + timedelta(step * (((number - d.weekday()) * step - 1) % 7 + 1))),
            "day",
            f"{which}_weekday_of_anchor",
        )
    if which in ("next", "coming", "following") or (frame.future and which in (None, "this")):
        gap = 1 if which in ("next", "following") else 0
        rule = "next_weekday" if which else "weekday_after_publication"
        return frame.relative(lambda d: span_day(d + timedelta((number - d.weekday() - gap) % 7 + gap)), "day", rule)
    gap = 1 if which in ("last", "previous", "past") else 0
    rule = "last_weekday" if gap else "weekday_before_publication"
    back = lambda d: span_day(d - timedelta((d.weekday() - number - gap) % 7 + gap))  # noqa: E731
    if frame.published is None and frame.day_anchor is not None:
        return frame.from_anchor(back, "day", "weekday_before_date_of_text")
    return frame.relative(back, "day", rule)


def weekday_in_week_form(match: Match, frame: Frame) -> Found:
    number, which = int(match["weekday"]), match["which"]
    weeks = {"last": -1, "previous": -1, "past": -1, "next": 1, "following": 1}.get(which, 0)
    return frame.relative(
        lambda d: span_day(calendars.week(d)[0] + timedelta(7 * weeks + number)), "day", f"weekday_{which}_week"
    )


def named_day_form(match: Match, frame: Frame) -> Found:
    word = match[1]
    if word in ("today", "now"):
        return frame.relative(span_day, "day", "today" if word == "today" else "now")
    if word == "overnight" and frame.near:
        return frame.from_anchor(lambda d: (d, d + timedelta(1)), "days", "overnight")
    if word == "overnight":
        return frame.relative(lambda d: (d - timedelta(1), d), "days", "overnight")
    step = 1 if word == "tomorrow" else -1
    return frame.relative(lambda d: span_day(d + timedelta(step)), "day", {"lastnight": "last_night"}.get(word, word))


def unit_form(match: Match, frame: Frame) -> Found | None:
    which, unit = match["which"], match["unit"]
    if unit in ("minute", "hour"):
        return frame.relative(span_day, "day", "today") if which in ("this", "past", "last") else None
    if unit == "day":
        return _neighbour_day(which, frame)
    if unit == "weekend":
        return _weekend(which, frame)
    if which in ("same", "that"):
        return frame.from_anchor(lambda d: _period(d, unit), SIZE[unit], f"same_{unit}")
    steps = {"last": -1, "previous": -1, "preceding": -1, "next": 1, "following": 1, "this": 0, "current": 0, "the": 0}
    if which in ("past", "coming"):
        back = which == "past"
        days = (lambda d: (shift(d, -1, unit), d)) if back else (lambda d: (d, shift(d, 1, unit)))
        return frame.relative(days, SIZE[unit], f"{which}_{unit}")
    step = steps[which]
    to = lambda d: _period(shift(_period(d, unit)[0], step, unit), unit)  # noqa: E731
    if which in ("previous", "preceding", "following") and frame.anchor is not None:
        return frame.from_anchor(to, SIZE[unit], f"{which}_{unit}")
    return _so_far(frame.relative(to, SIZE[unit], f"{'this' if step == 0 else which}_{unit}"), step, frame)


def _so_far(found: Found, step: int, frame: Frame) -> Found:
    """This week, told as past, ends with publication; planned, it begins there."""
    if step != 0:
        return found
    if frame.future and frame.first and found.end and found.end >= frame.first:
        return replace(found, start=frame.first)
    return frame.until_now(found)


def _period(day: date, unit: str) -> Days:
    """The week, month, year and so on that holds a day."""
    if unit == "week":
        return calendars.week(day)
    if unit == "fortnight":
        return day - timedelta(13), day
    if unit == "month":
        return calendars.month(day.year, day.month)
    if unit == "quarter":
        first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        return first, calendars.add_months(first, 3) - timedelta(1)
    years = {"decade": 10, "century": 100}.get(unit, 1)
    return calendars.year(day.year // years * years, years)


def _neighbour_day(which: str, frame: Frame) -> Found | None:
    step = {"previous": -1, "preceding": -1, "next": 1, "following": 1, "same": 0, "that": 0}.get(which)
    if which == "this":
        return frame.relative(span_day, "day", "today")
    if step is None:
        return None
    rule = {-1: "day_before_anchor", 0: "day_of_anchor", 1: "day_after_anchor"}[step]
    return frame.from_anchor(lambda d: span_day(d + timedelta(step)), "day", rule)


def weekend_form(_match: Match, frame: Frame) -> Found:
    """ "over the weekend"."""
    return _weekend(None, frame)


def _weekend(which: str | None, frame: Frame) -> Found:
    if which in ("same", "that"):
        return frame.from_anchor(lambda d: _weekend_at(d, 0), "days", "weekend_of_anchor")
    if which in ("next", "coming", "following") or (frame.future and which in (None, "this", "the")):
        return frame.relative(lambda d: _weekend_at(d + timedelta(7), 0), "days", "weekend_after")
    gap = 1 if which in ("last", "previous", "past") else 0
    found = frame.relative(lambda d: _weekend_at(d, gap), "days", "weekend_before" if not gap else "last_weekend")
    return frame.until_now(found)


def _weekend_at(day: date, gap: int) -> Days:
    """Saturday and Sunday of the last weekend that has begun; with a gap, of the last that is over."""
    saturday = day - timedelta((day.weekday() - 5) % 7)
    if gap and day.weekday() >= 5:
        saturday -= timedelta(7)
    return saturday, saturday + timedelta(1)


def recent_form(match: Match, frame: Frame) -> Found | None:
    """ "in the past 3 weeks", "in recent days", "over the next few hours"."""
    unit, which, count = match["unit"], match["which"], match["count"]
    if unit in ("weekend", "century"):
        return None
    ahead = which in ("next", "coming")
    number = int(count) if count and count.isdecimal() else None

    def to(day: date) -> Days:
        far = _far(day, number, unit, 1 if ahead else -1)
        return (day, far) if ahead else (far, day)

    size = SIZE_OF_MANY[unit]
    kind = f"{number}_{unit}s" if number else f"{unit}s"
    return frame.relative(to, size, ("coming_" if ahead else "past_" if number else "recent_") + kind)


def _far(day: date, number: int | None, unit: str, sign: int) -> date:
    if number is None:
        return day + timedelta(sign * RECENT[unit])
    if unit in ("minute", "hour"):
        hours = number if unit == "hour" else 1
        return day + timedelta(sign * -(-hours // HOURS_IN_DAY))
    return shift(day, sign * number, unit)


def following_form(match: Match, frame: Frame) -> Found | None:
    """ "the following weeks", "the days that followed", "the next three days" of a tale: counted from the anchor."""
    unit, count, plural = match["unit"], match["count"], match["plural"]
    if frame.future or frame.anchor is None or unit in ("weekend", "century", "minute") or not (count or plural):
        return None
    if count and count.isdecimal():
        number = int(count)
        return frame.from_anchor(lambda d: (d, _far(d, number, unit, 1)), SIZE_OF_MANY[unit], f"next_{number}_{unit}s")
    return frame.from_anchor(
        lambda d: (d + timedelta(1), _far(d, None, unit, 1)), SIZE_OF_MANY[unit], f"following_{unit}s"
    )


def until_now_form(match: Match, frame: Frame) -> Found | None:
    """ "has been held for three weeks": from so long ago until the report; without a perfect, only a duration."""
    unit, count = match["unit"], match["count"]
    if not frame.perfect or unit in ("weekend", "minute") or frame.future:
        return None
    number = int(count) if count.isdecimal() else 1 if count in ("a", "an") else None
    return frame.relative(
        lambda d: (_far(d, number, unit, -1), d), SIZE_OF_MANY[unit], f"for_{unit}s_until_publication"
    )


def month_of_year_form(match: Match, frame: Frame) -> Found | None:
    """ "April of last year", "3 April this year"."""
    which, number, day = match["which"], int(match["month"]), match["day"] or match["after"]
    step = {"this": 0, "same": 0, "next": 1, "coming": 1, "following": 1}.get(which, -1)

    def to(base: date) -> Days:
        year = base.year + step
        return span_day(date(year, number, int(day))) if day else calendars.month(year, number)

    size: Precision = "day" if day else "month"
    if which in ("same", "following", "previous") and frame.anchor is not None:
        return frame.from_anchor(to, size, f"month_of_{which}_year")
    found = frame.relative(to, size, f"month_of_{which}_year")
    return frame.until_now(found)


def day_of_that_month_form(match: Match, frame: Frame) -> Found | None:
    """ "the 13th of this month", "the 3rd of last month"."""
    which, number = match["which"] or "this", int(match["day"])
    step = {"this": 0, "same": 0, "next": 1, "coming": 1}.get(which, -1)

    def to(base: date) -> Days:
        return span_day(calendars.add_months(base, step).replace(day=number))

    if which == "same":
        return frame.from_anchor(to, "day", "day_of_same_month")
    return frame.relative(to, "day", f"day_of_{which}_month")


# ---------------------------------------------------------------- so many units before or after


def ago_form(match: Match, frame: Frame) -> Found | None:
    """ "3 weeks ago", "more than a year ago", "days ago"."""
    unit, count, more = match["unit"], match["count"], match["more"] or ""
    if unit == "weekend":
        return None
    if count == "few" or (count is None and match["plural"]) or match["or"]:
        return _vaguely_ago(unit, frame)
    number = int(count) if count and count.isdecimal() else 1
    found = frame.relative(lambda d: _point(d, -number, unit), SIZE[unit], f"{unit}s_ago")
    if more.startswith(("more", "over", "well")):
        return replace(found, start=None, rule=f"over_{unit}s_ago")
    if more.startswith(("less", "under")):
        return frame.relative(lambda d: (_point(d, -number, unit)[0], d), SIZE[unit], f"under_{unit}s_ago")
    return found


def _point(day: date, count: int, unit: str) -> Days:
    """The stretch meant by a day so many units away: as coarse as the unit."""
    if unit in ("minute", "hour"):
        far = _far(day, abs(count), unit, 1 if count > 0 else -1)
        return (min(day, far), max(day, far))
    there = shift(day, count, unit)
    if unit in ("week", "fortnight"):
        return there - timedelta(AROUND_WEEKS), there + timedelta(AROUND_WEEKS)
    return span_day(there) if unit == "day" else _period(there, "year" if SIZE[unit] == "year" else "month")


def _vaguely_ago(unit: str, frame: Frame) -> Found:
    if unit in ("minute", "hour"):
        return frame.relative(lambda d: (d - timedelta(RECENT[unit]), d), "days", f"some_{unit}s_ago")
    size: Precision = "days" if unit == "day" else SIZE[unit]
    return frame.relative(lambda d: (_far(d, None, unit, -1), shift(d, -FEW, unit)), size, f"some_{unit}s_ago")


def ahead_form(match: Match, frame: Frame) -> Found | None:
    """ "in two days' time", and "in 2 weeks" where the deed is planned; else that is how long something took."""
    unit, count = match["unit"], match["count"]
    if unit == "weekend" or not (match["time"] or frame.future):
        return None
    number = int(count) if count and count.isdecimal() else 1 if count in ("a", "an") else None
    if number is None or match["word"] == "within":
        return frame.relative(lambda d: (d, _far(d, number, unit, 1)), SIZE[unit], f"within_{unit}s")
    return frame.relative(lambda d: _point(d, number, unit), SIZE[unit], f"in_{unit}s")


def offset_form(match: Match, frame: Frame) -> Found | None:
    """ "a day earlier", "two weeks later", "months before": counted from the anchor."""
    unit, count = match["unit"], match["count"]
    if unit == "weekend":
        return None
    sign = 1 if match["way"] in ("later", "after", "afterwards", "afterward", "on", "since") else -1
    way = "after" if sign > 0 else "before"
    if count == "few" or (count is None and match["plural"]):
        size: Precision = "days" if unit in ("minute", "hour", "day") else SIZE[unit]
        return frame.from_anchor(lambda d: _vaguely_off(d, unit, sign), size, f"some_{unit}s_{way}_anchor")
    number = int(count) if count and count.isdecimal() else 1
    plural = "" if number == 1 else "s"
    return frame.from_anchor(lambda d: _point(d, sign * number, unit), SIZE[unit], f"{unit}{plural}_{way}_anchor")


def _vaguely_off(day: date, unit: str, sign: int) -> Days:
    if unit in ("minute", "hour"):
        ends = (day, day + timedelta(sign))
    else:
        ends = (shift(day, sign * FEW, unit), _far(day, None, unit, sign))
    return min(ends), max(ends)


def same_form(_match: Match, frame: Frame) -> Found:
    """ "then", "at that time": the anchor itself."""
    return frame.from_anchor(span_day, "days", "same_as_anchor")


def vague_form(match: Match, frame: Frame) -> Found:
    """ "recently", "previously", "soon"."""
    if match["soon"]:
        return Found(frame.first, None, "unknown", "vague_future")
    return frame.bounded("recent_past" if match["recent"] else "vague_past")
