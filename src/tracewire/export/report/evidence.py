"""The body of a report: every event with every claim, contradictions side by side, and what is not told as an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracewire.export.event_phrases import lead_claim
from tracewire.export.phrases import deed, told_as_done, who_words
from tracewire.export.plain import join, sentence_case, unique
from tracewire.export.report.brief import (
    Brief,
    claim_item,
    count,
    document_name,
    event_line,
    quote,
    relations_of,
    span_count,
    untold,
    when_where,
)
from tracewire.export.report.markdown import bullets, md, table
from tracewire.model import Claim, Event, Origin, Place, Relation


def events(brief: Brief) -> Iterator[str]:
    """Each told event by date: what is known of it, then each of its claims in the words of its document."""
    if not brief.told:
        yield "There are no events."
    inferred: dict[str, list[Origin]] = {}
    for origin in brief.known.record.origins:
        if origin.shared:
            inferred.setdefault(origin.document, []).append(origin)
    for event in brief.told:
        yield f"### {event_line(brief, event)} {brief.mark(event.id)}"
        yield _about(brief, event, inferred)
        yield bullets(claim_item(brief, claim) for claim in brief.claims_of(event))


def _about(brief: Brief, event: Event, inferred: Mapping[str, Sequence[Origin]]) -> str:
    why = f" ({md('; '.join(event.credibility.why))})" if event.credibility.why else ""
    names = f" ({md(', '.join(event.origins.names))})" if event.origins.names else ""
    where = when_where(brief, event)
    parts = [
        f"{md(where)}{_position(brief.known.place(event.place))}." if where else "Date and place unknown.",
        f"{span_count(event.origins.min, event.origins.max, 'independent origin')}{names},"
        f" {count(event.outlets, 'outlet')}, {count(len(event.claims), 'claim')}.",
        f"Suggested credibility {event.credibility.grade} of 6{why}. Status: {event.status}.",
    ]
    parts += [f"May be one source: {line}." for line in _in_common(brief, event, inferred)]
    if event.parent is not None:
        parts.append(f"Part of {brief.ref(event.parent)}.")
    return " ".join(parts)


def _in_common(brief: Brief, event: Event, inferred: Mapping[str, Sequence[Origin]]) -> list[str]:
    """Sources that were inferred from what the claims of two documents or more have in common."""
    found: dict[tuple[str, str], set[str]] = {}
    for claim in brief.claims_of(event):
        for origin in inferred.get(claim.document, ()):
            quote_ = origin.quote
            if origin.shared and quote_ and any(quote_.start < e.end and e.start < quote_.end for e in claim.evidence):
                found.setdefault((origin.name, origin.shared.why), set()).add(claim.document)
    return [
        f"{why} in {join(sorted(document_name(brief.known.documents[d]) for d in documents))} ({md(name)})"
        for (name, why), documents in sorted(found.items())
        if len(documents) > 1
    ]


def _position(place: Place | None) -> str:
    if place is None or place.latitude is None or place.longitude is None:
        return " (not located)"
    radius = "" if place.radius_km is None else f", within {place.radius_km:g} km"
    return f" ({place.latitude:g}, {place.longitude:g}{radius})"


def standalone(brief: Brief) -> Iterator[str]:
    """Claims that say something happened and stand in no event."""
    claims = brief.known.claims.values()
    titles = {claim.id for claim in _uncarried(brief)}
    shown = {claim for event in brief.told for claim in event.claims} | titles
    rest = [claim for claim in claims if claim.id not in shown and told_as_done(claim)]
    yield bullets(claim_item(brief, claim) for claim in rest) or "There are none."


# ---------------------------------------------------------------- contradictions


def contradictions(brief: Brief) -> Iterator[str]:
    """Both sides of each contradiction, hard ones first; nothing is decided here."""
    shown = 0
    for relations in _pairs(_said_once(brief, relations_of(brief, "contradicts", "undermines"))):
        sides = [_side(brief, relations[0].source), _side(brief, relations[0].target)]
        claims = [claim for claim in sides if claim is not None]
        if len(claims) == 2:
            shown += 1
            yield f"### {shown}. {_difference(relations)}"
            yield table([_teller(brief, claim) for claim in claims], [[_saying(brief, claim) for claim in claims]])
            if why := "; ".join(unique(relation.why for relation in relations)):
                yield f"{md(sentence_case(why))}."
    if not shown:
        yield "No contradictions were found."


def _said_once(brief: Brief, relations: Sequence[Relation]) -> list[Relation]:
    """Without "X denied it" where what X denies stands against the same claim, out of the same sentence."""
    claims = brief.known.claims
    denied = {
        (claims[r.source].document, claims[r.source].evidence[0].start, r.target)
        for r in relations
        if r.source in claims and claims[r.source].polarity == "-"
    }

    def repeats(relation: Relation) -> bool:
        claim = claims.get(relation.source)
        if claim is None or claim.type != "verification":
            return False
        return (claim.document, claim.evidence[0].start, relation.target) in denied

    return [relation for relation in relations if not repeats(relation)]


def _pairs(relations: Iterable[Relation]) -> list[list[Relation]]:
    """Relations of one kind between the same two, in the order of the first of them."""
    found: dict[tuple[str, frozenset[str], str], list[Relation]] = {}
    for relation in relations:
        key = relation.type, frozenset((relation.source, relation.target)), relation.severity or ""
        found.setdefault(key, []).append(relation)
    return list(found.values())


def _side(brief: Brief, id_: str) -> Claim | None:
    if id_ in brief.known.claims or id_ not in brief.known.events:
        return brief.known.claims.get(id_)
    event = brief.known.events[id_]
    return lead_claim(brief.known, event) or next(iter(brief.claims_of(event)), None)


def _difference(relations: Sequence[Relation]) -> str:
    aspects = unique((relation.aspect or "what happened").replace("_", " ") for relation in relations)
    how = {"hard": "both cannot be true", "soft": "both can be true"}.get(relations[0].severity or "", "")
    kind = "" if relations[0].type == "contradicts" else "one undermines the other"
    notes = ", ".join(note for note in (kind, how) if note)
    return md(sentence_case(join(aspects))) + (f" ({notes})" if notes else "")


def _teller(brief: Brief, claim: Claim) -> str:
    return f"{md(sentence_case(who_words(claim)))} {brief.ref(claim.id)}"


def _saying(brief: Brief, claim: Claim) -> str:
    words = " ".join(quote(brief, claim, span) for span in claim.evidence[:1])
    where = document_name(brief.known.documents.get(claim.document))
    return f"{md(sentence_case(deed(brief.known, claim)))}. {words} In {where}."


# ---------------------------------------------------------------- not told as events


def not_events(brief: Brief) -> Iterator[str]:
    """Claims that are denied, conditional, planned or opinion, each kind under its own heading."""
    claims = untold(brief)
    groups = {
        "Denied or negated": [c for c in claims if c.polarity == "-"],
        "Conditional": [c for c in claims if c.polarity == "+" and c.modality == "conditional"],
        "Planned": [c for c in claims if c.polarity == "+" and c.modality == "planned"],
        "Opinion": [c for c in claims if c.polarity == "+" and c.modality not in ("conditional", "planned")],
    }
    if not claims:
        yield "There are none."
    for name, members in groups.items():
        if members:
            yield f"### {name}"
            yield bullets(claim_item(brief, claim) for claim in members)


def headlines(brief: Brief) -> Iterator[str]:
    """Claims of a title that the document's own body does not carry, with what the body says against them."""
    yield bullets(_headline(brief, claim) for claim in _uncarried(brief)) or "There are none."


def _uncarried(brief: Brief) -> list[Claim]:
    titles = [c for c in brief.known.claims.values() if c.segment == "title" and told_as_done(c)]
    return [claim for claim in titles if _against(brief, claim) or not _carried(brief, claim)]


def _headline(brief: Brief, claim: Claim) -> str:
    body = _against(brief, claim)
    against = [f"The body speaks against it {brief.ref(other)} ({md(aspect)})." for other, aspect in body]
    return "\n\n".join([claim_item(brief, claim), *against])


def _against(brief: Brief, claim: Claim) -> list[tuple[str, str]]:
    """Claims of the same body that contradict a headline, and in what."""
    found = [relation for relation in brief.touching.get(claim.id, ()) if relation.type == "contradicts"]
    ends = [(r.target if r.source == claim.id else r.source, r.aspect or "what happened") for r in found]
    return [(other, aspect) for other, aspect in ends if _in_body(brief, other, claim)]


def _carried(brief: Brief, claim: Claim) -> bool:
    relations = brief.touching.get(claim.id, ())
    linked = [r.target for r in relations if r.type == "headline_of" and r.source == claim.id]
    event = brief.known.events.get(brief.known.event_of.get(claim.id, ""))
    beside = [] if event is None else list(event.claims)
    return any(_in_body(brief, other, claim) for other in linked + beside)


def _in_body(brief: Brief, other: str, title: Claim) -> bool:
    row = brief.known.claims.get(other)
    return row is not None and row.document == title.document and row.segment != "title"


def rejected(brief: Brief) -> Iterator[str]:
    """Claims that a reviewer rejected: kept, never told."""
    claims = [claim for claim in brief.known.claims.values() if claim.judgement == "rejected"]
    events_ = [e for e in brief.known.events.values() if e.status == "rejected"]
    if claims:
        yield bullets(claim_item(brief, claim) for claim in claims)
    if events_:
        yield "Rejected events: " + ", ".join(f"{md(e.type)} {brief.ref(e.id)}" for e in events_) + "."
