"""Events as an RFC 7946 FeatureCollection: a point where the place is known, a null geometry where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracewire.codebook import Codebook
from tracewire.export.event_phrases import describe_event, lead_claim, only_headlines, told_claims
from tracewire.export.jsonl import compact
from tracewire.export.phrases import role_name
from tracewire.export.view import View, view
from tracewire.model import Claim, Event, Place, Record, Role

QUOTES = 3
"""How many pieces of evidence a feature carries: enough for a map's pop-up; the claims file has all."""


class GeojsonExporter:
    """Writes one feature an event, by id; unlocated events are kept with a null geometry."""

    name = "geojson"
    suffix = ".geojson"

    def __init__(self, codebook: Codebook | None = None) -> None:
        self._codebook = codebook

    def write(self, record: Record) -> Iterator[str]:
        """A FeatureCollection with one feature a line."""
        known = view(record, self._codebook)
        yield '{"type":"FeatureCollection","features":['
        for index, event in enumerate(known.events.values()):
            yield (",\n" if index else "\n") + compact(_feature(known, event))
        yield "\n]}\n"


def _feature(known: View, event: Event) -> dict[str, Any]:
    place = known.places.get(event.place or "")
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": _point(place),
        "properties": _properties(known, event, place),
    }


def _point(place: Place | None) -> dict[str, Any] | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return {"type": "Point", "coordinates": [place.longitude, place.latitude]}


def _properties(known: View, event: Event, place: Place | None) -> dict[str, Any]:
    return {
        "type": event.type,
        "summary": describe_event(known, event),
        "start": event.start,
        "end": event.end,
        "place": None if place is None else place.name,
        "admin1": None if place is None else place.admin1,
        "country": None if place is None else place.country,
        "radius_km": None if place is None else place.radius_km,
        "alternatives": [] if place is None else [_alternative(known, other) for other in place.alternatives],
        "roles": [_role(known, event, role) for role in event.roles],
        "materiel": [{"item": item.item, "low": item.low, "high": item.high} for item in event.materiel],
        "origins_min": event.origins.min,
        "origins_max": event.origins.max,
        "claims": len(event.claims),
        "told_as_done": not only_headlines(known, event),
        "evidence": _evidence(known, event),
        "status": event.status,
        "candidate": event.status == "candidate",
    }


def _alternative(known: View, place: str) -> dict[str, Any]:
    row = known.places.get(place)
    if row is None:
        return {"id": place, "name": None, "latitude": None, "longitude": None}
    return {"id": place, "name": row.name, "latitude": row.latitude, "longitude": row.longitude}


def _role(known: View, event: Event, role: Role) -> dict[str, Any]:
    return {"role": role.role, "entity": role.entity, "name": _role_name(known, event, role) or None}


def _role_name(known: View, event: Event, role: Role) -> str:
    # An event's words stand in one of its claims' documents: the first whose text has them there.
    for claim in _claims(known, event):
        document = known.documents.get(claim.document)
        if role.mention is None or (document and document.raw.startswith(role.mention.quote, role.mention.start)):
            return role_name(known, claim, role)
    return ""


def _claims(known: View, event: Event) -> list[Claim]:
    return [known.claims[claim] for claim in event.claims if claim in known.claims]


def _evidence(known: View, event: Event) -> list[dict[str, Any]]:
    lead = lead_claim(known, event)
    claims = told_claims(known, event) or _claims(known, event)
    found: dict[str, dict[str, Any]] = {}
    for claim in sorted(claims, key=lambda row: (row is not lead, row.id)):
        document = known.documents.get(claim.document)
        if document is None or not claim.evidence:
            continue
        span = claim.evidence[0]
        found.setdefault(
            known.words(claim, span),
            {
                "quote": known.words(claim, span),
                "document": document.name,
                "start": span.start,
                "end": span.end,
                "claim": claim.id,
            },
        )
    return list(found.values())[:QUOTES]
