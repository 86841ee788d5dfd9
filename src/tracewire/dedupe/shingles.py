"""Words of documents, folded so that tokenised and lower-cased copies match, and the exact index of their 5-grams."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from tracewire.model import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.uint64]
    Numbers = NDArray[np.int64]

SHINGLE = 5
"""Words per shingle: at 15 % of words changed, 44 % of 5-grams still stand; fewer words link stock phrases."""

BODY = frozenset({"body", "quote", "embed", "caption"})
"""Labels whose words are compared; a title alone shared is no copy."""

ALL_PAIRS = 64
"""A shingle in up to this many documents links each with each; beyond, each with its `NEAR` neighbours by id, so
that two hundred copies of one report still hang together at a cost that grows with their number, not its square."""
NEAR = 8

COMMON_DOCUMENTS = 4
COMMON_OVERLAP = 0.3
"""A shingle in at least `COMMON_DOCUMENTS` documents which on average share less than `COMMON_OVERLAP` of the shorter
one's shingles is boilerplate or a stock phrase. Copies, cuts and edits of one report share .35 and more. Relations on
the syndication set hardly move between three and eight documents; fewer free small cases of boilerplate too."""

MIN_SHINGLES = 4
MIN_OVERLAP = 0.02
"""Least shared shingles of a pair worth aligning: eight words in a row, and 2 % of the shorter document."""

_IGNORED = "\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff"
_WORD = re.compile(rf"([^\W_](?:[^\W_]|[{_IGNORED}])*)|[\"“”„‟«»‘]|’(?!\w)")
_DROPPED = re.compile(rf"[{_IGNORED}]")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The compared words of one document: a 64-bit code for each, and where quotation marks stand.

    `marks[k]` is 1 where a quotation mark stands between word k-1 and word k, so it has one entry more than `codes`.
    """

    codes: array[int]
    marks: bytes


@dataclass(frozen=True, slots=True)
class Candidates:
    """Index pairs (i < j) worth aligning, in order, and the shingles that link nothing (boilerplate)."""

    pairs: list[tuple[int, int]]
    common: frozenset[int]


def iter_words(document: Document) -> Iterator[tuple[int, int, str]]:
    """(start, end, folded word) in reading offsets; "" for a quotation mark."""
    text = document.reading.text
    for block in document.reading.blocks:
        if block.label not in BODY:
            continue
        for match in _WORD.finditer(text, block.start, block.end):
            word = match[1]
            yield match.start(), match.end(), fold(word) if word else ""


def fold(word: str) -> str:
    """A word without case, accents, soft hyphens and compatibility forms."""
    if word.isascii():
        return word.lower()
    return _DROPPED.sub("", unicodedata.normalize("NFKD", word.casefold())) or word


def code(word: str) -> int:
    """64 bits of BLAKE2b: the same for a word on every run, so that an index can be kept."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def words_of(documents: Iterable[Document]) -> list[Words]:
    """The words of each document, in the order given."""
    known: dict[str, int] = {}
    return [_words(document, known) for document in documents]


def _words(document: Document, known: dict[str, int]) -> Words:
    codes = array("Q")
    marks = bytearray(1)
    for _, _, word in iter_words(document):
        if not word:
            marks[-1] = 1
            continue
        number = known.get(word)
        if number is None:
            number = known[word] = code(word)
        codes.append(number)
        marks.append(0)
    return Words(codes, bytes(marks))


def shingle_codes(codes: array[int]) -> list[int]:
    """One 64-bit code for each run of `SHINGLE` words, by its first word; empty for shorter texts."""
    import numpy as np

    found: list[int] = _shingles(np.frombuffer(codes, dtype=np.uint64)).tolist() if codes else []
    return found


def _shingles(codes: Codes) -> Codes:
    import numpy as np

    if len(codes) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    total = np.zeros(len(codes) - SHINGLE + 1, dtype=np.uint64)
    for k in range(SHINGLE):
        total = total * np.uint64(0x9E3779B97F4A7C15) + codes[k : len(codes) - SHINGLE + 1 + k]
    return total ^ (total >> np.uint64(29))


# ---------------------------------------------------------------- candidate pairs


@dataclass(frozen=True, slots=True)
class _Postings:
    """Documents of each shingle that stands in two or more: group g is `owners[starts[g]:starts[g] + sizes[g]]`."""

    owners: Numbers
    starts: Numbers
    sizes: Numbers
    codes: Codes
    lengths: Numbers
    """Distinct shingles of each document."""


def find_candidates(words: Sequence[Words]) -> Candidates:
    """Pairs that share enough shingles that are not common; `words` sorted by document id."""
    import numpy as np

    postings = _postings(words)
    keys, counts = _count_pairs(postings, np.ones(len(postings.sizes), dtype=np.bool_))
    common = _common_groups(postings, keys, counts)
    if common.any():
        keys, counts = _count_pairs(postings, ~common)
    total = len(words)
    left, right = keys // max(1, total), keys % max(1, total)
    shorter = np.minimum(postings.lengths[left], postings.lengths[right])
    chosen = (counts >= MIN_SHINGLES) & (counts >= MIN_OVERLAP * shorter)
    pairs = list(zip(left[chosen].tolist(), right[chosen].tolist(), strict=True))
    return Candidates(pairs, frozenset(postings.codes[common].tolist()))


def _postings(words: Sequence[Words]) -> _Postings:
    import numpy as np

    each = [np.unique(_shingles(np.frombuffer(w.codes, dtype=np.uint64))) if w.codes else None for w in words]
    lengths = np.array([0 if e is None else len(e) for e in each], dtype=np.int64)
    found = [e for e in each if e is not None]
    codes = np.concatenate(found) if found else np.empty(0, dtype=np.uint64)
    owners = np.repeat(np.arange(len(words), dtype=np.int64), lengths)
    order = np.argsort(codes, kind="stable")
    codes, owners = codes[order], owners[order]
    first = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1]))) if len(codes) else np.empty(0, np.int64)
    sizes = np.diff(np.append(first, len(codes)))
    several = sizes > 1
    starts = first[several]
    return _Postings(owners, starts, sizes[several], codes[starts], lengths)


def _count_pairs(postings: _Postings, chosen: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Keys `i * documents + j` of the linked pairs in order, and how many of the chosen shingles each shares."""
    import numpy as np

    total = len(postings.lengths)
    found: list[Numbers] = []
    for size in np.unique(postings.sizes[chosen]).tolist():
        starts = postings.starts[chosen & (postings.sizes == size)]
        left, right = _links(size)
        first, second = (postings.owners[starts[:, None] + side] for side in (left, right))
        found.append((first * total + second).ravel())
    if not found:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    keys, counts = np.unique(np.concatenate(found), return_counts=True)
    return keys, counts


def _links(size: int) -> tuple[Numbers, Numbers]:
    """Which members of a group of that size are paired."""
    import numpy as np

    left, right = np.triu_indices(size, 1)
    if size > ALL_PAIRS:
        near = right - left <= NEAR
        left, right = left[near], right[near]
    return left.astype(np.int64), right.astype(np.int64)


def _common_groups(postings: _Postings, keys: Numbers, counts: Numbers) -> NDArray[np.bool_]:
    """True for each group whose documents, taken two by two in order, share little beside it."""
    import numpy as np

    common = np.zeros(len(postings.sizes), dtype=np.bool_)
    total = len(postings.lengths)
    for group in np.flatnonzero(postings.sizes >= COMMON_DOCUMENTS).tolist():
        start, size = int(postings.starts[group]), int(postings.sizes[group])
        members = postings.owners[start : start + size]
        shared = counts[np.searchsorted(keys, members[:-1] * total + members[1:])]
        shorter = np.minimum(postings.lengths[members[:-1]], postings.lengths[members[1:]])
        common[group] = float(np.mean(shared / shorter)) < COMMON_OVERLAP
    return common
