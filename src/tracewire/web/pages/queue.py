"""What wants judgement, event by event; and the search."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from tracewire.model import Event
from tracewire.web.pages.common import PER_PAGE, choices, filters_of, page_of, paging, site_of
from tracewire.web.render import render
from tracewire.web.shown import Shown, by_sentence, in_order, shown
from tracewire.web.site import FACET_SECONDS

router = APIRouter()
PER_QUEUE = 10
QUEUE_SENTENCES = 12
"""Sentences of an event shown in the queue; the event's page has all."""
FACETS = ("type", "modality", "judgement")


@router.get("/queue")
def queue(request: Request) -> Response:
    """Events that nobody judged, those with most claims first, each with the sentences behind it."""
    site = site_of(request)
    page = page_of(request)
    filters = filters_of(request, "type", "text", "since", "until", "outlet") | {"status": "candidate"}
    with site.reading() as store:
        hits = store.find_events(filters, PER_QUEUE, (page - 1) * PER_QUEUE, order="weight")
        part = shown(store, site.codebook, events=hits.ids, texts=True)
        rows = []
        for event in in_order(part.known.events.values(), hits.ids):
            rows.append((part.event(event), queued(part, event)))
        return render(
            request, "queue.html", rows=rows, filters=filters, types=choices(site.codebook.events),
            paging=paging(page, hits, PER_QUEUE),
        )  # fmt: skip


def queued(part: Shown, event: Event) -> list[dict[str, Any]]:
    """The claims of an event as the queue shows them, under their sentences: the surest first, headlines last."""
    claims = [part.claim(part.known.claims[c]) for c in event.claims if c in part.known.claims]
    claims.sort(key=lambda c: (c["segment"] == "title", -c["confidence"], c["id"]))
    return by_sentence(claims)[:QUEUE_SENTENCES]


@router.get("/search")
def search(request: Request) -> Response:
    """Claims, events or documents by words and facets; the address holds the whole question."""
    site = site_of(request)
    kind = request.query_params.get("kind", "claims")
    kind = kind if kind in ("claims", "events", "documents") else "claims"
    filters = filters_of(
        request, "text", "type", "modality", "polarity", "judgement", "outlet", "since", "until", "entity", "place",
        "item",
    )  # fmt: skip
    page = page_of(request)
    offset = (page - 1) * PER_PAGE
    with site.reading() as store:
        values: dict[str, Any] = {"claims": [], "events": [], "documents": []}
        if kind == "documents":
            hits = store.find_documents(filters, PER_PAGE, offset)
            names = store.document_names(hits.ids)
            counts = store.claim_counts(hits.ids)
            values["documents"] = [{**names[i], "claims": counts.get(i, 0)} for i in hits.ids]
        elif kind == "events":
            hits = store.find_events(filters, PER_PAGE, offset)
            part = shown(store, site.codebook, events=hits.ids)
            values["events"] = [part.event(e) for e in in_order(part.known.events.values(), hits.ids)]
        else:
            hits = store.find_claims(filters, PER_PAGE, offset)
            part = shown(store, site.codebook, claims=hits.ids, texts=True)
            values["claims"] = [part.claim(c) for c in in_order(part.known.claims.values(), hits.ids)]
        facets = site.kept(
            store, "facets", lambda: {name: store.tally("claim", name, 30) for name in FACETS}, patience=FACET_SECONDS
        )
        outlets = site.kept(
            store, "facet:outlet", lambda: store.tally("document", "outlet", 30), patience=FACET_SECONDS
        )
        return render(
            request, "search.html", kind=kind, filters=filters, facets=facets, outlets=outlets,
            types=choices(site.codebook.events), paging=paging(page, hits), **values,
        )  # fmt: skip
