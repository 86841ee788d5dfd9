"""What is known of a document besides its text: each fact with where it was found, None where nothing says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracewire.clean.credits import is_agency
from tracewire.clean.dates import date_of_line, given_interval
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
    person_in,
)
from tracewire.clean.phrases import normal
from tracewire.clean.published import day_of_text, published_of
from tracewire.clean.units import Mark
from tracewire.errors import DocumentError
from tracewire.model import Published, RawPage

__all__ = ["Description", "describe"]

LANGUAGE_LETTERS = 40
"""Fewer letters tell a language badly: langid is right on 97 of 100 lines of 40 letters, 85 of 20."""

DATE_WORDS = 8
"""A date line beside a name is short."""

NAME_BELOW = 6
"""Lines under a headline among which its author's name stands; further down names are those of people in the text."""

PERSON_ABOVE, PERSON_BELOW = 8, 25
"""Blocks around the headline where an element that names an author speaks of this report's; a header image, a date and
buttons stand between. Further away it is believed where the page names no other."""

_READING = re.compile(r"\b\d{1,2}[- ]min(?:ute)?s?(?: read)?\b", re.I)
_NOT_LIABLE = re.compile(
    r"\b(?:The )?(?P<name>[A-Z][\w&'’-]+(?: (?:[A-Z][\w&'’-]+|of|for|on|the|and|in)){0,6} [A-Z][\w&'’-]+)"
    r" (?:(?:will|shall|can|is|are)(?: not|not) (?:be )?(?:held )?|(?:accepts?|takes?|assumes?|bears?) no )"
    r"(?:responsib|liab)"
)
_NO_SITES = frozenset({"This", "Our", "Neither", "Any", "No", "All", "Individual", "Content", "Authors", "Author"})
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


def describe(
    page: RawPage, work: Labelled, marks: Sequence[Mark], text: str, found: Page | None, raw: str
) -> Description:
    """Collect the metadata of a page; what is given wins. `text` is the reading text, `found` None for plain text.

    Raises DocumentError where the given publication date is no date.
    """
    given, head = page.given, read_head(found) if found is not None else Head()
    outlet, basis = (given.outlet, "given") if given.outlet else head.outlet or _stated_outlet(work, marks)
    return Description(
        language=given.language or head.language or _language(text),
        outlet=outlet,
        outlet_basis=basis,
        author=given.author or _author(work, marks, head, found),
        published=_published(page, work, marks, head, found, raw),
        url=given.url or head.url,
    )


def _published(
    page: RawPage, work: Labelled, marks: Sequence[Mark], head: Head, found: Page | None, raw: str
) -> Published | None:
    if page.given.published:
        try:
            start, end = given_interval(page.given.published)
        except ValueError as error:
            raise DocumentError(
                page.name, "clean", f"the given publication date {page.given.published!r} is no ISO date"
            ) from error
        return Published(start, end, "given", True)
    if found is None:
        return day_of_text(work.units, marks)
    return published_of(work.units, marks, work.title, found, head, raw)


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
    return _disclaiming(work, marks)


def _disclaiming(work: Labelled, marks: Sequence[Mark]) -> tuple[str | None, str | None]:
    """The site that a notice says is not responsible for the text."""
    for unit, mark in zip(work.units, marks, strict=True):
        found = _NOT_LIABLE.search(normal(unit.text)) if mark.label == "disclaimer" else None
        if found and found["name"].split()[0] not in _NO_SITES:
            return found["name"], "notice of liability"
    return None, None


def _author(work: Labelled, marks: Sequence[Mark], head: Head, found: Page | None) -> str | None:
    """Whom the head names, unless that is the outlet and an element names a person; then elements, then lines."""
    element = _named_by_element(work, found) if found is not None else None
    outlet = head.outlet[0].casefold() if head.outlet else None
    if head.author and (element is None or head.author.casefold() != outlet):
        return head.author
    return element or _author_of_lines(work, marks)


def _named_by_element(work: Labelled, found: Page) -> str | None:
    """The author in an element of the page: the first after the headline, else the last before it, near both."""
    title = work.units[work.title].group if work.title is not None else 0
    named = [(index, name) for index, text in found.people if (name := person_in(text))]
    after = [name for index, name in named if title <= index <= title + PERSON_BELOW]
    before = [name for index, name in named if title - PERSON_ABOVE <= index < title]
    everywhere = list(dict.fromkeys(name for _, name in named))
    alone = everywhere if len(everywhere) == 1 else []
    return next(iter([*after, *reversed(before), *alone]), None)


def _author_of_lines(work: Labelled, marks: Sequence[Mark]) -> str | None:
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
    return len(line.split()) <= DATE_WORDS and (date_of_line(line) is not None or bool(_READING.search(line)))


def _language(text: str) -> str | None:
    """The language of a text by its letters, None where there are too few."""
    sample = text[:20_000]
    if sum(map(str.isalpha, sample)) < LANGUAGE_LETTERS:
        return None
    import py3langid

    return str(py3langid.classify(sample)[0])
