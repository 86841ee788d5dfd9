"""Claims to groups, events and relations: the whole of a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracewire.assemble.events import build_event, founds_event, joins_event
from tracewire.assemble.judged import judged_events, regroup
from tracewire.assemble.likeness import THRESHOLD, forbidden, keys, likeness
from tracewire.assemble.origins import OriginFinder
from tracewire.assemble.parents import with_parents
from tracewire.assemble.relations import relations
from tracewire.assemble.view import ClaimView, World, make_view, make_world
from tracewire.codebook import Codebook
from tracewire.link import Scored, cluster, score_pairs
from tracewire.model import Event, Record, Relation


def assemble(record: Record, codebook: Codebook) -> tuple[list[Event], list[Relation]]:
    """Events and relations of a record's claims, each sorted by id; the record's own events are not looked at."""
    world = make_world(record, codebook)
    finder = OriginFinder(record.copies, record.origins, world)
    views = [make_view(c, world) for c in sorted(record.claims, key=lambda c: c.id)]
    joining = [v for v in views if joins_event(v)]
    by_id = {v.claim.id: v for v in joining}
    ids = regroup([[v.claim.id for v in g] for g in _grouped(joining, world)], record.judgements)
    told = [sorted((by_id[c] for c in g), key=lambda v: (v.document.id, v.claim.trigger.start)) for g in ids]
    founded = [g for g in told if any(founds_event(v) for v in g)]
    events = [build_event(g, finder) for g in founded]
    events = judged_events(with_parents(sorted(events, key=lambda e: e.id), by_id), record.judgements)
    return events, relations(told, events, views, world, finder)


def _grouped(views: Sequence[ClaimView], world: World) -> list[list[ClaimView]]:
    """Views of one event each; what says the very same in many documents is compared once."""
    members = list(alike(views).values())
    first = [group[0] for group in members]
    pairs = score_pairs(first, keys, lambda a, b: likeness(a, b, world))
    return [[view for i in group for view in members[i]] for group in _clustered(first, pairs, world)]


def _clustered(views: Sequence[ClaimView], pairs: Sequence[Scored], world: World) -> list[list[int]]:
    """Positions of claims of one event: first of what is told as done, then each denial to the one it fits best.

    A denial of all ("gave no weapons") would otherwise join deeds that have nothing else in common.
    """

    def cannot(i: int, j: int) -> bool:
        return forbidden(views[i], views[j], world)

    denials = {n for n, view in enumerate(views) if view.claim.polarity == "-"}
    told = [p for p in pairs if p.left not in denials and p.right not in denials]
    groups = cluster(len(views), told, THRESHOLD, cannot)
    home = {i: number for number, group in enumerate(groups) for i in group}
    answers = [replace(p, left=home[p.left], right=home[p.right]) for p in pairs if {p.left, p.right} & denials]

    def apart(a: int, b: int) -> bool:
        done = [any(i not in denials for i in groups[n]) for n in (a, b)]
        return all(done) or any(cannot(i, j) for i in groups[a] for j in groups[b])

    return [[i for n in joined for i in groups[n]] for joined in cluster(len(groups), answers, THRESHOLD, apart)]


def alike(views: Iterable[ClaimView]) -> dict[tuple[object, ...], list[ClaimView]]:
    """Views that say the very same, in their order."""
    found: dict[tuple[object, ...], list[ClaimView]] = {}
    for view in views:
        found.setdefault(_sameness(view), []).append(view)
    return found


def _sameness(view: ClaimView) -> tuple[object, ...]:
    claim = view.claim
    slots = tuple(sorted((slot, tuple(sorted(es))) for slot, es in view.slots.items()))
    what = (claim.type, claim.polarity, claim.trigger.quote, view.words, view.start, view.end, view.story)
    here = claim.id if claim.segment == "title" else None  # a headline is compared with its own text
    return (*what, slots, view.places, view.items, view.counts, claim.modality, here)
