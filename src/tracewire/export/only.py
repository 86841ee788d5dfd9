"""The part of a record that a reviewer accepted."""

from __future__ import annotations

from dataclasses import replace

from tracewire.model import Record

ACCEPTED = frozenset({"accepted", "edited"})


def accepted(record: Record) -> Record:
    """The record with accepted events and claims alone; documents, actors and places stay, for what is kept names them.

    A claim is kept that was accepted or edited itself, or that stands in an accepted event and was not rejected.
    """
    events = [event for event in record.events if event.status == "accepted"]
    inside = {claim for event in events for claim in event.claims}
    claims = tuple(
        claim
        for claim in record.claims
        if claim.judgement in ACCEPTED or (claim.id in inside and claim.judgement != "rejected")
    )
    kept = {claim.id for claim in claims} | {event.id for event in events}
    return replace(
        record,
        claims=claims,
        events=tuple(
            replace(
                event,
                claims=tuple(claim for claim in event.claims if claim in kept),
                parent=event.parent if event.parent in kept else None,
            )
            for event in events
        ),
        relations=tuple(r for r in record.relations if r.source in kept and r.target in kept),
    )
