"""Alignment of two word sequences into shared runs: exact 5-gram anchors, grown, joined over small edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracewire.dedupe.words import SHINGLE

GAP = 16
"""Words between two anchors, on either side, that still make one run: with 15 % of words changed, 98 % of the gaps
between 5-gram anchors are shorter; a dropped sentence is longer and parts two runs."""

MIN_RUN = 7
"""Matched words of the shortest run kept: names of organisations and offices run to six."""

END = 10
"""Words looked at beyond the first and the last anchor of a run."""

EDGE = 0.66
"""Part of the words beyond an anchor that must be equal to be taken into its run: two texts on one matter that differ
share about a third of any ten words (articles, prepositions)."""


@dataclass(frozen=True, slots=True)
class Run:
    """A shared run: words `a_start:a_end` of one text are `b_start:b_end` of the other but for `edits` places.

    `pieces` are its exactly equal stretches as (start in a, start in b, words).
    """

    pieces: tuple[tuple[int, int, int], ...]

    @property
    def a(self) -> tuple[int, int]:
        """First word and end in the first text."""
        return self.pieces[0][0], self.pieces[-1][0] + self.pieces[-1][2]

    @property
    def b(self) -> tuple[int, int]:
        """First word and end in the second text."""
        return self.pieces[0][1], self.pieces[-1][1] + self.pieces[-1][2]

    @property
    def matched(self) -> int:
        """Equal words."""
        return sum(n for _, _, n in self.pieces)

    @property
    def edits(self) -> int:
        """Places where the two texts differ inside the run."""
        return len(self.pieces) - 1


STRIDE = 24
"""Words compared at once while a stretch is extended."""


class Places:
    """Where the shingles of a text stand; those left out (None) stand nowhere."""

    def __init__(self, shingles: Sequence[int | None]) -> None:
        self._last = {shingle: place for place, shingle in enumerate(shingles) if shingle is not None}
        self._again: dict[int, list[int]] = {}
        if len(self._last) < len(shingles):
            for place, shingle in enumerate(shingles):
                if shingle is not None and self._last[shingle] != place:
                    self._again.setdefault(shingle, []).append(place)

    def last(self, shingles: Sequence[int]) -> list[int | None]:
        """The last place of each of some shingles."""
        return list(map(self._last.get, shingles))

    def nearest(self, shingle: int, expected: int) -> int:
        """The place that goes on from where the last stretch ended, if there is one, else the nearest to it."""
        last = self._last[shingle]
        others = self._again.get(shingle)
        return min((*others, last), key=lambda p: (abs(p - expected), p)) if others else last


def align(a: Sequence[int], b: Sequence[int], shingles: Sequence[int], where: Places) -> list[Run]:
    """Runs that `a` shares with `b`, in the order of `a`; `shingles` are those of `a`, `where` the places in `b`."""
    joined = _join(a, b, _anchors(a, b, shingles, where))
    grown = [_grow(a, b, pieces) for pieces in joined]
    return [run for run in map(Run, map(tuple, grown)) if run.matched >= MIN_RUN]


Piece = tuple[int, int, int]


def _anchors(a: Sequence[int], b: Sequence[int], shingles: Sequence[int], where: Places) -> list[Piece]:
    """Maximal exact stretches that hold a shared shingle; each word of `a` is in one at most."""
    found: list[Piece] = []
    done = expected = 0
    for place in [k for k, last in enumerate(where.last(shingles)) if last is not None]:
        if place >= done:
            piece = _extend(a, b, place, where.nearest(shingles[place], expected), done)
            found.append(piece)
            done, expected = piece[0] + piece[2], piece[1] + piece[2]
    return found


def _extend(a: Sequence[int], b: Sequence[int], i: int, j: int, low: int) -> Piece:
    """Grow an anchor both ways while the words are equal, not below word `low` of `a`."""
    end, other = i + SHINGLE, j + SHINGLE
    most = min(len(a) - end, len(b) - other)
    stop = end + most
    while end + STRIDE <= stop and a[end : end + STRIDE] == b[other : other + STRIDE]:
        end, other = end + STRIDE, other + STRIDE
    while end < stop and a[end] == b[other]:
        end, other = end + 1, other + 1
    while i > low and j > 0 and a[i - 1] == b[j - 1]:
        i, j = i - 1, j - 1
    return i, j, end - i


def _join(a: Sequence[int], b: Sequence[int], anchors: Sequence[Piece]) -> list[list[Piece]]:
    """Anchors that follow one another in both texts over a small gap become one run."""
    runs: list[list[Piece]] = []
    for piece in anchors:
        if runs:
            i, j = runs[-1][-1][0] + runs[-1][-1][2], runs[-1][-1][1] + runs[-1][-1][2]
            if 0 <= piece[0] - i <= GAP and 0 <= piece[1] - j <= GAP:
                runs[-1] += [*_fill(a, b, (i, piece[0]), (j, piece[1])), piece]
                continue
        runs.append([piece])
    return runs


def _fill(a: Sequence[int], b: Sequence[int], left: tuple[int, int], right: tuple[int, int]) -> list[Piece]:
    """Equal words in a gap between two anchors, by least edits."""
    return [(left[0] + i, right[0] + j, n) for i, j, n in _equal(a[slice(*left)], b[slice(*right)])]


def _equal(a: Sequence[int], b: Sequence[int]) -> list[Piece]:
    if not a or not b:
        return []
    from rapidfuzz.distance import Levenshtein

    return [(m.a, m.b, m.size) for m in Levenshtein.editops(a, b).as_matching_blocks() if m.size]


def _grow(a: Sequence[int], b: Sequence[int], pieces: list[Piece]) -> list[Piece]:
    """Take in nearly equal words before the first and after the last anchor."""
    i, j, _ = pieces[0]
    before = _edge(a[max(0, i - END) : i][::-1], b[max(0, j - END) : j][::-1])
    k, m = pieces[-1][0] + pieces[-1][2], pieces[-1][1] + pieces[-1][2]
    after = _edge(a[k : k + END], b[m : m + END])
    return [
        *((i - x - n, j - y - n, n) for x, y, n in reversed(before)),
        *pieces,
        *((k + x, m + y, n) for x, y, n in after),
    ]


def _edge(a: Sequence[int], b: Sequence[int]) -> list[Piece]:
    """Equal stretches of two windows read outward, up to the last one that keeps `EDGE` of the words equal."""
    blocks = _equal(a, b)
    matched = kept = 0
    for number, (i, j, n) in enumerate(blocks, 1):
        matched += n
        if n > 1 and matched >= EDGE * max(i + n, j + n):
            kept = number
    return blocks[:kept]
