"""`tracewire show`: one claim, event or document, as a person reads it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tracewire.cli import rows
from tracewire.errors import UsageError
from tracewire.export import phrases
from tracewire.export.event_phrases import describe_event
from tracewire.export.lineage import lineage
from tracewire.export.view import View, view
from tracewire.model import Claim, Document, Event, Origin, Record
from tracewire.pipeline import Case

_TURNED = {
    "same_event": "same event as",
    "contradicts": "contradicted by",
    "corroborates": "corroborated by",
    "derived_from": "copied in",
    "undermines": "undermined by",
    "neither_confirms_nor_denies": "neither confirmed nor denied by",
    "sub_event_of": "has as a part",
    "background": "has as background",
    "headline_of": "has as headline",
}
"""Relations seen from their other end."""
_DRAWN = frozenset({"who_copied_whom"})


def show_item(case: Case, short: str, *, why: bool = False, as_json: bool) -> None:
    """Print a claim, an event or a document by the beginning of its id (documents also by name)."""
    from tracewire import query

    record = case.record()
    document = _document(record, short)
    if document is not None:
        _print(_document_parts(record, document), as_json)
        return
    other = _actor_or_place(record, short)
    if other is not None:
        _print(other, as_json)
        return
    id_ = query.full_id(record, short)
    known = view(record)
    if id_ in known.claims:
        _print(_claim_parts(record, known, known.claims[id_]), as_json)
    else:
        reasons = {"why_one_event": _why(record, known.events[id_])} if why else {}
        _print(_event_parts(record, known, id_) | reasons, as_json)


def _actor_or_place(record: Record, short: str) -> dict[str, Any] | None:
    """The row of the one actor or place whose id begins so."""
    entities = [e for e in record.entities if len(short) > 1 and e.id.startswith(short)]
    places = [p for p in record.places if len(short) > 1 and p.id.startswith(short)]
    if len(entities) + len(places) != 1:
        return None
    return rows.actor_rows(record, entities)[0] if entities else rows.place_rows(record, places)[0]


def _document(record: Record, short: str) -> Document | None:
    named = [d for d in record.documents if d.name == short]
    begun = [d for d in record.documents if len(short) > 1 and (d.id.startswith(short) or d.name.startswith(short))]
    if named:
        return named[0]
    if len(begun) > 1:
        raise UsageError(f"{short!r} begins {len(begun)} ids of documents: give more of its characters")
    return begun[0] if begun else None


def _print(parts: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(parts, ensure_ascii=False, indent=2))
        return
    for name, value in parts.items():
        if value in (None, [], ""):
            continue
        if isinstance(value, list):
            print(f"{name.replace('_', ' ')}:")
            for line in value:
                print(f"  {line}" if name in _DRAWN else f"  - {line}")
        else:
            print(f"{name.replace('_', ' ')}: {value}")


def _claim_parts(record: Record, known: View, claim: Claim) -> dict[str, Any]:
    document = known.documents[claim.document]
    return {
        "claim": claim.id,
        "type": claim.type,
        "says": phrases.describe_claim(known, claim),
        "document": f"{document.name} ({document.outlet or 'outlet unknown'})",
        "who_says_so": phrases.chain_words(claim),
        "modality": claim.modality + (f' ("{claim.cue.quote}")' if claim.cue else ""),
        "denied": "yes" if claim.polarity == "-" else None,
        "opinion": "yes" if claim.opinion else None,
        "date": f"{rows.interval(claim.date.start, claim.date.end) or 'unknown'} ({claim.date.rule})",
        "evidence": [_in_context(document, claim, i) for i in range(len(claim.evidence))],
        "inferred_origins": _inferred(record, document, claim),
        "relations": _relations(record, known, claim.id),
        "event": known.event_of.get(claim.id),
        "reader": f"{claim.reader}, confidence {claim.confidence:.2f}",
    }


def _inferred(record: Record, document: Document, claim: Claim) -> list[str]:
    """Sources in common with other documents that the words of a claim tell of."""
    return rows.inferred_rows(replace(record, origins=_behind(record, [claim])), document)


def _behind(record: Record, claims: Sequence[Claim]) -> tuple[Origin, ...]:
    """The inferred origins whose passage meets the evidence of some claims."""
    told = [(c.document, e) for c in claims for e in c.evidence]
    return tuple(
        o
        for o in record.origins
        if o.shared and o.quote
        if any(o.document == d and o.quote.start < e.end and e.start < o.quote.end for d, e in told)
    )


def _in_common(record: Record, known: View, claims: Sequence[Claim]) -> list[str]:
    """Each source that claims of two documents may have in common, once."""
    seen: set[tuple[str, frozenset[str]]] = set()
    documents = {c.document for c in claims}
    found = []
    for origin in _behind(record, claims):
        pair = frozenset({origin.document, origin.shared.document if origin.shared else ""})
        if pair <= documents and (origin.name, pair) not in seen:
            seen.add((origin.name, pair))
            found += rows.inferred_rows(replace(record, origins=(origin,)), known.documents[origin.document])
    return found


def _in_context(document: Document, claim: Claim, index: int) -> str:
    from tracewire import query

    span = claim.evidence[index]
    before, quote, after = query.context(document, span)
    clean = (" ".join(part.split()) for part in (before, quote, after))
    left, middle, right = clean
    return f"{document.name}:{span.start}-{span.end}: {left} >>>{middle}<<< {right}"


def _relations(record: Record, known: View, id_: str) -> list[str]:
    from tracewire import query

    found = []
    for row in query.neighbours(record, id_):
        other = known.claims.get(row.other)
        event = known.events.get(row.other)
        told = phrases.describe_claim(known, other) if other else describe_event(known, event) if event else ""
        words = f"{told} [{row.other}]".strip()
        aspect = f" ({', '.join(filter(None, (row.severity, row.aspect)))})" if row.aspect else ""
        arrow = row.type.replace("_", " ") if row.outgoing else _TURNED[row.type]
        found.append(f"{arrow}{aspect}: {words}; {row.why}")
    return found


def _why(record: Record, event: Event) -> list[str]:
    """What holds the claims of an event together, strongest first; judgements of people are not among it."""
    from tracewire.assemble import joins
    from tracewire.codebook import load_codebook

    found = joins(record, load_codebook(), event.claims)
    lines = [f"[{j.left}] and [{j.right}], {j.score:.2f}: {', '.join(j.why)}" for j in found]
    return lines or ["it has one claim, or claims that say the same in the same words"]


def _event_parts(record: Record, known: View, id_: str) -> dict[str, Any]:
    event = known.events[id_]
    row = rows.event_rows(record, [event])[0]
    claims = [known.claims[c] for c in event.claims]
    return {
        "event": event.id,
        "type": event.type,
        "what": row["what"],
        "date": row["date"],
        "place": row["place"],
        "independent_origins": f"{row['origins']}: {', '.join(event.origins.names)}",
        "may_be_one_source": _in_common(record, known, claims),
        "credibility": f"{event.credibility.grade} suggested: {'; '.join(event.credibility.why)}",
        "status": event.status,
        "part_of": event.parent,
        "claims": [
            f"[{c.id}] {phrases.describe_claim(known, c)}: “{' '.join(c.evidence[0].quote.split())}”" for c in claims
        ],
        "relations": _relations(record, known, id_),
    }


def _story(record: Record, document: Document) -> str | None:
    """The story of a document in words; None where it stands alone."""
    for story in record.stories:
        if document.id in story.documents and len(story.documents) > 1:
            row = rows.story_rows(record, [document])[0]
            pages, origins = len(story.documents), row["origins"]
            return f"{story.title} [{story.id}]: {pages} pages, {origins} origin{'' if origins == '1' else 's'}"
    return None


def _document_parts(record: Record, document: Document) -> dict[str, Any]:
    row, known = rows.document_rows(record, [document])[0], view(record)
    claims = sorted((c for c in record.claims if c.document == document.id), key=lambda c: (c.trigger.start, c.id))
    names = {d.id: d.name for d in record.documents}
    return {
        "document": document.id,
        **{k: row[k] for k in ("name", "title", "outlet", "published", "url", "language")},
        "warnings": list(document.warnings),
        "sha256": document.sha256,
        "copies": row["copies"],
        "copied_by": [f"{c.relation} in {names[c.document]}" for c in record.copies if c.other == document.id],
        "origins": row["origins"],
        "inferred": rows.inferred_rows(record, document),
        "story": _story(record, document),
        "who_copied_whom": lineage(known, document.id),
        "segments": [f"{s.start}-{s.end} {s.label}: {s.rule}" for s in document.segments],
        "claims": [f"[{c.id}] {phrases.describe_claim(known, c)}" for c in claims],
    }
