"""The headline of a marked-up page: the heading that its head names, else the page title itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tracewire.clean.shape import key
from tracewire.clean.units import Hint, Mark, Unit, cut

__all__ = ["mark_title", "named_title"]

ALIKE = 0.6
"""Least share of common words (Jaccard) for a heading to be the page title reworded; others share two or three."""

UNLIKE = 0.2
"""An h1 that shares less with the title element is a heading inside the text."""

_SUFFIX = re.compile(r"\s+[|–—»·•:-]+\s+|\s*[|»]\s*")
_TITLE_PROPERTIES = ("og:title", "twitter:title", "headline", "dc.title", "title")


def mark_title(units: Sequence[Unit], tags: Sequence[tuple[str, dict[str, str]]], given: str | None) -> list[Unit]:
    """The units with the headline marked: a heading like the named title, else the first h1, else the title element."""
    page_title = next((i for i, u in enumerate(units) if u.hint.mark and u.hint.mark.rule == "page title"), None)
    named = given or named_title(tags) or (units[page_title].text if page_title is not None else "")
    index = _heading(units, named, page_title is not None)
    marked = list(units)
    if index is not None:
        marked[index] = _mark(units[index], "heading of the page")
    elif page_title is not None:
        marked[page_title] = _mark(_without_site(units[page_title], named), "title element of the page")
    return marked


def named_title(tags: Sequence[tuple[str, dict[str, str]]]) -> str | None:
    """The title that meta tags name, by rank."""
    found: dict[str, str] = {}
    for name, attributes in tags:
        what = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        if name == "meta" and what in _TITLE_PROPERTIES and attributes.get("content", "").strip():
            found.setdefault(what, attributes["content"])
    return next((found[what] for what in _TITLE_PROPERTIES if what in found), None)


def _heading(units: Sequence[Unit], named: str, other: bool) -> int | None:
    """The heading that is the headline; with `other` there is a title element to fall back on."""
    wanted = set(key(named).split())
    ranked = []
    for index, unit in enumerate(units):
        words = set(key(unit.text).split())
        if not unit.hint.heading or not words or len(words) > 60:
            continue
        same = len(words & wanted) / len(words | wanted) if wanted else 0.0
        inside = bool(words) and len(words) >= 3 and words <= wanted
        if unit.hint.heading == 1 or same >= ALIKE:
            ranked.append(
                (same >= ALIKE or inside, unit.hint.heading == 1 and bool(unit.hint.main), same, -index, index)
            )
    if not ranked:
        return None
    alike, _, same, _, index = max(ranked)
    strange = other and len(wanted) >= 3 and same < UNLIKE
    return index if alike or not strange else None


def _mark(unit: Unit, rule: str) -> Unit:
    return replace(unit, hint=Hint(Mark("title", rule), True, unit.hint.heading))


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
