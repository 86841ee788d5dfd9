"""How claims stand to each other: copies, support, contradiction, doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from tracewire.assemble.about import about_claims, day_out, other_items, who
from tracewire.assemble.likeness import compatible
from tracewire.assemble.origins import OriginFinder, independent
from tracewire.assemble.victims import other_side
from tracewire.assemble.view import ClaimView, World
from tracewire.model import Event, Relation

CONTRADICTING_SLOTS = {
    "captor": "captor", "giver": "giver", "recipient": "recipient", "loser": "loser", "holder": "holder",
    "user": "holder", "attacker": "actor", "target": "target", "backer": "giver", "detainer": "actor",
}  # fmt: skip
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
    found += about_claims(first_hand, home, world)
    found += [
        Relation(e.id, "sub_event_of", e.parent, None, None, "told with it, or at its place on its day")
        for e in events
        if e.parent
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
            rows, key=lambda v: (finder.root_document(v.document.id) != v.document.id, day_out(v), v.claim.id)
        )
        first = ordered[0]
        for view in ordered[1:]:
            if view.document.id == first.document.id:
                continue
            copied = finder.root_document(view.document.id) == finder.root_document(first.document.id)
            if copied or day_out(first) < day_out(view):
                why = "the same words in a copied document" if copied else "the same words, published later"
                yield Relation(view.claim.id, "derived_from", first.claim.id, None, None, why)


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
        other = [v for v in body if v.claim.type == view.claim.type and other_items(view, v)]
        if other:
            why = f"the headline has {_items(view)}, the text {_items(other[0])}"
            found.append(_relate(view, other[0], "item", False, why))
    return found


def _items(view: ClaimView) -> str:
    return ", ".join(" ".join(m.mention.quote.split()) for m in view.claim.materiel)


# ---------------------------------------------------------------- contradictions


def contradictions(group: Sequence[ClaimView], world: World) -> list[Relation]:
    """Claims of one event that disagree in a slot; one relation for each pair of values, between their first claims."""
    found: list[Relation] = []
    told = {(v.words, v.claim.type, v.claim.trigger.quote, v.claim.polarity): v for v in reversed(group)}
    for left, right in combinations(reversed(told.values()), 2):
        if left.words == right.words or not compatible(left.claim.type, right.claim.type):
            continue
        found += _occurrence(left, right)
        if left.claim.polarity == right.claim.polarity == "+":
            found += _counts(left, right)
            found += _slots(left, right, world)
            found += _mode(left, right)
            found += _days(left, right)
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
    return [_relate(left, right, "occurrence", True, f"{who(denial.claim)} denies it")]


def _counts(left: ClaimView, right: ClaimView) -> list[Relation]:
    found = []
    if left.claim.type == right.claim.type == "casualty" and _two_tolls(left, right):
        return []
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


def _two_tolls(left: ClaimView, right: ClaimView) -> bool:
    """Counts of two sides' dead, or two counts by one source in one text, which may well be of two sides."""
    one_source = left.document.id == right.document.id and _source(left) == _source(right)
    return one_source or other_side(left.victim_kinds, right.victim_kinds)


def _source(view: ClaimView) -> str | None:
    first = view.claim.attribution[0] if view.claim.attribution else None
    return (first.entity or first.who) if first else None


def _same_thing(item: str, other: str) -> bool:
    if {item, other} & {"unspecified"} and {item, other} <= {"unspecified", "killed"}:
        return True  # "lost 12 men"
    return item == other or item.partition(".")[0] == other.partition(".")[0]


def _bounds(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    return f"{low if low is not None else '?'} to {high if high is not None else 'more'}"


def _days(left: ClaimView, right: ClaimView) -> list[Relation]:
    """Two days stated for one deed: at night, or across time zones, both can be true."""
    if left.claim.date.basis != "stated" or left.claim.date.basis != right.claim.date.basis:
        return []
    if left.first is None or left.first != left.last or right.first is None or right.first != right.last:
        return []
    if left.first == right.first:
        return []
    days = sorted((left.start or "", right.start or ""))
    return [_relate(left, right, "date", abs(left.first - right.first) > 1, " against ".join(days))]


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
