"""Every form of a single date, tried in order; and parts of a named period ("early", "the first week of")."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from tracewire.resolve import calendars, date_absolute, date_relative
from tracewire.resolve.calendars import Days, shift
from tracewire.resolve.date_frame import Found, Frame, Precision

__all__ = ["read_form"]

Match = re.Match[str]
Form = Callable[[Match, Frame], Found | None]


def read_form(phrase: str, frame: Frame) -> Found | None:
    """The interval of a phrase without bounds and ranges; None where no form fits."""
    for pattern, form in FORMS:
        match = pattern.fullmatch(phrase)
        if match is not None:
            try:
                found = form(match, frame)
            except (ValueError, OverflowError):  # the 31st of April, the year 99999
                continue
            if found is not None:
                return found
    return None


def _part(match: Match, frame: Frame) -> Found | None:
    """ "early X", "the end of X": the first, middle or last third."""
    return _part_of(match["word"], match["rest"], frame)


def _part_of(word: str, rest: str, frame: Frame) -> Found | None:
    inner = read_form(f"this {rest}" if rest.startswith("U") else rest, frame)
    if inner is None:
        return None
    if inner.precision == "day" or not inner.closed:
        return inner
    if word in ("earlier", "later"):
        return _earlier_later(word, inner, frame)
    whole = _unclipped(rest, frame, inner)
    third = "early" if word in _EARLY else "mid" if word in _MID else "late"
    start, end = _edge(whole, third) if word in _EDGES and inner.precision == "year" else _third(whole, third)
    if frame.last and not frame.future and start > frame.last and inner.rule == "month_no_year":
        start, end = calendars.shift(start, -12, "month"), calendars.shift(end, -12, "month")
    size = _FINER.get(inner.precision, "days") if (end - start).days < DAYS_IN_YEAR else "year"
    found = Found(start, end, size, f"{third}_{inner.rule}", inner.anchored)
    return found if third == "late" and inner.rule.startswith("this_") else frame.until_now(found)


DAYS_IN_YEAR = 366
_EDGES = ("beginning", "start", "onset", "opening", "end", "close", "turn")
_EARLY = ("early", "beginning", "start", "onset", "opening")
_MID = ("mid", "middle", "midst")
_FINER: dict[Precision, Precision] = {"year": "month", "month": "days", "week": "days", "days": "days"}


def _unclipped(rest: str, frame: Frame, inner: Found) -> Found:
    """The whole unit, before publication cut it short: late in a month is not late in its first days."""
    free = replace(frame, published=None, anchor=None)
    whole = read_form(rest.removeprefix("the "), free)
    if whole is not None and whole.closed:
        return whole
    if inner.start and inner.precision == "month" and inner.start.day == 1 and "season" not in inner.rule:
        return replace(inner, end=calendars.month(inner.start.year, inner.start.month)[1])
    if inner.start and inner.precision == "year" and (inner.start.month, inner.start.day) == (1, 1):
        return replace(inner, end=max(inner.end or inner.start, date(inner.start.year, 12, 31)))
    if inner.start and inner.precision == "week":
        return replace(inner, end=inner.start + timedelta(6))
    return inner


def _edge(whole: Found, third: str) -> Days:
    """The first or last month of a year: "the end of 2015" is December."""
    assert whole.start is not None
    assert whole.end is not None
    if third == "early":
        return calendars.month(whole.start.year, whole.start.month)
    return calendars.month(whole.end.year, whole.end.month)


def _third(whole: Found, third: str) -> Days:
    start, end = whole.start, whole.end
    assert start is not None
    assert end is not None
    days = (end - start).days + 1
    if 28 <= days <= 31:
        cuts = (10, 20)
    elif 365 <= days <= 366:
        cuts = (days - 246 + 1, days - 122)  # January to April, May to August, September to December
    elif days >= 3650:
        return _third_of_decade(start, third)
    else:
        cuts = (days // 3 or 1, days - days // 3)
    if third == "early":
        return start, start + timedelta(cuts[0] - 1)
    if third == "mid":
        return start + timedelta(cuts[0]), start + timedelta(cuts[1] - 1)
    return start + timedelta(cuts[1]), end


def _third_of_decade(start: date, third: str) -> Days:
    first, count = {"early": (0, 4), "mid": (4, 3), "late": (7, 3)}[third]
    return calendars.year(start.year + first, count)


def _earlier_later(word: str, inner: Found, frame: Frame) -> Found:
    if word == "earlier":
        return replace(frame.until_now(inner), rule=f"earlier_{inner.rule}")
    if (
        frame.first is not None
        and inner.start is not None
        and inner.start <= frame.first
        and inner.rule.startswith("this_")
    ):
        whole = _unclipped("", frame, inner)
        return Found(frame.first, whole.end, inner.precision, f"later_{inner.rule}")
    return replace(inner, rule=f"later_{inner.rule}")


def _week_of(match: Match, frame: Frame) -> Found | None:
    inner = read_form(match["rest"].removeprefix("the "), frame)
    if inner is None or inner.start is None:
        return None
    days = {"day": 1, "week": 7}.get(match["unit"], 0) * int(match["count"] or 1)
    if match["plural"] and not match["count"] and match["unit"] == "day":
        return _part_of("early" if match["nth"] == "O1" else "late", match["rest"], frame)
    if "named_day" in inner.rule and days == 1 and inner.precision == "days":
        first = inner.start + timedelta(int(match["nth"][1]) - 1) if match["nth"][0] == "O" else inner.start
        return frame.until_now(Found(first, first + timedelta(2 * calendars.MOON_SLACK), "days", "day_of_feast"))
    if match["nth"] in ("last", "past", "final"):
        end = _unclipped(match["rest"], frame, inner).end
        return (
            Found(end - timedelta(days - 1), end, "days" if days > 1 else "day", "last_days_of")
            if end and days
            else None
        )
    start = inner.start + timedelta(days * (int(match["nth"][1]) - 1))
    return Found(start, start + timedelta(days - 1), "days" if days > 1 else "day", "part_of_period") if days else None


def _half_of(match: Match, frame: Frame) -> Found | None:
    inner = read_form(match["rest"].removeprefix("the "), frame)
    if inner is None or not inner.closed:
        return None
    whole = _unclipped(match["rest"], frame, inner)
    assert whole.start is not None
    assert whole.end is not None
    if inner.precision == "year":
        middle = shift(whole.start, ((whole.end - whole.start).days // 365 or 1) * 6, "month")
    else:
        middle = whole.start + ((whole.end - whole.start) + timedelta(1)) // 2
    first = (whole.start, middle - timedelta(1))
    size = _FINER.get(inner.precision, "days")
    return Found(*(first if match["nth"] == "O1" else (middle, whole.end)), size, "half_of_period")


def _overnight(match: Match, frame: Frame) -> Found:
    """ "overnight on Friday" ends on Saturday, "overnight into Friday" begins on Thursday."""
    found = read_form(match["rest"], frame)
    if found is None or found.start is None or found.end is None or found.precision != "day":
        return Found(None, None, "unknown", "overnight")
    if match["to"] in ("to", "into"):
        return replace(found, start=found.start - timedelta(1), precision="days", rule="overnight")
    return frame.until_now(replace(found, end=found.end + timedelta(1), precision="days", rule="overnight"))


def _weekday_of(match: Match, frame: Frame) -> Found | None:
    """ "the third Sunday of October", "the last Friday of Ramadan"."""
    inner = read_form(match["rest"].removeprefix("the "), frame)
    if inner is None or inner.start is None:
        return None
    whole = _unclipped(match["rest"], frame, inner)
    if match["nth"][0] == "O":
        gap = (int(match["weekday"]) - inner.start.weekday()) % 7
        day = inner.start + timedelta(gap + 7 * (int(match["nth"][1]) - 1))
    elif whole.end is None:
        return None
    else:
        day = whole.end - timedelta((whole.end.weekday() - int(match["weekday"])) % 7)
    return Found(day, day, "day", "weekday_of_period", inner.anchored)


def _week_at(match: Match, frame: Frame) -> Found | None:
    """ "the week of 4 November", "the week to Sunday", "the week beginning on 4 November"."""
    inner = read_form(match["rest"].removeprefix("the "), frame)
    if inner is None or inner.start is None or inner.precision != "day":
        return None
    how = match["how"]
    if how in ("to", "ending", "ended", "until", "before"):
        start, end = inner.start - timedelta(6), inner.start
    elif how in ("from", "beginning", "starting", "after"):
        start, end = calendars.span_of(inner.start, 7)
    else:
        start, end = calendars.week(inner.start)
    return frame.until_now(Found(start, end, "week", "week_at", inner.anchored))


def _eve(match: Match, frame: Frame) -> Found | None:
    """The day before a named one; that of a moon feast is as uncertain as the feast's first day."""
    inner = read_form(match["rest"].removeprefix("the "), frame)
    if inner is None or inner.start is None or not inner.closed:
        return None
    first = inner.start - timedelta(1)
    if inner.precision == "day":
        return Found(first, first, "day", "eve", inner.anchored)
    return Found(first, first + timedelta(2 * calendars.MOON_SLACK), "days", "eve") if "named" in inner.rule else None


def _weekend_at(match: Match, frame: Frame) -> Found | None:
    """ "the Easter weekend", "the weekend of 5 May": Saturday and Sunday at that day."""
    inner = read_form(match["rest"].removeprefix("the "), frame)
    if inner is None or inner.start is None or inner.precision != "day":
        return None
    saturday = inner.start - timedelta((inner.start.weekday() + 2) % 7)
    if inner.start.weekday() in (3, 4):
        saturday += timedelta(7)
    return Found(saturday, saturday + timedelta(1), "days", "weekend_at", inner.anchored)


def _from_date(match: Match, frame: Frame) -> Found | None:
    """ "two days after 3 March": counted from the date named with it."""
    inner = read_form(match["rest"].removeprefix("on ").removeprefix("the "), frame)
    if inner is None or not inner.closed:
        return None
    found = date_relative.offset_form(match, replace(frame, anchor=(inner.start, inner.end)))
    return found and replace(found, anchored=False)


_UNIT = "U(?P<unit>minute|hour|day|weekend|week|fortnight|month|quarter|year|decade|century)"
_UNITS = f"{_UNIT}(?P<plural>s)?"
_COUNT = r"(?P<count>a|an|few|\d{1,4})"
_YEAR4 = r"(?: (?:of |in )?(?P<year>[12]\d{3}))?"
_OF_YEAR = r"(?: of)?(?:(?: the)? (?P<which>last|this|next|previous) Uyear| (?P<year>\d{4}))?"
_WEEKDAY = r"(?:W(?P<weekday>\d) (?:the )?)?"
_AFTER = r"(?: W(?P<after>\d))?"
_WHICH = "(?P<which>last|past|previous|preceding|this|current|next|coming|following|same|that|the)"
_SOME = "(?P<which>last|past|previous|recent|next|coming)"
_MORE = r"(?:(?P<more>(?:well )?(?:more than|over)|less than|under) )?"

FORMS: list[tuple[re.Pattern[str], Form]] = [
    (re.compile(pattern), form)
    for pattern, form in (
        (
            rf"{_WEEKDAY}(?P<day>\d{{1,2}})o? (?:of )?M(?P<month>\d+)"
            rf"(?: (?:of |in )?(?P<year>\d{{4}}|\d{{2}}))?{_AFTER}",
            date_absolute.dated_form,
        ),
        (
            rf"{_WEEKDAY}M(?P<month>\d+) (?:the )?(?P<day>\d{{1,2}})o?(?: (?:of |in )?(?P<year>\d{{4}}))?{_AFTER}",
            date_absolute.dated_form,
        ),
        (r"(?:W\d )?D(\d{4}-\d\d-\d\d)", date_absolute.iso_form),
        (r"(?:W(?P<weekday>\d) )?A(?P<first>\d+)/(?P<second>\d+)/(?P<year>\d+)", date_absolute.two_readings_form),
        (r"(?:W\d )?S(\d+)/(\d+)", date_absolute.slashed_form),
        (
            rf"(?:(?P<which>last|past|previous|this|next|coming|following)(?: past)? )?M(?P<month>\d+){_YEAR4}",
            date_absolute.month_form,
        ),
        (
            r"(?:(?P<day>\d{1,2})o? )?M(?P<month>\d+)(?: (?P<after>\d{1,2})o?)? (?:of |in )?(?:the )?"
            r"(?P<which>last|past|previous|this|next|coming|following|same) Uyear",
            date_relative.month_of_year_form,
        ),
        (
            r"(?P<day>\d{1,2})o? (?:of |in )?(?:the )?(?:(?P<which>last|past|previous|this|next|coming|same) )?Umonth",
            date_relative.day_of_that_month_form,
        ),
        (r"(?:year )?(\d{4})", date_absolute.year_form),
        (r"(\d{4})s", date_absolute.decade_form),
        (r"(\d{1,2})o Ucentury", date_absolute.century_form),
        (r"W\d (?:the )?(\d{1,2})o", date_absolute.day_of_month_form),
        (r"(\d{1,2})o", date_absolute.day_of_month_form),
        (rf"(?:(?P<which>last|past|this|next|coming|following) )?Z(?P<season>\d+){_YEAR4}", date_absolute.season_form),
        (rf"O(?P<number>[1-4]) Uquarter{_OF_YEAR}", date_absolute.quarter_form),
        (rf"q (?P<number>[1-4]){_OF_YEAR}", date_absolute.quarter_form),
        (rf"(?:(?P<which>this|last|next|coming) )?H(?P<name>[a-z]+){_YEAR4}", date_absolute.feast_form),
        (rf"(?:(?P<day>\d{{1,2}})o? (?:of )?)?I(?P<month>\d+){_YEAR4}", date_absolute.islamic_form),
        (rf"(?:(?P<day>\d{{1,2}})o? (?:of )?)?J(?P<month>\d+){_YEAR4}", date_absolute.solar_form),
        (r"(today|now|yesterday|tomorrow|overnight|lastnight)", date_relative.named_day_form),
        (r"(today|now|yesterday|tomorrow) W\d", date_relative.named_day_form),
        (r"W\d (today|yesterday|tomorrow)", date_relative.named_day_form),
        (
            r"(?:(?P<which>last|past|previous|this|next|coming|following|same|that)(?: past)? )?W(?P<weekday>\d)",
            date_relative.weekday_form,
        ),
        (
            r"W(?P<weekday>\d) (?:of )?(?P<which>last|previous|past|this|the|next|following) Uweek",
            date_relative.weekday_in_week_form,
        ),
        (
            r"(?P<which>last|previous|past|this|next|following) Uweek(?: on)? W(?P<weekday>\d)",
            date_relative.weekday_in_week_form,
        ),
        (rf"{_WHICH} {_UNIT}", date_relative.unit_form),
        (r"Uweekend", date_relative.weekend_form),
        (rf"(?:following|subsequent|ensuing|next|coming) (?:{_COUNT} )?{_UNITS}", date_relative.following_form),
        (rf"(?:{_COUNT} )?{_UNITS} (?:that followed|which followed|following|to follow)", date_relative.following_form),
        (
            rf"for (?:(?:about|around|nearly|almost|some|roughly|past|last|more than|over|at least) )*{_COUNT} {_UNITS}"
            r"(?: now)?",
            date_relative.until_now_form,
        ),
        (rf"{_SOME} (?:{_COUNT} (?:- )?(?:or so |plus |odd )?)?{_UNITS}", date_relative.recent_form),
        (rf"(?:the )?{_COUNT} (?P<which>past|last|recent|next|coming) {_UNITS}", date_relative.recent_form),
        (rf"{_MORE}(?:{_COUNT} )?{_UNITS}(?P<or> or 2)? ago", date_relative.ago_form),
        (rf"(?:the )?{_COUNT} (?:or (?P<or>\d) ){_UNITS} ago(?P<more>)", date_relative.ago_form),
        (
            rf"(?P<word>in|within) (?:about |around |roughly |nearly )?(?:{_COUNT} )?{_UNITS}(?P<time> time)?",
            date_relative.ahead_form,
        ),
        (
            rf"{_MORE}(?:{_COUNT} )?{_UNITS} (?P<way>earlier|before|previously|prior|later|after|afterwards?|on)",
            date_relative.offset_form,
        ),
        (rf"{_MORE}(?:{_COUNT} )?{_UNITS} (?P<way>before|after|since|prior|from)(?: to)? (?P<rest>.+)", _from_date),
        (r"(?:that |the )?(?:then|time)", date_relative.same_form),
        (
            r"(?P<recent>(?:more )?recently|lately|late)|(?P<soon>soon|future|foreseeable future|near future)"
            r"|(?:earlier|previously|formerly|once|already|past|long ago|before|at 1 time|later)",
            date_relative.vague_form,
        ),
        (r"overnight (?:(?P<to>on|to|into) )?(?:the )?(?P<rest>W\d|M\d+ \d+o?|\d+o? M\d+)", _overnight),
        (r"Uweekend (?:of|around|on) (?P<rest>.+)", _weekend_at),
        (
            r"(?P<word>early|mid|late|earlier|later|beginning|start|onset|opening|middle|midst|end|close|turn)"
            r"(?: (?:part|days|weeks|months|half))?(?: (?:of|in|on|the|-))* (?P<rest>.+)",
            _part,
        ),
        (
            r"(?P<nth>O\d|last|past|final)(?: (?P<count>\d{1,2}))? U(?P<unit>day|week)(?P<plural>s)?"
            r" (?:of|in) (?P<rest>.+)",
            _week_of,
        ),
        (r"(?P<nth>O\d|last|past) half of (?P<rest>.+)", _half_of),
        (r"(?P<nth>O\d|last|past|final) W(?P<weekday>\d) (?:of|in) (?P<rest>.+)", _weekday_of),
        (
            r"Uweek (?P<how>of|to|ending|ended|until|before|from|beginning|starting|after)(?: on)? (?P<rest>.+)",
            _week_at,
        ),
        (r"eve of (?P<rest>.+)", _eve),
        (r"(?P<rest>.+) Uweekend", _weekend_at),
    )
]
"""Forms in the order in which they are tried; the more particular come first."""
