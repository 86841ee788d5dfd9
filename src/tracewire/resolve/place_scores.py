"""How well a place of the gazetteer fits what a document says: country, province, nearness, kind, population."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from tracewire.resolve.gazetteer_db import PlaceRow, distance_km
from tracewire.resolve.names import TIER_MARKED, TIER_SKELETON, keys
from tracewire.resolve.place_words import Phrase

__all__ = ["POPULATED", "Surroundings", "admin_keys", "fit", "people"]

POPULATED = frozenset({"city", "locality", "town", "neighbourhood"})
_TIER_COST = (0.0, 0.4, 1.5, 2.5)
COUNTRY_SHARE, COUNTRY_NAMED, COUNTRY_ABSENT = 3.0, 1.0, -2.5
SMALLEST_SHARE = 0.06
"""A country named less often than this is mentioned in passing; a place in it needs to be said to lie there."""
NO_COUNTRY = -2.0
"""Where a document names no country at all, only towns of some size (5,000 people) are taken by their name alone."""
FAMOUS, FAMOUS_ABSENT = 500_000, -0.5
"""A city of this size is named in stories of any country, so that its own country need not be."""
UNIQUE_TOWN, UNIQUE_ABSENT = 10_000, 0.0
"""Nor a town's of this size in a country of the supplement, or a province's, whose name no other country has."""
VOTED = 1.5
"""Two names that only one country has (place_votes.py) place a report there, though it names another."""
POPULATION = 0.4
SUPPLEMENT_TOWN = 10_000
QUALIFIED, QUALIFIED_ELSE, MENTIONED_ADMIN = 4.0, -1.0, 1.2
KIND_ASKED, KIND_OTHER = 3.0, -1.5
NEAR, NEAR_KM, FAR, FAR_KM = 1.5, 100.0, -1.5, 400.0
# Weights set by hand on invented reports and on the place names of the annotated sentences, so that a province or
# country that the text names outweighs any difference in population (at most 0.4 * 7), and nearness decides the rest.


@dataclass(slots=True)
class Surroundings:
    """What a document says about where it is: shares of countries (summing to 1), provinces named, places found."""

    countries: Mapping[str, float] = field(default_factory=dict)
    votes: Mapping[str, float] = field(default_factory=dict)
    admins: Collection[str] = ()
    anchors: Sequence[tuple[float, float]] = ()


def fit(
    row: PlaceRow, phrase: Phrase, around: Surroundings, qualifiers: Collection[str] = (), *, unique: bool = False
) -> float:
    """Score of a place for a phrase; comparable between the candidates of one phrase, above 0 good enough to take.

    `unique`: no other country has a place of that name.
    """
    score = -_TIER_COST[row.tier] + _kind(row, phrase) + POPULATION * math.log10(people(row) + 1)
    score += _country(row, around, unique) + _province(row, around, qualifiers)
    return score + _nearness(row, around.anchors)


def _kind(row: PlaceRow, phrase: Phrase) -> float:
    area = row.kind in ("admin1", "admin2")
    if phrase.kind in ("admin1", "admin2"):
        return KIND_ASKED if row.kind in (phrase.kind, "region") else KIND_OTHER if not area else 0.0
    if phrase.countryside:
        return KIND_ASKED if row.kind == "admin1" else 0.0
    if phrase.kind == "city" or phrase.facility:
        return KIND_ASKED / 2 if row.kind in POPULATED else KIND_OTHER if area else 0.0
    if row.kind == "country":
        return KIND_ASKED + 1
    if row.kind == "neighbourhood":
        return -0.5 if phrase.kind != "quarter" else KIND_ASKED
    if row.kind == "admin1":
        return 0.8 if phrase.modifier and not phrase.outer else 0.2
    if row.kind == "admin2":
        return 0.0
    return 0.5 if row.kind in POPULATED else 1.0


def people(row: PlaceRow) -> int:
    """How many live there; a town of the supplement, which has no figure, is there because reports name it."""
    if row.population is None and row.kind in POPULATED and row.gid.startswith("supplement:"):
        return SUPPLEMENT_TOWN
    return row.population or 0


def _country(row: PlaceRow, around: Surroundings, unique: bool) -> float:
    if row.kind == "country":
        return 0.0
    if row.country is None:
        return COUNTRY_NAMED if around.countries else 0.0
    share = around.countries.get(row.country, 0.0)
    if share >= SMALLEST_SHARE:
        return COUNTRY_NAMED + COUNTRY_SHARE * share
    if around.votes.get(row.country, 0.0) >= VOTED and row.tier < TIER_MARKED:
        return COUNTRY_NAMED
    if not around.countries:
        return NO_COUNTRY if row.kind in POPULATED else 0.0
    return _absent(row, unique)


def _absent(row: PlaceRow, unique: bool) -> float:
    """For a place in a country that the report does not name."""
    if row.kind not in POPULATED and row.gid.startswith("supplement:") and row.tier < TIER_MARKED:
        return UNIQUE_ABSENT if unique or row.kind != "admin1" else FAMOUS_ABSENT
    if people(row) >= FAMOUS:
        return FAMOUS_ABSENT
    town = unique and row.admin1 is not None and people(row) >= UNIQUE_TOWN and row.tier < TIER_MARKED
    return UNIQUE_ABSENT if town else COUNTRY_ABSENT


def admin_keys(name: str) -> frozenset[str]:
    """Keys by which two spellings of a province meet."""
    return frozenset(key for tier, key in keys(name) if tier < TIER_SKELETON)


def _province(row: PlaceRow, around: Surroundings, qualifiers: Collection[str]) -> float:
    """For "X, Idlib" and "X in Turkey": whether the place lies there; else whether its province is named at all."""
    countries = {code for code in qualifiers if len(code) == 2 and code.isupper()}
    if countries:
        return QUALIFIED if row.country in countries else QUALIFIED_ELSE * 2
    if row.admin1 is None:
        return 0.0
    own = admin_keys(row.admin1) | (admin_keys(row.admin2) if row.admin2 else frozenset())
    if qualifiers:
        return QUALIFIED if not own.isdisjoint(qualifiers) else QUALIFIED_ELSE
    return MENTIONED_ADMIN if not own.isdisjoint(around.admins) else 0.0


def _nearness(row: PlaceRow, anchors: Sequence[tuple[float, float]]) -> float:
    if not anchors or row.latitude is None or row.longitude is None:
        return 0.0
    apart = sorted(distance_km((row.latitude, row.longitude), anchor) for anchor in anchors)
    near, middle = apart[0], apart[len(apart) // 2]
    return max(0.0, NEAR * (1 - near / NEAR_KM)) + max(FAR, -middle / FAR_KM)
