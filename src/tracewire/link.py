"""Block, score, cluster: the one linkage engine.

Pure Python over explained pair scores; Splink takes the place of `score_pairs` where a case outgrows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")

MAX_BLOCK = 400
"""Blocks larger than this are skipped: a key that so many share tells nothing. Set by hand."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Two items (positions), how alike they are, and why in words."""

    left: int
    right: int
    score: float
    why: tuple[str, ...]


def candidate_pairs(items: Sequence[Item], keys: Callable[[Item], Iterable[Hashable]]) -> Iterator[tuple[int, int]]:
    """Positions of all pairs that share a blocking key, each once, in order."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for position, item in enumerate(items):
        for key in dict.fromkeys(keys(item)):
            blocks[key].append(position)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) > MAX_BLOCK:
            continue
        for index, left in enumerate(members):
            seen.update((left, right) for right in members[index + 1 :])
    yield from sorted(seen)


def score_pairs(
    items: Sequence[Item],
    keys: Callable[[Item], Iterable[Hashable]],
    score: Callable[[Item, Item], tuple[float, tuple[str, ...]] | None],
) -> list[Scored]:
    """Scores of the candidate pairs; `score` returns None for pairs that must not be linked."""
    found = []
    for left, right in candidate_pairs(items, keys):
        result = score(items[left], items[right])
        if result is not None:
            found.append(Scored(left, right, *result))
    return found


def cluster(
    size: int, pairs: Iterable[Scored], threshold: float, cannot: Callable[[int, int], bool]
) -> list[list[int]]:
    """Groups of positions, best pairs joined first.

    Two groups join only if no pair across them is forbidden, so a chain of likenesses never joins what is far apart.
    """
    groups: dict[int, list[int]] = {i: [i] for i in range(size)}
    home = list(range(size))
    for pair in sorted(pairs, key=lambda p: (-p.score, p.left, p.right)):
        if pair.score < threshold:
            break
        a, b = sorted((home[pair.left], home[pair.right]))
        if a == b or any(cannot(i, j) for i in groups[a] for j in groups[b]):
            continue
        for member in groups[b]:
            home[member] = a
        groups[a] = sorted(groups[a] + groups.pop(b))
    return [groups[k] for k in sorted(groups)]


class Groups:
    """Things that are joined two by two."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def find(self, item: Hashable) -> Hashable:
        """The thing that stands for all that an item is joined with."""
        while self._parent.get(item, item) != item:
            item = self._parent[item]
        return item

    def join(self, item: Hashable, other: Hashable) -> None:
        """Make two things one."""
        a, b = self.find(item), self.find(other)
        if a != b:
            self._parent[a] = b

    def members(self) -> Iterable[Hashable]:
        """All that were joined with another."""
        return list(self._parent)
