"""Stories: documents on the same occurrences, by average link over weighted words inside a time window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tracewire.dedupe.likeness import WINDOW_DAYS, Cosines, Days, Holders, Terms, days_of, terms_of
from tracewire.dedupe.linkage import average_link, components
from tracewire.model import Copy, Document, Story, stable_id

SAME_STORY = 0.10
"""Least average cosine of a story. Chosen on half 0 of bench/stories.py and by reading clusters of dated VOA reports:
below stand reports on one theme, above reports on one occurrence or one chain of them."""

SLICE_DAYS = 4 * WINDOW_DAYS
"""Days whose documents are compared at once, with those of the window after them."""

LARGEST = 2000
"""Documents whose cosines with one another are held at once (32 MB); more that hang together are first parted by asking
for more likeness of each link."""
STRICTER = 1.2

TOGETHER = frozenset({"copy", "cut", "edited"})
"""Relations that put two documents into one story whatever their words; a merged text may tell two stories."""

Pair = tuple[str, str]


def find_stories(documents: Sequence[Document], copies: Sequence[Copy]) -> list[Story]:
    """Every document in exactly one story, sorted by id; a document on its own is a story of one."""
    index = StoryIndex()
    index.add(documents, copies)
    return index.stories()


class StoryIndex:
    """Stories of documents that come in turn: what is added joins stories, splits them or founds new ones.

    Only documents within the window of new ones, and their stories, are looked at again; so what came in parts may
    differ a little from what comes at once, and what comes at once does not depend on order.
    """

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        self._terms: dict[str, Terms] = {}
        self._holders = Holders()
        self._tied: set[Pair] = set()
        self._home: dict[str, tuple[str, ...]] = {}

    def add(self, documents: Iterable[Document], copies: Iterable[Copy] = ()) -> None:
        """Take documents in, each in place of the one with its id, and the copies found among all."""
        new = {d.id: d for d in documents}
        self._drop(new)
        for id_, document in new.items():
            self._documents[id_] = document
            self._terms[id_] = terms_of(document)
            self._holders.add(self._terms[id_])
            self._home[id_] = (id_,)
        tied = {(c.document, c.other) for c in copies if c.relation in TOGETHER} - self._tied
        self._tied |= tied
        self._regroup([*new.values(), *(self._documents[i] for pair in tied for i in pair if i in self._documents)])

    def remove(self, ids: Iterable[str]) -> None:
        """Forget documents; the stories that they stood in or near are made again."""
        gone = [self._documents[i] for i in ids if i in self._documents]
        self._drop({d.id for d in gone})
        self._tied = {pair for pair in self._tied if not {d.id for d in gone} & set(pair)}
        self._regroup(gone)

    def stories(self) -> list[Story]:
        """Every document in exactly one story, sorted by id."""
        groups = {ids: [self._documents[i] for i in ids] for ids in self._home.values()}
        return sorted(map(_story, groups.values()), key=lambda s: s.id)

    def _drop(self, ids: Iterable[str]) -> None:
        for id_ in ids:
            if self._documents.pop(id_, None) is not None:
                self._holders.remove(self._terms.pop(id_))
                rest = tuple(i for i in self._home.pop(id_) if i != id_)
                self._home.update((i, rest) for i in rest)

    def _regroup(self, changed: Sequence[Document]) -> None:
        """Cluster again whatever stands in a story that comes near to a changed document."""
        near = self._near([days_of(d) for d in changed])
        chosen = sorted({i for id_ in near for i in self._home[id_]})
        place = {id_: number for number, id_ in enumerate(chosen)}
        tied = sorted((place[a], place[b]) for a, b in self._tied if a in place and b in place)
        vectors = [self._holders.vector(self._terms[i]) for i in chosen]
        days = [days_of(self._documents[i]) for i in chosen]
        for group in _clusters(vectors, days, tied):
            ids = tuple(chosen[i] for i in group)
            self._home.update((i, ids) for i in ids)

    def _near(self, changed: Sequence[Days | None]) -> list[str]:
        if not changed or None in changed:
            return list(self._documents) if changed else []
        near = {day for d in changed if d for day in range(d[0] - WINDOW_DAYS, d[1] + WINDOW_DAYS + 1)}
        spans = ((id_, days_of(d)) for id_, d in self._documents.items())
        return [i for i, days in spans if days is None or not near.isdisjoint(range(days[0], days[1] + 1))]


def _story(documents: Sequence[Document]) -> Story:
    latest = date.max.toordinal()
    # the first document with a title names the story; the first of all where none has one
    first = min(documents, key=lambda d: (d.title is None, days_of(d) or (latest, latest), d.name, d.id))
    ids = tuple(sorted(d.id for d in documents))
    return Story(stable_id("s", ids[0]), ids, first.title.quote if first.title else first.name)


# ---------------------------------------------------------------- clusters


def _clusters(
    vectors: Sequence[Mapping[str, float]], days: Sequence[Days | None], tied: Sequence[tuple[int, int]]
) -> Iterator[list[int]]:
    """Groups of the numbers of the documents given."""
    edges = _edges(vectors, days)
    for component in _parted(len(vectors), tied, edges, SAME_STORY):
        if len(component) == 1:
            yield component
            continue
        within = {number: i for i, number in enumerate(component)}
        pairs = [(within[i], within[j]) for i, j in tied if i in within and j in within]
        cosines = Cosines([vectors[i] for i in component], [days[i] for i in component]).matrix()
        yield from ([component[i] for i in cluster] for cluster in average_link(cosines, pairs, SAME_STORY))


def _edges(vectors: Sequence[Mapping[str, float]], days: Sequence[Days | None]) -> dict[tuple[int, int], float]:
    found: dict[tuple[int, int], float] = {}
    for members in _sliced(days):
        cosines = Cosines([vectors[i] for i in members], [days[i] for i in members])
        found |= {(members[i], members[j]): value for i, j, value in cosines.edges(SAME_STORY)}
    return found


def _sliced(days: Sequence[Days | None]) -> Iterator[list[int]]:
    """Documents slice by slice, so that two within the window of each other meet in one; undated ones are in each."""
    slices: dict[int, set[int]] = {}
    always: set[int] = set()
    for number, interval in enumerate(days):
        if interval is None or interval[1] - interval[0] > SLICE_DAYS:
            always.add(number)
            continue
        for place in range((interval[0] - WINDOW_DAYS) // SLICE_DAYS, interval[1] // SLICE_DAYS + 1):
            slices.setdefault(place, set()).add(number)
    for place in sorted(slices) or [0]:
        yield sorted(slices.get(place, set()) | always)


def _parted(
    size: int, tied: Sequence[tuple[int, int]], edges: Mapping[tuple[int, int], float], least: float
) -> Iterator[list[int]]:
    """Components of the links that are at least so alike, and of the ties; too large ones parted further."""
    for component in components(size, [*tied, *(pair for pair, value in edges.items() if value >= least)]):
        inside = set(component)
        kept = {pair: v for pair, v in edges.items() if pair[0] in inside} if len(component) > LARGEST else {}
        if not any(v >= least * STRICTER for v in kept.values()):
            yield component
            continue
        number = {member: i for i, member in enumerate(component)}
        links = {(number[i], number[j]): v for (i, j), v in kept.items()}
        ties = [(number[i], number[j]) for i, j in tied if i in inside]
        for part in _parted(len(component), ties, links, least * STRICTER):
            yield [component[i] for i in part]
