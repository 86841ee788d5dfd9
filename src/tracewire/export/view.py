"""A record with its rows at hand by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from tracewire.codebook import Codebook, load_codebook
from tracewire.export.raw_index import RawIndex
from tracewire.model import Claim, Document, Entity, Event, Place, Record, Span


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Row = TypeVar("Row", bound=_HasId)


@dataclass(frozen=True, slots=True)
class View:
    """A record and its codebook, indexed by id; `event_of` leads from a claim to the event that holds it."""

    record: Record
    codebook: Codebook
    documents: Mapping[str, Document]
    claims: Mapping[str, Claim]
    entities: Mapping[str, Entity]
    places: Mapping[str, Place]
    events: Mapping[str, Event]
    event_of: Mapping[str, str]
    _indexes: dict[str, RawIndex] = field(default_factory=dict, repr=False, compare=False)

    def entity(self, id_: str | None) -> Entity | None:
        """The entity of that id, or None."""
        return None if id_ is None else self.entities.get(id_)

    def place(self, id_: str | None) -> Place | None:
        """The place of that id, or None."""
        return None if id_ is None else self.places.get(id_)

    def words(self, claim: Claim, span: Span) -> str:
        """The words of a span of a claim's document, as one reads them."""
        document = self.documents.get(claim.document)
        if document is None:
            text = "".join(part.quote for part in span.parts) or span.quote  # markup between the parts is left out
            return " ".join(text.split())
        if document.id not in self._indexes:
            self._indexes[document.id] = RawIndex(document)
        return self._indexes[document.id].words(span)


def view(record: Record, codebook: Codebook | None = None) -> View:
    """Index a record; without a codebook the shipped one is used."""
    return View(
        record=record,
        codebook=load_codebook() if codebook is None else codebook,
        documents=by_id(record.documents),
        claims=by_id(record.claims),
        entities=by_id(record.entities),
        places=by_id(record.places),
        events=by_id(record.events),
        event_of=_event_of(record.events),
    )


def by_id(rows: Iterable[Row]) -> dict[str, Row]:
    """Rows by id, in the order of their ids."""
    return {row.id: row for row in sorted(rows, key=lambda row: row.id)}


def _event_of(events: Iterable[Event]) -> dict[str, str]:
    # A claim that stands in an event and in its parent belongs to the narrower one.
    ordered = sorted(events, key=lambda event: (event.parent is None, event.id))
    found: dict[str, str] = {}
    for event in ordered:
        for claim in event.claims:
            found.setdefault(claim, event.id)
    return found
