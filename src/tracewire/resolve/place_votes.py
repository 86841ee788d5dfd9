"""Which countries the names of a report's places speak for, beside those that it names outright."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracewire.resolve.gazetteer_db import PlaceRow
from tracewire.resolve.names import TIER_MARKED, keys
from tracewire.resolve.place_scores import people

__all__ = ["in_one_country", "votes"]

AREA_PEOPLE = 200_000
"""What a province or region counts as beside towns, whose weight is the root of their population."""
FEWEST_PEOPLE = 100
SHORTEST = 4
"""Shorter names ("Bor", "Tin") are homonyms more often than not."""


def votes(named: Iterable[tuple[str, Sequence[PlaceRow]]]) -> dict[str, float]:
    """Country -> votes of the (name, candidates) of a report: one for each distinct name, shared by its candidates."""
    found: dict[str, float] = {}
    for _, rows in sorted(
        {keys(name).exact: rows for name, rows in named if len(keys(name).exact) >= SHORTEST}.items()
    ):
        weights: dict[str, float] = {}
        for row in rows:
            if row.country and row.kind != "country" and row.tier < TIER_MARKED:
                size = people(row) if row.kind in ("city", "locality", "town") else AREA_PEOPLE
                weights[row.country] = max(weights.get(row.country, 0.0), (size + FEWEST_PEOPLE) ** 0.5)
        total = sum(weights.values())
        for country, weight in weights.items():
            found[country] = found.get(country, 0.0) + weight / total
    return dict(sorted(found.items()))


def in_one_country(rows: Iterable[PlaceRow]) -> bool:
    """Whether all places of a name lie in one country."""
    return len({row.country for row in rows if row.tier < TIER_MARKED}) == 1
