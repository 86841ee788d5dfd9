"""One raw page to one document."""

from __future__ import annotations

from tracewire.clean.credits import find_credits, span_of
from tracewire.clean.decode import decode
from tracewire.clean.html import Page, read_html
from tracewire.clean.labelled import OUTSIDE
from tracewire.clean.maintext import main_units
from tracewire.clean.metadata import describe
from tracewire.clean.pagetitle import mark_title
from tracewire.clean.repair import mend
from tracewire.clean.select import FAST, VOTERS
from tracewire.clean.standing import error_mark, language_warning, warnings_of
from tracewire.clean.structure import NEAR, label_units
from tracewire.clean.tails import split_tails
from tracewire.clean.text import split_text
from tracewire.clean.units import Hint, Mark, Unit, lay_out
from tracewire.config import Cleaning
from tracewire.model import Document, RawPage, document_id

__all__ = ["clean_page"]

HURRIED_NEAR = 12
"""Blocks around the text that the fast path labels one by one: bylines and dates stand within ten of the headline."""

_MARKUP = Mark("nav", "markup")


def clean_page(page: RawPage, how: Cleaning = "best") -> Document:
    """The document of a raw page: decoded, labelled, described. Raises DocumentError where that cannot be done."""
    raw, encoding = decode(page.data, page.media_type, _content_type(page))
    hurried = how == "fast"
    found = read_html(raw, hurried) if "html" in page.media_type else None
    whole = (
        split_text(raw, page.media_type)
        if found is None
        else _html_units(found, raw, page.given.title, FAST if hurried else VOTERS)
    )
    mended = [mend(unit) for unit in split_tails(whole)]
    units, places = [unit for unit, _ in mended], sum(count for _, count in mended)
    work = label_units(units, page.given.title, HURRIED_NEAR if hurried else NEAR)
    error = error_mark(page)
    marks = work.done() if error is None else [error] * len(units)
    segments, reading = lay_out(units, marks, len(raw), None if found is None else _MARKUP)
    known = describe(page, work, marks, reading.text, found, raw)
    return Document(
        id=document_id(page.name, page.sha256),
        name=page.name,
        sha256=page.sha256,
        raw=raw,
        media_type=page.media_type,
        encoding=encoding,
        segments=segments,
        reading=reading,
        title=None if work.title is None else span_of(units[work.title], raw),
        language=known.language,
        outlet=known.outlet,
        outlet_basis=known.outlet_basis,
        author=known.author,
        published=known.published,
        url=known.url or (page.exchange.final if page.exchange else None),
        retrieved=page.retrieved or None,
        credits=find_credits(units, marks, raw),
        warnings=warnings_of(page, found, reading.text, places) + language_warning(known.language),
    )


def _content_type(page: RawPage) -> str:
    return (page.exchange.header("content-type") or "") if page.exchange else ""


def _html_units(page: Page, raw: str, title: str | None, voters: tuple[str, ...]) -> list[Unit]:
    """The blocks of a page with what its markup and extractors say of each."""
    main = main_units(page, raw, voters)
    inside = range(main.index(True), len(main) - main[::-1].index(True)) if True in main else range(0)
    units = []
    for index, (unit, region) in enumerate(zip(page.units, page.regions, strict=True)):
        mark, is_main = region.mark, main[index]
        if mark is not None and not region.certain and (is_main or (mark.label == "nav" and region.name != "title")):
            mark = None
        if mark is not None and not is_main and region.certain:
            # extractors leave captions and posts out; they belong to the text where they stand within it
            keep = index in inside and mark.label != "quote" and page.linked[index] < 0.5
            mark = mark if keep else OUTSIDE
        units.append(Unit(unit.text, unit.pieces, unit.group, Hint(mark, is_main, unit.hint.heading)))
    return mark_title(units, page, title)
