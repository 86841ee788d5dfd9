"""Boosted trees as data: read from JSON, and asked for many rows at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["LEAVES", "scores"]

LEAVES = 16
"""Most leaves of a tree: a bit for each in a mask."""


@dataclass(frozen=True, slots=True)
class _Trees:
    """Inner nodes in rows of equal length, a row for each tree. A row of features passes through a tree by the masks of
    the questions that it fails: each bars the leaves to the left, and the first leaf that is left over is reached."""

    features: tuple[str, ...]
    base: float
    feature: Any
    threshold: Any
    barred: Any
    value: Any
    first: Any
    """For each mask the place of its lowest bit."""


def scores(file: str, names: Sequence[str], rows: Any) -> Any:
    """For each row the score of a file's trees (log odds); `names` are the features in order."""
    import numpy as np

    known = _trees(file)
    if known.features != tuple(names):
        raise ValueError(f"{file} was made for other features; run bench/grow_selector.py")
    failed = rows[:, known.feature.ravel()] > known.threshold.ravel()
    masks = np.where(failed, known.barred.ravel(), np.uint32(2**LEAVES - 1)).reshape(len(rows), *known.feature.shape)
    leaf = known.first[np.bitwise_and.reduce(masks, axis=2)]
    values = known.value[np.arange(len(known.value))[None, :], leaf]
    score = np.full(len(rows), known.base)
    for column in values.T:  # tree by tree, so that the sum does not hang on how numpy adds
        score += column
    return score


@cache
def _trees(file: str) -> _Trees:
    import numpy as np

    table = json.loads(files("tracewire.clean").joinpath(file).read_text("utf-8"))
    laid = [_laid_out(tree) for tree in table["trees"]]
    nodes = max(len(tree[0]) for tree in laid)
    shape = (len(laid), nodes)
    feature, threshold = np.zeros(shape, dtype=np.intp), np.full(shape, np.inf)
    barred, value = np.full(shape, 2**LEAVES - 1, dtype=np.uint32), np.zeros((len(laid), LEAVES))
    for row, (inner, leaves) in enumerate(laid):
        for column, (what, where, mask) in enumerate(inner):
            feature[row, column], threshold[row, column], barred[row, column] = what, where, mask
        value[row, : len(leaves)] = leaves
    masks = np.arange(2**LEAVES, dtype=np.int64)
    masks[0] = 1
    first = np.log2(masks & -masks).round().astype(np.intp)
    return _Trees(tuple(table["features"]), table["base"], feature, threshold, barred, value, first)


def _laid_out(tree: dict[str, list[Any]]) -> tuple[list[tuple[int, float, int]], list[float]]:
    """The inner nodes of a tree as (feature, threshold, mask of what is left where it fails); its leaves in order."""
    inner: list[tuple[int, float, int]] = []
    leaves: list[float] = []

    def visit(node: int) -> None:
        if tree["feature"][node] < 0:
            leaves.append(tree["value"][node])
            return
        start = len(leaves)
        visit(tree["left"][node])
        left = (1 << len(leaves)) - (1 << start)
        visit(tree["right"][node])
        inner.append((tree["feature"][node], tree["threshold"][node], (2**LEAVES - 1) & ~left))

    visit(0)
    return inner, leaves
