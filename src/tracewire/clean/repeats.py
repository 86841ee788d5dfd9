"""Text that stands twice in a page."""

from __future__ import annotations

from bisect import bisect_left

from tracewire.clean.labelled import Labelled
from tracewire.clean.shape import key
from tracewire.clean.units import Mark

__all__ = ["label_repeats"]

LEAST_WORDS, LEAST_EXTRACTED = 4, 10
"""Shorter lines stand twice for reasons of their own ("He paused."); so do table cells in text that was extracted."""

CUT_WORDS = 8
"""Least length of a teaser that ends in "..." and begins like a paragraph of the page."""


def label_repeats(work: Labelled) -> None:
    """Mark all but one copy of a paragraph; the first is kept, or the first in the main text of a marked-up page."""
    least = LEAST_EXTRACTED if work.extracted else LEAST_WORDS
    keys = [key(unit.text) for unit in work.units]
    kept: dict[str, int] = {}
    for index, own in enumerate(keys):
        if own and _counts(work, index) and (own not in kept or _better(work, index, kept[own])):
            kept[own] = index
    for index, own in enumerate(keys):
        if _counts(work, index) and own in kept and kept[own] != index:
            work.repeated.add(kept[own])
            if own.count(" ") + 1 >= least:
                work.marks[index] = Mark("duplicate", "second copy of a paragraph")
    _cut_copies(work, keys)


def _counts(work: Labelled, index: int) -> bool:
    """Whether a unit takes part: menus that stand twice are menus, a title is never a copy."""
    mark = work.marks[index]
    return mark is None or mark.label in ("quote", "caption", "embed", "body")


def _better(work: Labelled, index: int, other: int) -> bool:
    return work.units[index].hint.main is True and work.units[other].hint.main is False


def _cut_copies(work: Labelled, keys: list[str]) -> None:
    """Teasers: the beginning of a paragraph, cut with dots."""
    order = sorted(set(keys))
    for index, unit in enumerate(work.units):
        text = unit.text.rstrip(" ]")
        if not work.free(index) or not text.endswith(("...", "…")) or keys[index].count(" ") + 1 < CUT_WORDS:
            continue
        at = bisect_left(order, keys[index]) + 1
        if at < len(order) and order[at].startswith(keys[index]):
            work.put(index, Mark("duplicate", "beginning of a paragraph of this page, cut with dots"))
