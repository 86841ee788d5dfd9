"""The text layer of a PDF: what it says, page by page, or the reason why nothing can be read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

__all__ = ["MEDIA_TYPE", "pdf_text"]

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 3_000
"""Pages of the longest reports (yearbooks, inquiries) are under 2,000; beyond this a file is no report."""

LEAST_LETTERS = 20
"""Fewer letters in a whole file are the stamp of a scanner, not its text."""

PARAGRAPH_GAP = 1.4
"""Between two lines of a paragraph there is up to 1.3 of the usual distance (lines with raised signs have more)."""


def pdf_text(data: bytes, limit: int) -> tuple[str, str]:
    """The text of a PDF with a blank line between paragraphs and a form feed between pages, or "" and the reason."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        return "", "a PDF locked with a password" if locked else f"a PDF that cannot be opened: {error}"
    try:
        count = len(document)
        if count > MOST_PAGES:
            return "", f"a PDF of {count:,} pages; more than {MOST_PAGES:,} are not read"
        text = _joined(document, count, limit)
    except pdfium.PdfiumError as error:
        return "", f"a PDF that cannot be read: {error}"
    finally:
        document.close()
    if sum(map(str.isalpha, text)) < LEAST_LETTERS:
        return (
            "",
            f"a PDF without a text layer ({count} page{'' if count == 1 else 's'}): its pages are pictures; run OCR",
        )
    if len(text) > limit:
        return "", f"the text of the PDF is longer than the limit of {limit:,}"
    return text, ""


def _joined(document: Any, count: int, limit: int) -> str:
    parts: list[str] = []
    size = 0
    for number in range(count):
        page = document[number]
        text_page = page.get_textpage()
        text = _page_text(text_page)
        text_page.close()
        page.close()
        parts.append(text)
        size += len(text)
        if size > limit:
            break
    return "\n\f\n".join(parts)


def _page_text(text_page: Any) -> str:
    """The lines of a page, with a blank line where the distance between two is greater than within paragraphs."""
    text = text_page.get_text_range(errors="replace")
    lines = list(_lines(text))
    tops = _tops(text_page, lines)
    gaps = sorted(a - b for a, b in pairwise(tops) if a is not None and b is not None and a > b)
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    parts: list[str] = []
    for index, (line, _) in enumerate(lines):
        if index:
            above, here = tops[index - 1], tops[index]
            apart = above is None or here is None or not 0 < above - here <= PARAGRAPH_GAP * usual
            parts.append("\n\n" if apart else "\n")
        parts.append(line)
    return "".join(parts).replace("\x02", "-").replace("\ufffe", "-").replace("\x00", "")


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Lines that hold something, each with the index of its first character."""
    at = 0
    for line in text.split("\n"):
        shown = line.rstrip("\r")
        if shown.strip():
            yield shown.strip(), at + len(shown) - len(shown.lstrip())
        at += len(line) + 1


def _tops(text_page: Any, lines: list[tuple[str, int]]) -> list[float | None]:
    """The base line of each line of text; None where the file does not say where a sign stands."""
    count = text_page.count_chars()
    return [float(text_page.get_charbox(at, loose=True)[1]) if at < count else None for _, at in lines]
