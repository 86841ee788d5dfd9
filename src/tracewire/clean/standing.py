"""What a reader of the record must know of a text: that it is an error page, a paywall's stub, the text of a PDF."""

from __future__ import annotations

import re

from tracewire.clean.html import Page
from tracewire.clean.units import Mark
from tracewire.lang import is_english
from tracewire.model import RawPage

__all__ = ["error_mark", "language_warning", "warnings_of"]

STUB_WORDS = 400
"""A text cut by a paywall has a paragraph or three; longer ones were given whole for all that their page says."""

_PAYWALL = re.compile(
    r"\b(?:subscribe (?:now )?to (?:continue|keep|read)|(?:log|sign) ?in (?:or subscribe )?to (?:continue|read)|"
    r"(?:article|story|content|report) is (?:only )?(?:for|available to|reserved for) (?:our )?(?:subscribers|members)|"
    r"already a (?:subscriber|member)\?|to (?:continue|keep) reading,? (?:please )?(?:subscribe|register|log|sign)|"
    r"you have (?:reached|read) your (?:\w+ )?(?:limit|free articles)|become a (?:subscriber|member) to read)", re.I
)  # fmt: skip
_NOT_FREE = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?false", re.I)


def error_mark(page: RawPage) -> Mark | None:
    """The mark for all of a page that a server sent in place of the one asked for."""
    status = page.exchange.status if page.exchange else None
    return Mark("nav", f"error page (HTTP {status})") if status is not None and status >= 400 else None


def warnings_of(page: RawPage, found: Page | None, text: str, mended: int) -> tuple[str, ...]:
    """The warnings of a document; `text` is its reading text, `mended` the places where mojibake was read as meant."""
    warnings = []
    if mark := error_mark(page):
        warnings.append(f"{mark.rule}: kept, not read")
    if page.original is not None:
        warnings.append(f"text layer of a {page.original.media_type} with SHA-256 {page.original.sha256}")
    if found is not None and len(text.split()) < STUB_WORDS:
        said = any(_NOT_FREE.search(script) for script in found.scripts)
        if said or any(_PAYWALL.search(unit.text) for unit in found.units if len(unit.text) < 500):
            warnings.append("perhaps the stub of a paywall: a short text on a page that asks to subscribe")
    if not text.strip():
        warnings.append("no text was found in it")
    if mended:
        where = f"{mended} place{'' if mended == 1 else 's'}"
        warnings.append(f"mojibake in {where}: read as it was written, kept as it is")
    if lost := text.count("\ufffd"):
        warnings.append(f"{lost} character{'' if lost == 1 else 's'} of the text could not be decoded")
    return tuple(warnings)


def language_warning(language: str | None) -> tuple[str, ...]:
    """Says of a text in another language than English that it is read badly."""
    if is_english(language):
        return ()
    return (f"not in English, it seems ({language}): the shipped readers read English, so look at each sentence",)
