"""Actors, places and materiel: who and what the claims name."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fastapi import APIRouter, Request, Response

from tracewire.model import Entity, Place
from tracewire.store.browse import Hits
from tracewire.store.reviewing import ReviewStore
from tracewire.web.draw import draw_map, outline
from tracewire.web.pages.common import PER_PAGE, filters_of, found, page_of, paging, site_of
from tracewire.web.pages.records import place_row
from tracewire.web.render import render
from tracewire.web.shown import in_order, judgement_row, shown
from tracewire.web.site import FACET_SECONDS, Site

router = APIRouter()
MOST_NAMED = 2_000
"""Names in the order of how many claims have them; beyond, the search finds them."""
NEAR_CLAIMS = 200
"""Latest claims of a name that its page looks over for roles and companions."""


def _frequent(site: Site, store: ReviewStore, kind: str) -> dict[str, int]:
    return site.kept(store, f"keys:{kind}", lambda: dict(store.key_tally(kind, MOST_NAMED)), patience=FACET_SECONDS)


@router.get("/actors")
def actors(request: Request) -> Response:
    """Actors, those in most claims first, or by name where words are asked for."""
    site, page = site_of(request), page_of(request)
    filters = filters_of(request, "text")
    with site.reading() as store:
        tally = _frequent(site, store, "entity")
        ids, hits = _chosen(filters, page, tally, store.find_entities)
        rows = in_order([e for e in store.entities(ids) if e.id in set(ids)], ids)
        parents = {e.id: e.name for e in store.entities({r.part_of for r in rows if r.part_of})}
        return render(
            request, "actors.html", rows=[actor_row(r, tally, parents) for r in rows], filters=filters,
            paging=paging(page, hits),
        )  # fmt: skip


def _chosen(filters: dict[str, str], page: int, tally: dict[str, int], find: Any) -> tuple[list[str], Hits]:
    if filters.get("text"):
        hits = find(filters["text"], PER_PAGE, (page - 1) * PER_PAGE)
        return list(hits.ids), hits
    listed = list(tally)
    ids = listed[(page - 1) * PER_PAGE : page * PER_PAGE]
    return ids, Hits(tuple(ids), len(listed), len(listed) >= MOST_NAMED)


def actor_row(row: Entity, tally: dict[str, int], parents: dict[str, str]) -> dict[str, Any]:
    """An actor as a row."""
    return {
        "id": row.id,
        "name": row.name,
        "type": row.type,
        "kind": row.kind,
        "country": row.country,
        "forms": [f for f in row.forms if f != row.name],
        "part_of": row.part_of,
        "parent": parents.get(row.part_of or ""),
        "basis": row.basis,
        "external": row.external,
        "claims": tally.get(row.id, 0),
    }


@router.get("/actors/{id_}")
def actor(request: Request, id_: str) -> Response:
    """An actor: its forms, what it is part of, its roles, where it is told to have acted, its claims."""
    site, page = site_of(request), page_of(request)
    with site.reading() as store:
        family = store.entities([id_])
        row: Entity = found([e for e in family if e.id == id_], "actor", id_)
        hits = store.find_claims({"entity": id_}, PER_PAGE, (page - 1) * PER_PAGE)
        near = shown(store, site.codebook, claims=store.find_claims({"entity": id_}, NEAR_CLAIMS).ids)
        roles = Counter(r.role for c in near.known.claims.values() for r in c.roles if r.entity == id_)
        said = store.find_claims({"source": id_}, 1).total
        part = shown(store, site.codebook, claims=hits.ids, texts=True)
        return render(
            request, "actor.html", actor=actor_row(row, {id_: hits.total}, {e.id: e.name for e in family}),
            roles=roles.most_common(), said=said, all_forms=row.forms, seen=store.last_numbers([id_])[id_],
            decisions=[judgement_row(j) for j in store.judgements_on([id_])], map=_map(near.known, near),
            claims=[part.claim(c) for c in in_order(part.known.claims.values(), hits.ids)], paging=paging(page, hits),
        )  # fmt: skip


def _map(known: Any, part: Any) -> Any:
    """Where claims that were read lie."""
    at: dict[str, list[dict[str, Any]]] = {}
    for claim in known.claims.values():
        for place in {p.place for p in claim.places if p.place and p.role == "where"}:
            row = part.claim(claim)
            at.setdefault(place, []).append({"id": claim.id, "what": row["deed"], "when": row["when"], "claim": True})
    places = [(place_row(known.places[p]), rows) for p, rows in sorted(at.items()) if p in known.places]
    located = [(p, rows) for p, rows in places if p["latitude"] is not None]
    return draw_map(located) if located else None


@router.get("/places")
def places(request: Request) -> Response:
    """Places, those in most claims first, on a map and in a list; those that are not located too."""
    site, page = site_of(request), page_of(request)
    filters = filters_of(request, "text")
    with site.reading() as store:
        tally = _frequent(site, store, "place")
        ids, hits = _chosen(filters, page, tally, store.find_places)
        rows: list[Place] = in_order(store.places(ids), ids)
        drawn = [
            (place_row(p), [{"id": p.id, "what": f"{tally.get(p.id, 0)} claims", "when": "", "place_link": True}])
            for p in rows
            if p.latitude is not None
        ]
        return render(
            request, "places.html", rows=[(p, tally.get(p.id, 0)) for p in rows], filters=filters,
            map=draw_map(drawn) if drawn else None, paging=paging(page, hits),
        )  # fmt: skip


@router.get("/places/{id_}")
def place(request: Request, id_: str) -> Response:
    """A place: where it lies and how surely, what else it may be, its claims."""
    site, page = site_of(request), page_of(request)
    with site.reading() as store:
        row: Place = found(store.places([id_]), "place", id_)
        hits = store.find_claims({"place": id_}, PER_PAGE, (page - 1) * PER_PAGE)
        part = shown(store, site.codebook, claims=hits.ids, texts=True)
        drawn = draw_map([(place_row(row), [])]) if row.latitude is not None else None
        return render(
            request, "place.html", place=row, others=store.places(row.alternatives), map=drawn,
            claims=[part.claim(c) for c in in_order(part.known.claims.values(), hits.ids)], paging=paging(page, hits),
        )  # fmt: skip


@router.get("/map/outline.json")
def map_outline(box: str = "-180,-90,180,90") -> Response:
    """Country outlines that touch a box (west, south, east, north), for a map that moves."""
    from fastapi.responses import JSONResponse

    try:
        west, south, east, north = (float(v) for v in box.split(","))
    except ValueError:
        return JSONResponse({"detail": "box is west,south,east,north in degrees"}, 422)
    return JSONResponse({"type": "FeatureCollection", "features": outline(west, south, east, north)})


@router.get("/materiel")
def materiel(request: Request) -> Response:
    """Items of the codebook that claims name, those in most claims first."""
    site = site_of(request)
    with site.reading() as store:
        rows = [(item_row(site, item), count) for item, count in _frequent(site, store, "item").items()]
        return render(request, "materiel.html", rows=rows)


def item_row(site: Site, item: str) -> dict[str, Any]:
    """An item of the codebook; one that it does not have goes by its id."""
    row = site.codebook.materiel.get(item)
    return {
        "id": item,
        "name": row.name if row else item,
        "aliases": list(row.aliases) if row else [],
        "unroca": getattr(row, "unroca", None),
        "salw": getattr(row, "salw", None),
        "parent": item.rpartition(".")[0] or None,
    }


@router.get("/materiel/{item}")
def item(request: Request, item: str) -> Response:
    """An item: its hands, and its claims."""
    from tracewire.web.draw import draw_flow
    from tracewire.web.pages.stories import flow_rows, hop_rows

    site, page = site_of(request), page_of(request)
    with site.reading() as store:
        hits = store.find_claims({"item": item}, PER_PAGE, (page - 1) * PER_PAGE)
        found([item] if hits.total or item in site.codebook.materiel else [], "item", item)
        near = shown(store, site.codebook, claims=store.find_claims({"item": item}, NEAR_CLAIMS).ids)
        part = shown(store, site.codebook, claims=hits.ids, texts=True)
        return render(
            request, "item.html", item=item_row(site, item), flow_=draw_flow(flow_rows(near.known)),
            hops=hop_rows(near.known), paging=paging(page, hits),
            claims=[part.claim(c) for c in in_order(part.known.claims.values(), hits.ids)],
        )  # fmt: skip
