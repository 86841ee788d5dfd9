"""Stories: documents on the same occurrences, seen together."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from tracewire.export import phrases
from tracewire.export.hops import hops
from tracewire.export.plain import join
from tracewire.export.view import View
from tracewire.store.browse import Hits
from tracewire.store.reviewing import ReviewStore
from tracewire.web.draw import draw_flow, draw_map, draw_timeline
from tracewire.web.pages.common import PER_PAGE, found, page_of, paging, site_of
from tracewire.web.pages.home import story_row
from tracewire.web.pages.records import place_row, relation_rows
from tracewire.web.render import render
from tracewire.web.shown import in_order, over
from tracewire.web.site import FACET_SECONDS

router = APIRouter()
STORY_EVENTS = 60
STORY_DOCUMENTS = 100


@router.get("/stories")
def stories(request: Request) -> Response:
    """Stories, those with most pages first."""
    site, page = site_of(request), page_of(request)
    with site.reading() as store:
        total = site.kept(store, "totals", store.totals, patience=FACET_SECONDS)["story"]
        rows = [story_row(store, s.id) for s in store.stories(PER_PAGE, (page - 1) * PER_PAGE)]
        return render(request, "stories.html", rows=[r for r in rows if r], paging=paging(page, Hits((), total)))


@router.get("/stories/{id_}")
def story(request: Request, id_: str) -> Response:
    """A story: timeline, map, flows, contradictions, documents."""
    site = site_of(request)
    with site.reading() as store:
        row = found([s for s in [story_row(store, id_)] if s], "story", id_)
        return render(request, "story.html", story=row, **story_values(store, site, id_))


def story_values(store: ReviewStore, site: Any, id_: str) -> dict[str, Any]:
    """What the page of a story shows."""
    ids = store.story_events(id_, STORY_EVENTS)
    record = store.part(events=ids, texts=False, relations=True)
    part = over(store, site.codebook, record)
    events = [part.event(e) for e in in_order(part.known.events.values(), ids)]
    story = store.story(id_)
    documents = store.document_names(story.documents[:STORY_DOCUMENTS]) if story else {}
    claims = set(documents) and [c for c in record.claims if c.document in documents]
    return {
        "events": events,
        "timeline_": draw_timeline(events),
        "map": draw_map(by_place(part.known, events)),
        "flow_": draw_flow(flow_rows(part.known)),
        "hops": hop_rows(part.known),
        "contradictions": [
            r for r in relation_rows(store, site, [c.id for c in claims or ()], record) if r["type"] == "contradicts"
        ],
        "documents": list(documents.values()),
    }


def by_place(known: View, events: list[dict[str, Any]]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Events under their places; those without a place, or with one that is not located, under a row of no position."""
    nowhere = {"id": None, "name": "", "latitude": None, "longitude": None, "radius_km": None}
    found: dict[str | None, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
    for event in events:
        place = known.place(event["place"])
        key = place.id if place is not None and place.latitude is not None else None
        row = place_row(place) if place is not None and key else nowhere
        found.setdefault(key, (row, []))[1].append(event)
    return list(found.values())


def flow_rows(known: View) -> list[tuple[Any, str]]:
    """Hops, each with its items in words."""
    return [
        (hop, join([phrases.materiel_words(known, known.claims[hop.claim], m) for m in hop.items]) or hop.kind)
        for hop in hops(known)
        if known.claims[hop.claim].judgement != "rejected"
    ]


def hop_rows(known: View) -> list[dict[str, Any]]:
    """Hops as rows of a table; a gap in the path is "?"."""
    from tracewire.export.plain import date_words

    return [
        {
            "claim": hop.claim,
            "kind": hop.kind,
            "giver": "; ".join(p.name for p in hop.giver) or "?",
            "holder": "; ".join(p.name for p in hop.holder) or "?",
            "items": items,
            "when": date_words(hop.start, hop.end),
            "source": hop.source,
            "modality": hop.modality if hop.polarity == "+" else f"denied ({hop.modality})",
            "diversion": hop.diversion.replace("_", " "),
        }
        for hop, items in flow_rows(known)
    ]
