"""Which pairs of texts are worth aligning: an exact index of 5-grams, without those that are boilerplate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracewire.dedupe.words import Words, shingles_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

ALL_PAIRS = 64
"""A shingle in up to this many documents links each with each; beyond, each with its `NEAR` neighbours by id, so
that two hundred copies of one report still hang together at a cost that grows with their number, not its square."""
NEAR = 8

COMMON_DOCUMENTS = 4
COMMON_OVERLAP = 0.3
"""A shingle in at least `COMMON_DOCUMENTS` documents which on average share less than `COMMON_OVERLAP` of the shorter
one's shingles is boilerplate or a stock phrase. Copies, cuts and edits of one report share .35 and more. Relations on
the syndication set hardly move between three and eight documents; fewer free small cases of boilerplate too."""

SAMPLED = 6
"""Neighbours by id that are compared to tell how much the documents of a shingle share: ids are hashes, so the first
ones are a fair sample, the same whatever the order in which documents came."""

MIN_SHINGLES = 4
MIN_OVERLAP = 0.02
"""Least shared shingles of a pair worth aligning: eight words in a row, and 2 % of the shorter document."""

OWNER_BITS = 22
"""Bits of an index key that hold the number of the text, so that one sort groups texts by shingle: four million
texts, and 42 bits of shingle, of which two of thirty million meet by chance some hundred times. Alignment looks at the
words again."""

CHUNK = 2048
"""Texts whose shingles are made at once."""
LINKS = 1 << 23
"""Links counted at once: 64 MB."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Index pairs (i < j) worth aligning, by j and then i, and the shingles that link nothing (boilerplate)."""

    pairs: list[tuple[int, int]]
    common: Keys

    def is_common(self, shingles: Keys) -> Flags:
        """True for each shingle that is boilerplate."""
        import numpy as np

        if not len(self.common):
            return np.zeros(len(shingles), dtype=np.bool_)
        short = shingles >> np.uint64(OWNER_BITS)
        places = np.minimum(np.searchsorted(self.common, short), len(self.common) - 1)
        flags: Flags = self.common[places] == short
        return flags


@dataclass(frozen=True, slots=True, eq=False)
class _Postings:
    """Texts of each shingle that stands in two or more: group g is `owners[starts[g]:starts[g] + sizes[g]]`."""

    owners: Numbers
    starts: Numbers
    sizes: Numbers
    codes: Keys
    lengths: Numbers
    """Distinct shingles of each text."""


def find_candidates(texts: Sequence[Words]) -> Candidates:
    """Pairs that share enough shingles that are not common; `texts` stand in an order that their contents give."""
    import numpy as np

    postings = _postings(texts)
    common = _common_groups(postings)
    keys, counts = _count_pairs(postings, ~common)
    total = max(1, len(texts))
    left, right = keys % total, keys // total
    shorter = np.minimum(postings.lengths[left], postings.lengths[right])
    chosen = (counts >= MIN_SHINGLES) & (counts >= MIN_OVERLAP * shorter)
    pairs = list(zip(left[chosen].tolist(), right[chosen].tolist(), strict=True))
    return Candidates(pairs, postings.codes[common])


# ---------------------------------------------------------------- the index


def _postings(texts: Sequence[Words]) -> _Postings:
    import numpy as np

    keys = _keys(texts)
    owners = (keys & np.uint64((1 << OWNER_BITS) - 1)).astype(np.int64)
    codes = keys >> np.uint64(OWNER_BITS)
    lengths = np.bincount(owners, minlength=len(texts))
    first = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1]))) if len(codes) else np.empty(0, np.int64)
    sizes = np.diff(np.append(first, len(codes)))
    several = sizes > 1
    kept = np.repeat(several, sizes)
    codes, sizes = codes[first[several]], sizes[several]
    return _Postings(owners[kept], np.cumsum(sizes) - sizes, sizes, codes, lengths)


def _keys(texts: Sequence[Words]) -> Keys:
    """Every shingle with the number of its text in the low bits, sorted, each once."""
    import numpy as np

    parts = [np.empty(0, dtype=np.uint64)]
    low = np.uint64((1 << OWNER_BITS) - 1)
    for start in range(0, len(texts), CHUNK):
        codes, owners = shingles_of(texts[start : start + CHUNK])
        parts.append((codes & ~low) | (owners + np.uint64(start)))
    keys = np.concatenate(parts)
    keys.sort()
    return keys[np.concatenate(([True], keys[1:] != keys[:-1]))] if len(keys) else keys


# ---------------------------------------------------------------- boilerplate


def _common_groups(postings: _Postings) -> Flags:
    """True for each group whose documents, taken two by two in order, share little beside it."""
    import numpy as np

    common = np.zeros(len(postings.sizes), dtype=np.bool_)
    wide = np.flatnonzero(postings.sizes >= COMMON_DOCUMENTS)
    if not len(wide):
        return common
    places = [(wide[postings.sizes[wide] > k + 1], k) for k in range(SAMPLED)]
    groups = np.concatenate([chosen for chosen, _ in places])
    starts = np.concatenate([postings.starts[chosen] + k for chosen, k in places])
    left, right = postings.owners[starts], postings.owners[starts + 1]
    pairs, which = np.unique(left * len(postings.lengths) + right, return_inverse=True)
    shares = _overlaps(postings, pairs)[which]
    sums = np.bincount(groups, shares, minlength=len(common))
    taken = np.bincount(groups, minlength=len(common))
    common[wide] = sums[wide] < COMMON_OVERLAP * taken[wide]
    return common


def _overlaps(postings: _Postings, pairs: Numbers) -> NDArray[np.float64]:
    """Part of the shorter text's shingles that each pair (`i * texts + j`, sorted) shares."""
    import numpy as np

    total = len(postings.lengths)
    order = np.argsort(postings.owners, kind="stable")
    groups = np.repeat(np.arange(len(postings.sizes)), postings.sizes)[order]
    ends = np.cumsum(np.bincount(postings.owners, minlength=total)).tolist()
    seen = np.zeros(len(postings.sizes), dtype=np.bool_)
    lengths = postings.lengths.tolist()
    shares = np.empty(len(pairs), dtype=np.float64)
    last, own = -1, groups[:0]
    for number, (i, j) in enumerate(zip((pairs // total).tolist(), (pairs % total).tolist(), strict=True)):
        if i != last:
            seen[own] = False
            own = groups[ends[i - 1] if i else 0 : ends[i]]
            seen[own] = True
            last = i
        shares[number] = np.count_nonzero(seen[groups[ends[j - 1] : ends[j]]]) / min(lengths[i], lengths[j])
    return shares


# ---------------------------------------------------------------- pairs


def _count_pairs(postings: _Postings, chosen: Flags) -> tuple[Numbers, Numbers]:
    """Keys `j * texts + i` of the linked pairs in order, and how many of the chosen shingles each shares."""
    import numpy as np

    keys, counts = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    for links in _links(postings, chosen):
        new, times = np.unique(links, return_counts=True)
        keys, which = np.unique(np.concatenate((keys, new)), return_inverse=True)
        counts = np.bincount(which, np.concatenate((counts, times)), minlength=len(keys)).astype(np.int64)
    return keys, counts


def _links(postings: _Postings, chosen: Flags) -> Iterator[Numbers]:
    """Keys of all links, so many at once as fit in memory."""
    import numpy as np

    found: list[Numbers] = []
    held = 0
    for size in np.unique(postings.sizes[chosen]).tolist():
        starts = postings.starts[chosen & (postings.sizes == size)]
        left, right = _members(size)
        step = max(1, LINKS // len(left))
        for place in range(0, len(starts), step):
            part = starts[place : place + step, None]
            found.append((postings.owners[part + right] * len(postings.lengths) + postings.owners[part + left]).ravel())
            held += len(found[-1])
            if held >= LINKS:
                yield np.concatenate(found)
                found, held = [], 0
    if found:
        yield np.concatenate(found)


def _members(size: int) -> tuple[Numbers, Numbers]:
    """Which members of a group of that size are paired."""
    import numpy as np

    if size <= ALL_PAIRS:
        left, right = np.triu_indices(size, 1)
        return left.astype(np.int64), right.astype(np.int64)
    left = np.repeat(np.arange(size, dtype=np.int64), NEAR)
    right = left + np.tile(np.arange(1, NEAR + 1, dtype=np.int64), size)
    return left[right < size], right[right < size]
