"""How alike two claims are, as a sum of explained weights, and what forbids that they are one event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import asin, cos, radians, sin, sqrt

from tracewire.assemble.view import AGENTS, FAMILIES, ClaimView, World

# Weights and thresholds were set by hand on the invented demo reports, so that one agreeing date and one agreeing
# named actor do not suffice, but a date, an actor and a place or item do.
SAME_TYPE, COMPATIBLE_TYPE = 0.4, 0.2
SAME_WORDS = 3.0
DAY_MATCH, SPAN_MATCH = 0.7, 0.35
LENT_DAY_MATCH, NEXT_DAY_MATCH, LENT_NEXT_DAY_MATCH = 0.0, 0.15, 0.0
"""A day lent by the sentence before joins nothing, it only keeps apart; the next day may well be another deed."""
PLACE_MATCH, PLACE_NEAR = 0.9, 0.6
ACTOR_MATCH, ACTOR_CONFLICT = 0.6, -0.5
ITEM_MATCH, FAMILY_MATCH, ITEM_CONFLICT = 0.7, 0.5, -0.4
COUNT_MATCH = 0.6
KIN_MATCH = 0.3
KIN: tuple[frozenset[str], ...] = (
    frozenset({"vehicle", "armoured-vehicle", "apc", "ifv", "mrap", "tank", "technical"}),
    frozenset({"missile", "atgm", "anti-tank-weapon", "rocket", "rpg", "manpads", "sam", "air-defence"}),
    frozenset({"uav", "ucav", "loitering-munition", "aircraft"}),
    frozenset({"rifle", "small-arms", "machine-gun", "submachine-gun", "sniper-rifle", "pistol"}),
    frozenset({"aircraft", "combat-aircraft", "helicopter", "attack-helicopter", "transport-aircraft"}),
    frozenset({"boat", "ship", "warship"}),
)
"""Families that reports mistake or widen for one another."""
TELLING = 3
SAME_STORY = 0.4
SAME_VICTIMS, TOLD_TOGETHER, VICTIMS_DIFFER = 0.6, 0.6, -0.8
TOGETHER_CHARS = 1500
"""Two sides' counts of the dead stand within about five paragraphs of a report."""
THRESHOLD = 1.6
FAR_KM = 80.0
"""Places further apart than this, radii taken off, are never one event."""
SHORT_DAYS = 10
"""Intervals up to this length are narrow enough to tell events apart."""
PRESS_DAYS = 30
"""News of a deed comes out within a month, or says when it happened."""
MAX_GAP_DAYS = 1
"""Reports differ by a day for deeds at night and across time zones."""


def compatible(left: str, right: str) -> bool:
    """Whether two claim types can tell of one deed."""
    return left == right or any(left in f and right in f for f in FAMILIES)


def keys(view: ClaimView) -> Iterable[tuple[str, str]]:
    """Blocking keys: claims that share none of these are never compared."""
    yield ("words", view.words)
    yield from (("victims", f"{view.story}:{word}") for word in sorted(view.victims))
    for group, family in enumerate((*FAMILIES, frozenset({view.claim.type}))):
        if view.claim.type not in family:
            continue
        mark = str(group) if group < len(FAMILIES) else view.claim.type
        yield from ((f"{mark}:place", p) for p in sorted(view.places))
        yield from ((f"{mark}:item", i) for i in sorted(view.families))
        yield from ((f"{mark}:{slot}", e) for slot, es in sorted(view.slots.items()) for e in sorted(es))


def likeness(left: ClaimView, right: ClaimView, world: World) -> tuple[float, tuple[str, ...]] | None:
    """Score and reasons; None where the two cannot be one event."""
    if forbidden(left, right, world):
        return None
    parts: list[tuple[float, str]] = []
    same = left.claim.type == right.claim.type
    parts.append((SAME_TYPE, "same type") if same else (COMPATIBLE_TYPE, "types for one deed"))
    if left.words == right.words and same:
        parts.append((SAME_WORDS, "same words"))
    if left.story is not None and left.story == right.story and left.document.id != right.document.id:
        parts.append((SAME_STORY, "documents of one story"))
    parts += _dates(left, right)
    parts += _places(left, right, world)
    parts += _actors(left, right, world)
    parts += _items(left, right)
    parts += _victims(left, right)
    specific = any(
        reason.startswith(("same words", "place", "item", "count", "named actor")) for s, reason in parts if s > 0
    )
    dated = any(s > 0 and reason.startswith("date") for s, reason in parts)
    if not same and not dated:
        return None  # a handover and a later loss at one place are two deeds
    score = sum(s for s, _ in parts)
    if not specific or (left.document.id == right.document.id and not _restates(left, right, parts)):
        return None
    return round(score, 3), tuple(reason for s, reason in parts if s)


def _victims(left: ClaimView, right: ClaimView) -> list[tuple[float, str]]:
    """The same kind of dead; told by two sides in one report, they are the same dead."""
    if left.claim.type != "casualty":
        return []
    if left.victims and right.victims and not left.victims & right.victims:
        return [(VICTIMS_DIFFER, "victims differ")]
    if not left.victims & right.victims:
        return []
    together = [(TOLD_TOGETHER, "two sides in one report")] if _two_sides(left, right) else []
    return [(SAME_VICTIMS, "item: the same victims"), *together]


def _two_sides(left: ClaimView, right: ClaimView) -> bool:
    """Casualties by different sources, near each other in one document."""
    near = abs(left.claim.trigger.start - right.claim.trigger.start) <= TOGETHER_CHARS
    same_document = left.document.id == right.document.id
    if not (same_document and near and left.claim.type == right.claim.type == "casualty"):
        return False
    return left.claim.attribution[:1] != right.claim.attribution[:1]


def _restates(left: ClaimView, right: ClaimView, parts: list[tuple[float, str]]) -> bool:
    """Within one document only a headline and its text, or claims that share two specific things, are one event."""
    if "title" in (left.claim.segment, right.claim.segment) or _two_sides(left, right):
        return True
    return sum(1 for s, r in parts if s > 0 and r.startswith(("place", "item", "count", "named actor"))) >= 2


def forbidden(left: ClaimView, right: ClaimView, world: World) -> bool:
    """Disjoint dates, far places, types that no deed has together, a denial about somebody else."""
    return (
        not compatible(left.claim.type, right.claim.type)
        or _disjoint(left, right)
        or _far(left, right, world)
        or _other_deed(left, right, world)
        or _press_apart(left, right)
    )


def _press_apart(left: ClaimView, right: ClaimView) -> bool:
    """Undated claims of reports that came out more than a month apart are about two deeds, for all one knows."""
    if (left.start and left.end and right.start and right.end) or left.words == right.words:
        return False
    one, two = left.document.published, right.document.published
    if one is None or two is None or not (one.start and one.end and two.start and two.end):
        return False
    return max((_day(two.start) - _day(one.end)).days, (_day(one.start) - _day(two.end)).days) > PRESS_DAYS


def _other_deed(left: ClaimView, right: ClaimView, world: World) -> bool:
    """A denial denies what it names: with another giver or captor it is about something else."""
    if left.claim.polarity == right.claim.polarity:
        return False
    denial, claim = (left, right) if left.claim.polarity == "-" else (right, left)
    for slot, actors in denial.slots.items():
        theirs = claim.slots.get(slot, frozenset())
        named = theirs or any(AGENTS.get(r.role) == slot for r in claim.claim.roles)
        if named and not any(world.same_actor(a, b) for a in actors for b in theirs):
            return True
    return False


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _disjoint(left: ClaimView, right: ClaimView) -> bool:
    for a, b in ((left, right), (right, left)):
        if a.end and b.start and (_day(b.start) - _day(a.end)).days > MAX_GAP_DAYS:
            return True
    return False


def _far(left: ClaimView, right: ClaimView, world: World) -> bool:
    if not left.places or not right.places or left.places & right.places:
        return False
    gaps = [g for a in left.places for b in right.places if (g := _gap(a, b, world)) is not None]
    return bool(gaps) and min(gaps) > FAR_KM


def _gap(left: str, right: str, world: World) -> float | None:
    """Kilometres between two places, radii taken off; None where one is unlocated."""
    a, b = world.places.get(left), world.places.get(right)
    if a is None or b is None or a.latitude is None or a.longitude is None:
        return None
    if b.latitude is None or b.longitude is None:
        return None
    d_lat, d_lon = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    h = sin(d_lat / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(d_lon / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(h)) - (a.radius_km or 0) - (b.radius_km or 0)


def _dates(left: ClaimView, right: ClaimView) -> list[tuple[float, str]]:
    if not (left.start and left.end and right.start and right.end):
        return []
    widest = max((_day(v.end) - _day(v.start)).days for v in (left, right))  # type: ignore[arg-type]
    if widest <= MAX_GAP_DAYS:
        lent = "inferred" in (left.claim.date.basis, right.claim.date.basis)
        if (left.start, left.end) != (right.start, right.end):
            return [(LENT_NEXT_DAY_MATCH if lent else NEXT_DAY_MATCH, "date: a day apart")]
        return [(LENT_DAY_MATCH, "date: the same day, lent")] if lent else [(DAY_MATCH, "date: the same day")]
    return [(SPAN_MATCH, "date: overlapping")] if widest <= SHORT_DAYS else []


def _places(left: ClaimView, right: ClaimView, world: World) -> list[tuple[float, str]]:
    if left.places & right.places:
        return [(PLACE_MATCH, "place: the same")]
    gaps = [g for a in left.places for b in right.places if (g := _gap(a, b, world)) is not None]
    return [(PLACE_NEAR, "place: near or within")] if gaps and min(gaps) <= 0 else []


def _actors(left: ClaimView, right: ClaimView, world: World) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    for slot in sorted(left.slots.keys() & right.slots.keys()):
        if any(world.same_actor(a, b) for a in left.slots[slot] for b in right.slots[slot]):
            found.append((ACTOR_MATCH, f"named actor: same {slot}"))
        else:
            found.append((ACTOR_CONFLICT, f"actors differ: {slot}"))
    return found


def _items(left: ClaimView, right: ClaimView) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    related = any(left.families & kin and right.families & kin for kin in KIN)
    if left.items & right.items:
        found.append((ITEM_MATCH, "item: the same"))
    elif left.families & right.families:
        found.append((FAMILY_MATCH, "item: the same family"))
    elif related:
        found.append((KIN_MATCH, "item: of one kind"))
    elif left.items and right.items and "weapons" not in left.families | right.families:
        found.append((ITEM_CONFLICT, "items differ"))
    if left.counts & right.counts or (related and _same_number(left, right)):
        found.append((COUNT_MATCH, "count: the same"))
    return found


def _same_number(left: ClaimView, right: ClaimView) -> bool:
    """The same count of things that one report calls vehicles and another by their model; small numbers tell little."""
    one, two = ({(low, high) for _, low, high in v.counts if low is not None and low >= TELLING} for v in (left, right))
    return bool(one & two)
