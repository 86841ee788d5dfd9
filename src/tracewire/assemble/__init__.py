"""Claims to events and relations, keeping every disagreement. A pure function of the record: order does not matter."""

from __future__ import annotations

from tracewire.assemble.events import build_event, founds_event, joins_event, with_parents
from tracewire.assemble.judged import judged_events, regroup
from tracewire.assemble.likeness import THRESHOLD, forbidden, keys, likeness
from tracewire.assemble.origins import OriginFinder
from tracewire.assemble.relations import relations
from tracewire.assemble.view import make_view, make_world
from tracewire.codebook import Codebook
from tracewire.link import cluster, score_pairs
from tracewire.model import Event, Record, Relation

__all__ = ["assemble"]


def assemble(record: Record, codebook: Codebook) -> tuple[list[Event], list[Relation]]:
    """Events and relations of a record's claims, each sorted by id; the record's own events are not looked at."""
    world = make_world(record, codebook)
    finder = OriginFinder(record.copies, record.origins, world)
    views = [make_view(c, world) for c in sorted(record.claims, key=lambda c: c.id)]
    joining = [v for v in views if joins_event(v)]
    pairs = score_pairs(joining, keys, lambda a, b: likeness(a, b, world))
    groups = cluster(len(joining), pairs, THRESHOLD, lambda i, j: forbidden(joining[i], joining[j], world))
    by_id = {v.claim.id: v for v in joining}
    ids = regroup([[joining[i].claim.id for i in g] for g in groups], record.judgements)
    told = [sorted((by_id[c] for c in g), key=lambda v: (v.document.id, v.claim.trigger.start)) for g in ids]
    founded = [g for g in told if any(founds_event(v) for v in g)]
    events = [build_event(g, finder) for g in founded]
    events = judged_events(with_parents(sorted(events, key=lambda e: e.id), by_id), record.judgements)
    return events, relations(told, events, views, world, finder)
