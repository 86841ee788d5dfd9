"""Denials with content ("no vehicle was lost"): which of the claims of their story they stand against."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracewire.assemble.likeness import akin, compatible, forbidden
from tracewire.assemble.telling import neighbours, order, teller
from tracewire.assemble.view import ABOUT_TALK, ClaimView, World
from tracewire.model import Claim, Relation

NEAR = 1500
"""Characters before a denial: it answers what stands within them."""
STEM = 5
"""Letters by which a deed is known again ("deliveries", "delivered")."""
ONE_EVENT, NEXT_TO_IT = 1.5, 0.5
"""What it weighs that a claim is of the denial's event, or stands right before it."""
LEAST, LEAST_NEAR, WITHIN = 2.0, 0.5, 1.0
"""A denial answers claims that it shares so much with, and of them those that are so near the best."""
MOST, MOST_BY_ONE = 4, 2
GENERIC = frozenset({"weapons", "small-arms", "equipment", "missile", "rocket", "ammunition"})
"""Items so wide that they can stand for one of another family ("missiles" for anti-tank missiles)."""
ANY_VEHICLE = GENERIC | {"vehicle", "armoured-vehicle", "aircraft"}
"""The same for a denial: "no vehicle was lost" denies the loss of a tank."""


def denials(
    views: Sequence[ClaimView], documents: Iterable[tuple[str, str]], home: Mapping[str, int], world: World
) -> Iterator[Relation]:
    """What each denial contradicts in its own text and in those that `documents` pairs with it."""
    deeds: dict[str, list[ClaimView]] = defaultdict(list)
    for view in sorted(views, key=order):
        if is_deed(view) and view.claim.modality != "conditional":
            deeds[view.document.id].append(view)
    beside = neighbours(documents)
    for view in views:
        claim = view.claim
        if claim.polarity == "-" and claim.type not in ABOUT_TALK and not claim.opinion and not _unclaimed(view):
            rows = [row for document in sorted(beside[claim.document]) for row in deeds[document]]
            for row in _answered(view, sorted(rows, key=order), home, world):
                yield Relation(claim.id, "contradicts", row.claim.id, _aspect(view), "hard", f"{who(claim)} denies it")


_UNCLAIMED = re.compile(
    r"\bno (?:group|one|body|side|party|faction|organi[sz]ation)\b.{0,40}\bclaim|\bnobody\b.{0,40}\bclaim"
)


def _unclaimed(view: ClaimView) -> bool:
    """ "No group has claimed the attack" denies no attack."""
    return _UNCLAIMED.search(view.words) is not None


def _answered(view: ClaimView, rows: Sequence[ClaimView], home: Mapping[str, int], world: World) -> Iterator[ClaimView]:
    """The claims it has most in common with, at most four, and two by one teller."""
    weighed = []
    for number, row in enumerate(rows):
        mine = home.get(view.claim.id)
        joined = mine is not None and mine == home.get(row.claim.id)
        weight = _weight(view, row, joined, world)
        if weight >= (LEAST_NEAR if _near(view, row) else LEAST):
            weighed.append((-weight, number, row))
    tellers: Counter[str] = Counter()
    kept = 0
    for weight, _, row in sorted(weighed, key=lambda w: w[:2]):
        tellers[teller(row)] += 1
        if tellers[teller(row)] <= MOST_BY_ONE and -weight >= -min(w[0] for w in weighed) - WITHIN and kept < MOST:
            kept += 1
            yield row


def _weight(view: ClaimView, row: ClaimView, joined: bool, world: World) -> float:
    """How much says that a denial is about a claim; 0 where it cannot be."""
    if row.claim.segment == "title" or (_sourced(view) and teller(row) == teller(view)):
        return 0.0
    if not joined and (not deniable(view, row, world) or forbidden(view, row, world)):
        return 0.0
    return ONE_EVENT * joined + NEXT_TO_IT * _near(view, row) + _in_common(view, row, world)


def _near(view: ClaimView, row: ClaimView) -> bool:
    behind = view.claim.trigger.start - row.claim.trigger.start
    return view.document.id == row.document.id and 0 < behind <= NEAR


def _sourced(view: ClaimView) -> bool:
    return bool(view.claim.attribution) and view.claim.attribution[0].role in ("primary", "relay")


def _aspect(view: ClaimView) -> str:
    """What a denial disputes: who has it, who gave it, or that it took place."""
    if view.claim.type == "possession":
        return "holder"
    if view.claim.type in ("transfer", "support") and view.actors("giver"):
        return "giver"
    return "occurrence"


def is_deed(view: ClaimView) -> bool:
    """A claim that tells of something done."""
    claim = view.claim
    says = bool(claim.roles or claim.materiel or claim.casualties or claim.places)
    return claim.type not in ABOUT_TALK and claim.polarity == "+" and says


def who(claim: Claim) -> str:
    """Whose words a claim is, as printed."""
    return claim.attribution[0].who if claim.attribution else "the report"


def deniable(denial: ClaimView, claim: ClaimView, world: World) -> bool:
    """Compatible types, and no slot, item or place in which the two differ."""
    if not compatible(denial.claim.type, claim.claim.type) or other_items(denial, claim, ANY_VEHICLE):
        return False
    shared = denial.slots.keys() & claim.slots.keys()
    return all(world.any_same(denial.slots[s], claim.slots[s]) for s in shared)


def other_items(left: ClaimView, right: ClaimView, generic: frozenset[str] = GENERIC) -> bool:
    """Both name things, and none of one family."""
    one, two = ({i.partition(".")[0] for i in v.items - generic} for v in (left, right))
    return bool(one) and bool(two) and not one & two


def _in_common(denial: ClaimView, row: ClaimView, world: World) -> float:
    """An item, an actor, the deed's own words, a place."""
    actors = frozenset(e for es in denial.slots.values() for e in es)
    acting = frozenset(e for es in row.slots.values() for e in es)
    speakers = frozenset(a.entity for a in denial.claim.attribution[:1] if a.entity)
    return (
        bool(denial.families & row.families)
        + 0.5 * akin(denial, row)
        + world.any_same(actors, acting)
        + 0.5 * world.any_same(speakers, acting)
        + bool(denial.claim.trigger.quote[:STEM].casefold() == row.claim.trigger.quote[:STEM].casefold())
        + 0.5 * bool(denial.names & row.names)
        + 0.5 * bool(len(denial.stems & row.stems) >= 2)
    )
