"""How much a case holds, of what kind, and how sure: the figures behind `tracewire stats`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from tracewire.model import Record

Figures = dict[str, dict[str, Any]]


def figures(record: Record) -> Figures:
    """Counts by kind, in a fixed order; names with the largest count first."""
    return {
        "documents": _documents(record),
        "outlets": _counts(d.outlet or "unknown" for d in record.documents),
        "copies": _counts(c.relation for c in record.copies),
        "origins": _counts(o.basis for o in record.origins),
        "stories": _stories(record),
        "claims": _claims(record),
        "claim types": _counts(c.type for c in record.claims),
        "modality": _counts(c.modality for c in record.claims),
        "readers": _counts(c.reader for c in record.claims),
        "dates": _counts(f"{c.date.precision} ({c.date.basis})" for c in record.claims),
        "mentions": _counts(m.type for m in record.mentions),
        "actors": _counts(f"{e.type} ({e.basis})" for e in record.entities),
        "places": _counts("located" if p.latitude is not None else "without a point" for p in record.places),
        "events": _events(record),
        "event types": _counts(e.type for e in record.events),
        "relations": _counts(r.type for r in record.relations),
        "judgements": _counts("undone" if j.undone else j.what for j in record.judgements),
        "left out": _counts(f.stage for f in record.failures),
    }


def _counts(values: Iterable[str]) -> dict[str, Any]:
    counted = Counter(values)
    return {name: counted[name] for name in sorted(counted, key=lambda n: (-counted[n], n))}


def _documents(record: Record) -> dict[str, Any]:
    starts = sorted(d.published.start for d in record.documents if d.published and d.published.start)
    ends = sorted(d.published.end for d in record.documents if d.published and d.published.end)
    return {
        "all": len(record.documents),
        "of a known day": sum(bool(d.published and d.published.start) for d in record.documents),
        "first": starts[0] if starts else None,
        "last": ends[-1] if ends else None,
        "that share text": len({x for c in record.copies for x in (c.document, c.other)}),
        "that state an origin": len({o.document for o in record.origins if o.basis == "stated"}),
        "without a claim": len({d.id for d in record.documents} - {c.document for c in record.claims}),
    }


def _stories(record: Record) -> dict[str, Any]:
    sizes = [len(s.documents) for s in record.stories]
    return {"all": len(sizes), "of several documents": sum(n > 1 for n in sizes), "largest": max(sizes, default=0)}


def _claims(record: Record) -> dict[str, Any]:
    claims = record.claims
    return {
        "all": len(claims),
        "denied or negative": sum(c.polarity == "-" for c in claims),
        "opinions": sum(c.opinion for c in claims),
        "with a named source": sum(any(a.role == "primary" and a.entity for a in c.attribution) for c in claims),
        "with a place": sum(any(p.place for p in c.places) for c in claims),
        "with materiel": sum(bool(c.materiel) for c in claims),
        "with casualties": sum(bool(c.casualties) for c in claims),
        "accepted": sum(c.judgement == "accepted" for c in claims),
        "rejected": sum(c.judgement == "rejected" for c in claims),
        "edited": sum(c.judgement == "edited" for c in claims),
    }


def _events(record: Record) -> dict[str, Any]:
    events = record.events
    against = [r for r in record.relations if r.type == "contradicts" and r.severity == "hard"]
    hard = {end for r in against for end in (r.source, r.target)}
    return {
        "all": len(events),
        "of several claims": sum(len(e.claims) > 1 for e in events),
        "of one origin": sum(e.origins.max == 1 for e in events),
        "of one origin or perhaps more": sum(e.origins.min == 1 < e.origins.max for e in events),
        "of two origins or more": sum(e.origins.min > 1 for e in events),
        "contradicted": sum(not hard.isdisjoint((e.id, *e.claims)) for e in events),
        "accepted": sum(e.status == "accepted" for e in events),
    }
