"""How claims stand to each other: copies, support, contradiction, doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from tracewire.assemble.likeness import compatible
from tracewire.assemble.origins import OriginFinder, independent
from tracewire.assemble.view import ClaimView, World
from tracewire.model import Claim, Event, Relation

CONTRADICTING_SLOTS = {
    "captor": "captor", "giver": "giver", "recipient": "recipient", "loser": "loser", "holder": "holder",
    "user": "holder", "attacker": "actor", "target": "target", "backer": "giver", "detainer": "actor",
}  # fmt: skip
GENERIC = frozenset({"weapons", "small-arms", "equipment", "missile", "rocket"})
"""Items so wide that they can stand for one of another family ("missiles" for anti-tank missiles)."""
ANY_VEHICLE = GENERIC | {"vehicle", "armoured-vehicle", "aircraft"}
"""The same for a denial: "no vehicle was lost" denies the loss of a tank; a headline's tanks are no pickup trucks."""
SENTENCE_WORDS = 6
"""Shorter sentences may be alike by chance."""
MODES = frozenset({"capture", "handover", "loss"})


def relations(
    groups: Sequence[Sequence[ClaimView]],
    events: Sequence[Event],
    views: Sequence[ClaimView],
    world: World,
    finder: OriginFinder,
) -> list[Relation]:
    """All relations, sorted."""
    found: list[Relation] = []
    for group in groups:
        found += _corroborating(group, finder)
        found += contradictions(group, world)
    home = {v.claim.id: number for number, group in enumerate(groups) for v in group}
    found += _headlines(views, home)
    found += _derived(views, finder)
    first_hand = [v for v in views if finder.root_document(v.document.id) == v.document.id]
    found += _denials(first_hand, home)
    found += _verifying(first_hand)
    found += [
        Relation(e.id, "sub_event_of", e.parent, None, None, "told in the same sentence") for e in events if e.parent
    ]
    unique = {(r.source, r.type, r.target, r.aspect): r for r in found}
    return [unique[k] for k in sorted(unique, key=lambda k: tuple(x or "" for x in k))]


def _derived(views: Sequence[ClaimView], finder: OriginFinder) -> Iterable[Relation]:
    """The same sentence in two documents: the claim in the copy, or in the later one, comes from the other."""
    same: dict[tuple[str, str, str], list[ClaimView]] = {}
    for view in views:
        if len(view.words.split()) >= SENTENCE_WORDS:
            same.setdefault((view.claim.type, view.claim.trigger.quote.lower(), view.words), []).append(view)
    for rows in same.values():
        ordered = sorted(
            rows, key=lambda v: (finder.root_document(v.document.id) != v.document.id, _day_out(v), v.claim.id)
        )
        first = ordered[0]
        for view in ordered[1:]:
            if view.document.id == first.document.id:
                continue
            copied = finder.root_document(view.document.id) == finder.root_document(first.document.id)
            if copied or _day_out(first) < _day_out(view):
                why = "the same words in a copied document" if copied else "the same words, published later"
                yield Relation(view.claim.id, "derived_from", first.claim.id, None, None, why)


def _day_out(view: ClaimView) -> str:
    """Day of publication for ordering; unknown days come last."""
    published = view.document.published
    return (published.start if published else None) or "9999"


def _corroborating(group: Sequence[ClaimView], finder: OriginFinder) -> Iterable[Relation]:
    """The first claim of each independent origin supports the first of the group."""
    positive = [v for v in group if v.claim.polarity == "+"]
    if not positive:
        return
    first, seen = positive[0], {finder.of_claim(positive[0]).key}
    for view in positive[1:]:
        key = finder.of_claim(view).key
        if key not in seen and independent(first, view, finder):
            seen.add(key)
            yield Relation(
                view.claim.id, "corroborates", first.claim.id, None, None, "an independent origin tells the same"
            )


def _headlines(views: Sequence[ClaimView], home: Mapping[str, int]) -> list[Relation]:
    """A headline leads its text: told in the same event, or contradicted by a claim of its kind about other things."""
    found = []
    for view in views:
        if view.claim.segment != "title":
            continue
        body = [v for v in views if v.document.id == view.document.id and v.claim.segment != "title"]
        mine = home.get(view.claim.id)
        same = [v for v in body if mine is not None and home.get(v.claim.id) == mine]
        if same:
            found.append(
                Relation(view.claim.id, "headline_of", same[0].claim.id, None, None, "the headline of this claim")
            )
            continue
        other = [v for v in body if v.claim.type == view.claim.type and _other_items(view, v)]
        if other:
            why = f"the headline has {_items(view)}, the text {_items(other[0])}"
            found.append(_relate(view, other[0], "item", False, why))
    return found


def _other_items(left: ClaimView, right: ClaimView, generic: frozenset[str] = GENERIC) -> bool:
    one, two = ({i.partition(".")[0] for i in v.items - generic} for v in (left, right))
    return bool(one) and bool(two) and not one & two


def _items(view: ClaimView) -> str:
    return ", ".join(" ".join(m.mention.quote.split()) for m in view.claim.materiel)


# ---------------------------------------------------------------- contradictions


def contradictions(group: Sequence[ClaimView], world: World) -> list[Relation]:
    """Claims of one event that disagree in a slot; one relation for each pair of values, between their first claims."""
    found: list[Relation] = []
    for left, right in combinations(group, 2):
        if left.words == right.words or not compatible(left.claim.type, right.claim.type):
            continue
        found += _occurrence(left, right)
        if left.claim.polarity == right.claim.polarity == "+":
            found += _counts(left, right)
            found += _slots(left, right, world)
            found += _mode(left, right)
    return _first_of_each(found)


def _first_of_each(found: Sequence[Relation]) -> list[Relation]:
    """The same disagreement told by many pairs is kept once per pair of sentences' reasons."""
    kept: dict[tuple[str | None, str], Relation] = {}
    for relation in found:
        kept.setdefault((relation.aspect, relation.why), relation)
    return list(kept.values())


def _relate(left: ClaimView, right: ClaimView, aspect: str, hard: bool, why: str) -> Relation:
    return Relation(left.claim.id, "contradicts", right.claim.id, aspect, "hard" if hard else "soft", why)


def _occurrence(left: ClaimView, right: ClaimView) -> list[Relation]:
    if left.claim.polarity == right.claim.polarity:
        return []
    denial = left if left.claim.polarity == "-" else right
    return [_relate(left, right, "occurrence", True, f"{_who(denial.claim)} denies it")]


def _who(claim: Claim) -> str:
    return claim.attribution[0].who if claim.attribution else "the report"


def _counts(left: ClaimView, right: ClaimView) -> list[Relation]:
    found = []
    for (item, low, high), (other, low2, high2) in sorted(
        ((a, b) for a in left.counts for b in right.counts), key=repr
    ):
        if not _same_thing(item, other) or (low, high) == (low2, high2):
            continue
        apart = (high is not None and low2 is not None and high < low2) or (
            high2 is not None and low is not None and high2 < low
        )
        exact = low == high and low2 == high2
        if apart or exact:
            counts = sorted([(low or 0, _bounds(low, high)), (low2 or 0, _bounds(low2, high2))])
            found.append(_relate(left, right, "quantity", apart, f"{counts[0][1]} against {counts[1][1]} {item}"))
    return found


def _same_thing(item: str, other: str) -> bool:
    return item == other or item.partition(".")[0] == other.partition(".")[0]


def _bounds(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    return f"{low if low is not None else '?'} to {high if high is not None else 'more'}"


def _slots(left: ClaimView, right: ClaimView, world: World) -> list[Relation]:
    found = []
    for role, aspect in CONTRADICTING_SLOTS.items():
        mine = {r.entity for r in left.claim.roles if r.role == role and r.entity}
        theirs = {r.entity for r in right.claim.roles if r.role == role and r.entity}
        if not mine or not theirs or any(world.same_actor(a, b) for a in mine for b in theirs):
            continue
        why = f"{_names(mine, world)} against {_names(theirs, world)}"
        found.append(_relate(left, right, aspect, left.claim.type == right.claim.type, why))
    return found


def _names(entities: Iterable[str], world: World) -> str:
    return ", ".join(sorted(world.name(e) or e for e in entities))


def _mode(left: ClaimView, right: ClaimView) -> list[Relation]:
    types = {left.claim.type, right.claim.type}
    if len(types) == 2 and types <= MODES:
        return [_relate(left, right, "mode", False, f"{left.claim.type} against {right.claim.type}")]
    return []


# ---------------------------------------------------------------- claims about claims


def _verifying(views: Sequence[ClaimView]) -> list[Relation]:
    """A verification claim is about the nearest claim of its document that it can be about: in its own sentence, else
    in the text before it."""
    found = []
    for rows in _by_document(views).values():
        for position, view in enumerate(rows):
            if view.claim.type == "verification" and (target := _about(view, rows, position)) is not None:
                found.append(_verdict(view.claim, target.claim))
    return found


def _denials(views: Sequence[ClaimView], home: Mapping[str, int]) -> list[Relation]:
    """A denial stands against the nearest claim before it in its document that it can deny."""
    found = []
    for rows in _by_document(views).values():
        for position, view in enumerate(rows):
            if view.claim.polarity == "+" or view.claim.type in ABOUT_TALK or view.claim.opinion:
                continue
            for row in reversed(rows[:position]):
                if view.claim.trigger.start - row.claim.trigger.start > DENIAL_REACH:
                    break
                joined = home.get(row.claim.id) is not None and home.get(row.claim.id) == home.get(view.claim.id)
                if not joined and row.claim.polarity == "+" and _deniable(view, row):
                    found.append(_relate(view, row, "occurrence", True, f"{_who(view.claim)} denies it"))
                    break
    return found


def _deniable(denial: ClaimView, claim: ClaimView) -> bool:
    """Compatible types, and no slot, item or place in which the two differ."""
    if not compatible(denial.claim.type, claim.claim.type) or _other_items(denial, claim, ANY_VEHICLE):
        return False
    shared = denial.slots.keys() & claim.slots.keys()
    return all(denial.slots[s] & claim.slots[s] for s in shared)


def _by_document(views: Sequence[ClaimView]) -> dict[str, list[ClaimView]]:
    rows: dict[str, list[ClaimView]] = {}
    for view in sorted(views, key=lambda v: (v.document.id, v.claim.trigger.start)):
        rows.setdefault(view.document.id, []).append(view)
    return rows


ABOUT_TALK = frozenset({"statement", "publication", "verification", "talks", "sanction"})
ABOUT_REACH = 600
"""Characters before a verification within which the claim it is about is looked for: about two paragraphs."""
DENIAL_REACH = 1500
"""The same for denials, which often answer the whole report: about five paragraphs."""


def _about(view: ClaimView, rows: Sequence[ClaimView], position: int) -> ClaimView | None:
    """What a verification is about; a denial in its own sentence speaks for itself."""
    sentence = view.claim.evidence[0]
    inside = [r for r in rows if r.claim.type not in ABOUT_TALK and r.claim.evidence[0].start == sentence.start]
    if any(r.claim.polarity == "-" for r in inside):
        return None
    after = [r for r in inside if r.claim.trigger.start > view.claim.trigger.start]
    if after or inside:
        return (after or inside)[0]
    before = [
        row
        for row in reversed(rows[:position])
        if view.claim.trigger.start - row.claim.trigger.start <= DENIAL_REACH
        and row.claim.type not in ABOUT_TALK and row.claim.polarity == "+" and _says_something(row.claim)
    ]  # fmt: skip
    named = [row for row in before if _names_deed(sentence.quote, row.claim.trigger.quote)]
    near = [row for row in before if view.claim.trigger.start - row.claim.trigger.start <= ABOUT_REACH]
    return next(iter(named or near), None)


STEM = 5
"""Letters by which a deed is known again ("deliveries", "delivered")."""


def _names_deed(words: str, trigger: str) -> bool:
    stems = {w[:STEM].lower() for w in words.split() if len(w) > STEM}
    return any(w[:STEM].lower() in stems for w in trigger.split() if len(w) > STEM)


def _says_something(claim: Claim) -> bool:
    return bool(claim.roles or claim.materiel or claim.casualties or claim.places)


NEITHER = (
    "neither confirm",
    "confirm nor deny",
    "refused to confirm",
    "declined to",
    "refused to comment",
    "not confirm",
    "declined comment",
)
DOUBTING = ("den", "reject", "dismiss", "refut", "rebut", "debunk", "disprov", "doubt", "disput")


def _verdict(verification: Claim, about: Claim) -> Relation:
    words = " ".join(e.quote for e in verification.evidence).lower()
    trigger = verification.trigger.quote.lower()
    if any(n in words for n in NEITHER) and not trigger.startswith(DOUBTING):
        return Relation(
            verification.id, "neither_confirms_nor_denies", about.id, None, None, "neither confirmed nor denied"
        )
    if verification.polarity == "-" or trigger.startswith(DOUBTING):
        return Relation(verification.id, "undermines", about.id, "certainty", "soft", "denied or not verified")
    return Relation(verification.id, "corroborates", about.id, None, None, "confirmed by a source of the same report")
