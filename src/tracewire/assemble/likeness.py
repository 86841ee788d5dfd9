"""How alike two claims are, as a sum of explained weights, and what forbids that they are one event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import asin, cos, radians, sin, sqrt

from tracewire.assemble.victims import other_people, other_side
from tracewire.assemble.view import AGENTS, COMPATIBLE, FAMILIES, LENT_DAYS, PRESS_DAYS, ClaimView, World

# Weights and thresholds were set by hand on the invented demo reports, so that one agreeing date and one agreeing
# named actor do not suffice, but a date, an actor and a place or item do.
SAME_TYPE, COMPATIBLE_TYPE = 0.4, 0.2
SAME_WORDS = 3.0
RETOLD, RETOLD_LOOSELY = 1.3, 0.7
"""For a sentence that shares much of another's content words: on the stories in bench/ 79 of 81 pairs of claims of one
type that share RETOLD_SHARE of the shorter's are one event, whatever else was read wrongly."""
RETOLD_SHARE, RETOLD_LOOSE_SHARE, RETOLD_LEAST = 0.45, 0.3, 4
DAY_MATCH, SPAN_MATCH, MONTH_MATCH = 0.8, 0.35, 0.25
LENT_DAY_MATCH, NEXT_DAY_MATCH, LENT_NEXT_DAY_MATCH = 0.35, 0.15, 0.1
"""A day lent by the sentence before says less than a stated one; the next day may well be another deed."""
OTHER_PRESS_DAYS = 4
"""So far apart two reports of different stories tell of one deed, where one gives no day for it."""
LENT_APART, DAYS_DIFFER = -0.4, -0.4
STRETCH_MATCH = 0.6
"""The very same stretch of days, from the 8th to the 30th, is hardly told of two deeds."""
PLACE_MATCH, PLACE_NEAR, LENT_PLACE_MATCH, PLACE_CONFLICT = 0.9, 0.6, 0.3, -0.4
ACTOR_MATCH, ACTOR_CONFLICT = 0.6, -0.5
ITEM_MATCH, FAMILY_MATCH, ITEM_CONFLICT = 0.7, 0.5, -0.5
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
SPECIFIC = ("place", "item", "count", "named actor", "date: the same stretch")
WIDE = frozenset({"weapons"})
VAGUE = frozenset({"weapons", "vehicle", "equipment", "small-arms"})
"""Words for so many things that the same word tells little."""
CARRIERS = frozenset({"transport-aircraft", "aircraft", "helicopter", "ship", "boat", "truck"})
TELLING = 3
SAME_STORY, SAME_TEXT = 0.4, 0.3
SAME_VICTIMS, TOLD_TOGETHER, VICTIMS_DIFFER = 0.6, 0.6, -0.8
DEAD_OF_ONE_DAY = 0.9
"""Two counts of combatants, or of civilians, in documents of one story and on one day: of 43 such pairs in the stories
of bench/ 40 are the dead of one fight."""
TOGETHER_CHARS = 1500
"""Two sides' counts of the dead stand within about five paragraphs of a report."""
THRESHOLD = 1.6
FAR_KM = 80.0
"""Places further apart than this, radii taken off, are never one event."""
SHORT_DAYS, MONTH_DAYS, MOST_DAYS = 10, 31, 62
"""Intervals up to the first length are narrow enough to tell events apart; "in January" says a little still."""
MAX_GAP_DAYS = 1
"""Reports differ by a day for deeds at night and across time zones."""


def compatible(left: str, right: str) -> bool:
    """Whether two claim types can tell of one deed."""
    return left == right or (left, right) in COMPATIBLE


def keys(view: ClaimView) -> Iterable[tuple[str, str]]:
    """Blocking keys: claims that share none of these are never compared."""
    yield ("words", view.words)
    if view.story is not None:
        yield from ((f"{view.story}:{view.claim.type}", stem) for stem in sorted(view.stems))
    yield from (("victims", f"{view.story}:{word}") for word in sorted(view.victims))
    if view.claim.type == "casualty" and view.story is not None and view.start:
        yield ("dead", view.story)
    for group, family in enumerate((*FAMILIES, frozenset({view.claim.type}))):
        if view.claim.type not in family:
            continue
        mark = str(group) if group < len(FAMILIES) else view.claim.type
        for time in view.times:
            yield from ((f"{mark}:{time}:place", p) for p in sorted(view.names))
            yield from ((f"{mark}:{time}:item", i) for i in sorted(view.families))
            yield from ((f"{mark}:{time}:{slot}", e) for slot, es in sorted(view.slots.items()) for e in sorted(es))


def likeness(left: ClaimView, right: ClaimView, world: World) -> tuple[float, tuple[str, ...]] | None:
    """Score and reasons; None where the two cannot be one event."""
    if forbidden(left, right, world):
        return None
    parts: list[tuple[float, str]] = []
    same = left.claim.type == right.claim.type
    parts.append((SAME_TYPE, "same type") if same else (COMPATIBLE_TYPE, "types for one deed"))
    if left.words == right.words and same:
        parts.append((SAME_WORDS, "same words"))
    if left.document.id == right.document.id:
        parts.append((SAME_TEXT, "one text"))
    elif world.one_matter(left, right):
        parts.append((SAME_STORY, "documents of one story"))
    parts += _retold(left, right)
    parts += _dates(left, right, world)
    parts += _places(left, right, world)
    parts += _actors(left, right, world)
    parts += _items(left, right)
    parts += _victims(left, right, world)
    specific = any(reason.startswith(("same words", "retold", *SPECIFIC)) for s, reason in parts if s > 0)
    specific = specific or _fight_of_one_day(left, right, world)
    if not (_one_holding(left, right, world) if same else one_deed(left, right, world)):
        return None
    score = sum(s for s, _ in parts)
    if not specific or (left.document.id == right.document.id and not _restates(left, right, parts, world)):
        return None
    return round(score, 3), tuple(reason for s, reason in parts if s)


def _fight_of_one_day(left: ClaimView, right: ClaimView, world: World) -> bool:
    """Reports on one matter that state one day for a fight mean one, where they name no two places."""
    if left.claim.type not in FIGHTS or not world.one_matter(left, right) or left.first != right.first:
        return False
    stated = left.claim.date.basis == right.claim.date.basis == "stated"
    return stated and not (left.own_places and right.own_places)


def _retold(left: ClaimView, right: ClaimView) -> list[tuple[float, str]]:
    """One sentence retells the other; two claims of one sentence, and of types that differ, tell nothing by it."""
    if left.words == right.words or left.claim.type != right.claim.type:
        return []
    shared = len(left.stems & right.stems)
    share = shared / max(1, min(len(left.stems), len(right.stems)))
    if shared < RETOLD_LEAST or share < RETOLD_LOOSE_SHARE:
        return []
    return [(RETOLD, "retold: most words shared")] if share >= RETOLD_SHARE else [(RETOLD_LOOSELY, "retold loosely")]


def _victims(left: ClaimView, right: ClaimView, world: World) -> list[tuple[float, str]]:
    """The same kind of dead; told by two sides in one report, they are the same dead."""
    if left.claim.type != "casualty":
        return []
    if _dead_of_one_day(left, right, world) or _dead_of_one_side(left, right, world):
        return [(DEAD_OF_ONE_DAY, "item: the dead of one day in one story")]
    if not left.victims & right.victims:
        apart = other_side(left.victim_kinds, right.victim_kinds)
        return [(VICTIMS_DIFFER, "victims differ")] if apart else []
    together = [(TOLD_TOGETHER, "two sides in one report")] if _two_sides(left, right) else []
    return [(SAME_VICTIMS, "item: the same victims"), *together]


def _dead_of_one_day(left: ClaimView, right: ClaimView, world: World) -> bool:
    if ("civilian" in left.victim_kinds) != ("civilian" in right.victim_kinds):
        return False
    if not (left.start and left.end and right.start and right.end) or not world.one_matter(left, right):
        return False
    if left.places and right.places and not _one_place(left, right, world):
        return False
    short = all(_width(v) <= MAX_GAP_DAYS for v in (left, right))
    return short and not _disjoint(left, right)


def _dead_of_one_side(left: ClaimView, right: ClaimView, world: World) -> bool:
    """The dead of one army, group or place told within a week, where a day is lent by another sentence."""
    if world.differ(left, right, "patient") or not world.one_matter(left, right):
        return False
    if other_side(left.victim_kinds, right.victim_kinds):
        return False
    apart = bool(left.places and right.places) and not _one_place(left, right, world)
    return (
        not apart
        and bool(left.actors("patient") & right.actors("patient") or left.names & right.names)
        and bool(left.start and right.start)
        and _lent_and_near(left, right)
    )


def _two_sides(left: ClaimView, right: ClaimView) -> bool:
    """Casualties by different sources, near each other in one document."""
    near = abs(left.claim.trigger.start - right.claim.trigger.start) <= TOGETHER_CHARS
    same_document = left.document.id == right.document.id
    if not (same_document and near and left.claim.type == right.claim.type == "casualty"):
        return False
    return left.claim.attribution[:1] != right.claim.attribution[:1]


def _parted(left: ClaimView, right: ClaimView, world: World) -> bool:
    """Within one text two doers are two matters, unless the words are the same or two sides count their dead."""
    if left.document.id != right.document.id or "title" in (left.claim.segment, right.claim.segment):
        return False
    if not any(world.differ(left, right, slot) for slot in ("agent", "giver")):
        return False
    if same_sides(left, right, world) or _one_place_held(left, right) or follows(left, right, world):
        return False
    return not _retold(left, right) and not _two_sides(left, right)


def _headline(left: ClaimView, right: ClaimView) -> bool:
    """A headline beside a claim of its own text."""
    return left.document.id == right.document.id and (left.claim.segment == "title") != (right.claim.segment == "title")


def _one_place_held(left: ClaimView, right: ClaimView) -> bool:
    """Two sides that say they hold one place at one time speak of one fight, and are at odds."""
    both = left.claim.type == right.claim.type == "control"
    return both and bool(left.names & right.names) and not _disjoint(left, right, 0)


def _one_holding(left: ClaimView, right: ClaimView, world: World) -> bool:
    """Things held are the same holding by holder or place, or where the words are retold."""
    if left.claim.type != "possession" or left.words == right.words or _retold(left, right):
        return True
    one, two = left.actors("agent"), right.actors("agent")
    few = max(len(one), len(two)) <= MOST_HOLDERS  # a whole path of custody is no one holding
    return (few and world.any_same(one, two)) or bool(left.own_names & right.own_names)


def _restates(left: ClaimView, right: ClaimView, parts: list[tuple[float, str]], world: World) -> bool:
    """Within one document only a headline and its text, or claims that share two specific things, are one event."""
    if "title" in (left.claim.segment, right.claim.segment) or _two_sides(left, right):
        return True
    if left.claim.type == right.claim.type == "casualty" and _dead_of_one_day(left, right, world):
        return True
    types = {left.claim.type, right.claim.type}
    if len(types) == 2 and (LAND_TYPES & types or types in STRUCK):
        return True
    if left.claim.type == right.claim.type and _one_place_held(left, right):
        return True
    return sum(1 for s, r in parts if s > 0 and r.startswith(SPECIFIC)) >= 2


def forbidden(left: ClaimView, right: ClaimView, world: World) -> bool:
    """Disjoint dates, far places, types that no deed has together, a denial about somebody else."""
    return (
        not compatible(left.claim.type, right.claim.type)
        or (_disjoint(left, right) and not _lent_and_near(left, right) and not _stages(left, right, world))
        or _press_apart(left, right)
        or _far(left, right, world)
        or _parted(left, right, world)
        or _other_deed(left, right, world)
        or _swapped(left, right, world)
        or (left.claim.type == right.claim.type == "casualty" and other_people(left.victim_kinds, right.victim_kinds))
    )


def _lent_and_near(left: ClaimView, right: ClaimView) -> bool:
    """A day lent by the sentence before keeps no deeds of one story apart that lie within a week of each other."""
    if "inferred" not in (left.claim.date.basis, right.claim.date.basis) or _disjoint(left, right, LENT_DAYS):
        return False
    told_together = left.document.id == right.document.id or (left.story is not None and left.story == right.story)
    return told_together or bool(_retold(left, right))


def _stages(left: ClaimView, right: ClaimView, world: World) -> bool:
    """Shipped on one day, handed over some days later: by one giver, and only one of the two tells to whom."""
    if not left.claim.type == right.claim.type == "transfer" or not world.one_matter(left, right):
        return False
    if not world.agree(left, right, "giver"):
        return False
    told_once = ("recipient" in left.slots) != ("recipient" in right.slots)
    return told_once and bool(left.items & right.items) and not _disjoint(left, right, LENT_DAYS)


def _press_apart(left: ClaimView, right: ClaimView) -> bool:
    """Claims that give no day or month, of reports that came out too far apart to be about one deed."""
    if (_dated(left) and _dated(right)) or left.words == right.words:
        return False
    one, two = left.out, right.out
    most = PRESS_DAYS if left.story is not None and left.story == right.story else OTHER_PRESS_DAYS
    return one is not None and two is not None and max(two[0] - one[1], one[0] - two[1]) > most


def _dated(view: ClaimView) -> bool:
    return view.first is not None and view.last is not None and view.last - view.first <= MOST_DAYS


def _swapped(left: ClaimView, right: ClaimView, world: World) -> bool:
    """Each took from the other: two deeds, or two that say the opposite."""
    if left.claim.type not in TAKING or right.claim.type not in TAKING:
        return False
    sides = [(v.actors("agent"), v.actors("patient")) for v in (left, right)]
    (took, lost), (took2, lost2) = sides
    return not world.any_same(took, took2) and (world.any_same(took, lost2) or world.any_same(took2, lost))


def _other_deed(left: ClaimView, right: ClaimView, world: World) -> bool:
    """A denial denies what it names: with another giver or captor it is about something else."""
    if left.claim.polarity == right.claim.polarity:
        return False
    denial, claim = (left, right) if left.claim.polarity == "-" else (right, left)
    for slot, actors in denial.slots.items():
        theirs = claim.actors(slot)
        named = theirs or any(AGENTS.get(r.role) == slot for r in claim.claim.roles)
        if named and not world.any_same(actors, theirs):
            return True
    return False


def _width(view: ClaimView) -> int:
    """Days between the first and the last; of a view that has both."""
    return (view.last or 0) - (view.first or 0)


def overlap(left: ClaimView, right: ClaimView, gap: int = LENT_DAYS) -> bool:
    """Whether the days of two claims, as far as known, are no further apart."""
    return not _disjoint(left, right, gap)


TAKING = frozenset({"capture", "loss"})
FIGHTS = frozenset({"strike", "attack", "clash", "offensive"})
STRUCK = (frozenset({"strike", "destruction"}), frozenset({"strike", "use"}))
"""A strike, and what it destroyed or was fired in it."""
LAND_TYPES = frozenset({"control", "movement"})
HOLDING, MOST_HOLDERS = "possession", 2


def one_deed(left: ClaimView, right: ClaimView, world: World) -> bool:
    """Whether claims of two types can tell of one deed: at one time, and what follows from a deed also by its parties.

    A handover and a later loss at one place are two deeds.
    """
    if not (left.start and left.end and right.start and right.end):
        return False
    types = {left.claim.type, right.claim.type}
    if types in STRUCK:
        return _struck(left, right, world)
    if not types & {*LAND_TYPES, HOLDING}:
        return max(_width(left), _width(right)) <= MONTH_DAYS
    if _disjoint(left, right, MAX_GAP_DAYS if types & LAND_TYPES else 0) or not world.one_matter(left, right):
        return False
    if types & LAND_TYPES:
        return _outcome(left, right, world)
    if "publication" in types:
        return True
    holder, taken = (left, right) if left.claim.type == HOLDING else (right, left)
    short = max(_width(left), _width(right)) <= SHORT_DAYS
    if not holder.parties:
        return short and bool(left.families & right.families)
    return short and world.any_same(holder.parties, taken.parties) and akin(left, right)


def _outcome(left: ClaimView, right: ClaimView, world: World) -> bool:
    """Who took the place or left it, on the day of the fight: by place and party."""
    if max(_width(left), _width(right)) > MAX_GAP_DAYS or not world.any_same(left.parties, right.parties):
        return False
    if left.names & right.names or _moved(left, right):
        return True
    unplaced = not left.places or not right.places
    return unplaced and all(_both(left, right, world))


def _struck(left: ClaimView, right: ClaimView, world: World) -> bool:
    """What a strike destroyed: on its day, at its place, or told with it."""
    if max(_width(left), _width(right)) > MAX_GAP_DAYS or _disjoint(left, right, 0):
        return False
    return world.one_matter(left, right) and (not (left.places and right.places) or _one_place(left, right, world))


def _both(left: ClaimView, right: ClaimView, world: World) -> Iterator[bool]:
    """Whether each party of the claim that names fewer has a part in the other."""
    fewer, more = sorted((left, right), key=lambda v: len(v.parties))
    yield len(fewer.parties) > 1
    yield from (world.any_same(frozenset({p}), more.parties) for p in sorted(fewer.parties))


def akin(left: ClaimView, right: ClaimView) -> bool:
    """Whether two claims name things of one family or kind."""
    return bool(left.families & right.families) or any(left.families & kin and right.families & kin for kin in KIN)


def same_sides(left: ClaimView, right: ClaimView, world: World) -> bool:
    """One teller's attacker is the other's target: a fight told from its two sides."""
    fights = {"clash", "attack", "offensive", "control"}
    if not {left.claim.type, right.claim.type} <= fights or left.claim.type == right.claim.type == "control":
        return False
    one, two = (v.actors("agent") for v in (left, right))
    patients = [v.actors("patient") for v in (left, right)]
    if not one or not two or world.any_same(one, two):
        return False
    crossed = world.any_same(one, patients[1]) + world.any_same(two, patients[0])
    return crossed == 2 or (crossed == 1 and not all(patients))


def _disjoint(left: ClaimView, right: ClaimView, gap: int = MAX_GAP_DAYS) -> bool:
    if left.last is not None and right.first is not None and right.first - left.last > gap:
        return True
    return right.last is not None and left.first is not None and left.first - right.last > gap


def _moved(left: ClaimView, right: ClaimView) -> bool:
    """A retreat beside a fight: it ends elsewhere."""
    return left.claim.type != right.claim.type and "movement" in (left.claim.type, right.claim.type)


def follows(left: ClaimView, right: ClaimView, world: World) -> bool:
    """Claims of two types of which one tells what came of the other: who holds the place or the things then."""
    types = {left.claim.type, right.claim.type}
    if len(types) != 2 or not (types & LAND_TYPES or HOLDING in types) or "publication" in types:
        return False
    return world.any_same(left.parties, right.parties)


def _far(left: ClaimView, right: ClaimView, world: World) -> bool:
    if _moved(left, right):
        return False
    if not left.places or not right.places or left.names & right.names:
        return False
    held = HOLDING in (left.claim.type, right.claim.type)
    if not held and not (left.own_places and right.own_places) and world.one_matter(left, right):
        return False  # a place lent by the sentence before may be where the speaker stands
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


def _dates(left: ClaimView, right: ClaimView, world: World) -> list[tuple[float, str]]:
    if not (left.start and left.end and right.start and right.end):
        return []
    widest = max(_width(left), _width(right))
    if _disjoint(left, right):
        return [] if _retold(left, right) else [(LENT_APART, "date: days apart, lent")]
    stated = "stated" in (left.claim.date.basis, right.claim.date.basis)
    if stated and SHORT_DAYS < widest <= MOST_DAYS and (left.start, left.end) == (right.start, right.end):
        return [(STRETCH_MATCH, "date: the same stretch")]
    if widest <= MAX_GAP_DAYS:
        lent = "inferred" in (left.claim.date.basis, right.claim.date.basis)
        if (left.start, left.end) != (right.start, right.end):
            if not lent and not _one_place(left, right, world):
                return [(DAYS_DIFFER, "date: a day apart, no place in common")]
            return [(LENT_NEXT_DAY_MATCH if lent else NEXT_DAY_MATCH, "date: a day apart")]
        return [(LENT_DAY_MATCH, "date: the same day, lent")] if lent else [(DAY_MATCH, "date: the same day")]
    if widest > MONTH_DAYS or _disjoint(left, right, 0):
        return []
    return [(SPAN_MATCH if widest <= SHORT_DAYS else MONTH_MATCH, "date: overlapping")]


def _places(left: ClaimView, right: ClaimView, world: World) -> list[tuple[float, str]]:
    if left.own_names & right.own_names:
        return [(PLACE_MATCH, "place: the same")]
    if left.names & right.names:
        return [(LENT_PLACE_MATCH, "place: the same, lent")]
    if _one_place(left, right, world):
        return [(PLACE_NEAR, "place: near or within")]
    if _moved(left, right) or not (left.own_places and right.own_places):
        return []
    return [(PLACE_CONFLICT, "places differ")]


def _one_place(left: ClaimView, right: ClaimView, world: World) -> bool:
    """A place in common, or one within or right beside another."""
    if left.names & (right.names | right.areas) or right.names & left.areas:
        return True
    gaps = [g for a in left.places for b in right.places if (g := _gap(a, b, world)) is not None]
    return bool(gaps) and min(gaps) <= 0


def _actors(left: ClaimView, right: ClaimView, world: World) -> list[tuple[float, str]]:
    """A headline is believed less than its text, and the dead of a fight are of both sides."""
    if same_sides(left, right, world):
        return [(ACTOR_MATCH, "named actor: the same sides")]
    if follows(left, right, world):
        return [(ACTOR_MATCH, "named actor: a party to it")]
    lenient = _headline(left, right) or (left.claim.type == "casualty" and _dead_of_one_day(left, right, world))
    found: list[tuple[float, str]] = []
    for slot in sorted(left.slots.keys() & right.slots.keys()):
        if world.any_same(left.slots[slot], right.slots[slot]):
            found.append((ACTOR_MATCH, f"named actor: same {slot}"))
        elif not lenient and not _one_place_held(left, right):
            found.append((ACTOR_CONFLICT, f"actors differ: {slot}"))
    return found


def _items(left: ClaimView, right: ClaimView) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    related = any(left.families & kin and right.families & kin for kin in KIN)
    if _same_item(left.items - VAGUE, right.items - VAGUE):
        found.append((ITEM_MATCH, "item: the same"))
    elif left.families & right.families:
        found.append((FAMILY_MATCH, "item: the same family"))
    elif related:
        found.append((KIN_MATCH, "item: of one kind"))
    elif left.items and right.items and not (WIDE | _carriers(left)) & (left.families | right.families):
        found.append((ITEM_CONFLICT, "items differ"))
    if left.counts & right.counts or (related and _same_number(left, right)):
        found.append((COUNT_MATCH, "count: the same"))
    return found


def _carriers(view: ClaimView) -> frozenset[str]:
    """What brings a cargo is no other cargo."""
    return CARRIERS if view.claim.type == "transfer" else frozenset()


def _same_item(left: frozenset[str], right: frozenset[str]) -> bool:
    """One item, or a model and its own variant ("T-72", "T-72B3"); a family and its model are only akin."""
    return bool(left & right) or any(
        "." in one and two.startswith(f"{one}.") for a, b in ((left, right), (right, left)) for one in a for two in b
    )


def _same_number(left: ClaimView, right: ClaimView) -> bool:
    """The same count of things that one report calls vehicles and another by their model; small numbers tell little."""
    one, two = ({(low, high) for _, low, high in v.counts if low is not None and low >= TELLING} for v in (left, right))
    return bool(one & two)
