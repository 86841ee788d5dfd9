"""Build small records claim by claim."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from tracewire.model import (
    Attribution,
    Casualty,
    Claim,
    ClaimDate,
    Copy,
    Document,
    Entity,
    Materiel,
    Origin,
    Place,
    PlaceRole,
    Quantity,
    Record,
    Role,
    Span,
    claim_id,
)
from tracewire.testing import make_document


@dataclass
class Builder:
    """Collects documents, actors, places and claims; `record` freezes them."""

    documents: dict[str, Document] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)

    def document(self, name: str, text: str, outlet: str | None = None) -> Document:
        """A document that says `text`."""
        self.documents[name] = make_document(text, name=name, outlet=outlet)
        return self.documents[name]

    def actor(self, name: str, part_of: str | None = None) -> str:
        """An actor by name; returns its id."""
        id_ = "e" + name.lower().replace(" ", "")
        self.entities[id_] = Entity(id_, "group", name, (name,), part_of, "corpus")
        return id_

    def place(self, name: str, latitude: float, longitude: float) -> str:
        """A located place; returns its id."""
        id_ = "p" + name.lower()
        self.places[id_] = Place(id_, name, latitude, longitude, 2.0, None, None, None)
        return id_

    def claim(self, document: Document, type_: str, trigger: str, **values: Any) -> Claim:
        """A claim on a word of the document; `by`, `roles`, `where`, `day`, `item`, `count`, `dead` as wanted."""
        start = document.raw.index(trigger)
        span = Span(start, start + len(trigger), trigger)
        begin = max(
            document.raw.rfind(". ", 0, start) + 2 if ". " in document.raw[:start] else 0,
            document.raw.rfind("\n", 0, start) + 1,
        )
        stop = min(
            (at for mark in (". ", "\n") if (at := document.raw.find(mark, start)) >= 0), default=len(document.raw)
        )
        whole = Span(begin, stop, document.raw[begin:stop])
        day = values.get("day")
        date = ClaimDate(day, day, "day" if day else "unknown", "stated" if day else "publication", None, "test")
        chain = [Attribution(values["by"], values.get("by_entity"), span, "primary")] if "by" in values else []
        chain.append(Attribution(document.outlet or document.name, None, None, "publisher"))
        count = values.get("count")
        quantity = Quantity(count, count, span, "exact") if count is not None else None
        item = values.get("item")
        claim = Claim(
            id=claim_id(document.id, type_, span, len(self.claims)),
            document=document.id,
            type=type_,
            trigger=span,
            polarity=values.get("polarity", "+"),
            modality=values.get("modality", "asserted"),
            cue=None,
            opinion=values.get("opinion", False),
            roles=tuple(Role(r, e, span, "stated") for r, e in values.get("roles", ())),
            materiel=(Materiel(item, span, quantity),) if item else (),
            casualties=(Casualty("killed", Quantity(values["dead"], values["dead"], span, "exact")),)
            if "dead" in values
            else (),
            places=tuple(PlaceRole(p, span, "where") for p in values.get("where", ())),
            date=date,
            attribution=tuple(chain),
            segment=values.get("segment", "body"),
            evidence=(whole,),
            reader="test@1",
            confidence=0.5,
        )
        self.claims.append(claim)
        return claim

    def record(self) -> Record:
        """All of it."""
        return Record(
            documents=tuple(sorted(self.documents.values(), key=lambda d: d.id)),
            claims=tuple(sorted(self.claims, key=lambda c: c.id)),
            entities=tuple(sorted(self.entities.values(), key=lambda e: e.id)),
            places=tuple(sorted(self.places.values(), key=lambda p: p.id)),
            copies=tuple(self.copies),
            origins=tuple(self.origins),
        )


@pytest.fixture
def builder() -> Builder:
    """An empty builder."""
    return Builder()
