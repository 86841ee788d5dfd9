"""Candidate pairs of texts aligned and judged, each pair once while its words and the boilerplate around stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate

from tracewire.dedupe.align import Places, align
from tracewire.dedupe.candidates import Candidates, find_candidates
from tracewire.dedupe.relations import Text, Verdict, judge, weigh
from tracewire.dedupe.words import SHINGLE, Words, shingle_codes

KEPT_TEXTS = 2048
"""Texts whose words and shingles are kept at hand as lists while pairs are aligned: some 100 MB of news reports."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What one text (a) is to another (b); `frame`: they share no more than a part at the top or the end, as pages of
    one site do."""

    verdict: Verdict
    share_a: float
    share_b: float
    frame: bool


Key = tuple[bytes, bytes]
"""Two texts, each by a hash of its words and of which shingles are common."""
Memo = dict[Key, "Judged | None"]


@dataclass(frozen=True, slots=True, eq=False)
class _Lists:
    """A text as alignment takes it: lists of codes, its shingles, and those of them that are not common."""

    codes: list[int]
    shingles: list[int]
    telling: list[int | None]
    text: Text


def find_matches(texts: Sequence[Words], known: Memo, memo: Memo) -> Iterator[tuple[int, int, Judged]]:
    """Every candidate pair (numbers into `texts`) that has a relation; judgements in `known` are taken as they are, and
    all that were needed are put into `memo`."""
    candidates = find_candidates(texts)
    lists = _cached(texts, candidates)
    marks: dict[int, bytes] = {}
    last, places = -1, Places(())
    for a, b in candidates.pairs:
        for number in (a, b):
            if number not in marks:
                marks[number] = _mark(texts[number], candidates)
        key = marks[a], marks[b]
        if key in known:
            judged = known[key]
        else:
            first, second = lists(a), lists(b)
            if b != last:
                last, places = b, Places(second.telling)
            judged = _judge(first, second, places)
        memo[key] = judged
        if judged:
            yield a, b, judged


def _judge(first: _Lists, second: _Lists, places: Places) -> Judged | None:
    pair = weigh(align(first.codes, second.codes, first.shingles, places), first.text, second.text)
    verdict = judge(pair)
    if verdict is None:
        return None
    return Judged(verdict, pair.a.share, pair.b.share, pair.edges and verdict.relation in ("merged", "quotes"))


def _cached(texts: Sequence[Words], candidates: Candidates) -> Callable[[int], _Lists]:
    @lru_cache(maxsize=KEPT_TEXTS)
    def lists(number: int) -> _Lists:
        return _lists(texts[number], candidates)

    return lists


def _lists(words: Words, candidates: Candidates) -> _Lists:
    shingles = shingle_codes(words.codes)
    common = candidates.is_common(shingles)
    found = shingles.tolist()
    counted = bytearray(b"\1") * len(words.codes)
    telling: list[int | None] = found
    if common.any():
        telling = [None if c else s for s, c in zip(found, common.tolist(), strict=True)]
        for place in common.nonzero()[0].tolist():
            counted[place : place + SHINGLE] = bytes(SHINGLE)
    codes = words.codes.tolist()
    text = Text(words.marks, [0, *accumulate(counted)], codes)
    return _Lists(codes, found, telling, text)


def _mark(words: Words, candidates: Candidates) -> bytes:
    """A hash of all that the judgement of a pair takes from one text."""
    common = candidates.is_common(shingle_codes(words.codes))
    return blake2b(words.digest + words.marks + common.tobytes(), digest_size=16).digest()
