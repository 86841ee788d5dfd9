"""Rows of the tables: one dictionary each, with None for what is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tracewire.codebook.outlet_names import OutletIds
from tracewire.export import event_phrases, phrases
from tracewire.export.hops import Hop, Party
from tracewire.export.origins import OriginCounter
from tracewire.export.plain import unique
from tracewire.export.view import View, view
from tracewire.model import Claim, Document, Entity, Event, Place, Record

DOCUMENT_COLUMNS = ("id", "name", "outlet", "published", "title", "copies", "origins")
LONGEST_QUOTE = 160
"""Characters of a shared passage that are printed."""

_TAG = re.compile(r"<[^>]*>")
STORY_COLUMNS = ("id", "title", "dates", "pages", "origins", "outlets", "documents")
CLAIM_COLUMNS = ("id", "type", "says", "who", "modality", "denied", "date", "document")
EVENT_COLUMNS = ("id", "type", "what", "date", "place", "claims", "outlets", "origins", "credibility")
ACTOR_COLUMNS = ("id", "type", "name", "forms", "part_of", "basis")
PLACE_COLUMNS = ("id", "name", "admin1", "country", "latitude", "longitude", "radius_km", "or_else", "gazetteer")
FLOW_COLUMNS = ("claim", "kind", "giver", "items", "holder", "date", "place", "source", "modality")
Row = dict[str, Any]


def interval(start: str | None, end: str | None) -> str | None:
    """An interval as text: one day, "a to b", open ends as "…"; None where nothing is known."""
    if start is None and end is None:
        return None
    return start if start == end else f"{start or '…'} to {end or '…'}"


def document_rows(record: Record, documents: Iterable[Document]) -> list[Row]:
    """Documents with what they copy and where they say that they come from."""
    names = {d.id: d.name for d in record.documents}
    stories = {d: s.id for s in record.stories for d in s.documents}
    copies: dict[str, list[str]] = {}
    for copy in record.copies:
        copies.setdefault(copy.document, []).append(f"{copy.relation} of {names[copy.other]}")
    origins = _origins(record)
    return [
        {
            "id": d.id,
            "name": d.name,
            "outlet": d.outlet,
            "published": interval(d.published.start, d.published.end) if d.published else None,
            "title": d.title.quote if d.title else None,
            "url": d.url,
            "language": d.language,
            "copies": copies.get(d.id, []),
            "origins": origins.get(d.id, []),
            "story": stories.get(d.id),
        }
        for d in documents
    ]


def story_rows(record: Record, documents: Iterable[Document]) -> list[Row]:
    """Stories that the documents stand in, the largest first, with how many pages and independent origins each has."""
    known = view(record)
    counter, outlets = OriginCounter(known), OutletIds(known.codebook.outlets)
    wanted = {d.id for d in documents}
    found = []
    for story in record.stories:
        if not wanted & set(story.documents):
            continue
        held = sorted((known.documents[d] for d in story.documents if d in known.documents), key=_by_day)
        low, high = counter.count([d.id for d in held])
        starts = sorted(d.published.start for d in held if d.published and d.published.start)
        ends = sorted(d.published.end for d in held if d.published and d.published.end)
        row = {
            "id": story.id,
            "title": story.title,
            "dates": interval(starts[0] if starts else None, ends[-1] if ends else None),
            "pages": len(held),
            "origins": str(low) if low == high else f"{low} to {high}",
            "outlets": outlets.distinct(d.outlet for d in held if d.outlet),
            "documents": [d.name for d in held],
        }
        found.append(row)
    return sorted(found, key=lambda row: (-row["pages"], row["dates"] or "~", row["id"]))


def _by_day(document: Document) -> tuple[str, str]:
    return (document.published and document.published.start) or "~", document.name


def _origins(record: Record) -> dict[str, list[str]]:
    """Each origin of each document once, with every way it is known."""
    ways: dict[str, dict[str, list[str]]] = {}
    for origin in record.origins:
        ways.setdefault(origin.document, {}).setdefault(origin.name, []).append(origin.basis)
    return {d: [f"{name} ({', '.join(bases)})" for name, bases in known.items()] for d, known in ways.items()}


def inferred_rows(record: Record, document: Document) -> list[str]:
    """The sources that a document may have in common with others: what both have, where, in their words."""
    documents = {d.id: d for d in record.documents}
    found = []
    for origin in record.origins:
        if origin.document != document.id or origin.basis != "inferred" or not (origin.quote and origin.shared):
            continue
        other, there = documents.get(origin.shared.document), origin.shared
        words = f"{document.name}:{origin.quote.start}-{origin.quote.end} “{_short(origin.quote.quote, document)}”"
        if other is None:
            found.append(f"{origin.name}: {there.why} as in a document that is not here: {words}")
            continue
        theirs = f"{other.name}:{there.start}-{there.end} “{_short(other.raw[there.start : there.end], other)}”"
        found.append(f"{origin.name}: {there.why}: {words}; {theirs}")
    return found


def _short(words: str, document: Document) -> str:
    """A stretch of a raw document without its markup, cut to what fits."""
    plain = " ".join((_TAG.sub("", words) if "html" in document.media_type else words).split())
    return plain if len(plain) <= LONGEST_QUOTE else plain[: LONGEST_QUOTE - 1].rsplit(" ", 1)[0] + "…"


def claim_rows(record: Record, claims: Iterable[Claim]) -> list[Row]:
    """Claims in plain words with who says so, and the words themselves."""
    known = view(record)
    return [
        {
            "id": c.id,
            "type": c.type,
            "says": phrases.deed(known, c),
            "who": phrases.chain_words(c),
            "modality": c.modality,
            "denied": "denied" if c.polarity == "-" else None,
            "opinion": c.opinion,
            "date": interval(c.date.start, c.date.end),
            "place": phrases.place_words(known, c) or None,
            "document": known.documents[c.document].name,
            "event": known.event_of.get(c.id),
            "quote": c.evidence[0].quote,
            "start": c.evidence[0].start,
            "end": c.evidence[0].end,
            "confidence": c.confidence,
        }
        for c in claims
    ]


def event_rows(record: Record, events: Iterable[Event]) -> list[Row]:
    """Events in plain words with their counts."""
    known = view(record)
    return [
        {
            "id": e.id,
            "type": e.type,
            "what": event_phrases.describe_event(known, e),
            "date": interval(e.start, e.end),
            "place": phrases.place_name(known, e.place) if e.place else None,
            "claims": len(e.claims),
            "outlets": e.outlets,
            "origins": str(e.origins.min) if e.origins.min == e.origins.max else f"{e.origins.min} to {e.origins.max}",
            "origin_names": list(e.origins.names),
            "credibility": e.credibility.grade,
            "why": list(e.credibility.why),
            "status": e.status,
            "parent": e.parent,
        }
        for e in events
    ]


def actor_rows(record: Record, actors: Iterable[Entity]) -> list[Row]:
    """Actors with the spellings seen."""
    names = {e.id: e.name for e in record.entities}
    return [
        {
            "id": a.id,
            "type": a.type,
            "name": a.name,
            "forms": list(a.forms),
            "part_of": names.get(a.part_of) if a.part_of else None,
            "kind": a.kind,
            "country": a.country,
            "basis": a.basis,
        }
        for a in actors
    ]


def place_rows(record: Record, places: Iterable[Place]) -> list[Row]:
    """Places with coordinates where they are located.

    `or_else` is what else the words may mean; a place that is only such an alternative is not `named`.
    """
    by_id = {p.id: p for p in record.places}
    others = {other for p in record.places for other in p.alternatives}
    meant = {m.place for m in record.mentions} | {p.place for c in record.claims for p in c.places}
    meant |= {event.place for event in record.events}
    return [
        {column: getattr(p, column, None) for column in PLACE_COLUMNS}
        | {"or_else": unique(_whole_name(by_id[other]) for other in p.alternatives if other in by_id)}
        | {"alternatives": list(p.alternatives), "named": p.id in meant or p.id not in others}
        for p in places
    ]


def _whole_name(place: Place) -> str:
    inside = [part for part in (place.admin1, place.country) if part and part != place.name]
    return f"{place.name} ({', '.join(inside)})" if inside else place.name


def flow_rows(record: Record, hops: Iterable[Hop]) -> list[Row]:
    """Hops of materiel; a gap in the path is "?"."""
    known = view(record)
    return [
        {
            "claim": h.claim,
            "event": h.event,
            "kind": h.kind,
            "giver": _parties(h.giver),
            "items": [phrases.materiel_words(known, known.claims[h.claim], m) for m in h.items],
            "holder": _end(known, h) if h.kind == "end" else _parties(h.holder),
            "date": interval(h.start, h.end),
            "place": phrases.place_name(known, h.place) if h.place else None,
            "diversion": h.diversion,
            "source": h.source,
            "modality": h.modality if h.polarity == "+" else f"denied ({h.modality})",
            "document": known.documents[h.document].name,
        }
        for h in hops
    ]


def _end(known: View, hop: Hop) -> str:
    """What is destroyed has no next holder."""
    by = "; ".join(phrases.names_of(known, known.claims[hop.claim], "attacker"))
    return f"end, by {by}" if by else "end"


def _parties(parties: Iterable[Party]) -> str:
    return "; ".join(p.name for p in parties) or "?"


__all__ = ["View", "actor_rows", "claim_rows", "document_rows", "event_rows", "flow_rows", "interval", "place_rows"]
