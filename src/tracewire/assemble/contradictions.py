"""Claims that cannot both be true, or hardly: in what they differ, how badly, and who says which.

Within an event, between an event and its parts, and between claims of one story that tell of the same things: what one
took another still has, what was shown against what was said to be taken. Of all claims that say the same the first one
is set against the first of the others; a headline only against its own text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from tracewire.assemble.likeness import KIN, akin, overlap
from tracewire.assemble.origins import OriginFinder
from tracewire.assemble.telling import first_hand, leads, neighbours, order, teller
from tracewire.assemble.victims import other_people, other_side
from tracewire.assemble.view import ClaimView, World, day_out
from tracewire.model import Relation

SLOTS = {
    "captor": "captor", "giver": "giver", "recipient": "recipient", "loser": "loser", "holder": "holder",
    "user": "holder", "attacker": "actor", "target": "target", "backer": "giver", "detainer": "actor",
}  # fmt: skip
MODES = frozenset({"capture", "handover", "loss"})
ENDS = frozenset({"capture", "handover", "loss", "destruction", "transfer"})
"""Ways in which things leave their holder: told of the same things only one of them can be."""
HOLDING, TAKING, SHOWING = "possession", frozenset({"capture", "handover"}), "publication"
RANK = ("occurrence", "holder", "captor", "giver", "actor", "quantity", "date", "mode")
"""Where two claims differ in several things, the first of these is told of them."""
MOST_TOLD, MOST_OF_A_THING = 60, 40
"""So many claims of an event, or of one kind of thing in a story, are compared with each other; the earliest ones."""
FAR_ABOVE = 2
"""An exact count so many times an "at least" can be true beside it, and is worth knowing."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two claims at odds; `values` tells the disagreement apart from others of the same matter."""

    left: ClaimView
    right: ClaimView
    aspect: str
    hard: bool
    why: str
    values: frozenset[object]

    def relation(self) -> Relation:
        """As the record keeps it."""
        severity = "hard" if self.hard else "soft"
        return Relation(self.left.claim.id, "contradicts", self.right.claim.id, self.aspect, severity, self.why)  # type: ignore[arg-type]


def contradictions(
    groups: Sequence[Sequence[ClaimView]],
    parents: Mapping[int, int],
    views: Sequence[ClaimView],
    beside: Sequence[tuple[str, str]],
    world: World,
    finder: OriginFinder,
) -> list[Relation]:
    """Every disagreement once; `parents` is number of a group -> number of the one it is part of.

    `beside` pairs the documents whose claims are compared across events (`together`).
    """
    court = _Court(world, finder)
    told = [first_hand(group, finder)[:MOST_TOLD] for group in groups]
    for number, group in enumerate(told):
        court.hear(("event", number), group, court.within)
        if number in parents:
            whole = parents[number]
            court.hear(("days", whole), [*told[whole], *group][:MOST_TOLD], court.days)
    first = first_hand(views, finder)
    for (one, two), matter, pairs in _of_one_thing(first, beside):
        court.hear_pairs(("matter", one, two, matter), pairs, court.across)
    for view, row in counted_again(first, beside):
        court.hear_pairs(("counted", view.claim.id), [(view, row)], court.recounts)
    return court.verdicts()


MOST_TOGETHER = 12
"""Documents of an event or a story; of more of them the earliest are set against each other."""


def together(groups: Sequence[Sequence[ClaimView]], views: Iterable[ClaimView]) -> list[tuple[str, str]]:
    """Pairs of documents that tell of one event or are of one story, and each with itself."""
    meeting: dict[object, dict[str, str]] = defaultdict(dict)
    for view in views:
        if view.story is not None:
            meeting["story", view.story][view.document.id] = day_out(view.document)
        meeting["document", view.document.id][view.document.id] = day_out(view.document)
    for number, group in enumerate(groups):
        for view in group:
            meeting["event", number][view.document.id] = day_out(view.document)
    found: set[tuple[str, str]] = set()
    for documents in meeting.values():
        first = sorted(documents, key=lambda d: (documents[d], d))[:MOST_TOGETHER]
        found.update((min(a, b), max(a, b)) for a in first for b in first)
    return sorted(found)


def _of_one_thing(
    views: Sequence[ClaimView], documents: Sequence[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], str, list[tuple[ClaimView, ClaimView]]]]:
    """Pairs of claims about one kind of things, or one place held, by pair of documents."""
    told: dict[str, dict[str, list[ClaimView]]] = defaultdict(lambda: defaultdict(list))
    for view in views:
        if view.claim.polarity == "+" and not view.claim.opinion and view.claim.modality != "conditional":
            for matter in _matters(view):
                told[view.document.id][matter].append(view)
    for one, two in documents:
        for matter in sorted(told[one].keys() & told[two].keys()):
            rows = told[one][matter][:MOST_OF_A_THING], told[two][matter][:MOST_OF_A_THING]
            yield (one, two), matter, list(combinations(rows[0], 2) if one == two else product(*rows))


_COUNTED = re.compile(r"\b(?:counts?|counted|counting|tally|tallied|sees?|shows?|only)\b")


def counted_again(
    views: Sequence[ClaimView], documents: Sequence[tuple[str, str]]
) -> Iterator[tuple[ClaimView, ClaimView]]:
    """Verifications that count things ("eight in the video") beside the claims that count the same things."""
    counting: dict[str, list[ClaimView]] = defaultdict(list)
    for view in views:
        if view.counts and view.claim.polarity == "+" and view.claim.type in {SHOWING, "capture"}:
            counting[view.document.id].append(view)
    near = neighbours(documents)
    for view in views:
        if view.claim.type != "verification" or not _things(view) or not _COUNTED.search(view.words):
            continue
        own = [r for r in counting[view.document.id] if r.claim.trigger.start < view.claim.trigger.start]
        others = [r for d in near[view.document.id] - {view.document.id} for r in counting[d]]
        for rows in (sorted(own, key=lambda r: -r.claim.trigger.start), sorted(others, key=order)):
            yield from [(view, row) for row in rows if any(at_odds(a, b) for _, a, b in _like_counts(view, row))][:1]


def _matters(view: ClaimView) -> set[str]:
    if view.claim.type == "control":
        return {f"place:{p}" for p in view.places}
    if view.claim.type in ENDS | {HOLDING, SHOWING}:
        return {f"thing:{kind}" for f in view.families for kind in _kinds(f)}
    return set()


def _kinds(family: str) -> Iterator[str]:
    found = [str(number) for number, kin in enumerate(KIN) if family in kin]
    yield from found or [family]


class _Court:
    """Collects disputes; of those about one thing with the same two values it keeps the earliest."""

    def __init__(self, world: World, finder: OriginFinder) -> None:
        self._world, self._finder = world, finder
        self._kept: dict[tuple[object, ...], Dispute] = {}

    def hear(
        self,
        scope: tuple[object, ...],
        views: Sequence[ClaimView],
        find: Callable[[ClaimView, ClaimView], Iterator[Dispute]],
    ) -> None:
        """Compare all pairs of some claims."""
        self.hear_pairs(scope, combinations(sorted(views, key=order), 2), find)

    def hear_pairs(
        self,
        scope: tuple[object, ...],
        pairs: Iterable[tuple[ClaimView, ClaimView]],
        find: Callable[[ClaimView, ClaimView], Iterator[Dispute]],
    ) -> None:
        """Compare some pairs of claims."""
        for pair in pairs:
            left, right = sorted(pair, key=order)
            if not self._comparable(left, right):
                continue
            below = left.document.id if right.claim.segment == "title" else None
            for dispute in find(left, right):
                key = (scope, dispute.aspect, below, dispute.values)
                if key not in self._kept:
                    self._kept[key] = dispute

    def verdicts(self) -> list[Relation]:
        """One relation for two claims: of the aspect that weighs most."""
        rank = {aspect: n for n, aspect in enumerate(RANK)}
        best: dict[tuple[str, str], tuple[int, Dispute]] = {}
        for dispute in self._kept.values():
            ends = sorted((dispute.left.claim.id, dispute.right.claim.id))
            mine = rank.get(dispute.aspect, len(rank))
            if (found := best.get((ends[0], ends[1]))) is None or mine < found[0]:
                best[ends[0], ends[1]] = (mine, dispute)
        return [dispute.relation() for _, dispute in best.values()]

    def _comparable(self, left: ClaimView, right: ClaimView) -> bool:
        """Two tellers, or a headline and its text; denials are heard elsewhere."""
        if "-" in (left.claim.polarity, right.claim.polarity):
            return False
        titles = [v for v in (left, right) if v.claim.segment == "title"]
        if titles:
            return len(titles) == 1 and leads(right, left, self._finder)
        promised = (left.claim.modality == "planned") != (right.claim.modality == "planned")
        return promised or left.document.id != right.document.id or teller(left) != teller(right)

    # ------------------------------------------------------------ within an event

    def within(self, left: ClaimView, right: ClaimView) -> Iterator[Dispute]:
        """What two tellers of one event disagree in."""
        yield from self._counts(left, right)
        yield from self._slots(left, right)
        yield from self._items(left, right)
        yield from self._mode(left, right)
        yield from self._made_in(left, right)
        yield from self._holders(left, right)
        yield from self.days(left, right)

    def _counts(self, left: ClaimView, right: ClaimView) -> Iterator[Dispute]:
        if self._same_matter(left, right):
            yield from _of_counts(left, right)

    def _same_matter(self, left: ClaimView, right: ClaimView) -> bool:
        """Whether two counts are of one side's dead, or of what one side did or has."""
        if left.claim.type == right.claim.type == "casualty":
            if other_side(left.victim_kinds, right.victim_kinds) or other_people(left.victim_kinds, right.victim_kinds):
                return False
            known = [bool(v.victim_kinds or v.actors("patient")) for v in (left, right)]
            if left.document.id == right.document.id and known[0] != known[1]:
                return False  # one text often gives the tolls of two sides
            return not self._world.differ(left, right, "patient")
        return not self._world.differ(left, right, "agent")

    def _slots(self, left: ClaimView, right: ClaimView) -> Iterator[Dispute]:
        types = {left.claim.type, right.claim.type}
        if "casualty" in types or len(types) > 1:
            return
        for role, aspect in SLOTS.items():
            one, two = _fillers(left, role), _fillers(right, role)
            if one and two and not self._world.any_same(one, two):
                why = f"{self._names(one)} against {self._names(two)}"
                yield Dispute(left, right, aspect, True, why, frozenset({one, two}))

    def _items(self, left: ClaimView, right: ClaimView) -> Iterator[Dispute]:
        """The same number of other things, or a headline that names other things than its text."""
        if left.claim.type != right.claim.type or not left.families or not right.families:
            return
        headline = right.claim.segment == "title"
        if left.families & right.families or "weapons" in left.families | right.families:
            return
        counts = [{(low, high) for _, low, high in v.counts if low} for v in (left, right)]
        same_number = bool(counts[0] & counts[1])
        if (same_number and (headline or not akin(left, right))) or (headline and not akin(left, right)):
            one, two = item_words(left), item_words(right)
            values = frozenset({left.families, right.families})
            yield Dispute(left, right, "item", False, f"{one} against {two}", values)

    def _mode(self, left: ClaimView, right: ClaimView) -> Iterator[Dispute]:
        types = {left.claim.type, right.claim.type}
        moved = {"control", "movement"} == types
        if len(types) == 2 and (types <= MODES or (moved and self._left_it(left, right))):
            first, second = sorted(types)
            yield Dispute(left, right, "mode", False, f"{first} against {second}", frozenset(types))

    def _left_it(self, left: ClaimView, right: ClaimView) -> bool:
        """Left by those from whom another says it was taken."""
        taken, gone = (left, right) if left.claim.type == "control" else (right, left)
        return self._world.any_same(taken.actors("patient"), gone.actors("agent"))

    def _made_in(self, left: ClaimView, right: ClaimView) -> Iterator[Dispute]:
        for one in left.claim.materiel:
            for two in right.claim.materiel:
                if one.made_in and two.made_in and one.made_in != two.made_in and _kin_items(one.item, two.item):
                    why = f"made in {one.made_in} against {two.made_in}"
                    yield Dispute(left, right, "made_in", True, why, frozenset({one.made_in, two.made_in}))
                    return

    def days(self, left: ClaimView, right: ClaimView) -> Iterator[Dispute]:
        """Two days stated for one deed: at night, or across time zones, both can be true."""
        if left.claim.date.basis != "stated" or left.claim.date.basis != right.claim.date.basis:
            return
        if left.first is None or left.first != left.last or right.first is None or right.first != right.last:
            return
        if left.first != right.first and teller(left) != teller(right) and overlap(left, right):
            days = sorted((left.start or "", right.start or ""))
            hard = abs(left.first - right.first) > 1
            yield Dispute(left, right, "date", hard, " against ".join(days), frozenset(days))

    # ------------------------------------------------------------ across events

    def across(self, left: ClaimView, right: ClaimView) -> Iterator[Dispute]:
        """What claims about the same things disagree in, though they tell of two deeds."""
        if not overlap(left, right):
            return
        yield from self._holders(left, right)
        yield from self._swapped(left, right)
        yield from self._lost_otherwise(left, right)
        yield from self._shown(left, right)
        yield from self._planned(left, right)

    def _holders(self, left: ClaimView, right: ClaimView) -> Iterator[Dispute]:
        """One says A has it, another that B took it, shows it or has it."""
        types = {left.claim.type, right.claim.type}
        if types == {"control"}:
            if not left.names & right.names:
                return
        elif HOLDING not in types or not types <= {HOLDING, SHOWING, *TAKING} or not akin(left, right):
            return
        if "planned" in (left.claim.modality, right.claim.modality) or not self._world.differ(left, right, "agent"):
            return
        one, two = left.actors("agent"), right.actors("agent")
        why = f"{self._names(one)} against {self._names(two)}"
        yield Dispute(left, right, "holder", True, why, frozenset({one, two, *types}))

    def _swapped(self, left: ClaimView, right: ClaimView) -> Iterator[Dispute]:
        """Each side says that it took such things from the other, in one place."""
        if left.claim.type != right.claim.type or left.claim.type != "capture" or not left.names & right.names:
            return
        sides = [(v.actors("agent"), v.actors("patient")) for v in (left, right)]
        (took, lost), (took2, lost2) = sides
        if self._world.any_same(took, lost2) and self._world.any_same(took2, lost) and akin(left, right):
            why = f"{self._names(took)} against {self._names(took2)}"
            yield Dispute(left, right, "captor", True, why, frozenset({took, took2}))

    def _lost_otherwise(self, left: ClaimView, right: ClaimView) -> Iterator[Dispute]:
        """Things that one says were lost or burned by their holder, and another that they were taken or sold."""
        types = {left.claim.type, right.claim.type}
        gone = [v for v in (left, right) if v.claim.type in ("destruction", "loss")]
        if len(types) != 2 or len(gone) != 1 or not types <= ENDS:
            return
        other = right if gone[0] is left else left
        by = gone[0].actors("agent")
        owner = gone[0].actors("patient") or by
        had = other.actors("patient")
        if gone[0].claim.type == "loss":
            had |= other.actors("giver")
        own_doing = not by or self._world.any_same(by, owner)
        if own_doing and self._world.any_same(owner, had) and akin(left, right) and not _counts_apart(left, right):
            first, second = sorted(types)
            yield Dispute(left, right, "mode", False, f"{first} against {second}", frozenset({*types, owner, had}))

    def _shown(self, left: ClaimView, right: ClaimView) -> Iterator[Dispute]:
        """Fewer shown than were said to be taken."""
        types = {left.claim.type, right.claim.type}
        if (
            len(types) == 2
            and types & {SHOWING, HOLDING}
            and types & TAKING
            and self._world.agree(left, right, "agent")
        ):
            yield from _of_counts(left, right, hard=False)

    def _planned(self, left: ClaimView, right: ClaimView) -> Iterator[Dispute]:
        """What was promised against what came, or what a headline has as done and its text as planned."""
        if left.claim.type != right.claim.type or left.claim.type != "transfer":
            return
        planned = [v for v in (left, right) if v.claim.modality == "planned"]
        if len(planned) != 1 or not all(self._world.agree(left, right, slot) for slot in ("giver", "recipient")):
            return
        if right.claim.segment == "title" and planned[0] is left:
            yield Dispute(left, right, "certainty", False, "planned against done", frozenset({"planned", "done"}))
        else:
            yield from _of_counts(left, right, hard=False)

    def recounts(self, left: ClaimView, right: ClaimView) -> Iterator[Dispute]:
        """A count by somebody who looked, against what was said."""
        yield from _of_counts(left, right, hard=True, how="counted ")

    def _names(self, entities: Iterable[str]) -> str:
        return ", ".join(sorted(self._world.name(e) or e for e in entities))


Bounds = tuple[int | None, int | None]


def _of_counts(left: ClaimView, right: ClaimView, *, hard: bool | None = None, how: str = "") -> Iterator[Dispute]:
    """The first counts of the same thing that are at odds; with `hard` given only such as exclude each other."""
    for what, one, two in _like_counts(left, right):
        odds = at_odds(one, two)
        if odds or (odds is not None and hard is None):
            low, high = sorted((one, two), key=lambda b: (b[0] or 0, b[1] or 0))
            why = f"{how}{_bounds(*low)} against {_bounds(*high)} {what}"
            yield Dispute(left, right, "quantity", odds if hard is None else hard, why, frozenset({what, one, two}))
            return


def at_odds(one: Bounds, two: Bounds) -> bool | None:
    """Whether two counts exclude each other (True), hardly go together (False), or agree (None)."""
    (low, high), (low2, high2) = one, two
    if one == two:
        return None
    if high is not None and low2 is not None and high < low2:
        return True
    if high2 is not None and low is not None and high2 < low:
        return True
    for exact, floor in ((one, two), (two, one)):
        if exact[0] == exact[1] and floor[1] is None and floor[0] and (exact[0] or 0) >= FAR_ABOVE * floor[0]:
            return False
    return None


def _like_counts(left: ClaimView, right: ClaimView) -> Iterator[tuple[str, Bounds, Bounds]]:
    """Counts of the same thing in two claims: of the dead the first of each, else by item, family, then kind."""
    if left.claim.type == right.claim.type == "casualty":
        one, two = _dead(left), _dead(right)
        yield from ((what, one[what], two[what]) for what in sorted(one.keys() & two.keys()))
        return
    mine, theirs = _things(left), _things(right)
    for same in (_same_item, _same_family, _kin_items):
        found = [(a, b) for a in mine for b in theirs if same(a[0], b[0])]
        if found:
            yield from ((a[0].partition(".")[0], a[1], b[1]) for a, b in found)
            return


def _things(view: ClaimView) -> list[tuple[str, Bounds]]:
    return sorted(((i, (low, high)) for i, low, high in view.counts if i in view.items), key=repr)


def _dead(view: ClaimView) -> dict[str, Bounds]:
    """The first count of each kind: those of the side that the claim is about; "lost 12 men" are dead."""
    found: dict[str, Bounds] = {}
    for one in view.claim.casualties:
        if one.quantity is not None and one.quantity.low is not None:
            what = "killed" if one.what == "unspecified" else one.what
            found.setdefault(what, (one.quantity.low, one.quantity.high))
    return found


def _counts_apart(left: ClaimView, right: ClaimView) -> bool:
    """Both count such things, and not the same number: hardly the same things."""
    pairs = list(_like_counts(left, right))
    return bool(pairs) and all(at_odds(one, two) for _, one, two in pairs)


def _same_item(left: str | None, right: str | None) -> bool:
    return left == right


def _same_family(left: str | None, right: str | None) -> bool:
    return bool(left and right) and (left or "").partition(".")[0] == (right or "").partition(".")[0]


def _kin_items(left: str | None, right: str | None) -> bool:
    one, two = ((i or "").partition(".")[0] for i in (left, right))
    return bool(one) and (one == two or any(one in kin and two in kin for kin in KIN))


def _fillers(view: ClaimView, role: str) -> frozenset[str]:
    return frozenset(r.entity for r in view.claim.roles if r.role == role and r.entity)


def item_words(view: ClaimView) -> str:
    """The things that a claim names, as printed."""
    return ", ".join(" ".join(m.mention.quote.split()) for m in view.claim.materiel)


def _bounds(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    return f"{low if low is not None else '?'} to {high if high is not None else 'more'}"
