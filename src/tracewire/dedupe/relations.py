"""From shared runs to what one document is to another: copy, cut, merged, edited or quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from tracewire.dedupe.align import Run
from tracewire.dedupe.words import is_figure
from tracewire.model import CopyRelation

# Chosen on the syndication set (seed 7, 400 bases) between the extremes of each operator; bench/copies.py measures.
COPY_SHARE = 0.87
"""Least share both ways of a copy: a headline, byline and footer around 180 words leave .88. From here on up the text
does not tell who takes from whom: what the shorter lacks may as well be a footer of the longer."""

CUT_SHARE = 0.62
"""Least share of a cut in what it was cut from: a headline and a footer around forty words leave .63."""

OTHER_TEXT = 20
"""Words between shared ones that the other document lacks and that make a text merged, not cut, and its source cut,
not copied: a sentence, no headline or footer."""

EDIT_RATE = 0.03
EDIT_PLACES = 3
"""Edited: at least three places and three per hundred equal words; copies and cuts stay below two."""

PART_SHARE = 0.36
PART_WORDS = 40
"""Merged: two sentences' words, and that share of one of the two; two quoted sentences of six make a third."""

LONG_RUN = 70
LONG_SHARE = 0.28
OPENING = 6
"""A run of so many words (three sentences) is a copied part where it makes that share of one of the two, as in merged
texts and digests and a twentieth of the pairs that carry one press release, or where one of them opens with it, but for
a dateline. Else each is a report of its own, and whether one has the passage from the other, or both from a third, the
texts do not tell."""

QUOTED = 0.5
QUOTED_SHARE = 0.5
QUOTED_RUN = 110
"""Quotes: half of the shared words stand in quotation marks in one document only, and are less than half of the other,
in runs that a quotation may have (a statement carried in full is a copy, marks or not). Where both have them in marks,
both quote a third, whatever the length, unless it is half of one."""

QUOTE_RUN = 10
"""Words of the shortest run that is reported at all: stock phrases run to nine."""

DIGEST = 5
"""A document so many times as long as one that stands whole inside it, away from its top, took it in."""

TAKES_IN = "the much longer takes in the whole of the shorter"
ONE_MARKS = "the shared words stand in quotation marks in one of them only"

SLACK = 2
"""Words by which a run may miss a quotation mark, the top or the end of a text by chance."""


@dataclass(frozen=True, slots=True)
class Side:
    """One document of a pair: words that count (boilerplate does not), how many are shared, the longest stretch that
    is not, the part of the shared words in quotation marks of its own, and where its first shared word stands."""

    words: int
    shared: int
    other_text: int
    quoted: float
    first: int

    @property
    def share(self) -> float:
        """Part of the document found in the other, 0 to 1."""
        return self.shared / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """What an alignment of documents a and b found; `edges`: all of it stands at the top or the end of both; `both`:
    the part of the shared words that both have in quotation marks; `figures`: places where their numbers differ."""

    a: Side
    b: Side
    matched: int
    edits: int
    longest: int
    edges: bool
    both: float
    figures: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """A relation, and who takes from whom by the text alone: "a" from b, "b" from a, or None where it does not tell."""

    relation: CopyRelation
    taker: Literal["a", "b"] | None
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """What weighing a pair takes from each text: where quotation marks stand (`Words.marks`), how many words before
    each place count (boilerplate does not; one entry more than there are words), and the words' codes."""

    marks: bytes
    before: Sequence[int]
    codes: Sequence[int]


def weigh(runs: Sequence[Run], a: Text, b: Text) -> Pair:
    """Measure a pair."""
    quoted_a, quoted_b, both = _quoted(runs, a.marks, b.marks)
    matched = sum(run.matched for run in runs)
    return Pair(
        _side(a.before, [(i, n) for run in runs for i, _, n in run.pieces], quoted_a / max(1, matched)),
        _side(b.before, sorted((j, n) for run in runs for _, j, n in run.pieces), quoted_b / max(1, matched)),
        matched,
        sum(run.edits for run in runs),
        max((run.matched for run in runs), default=0),
        all(_at_edge(run, len(a.before) - 1, len(b.before) - 1) for run in runs),
        both / max(1, matched),
        sum(_other_figures(run, a.codes, b.codes) for run in runs),
    )


def _other_figures(run: Run, a: Sequence[int], b: Sequence[int]) -> int:
    """Places inside a run where both texts have a number, and not the same."""
    found = 0
    for (i, j, n), (k, m, _) in pairwise(run.pieces):
        found += any(map(is_figure, a[i + n : k])) and any(map(is_figure, b[j + n : m]))
    return found


def _at_edge(run: Run, words_a: int, words_b: int) -> bool:
    top = max(run.a[0], run.b[0]) <= SLACK
    return top or max(words_a - run.a[1], words_b - run.b[1]) <= SLACK


def _side(before: Sequence[int], pieces: Sequence[tuple[int, int]], quoted: float) -> Side:
    """Measure one side; `pieces` in order, they may overlap."""
    shared = longest = end = 0
    for start, n in pieces:
        if start > end:
            longest = max(longest, before[start] - before[end])
        if start + n > end:
            shared += before[start + n] - before[max(start, end)]
            end = start + n
    longest = max(longest, before[-1] - before[end])
    return Side(before[-1], shared, longest, quoted, pieces[0][0] if pieces else 0)


def _quoted(runs: Sequence[Run], marks_a: bytes, marks_b: bytes) -> tuple[int, int, int]:
    """Shared words that stand in quotation marks in a and not in b, the reverse, and in both."""
    if 1 not in marks_a and 1 not in marks_b:
        return 0, 0, 0
    in_a = in_b = in_both = 0
    for run in runs:
        for i, j, n in run.pieces:
            a, b = _between_marks(marks_a, i, n), _between_marks(marks_b, j, n)
            in_a += n * (a and not b)
            in_b += n * (b and not a)
        (i, end), (j, close) = run.a, run.b
        in_both += run.matched * (_between_marks(marks_a, i, end - i) and _between_marks(marks_b, j, close - j))
    return in_a, in_b, in_both


def _between_marks(marks: bytes, start: int, n: int) -> bool:
    end = start + n
    return 1 in marks[max(0, start - SLACK) : start + SLACK + 1] and 1 in marks[end - SLACK : end + SLACK + 1]


# ---------------------------------------------------------------- the relation


def judge(pair: Pair) -> Verdict | None:
    """The relation of a pair, None where it shares too little to speak of."""
    if pair.longest < QUOTE_RUN:
        return None
    return _quotes(pair) or _whole(pair) or _part(pair)


def _quotes(pair: Pair) -> Verdict | None:
    if pair.both >= QUOTED and max(pair.a.share, pair.b.share) < QUOTED_SHARE:
        return Verdict("quotes", None, "both have the shared words in quotation marks")
    if pair.longest >= QUOTED_RUN:
        return None
    for taker, own, other in _both_ways(pair):
        if own.quoted >= QUOTED and other.share < QUOTED_SHARE:
            return Verdict("quotes", taker, ONE_MARKS)
    return None


def _both_ways(pair: Pair) -> tuple[tuple[Literal["a", "b"], Side, Side], tuple[Literal["a", "b"], Side, Side]]:
    return ("a", pair.a, pair.b), ("b", pair.b, pair.a)


def _whole(pair: Pair) -> Verdict | None:
    """Relations in which nearly all of a document stands in the other."""
    taker, part, whole = max(_both_ways(pair), key=lambda way: way[1].share)
    if part.share < CUT_SHARE:
        return None
    if pair.edits >= max(EDIT_PLACES, EDIT_RATE * pair.matched) and whole.share >= PART_SHARE:
        return Verdict("edited", None, f"{pair.edits} small changes over the shared text")
    if pair.figures and whole.share >= PART_SHARE:
        return Verdict("edited", None, "the same text with other figures")
    lacking = part.other_text >= OTHER_TEXT, whole.other_text >= OTHER_TEXT
    if whole.share >= COPY_SHARE and lacking != (False, True):
        return Verdict("copy", None, "nearly all of both is the same")
    if lacking[0]:
        return None
    if whole.share >= COPY_SHARE:
        return Verdict("cut", None, "nearly all of both is the same, but for a passage that one lacks")
    if part.words * DIGEST <= whole.words and whole.first > whole.words / DIGEST:
        return Verdict("merged", "b" if taker == "a" else "a", TAKES_IN)
    return Verdict("cut", taker, "nearly all of the shorter stands in the longer")


def _part(pair: Pair) -> Verdict:
    share = max(pair.a.share, pair.b.share)
    opens = min(pair.a.first, pair.b.first) <= OPENING
    if pair.longest >= LONG_RUN and (share >= LONG_SHARE or opens):
        return Verdict("merged", None, "a long passage is shared, beside other text")
    if share >= PART_SHARE and pair.matched >= PART_WORDS:
        return Verdict("merged", None, "a large part is shared, beside other text")
    if pair.longest >= LONG_RUN:
        return Verdict("quotes", None, "both carry one passage, as reports on one statement do")
    return Verdict("quotes", None, "a sentence or two are shared")
