"""The record as Parquet tables that DuckDB, pandas and R open: documents, claims, roles, events, relations, flows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracewire.codebook import Codebook
from tracewire.export.base import need
from tracewire.export.documents import body_text
from tracewire.export.event_phrases import describe_event
from tracewire.export.hops import Hop, hops
from tracewire.export.phrases import deed, innermost, item_name, materiel_words, place_name
from tracewire.export.plain import writable
from tracewire.export.raw_index import document_title
from tracewire.export.view import View, view
from tracewire.model import Claim, Document, Event, Place, Quantity, Record, Relation

Row = dict[str, Any]

TEXT, INTEGER, NUMBER, TRUTH, DAY, TEXTS = "string", "int64", "float64", "bool_", "date32", "list"
"""Column types: `DAY` is a calendar date, `TEXTS` a list of strings. Unknown is null in all of them."""

TABLES: dict[str, dict[str, str]] = {
    "documents": {
        "id": TEXT, "name": TEXT, "sha256": TEXT, "url": TEXT, "title": TEXT, "author": TEXT, "outlet": TEXT,
        "language": TEXT, "published_start": DAY, "published_end": DAY, "published_given": TRUTH, "text": TEXT,
    },
    "claims": {
        "id": TEXT, "document": TEXT, "event": TEXT, "type": TEXT, "says": TEXT, "denied": TRUTH, "modality": TEXT,
        "opinion": TRUTH, "segment": TEXT, "date_start": DAY, "date_end": DAY, "date_precision": TEXT,
        "date_basis": TEXT, "date_rule": TEXT, "place": TEXT, "place_name": TEXT, "admin1": TEXT, "country": TEXT,
        "latitude": NUMBER, "longitude": NUMBER, "radius_km": NUMBER, "source": TEXT, "chain": TEXTS, "quote": TEXT,
        "start": INTEGER, "end": INTEGER, "reader": TEXT, "confidence": NUMBER, "judgement": TEXT,
    },
    "roles": {
        "claim": TEXT, "role": TEXT, "entity": TEXT, "name": TEXT, "kind": TEXT, "words": TEXT, "basis": TEXT,
        "item": TEXT, "item_name": TEXT, "quantity_low": INTEGER, "quantity_high": INTEGER, "quantity_rule": TEXT,
        "quantity_words": TEXT, "made_in": TEXT, "supplied_by": TEXT,
    },
    "events": {
        "id": TEXT, "type": TEXT, "says": TEXT, "parent": TEXT, "date_start": DAY, "date_end": DAY, "place": TEXT,
        "place_name": TEXT, "admin1": TEXT, "country": TEXT, "latitude": NUMBER, "longitude": NUMBER,
        "radius_km": NUMBER, "fatalities_low": INTEGER, "fatalities_best": INTEGER, "fatalities_high": INTEGER,
        "claims": TEXTS, "origins_min": INTEGER, "origins_max": INTEGER, "origins": TEXTS, "outlets": INTEGER,
        "credibility": INTEGER, "credibility_why": TEXTS, "status": TEXT,
    },
    "relations": {
        "from": TEXT, "type": TEXT, "to": TEXT, "aspect": TEXT, "severity": TEXT, "why": TEXT,
    },
    "flows": {
        "claim": TEXT, "event": TEXT, "document": TEXT, "kind": TEXT, "type": TEXT, "giver": TEXTS, "holder": TEXTS,
        "items": TEXTS, "item_ids": TEXTS, "date_start": DAY, "date_end": DAY, "place": TEXT, "place_name": TEXT,
        "diversion": TEXT, "source": TEXT, "modality": TEXT, "denied": TRUTH, "opinion": TRUTH,
    },
}  # fmt: skip
"""The tables and their columns, in order."""


class ParquetExporter:
    """Writes a folder of Parquet tables: documents, claims, roles, events, relations, flows (extra: exports)."""

    name = "parquet"
    suffix = ""

    def __init__(self, codebook: Codebook | None = None) -> None:
        self._codebook = codebook

    def save(self, record: Record, path: Path) -> None:
        """Make the folder with one file a table; an empty table keeps its columns."""
        arrow, writer = need("pyarrow", "parquet"), need("pyarrow.parquet", "parquet")
        known = view(record, self._codebook)
        path.mkdir()
        for name, rows in tables(known).items():
            schema = arrow.schema([(column, _type(arrow, kind)) for column, kind in TABLES[name].items()])
            table = arrow.Table.from_pylist([_typed(row, TABLES[name]) for row in rows], schema=schema)
            writer.write_table(table, path / f"{name}.parquet", compression="zstd")


def _type(arrow: Any, kind: str) -> Any:
    return arrow.list_(arrow.string()) if kind == TEXTS else getattr(arrow, kind)()


def _typed(row: Row, columns: dict[str, str]) -> Row:
    from datetime import date

    def cell(value: Any, kind: str) -> Any:
        if value is None or value == "":
            return None
        if kind == DAY:
            try:
                return date.fromisoformat(value)
            except ValueError:
                return None
        if kind == TEXTS:
            return [writable(item) for item in value]
        return writable(value) if isinstance(value, str) else value

    return {name: cell(row.get(name), kind) for name, kind in columns.items()}


def tables(known: View) -> dict[str, list[Row]]:
    """The rows of each table, in the order of ids."""
    record = known.record
    relations = sorted(record.relations, key=lambda r: (r.source, r.type, r.target, r.aspect or "", r.why))
    return {
        "documents": [_document(document) for document in known.documents.values()],
        "claims": [_claim(known, claim) for claim in known.claims.values()],
        "roles": [row for claim in known.claims.values() for row in _roles(known, claim)],
        "events": [_event(known, event) for event in known.events.values()],
        "relations": [_relation(relation) for relation in relations],
        "flows": [_flow(known, hop) for hop in sorted(hops(known), key=lambda hop: hop.claim)],
    }


def _document(document: Document) -> Row:
    published = document.published
    return {
        "id": document.id,
        "name": document.name,
        "sha256": document.sha256,
        "url": document.url,
        "title": document_title(document),
        "author": document.author,
        "outlet": document.outlet,
        "language": document.language,
        "published_start": None if published is None else published.start,
        "published_end": None if published is None else published.end,
        "published_given": None if published is None else published.given,
        "text": body_text(document),
    }


def _claim(known: View, claim: Claim) -> Row:
    at = [known.place(place.place) for place in claim.places if place.role == "where"]
    first = claim.evidence[0] if claim.evidence else None
    return {
        "id": claim.id,
        "document": claim.document,
        "event": known.event_of.get(claim.id),
        "type": claim.type,
        "says": deed(known, claim),
        "denied": claim.polarity == "-",
        "modality": claim.modality,
        "opinion": claim.opinion,
        "segment": claim.segment,
        "date_start": claim.date.start,
        "date_end": claim.date.end,
        "date_precision": claim.date.precision,
        "date_basis": claim.date.basis,
        "date_rule": claim.date.rule,
        **_at(next((row for row in at if row is not None), None)),
        "source": innermost(claim),
        "chain": [link.who for link in claim.attribution],
        "quote": None if first is None else known.words(claim, first),
        "start": None if first is None else first.start,
        "end": None if first is None else first.end,
        "reader": claim.reader,
        "confidence": claim.confidence,
        "judgement": claim.judgement,
    }


def _at(place: Place | None) -> Row:
    if place is None:
        return {}
    return {
        "place": place.id,
        "place_name": place.name,
        "admin1": place.admin1,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "radius_km": place.radius_km,
    }


def _roles(known: View, claim: Claim) -> Iterator[Row]:
    """Who fills each role, the places, the items and the dead of a claim, a row each."""
    for role in claim.roles:
        entity = known.entity(role.entity)
        yield {
            "claim": claim.id,
            "role": role.role,
            "entity": role.entity,
            "name": None if entity is None else entity.name,
            "kind": None if entity is None else entity.kind,
            "words": None if role.mention is None else known.words(claim, role.mention),
            "basis": role.basis,
        }
    for place in claim.places:
        words = None if place.mention is None else known.words(claim, place.mention)
        row = known.place(place.place)
        name = None if row is None else row.name
        yield {"claim": claim.id, "role": f"place_{place.role}", "entity": place.place, "name": name, "words": words}
    for item in claim.materiel:
        yield {
            "claim": claim.id,
            "role": "materiel",
            "words": known.words(claim, item.mention),
            "item": item.item,
            "item_name": None if item.item is None else item_name(known, item.item),
            **_quantity(known, claim, item.quantity),
            "made_in": item.made_in,
            "supplied_by": item.supplied_by,
        }
    for toll in claim.casualties:
        yield {"claim": claim.id, "role": toll.what, **_quantity(known, claim, toll.quantity)}


def _quantity(known: View, claim: Claim, quantity: Quantity | None) -> Row:
    if quantity is None:
        return {}
    return {
        "quantity_low": quantity.low,
        "quantity_high": quantity.high,
        "quantity_rule": quantity.rule,
        "quantity_words": known.words(claim, quantity.quote),
    }


def _event(known: View, event: Event) -> Row:
    return {
        "id": event.id,
        "type": event.type,
        "says": describe_event(known, event),
        "parent": event.parent,
        "date_start": event.start,
        "date_end": event.end,
        **_at(known.place(event.place)),
        "fatalities_low": event.fatalities.low,
        "fatalities_best": event.fatalities.best,
        "fatalities_high": event.fatalities.high,
        "claims": sorted(event.claims),
        "origins_min": event.origins.min,
        "origins_max": event.origins.max,
        "origins": list(event.origins.names),
        "outlets": event.outlets,
        "credibility": event.credibility.grade,
        "credibility_why": list(event.credibility.why),
        "status": event.status,
    }


def _relation(relation: Relation) -> Row:
    return {
        "from": relation.source,
        "type": relation.type,
        "to": relation.target,
        "aspect": relation.aspect,
        "severity": relation.severity,
        "why": relation.why,
    }


def _flow(known: View, hop: Hop) -> Row:
    claim = known.claims[hop.claim]
    return {
        "claim": hop.claim,
        "event": hop.event,
        "document": hop.document,
        "kind": hop.kind,
        "type": hop.type,
        "giver": [party.name for party in hop.giver],
        "holder": [party.name for party in hop.holder],
        "items": [materiel_words(known, claim, item) for item in hop.items],
        "item_ids": [item.item for item in hop.items if item.item is not None],
        "date_start": hop.start,
        "date_end": hop.end,
        "place": hop.place,
        "place_name": place_name(known, hop.place),
        "diversion": hop.diversion,
        "source": hop.source,
        "modality": hop.modality,
        "denied": hop.polarity == "-",
        "opinion": hop.opinion,
    }
