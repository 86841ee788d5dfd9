"""Which blocks of a page are its main text: extractors vote, and their votes are found again and weighed."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from itertools import compress
from typing import Any

from tracewire.clean.html import Page
from tracewire.clean.regions import PASSED
from tracewire.clean.select import STATED, VOTERS, probabilities
from tracewire.clean.shape import key
from tracewire.clean.units import Unit

__all__ = ["THRESHOLD", "found_again", "main_units", "outside_furniture", "part_of", "vote"]

EXTRACTOR_CHARS, EXTRACTOR_BLOCKS = 3_000_000, 10_000
"""Largest page given to the extractors: one takes some 4 s for so many characters, and time that grows with the square
of the blocks (5 s for so many list items that are never closed); news pages have up to a million and 3,000."""

GRAM = 4
"""Words in a run by which a block is found again in the extractor's text: three meet by chance, five miss edits."""

COVERED = 0.6
"""Share of a block's word runs that the extractor must have kept."""

LEAST_CHARS = 100
"""An extractor's text shorter than this is no article but a cookie notice or a slogan."""

LEAST_OUTSIDE = 0.15
"""Least part of a page's text outside of navigation, footers and asides: with less, one of them was never closed."""

FEW = 12
"""Blocks of a page without a site around it: the body of a feed's item, a text that another tool has cleaned. The trees
know pages of sites only."""

THRESHOLD = 0.5
"""How likely a block must be main text to be taken. Blocks chosen so, before any label, gave word F1 .950 on sites of
wcxb-dev not seen in growing, and shingle F1 .978 on the pages of the other set, never grown on."""


_BODY = re.compile(r"\"articleBody\"\s*:\s*(\"(?:[^\"\\]++|\\.)*+\")", re.S)
_TAG = re.compile(r"<[^<>]{1,500}>")


def main_units(page: Page, raw: str, voters: tuple[str, ...] = VOTERS) -> list[bool]:
    """For each unit whether it is main text: by the extractors' votes and its looks, or by density where none is found.
    What stands in an element of navigation, a footer or an aside is none, and is not weighed beside the rest."""
    may_be = outside_furniture(page)
    if not all(may_be):
        chosen = iter(main_units(part_of(page, may_be), raw, voters))
        return [may and next(chosen) for may in may_be]
    small = len(raw) <= EXTRACTOR_CHARS and len(page.units) <= EXTRACTOR_BLOCKS
    votes = vote(raw, page, voters) if small else {}
    main: list[bool] = []
    if votes:  # the trees know what text looks like where no extractor votes for any
        main = [likely >= THRESHOLD for likely in probabilities(page, votes, voters)]
    # a headline alone is no text: the paragraph of a page that has one only is seldom like those of long pages
    if not any(is_main and not unit.hint.heading for is_main, unit in zip(main, page.units, strict=False)):
        main = _dense(page)
    elif len(main) <= FEW:
        main = [is_main or dense for is_main, dense in zip(main, _dense(page), strict=True)]
    return [is_main and region.name != "title" for is_main, region in zip(main, page.regions, strict=True)]


def outside_furniture(page: Page) -> list[bool]:
    """For each unit whether it can be main text by the elements that hold it; all can, where an element that was never
    closed holds most of the page."""
    kept = [not region.signs & PASSED for region in page.regions]
    sizes = [len(unit.text) * (1 - linked) for unit, linked in zip(page.units, page.linked, strict=True)]
    return kept if sum(compress(sizes, kept)) >= LEAST_OUTSIDE * sum(sizes) else [True] * len(kept)


def part_of(page: Page, kept: Sequence[bool]) -> Page:
    """A page with some of its units, and the same head."""
    return replace(
        page,
        units=list(compress(page.units, kept)),
        regions=list(compress(page.regions, kept)),
        linked=list(compress(page.linked, kept)),
        holders=list(compress(page.holders, kept)),
        names=list(compress(page.names, kept)),
    )


def vote(raw: str, page: Page, voters: tuple[str, ...] = VOTERS) -> dict[str, list[bool]]:
    """For each extractor the units that it takes for main text; none where it breaks or finds next to nothing. The text
    that the page itself gives in JSON-LD votes too, where there is one."""
    keys = [key(unit.text) for unit in page.units]
    source = _Source(raw)
    votes = {}
    for name in voters:
        try:
            text = _EXTRACTORS[name](source)
        except Exception:  # a page that an outside parser breaks on loses one vote
            text = ""
        silent = len(text) < LEAST_CHARS
        votes[name] = [False] * len(keys) if silent else _matched(keys, text)
    if stated := _stated(page):
        votes[STATED] = _matched(keys, stated)
    return votes


def _stated(page: Page) -> str | None:
    """The text that JSON-LD gives as the article's body."""
    for script in page.scripts:
        if found := _BODY.search(script):
            try:
                text = html.unescape(json.loads(found[1], strict=False))
            except ValueError:
                continue
            if len(text) >= LEAST_CHARS:
                return _TAG.sub("\n", text)
    return None


def found_again(units: Sequence[Unit], text: str) -> list[bool]:
    """The units that stand in a text."""
    return _matched([key(unit.text) for unit in units], text)


# ---------------------------------------------------------------- extractors


class _Source:
    """A page and what its parsers make of it, each asked once."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._tree: Any = None

    def tree(self) -> Any:
        """A tree of lxml for whoever asks: extractors change theirs."""
        from trafilatura import load_html

        if self._tree is None:
            self._tree = load_html(self.raw)
            if self._tree is None:
                raise ValueError("no tree")
        return deepcopy(self._tree)


def _trafilatura(source: _Source) -> str:
    from trafilatura import extract

    return extract(source.tree(), include_comments=False, include_tables=True, deduplicate=False) or ""


def _resiliparse(source: _Source) -> str:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return str(extract_plain_text(HTMLTree.parse(source.raw), main_content=True, alt_texts=False, links=False))


def _readability(source: _Source) -> str:
    """Readability as trafilatura carries it: a quarter of the time of readability-lxml, which older pip cannot install
    beside trafilatura; on one page in twelve it finds less."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree
    from trafilatura.readability_lxml import Document

    summary = Document(source.tree()).summary()
    return str(extract_plain_text(HTMLTree.parse(summary), main_content=False))


_EXTRACTORS: dict[str, Callable[[_Source], str]] = {
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
        if own in whole:
            chosen.append(True)
            if own.count(" ") < GRAM - 1:
                short.append(index)
            continue
        found = list(_grams(own.split()))
        if not found:
            short.append(index)
        chosen.append(bool(found) and sum(map(grams.__contains__, found)) >= COVERED * len(found))
    return _only_inside(chosen, short)


def _grams(tokens: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False)


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
