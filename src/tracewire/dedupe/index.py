"""The texts of a case under comparison: documents come and go, and only what they touch is compared again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from urllib.parse import urlsplit

from tracewire.dedupe.candidates import ALL_PAIRS
from tracewire.dedupe.direction import days_of, decide, digests
from tracewire.dedupe.matches import Judged, Memo, find_matches
from tracewire.dedupe.relations import QUOTE_RUN, Verdict
from tracewire.dedupe.words import Words, words_of
from tracewire.dedupe.workings import Workings, pack_judged, pack_words, text_key, unpack_judged, unpack_words
from tracewire.model import Copy, Document

WORD_FOR_WORD = Verdict("copy", None, "word for word the same")

SLICE_WINDOWS = 2
"""Windows in a slice: a slice is indexed with the window after it, so that each pair meets in one. More, and an added
document brings more others to be indexed again; fewer, and more documents are indexed twice."""

MISDATED = 100
MISDATED_DAYS = 1000
"""One in so many documents, which lie so many days after all others, have a day that cannot be right (a slip of the
year, a future day): they are compared with all."""

Match = tuple[bytes, bytes, Judged]
"""Two texts by digest, and what one is to the other."""


@dataclass(frozen=True, slots=True, eq=False)
class _Text:
    """One wording and the documents that bear it, earliest first."""

    digest: bytes
    words: Words
    bearers: list[Document]


class CopyIndex:
    """Finds the copies among documents that are added and removed; what it finds depends on those it holds alone.

    With a window in days, documents published further apart are not compared (word-for-word copies are found all the
    same), and adding some costs the slices of time they fall into. A document of unknown day is compared with all.
    What `workings` of another index hold is not worked out again; `compared` counts the pairs that were aligned.
    """

    def __init__(self, window_days: int | None = None, workings: Workings | None = None) -> None:
        self.window_days = window_days
        self.compared = 0
        self._kept = dict(workings.words) if workings else {}
        self._judged = unpack_judged(workings.judged) if workings else {}
        self._documents: dict[str, Document] = {}
        self._words: dict[str, Words] = {}
        self._latest = date.max.toordinal()
        self._slices: dict[bytes, tuple[list[Match], Memo]] = {}

    def add(self, documents: Iterable[Document]) -> None:
        """Take documents in, each in place of the one with its id."""
        new = list({d.id: d for d in documents}.values())
        unknown = [d for d in new if not self._recall(d)] if self._kept else new
        self._words.update(zip((d.id for d in unknown), words_of(unknown), strict=True))
        self._documents.update((d.id, d) for d in new)

    def _recall(self, document: Document) -> bool:
        """Take the words of a document from those kept."""
        data = self._kept.get(text_key(document))
        if data is None:
            return False
        try:
            self._words[document.id] = unpack_words(data)
        except ValueError:
            return False
        return True

    def remove(self, ids: Iterable[str]) -> None:
        """Forget documents; ids that are not there change nothing."""
        for id_ in ids:
            self._documents.pop(id_, None)
            self._words.pop(id_, None)

    def workings(self) -> Workings:
        """What an index of these documents needs to know in order to compare none of them again."""
        memo: Memo = {}
        for _, judged in self._slices.values():
            memo |= judged
        words = {text_key(d): pack_words(self._words[d.id]) for d in self._documents.values()}
        return Workings(words, pack_judged(memo), self.compared)

    def copies(self) -> list[Copy]:
        """Every pair that shares text, sorted by document and other."""
        self._latest = _latest(self._documents.values())
        texts = self._texts()
        found = [decide(x, y, WORD_FOR_WORD, 1.0, 1.0) for text in texts.values() for x, y in _same(text)]
        for a, b, judged in self._matches(texts):
            for x in _some(texts[a].bearers):
                others = (y for y in _some(texts[b].bearers) if not (judged.frame and _same_site(x, y)))
                near = (y for y in others if self._near(x, y))
                found += [decide(x, y, judged.verdict, judged.share_a, judged.share_b) for y in near]
        return sorted(digests(found), key=lambda c: (c.document, c.other))

    def _texts(self) -> dict[bytes, _Text]:
        """The different texts by digest, in the order of their first document's id."""
        texts: dict[bytes, _Text] = {}
        for id_ in sorted(self._documents):
            words = self._words[id_]
            texts.setdefault(words.digest, _Text(words.digest, words, [])).bearers.append(self._documents[id_])
        for text in texts.values():
            text.bearers.sort(key=_age)
        return texts

    # ------------------------------------------------------------ time

    def _days(self, document: Document) -> tuple[int, int] | None:
        """The days of publication; None where they are not known or cannot be right."""
        days = _interval(document)
        return None if days is None or days[0] > self._latest else days

    def _near(self, x: Document, y: Document) -> bool:
        """Whether two documents are within the window."""
        if self.window_days is None:
            return True
        first, second = self._days(x), self._days(y)
        return first is None or second is None or _gap(first, second) <= self.window_days

    def _matches(self, texts: dict[bytes, _Text]) -> Iterator[Match]:
        """The matches of every slice, each pair of texts once; slices that hold what they held are not done again."""
        known: Memo = dict(self._judged)
        for _, memo in self._slices.values():
            known |= memo
        slices: dict[bytes, tuple[list[Match], Memo]] = {}
        seen: set[tuple[bytes, bytes]] = set()
        for members in self._sliced(list(texts.values())):
            mark = blake2b(b"".join(t.digest + t.words.marks for t in members), digest_size=16).digest()
            if mark not in self._slices:
                slices[mark] = _compare(members, known)
                self.compared += len(slices[mark][1].keys() - known.keys())
                known |= slices[mark][1]
            else:
                slices[mark] = self._slices[mark]
            for match in slices[mark][0]:
                pair = match[:2]
                if pair not in seen:
                    seen.add(pair)
                    yield match
        self._slices = slices

    def _sliced(self, texts: Sequence[_Text]) -> Iterator[list[_Text]]:
        """Texts slice by slice, each in the order given."""
        if self.window_days is None:
            yield list(texts)
            return
        length = SLICE_WINDOWS * max(1, self.window_days)
        always: set[int] = set()
        slices: dict[int, set[int]] = {}
        for number, text in enumerate(texts):
            for document in text.bearers:
                days = self._days(document)
                if days is None or days[1] - days[0] > length:
                    always.add(number)
                else:
                    for place in range((days[0] - self.window_days) // length, days[1] // length + 1):
                        slices.setdefault(place, set()).add(number)
        for place in sorted(slices) or [0]:
            yield [texts[i] for i in sorted(slices.get(place, set()) | always)]


def _compare(members: Sequence[_Text], known: Memo) -> tuple[list[Match], Memo]:
    memo: Memo = {}
    found = find_matches([t.words for t in members], known, memo)
    return [(members[a].digest, members[b].digest, judged) for a, b, judged in found], memo


def _interval(document: Document) -> tuple[int, int] | None:
    """First and last day of publication as numbers; None where either is not known."""
    start, end = days_of(document)
    try:
        first, last = (date.fromisoformat((day or "")[:10]).toordinal() for day in (start, end))
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _latest(documents: Iterable[Document]) -> int:
    """The last day that can be right: a few documents that lie years after all others are misdated."""
    starts = sorted(days[0] for d in documents if (days := _interval(d)))
    few = max(1, len(starts) // MISDATED)
    for place in range(len(starts) - 1, max(0, len(starts) - 1 - few), -1):
        if starts[place] - starts[place - 1] > MISDATED_DAYS:
            return starts[place - 1]
    return date.max.toordinal()


def _gap(x: tuple[int, int], y: tuple[int, int]) -> int:
    return max(x[0] - y[1], y[0] - x[1])


# ---------------------------------------------------------------- identical texts


def _age(document: Document) -> tuple[str, str, str]:
    """Earliest first; undated ones last, by name."""
    start = document.published.start if document.published else None
    return start or "~", document.name, document.id


def _some(group: Sequence[Document]) -> Sequence[Document]:
    """The members of a group of identical texts that are compared with others: all, or the earliest of very many."""
    return group if len(group) <= ALL_PAIRS else group[:1]


def _same(text: _Text) -> Iterator[tuple[Document, Document]]:
    """Pairs of one text: each with each, in very large groups each with the earliest."""
    if len(text.words.codes) >= QUOTE_RUN:
        for place, x in enumerate(_some(text.bearers)):
            yield from ((x, y) for y in text.bearers[place + 1 :])


def _same_site(x: Document, y: Document) -> bool:
    """Whether two documents are known to be of one outlet or one host."""
    return (x.outlet is not None and x.outlet == y.outlet) or (host_of(x) is not None and host_of(x) == host_of(y))


def host_of(document: Document) -> str | None:
    """The host of a document's address; None where there is none."""
    try:
        return urlsplit(document.url or "").hostname
    except ValueError:
        return None
