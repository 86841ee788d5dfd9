"""When a page was published: its own word first, then what stands by its headline; a bound or nothing where neither is.

Each source may abstain: a date that belongs to another article, to an update or to an event is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, takewhile

from tracewire.clean.dates import date_of_line, dateline, is_update, iso_day
from tracewire.clean.head import Head
from tracewire.clean.html import Page
from tracewire.clean.units import Mark, Unit
from tracewire.model import READABLE, Published

__all__ = ["day_of_text", "published_of"]

LINES_ABOVE, LINES_BELOW, DATE_LINE_WORDS, DATE_WORDS_IN_TEXT = 6, 10, 25, 8
"""Where a page's own date stands: of 54 pages with one there, 46 were right and 2 wrong (wcxb-dev, pages without a date
in their head); htmldate's search of the same pages was right on 48 and wrong or invented on 45, and is not used."""

LISTED, LISTED_WITHIN, LISTED_NEXT = 2, 30, 6
"""So many more days in date lines of the text after the first make a list of events or a log, whose days are not its
publication; a report with its update and a related headline has one more at most. Right after the first, lines outside
the text count too."""

TIME_NEAR = 15
"""Blocks around the headline in which a time element without microdata is the page's own."""

NO_PRESS_YET = "1600"

FIRST_CHARS = 400
"""Longest note on where and when a text was first published."""

_ABOUT = frozenset({"byline", "credit", "nav", "social"})
_CHANGED = re.compile(r"updated|modified|revised|changed", re.I)
_FIRST = re.compile(r"publish|posted|entry-date|pubdate|created", re.I)
_LABEL = re.compile(
    r"(?:(?:(?:first |originally )?published|posted)(?: on)?|publi(?:sh|cation) date|date (?:of publication|published))"
    r"\s*:?", re.I
)  # fmt: skip
_FIRST_LINE = re.compile(
    r"\bthis (?:article|story|report|post|piece|page|interview|dispatch)\b.{0,20}\b(?:first|originally) "
    r"(?:published|posted)\b(.{4,40})", re.I
)  # fmt: skip
_DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=/|-|$)")
_STATE = re.compile(
    r"(?:\b|_)(?:date_?published|published_?(?:at|on|date|time)?|publi(?:sh|cation)_?date|first_?published(?:_?at|_?date)?)"
    r"(?:\\{0,4}\"|&quot;|&#34;|')?\s*:\s*(?:\\{0,4}\"|&quot;|&#34;|')((?:19|20)\d\d-\d\d-\d\d)(?=[T \"\\&'])", re.I
)  # fmt: skip
"""A publication day in the data that a page keeps for its scripts, in scripts and in attributes."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """A labelled page with what its head says."""

    units: Sequence[Unit]
    marks: Sequence[Mark]
    title: int | None
    page: Page
    head: Head

    def around(self, before: int, after: int) -> range:
        """The units around the headline; around the beginning of the text where no heading is the headline."""
        at = self.title
        if at is None or self.marks[at].rule == "title element of the page":
            main = (i for i, mark in enumerate(self.marks) if mark.label == "body")
            at = next(main, at)
        return range(0) if at is None else range(max(0, at - before), min(at + after, len(self.units)))


def published_of(units: Sequence[Unit], marks: Sequence[Mark], title: int | None, page: Page, head: Head, raw: str
                 ) -> Published | None:  # fmt: skip
    """The publication day of a page with its basis; an interval open before where only a change is dated."""
    scene = _Scene(units, marks, title, page, head)
    found = _told(_from_head(scene)) or _first_published(scene) or _near_title(scene) or _told(_from_times(scene))
    found = found or _from_address(head) or _from_dateline(units, marks) or _from_state(raw)
    if found:
        return Published(found[0], found[0], found[1], False)
    return _not_after(scene)


def _told(found: tuple[str, str] | None) -> tuple[str, str] | None:
    """Nothing where a machine left its zero ("0001-01-01", "1970-01-01")."""
    return None if found and (found[0] < NO_PRESS_YET or found[0] == "1970-01-01") else found


def day_of_text(units: Sequence[Unit], marks: Sequence[Mark]) -> Published | None:
    """The day of a plain text: a date line, else a dateline with a year at the beginning of the text."""
    updated = None
    for unit, mark in zip(units, marks, strict=True):
        if mark.label != "byline" or (dated := date_of_line(unit.text)) is None:
            continue
        if not dated[1]:
            return Published(dated[0], dated[0], "date line", False)
        updated = updated or dated[0]
    if found := _from_dateline(units, marks):
        return Published(found[0], found[0], found[1], False)
    return Published(None, updated, "line that tells of an update", False) if updated else None


# ---------------------------------------------------------------- sources, best first


def _from_head(scene: _Scene) -> tuple[str, str] | None:
    """What JSON-LD or meta tags say, as the day where the page was published: a stamp in UTC is hours off there."""
    said = scene.head.published
    if said is None or (moment := _utc_moment(scene.head.stamp)) is None:
        return said
    for _, attributes in scene.page.times:
        local = _moment(attributes.get("datetime", ""))
        if local is not None and local == moment and local.utcoffset():
            return local.date().isoformat(), f"{said[1]}, as the local day of the time element"
    day = _day_in_address(scene.head.url)
    if day and day != said[0] and abs(date.fromisoformat(day) - moment.date()) <= timedelta(days=1):
        return day, f"{said[1]}, as the local day in the address"
    return said


def _moment(stamp: str) -> datetime | None:
    """A date with a time and its offset from UTC; None for any other text."""
    try:
        moment = datetime.fromisoformat(stamp.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _utc_moment(stamp: str | None) -> datetime | None:
    moment = _moment(stamp or "")
    return moment if moment is not None and not moment.utcoffset() else None


def _first_published(scene: _Scene) -> tuple[str, str] | None:
    """What a line says of the first publication of this text ("This report was first published on 3 May 2019")."""
    lines = (found for unit in scene.units if len(unit.text) <= FIRST_CHARS if (found := _FIRST_LINE.search(unit.text)))
    dated = (date_of_line(found[1]) for found in lines)
    day = next((day for day, update in filter(None, dated) if not update), None)
    return (day, "line that tells of the first publication") if day else None


def _near_title(scene: _Scene) -> tuple[str, str] | None:
    """The first date line around the headline; further away dates are those of other articles."""
    for index in scene.around(LINES_ABOVE, LINES_BELOW):
        dated = _date_line(scene, index)
        if dated and not dated[1]:
            return None if _is_list(scene, index, dated[0]) else (dated[0], "date line near the headline")
    return None


def _date_line(scene: _Scene, index: int) -> tuple[str, bool] | None:
    """The day of a short line and whether it tells of an update, which the line before may say alone."""
    text = scene.units[index].text
    most = DATE_LINE_WORDS if scene.marks[index].label in _ABOUT else DATE_WORDS_IN_TEXT
    dated = date_of_line(text) if len(text.split()) <= most else None
    if dated and not dated[1] and index and is_update(before := scene.units[index - 1].text):
        return dated[0], len(before.split()) <= 4 and date_of_line(before) is None
    return dated


def _is_list(scene: _Scene, index: int, day: str) -> bool:
    """Whether more days stand in lines of the text after a date line, as in lists of events and logs."""
    days = {day}
    for later in range(index + 1, min(index + LISTED_WITHIN, len(scene.units))):
        main = scene.units[later].hint.main and scene.marks[later].rule == "date line"
        if (main or later <= index + LISTED_NEXT) and (found := _date_line(scene, later)):
            days.add(found[0])
    return len(days) > LISTED


def _from_times(scene: _Scene) -> tuple[str, str] | None:
    """A time element that says it is the publication, else one by the headline that tells of no update."""
    groups = [scene.units[i].group for i in scene.around(TIME_NEAR, TIME_NEAR)]
    near = range(groups[0], groups[-1] + 1) if groups else range(0)
    by_group = {unit.group: i for i, unit in enumerate(scene.units)}
    other, every = None, set()
    for group, attributes in scene.page.times:
        day = iso_day(attributes.get("datetime", ""))
        said = f"{attributes.get('itemprop', '')} {attributes.get('class', '')}"
        index = by_group.get(group)
        if day and index is not None and _is_announced(scene, index):
            return day, "time element after a line that says published"
        if day is None or (_CHANGED.search(said) and not _FIRST.search(said)):
            continue
        if "datepublished" in said.lower() or "pubdate" in attributes:
            return day, "time element of the publication"
        if index is None or _tells_update(scene, index):
            continue
        every.add(day)
        if group in near:
            other = other or day
    if other is None and len(every) == 1:
        return every.pop(), "the one day of the page's time elements"
    return (other, "time element near the headline") if other else None


def _is_announced(scene: _Scene, index: int) -> bool:
    """Whether a label of the publication date stands before a time element, and nowhere else: cards of other articles
    repeat theirs."""
    texts = [unit.text for unit in scene.units]
    labels = takewhile(_LABEL.fullmatch, (texts[i] for i in range(index - 1, max(-1, index - 3), -1)))
    return any(texts.count(label) == 1 for label in labels)


def _tells_update(scene: _Scene, index: int) -> bool:
    dated = _date_line(scene, index)
    return dated[1] if dated else is_update(scene.units[index].text) or scene.marks[index].label == "related"


def _from_address(head: Head) -> tuple[str, str] | None:
    day = _day_in_address(head.url)
    return (day, "date in the address") if day else None


def _day_in_address(url: str | None) -> str | None:
    found = _DAY_IN_ADDRESS.search(url or "")
    return iso_day(f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}") if found else None


def _from_dateline(units: Sequence[Unit], marks: Sequence[Mark]) -> tuple[str, str] | None:
    text = (unit.text for unit, mark in zip(units, marks, strict=True) if mark.label in READABLE)
    day = next(filter(None, map(dateline, islice(text, 3))), None)
    return (day, "dateline") if day else None


def _from_state(raw: str) -> tuple[str, str] | None:
    """The one publication day in the data of a page's scripts; several are those of several articles."""
    days = {day for found in _STATE.finditer(raw) if (day := iso_day(found[1]))}
    return (days.pop(), "publication date in the data of the page's scripts") if len(days) == 1 else None


def _not_after(scene: _Scene) -> Published | None:
    """Where a page only says when it was changed: an interval that is open before that day."""
    if scene.head.modified is not None:
        return Published(None, scene.head.modified[0], f"not after its {scene.head.modified[1]}", False)
    for day in _updates(scene):
        return Published(None, day, "line that tells of an update", False)
    return None


def _updates(scene: _Scene) -> Iterator[str]:
    for index in scene.around(LINES_ABOVE, LINES_BELOW):
        dated = _date_line(scene, index)
        if dated and dated[1]:
            yield dated[0]
