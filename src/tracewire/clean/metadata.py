"""What is known of a document besides its text: each fact with where it was found, None where nothing says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tracewire.clean.credits import is_agency
from tracewire.clean.dates import date_of_line, dateline, given_interval, iso_day
from tracewire.clean.head import Head, read_head
from tracewire.clean.html import Page
from tracewire.clean.labelled import Labelled
from tracewire.clean.names import (
    author_in,
    author_name,
    author_of,
    is_name,
    is_outlet_name,
    name_beside_date,
    name_part,
)
from tracewire.clean.phrases import normal
from tracewire.clean.units import Mark, Unit
from tracewire.errors import DocumentError
from tracewire.model import READABLE, Published, RawPage

__all__ = ["Description", "describe"]

LANGUAGE_LETTERS = 40
"""Fewer letters tell a language badly: langid is right on 97 of 100 lines of 40 letters, 85 of 20."""

LINES_ABOVE, LINES_BELOW, DATE_LINE_WORDS, DATE_WORDS_IN_TEXT = 6, 10, 25, 8
"""Where a page's own date stands: of 54 pages with one there, 46 were right and 2 wrong (wcxb-dev, pages without a date
in their head); htmldate's search of the same pages was right on 48 and wrong or invented on 45, and is not used."""

NAME_BELOW = 6
"""Lines under a headline among which its author's name stands; further down names are those of people in the text."""

_READING = re.compile(r"\b\d{1,2}[- ]min(?:ute)?s?(?: read)?\b", re.I)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s*[-–]\s*(?:\d{2,4}|present))?)?,?\s*(?:by )?"
    r"(?P<name>(?:The )?[A-Z][\w'.&-]*(?: (?:of|and|the|for|&|[A-Z][\w'.&-]*)){0,5})", re.I
)  # fmt: skip
_ABOUT = frozenset({"byline", "credit", "nav", "social"})
_BY_ALONE = re.compile(r"(?:(?:written|posted|published|words|reported) )?by\s*:?|authors?\s*:?", re.I)
_WRITING = re.compile(r"\b(?:[Ww]riting|[Rr]eporting) by ((?:[A-Z][\w'.-]+ ?){2,4})(?=[;,.)]| and | in |\Z)")


@dataclass(frozen=True, slots=True)
class Description:
    """The fields of a Document that are not its text."""

    language: str | None
    outlet: str | None
    outlet_basis: str | None
    author: str | None
    published: Published | None
    url: str | None


def describe(page: RawPage, work: Labelled, marks: Sequence[Mark], text: str, found: Page | None) -> Description:
    """Collect the metadata of a page; what is given wins. `text` is the reading text, `found` None for plain text.

    Raises DocumentError where the given publication date is no date.
    """
    given, head = page.given, read_head(found) if found is not None else Head()
    outlet, basis = (given.outlet, "given") if given.outlet else head.outlet or _stated_outlet(work, marks)
    return Description(
        language=given.language or head.language or _language(text),
        outlet=outlet,
        outlet_basis=basis,
        author=given.author or head.author or _author(work, marks),
        published=_published(page, work, marks, head if found is not None else None, found.tags if found else ()),
        url=given.url or head.url,
    )


def _published(
    page: RawPage, work: Labelled, marks: Sequence[Mark], head: Head | None, tags: Sequence[tuple[str, dict[str, str]]]
) -> Published | None:
    units, title = work.units, work.title
    if page.given.published:
        try:
            start, end = given_interval(page.given.published)
        except ValueError as error:
            raise DocumentError(
                page.name, "clean", f"the given publication date {page.given.published!r} is no ISO date"
            ) from error
        return Published(start, end, "given", True)
    if head is None:
        return _dated_text(units, marks)
    found = head.published or _near_title(units, marks, title) or _from_tags(tags) or _from_address(head)
    found = found or _from_dateline(units, marks)
    if found:
        return Published(found[0], found[0], found[1], False)
    return _not_after(head, units, title)


def _not_after(head: Head, units: Sequence[Unit], title: int | None) -> Published | None:
    """Where a page only says when it was changed: an interval that is open before that day."""
    if head.modified is not None:
        return Published(None, head.modified[0], f"not after its {head.modified[1]}", False)
    if title is None:
        return None
    for unit in units[max(0, title - LINES_ABOVE) : title + LINES_BELOW]:
        if len(unit.text.split()) <= DATE_LINE_WORDS and (found := date_of_line(unit.text)) and found[1]:
            return Published(None, found[0], "line that tells of an update", False)
    return None


def _near_title(units: Sequence[Unit], marks: Sequence[Mark], title: int | None) -> tuple[str, str] | None:
    """The first date line around the headline; further away dates are those of other articles."""
    if title is None:
        return None
    for index in range(max(0, title - LINES_ABOVE), min(title + LINES_BELOW, len(units))):
        unit = units[index]
        most = DATE_LINE_WORDS if marks[index].label in _ABOUT else DATE_WORDS_IN_TEXT
        if len(unit.text.split()) <= most and (found := date_of_line(unit.text)) and not found[1]:
            return found[0], "date line near the headline"
    return None


def _from_tags(tags: Sequence[tuple[str, dict[str, str]]]) -> tuple[str, str] | None:
    days = (iso_day(attributes.get("datetime", "")) for name, attributes in tags if name == "time")
    day = next(filter(None, days), None)
    return (day, "time element") if day else None


def _from_address(head: Head) -> tuple[str, str] | None:
    found = re.search(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=/|-|$)", head.url or "")
    day = iso_day(f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}") if found else None
    return (day, "date in the address") if day else None


def _dated_text(units: Sequence[Unit], marks: Sequence[Mark]) -> Published | None:
    """A date line, else a dateline with a year at the beginning of the text."""
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


def _from_dateline(units: Sequence[Unit], marks: Sequence[Mark]) -> tuple[str, str] | None:
    text = (unit.text for unit, mark in zip(units, marks, strict=True) if mark.label in READABLE)
    day = next(filter(None, map(dateline, islice(text, 3))), None)
    return (day, "dateline") if day else None


def _stated_outlet(work: Labelled, marks: Sequence[Mark]) -> tuple[str | None, str | None]:
    """The outlet by a name above the headline, or by the copyright line."""
    if work.masthead is not None:
        return name_part(work.text(work.masthead)), "masthead"
    for unit, mark in zip(work.units, marks, strict=True):
        found = _COPYRIGHT.match(normal(unit.text)) if mark.label == "disclaimer" else None
        if (
            found
            and not is_agency(found["name"])
            and is_outlet_name(name := re.sub(r"[ .]+(?:All.*)?\Z", "", found["name"]))
        ):
            return name, "copyright line"
    return None, None


def _author(work: Labelled, marks: Sequence[Mark]) -> str | None:
    names = (author_name(name) for name in _author_candidates(work, marks))
    return next((name for name in names if name and not is_agency(name)), None)


def _author_candidates(work: Labelled, marks: Sequence[Mark]) -> Iterator[str]:
    """Names near the headline first: in "By" lines, then in bylines; then names alone; then who wrote a wire report."""
    units = work.units
    order = sorted(range(len(units)), key=lambda i: abs(i - (work.title or 0)))
    lines = {i: normal(units[i].text) for i in order if len(units[i].text) <= 300}
    for index in order:
        line = lines.get(index, "")
        if marks[index].label == "byline" and (name := author_in(line)):
            yield name
        elif _BY_ALONE.fullmatch(line) and index + 1 < len(units) and is_name(units[index + 1].text):
            yield normal(units[index + 1].text)
    for index in order:
        if marks[index].label == "byline" and (name := name_beside_date(lines.get(index, ""))):
            yield name
    yield from _names_alone(work, marks, lines)
    for unit, mark in zip(units, marks, strict=True):
        if mark.label == "credit" and (found := _WRITING.search(unit.text)):
            yield found[1]
        elif mark.rule == "source line" and (name := author_in(normal(unit.text))):
            yield name


def _names_alone(work: Labelled, marks: Sequence[Mark], lines: dict[int, str]) -> Iterator[str]:
    """A "By" line without a label, or a name with a date line beside it, right under the headline of a page."""
    if work.title is None or not work.extracted:
        return
    under = range(work.title + 1, min(work.title + 1 + NAME_BELOW, len(work.units)))
    for index in under:
        if marks[index].label not in ("body", "quote") and (name := author_of(lines.get(index, ""))):
            yield name
    for index in under:
        near = (lines.get(i, "") for i in (index - 1, index + 1, index + 2))
        if is_name(lines.get(index, "")) and any(_tells_date(line) for line in near):
            yield lines[index]


def _tells_date(line: str) -> bool:
    return len(line.split()) <= DATE_WORDS_IN_TEXT and (date_of_line(line) is not None or bool(_READING.search(line)))


def _language(text: str) -> str | None:
    """The language of a text by its letters, None where there are too few."""
    sample = text[:20_000]
    if sum(map(str.isalpha, sample)) < LANGUAGE_LETTERS:
        return None
    import py3langid

    return str(py3langid.classify(sample)[0])
