"""Copies: which documents share their text, how, and who takes from whom; and the stretches that they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracewire.dedupe.align import Places, align
from tracewire.dedupe.index import CopyIndex
from tracewire.dedupe.words import iter_words, shingle_codes, words_of
from tracewire.dedupe.workings import Workings
from tracewire.model import Copy, Document, Span


def find_copies(
    documents: Iterable[Document], window_days: int | None = None, workings: Workings | None = None
) -> list[Copy]:
    """Every pair of documents that share text, sorted by document and other; pairs that share too little give none.

    With `window_days`, only documents published at most so many days apart are compared, beside word-for-word copies,
    which are found whatever their dates. `workings` are those of an earlier call, brought up to date in place.
    """
    index = CopyIndex(window_days, workings)
    index.add(documents)
    copies = index.copies()
    if workings is not None:
        now = index.workings()
        workings.words, workings.judged, workings.compared = now.words, now.judged, now.compared
    return copies


def shared_runs(a: Document, b: Document) -> list[tuple[Span, Span]]:
    """The runs of words that two documents share but for small edits, as raw spans of each, in the order of `a`."""
    return [(a.span(*first), b.span(*second)) for first, second in shared_words(a, b)]


def shared_words(a: Document, b: Document) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The same in reading offsets of each."""
    first, second = words_of([a, b])
    shingles, others = shingle_codes(first.codes).tolist(), shingle_codes(second.codes).tolist()
    runs = align(first.codes.tolist(), second.codes.tolist(), shingles, Places(others))
    places_a, places_b = _places(a), _places(b)
    return [(_ends(places_a, run.a), _ends(places_b, run.b)) for run in runs]


def _places(document: Document) -> list[tuple[int, int]]:
    return [(start, end) for start, end, word in iter_words(document) if word]


def _ends(places: Sequence[tuple[int, int]], run: tuple[int, int]) -> tuple[int, int]:
    return places[run[0]][0], places[run[1] - 1][1]
