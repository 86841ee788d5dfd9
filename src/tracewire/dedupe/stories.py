"""Stories: documents on the same occurrences, by average link over weighted words inside a time window."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracewire.dedupe.linkage import average_link, components
from tracewire.dedupe.stopwords import STOP_WORDS
from tracewire.dedupe.words import iter_words
from tracewire.model import Copy, Document, Story, stable_id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]

SAME_STORY = 0.18
UNDATED = 0.75
"""Least average cosine of a story, and what the cosine of two documents counts where the day of either is not known.
Chosen by reading clusters of the dated VOA reports and of the undated MUC-4 reports on one war: below stand reports on
one theme, above reports on one occurrence or one chain of them."""

WINDOW_DAYS = 7
"""Documents published more than a week apart tell of different occurrences, however alike their words."""

NAME_WEIGHT = 2.0
"""A word that is mostly capitalised inside sentences names someone or some place; names tell occurrences apart."""

BACKGROUND = 20
"""Documents that a case is thought to stand among, so that what two reports of a case of two share still weighs;
more, and the words that a whole case is about would tell nothing apart. Function words are left out by list."""

TOGETHER = frozenset({"copy", "cut", "edited"})
"""Relations that put two documents into one story whatever their words; a merged text may tell two stories."""


def find_stories(documents: Sequence[Document], copies: Sequence[Copy]) -> list[Story]:
    """Every document in exactly one story, sorted by id; a document on its own is a story of one."""
    ordered = sorted({d.id: d for d in documents}.values(), key=lambda d: d.id)
    place = {d.id: i for i, d in enumerate(ordered)}
    linked = [(place[c.document], place[c.other]) for c in copies if c.relation in TOGETHER]
    similar = Similarity(ordered)
    groups: list[list[int]] = []
    for component in components(len(ordered), linked + similar.edges(SAME_STORY)):
        within = {number: i for i, number in enumerate(component)}
        tied = [(within[i], within[j]) for i, j in linked if i in within]
        clusters = average_link(similar.matrix(component), tied, SAME_STORY)
        groups += [[component[i] for i in cluster] for cluster in clusters]
    return sorted((_story([ordered[i] for i in group]) for group in groups), key=lambda s: s.id)


def _story(documents: Sequence[Document]) -> Story:
    first = min(documents, key=lambda d: (_days(d) or (date.max, date.max), d.name, d.id))
    ids = tuple(sorted(d.id for d in documents))
    return Story(stable_id("s", ids[0]), ids, first.title.quote if first.title else first.name)


# ---------------------------------------------------------------- likeness


class Similarity:
    """Cosine of weighted words between documents (numbers into the list given), less where a day is not known, 0
    outside the time window."""

    def __init__(self, documents: Sequence[Document]) -> None:
        import numpy as np

        counts = [_terms(d) for d in documents]
        weights = _weights(counts)
        self._rows = [_vector(count, weights) for count in counts]
        self._size = len(documents)
        postings: dict[str, tuple[list[int], list[float]]] = {}
        for number, row in enumerate(self._rows):
            for term, weight in row.items():
                numbers, values = postings.setdefault(term, ([], []))
                numbers.append(number)
                values.append(weight)
        self._postings = {
            t: (np.array(n, dtype=np.int64), np.array(v, dtype=np.float32)) for t, (n, v) in postings.items()
        }
        never, always = date.min.toordinal(), date.max.toordinal()
        days = [_days(d) for d in documents]
        self._dated = np.array([d is not None for d in days], dtype=np.bool_)
        self._first = np.array([d[0].toordinal() if d else never for d in days], dtype=np.int64)
        self._last = np.array([d[1].toordinal() if d else always for d in days], dtype=np.int64)

    def row(self, number: int) -> Floats:
        """Cosines of one document with all."""
        import numpy as np

        found = [(w, *self._postings[t]) for t, w in self._rows[number].items()]
        if not found:
            return np.zeros(self._size, dtype=np.float32)
        owners = np.concatenate([n for _, n, _ in found])
        values = np.concatenate([w * v for w, _, v in found])
        cosines = np.bincount(owners, values, minlength=self._size).astype(np.float32)
        apart = np.maximum(self._first - self._last[number], self._first[number] - self._last)
        cosines[apart > WINDOW_DAYS] = 0
        if self._dated[number]:
            cosines[~self._dated] *= UNDATED
        else:
            cosines *= UNDATED
        return cosines

    def edges(self, least: float) -> list[tuple[int, int]]:
        """Pairs at least so alike: an average reaches a bound only where some pair does."""
        import numpy as np

        rows = ((i, np.flatnonzero(self.row(i)[:i] >= least)) for i in range(self._size))
        return [(int(j), i) for i, found in rows for j in found]

    def matrix(self, members: Sequence[int]) -> Floats:
        """Cosines among some documents."""
        import numpy as np

        chosen = np.array(members, dtype=np.int64)
        return np.stack([self.row(i)[chosen] for i in members])


@dataclass(frozen=True, slots=True)
class _Terms:
    """How often each word stands in a document, and how often with a capital inside a sentence."""

    counts: Mapping[str, int]
    capitals: Mapping[str, int]
    inside: Mapping[str, int]


def _terms(document: Document) -> _Terms:
    text = document.reading.text
    counts: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    end = 0
    for start, stop, word in iter_words(document):
        opens = any(c in '.!?:\n"“' for c in text[end:start]) or end == 0
        end = stop
        if len(word) < 2 or word in STOP_WORDS:
            continue
        counts[word] += 1
        if not opens:
            inside[word] += 1
            capitals[word] += text[start].isupper()
    return _Terms(counts, capitals, inside)


def _weights(documents: Sequence[_Terms]) -> dict[str, float]:
    """Weight of each word: rare ones weigh more, names twice."""
    holders: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for terms in documents:
        holders.update(terms.counts.keys())
        if any(terms.capitals.values()):
            capitals.update(terms.capitals)
            inside.update(terms.inside)
    total = len(documents) + BACKGROUND
    return {
        word: math.log(total / n) * (NAME_WEIGHT if 2 * capitals[word] > inside[word] else 1.0)
        for word, n in holders.items()
    }


def _vector(terms: _Terms, weights: Mapping[str, float]) -> dict[str, float]:
    """Unit vector of a document, words in order."""
    raw = {word: (1 + math.log(n)) * weights[word] for word, n in sorted(terms.counts.items())}
    length = math.sqrt(math.fsum(v * v for v in raw.values()))
    return {word: value / length for word, value in raw.items()} if length else {}


def _days(document: Document) -> tuple[date, date] | None:
    """First and last day of publication where both are known."""
    published = document.published
    if published is None or published.start is None or published.end is None:
        return None
    try:
        return date.fromisoformat(published.start[:10]), date.fromisoformat(published.end[:10])
    except ValueError:
        return None
