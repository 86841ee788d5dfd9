"""Events, claims and documents: lists and single pages."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from tracewire.export import phrases
from tracewire.export.lineage import lineage
from tracewire.export.plain import date_words
from tracewire.export.raw_index import document_title
from tracewire.export.view import view
from tracewire.model import MODALITIES, Claim, Document, Event, Place, Record
from tracewire.query import context
from tracewire.store.reviewing import ReviewStore
from tracewire.web.draw import draw_map
from tracewire.web.highlight import WINDOW, raw_parts, reading_parts
from tracewire.web.pages.common import PER_PAGE, choices, filters_of, found, page_of, paging, site_of
from tracewire.web.render import render
from tracewire.web.shown import EVENT_CLAIMS, Shown, in_order, over, shown

router = APIRouter()
CLAIM_FILTERS = ("type", "modality", "polarity", "judgement", "outlet", "since", "until", "text", "document", "entity",
                 "place", "item", "source")  # fmt: skip
RELATIONS = 60


@router.get("/events")
def events(request: Request) -> Response:
    """Events by date, the newest first."""
    site, page = site_of(request), page_of(request)
    filters = filters_of(request, "status", *CLAIM_FILTERS)
    with site.reading() as store:
        hits = store.find_events(filters, PER_PAGE, (page - 1) * PER_PAGE)
        part = shown(store, site.codebook, events=hits.ids)
        rows = [part.event(e) for e in in_order(part.known.events.values(), hits.ids)]
        types = choices(site.codebook.events)
        return render(request, "events.html", rows=rows, filters=filters, types=types, paging=paging(page, hits))


@router.get("/events/{id_}")
def event(request: Request, id_: str) -> Response:
    """An event: its values with the claims behind each, its origins, why its claims are one."""
    site = site_of(request)
    with site.reading() as store:
        row: Event = found(store.events_by_id([id_]), "event", id_)
        return render(request, "event.html", **event_values(store, site, row))


def event_values(store: ReviewStore, site: Any, row: Event) -> dict[str, Any]:
    """What the page of an event shows."""
    ids = row.claims[:EVENT_CLAIMS]
    record = store.part(claims=ids, texts=True, relations=True)
    record = _with(record, events=(row,), places=_places_of(store, record, row))
    part = over(store, site.codebook, record, judged=True)
    around = shown(store, site.codebook, events=[*store.children([row.id]), *([row.parent] if row.parent else [])])
    others = [around.event(e) for e in around.known.events.values()]
    claims = sorted((part.claim(c) for c in record.claims if c.id in ids), key=lambda c: (c["start"], c["id"]))
    place = part.known.place(row.place)
    return {
        "event": part.event(row),
        "claims": claims,
        "left_out": len(row.claims) - len(ids),
        "values": event_table(part, [c for c in record.claims if c.id in row.claims]),
        "parent": next((e for e in others if e["id"] == row.parent), None),
        "parts": [e for e in others if e["parent"] == row.id],
        "relation_list": relation_rows(store, site, row.claims, record),
        "map": draw_map([(place_row(place), [part.event(row)])]) if place else None,
        "place": place,
    }


def _with(record: Record, **changes: Any) -> Record:
    from dataclasses import replace

    return replace(record, **changes)


def _places_of(store: ReviewStore, record: Record, event: Event) -> tuple[Place, ...]:
    have = {p.id for p in record.places}
    return (*record.places, *store.places({event.place} - have if event.place else ()))


def event_table(part: Shown, claims: list[Claim]) -> list[dict[str, Any]]:
    """Each value that any claim gives, with the claims that give it."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}

    def put(aspect: str, value: str, claim: Claim, link: str | None = None) -> None:
        if value:
            row = rows.setdefault((aspect, value), {"aspect": aspect, "value": value, "claims": [], "link": link})
            if claim.id not in row["claims"]:
                row["claims"].append(claim.id)

    known = part.known
    for claim in sorted(claims, key=lambda c: c.id):
        put("date", date_words(claim.date.start, claim.date.end), claim)
        for place in claim.places:
            name = phrases.place_name(known, place.place) or (place.mention.quote if place.mention else "")
            put(f"place ({place.role})", name, claim, f"/places/{place.place}" if place.place else None)
        for role in claim.roles:
            link = f"/actors/{role.entity}" if role.entity else None
            put(role.role, phrases.role_name(known, claim, role), claim, link)
        for item in claim.materiel:
            put("materiel", phrases.materiel_words(known, claim, item), claim)
        for toll in claim.casualties:
            put("casualties", phrases.toll_words(known, claim, toll), claim)
        put("certainty", ("denied, " if claim.polarity == "-" else "") + claim.modality, claim)
    order = {aspect: n for n, aspect in enumerate(dict.fromkeys(a for a, _ in sorted(rows, key=lambda k: _rank(k[0]))))}
    return sorted(rows.values(), key=lambda r: (order[r["aspect"]], -len(r["claims"]), r["value"]))


def _rank(aspect: str) -> tuple[int, str]:
    first = ("date", "place (where)")
    last = ("materiel", "casualties", "certainty")
    return (0 if aspect in first else 2 + last.index(aspect) if aspect in last else 1), aspect


def place_row(place: Place) -> dict[str, Any]:
    """A place as a map wants it."""
    name = place.name if place.admin1 in (None, place.name) else f"{place.name} ({place.admin1})"
    return {
        "id": place.id,
        "name": name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "radius_km": place.radius_km,
    }


def relation_rows(store: ReviewStore, site: Any, ids: Any, record: Record) -> list[dict[str, Any]]:
    """Relations of some claims, contradictions first, with the claims at both ends."""
    own = set(ids)
    chosen = sorted(
        (r for r in record.relations if {r.source, r.target} & own and r.type != "sub_event_of"),
        key=lambda r: (r.type != "contradicts", r.severity != "hard", r.type, r.source, r.target, r.aspect or ""),
    )[:RELATIONS]
    ends = {x for r in chosen for x in (r.source, r.target) if x.startswith("c")}
    part = shown(store, site.codebook, claims=ends, texts=len(ends) < 60)
    rows = []
    for relation in chosen:
        sides = [part.known.claims.get(x) for x in (relation.source, relation.target)]
        if all(sides):
            left, right = (part.claim(c) for c in sides if c is not None)
            rows.append({"type": relation.type.replace("_", " "), "aspect": relation.aspect, "why": relation.why,
                         "severity": relation.severity, "left": left, "right": right})  # fmt: skip
    return rows


@router.get("/claims")
def claims(request: Request) -> Response:
    """Claims by date, the newest first."""
    site, page = site_of(request), page_of(request)
    filters = filters_of(request, *CLAIM_FILTERS)
    with site.reading() as store:
        hits = store.find_claims(filters, PER_PAGE, (page - 1) * PER_PAGE)
        part = shown(store, site.codebook, claims=hits.ids, texts=True)
        rows = [part.claim(c) for c in in_order(part.known.claims.values(), hits.ids)]
        return render(
            request, "claims.html", rows=rows, filters=filters, types=choices(site.codebook.events),
            modalities=MODALITIES, paging=paging(page, hits),
        )  # fmt: skip


@router.get("/claims/{id_}")
def claim(request: Request, id_: str) -> Response:
    """A claim beside its sentence, with each field, its words, and how it was reached."""
    site = site_of(request)
    with site.reading() as store:
        row: Claim = found(store.claims_of([id_]), "claim", id_)
        return render(request, "claim.html", **claim_values(store, site, row))


def claim_values(store: ReviewStore, site: Any, row: Claim) -> dict[str, Any]:
    """What the page of a claim shows."""
    record = store.part(claims=[row.id], texts=True, relations=True)
    part = over(store, site.codebook, record, judged=True)
    document = part.known.documents[row.document]
    around = shown(store, site.codebook, events=part.events_of.get(row.id, ()))
    machine = next(iter(store.machine_claims([row.id])), None)
    return {
        "claim": part.claim(row),
        "row": row,
        "fields": claim_fields(part, row),
        "sentences": [(span, context(document, span)) for span in row.evidence],
        "events": [around.event(e) for e in around.known.events.values()],
        "relation_list": relation_rows(store, site, [row.id], record),
        "machine": claim_fields(part, machine) if machine is not None and row.judgement == "edited" else None,
        "added": machine is None,
    }


def claim_fields(part: Shown, claim: Claim) -> list[dict[str, Any]]:
    """Field, value, the words it rests on, and how it was reached."""
    known = part.known
    rows: list[dict[str, Any]] = []

    def put(name: str, value: str, span: Any = None, how: str = "", link: str | None = None) -> None:
        words = known.words(claim, span) if span is not None else ""
        rows.append({"name": name, "value": value, "words": words, "how": how, "link": link})

    put("type", claim.type, claim.trigger, "the word that tells the deed")
    put("standing", ("denied, " if claim.polarity == "-" else "") + claim.modality, claim.cue, "")
    for role in claim.roles:
        link = f"/actors/{role.entity}" if role.entity else None
        put(role.role, phrases.role_name(known, claim, role) or "unknown", role.mention, role.basis, link)
    for item in claim.materiel:
        count = item.quantity
        how = f"count {_bounds(count.low, count.high)} ({count.rule})" if count else "not counted"
        extra = "".join([f"; made in {item.made_in}" if item.made_in else "",
                         f"; supplied by {phrases.innermost(claim)}" if item.supplied_by else ""])  # fmt: skip
        link = f"/materiel/{item.item}" if item.item else None
        put("materiel", phrases.item_name(known, item.item) if item.item else "not in the codebook", item.mention,
            how + extra, link)  # fmt: skip
    for toll in claim.casualties:
        count = toll.quantity
        put(toll.what, _bounds(count.low, count.high) if count else "not counted", count.quote if count else None,
            count.rule if count else "")  # fmt: skip
    for place in claim.places:
        link = f"/places/{place.place}" if place.place else None
        put(f"place ({place.role})", phrases.place_name(known, place.place) or "not located", place.mention, "", link)
    put("date", date_words(claim.date.start, claim.date.end) or "unknown", claim.date.quote,
        f"{claim.date.basis}: {claim.date.rule.replace('_', ' ')}")  # fmt: skip
    for link_ in claim.attribution:
        put(f"source ({link_.role})", link_.who, link_.mention, "", f"/actors/{link_.entity}" if link_.entity else None)
    return rows


def _bounds(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "unknown"
    return str(low) if low == high else f"{low if low is not None else '…'} to {high if high is not None else '…'}"


@router.get("/documents")
def documents(request: Request) -> Response:
    """Documents by day of publication, the newest first."""
    site, page = site_of(request), page_of(request)
    filters = filters_of(request, "outlet", "since", "until", "text", "story")
    with site.reading() as store:
        hits = store.find_documents(filters, PER_PAGE, (page - 1) * PER_PAGE)
        names, counts = store.document_names(hits.ids), store.claim_counts(hits.ids)
        rows = [{**names[i], "claims": counts.get(i, 0)} for i in hits.ids]
        return render(request, "documents.html", rows=rows, filters=filters, paging=paging(page, hits))


@router.get("/documents/{id_}")
def document(request: Request, id_: str) -> Response:
    """A document: its text with segments shaded and claims marked, how it came, what it shares with others."""
    site = site_of(request)
    blind, plain = request.state.session.user.blind, getattr(request.app.state, "plain", False)
    with site.reading() as store:
        row: Document = found(store.documents_of([id_]), "document", id_)
        values = document_values(store, site, row, dict(request.query_params), blind=blind, plain=plain)
        return render(request, "document.html", **values)


def document_values(
    store: ReviewStore, site: Any, row: Document, asked: dict[str, str], *, blind: bool = False, plain: bool = False
) -> dict[str, Any]:
    """What the page of a document shows; `as` is raw or reading, `from` where its window begins.

    `plain` marks nothing in the text: marks could cut a name that is to be masked.
    """
    as_raw = asked.get("as", "raw" if row.media_type == "text/plain" else "reading") == "raw"
    length = len(row.raw) if as_raw else len(row.reading.text)
    value = asked.get("from", "0")
    start = min(int(value), length) if value.isascii() and value.isdigit() and len(value) < 10 else 0
    start -= start % WINDOW
    ids = store.find_claims({"document": row.id}, 2_000).ids
    part = shown(store, site.codebook, claims=ids, texts=True)
    claims = sorted(part.known.claims.values(), key=lambda c: (c.evidence[0].start, c.trigger.start, c.id))
    cut = raw_parts if as_raw else reading_parts
    copies = store.part(documents=[row.id], texts=False)
    family = {d for c in copies.copies for d in (c.document, c.other)} | {row.id}
    bare = Record(documents=tuple(store.bare_documents(family)), copies=copies.copies, origins=copies.origins)
    origins = [o for o in copies.origins if o.document == row.id]
    names = store.document_names(family | {o.shared.document for o in origins if o.shared})
    return {
        "document": row,
        "title": document_title(row),
        "parts": cut(row, [] if plain else claims, [] if plain else store.mentions_of(row.id), start, start + WINDOW),
        "as_raw": as_raw,
        "windows": list(range(0, max(length, 1), WINDOW)),
        "window": start,
        "claims": [] if blind else [part.claim(c) for c in claims],
        "custody": store.custody_of(row.id),
        "copies": [(c, names.get(c.other, {})) for c in copies.copies if c.document == row.id],
        "copied_by": [(c, names.get(c.document, {})) for c in copies.copies if c.other == row.id],
        "lineage": lineage(view(bare, site.codebook), row.id),
        "origins": origins,
        "shared_names": {id_: found["name"] for id_, found in names.items()},
        "story": next((s for s in copies.stories if row.id in s.documents and len(s.documents) > 1), None),
        "types": choices(site.codebook.events),
    }


@router.get("/documents/{id_}/beside/{other}")
def beside(request: Request, id_: str, other: str) -> Response:
    """Two documents next to each other, the stretches that they share marked."""
    from tracewire.web.aligned import aligned

    with site_of(request).reading() as store:
        left: Document = found(store.documents_of([id_]), "document", id_)
        right: Document = found(store.documents_of([other]), "document", other)
        return render(request, "beside.html", left=left, right=right, sides=aligned(left, right))
