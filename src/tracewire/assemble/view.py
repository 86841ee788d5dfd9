"""What the comparison of two claims needs, looked up once per claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tracewire.assemble.victims import Kind, kinds_of
from tracewire.codebook import Codebook
from tracewire.codebook.matcher import fold
from tracewire.lang.stopwords import STOP_WORDS
from tracewire.model import Claim, Document, Entity, Place, Published, Record, Span

FAMILIES: tuple[frozenset[str], ...] = (
    frozenset({"capture", "handover", "loss", "possession"}),
    frozenset({"transfer", "support"}),
    frozenset({"clash", "attack", "offensive", "control", "movement"}),
    frozenset({"strike", "attack"}),
    frozenset({"strike", "destruction"}),
    frozenset({"strike", "use"}),
    frozenset({"possession", "publication"}),
)
"""Types that reports use for one and the same deed: who has the thing after a capture tells of the capture, and who
holds the place, or left it, of the fight."""
COMPATIBLE = frozenset((a, b) for family in FAMILIES for a in family for b in family)

ABOUT_TALK = frozenset({"statement", "publication", "verification", "talks", "sanction"})
"""Types that tell of words, not of deeds."""
AGENTS = {
    **dict.fromkeys(("captor", "attacker", "holder", "user", "actor", "detainer", "publisher", "speaker"), "agent"),
    **dict.fromkeys(
        ("loser", "target", "opponent", "victim", "detainee", "counterpart", "owner", "addressee"), "patient"
    ),
    **dict.fromkeys(("giver", "backer"), "giver"),
    "recipient": "recipient",
    "transit": "transit",
    "origin": "origin",
    "destination": "destination",
}
"""Role -> slot, so that a captor and an attacker can be compared."""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its keys: entities by slot, place ids, item ids, counts and day bounds."""

    claim: Claim
    document: Document
    slots: Mapping[str, frozenset[str]]
    places: frozenset[str]
    own_places: frozenset[str]
    """Those of its places that its own sentence names; the others are lent by a sentence before."""
    names: frozenset[str]
    own_names: frozenset[str]
    areas: frozenset[str]
    """Names of its places, of those that its own sentence names, and of the provinces that they lie in: a village that
    no gazetteer knows is another place in each report, but has one name."""
    items: frozenset[str]
    families: frozenset[str]
    """The families of its items."""
    counts: frozenset[tuple[str, int | None, int | None]]
    start: str | None
    end: str | None
    first: int | None
    last: int | None
    """`start` and `end` as day numbers."""
    out: tuple[int, int] | None
    """Day numbers of its publication, where both ends are known."""
    times: tuple[str, ...]
    """Stretches of time to compare it in: of its days, or of its publication where it has none."""
    words: str
    story: str | None
    victims: frozenset[str]
    victim_kinds: frozenset[Kind]
    stems: frozenset[str]
    """Beginnings of the content words of its sentence: a retelling shares them."""

    def actors(self, slot: str) -> frozenset[str]:
        """The entities in a slot; none where nobody is named for it."""
        return self.slots.get(slot, frozenset())

    @property
    def parties(self) -> frozenset[str]:
        """Who does and who suffers it."""
        return self.actors("agent") | self.actors("patient")


@dataclass(frozen=True, slots=True)
class World:
    """Look-ups over the whole record."""

    documents: Mapping[str, Document]
    entities: Mapping[str, Entity]
    places: Mapping[str, Place]
    codebook: Codebook
    stories: Mapping[str, str]
    marks: Mapping[str, frozenset[str]]
    """Document -> the places, groups, persons and models of weapons that its claims name."""

    def root(self, entity: str) -> str:
        """The entity that an actor is in the end part of; a state's agencies are the state."""
        seen = {entity}
        while (row := self.entities.get(entity)) is not None and row.part_of and row.part_of not in seen:
            if row.part_of not in self.entities:
                break
            entity = row.part_of
            seen.add(entity)
        return entity

    def same_actor(self, left: str, right: str) -> bool:
        """The same entity, or one part of the other."""
        return (
            left == right or self.root(left) == right or self.root(right) == left or self.root(left) == self.root(right)
        )

    def one_matter(self, left: ClaimView, right: ClaimView) -> bool:
        """Whether two claims stand in documents of one story, or in such as name a place and more things alike."""
        if left.document.id == right.document.id or (left.story is not None and left.story == right.story):
            return True
        days = max(right.out[0] - left.out[1], left.out[0] - right.out[1]) if left.out and right.out else MATTER_DAYS
        shared = self.marks.get(left.document.id, frozenset()) & self.marks.get(right.document.id, frozenset())
        least = SHARED_SOON if days <= SOON_DAYS else SHARED_MARKS
        return days <= MATTER_DAYS and len(shared) >= least and any(mark.startswith("p:") for mark in shared)

    def any_same(self, left: frozenset[str], right: frozenset[str]) -> bool:
        """Whether two sets of actors have one in common, whole or part."""
        return bool(left & right) or any(self.same_actor(a, b) for a in left for b in right)

    def agree(self, left: ClaimView, right: ClaimView, slot: str) -> bool:
        """Whether two claims name the same in a slot."""
        return self.any_same(left.actors(slot), right.actors(slot))

    def differ(self, left: ClaimView, right: ClaimView, slot: str) -> bool:
        """Whether both claims name somebody in a slot, and not the same."""
        return bool(left.actors(slot)) and bool(right.actors(slot)) and not self.agree(left, right, slot)

    def name(self, entity: str | None) -> str | None:
        """The entity's printed name; None where it is unknown."""
        row = self.entities.get(entity) if entity else None
        return row.name if row else None


def day_out(document: Document | None) -> str:
    """Day of publication for ordering; unknown days come last."""
    return (document.published.start if document and document.published else None) or "9999"


MATTER_DAYS, SHARED_MARKS = 45, 3
SOON_DAYS, SHARED_SOON = 7, 2
"""Reports on one matter come out within so many days and name so many things alike, a place among them."""


def make_world(record: Record, codebook: Codebook) -> World:
    """Look-ups by id."""
    world = World(
        {d.id: d for d in record.documents},
        {e.id: e for e in record.entities},
        {p.id: p for p in record.places},
        codebook,
        {d: s.id for s in record.stories for d in s.documents},
        {},
    )
    marks: dict[str, set[str]] = {}
    for claim in record.claims:
        marks.setdefault(claim.document, set()).update(_marks(claim, world))
    return replace(world, marks={d: frozenset(found) for d, found in marks.items()})


def _marks(claim: Claim, world: World) -> Iterator[str]:
    """What tells a matter from others: no states, countries, outlets or families of weapons."""
    named = {p.place for p in claim.places if p.place and not _country(p.place, world)}
    yield from (f"p:{name}" for name in _names(named, world))
    for role in claim.roles:
        row = world.entities.get(role.entity or "")
        if row is not None and row.type in ("group", "person"):
            yield f"a:{row.id}"
    yield from (f"i:{m.item}" for m in claim.materiel if m.item and "." in m.item)


WIDE_KM = 100.0
"""A part of a country ("eastern Chad") is at least so wide; a region or province is told apart by its province."""


def _country(place: str, world: World) -> bool:
    """A known place without a point is a country, and so is one of its parts: too wide to tell events by."""
    row = world.places.get(place)
    if row is None or row.gazetteer is None:
        return False
    return row.latitude is None or (row.admin1 is None and row.country is not None and (row.radius_km or 0) > WIDE_KM)


STRETCH, MOST_STRETCHES = 32, 14
"""Days of a stretch; a claim on more of them than a year is compared in the first ones only."""
LENT_DAYS, PRESS_DAYS = 7, 30
"""Two claims may be one event whose days are no further apart, and, where one has no day, whose reports are not."""


def _stretches(first: int | None, last: int | None, out: tuple[int, int] | None) -> Iterator[str]:
    """Two claims that can be one event by their times share a stretch; where nothing is known there is "unknown"."""
    dated = first is not None and last is not None
    if first is not None and last is not None:
        yield from (f"day:{n}" for n in _numbers(first, last, LENT_DAYS))
    if out is not None:
        yield from (f"out:{n}" for n in _numbers(*out, 0 if dated else PRESS_DAYS))
    elif not dated:
        yield "unknown"


def _number(day: str | None) -> int | None:
    return date.fromisoformat(day[:10]).toordinal() if day else None


def _days_out(published: Published | None) -> tuple[int, int] | None:
    first = _number(published.start) if published else None
    last = _number(published.end) if published else None
    return (first, last) if first is not None and last is not None else None


def _numbers(start: int, end: int, margin: int) -> list[int]:
    first, last = (start - margin) // STRETCH, (end + margin) // STRETCH
    return list(range(first, min(last, first + MOST_STRETCHES) + 1))


def _inside(span: Span | None, claim: Claim) -> bool:
    return span is not None and any(e.start <= span.start and span.end <= e.end for e in claim.evidence)


def _heads(claim: Claim) -> list[str]:
    """The nouns for the victims ("soldiers of the 9th Brigade"): what kind of people they are."""
    named = [r.mention.quote for r in claim.roles if r.role == "victim" and r.mention is not None]
    return [(words.partition(" of ")[0].split() or words.split())[-1] for words in named]


STEM = 6
"""Letters by which a word is known again."""
_WORD = re.compile(r"[^\W_]{2,}")


def _stems(claim: Claim) -> Iterator[str]:
    named = [r.mention for r in claim.roles if r.mention] + [p.mention for p in claim.places if p.mention]
    known = {w[:STEM] for span in named for w in _WORD.findall(span.quote.casefold())}  # who and where count apart
    for word in _WORD.findall(claim.evidence[0].quote.casefold()) if claim.evidence else ():
        if word not in STOP_WORDS and word[:STEM] not in known:
            yield word[:STEM]


def _names(places: Iterable[str | None], world: World) -> frozenset[str]:
    return frozenset(fold(row.name) for p in places if p and (row := world.places.get(p)))


def make_view(claim: Claim, world: World) -> ClaimView:
    """The keys of one claim."""
    slots: dict[str, set[str]] = {}
    for role in claim.roles:
        slot = AGENTS.get(role.role)
        if slot and role.entity:
            slots.setdefault(slot, set()).add(role.entity)
    at = ("where", "to", "from") if claim.type == "movement" else ("where", "to")
    places = {p.place for p in claim.places if p.place and p.role in at and not _country(p.place, world)}
    own = {p.place for p in claim.places if p.place in places and _inside(p.mention, claim)}
    counts = {
        (m.item or fold(m.mention.quote), m.quantity.low, m.quantity.high)
        for m in claim.materiel
        if m.quantity and m.quantity.counts_things and (m.quantity.low is not None or m.quantity.high is not None)
    }
    counts |= {
        (c.what, c.quantity.low, c.quantity.high) for c in claim.casualties if c.quantity and c.quantity.low is not None
    }
    start = claim.date.start if claim.date.basis != "publication" else None
    end = claim.date.end if claim.date.basis != "publication" else None
    first, last = _number(start), _number(end)
    document = world.documents[claim.document]
    out = _days_out(document.published)
    return ClaimView(
        claim=claim,
        document=document,
        slots={k: frozenset(v) for k, v in slots.items()},
        places=frozenset(places),
        own_places=frozenset(p for p in own if p),
        names=_names(places, world),
        own_names=_names(own, world),
        areas=frozenset(fold(row.admin1) for p in places if (row := world.places.get(p)) and row.admin1),
        items=frozenset(m.item for m in claim.materiel if m.item),
        families=frozenset(m.item.partition(".")[0] for m in claim.materiel if m.item),
        counts=frozenset(counts),
        start=start,
        end=end,
        first=first,
        last=last,
        out=out,
        times=tuple(_stretches(first, last, out)),
        words=" ".join(fold(w) for e in claim.evidence[:1] for w in e.quote.split()),
        story=world.stories.get(claim.document),
        victims=frozenset(map(fold, _heads(claim))),
        victim_kinds=kinds_of(_heads(claim)),
        stems=frozenset(_stems(claim)),
    )
