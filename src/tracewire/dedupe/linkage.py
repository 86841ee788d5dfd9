"""Average-link clusters of a few documents, by the nearest-neighbour chain, with some pairs tied beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


def components(size: int, edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Connected components of the numbers below `size`, each in order, by their first member."""
    root = list(range(size))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, j in edges:
        low, high = sorted((find(i), find(j)))
        root[high] = low
    groups: dict[int, list[int]] = {}
    for i in range(size):
        groups.setdefault(find(i), []).append(i)
    return list(groups.values())


def average_link(cosines: Floats, tied: Iterable[tuple[int, int]], least: float) -> list[list[int]]:
    """Clusters whose average cosine stays at `least` as they are merged, best first; tied pairs stay together.

    `cosines` is square. The chain finds the same merges as best-first search does, in time that grows with the
    square: F. Murtagh, "A survey of recent advances in hierarchical clustering algorithms", 1983.
    """
    import numpy as np

    groups = components(len(cosines), tied)
    sums = _sums(cosines.astype(np.float64), groups)
    sizes = np.array([len(g) for g in groups], dtype=np.float64)
    alive = np.ones(len(groups), dtype=np.bool_)
    chain: list[int] = []
    while alive.any():
        if not chain:
            chain.append(int(np.argmax(alive)))
        top = chain[-1]
        average = np.where(alive, sums[top] / (sizes[top] * sizes), -1.0)
        average[top] = -1.0
        if len(chain) > 1:
            average[chain[-2]] += 1e-12
        best = int(np.argmax(average))
        if average[best] < least:
            # whatever joins elsewhere brings no neighbour nearer than the nearest is now
            alive[top] = False
            chain.pop()
        elif len(chain) > 1 and best == chain[-2]:
            del chain[-2:]
            _merge(sums, sizes, groups, *sorted((top, best)))
            alive[max(top, best)] = False
        else:
            chain.append(best)
    return [sorted(g) for g in groups if g]


def _sums(cosines: NDArray[np.float64], groups: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """Sums of cosines between groups; symmetric to the last bit, which the chain relies on to end."""
    import numpy as np

    order = np.array([i for group in groups for i in group], dtype=np.int64)
    starts = np.cumsum([0] + [len(group) for group in groups[:-1]])
    sums = np.add.reduceat(np.add.reduceat(cosines[np.ix_(order, order)], starts, axis=0), starts, axis=1)
    return (sums + sums.T) / 2


def _merge(sums: NDArray[np.float64], sizes: NDArray[np.float64], groups: list[list[int]], low: int, high: int) -> None:
    """Take group `high` into group `low`, in place."""
    sums[low] += sums[high]
    sums[:, low] += sums[:, high]
    sizes[low] += sizes[high]
    groups[low] += groups[high]
    groups[high] = []
