"""Why claims are one event: the likenesses that joined them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

from tracewire.assemble.likeness import THRESHOLD, likeness
from tracewire.assemble.view import make_view, make_world
from tracewire.codebook import Codebook
from tracewire.link import Groups
from tracewire.model import Record


@dataclass(frozen=True, slots=True)
class Join:
    """Two claims, how alike they are (they join from THRESHOLD on), and what says so."""

    left: str
    right: str
    score: float
    why: tuple[str, ...]


def joins(record: Record, codebook: Codebook, claims: Collection[str]) -> list[Join]:
    """The strongest likenesses that hold the claims together, best first: one fewer than there are claims, at most."""
    world = make_world(record, codebook)
    views = sorted((make_view(c, world) for c in record.claims if c.id in claims), key=lambda v: v.claim.id)
    found = [
        Join(a.claim.id, b.claim.id, *result)
        for a, b in combinations(views, 2)
        if (result := likeness(a, b, world)) is not None and result[0] >= THRESHOLD
    ]
    return _spanning(sorted(found, key=lambda j: (-j.score, j.left, j.right)))


def _spanning(found: list[Join]) -> list[Join]:
    groups, kept = Groups(), []
    for join in found:
        if groups.find(join.left) != groups.find(join.right):
            groups.join(join.left, join.right)
            kept.append(join)
    return kept
