"""How alike two documents are as news: cosine of weighted words, inside a time window."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracewire.dedupe.words import BODY, iter_words
from tracewire.lang.stopwords import STOP_WORDS
from tracewire.model import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

UNDATED = 0.75
"""What the cosine of two documents counts where the day of either is not known."""

WINDOW_DAYS = 7
"""Documents published more than a week apart tell of different occurrences, however alike their words."""

NAME_WEIGHT = 2.0
"""A word that is mostly capitalised inside sentences names someone or some place; names tell occurrences apart."""

LEAD_WORDS = 40
LEAD_WEIGHT = 4
"""The opening of a report says what happened, the rest also what happened before: its title and first sentence or two
count four times. Chosen on half 0 of bench/stories.py; 40 to 80 words and weights of 2 to 4 differ little."""

BACKGROUND = 20
"""Documents that a case is thought to stand among, so that what two reports of a case of two share still weighs;
more, and the words that a whole case is about would tell nothing apart. Function words are left out by list."""

TOLD = BODY | {"title"}
"""Labels whose words tell what a document is about."""

_OPENING = frozenset('.!?:\n"“')
"""Signs between two words after which a capital names nobody."""

Days = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Terms:
    """How often each word stands in a document, those of the lead four times, and how often with a capital inside a
    sentence."""

    counts: Mapping[str, int]
    capitals: Mapping[str, int]
    inside: Mapping[str, int]


def terms_of(document: Document) -> Terms:
    """The words of a document that may tell its occurrence."""
    text = document.reading.text
    counts: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    end = number = 0
    for start, stop, word in iter_words(document, TOLD):
        gap = text[end:start]
        opens = end == 0 or (gap != " " and not _OPENING.isdisjoint(gap))
        end = stop
        number += bool(word)
        if len(word) < 2 or word in STOP_WORDS:
            continue
        counts[word] += LEAD_WEIGHT if number <= LEAD_WORDS else 1
        if not opens:
            inside[word] += 1
            if text[start].isupper():
                capitals[word] += 1
    return Terms(counts, capitals, inside)


class Holders:
    """In how many documents each word stands, and how often with a capital: documents are added and taken out."""

    def __init__(self, documents: Iterable[Terms] = ()) -> None:
        self._total = 0
        self._holders: Counter[str] = Counter()
        self._capitals: Counter[str] = Counter()
        self._inside: Counter[str] = Counter()
        self._weights: dict[str, float] = {}
        for terms in documents:
            self.add(terms)

    def add(self, terms: Terms) -> None:
        """Count a document."""
        self._weights.clear()
        self._total += 1
        self._holders.update(terms.counts.keys())
        if terms.capitals:
            self._capitals.update(terms.capitals)
            self._inside.update(terms.inside)

    def remove(self, terms: Terms) -> None:
        """Take a counted document out."""
        self._weights.clear()
        self._total -= 1
        self._holders.subtract(terms.counts.keys())
        if terms.capitals:
            self._capitals.subtract(terms.capitals)
            self._inside.subtract(terms.inside)

    def vector(self, terms: Terms) -> dict[str, float]:
        """Unit vector of a document, words in order: rare ones weigh more, names twice."""
        raw = {word: (1 + math.log(n)) * self._weight(word) for word, n in sorted(terms.counts.items())}
        length = math.sqrt(math.fsum(v * v for v in raw.values()))
        return {word: value / length for word, value in raw.items()} if length else {}

    def _weight(self, word: str) -> float:
        weight = self._weights.get(word)
        if weight is None:
            weight = self._weights[word] = self._weigh(word)
        return weight

    def _weigh(self, word: str) -> float:
        rare = math.log((self._total + BACKGROUND) / self._holders[word])
        return rare * (NAME_WEIGHT if 2 * self._capitals[word] > self._inside[word] else 1.0)


def days_of(document: Document) -> Days | None:
    """First and last day of publication as numbers where both are known."""
    published = document.published
    if published is None or published.start is None or published.end is None:
        return None
    try:
        return date.fromisoformat(published.start[:10]).toordinal(), date.fromisoformat(published.end[:10]).toordinal()
    except ValueError:
        return None


class Cosines:
    """Cosines between documents given by vector and days, less where a day is not known, 0 outside the window."""

    def __init__(self, vectors: Sequence[Mapping[str, float]], days: Sequence[Days | None]) -> None:
        import numpy as np

        numbers: dict[str, int] = {}
        each = [[numbers.setdefault(term, len(numbers)) for term in vector] for vector in vectors]
        self._terms = [np.array(terms, dtype=np.int64) for terms in each]
        self._weights = [np.array(list(vector.values()), dtype=np.float32) for vector in vectors]
        terms = np.concatenate([np.empty(0, dtype=np.int64), *self._terms])
        order = np.argsort(terms, kind="stable")
        # the holders of term t are owners[starts[t]:starts[t] + sizes[t]], with its weight in each
        self._owners = np.repeat(np.arange(len(vectors)), [len(t) for t in each])[order]
        self._values = np.concatenate([np.empty(0, dtype=np.float32), *self._weights])[order]
        self._sizes = np.bincount(terms, minlength=len(numbers))
        self._starts = np.cumsum(self._sizes) - self._sizes
        # how many documents before it hold each term of a document
        ranks = np.empty(len(terms), dtype=np.int64)
        ranks[order] = np.arange(len(terms)) - np.repeat(self._starts, self._sizes)
        self._ranks = np.split(ranks, np.cumsum([len(t) for t in each])[:-1]) if each else []
        never, always = date.min.toordinal(), date.max.toordinal()
        self._dated = np.array([d is not None for d in days], dtype=np.bool_)
        self._first = np.array([d[0] if d else never for d in days], dtype=np.int64)
        self._last = np.array([d[1] if d else always for d in days], dtype=np.int64)

    def row(self, number: int) -> Floats:
        """Cosines of one document with all."""
        return self._cosines(number, self._sizes[self._terms[number]], len(self._terms))

    def _cosines(self, number: int, sizes: NDArray[np.int64], count: int) -> Floats:
        """Cosines with the first `count` documents, which are `sizes` of the holders of each term."""
        import numpy as np

        terms = self._terms[number]
        before = np.cumsum(sizes) - sizes
        places = np.repeat(self._starts[terms] - before, sizes) + np.arange(sizes.sum())
        values = self._values[places] * np.repeat(self._weights[number], sizes)
        cosines = np.bincount(self._owners[places], values, minlength=count).astype(np.float32)
        apart = np.maximum(self._first[:count] - self._last[number], self._first[number] - self._last[:count])
        cosines[apart > WINDOW_DAYS] = 0
        if self._dated[number]:
            cosines[~self._dated[:count]] *= UNDATED
        else:
            cosines *= UNDATED
        return cosines

    def edges(self, least: float) -> Iterator[tuple[int, int, float]]:
        """Pairs at least so alike, with their cosine: an average reaches a bound only where some pair does."""
        import numpy as np

        for i in range(len(self._terms)):
            row = self._cosines(i, self._ranks[i], i)
            for j in np.flatnonzero(row >= least).tolist():
                yield j, i, float(row[j])

    def matrix(self) -> Floats:
        """Cosines of all with all."""
        import numpy as np

        return np.stack([self.row(i) for i in range(len(self._terms))])
