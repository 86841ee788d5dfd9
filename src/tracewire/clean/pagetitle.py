"""The headline of a marked-up page: the heading that its head names, else its one h1, else the page title itself."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracewire.clean.html import Page
from tracewire.clean.shape import key
from tracewire.clean.units import Hint, Mark, Unit, cut

__all__ = ["mark_title", "named_title"]

ALIKE = 0.6
"""Least share of common words (Jaccard) for a heading to be the page title reworded; others share two or three."""

UNLIKE = 0.2
"""An h1 that shares less with the title element is a heading inside the text, or the site's name."""

HEADLINE_WORDS = 5
"""A lone h1 of so many words is a headline though the title element says it in other words; slogans are shorter."""

LEAD = 25
"""Blocks between a lone h1 and the text: a picture, a byline, buttons."""

BEFORE_BAR, AFTER_BAR = 4, 4
"""Words that a headline has at least before " | ", and the name of a section or site at most after it; a longer part is
the second half of the headline."""

_SUFFIX = re.compile(r"\s+[|–—»·•:-]+\s+|\s*[|»]\s*")
_BAR = re.compile(r"\s+\|\s+")
_TITLE_PROPERTIES = ("og:title", "twitter:title", "headline", "dc.title", "title")
_HEADLINE = re.compile(r"\"headline\"\s*:\s*(\"(?:[^\"\\]|\\.){1,400}\")")


def mark_title(units: Sequence[Unit], page: Page, given: str | None) -> list[Unit]:
    """The units with the headline marked: a heading like the named title, else the first h1, else the title element."""
    page_title = next((i for i, u in enumerate(units) if u.hint.mark and u.hint.mark.rule == "page title"), None)
    element = units[page_title].text if page_title is not None else ""
    named = given or named_title(page.tags) or element
    site = _site(page.tags)
    index = _heading(units, _Wanted.of([named, *_headlines(page), element], site), page_title is not None)
    marked = list(units)
    if index is not None:
        marked[index] = _mark(_alone(units[index], site), "heading of the page")
    elif page_title is not None:
        marked[page_title] = _mark(_without_site(_alone(units[page_title], site), named), "title element of the page")
    return marked


def named_title(tags: Sequence[tuple[str, dict[str, str]]]) -> str | None:
    """The title that meta tags name, by rank."""
    found: dict[str, str] = {}
    for name, attributes in tags:
        what = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        if name == "meta" and what in _TITLE_PROPERTIES and attributes.get("content", "").strip():
            found.setdefault(what, attributes["content"])
    return next((found[what] for what in _TITLE_PROPERTIES if what in found), None)


def _site(tags: Sequence[tuple[str, dict[str, str]]]) -> str:
    """The key of the site's name, "" where the head does not say it."""
    said = (
        a.get("content", "")
        for name, a in tags
        if name == "meta" and "og:site_name" in (a.get("property"), a.get("name"))
    )
    return key(next(said, ""))


def _headlines(page: Page) -> Iterator[str]:
    """The headlines that JSON-LD names."""
    for script in page.scripts:
        if found := _HEADLINE.search(script):
            try:
                yield html.unescape(json.loads(found[1], strict=False))
            except ValueError:
                continue


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the head calls the page: the words of its first name, and the keys of all names without the site's."""

    words: frozenset[str]
    keys: frozenset[str]

    @staticmethod
    def of(names: Sequence[str], site: str) -> _Wanted:
        """Of names by rank."""
        keys = set()
        for name in names:
            line = " ".join(name.split())
            parts = list(_SUFFIX.finditer(line))
            keys |= {key(line), *(key(line[: cut_at.start()]) for cut_at in parts if key(line[cut_at.end() :]) == site)}
            keys |= {key(line[: parts[-1].start()])} if parts else set()
        return _Wanted(frozenset(key(names[0]).split()), frozenset(k for k in keys if len(k.split()) >= 2))


def _heading(units: Sequence[Unit], wanted: _Wanted, other: bool) -> int | None:
    """The heading that is the headline; with `other` there is a title element to fall back on."""
    alone = _lone_h1(units)
    ranked = []
    for index, unit in enumerate(units):
        own = key(unit.text)
        words = set(own.split())
        if not unit.hint.heading or not words or len(words) > 60:
            continue
        same = len(words & wanted.words) / len(words | wanted.words) if wanted.words else 0.0
        inside = len(words) >= 3 and words <= wanted.words
        if unit.hint.heading == 1 or same >= ALIKE or own in wanted.keys:
            first = unit.hint.heading == 1
            exact = own in wanted.keys
            lone = index == alone and same >= UNLIKE and len(words) >= BEFORE_BAR
            ranked.append(
                (exact and first, exact or lone, same >= ALIKE or inside, first and bool(unit.hint.main), same, -index)
            )
    if not ranked:
        return None
    best = max(ranked)
    strange = other and len(wanted.words) >= 3 and best[4] < UNLIKE
    index = -best[5]
    if best[1] or best[2] or not strange:
        return index
    return index if index == alone and _is_headline(units, index, wanted) else None


def _lone_h1(units: Sequence[Unit]) -> int | None:
    """The one h1 of a page; pages repeat it for small screens."""
    found = {key(unit.text): index for index, unit in reversed(list(enumerate(units))) if unit.hint.heading == 1}
    return next(iter(found.values())) if len(found) == 1 else None


def _is_headline(units: Sequence[Unit], index: int, wanted: _Wanted) -> bool:
    """Whether an h1 unlike the page title is its headline in other words: long, right above the text, and no line of
    the page says the title."""
    main = next((i for i, unit in enumerate(units) if unit.hint.main and i >= index), None)
    if main is None or main - index > LEAD or len(units[index].text.split()) < HEADLINE_WORDS:
        return False
    said = (u for u in units if not u.hint.heading and not (u.hint.mark and u.hint.mark.rule == "page title"))
    return not any(key(unit.text) in wanted.keys for unit in said if len(unit.text) < 300)


def _mark(unit: Unit, rule: str) -> Unit:
    return replace(unit, hint=Hint(Mark("title", rule), True, unit.hint.heading))


def _alone(unit: Unit, site: str) -> Unit:
    """A headline without the site's name at its end, and without what stands after a bar."""
    own = unit.text
    for found in _SUFFIX.finditer(own):
        if site and key(own[found.end() :]) == site and own[: found.start()].strip():
            unit = cut(unit, 0, found.start())
            break
    first, *rest = _BAR.split(unit.text)
    if rest and len(first.split()) >= BEFORE_BAR and len(rest[0].split()) <= AFTER_BAR:
        return cut(unit, 0, len(first))
    return unit


def _without_site(unit: Unit, named: str) -> Unit:
    """The title element without the site's name at its end (or beginning)."""
    own = unit.text
    at = own.casefold().find(" ".join(named.split()).casefold()) if named else -1
    if at >= 0 and len(named) < len(own):
        return cut(unit, at, at + len(" ".join(named.split())))
    parts = list(_SUFFIX.finditer(own))
    if parts:
        last = parts[-1]
        if len(own[: last.start()].split()) >= max(3, len(own[last.end() :].split())):
            return cut(unit, 0, last.start())
    return unit
