"""The JSON interface: the questions of the Python API, page by page, with ETags."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import BaseModel

from tracewire.errors import UsageError
from tracewire.model import Document
from tracewire.query.match import bound
from tracewire.store.browse import Hits
from tracewire.store.codec import as_text
from tracewire.store.reviewing import ReviewStore
from tracewire.web.pages.common import must_judge, site_of

router = APIRouter(prefix="/api/v1", tags=["case"])
Text = Annotated[str | None, Query(max_length=500)]
Day = Annotated[str | None, Query(max_length=10, description="YYYY, YYYY-MM or YYYY-MM-DD")]
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=10_000)]
Ident = str


class Page(BaseModel):
    """One page of rows; `more` says that `total` is only the least there is."""

    total: int
    more: bool
    limit: int
    offset: int
    items: list[dict[str, Any]]


class Verdict(BaseModel):
    """A judgement to append. `version` is the number of the last judgement seen on the thing, 0 for none."""

    on: str
    what: Literal["accept", "reject", "note"]
    version: int = 0
    why: str = ""


def _plain(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(value)
    return found


def _document(document: Document) -> dict[str, Any]:
    row = _plain(document)
    row["reading"] = document.reading.text
    return row


def _filters(**values: str | None) -> dict[str, str]:
    found = {k: as_text(v).replace("\0", " ") for k, v in values.items() if v}
    try:
        for name in ("since", "until"):
            if name in found:
                found[name] = bound(found[name], last=name == "until")
    except UsageError as error:
        raise HTTPException(422, str(error)) from error
    return found


def _answer(request: Request, value: Any) -> Response:
    """JSON with an ETag; 304 where the asker has it already."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _page(hits: Hits, limit: int, offset: int, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"total": hits.total, "more": hits.more, "limit": limit, "offset": offset, "items": items}


def _ordered(rows: list[Any], hits: Hits) -> list[dict[str, Any]]:
    by_id = {row.id: row for row in rows}
    return [_plain(by_id[i]) for i in hits.ids if i in by_id]


def _one(rows: list[Any], what: str, id_: str) -> Any:
    if not rows:
        raise HTTPException(404, f"this case has no {what} {id_!r}")
    return rows[0]


@router.get("/case")
def case(request: Request) -> Response:
    """How much the case holds."""
    site = site_of(request)
    with site.reading() as store:
        totals = site.kept(store, "totals", store.totals)
        return _answer(request, {"name": as_text(site.path.name), "totals": totals})


@router.get("/documents", response_model=Page)
def documents(
    request: Request, text: Text = None, outlet: Text = None, story: Text = None, since: Day = None,
    until: Day = None, limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Documents without their texts."""
    filters = _filters(text=text, outlet=outlet, story=story, since=since, until=until)
    with site_of(request).reading() as store:
        hits = store.find_documents(filters, limit, offset)
        names = store.document_names(hits.ids)
        return _answer(request, _page(hits, limit, offset, [dict(names[i]) for i in hits.ids]))


@router.get("/documents/{id}", responses={404: {}})
def document(request: Request, id: Ident) -> Response:
    """A document with its raw and its reading text, its segments, and how it came."""
    with site_of(request).reading() as store:
        row = _one(store.documents_of([as_text(id)]), "document", id)
        return _answer(request, _document(row) | {"custody": store.custody_of(row.id)})


def _list(
    request: Request, find: Callable[[ReviewStore], Hits], rows: Callable[[ReviewStore, Hits], list[Any]],
    limit: int, offset: int,
) -> Response:  # fmt: skip
    with site_of(request).reading() as store:
        hits = find(store)
        return _answer(request, _page(hits, limit, offset, _ordered(rows(store, hits), hits)))


@router.get("/claims", response_model=Page)
def claims(
    request: Request, type: Text = None, modality: Text = None, polarity: Text = None, judgement: Text = None,
    document: Text = None, entity: Text = None, source: Text = None, place: Text = None, item: Text = None,
    outlet: Text = None, since: Day = None, until: Day = None, text: Text = None, limit: Limit = 50,
    offset: Offset = 0,
) -> Response:  # fmt: skip
    """Claims as judged; `judgement=none` are those nobody judged."""
    filters = _filters(
        type=type, modality=modality, polarity=polarity, judgement=judgement, document=document, entity=entity,
        source=source, place=place, item=item, outlet=outlet, since=since, until=until, text=text,
    )  # fmt: skip
    return _list(
        request, lambda s: s.find_claims(filters, limit, offset), lambda s, h: s.claims_of(h.ids), limit, offset
    )


@router.get("/claims/{id}", responses={404: {}})
def claim(request: Request, id: Ident) -> Response:
    """A claim, the judgements on it, and the version that a judgement of it must name."""
    with site_of(request).reading() as store:
        row = _one(store.claims_of([as_text(id)]), "claim", id)
        return _answer(request, _plain(row) | _judged(store, row.id))


def _judged(store: ReviewStore, id_: str) -> dict[str, Any]:
    rows = [j for j in store.judgements_on([id_]) if not j.change.get("blind")]
    return {"version": store.last_numbers([id_])[id_], "judgements": [_plain(j) for j in rows]}


@router.get("/events", response_model=Page)
def events(
    request: Request, type: Text = None, status: Text = None, entity: Text = None, place: Text = None,
    item: Text = None, outlet: Text = None, since: Day = None, until: Day = None, text: Text = None,
    limit: Limit = 50, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Events."""
    filters = _filters(
        type=type, status=status, entity=entity, place=place, item=item, outlet=outlet, since=since, until=until,
        text=text,
    )  # fmt: skip
    return _list(
        request, lambda s: s.find_events(filters, limit, offset), lambda s, h: s.events_by_id(h.ids), limit, offset
    )


@router.get("/events/{id}", responses={404: {}})
def event(request: Request, id: Ident) -> Response:
    """An event, its relations and those of its claims, and the judgements on it."""
    with site_of(request).reading() as store:
        row = _one(store.events_by_id([as_text(id)]), "event", id)
        relations = [_plain(r) for r in store.relations_of([row.id, *row.claims], 500)]
        return _answer(request, _plain(row) | {"relations": relations} | _judged(store, row.id))


@router.get("/actors", response_model=Page)
def actors(request: Request, text: Text = None, limit: Limit = 50, offset: Offset = 0) -> Response:
    """Actors by name."""
    words = _filters(text=text).get("text", "")
    return _list(
        request, lambda s: s.find_entities(words, limit, offset), lambda s, h: s.entities(h.ids), limit, offset
    )


@router.get("/places", response_model=Page)
def places(request: Request, text: Text = None, limit: Limit = 50, offset: Offset = 0) -> Response:
    """Places by name; a null position is unlocated."""
    words = _filters(text=text).get("text", "")
    return _list(request, lambda s: s.find_places(words, limit, offset), lambda s, h: s.places(h.ids), limit, offset)


@router.get("/stories", response_model=Page)
def stories(request: Request, limit: Limit = 50, offset: Offset = 0) -> Response:
    """Stories, those with most pages first."""
    site = site_of(request)
    with site.reading() as store:
        hits = Hits((), site.kept(store, "totals", store.totals)["story"])
        return _answer(request, _page(hits, limit, offset, [_plain(s) for s in store.stories(limit, offset)]))


@router.get("/judgements", response_model=Page)
def judgements(request: Request, limit: Limit = 50, offset: Offset = 0) -> Response:
    """The log of judgements, the newest row first; an undoing is a row of its own."""
    with site_of(request).reading() as store:
        rows = [{"number": n, **_plain(j)} for n, j in store.log(limit, offset)]
        return _answer(request, _page(Hits((), store.judgement_count()), limit, offset, rows))


@router.post("/judgements", status_code=201, responses={400: {}, 403: {}, 409: {}})
def judge(request: Request, verdict: Verdict) -> Response:
    """Append a judgement. Needs a token (`Authorization: Bearer`), so that no page elsewhere can send it."""
    user = must_judge(request)
    if request.state.session.csrf:
        raise HTTPException(403, "judging by this interface needs a token; start the server with --token or --users")
    on, why = as_text(verdict.on), as_text(verdict.why)
    with site_of(request).reviewing(user) as reviewer:
        if verdict.what == "note":
            made = reviewer.note(on, why, {on: verdict.version})
        elif on.startswith("v"):
            made = reviewer.event(on, verdict.what, {on: verdict.version}, why)
        else:
            made = reviewer.claim(on, verdict.what, {on: verdict.version}, why)
    return Response(
        json.dumps([_plain(j) for j in made], ensure_ascii=False), status_code=201, media_type="application/json"
    )
