"""Copies: which documents share their text, how, and who takes from whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from tracewire.dedupe.align import align, positions
from tracewire.dedupe.direction import decide
from tracewire.dedupe.relations import QUOTE_RUN, Verdict, judge, weigh
from tracewire.dedupe.shingles import ALL_PAIRS, SHINGLE, Words, find_candidates, iter_words, shingle_codes, words_of
from tracewire.model import Copy, Document, Span

KEPT_TEXTS = 2048
"""Texts whose words and shingles are kept at hand as lists while pairs are aligned: some 100 MB of news reports."""

WORD_FOR_WORD = Verdict("copy", None, "word for word the same")


@dataclass(frozen=True, slots=True)
class _Match:
    """Two texts (numbers into the list of distinct texts) and what one is to the other; `frame`: they share no more
    than a part at the top or the end, as pages of one site do."""

    a: int
    b: int
    verdict: Verdict
    share_a: float
    share_b: float
    frame: bool


def find_copies(documents: Sequence[Document]) -> list[Copy]:
    """Every pair of documents that share text, sorted by document and other; pairs that share too little give none."""
    ordered = sorted({d.id: d for d in documents}.values(), key=lambda d: d.id)
    texts, bearers = _distinct(ordered, words_of(ordered))
    found = [decide(x, y, WORD_FOR_WORD, 1.0, 1.0) for x, y in _same(bearers, texts)]
    for match in _matches(texts):
        for x in _some(bearers[match.a]):
            others = (y for y in _some(bearers[match.b]) if not (match.frame and _same_site(x, y)))
            found += [decide(x, y, match.verdict, match.share_a, match.share_b) for y in others]
    return sorted(found, key=lambda c: (c.document, c.other))


def shared_runs(a: Document, b: Document) -> list[tuple[Span, Span]]:
    """The runs of words that two documents share but for small edits, as raw spans of each, in the order of `a`."""
    first, second = words_of([a, b])
    shingles, others = shingle_codes(first.codes), shingle_codes(second.codes)
    runs = align(first.codes.tolist(), second.codes.tolist(), shingles, positions(others))
    places_a, places_b = _places(a), _places(b)
    return [(_span(a, places_a, run.a), _span(b, places_b, run.b)) for run in runs]


def _places(document: Document) -> list[tuple[int, int]]:
    return [(start, end) for start, end, word in iter_words(document) if word]


def _span(document: Document, places: Sequence[tuple[int, int]], run: tuple[int, int]) -> Span:
    return document.span(places[run[0]][0], places[run[1] - 1][1])


# ---------------------------------------------------------------- identical texts


def _distinct(documents: Sequence[Document], words: Sequence[Words]) -> tuple[list[Words], list[list[Document]]]:
    """The different texts, and the documents that bear each."""
    number: dict[bytes, int] = {}
    texts: list[Words] = []
    bearers: list[list[Document]] = []
    for document, text in zip(documents, words, strict=True):
        place = number.setdefault(text.codes.tobytes(), len(texts))
        if place == len(texts):
            texts.append(text)
            bearers.append([])
        bearers[place].append(document)
    return texts, [sorted(group, key=_age) for group in bearers]


def _age(document: Document) -> tuple[str, str, str]:
    """Earliest first; undated ones last, by name."""
    start = document.published.start if document.published else None
    return start or "~", document.name, document.id


def _some(group: Sequence[Document]) -> Sequence[Document]:
    """The members of a group of identical texts that are compared with others: all, or the earliest of very many."""
    return group if len(group) <= ALL_PAIRS else group[:1]


def _same(bearers: Sequence[Sequence[Document]], texts: Sequence[Words]) -> Iterator[tuple[Document, Document]]:
    """Pairs of one text: each with each, in very large groups each with the earliest."""
    for group, text in zip(bearers, texts, strict=True):
        if len(text.codes) >= QUOTE_RUN:
            for place, x in enumerate(_some(group)):
                yield from ((x, y) for y in group[place + 1 :])


# ---------------------------------------------------------------- different texts


def _matches(texts: Sequence[Words]) -> Iterator[_Match]:
    """Every candidate pair that has a relation."""
    candidates = find_candidates(texts)
    common = candidates.common

    @lru_cache(maxsize=KEPT_TEXTS)
    def lists(number: int) -> tuple[list[int], list[int], bytes]:
        shingles = shingle_codes(texts[number].codes)
        return texts[number].codes.tolist(), shingles, _counted(shingles, len(texts[number].codes), common)

    last, where = -1, dict[int, list[int]]()
    for b, a in candidates.pairs:
        codes_b, shingles_b, counted_b = lists(b)
        if b != last:
            last, where = b, positions(shingles_b, common)
        codes_a, shingles_a, counted_a = lists(a)
        runs = align(codes_a, codes_b, shingles_a, where)
        pair = weigh(runs, counted_a, counted_b, texts[a].marks, texts[b].marks)
        if verdict := judge(pair):
            frame = pair.edges and verdict.relation in ("merged", "quotes")
            yield _Match(a, b, verdict, pair.a.share, pair.b.share, frame)


def _same_site(x: Document, y: Document) -> bool:
    """Whether two documents are known to be of one outlet or one host."""
    return (x.outlet is not None and x.outlet == y.outlet) or (_host(x) is not None and _host(x) == _host(y))


def _host(document: Document) -> str | None:
    try:
        return urlsplit(document.url or "").hostname
    except ValueError:
        return None


def _counted(shingles: Sequence[int], words: int, common: frozenset[int]) -> bytes:
    """1 for each word that no common shingle covers."""
    counted = bytearray(b"\1") * words
    for place, shingle in enumerate(shingles):
        if shingle in common:
            counted[place : place + SHINGLE] = bytes(SHINGLE)
    return bytes(counted)
