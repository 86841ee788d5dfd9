"""Which blocks of a page are its main text: an extractor chooses, and its choice is found again in our blocks."""

from __future__ import annotations

from collections.abc import Sequence

from tracewire.clean.html import Page
from tracewire.clean.shape import key
from tracewire.clean.units import Unit

__all__ = ["main_units"]

EXTRACTOR_CHARS, EXTRACTOR_BLOCKS = 3_000_000, 10_000
"""Largest page given to the extractor: it takes some 4 s for so many characters, and time that grows with the square of
the blocks (5 s for so many list items that are never closed); news pages have up to a million and 3,000."""

GRAM = 4
"""Words in a run by which a block is found again in the extractor's text: three meet by chance, five miss edits."""

COVERED = 0.6
"""Share of a block's word runs that the extractor must have kept."""

LEAST_CHARS = 100
"""An extractor's text shorter than this is no article but a cookie notice or a slogan."""


def main_units(page: Page, raw: str) -> list[bool]:
    """For each unit of the page whether it is main text, by the extractor or, where it finds none, by density."""
    small = len(raw) <= EXTRACTOR_CHARS and len(page.units) <= EXTRACTOR_BLOCKS
    text = _extracted(raw) if small else ""
    chosen = _dense(page) if len(text) < LEAST_CHARS else _found_again(page.units, text)
    return [is_main and region.name != "title" for is_main, region in zip(chosen, page.regions, strict=True)]


def _extracted(raw: str) -> str:
    from trafilatura import extract

    try:
        return extract(raw, include_comments=False, include_tables=True, deduplicate=False) or ""
    except Exception:  # a page that an outside parser breaks on is read by density
        return ""


def _found_again(units: Sequence[Unit], text: str) -> list[bool]:
    whole = frozenset(key(cell) for line in text.splitlines() for cell in (line, *line.split("|")))
    grams = frozenset(_grams(key(text).split()))
    chosen = []
    short = []
    for index, unit in enumerate(units):
        own = key(unit.text)
        tokens = own.split()
        found = _grams(tokens)
        if len(tokens) < GRAM:
            short.append(index)
            chosen.append(own in whole)
        else:
            chosen.append(own in whole or sum(g in grams for g in found) >= COVERED * len(found))
    return _only_inside(chosen, short)


def _grams(tokens: list[str]) -> list[tuple[str, ...]]:
    return [tuple(tokens[i : i + GRAM]) for i in range(len(tokens) - GRAM + 1)]


def _only_inside(chosen: list[bool], short: list[int]) -> list[bool]:
    """Lines too short to be told apart count only between longer ones that were found."""
    few = frozenset(short)
    long = [i for i, is_main in enumerate(chosen) if is_main and i not in few]
    if not long:
        return chosen
    return [is_main and (i not in few or long[0] < i < long[-1]) for i, is_main in enumerate(chosen)]


def _dense(page: Page) -> list[bool]:
    """Blocks of sentences with few links outside navigation, and the short ones between them."""
    grades = []
    for unit, region, linked in zip(page.units, page.regions, page.linked, strict=True):
        count = len(unit.text.split())
        text = count >= 10 and linked < 0.5 and unit.text.rstrip("\"'”’)] ")[-1:] in ".!?…"
        outside = region.mark is not None and not region.certain
        grades.append(2 if text and not outside else 0 if outside or linked >= 0.5 else 1)
    if 2 not in grades:
        return [grade == 1 and len(unit.text) > 1 for grade, unit in zip(grades, page.units, strict=True)]
    first, last = grades.index(2), len(grades) - 1 - grades[::-1].index(2)
    return [grade == 2 or (grade == 1 and first < i < last) for i, grade in enumerate(grades)]
