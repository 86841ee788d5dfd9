"""What the comparison of two claims needs, looked up once per claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracewire.codebook import Codebook
from tracewire.codebook.matcher import fold
from tracewire.model import Claim, Document, Entity, Place, Record

FAMILIES: tuple[frozenset[str], ...] = (
    frozenset({"capture", "handover", "loss"}),
    frozenset({"transfer", "support"}),
    frozenset({"clash", "attack", "offensive"}),
    frozenset({"strike", "attack"}),
    frozenset({"possession", "publication"}),
)
"""Types that reports use for one and the same deed."""

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
    items: frozenset[str]
    counts: frozenset[tuple[str, int | None, int | None]]
    start: str | None
    end: str | None
    words: str
    story: str | None
    victims: frozenset[str]

    @property
    def families(self) -> frozenset[str]:
        """The families of its items."""
        return frozenset(i.partition(".")[0] for i in self.items)


@dataclass(frozen=True, slots=True)
class World:
    """Look-ups over the whole record."""

    documents: Mapping[str, Document]
    entities: Mapping[str, Entity]
    places: Mapping[str, Place]
    codebook: Codebook
    stories: Mapping[str, str]

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

    def name(self, entity: str | None) -> str | None:
        """The entity's printed name; None where it is unknown."""
        row = self.entities.get(entity) if entity else None
        return row.name if row else None


def make_world(record: Record, codebook: Codebook) -> World:
    """Look-ups by id."""
    return World(
        {d.id: d for d in record.documents},
        {e.id: e for e in record.entities},
        {p.id: p for p in record.places},
        codebook,
        {d: s.id for s in record.stories for d in s.documents},
    )


WIDE_KM = 100.0
"""A part of a country ("eastern Chad") is at least so wide; a region or province is told apart by its province."""


def _country(place: str, world: World) -> bool:
    """A known place without a point is a country, and so is one of its parts: too wide to tell events by."""
    row = world.places.get(place)
    if row is None or row.gazetteer is None:
        return False
    return row.latitude is None or (row.admin1 is None and row.country is not None and (row.radius_km or 0) > WIDE_KM)


def make_view(claim: Claim, world: World) -> ClaimView:
    """The keys of one claim."""
    slots: dict[str, set[str]] = {}
    for role in claim.roles:
        slot = AGENTS.get(role.role)
        if slot and role.entity:
            slots.setdefault(slot, set()).add(role.entity)
    places = {p.place for p in claim.places if p.place and p.role in ("where", "to") and not _country(p.place, world)}
    counts = {
        (m.item or fold(m.mention.quote), m.quantity.low, m.quantity.high)
        for m in claim.materiel
        if m.quantity and (m.quantity.low is not None or m.quantity.high is not None)
    }
    counts |= {
        (c.what, c.quantity.low, c.quantity.high) for c in claim.casualties if c.quantity and c.quantity.low is not None
    }
    return ClaimView(
        claim=claim,
        document=world.documents[claim.document],
        slots={k: frozenset(v) for k, v in slots.items()},
        places=frozenset(places),
        items=frozenset(m.item for m in claim.materiel if m.item),
        counts=frozenset(counts),
        start=claim.date.start if claim.date.basis != "publication" else None,
        end=claim.date.end if claim.date.basis != "publication" else None,
        words=" ".join(fold(w) for e in claim.evidence[:1] for w in e.quote.split()),
        story=world.stories.get(claim.document),
        victims=frozenset(
            fold(r.mention.quote.split()[-1]) for r in claim.roles if r.role == "victim" and r.mention is not None
        ),
    )
