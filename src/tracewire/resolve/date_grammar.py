"""The grammar of time phrases: bounds ("since", "until"), ranges and lists, and, through `date_forms`, single dates."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from tracewire.lang import load_words
from tracewire.resolve.calendars import shift
from tracewire.resolve.date_forms import read_form
from tracewire.resolve.date_frame import Found, Frame, Precision
from tracewire.resolve.date_words import DAY_PART

__all__ = ["read"]

LONGEST_RESCUE = 16
"""Windows of a phrase are tried one by one for a date in it; longer phrases are not, for time's sake."""

_BOUND = re.compile(
    r"(since|ever since|from|beginning|starting|effective|until|till|up until|up to|through|by|before|ahead of|prior to"
    r"|after|following(?! W\d$| U)|not later than|no later than) (.+)"
)
_LOWER = {"since", "ever since", "from", "beginning", "starting", "effective"}
_UPPER = {"until", "till", "up until", "up to", "through", "by", "not later than", "no later than"}
_BEFORE = {"before", "ahead of", "prior to"}
_AHEAD = re.compile(
    r"(?:(?:about|around|roughly|nearly|less than|under|more than|over|just|only) )*(?:(?:a|an|few|\d+) )?U.*"
)
_LINK = re.compile(r" (?:and|to|-|or|until|till|through|into) ")
_YEAR = re.compile(r"(?:^| )((?:1[0-9]|20|21)\d\d)(?= |$)")
_MONTH = re.compile(r"(?:^| )([MIJ]\d+)(?= |$)")
_BARE_DAY = re.compile(r"(\d{1,2})o?(?: (\d{4}))?")
_TO_EVENT = re.compile(r"(?:.* )?(?:since|after|before|until|following|prior|eve|later|earlier|when|as|the)(?: .*)?")
_DURATION = re.compile(
    r"(?:for |in |within |under |after |another |an |a |more than |less than |over |about |nearly |almost |least "
    r"|at |next |only |few |half |straight |consecutive |full |whole |long |and |[\d.]+o? |- )*(?:of )?U\w+(?: .*)?"
)
_REPEATED = re.compile(
    r"^(?:(?:almost|nearly|twice|once|several times|\d+ times|every|each|daily|nightly|weekly|hourly|on) )*"
    r"(?:(?:every|each) U\w+ |daily |nightly |weekly |hourly |twice |once |several times |\d+ times )"
    r"(?=since |until |from )"
)
""" "every night since Sunday" is when it began and that it went on."""
_TAIL = re.compile(r" (?:alone|itself|only|onwards?|respectively|onward|ah|sh|ce)$")
_SIZES: list[Precision] = ["day", "days", "week", "month", "year", "unknown"]


@lru_cache(maxsize=1)
def _particles() -> frozenset[str]:
    return frozenset(load_words("en", "dates")["particles"]["words"])


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    return _particles() | _LOWER | _UPPER | _BEFORE | {"-", "between"}


def read(phrase: str, frame: Frame) -> Found:
    """The interval of a phrase in symbols (`date_words.canonical`); always an answer, at worst a bound."""
    if not phrase:
        return frame.bounded("not_understood")
    if phrase == DAY_PART or _empty().issuperset(phrase.split()):
        return _same_day(frame)
    found = _expression(phrase, frame)
    if found is None:
        found = _rescue(phrase, frame)
    return _left(phrase, frame) if found is None else found


def _same_day(frame: Frame) -> Found:
    """Only a part of the day is named: the day is that of the last date."""
    if frame.anchor is None:
        return frame.bounded("part_of_day")
    return frame.from_anchor(lambda day: (day, day), "day", "part_of_day")


def _left(phrase: str, frame: Frame) -> Found:
    if _TO_EVENT.fullmatch(phrase):
        return frame.bounded("relative_to_event")
    return frame.bounded("duration" if _DURATION.fullmatch(phrase) else "not_understood")


def _expression(phrase: str, frame: Frame) -> Found | None:
    phrase = _REPEATED.sub("", _TAIL.sub("", _strip(phrase)))
    if bound := _BOUND.fullmatch(phrase):
        found = _bounded(bound[1], bound[2], frame)
        if found is not None:
            return found
    if phrase.startswith("between "):
        return _range(phrase.removeprefix("between "), frame)
    return _single(phrase, frame) or _range(phrase, frame)


def _single(phrase: str, frame: Frame) -> Found | None:
    return read_form(_TAIL.sub("", _strip(phrase)), frame)


def _strip(phrase: str) -> str:
    words = phrase.split()
    particles = _particles()
    at = 0
    while at < len(words) - 1 and (words[at] in particles or words[at] == "-"):
        if words[at] == "the" and words[at + 1] in ("last", "past", "next"):
            words[at + 1] = {"next": "coming"}.get(words[at + 1], "past")
        if words[at] in ("in", "within", "for") and _AHEAD.fullmatch(" ".join(words[at + 1 :])):
            break
        at += 1
    return " ".join(words[at:])


def _bounded(bound: str, rest: str, frame: Frame) -> Found | None:
    if bound in _LOWER:
        found = _range(rest, frame) if bound == "from" else None
        if found is not None:
            return found
    inner = _expression(rest, frame) or _rescue(rest, frame)
    if inner is None or not (inner.start or inner.end):
        return inner
    if bound in _LOWER:
        return _since(inner, frame)
    if bound in _UPPER:
        word = "by" if bound in ("by", "not later than", "no later than") else "until"
        start = frame.first if inner.end and frame.last and inner.end > frame.last and frame.future else None
        return replace(inner, start=start, rule=f"{word}_{inner.precision}")
    if bound in _BEFORE and frame.future and inner.end and frame.first and inner.end >= frame.first:
        end = inner.end if inner.rule.startswith("late_") else inner.start - timedelta(1) if inner.start else None
        return replace(inner, start=frame.first, end=end, rule=f"before_{inner.precision}")
    if bound in _BEFORE:
        end = inner.end if inner.rule.startswith("late_") else inner.start - timedelta(1) if inner.start else None
        return replace(inner, start=None, end=end, rule=f"before_{inner.precision}")
    return _after(inner, frame)


def _since(inner: Found, frame: Frame) -> Found:
    last = None if frame.future else frame.last
    if last and inner.start and inner.start > last:
        last = None
    return replace(inner, end=last, rule=f"since_{inner.precision}")


def _after(inner: Found, frame: Frame) -> Found:
    start = inner.start if inner.precision == "day" else inner.end and inner.end + timedelta(1)
    last = None if frame.future else frame.last
    if last and start and start > last:
        last = None
    return replace(inner, start=start, end=last, rule=f"after_{inner.precision}")


def _range(phrase: str, frame: Frame) -> Found | None:
    """ "A to B", "A and B": the span that holds both, parts that one lacks taken from the other."""
    for link in _LINK.finditer(phrase):
        left, right = _inherit(phrase[: link.start()], phrase[link.end() :])
        last = _single(right, frame) or _range(right, frame)
        first = _single(left, frame) if last else None
        if first and last and first.start and last.end:
            return _hull(first, last, right)
    if years := re.fullmatch(r"(\d{4})(?: \d{4})* (\d{4})", phrase):
        return Found(date(int(years[1]), 1, 1), date(int(years[2]), 12, 31), "year", "range")
    return None


def _inherit(left: str, right: str) -> tuple[str, str]:
    left, right = _strip(left), _strip(right)
    left = re.sub(r"^(\d{4})(?: \d{4})+$", r"\1", left)
    if re.fullmatch(r"\d{2}", right) and re.fullmatch(r"(?:.* )?\d{4}", left):
        right = left[-4:-2] + right
    if (bare := _BARE_DAY.fullmatch(right)) and (month := _MONTH.search(left)):
        right = f"{month[1]} {bare[1]}" + (f" {bare[2]}" if bare[2] else "")
    if (bare := _BARE_DAY.fullmatch(left)) and (month := _MONTH.search(right)):
        left = f"{month[1]} {bare[1]}"
    if (year := _YEAR.search(right)) and not _YEAR.search(left) and _MONTH.search(left):
        left = f"{left} {year[1]}"
    return left, right


def _hull(first: Found, last: Found, right: str) -> Found | None:
    start, end = first.start, last.end
    assert start is not None
    assert end is not None
    if start > end:
        start = shift(start, -1, "week") if right.startswith("W") else shift(start, -1, "year")
    if start > end:
        return None
    size = max(first.precision, last.precision, key=_SIZES.index)
    if size == "day" and start != end:
        size = "days"
    return Found(start, end, size, "range", first.anchored or last.anchored)


def _rescue(phrase: str, frame: Frame) -> Found | None:
    """A date inside words that the grammar does not know: the longest stretch that is one."""
    words = phrase.split()
    if len(words) > LONGEST_RESCUE:
        return None
    for length in range(len(words) - 1, 0, -1):
        for at in range(len(words) - length + 1):
            window = " ".join(words[at : at + length])
            if not re.search(
                r"[MWDAZIJ]\d|H[a-z]|\d{4}|today|yesterday|tomorrow|now| ago|(?:last|this|coming|next|past|recent) U",
                window,
            ):
                continue
            if at and re.match(r"\d{1,2}$", words[at - 1]) and window[0] == "U":
                continue
            if (found := _expression(window, frame)) is not None and (found.start or found.end):
                return found
    return None
