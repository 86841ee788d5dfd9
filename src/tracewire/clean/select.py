"""Which blocks of a page are main text: a vote of extractors, weighed with what a block looks like and where it stands.

The weights are trees grown on labelled pages by bench/grow_selector.py and kept as data in select.json; each feature
has a name there, so that a choice can be explained.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tracewire.clean.html import Page

__all__ = ["FEATURES", "VOTERS", "features", "probabilities"]

VOTERS = ("trafilatura", "resiliparse", "readability")
"""Extractors that vote. Two of trafilatura's modes in place of readability gave less, all six no more."""

_STOP = re.compile(r"[.!?…][\"'”’»)\]]*\Z")
_LABELS = ("nav", "related", "caption", "quote", "embed", "byline", "bio", "social", "credit", "disclaimer")
_NAMES = ("p", "li", "div", "td", "figcaption", "section", "article", "blockquote", "h2", "h3")
_HOLDERS = ("own", "column", "frame")
FEATURES = (
    *(f"vote of {v}" for v in VOTERS),
    *(f"vote of {v} times its agreement with the others" for v in VOTERS),
    "share of votes", "weighed votes", "votes one before", "votes two before", "votes one after", "votes two after",
    "votes around times share", "within the voted stretch", "before it", "after it", "distance before",
    "distance after",
    "words", "twelve words or more", "three words or fewer", "final stop", "commas a word", "share of links",
    "nearly all links", "headline", "heading", "place in the page",
    *(f"region says {label}" for label in _LABELS),
    *(f"element {name}" for name in _NAMES),
    *(f"{what} of the {holder} block" for holder in _HOLDERS for what in ("share of all votes", "voted part")),
    "agreement of extractors", "within and not voted for", "votes times few words",
    "votes times a region that is no text", "length of what was voted for",
)  # fmt: skip

NEAR = 50
"""Blocks beyond which distance from the voted stretch says nothing more."""

FULL_LENGTH = 300
"""Words of a short report; extractors that agree on so many are seldom both wrong."""


def features(page: Page, votes: Mapping[str, Sequence[bool]]) -> list[list[float]]:
    """A row for each block of a page, its columns named by FEATURES."""
    about = _About(page, votes)
    return [about.row(index) for index in range(len(page.units))]


class _About:
    """What a page's votes say together, found once for all of its blocks."""

    def __init__(self, page: Page, votes: Mapping[str, Sequence[bool]]) -> None:
        self.page = page
        self.size = len(page.units)
        self.words = [len(unit.text.split()) for unit in page.units]
        self.votes = [[float(votes[v][i]) for v in VOTERS] for i in range(self.size)]
        self.agreement = _agreement(self.votes, self.words)
        whole = sum(self.agreement) or 1.0
        self.share = [sum(row) / len(VOTERS) for row in self.votes]
        self.weighed = [sum(v * a for v, a in zip(row, self.agreement, strict=True)) / whole for row in self.votes]
        chosen = [i for i, share in enumerate(self.share) if share >= 0.5]
        self.first, self.last = (chosen[0], chosen[-1]) if chosen else (self.size, -1)
        self.voted = max(sum(w * v for w, v in zip(self.words, self.weighed, strict=True)), 1.0)
        self.held: list[dict[int, float]] = [defaultdict(float) for _ in _HOLDERS]
        self.all: list[dict[int, float]] = [defaultdict(float) for _ in _HOLDERS]
        for index, holders in enumerate(page.holders):
            for level, holder in enumerate(holders[: len(_HOLDERS)]):
                self.held[level][holder] += self.words[index] * self.weighed[index]
                self.all[level][holder] += self.words[index]

    def row(self, index: int) -> list[float]:
        """The features of one block, in the order of FEATURES."""
        page, share, words = self.page, self.share[index], self.words[index]
        label = mark.label if (mark := page.regions[index].mark) else ""
        inside = float(self.first <= index <= self.last)
        votes = self.votes[index]
        return [
            *votes,
            *(v * a for v, a in zip(votes, self.agreement, strict=True)),
            *self._place(index, inside),
            *self._look(index, words),
            *(float(label == known) for known in _LABELS),
            *(float(page.names[index] == known) for known in _NAMES),
            *self._holders(index),
            sum(self.agreement) / len(VOTERS),
            inside * (1 - share),
            share * (words <= 3),
            share * (label in ("nav", "related", "social")),
            min(1.0, self.voted / FULL_LENGTH),
        ]

    def _place(self, index: int, inside: float) -> list[float]:
        share = self.share[index]
        around = [self._vote(index + step) for step in (-1, -2, 1, 2)]
        return [
            share,
            self.weighed[index],
            *around,
            sum(around) * share,
            inside,
            float(index < self.first),
            float(index > self.last),
            math.log1p(min(self.first - index, NEAR)) if index < self.first else 0.0,
            math.log1p(min(index - self.last, NEAR)) if index > self.last else 0.0,
        ]

    def _look(self, index: int, words: int) -> list[float]:
        unit, linked = self.page.units[index], self.page.linked[index]
        return [
            math.log1p(words),
            float(words >= 12),
            float(words <= 3),
            float(bool(_STOP.search(unit.text))),
            unit.text.count(",") / max(words, 1),
            linked,
            float(linked > 0.8),
            float(unit.hint.heading == 1),
            float(unit.hint.heading > 1),
            index / max(self.size, 1),
        ]

    def _holders(self, index: int) -> list[float]:
        """For the blocks that hold a block: how much of the voted text stands there besides it, and how voted it is."""
        own = self.words[index] * self.weighed[index]
        found: list[float] = []
        holders = self.page.holders[index]
        for level in range(len(_HOLDERS)):
            if level >= len(holders):
                found += [0.0, 0.0]
                continue
            others = self.held[level][holders[level]] - own
            rest = self.all[level][holders[level]] - self.words[index]
            found += [others / self.voted, others / rest if rest > 0 else 0.0]
        return found

    def _vote(self, index: int) -> float:
        return self.weighed[index] if 0 <= index < self.size else 0.0


def _agreement(votes: Sequence[Sequence[float]], words: Sequence[int]) -> list[float]:
    """For each voter the mean share of words (Jaccard) that it has in common with each other voter."""
    found = []
    for one in range(len(VOTERS)):
        shares = []
        for other in range(len(VOTERS)):
            if one == other:
                continue
            both = sum(w for row, w in zip(votes, words, strict=True) if row[one] and row[other])
            either = sum(w for row, w in zip(votes, words, strict=True) if row[one] or row[other])
            shares.append(both / either if either else 0.0)
        found.append(sum(shares) / len(shares))
    return found


@dataclass(frozen=True, slots=True)
class _Trees:
    """Trees as columns, a row each: inner nodes have a feature and two children, leaves a feature of -1 and a value."""

    base: float
    feature: Any
    threshold: Any
    left: Any
    right: Any
    value: Any


@cache
def _trees() -> _Trees:
    """The trees of select.json; raises ValueError where they were grown on other features than these."""
    import numpy as np

    table = json.loads(files("tracewire.clean").joinpath("select.json").read_text("utf-8"))
    if table["features"] != list(FEATURES):
        raise ValueError("select.json was made for other features; run bench/grow_selector.py")
    size = max(len(tree["feature"]) for tree in table["trees"])
    columns = []
    for what, empty in (("feature", -1), ("threshold", 0.0), ("left", 0), ("right", 0), ("value", 0.0)):
        columns.append(np.array([tree[what] + [empty] * (size - len(tree[what])) for tree in table["trees"]]))
    return _Trees(table["base"], *columns)


def probabilities(page: Page, votes: Mapping[str, Sequence[bool]]) -> list[float]:
    """For each block of a page how likely it is main text, 0 to 1."""
    if not page.units:
        return []
    import numpy as np

    rows = np.array(features(page, votes))
    known = _trees()
    tree, every = np.arange(len(known.feature))[:, None], np.arange(len(rows))[None, :]
    node = np.zeros((len(known.feature), len(rows)), dtype=int)
    while (inner := (feature := known.feature[tree, node]) >= 0).any():
        below = rows[every, np.maximum(feature, 0)] <= known.threshold[tree, node]
        node = np.where(inner, np.where(below, known.left[tree, node], known.right[tree, node]), node)
    score = np.full(len(rows), known.base)
    for values in known.value[tree, node]:  # tree by tree, so that the sum does not hang on how numpy adds
        score += values
    found: list[float] = (1.0 / (1.0 + np.exp(-score))).tolist()
    return found
