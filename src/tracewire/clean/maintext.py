"""Which blocks of a page are its main text: extractors vote, and their votes are found again and weighed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracewire.clean.html import Page
from tracewire.clean.select import VOTERS, probabilities
from tracewire.clean.shape import key
from tracewire.clean.units import Unit

__all__ = ["THRESHOLD", "found_again", "main_units", "vote"]

EXTRACTOR_CHARS, EXTRACTOR_BLOCKS = 3_000_000, 10_000
"""Largest page given to the extractors: one takes some 4 s for so many characters, and time that grows with the square
of the blocks (5 s for so many list items that are never closed); news pages have up to a million and 3,000."""

GRAM = 4
"""Words in a run by which a block is found again in the extractor's text: three meet by chance, five miss edits."""

COVERED = 0.6
"""Share of a block's word runs that the extractor must have kept."""

LEAST_CHARS = 100
"""An extractor's text shorter than this is no article but a cookie notice or a slogan."""

THRESHOLD = 0.5
"""How likely a block must be main text to be taken. Blocks chosen so, before any label, gave word F1 .939 on folds of
wcxb-dev not seen in growing, and shingle F1 .975 on the pages of the other set, never grown on."""


def main_units(page: Page, raw: str) -> list[bool]:
    """For each unit whether it is main text: by the extractors' votes, or by density where all are silent."""
    small = len(raw) <= EXTRACTOR_CHARS and len(page.units) <= EXTRACTOR_BLOCKS
    votes = vote(raw, page.units) if small else {}
    if any(any(cast) for cast in votes.values()):
        chosen = [likely >= THRESHOLD for likely in probabilities(page, votes)]
    else:
        chosen = []
    if not any(chosen):
        chosen = _dense(page)
    return [is_main and region.name != "title" for is_main, region in zip(chosen, page.regions, strict=True)]


def vote(raw: str, units: Sequence[Unit]) -> dict[str, list[bool]]:
    """For each extractor the units that it takes for main text; none where it breaks or finds next to nothing."""
    keys = [key(unit.text) for unit in units]
    votes = {}
    for name in VOTERS:
        try:
            text = _EXTRACTORS[name](raw)
        except Exception:  # a page that an outside parser breaks on loses one vote
            text = ""
        silent = len(text) < LEAST_CHARS
        votes[name] = [False] * len(units) if silent else _matched(keys, text)
    return votes


def found_again(units: Sequence[Unit], text: str) -> list[bool]:
    """The units that stand in a text."""
    return _matched([key(unit.text) for unit in units], text)


# ---------------------------------------------------------------- extractors


def _trafilatura(raw: str) -> str:
    from trafilatura import extract

    return extract(raw, include_comments=False, include_tables=True, deduplicate=False) or ""


def _resiliparse(raw: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return str(extract_plain_text(HTMLTree.parse(raw), main_content=True, alt_texts=False, links=False))


def _readability(raw: str) -> str:
    """Readability as trafilatura carries it: a quarter of the time of readability-lxml, which older pip cannot install
    beside trafilatura; on one page in twelve it finds less."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree
    from trafilatura import load_html
    from trafilatura.readability_lxml import Document

    summary = Document(load_html(raw)).summary()
    return str(extract_plain_text(HTMLTree.parse(summary), main_content=False))


_EXTRACTORS: dict[str, Callable[[str], str]] = {
    "trafilatura": _trafilatura,
    "resiliparse": _resiliparse,
    "readability": _readability,
}


# ---------------------------------------------------------------- back to our blocks


def _matched(keys: Sequence[str], text: str) -> list[bool]:
    lines = text.splitlines()
    cells = (cell for line in lines if "|" in line for cell in line.split("|"))
    whole = frozenset(map(key, (*lines, *cells)))
    grams = frozenset(_grams(key(text).split()))
    chosen = []
    short = []
    for index, own in enumerate(keys):
        tokens = own.split()
        if len(tokens) < GRAM:
            short.append(index)
            chosen.append(own in whole)
        elif own in whole:
            chosen.append(True)
        else:
            found = _grams(tokens)
            chosen.append(sum(g in grams for g in found) >= COVERED * len(found))
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
