"""Sources that documents have in common although neither copies or credits the other: the same quotation, the same
unusual figures in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from tracewire.dedupe.figures import Figure, figures
from tracewire.dedupe.likeness import days_of
from tracewire.dedupe.linkage import components
from tracewire.dedupe.quotations import Quotation, quotations, speaker, speaks_to_the_reader, stem
from tracewire.dedupe.words import code
from tracewire.model import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

WINDOW_DAYS = 7
"""Two reports further apart do not hear one man on one day."""

KNOWN_DAYS = 28
"""What three documents or more have over so many days is a saying or a figure that everybody knows."""

TELLING = 5
DENSE = 0.7
"""Telling words that two renderings of one quotation have in order, and the part that they are of those around them."""

RUN = 7
RUN_TELLING = 2
"""Or so many equal words in a row, of which some tell: set phrases of diplomats run to six."""

UNLIKELY = 3
MANY = (1_000, 20_000)
"""Weight of the figures in common (`figures.weight`): one of four digits, one of three and one of two, three of two. In
a case of so many documents one more each time, since chance grows with the pairs."""

SENTENCE = 16
"""Words of the shortest passage without quotation marks that two reporters do not write each for himself: names of
offices with their holders and datelines run to twenty-five, but have none of `FINITE`."""

FINITE = frozenset({
    "am", "are", "be", "been", "can", "could", "did", "do", "does", "had", "has", "have", "is", "may", "might", "must",
    "not", "shall", "should", "was", "were", "will", "would",
})  # fmt: skip

FOLLOWING = 6
"""Figures after one with which it makes a key of the index."""

NEAR = 4
LARGEST = 32
"""Quotations of one key that are compared each with each; of more, each with so many neighbours in time."""


_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document in reading offsets that it has in common with another, and what it is."""

    document: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Source:
    """One source in common: its passages, one a document, earliest first; `name` says who it may be.

    `others` has for each passage the earliest of another document that is of no one text or outlet with it.
    """

    name: str
    passages: tuple[Passage, ...]
    others: tuple[Passage, ...]


Link = tuple[Passage, Passage]
Said = Mapping[str, Sequence[Quotation]]
"""The quotations of each document."""


class Apart:
    """Which pairs of documents are to be linked: near in time, of two outlets, and not known to be of one source."""

    def __init__(self, surely: Mapping[str, frozenset[str]]) -> None:
        self._surely = surely

    def __call__(self, x: Document, y: Document) -> bool:
        """Whether a source in common would tell something that is not known yet."""
        if not self._surely.get(x.id, frozenset()).isdisjoint(self._surely.get(y.id, frozenset())):
            return False
        return is_near(x, y)


def is_near(x: Document, y: Document) -> bool:
    """Whether two documents may have been published within a few days."""
    first, second = days_of(x), days_of(y)
    return not first or not second or max(first[0] - second[1], second[0] - first[1]) <= WINDOW_DAYS


def find_sources(
    documents: Iterable[Document], surely: Mapping[str, frozenset[str]], given: Sequence[Link] = ()
) -> list[Source]:
    """Sources in common, by their first passage. `surely` has for each document marks of where its text surely comes
    from: documents that share one are passed over. `given` are passages that were found shared otherwise."""
    ordered = sorted({d.id: d for d in documents}.values(), key=_age)
    apart = Apart(surely)
    said = {d.id: list(quotations(d)) for d in ordered}
    counted = [list(figures(d)) for d in ordered]
    by_id = {d.id: d for d in ordered}
    links = [
        *(link for link in given if apart(*(by_id[p.document] for p in link)) and not _is_common(link, by_id, said)),
        *_same_quotations(ordered, list(_to_compare(ordered, said)), apart),
        *_same_figures(ordered, counted, apart),
    ]
    place = {d.id: n for n, d in enumerate(ordered)}
    return [_source(group, by_id, said, apart) for group in _grouped(links, place)]


def _age(document: Document) -> tuple[int, str, str]:
    days = days_of(document)
    return days[0] if days else 1 << 30, document.name, document.id


def _is_common(link: Link, documents: Mapping[str, Document], said: Said) -> bool:
    """Whether a passage is what anybody may quote or write: a slogan, a call to the reader, a name, a dateline."""
    quoted = [[q for q in said[p.document] if q.start < p.end and p.start < q.end] for p in link]
    if any(q.is_set for each in quoted for q in each):
        return True
    words = [_WORD.findall(documents[p.document].reading.text[p.start : p.end].lower()) for p in link]
    if not all(quoted) and not all(len(w) >= SENTENCE and not FINITE.isdisjoint(w[:-1]) for w in words):
        return True
    return speaks_to_the_reader(" ".join(words[0]))


# ---------------------------------------------------------------- quotations

Words = tuple[int, int]
"""First and last word."""


def _to_compare(documents: Sequence[Document], said: Said) -> Iterator[_Quoted]:
    for number, document in enumerate(documents):
        for quotation in said[document.id]:
            if len(quotation.words) >= TELLING and not quotation.is_set:
                yield _Quoted(number, quotation)


@dataclass(frozen=True, eq=False)
class _Quoted:
    """A quotation of the document with that number."""

    document: int
    quotation: Quotation

    @cached_property
    def telling(self) -> list[int]:
        return self.quotation.telling

    @cached_property
    def stems(self) -> list[str]:
        return [stem(self.quotation.words[n]) for n in self.telling]

    def keys(self) -> set[int]:
        """Codes of its runs of five words and of its pairs of telling words that follow one another."""
        words, stems = self.quotation.words, self.stems
        runs = {" ".join(words[i : i + 5]) for i in range(len(words) - 4)}
        return {code(key) for key in runs | {f"{a}~{b}" for a, b in pairwise(stems)}}


def _same_quotations(documents: Sequence[Document], quoted: Sequence[_Quoted], apart: Apart) -> Iterator[Link]:
    keys = [(key, n) for n, q in enumerate(quoted) for key in sorted(q.keys())]
    for a, b in _pairs(keys, [days_of(documents[q.document]) for q in quoted], least=2):
        x, y = quoted[a], quoted[b]
        if x.document == y.document or not apart(documents[x.document], documents[y.document]):
            continue
        if overlap := _overlap(x, y):
            found = _grown(x.quotation.words, y.quotation.words, *overlap)
            yield _passage(documents, x, found[0]), _passage(documents, y, found[1])


def _grown(x: Sequence[str], y: Sequence[str], first: Words, second: Words) -> tuple[Words, Words]:
    """Both stretches with the equal words around them."""
    (i, k), (j, m) = first, second
    while i and j and x[i - 1] == y[j - 1]:
        i, j = i - 1, j - 1
    while k + 1 < len(x) and m + 1 < len(y) and x[k + 1] == y[m + 1]:
        k, m = k + 1, m + 1
    return (i, k), (j, m)


def _passage(documents: Sequence[Document], quoted: _Quoted, words: tuple[int, int]) -> Passage:
    places = quoted.quotation.places
    return Passage(documents[quoted.document].id, places[words[0]][0], places[words[1]][1], "the same quotation")


def _overlap(x: _Quoted, y: _Quoted) -> tuple[Words, Words] | None:
    """The words of two quotations that are one; None where there are too few."""
    from rapidfuzz.distance import Levenshtein

    blocks = [
        (m.a, m.b, m.size) for m in Levenshtein.editops(x.quotation.words, y.quotation.words).as_matching_blocks()
    ]
    for i, j, n in blocks:
        telling = sum(i <= t < i + n for t in x.telling)
        if n >= RUN and telling >= RUN_TELLING:
            return _widest(x, y) or ((i, i + n - 1), (j, j + n - 1))
    return _widest(x, y)


def _widest(x: _Quoted, y: _Quoted) -> tuple[Words, Words] | None:
    """From the first to the last telling word in common, where these stand close in both."""
    from rapidfuzz.distance import Levenshtein

    found = Levenshtein.editops(x.stems, y.stems).as_matching_blocks()
    blocks = [(m.a, m.b, m.size) for m in found if m.size]
    while sum(n for _, _, n in blocks) >= TELLING:
        (a, b, _), (c, d, n) = blocks[0], blocks[-1]
        matched = sum(n for _, _, n in blocks)
        if matched >= DENSE * max(c + n - a, d + n - b):
            return (x.telling[a], x.telling[c + n - 1]), (y.telling[b], y.telling[d + n - 1])
        blocks = blocks[1:] if blocks[0][2] < blocks[-1][2] else blocks[:-1]
    return None


# ---------------------------------------------------------------- figures


def _same_figures(documents: Sequence[Document], counted: Sequence[Sequence[Figure]], apart: Apart) -> Iterator[Link]:
    keys = sorted((key, n) for n, found in enumerate(counted) for key in _figure_keys(found))
    least = UNLIKELY + sum(len(documents) > many for many in MANY)
    for a, b in _pairs(keys, [days_of(d) for d in documents], least=1):
        if apart(documents[a], documents[b]) and (common := _in_order(counted[a], counted[b], least)):
            ends = ((common[0][side].start, common[-1][side].end) for side in (0, 1))
            why = "the same figures" if len(common) > 1 else "the same figure"
            first, second = (Passage(documents[n].id, *span, why) for n, span in zip((a, b), ends, strict=True))
            yield first, second


def _figure_keys(found: Sequence[Figure]) -> set[int]:
    pairs = {
        (x.value, y.value) for n, x in enumerate(found) for y in found[n + 1 : n + 1 + FOLLOWING] if x.value != y.value
    }
    return {code(f"{x}>{y}") for x, y in pairs} | {code(str(f.value)) for f in found if f.weight >= UNLIKELY}


def _in_order(x: Sequence[Figure], y: Sequence[Figure], least: int) -> list[tuple[Figure, Figure]]:
    """The figures that two documents have in one order and of the same things; none where chance may do so."""
    from rapidfuzz.distance import Levenshtein

    found = Levenshtein.editops([f.value for f in x], [f.value for f in y]).as_matching_blocks()
    pairs = [(x[m.a + k], y[m.b + k]) for m in found for k in range(m.size)]
    pairs = [(f, g) for f, g in pairs if not f.around.isdisjoint(g.around)]
    distinct = {f.value: f.weight for f, _ in pairs}
    return pairs if sum(distinct.values()) >= least else []


# ---------------------------------------------------------------- pairs of one key


def _pairs(
    keys: Sequence[tuple[int, int]], days: Sequence[tuple[int, int] | None], least: int
) -> list[tuple[int, int]]:
    """Pairs of numbers that share so many keys, in order; keys that everybody knows are passed over."""
    import numpy as np

    if not keys:
        return []
    table = np.array(keys, dtype=np.int64)
    table = table[np.lexsort((table[:, 1], table[:, 0]))]
    starts = np.flatnonzero(np.concatenate(([True], table[1:, 0] != table[:-1, 0])))
    sizes = np.diff(np.append(starts, len(table)))
    found: dict[tuple[int, int], int] = {}
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        members = table[start : start + size, 1].tolist()
        if _is_known([days[n] for n in members]):
            continue
        for pair in _near(members):
            found[pair] = found.get(pair, 0) + 1
    return sorted(pair for pair, shared in found.items() if shared >= least)


def _near(members: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(members) <= LARGEST:
        yield from combinations(members, 2)
        return
    for place, member in enumerate(members):
        yield from ((member, other) for other in members[place + 1 : place + 1 + NEAR])


def _is_known(days: Sequence[tuple[int, int] | None]) -> bool:
    known = [d for d in days if d]
    return len(known) > 2 and max(d[0] for d in known) - min(d[1] for d in known) > KNOWN_DAYS


# ---------------------------------------------------------------- sources


def _grouped(links: Iterable[Link], place: Mapping[str, int]) -> list[list[Passage]]:
    """Passages that hang together, one a document (the longest), in the order of the documents."""
    pairs = list(links)
    passages = sorted({p for pair in pairs for p in pair}, key=lambda p: (place[p.document], p.start, -p.end, p.why))
    number = {p: n for n, p in enumerate(passages)}
    edges = [(number[x], number[y]) for x, y in pairs]
    for n, (x, y) in enumerate(pairwise(passages)):
        if x.document == y.document and y.start < x.end:
            edges.append((n, n + 1))
    groups = []
    for members in components(len(passages), edges):
        best: dict[str, Passage] = {}
        for passage in (passages[n] for n in members):
            held = best.get(passage.document)
            if held is None or passage.end - passage.start > held.end - held.start:
                best[passage.document] = passage
        groups.append(list(best.values()))
    return groups


FIRST_WORDS = 6
"""Words of a passage by which a source without a name is told from others."""


def _source(passages: Sequence[Passage], documents: Mapping[str, Document], said: Said, apart: Apart) -> Source:
    others = []
    for passage in passages:
        rest = [p for p in passages if p.document != passage.document]
        own = documents[passage.document]
        others.append(next((p for p in rest if apart(own, documents[p.document])), rest[0]))
    return Source(_name(passages, documents, said), tuple(passages), tuple(others))


def _name(passages: Sequence[Passage], documents: Mapping[str, Document], said: Said) -> str:
    """The speaker that the documents name, the longest form of the one most name; else the first words."""
    names = [name for p in passages if (name := _speaker(p, said))]
    if names:
        surnames = [name.split()[-1] for name in names]
        most = max(sorted(set(surnames)), key=surnames.count)
        return max(sorted({n for n in names if n.split()[-1] == most}), key=len)
    first = passages[0]
    words = documents[first.document].reading.text[first.start : first.end].split()
    some = " ".join(words[:FIRST_WORDS]) + ("…" if len(words) > FIRST_WORDS else "")
    return f"source of “{some}”"


def _speaker(passage: Passage, said: Said) -> str | None:
    near = (q for q in said.get(passage.document, ()) if q.start <= passage.start < q.end)
    return next((name for q in near if (name := speaker(q))), None)
