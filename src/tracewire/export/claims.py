"""The claims file: everything a case holds as JSON Lines, in the public format version 1."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from typing import Any

from tracewire.codebook import Codebook, load_codebook
from tracewire.export.jsonl import line
from tracewire.model import (
    Attribution,
    Casualty,
    Claim,
    ClaimDate,
    Copy,
    Document,
    Entity,
    Event,
    Judgement,
    Materiel,
    Mention,
    Origin,
    Place,
    PlaceRole,
    Published,
    Quantity,
    Record,
    Relation,
    Role,
    Span,
)

FORMAT = "tracewire-claims"
FORMAT_VERSION = 1
Row = dict[str, Any]


class ClaimsExporter:
    """Writes the claims file; two writes of one record give the same bytes."""

    name = "claims"
    suffix = ".jsonl"

    def __init__(self, codebook: Codebook | None = None) -> None:
        self._codebook = codebook

    def write(self, record: Record) -> Iterator[str]:
        """One JSON object a line, the header first, then each kind by id."""
        codebook = load_codebook() if self._codebook is None else self._codebook
        return (line(row) for row in rows(record, codebook.version))


def rows(record: Record, codebook_version: str) -> Iterator[Row]:
    """The objects of the file in their order."""
    yield _header(record, codebook_version)
    copies, origins = _copies_of(record.copies), _origins_of(record.origins)
    for document in sorted(record.documents, key=lambda row: row.id):
        yield _document(document, copies.get(document.id, []), origins.get(document.id, []))
    yield from (_mention(mention) for mention in sorted(record.mentions, key=_mention_order))
    yield from (_claim(claim) for claim in sorted(record.claims, key=lambda row: row.id))
    yield from (_entity(entity) for entity in sorted(record.entities, key=lambda row: row.id))
    yield from (_place(place) for place in sorted(record.places, key=lambda row: row.id))
    yield from (_event(event) for event in sorted(record.events, key=lambda row: row.id))
    yield from (_relation(relation) for relation in sorted(record.relations, key=_relation_order))
    yield from (_judgement(judgement) for judgement in sorted(record.judgements, key=lambda row: row.id))


def _mention_order(mention: Mention) -> tuple[str, int, int, str]:
    return mention.document, mention.span.start, mention.span.end, mention.type


def _relation_order(relation: Relation) -> tuple[str, ...]:
    return relation.source, relation.type, relation.target, relation.aspect or "", relation.severity or "", relation.why


def _header(record: Record, codebook_version: str) -> Row:
    return {
        "kind": "header",
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "tracewire": version("tracewire"),
        "codebook": codebook_version,
        "readers": list(record.readers),
        "created": None,
    }


# ---------------------------------------------------------------- pieces


def _span(span: Span) -> Row:
    row: Row = {"start": span.start, "end": span.end, "quote": span.quote}
    if span.parts:
        row["parts"] = [_span(part) for part in span.parts]
    return row


def _maybe(span: Span | None) -> Row | None:
    return None if span is None else _span(span)


def _quantity(quantity: Quantity | None) -> Row | None:
    if quantity is None:
        return None
    return {"low": quantity.low, "high": quantity.high, "quote": _span(quantity.quote), "rule": quantity.rule}


def _role(role: Role) -> Row:
    return {"role": role.role, "entity": role.entity, "mention": _maybe(role.mention), "basis": role.basis}


# ---------------------------------------------------------------- documents


def _document(document: Document, copies: list[Row], origins: list[Row]) -> Row:
    return {
        "kind": "document",
        "id": document.id,
        "name": document.name,
        "sha256": document.sha256,
        "url": document.url,
        "retrieved": document.retrieved,
        "media_type": document.media_type,
        "language": document.language,
        "title": _maybe(document.title),
        "outlet": document.outlet,
        "outlet_basis": document.outlet_basis,
        "author": document.author,
        "published": _published(document.published),
        "segments": [{"start": s.start, "end": s.end, "label": s.label} for s in document.segments],
        "copy_of": copies,
        "origins": origins,
    }


def _published(published: Published | None) -> Row | None:
    if published is None:
        return None
    return {
        "start": published.start,
        "end": published.end,
        "basis": published.basis,
        "given": published.given,
    }


def _copies_of(copies: Sequence[Copy]) -> dict[str, list[Row]]:
    """What stands under `copy_of`, by document; a pair without a direction stands on both sides."""
    found = [(copy.document, copy.other, copy.relation, copy.share) for copy in copies]
    found += [(copy.other, copy.document, copy.relation, copy.other_share) for copy in copies if not copy.directed]
    by_document: dict[str, list[Row]] = {}
    for document, other, relation, share in sorted(found):
        by_document.setdefault(document, []).append({"document": other, "relation": relation, "share": share})
    return by_document


def _origins_of(origins: Iterable[Origin]) -> dict[str, list[Row]]:
    by_document: dict[str, list[Row]] = {}
    for origin in sorted(origins, key=_origin_order):
        by_document.setdefault(origin.document, []).append(_origin(origin))
    return by_document


def _origin_order(origin: Origin) -> tuple[str, str, int]:
    return origin.name, origin.basis, -1 if origin.quote is None else origin.quote.start


def _origin(origin: Origin) -> Row:
    row: Row = {"name": origin.name, "entity": origin.entity, "basis": origin.basis, "quote": _maybe(origin.quote)}
    if origin.shared:
        s = origin.shared
        row["shared"] = {"document": s.document, "start": s.start, "end": s.end, "why": s.why}
    return row


def _mention(mention: Mention) -> Row:
    return {
        "kind": "mention",
        "document": mention.document,
        **_span(mention.span),
        "type": mention.type,
        "form": mention.form,
        "entity": mention.entity,
        "place": mention.place,
    }


# ---------------------------------------------------------------- claims


def _claim(claim: Claim) -> Row:
    return {
        "kind": "claim",
        "id": claim.id,
        "document": claim.document,
        "type": claim.type,
        "trigger": _span(claim.trigger),
        "polarity": claim.polarity,
        "modality": claim.modality,
        "cue": _maybe(claim.cue),
        "opinion": claim.opinion,
        "roles": [_role(role) for role in claim.roles],
        "materiel": [_materiel(item) for item in claim.materiel],
        "casualties": [_casualty(toll) for toll in claim.casualties],
        "places": [_place_role(place) for place in claim.places],
        "date": _date(claim.date),
        "attribution": [_attribution(link) for link in claim.attribution],
        "segment": claim.segment,
        "evidence": [_span(span) for span in claim.evidence],
        "reader": claim.reader,
        "confidence": claim.confidence,
        "judgement": claim.judgement,
    }


def _materiel(item: Materiel) -> Row:
    return {
        "item": item.item,
        "mention": _span(item.mention),
        "quantity": _quantity(item.quantity),
        "made_in": item.made_in,
        "supplied_by": item.supplied_by,
    }


def _casualty(toll: Casualty) -> Row:
    return {"what": toll.what, "quantity": _quantity(toll.quantity)}


def _place_role(place: PlaceRole) -> Row:
    return {"place": place.place, "mention": _maybe(place.mention), "role": place.role}


def _date(date: ClaimDate) -> Row:
    return {
        "start": date.start,
        "end": date.end,
        "precision": date.precision,
        "basis": date.basis,
        "quote": _maybe(date.quote),
        "rule": date.rule,
    }


def _attribution(link: Attribution) -> Row:
    return {"who": link.who, "entity": link.entity, "mention": _maybe(link.mention), "role": link.role}


# ---------------------------------------------------------------- entities, places, events


def _entity(entity: Entity) -> Row:
    return {
        "kind": "entity",
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "forms": list(entity.forms),
        "part_of": entity.part_of,
        "basis": entity.basis,
        "external": dict(sorted(entity.external)),
    }


def _place(place: Place) -> Row:
    return {
        "kind": "place",
        "id": place.id,
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "radius_km": place.radius_km,
        "admin1": place.admin1,
        "country": place.country,
        "gazetteer": place.gazetteer,
        "alternatives": list(place.alternatives),
    }


def _event(event: Event) -> Row:
    return {
        "kind": "event",
        "id": event.id,
        "type": event.type,
        "claims": list(event.claims),
        "parent": event.parent,
        "date": {"start": event.start, "end": event.end},
        "place": event.place,
        "roles": [_role(role) for role in event.roles],
        "materiel": [{"item": item.item, "low": item.low, "high": item.high} for item in event.materiel],
        "fatalities": {"best": event.fatalities.best, "low": event.fatalities.low, "high": event.fatalities.high},
        "origins": {"min": event.origins.min, "max": event.origins.max, "names": list(event.origins.names)},
        "outlets": event.outlets,
        "credibility": {"grade": event.credibility.grade, "why": list(event.credibility.why)},
        "status": event.status,
    }


def _relation(relation: Relation) -> Row:
    return {
        "kind": "relation",
        "from": relation.source,
        "type": relation.type,
        "to": relation.target,
        "aspect": relation.aspect,
        "severity": relation.severity,
        "why": relation.why,
    }


def _judgement(judgement: Judgement) -> Row:
    return {
        "kind": "judgement",
        "id": judgement.id,
        "at": judgement.at,
        "by": judgement.by,
        "what": judgement.what,
        "on": judgement.on,
        "change": json.loads(json.dumps(judgement.change, sort_keys=True)),
        "why": judgement.why,
        "undone": judgement.undone,
    }
