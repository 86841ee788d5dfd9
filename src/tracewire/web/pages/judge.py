"""Judgements: each form is one act, with the version that the person saw and a way to undo it."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from tracewire.errors import Conflict, TracewireError, UsageError
from tracewire.export.raw_index import RawIndex
from tracewire.model import MODALITIES, Judgement, Span
from tracewire.review import Reviewer
from tracewire.store.reviewing import ReviewStore
from tracewire.web.editing import fields, given_span, inputs
from tracewire.web.forms import Form, local_path, version_of
from tracewire.web.naming import actor_id, label, with_ids
from tracewire.web.pages.common import choices, filters_of, found, must_judge, site_of, user_of
from tracewire.web.pages.queue import queued
from tracewire.web.pages.records import CLAIM_FILTERS
from tracewire.web.render import render
from tracewire.web.shown import in_order, judgement_row, shown
from tracewire.web.site import Site

router = APIRouter()
MOST_BULK = 500
"""Claims judged in one act: what a person can have looked over."""
VERDICTS = ("accept", "reject")


def _verdict(form: dict[str, str]) -> Any:
    if form.get("what") not in VERDICTS:
        raise HTTPException(400, f"what must be one of {', '.join(VERDICTS)}")
    return form["what"]


@router.post("/judge/claim/{id_}")
def judge_claim(request: Request, id_: str, form: Form) -> Response:
    """Accept, reject or annotate a claim."""
    user, site = must_judge(request), site_of(request)
    with site.reviewing(user) as reviewer:
        if form.get("what") == "note":
            reviewer.note(id_, form.get("why", ""))
        else:
            reviewer.claim(id_, _verdict(form), version_of(form, id_), form.get("why", ""))
    return _after(request, form, site, claim=id_)


@router.post("/judge/event/{id_}")
def judge_event(request: Request, id_: str, form: Form) -> Response:
    """Accept, reject, annotate, grade, merge or split an event."""
    user, site = must_judge(request), site_of(request)
    what, why = form.get("what"), form.get("why", "")
    with site.reviewing(user) as reviewer:
        if what == "note":
            made = reviewer.note(id_, why)
        else:
            made = _judge_event(reviewer, id_, form, version_of(form, id_))
    return _after(request, form, site, event=made[0])


def _judge_event(reviewer: Reviewer, id_: str, form: dict[str, str], seen: dict[str, int]) -> list[Judgement]:
    what, why = form.get("what"), form.get("why", "")
    if what == "grade":
        grade = form.get("grade", "")
        return reviewer.grade_event(id_, int(grade) if grade in "123456" and grade else 0, seen, why)
    if what == "merge":
        return reviewer.merge(id_, form.get("other", "").strip().removeprefix("/events/"), seen, why)
    if what == "split":
        return reviewer.split(id_, form["_all"].split("\x1f"), seen, why)
    return reviewer.event(id_, _verdict(form), seen, why, misread=form["_all"].replace("\x1f", " ").split())


@router.post("/judge/actor/{id_}")
def judge_actor(request: Request, id_: str, form: Form) -> Response:
    """Two actors are one, or a form of one means another; the next run brings the record up to date."""
    user, site = must_judge(request), site_of(request)
    seen, why = version_of(form, id_), form.get("why", "")
    with site.reviewing(user) as reviewer:
        if form.get("what") == "merge":
            with site.reading() as store:
                other = actor_id(store, form.get("other", ""))
            reviewer.merge_actors(id_, other, seen, why)
        elif form.get("what") == "split":
            reviewer.split_actor(id_, form.get("form", ""), seen, why)
        else:
            raise HTTPException(400, "what must be one of merge, split")
    return RedirectResponse(f"/actors/{quote(id_)}", 303)


@router.post("/judge/outlet")
def judge_outlet(request: Request, form: Form) -> Response:
    """Set the reliability of an outlet."""
    user, site = must_judge(request), site_of(request)
    outlet = form.get("outlet", "")
    if not outlet:
        raise HTTPException(400, "the form names no outlet")
    with site.reviewing(user) as reviewer:
        seen = version_of(form, f"outlet:{outlet}")
        reviewer.grade_outlet(outlet, form.get("grade", ""), seen, form.get("why", ""))
    return RedirectResponse("/sources", 303)


@router.post("/judge/add/{document}")
def add_claim(request: Request, document: str, form: Form) -> Response:
    """Add a claim on words chosen in a document; its page to edit comes next."""
    user, site = must_judge(request), site_of(request)
    with site.reading() as store:
        row = found(store.documents_of([document]), "document", document)
    start = Span(0, 0, "")
    evidence = given_span(row, form.get("start", ""), form.get("end", ""), form.get("words", ""), start)
    trigger = given_span(row, "", "", form["trigger"], evidence) if form.get("trigger", "").strip() else evidence
    with site.reviewing(user) as reviewer:
        made = reviewer.add(row.id, form.get("type", ""), trigger, evidence, form.get("why", ""))
    return RedirectResponse(f"/claims/{made[0].on}/edit" if not user.blind else f"/documents/{document}", 303)


@router.post("/undo/{judgement}")
def undo(request: Request, judgement: str, form: Form) -> Response:
    """Undo an act; what others did is undone by an admin alone."""
    user, site = must_judge(request), site_of(request)
    with site.reading() as store:
        row = store.judgement(judgement)
        if row is None:
            raise HTTPException(404, f"this case has no judgement {judgement!r}")
    if row.by != user.name and user.role != "admin":
        raise HTTPException(403, f"only {row.by} or an admin may undo this")
    with site.reviewing(user) as reviewer:
        reviewer.undo(judgement)
    return _after(request, form, site, claim=row.on, event=row if row.on.startswith("v") else None)


def _after(
    request: Request, form: dict[str, str], site: Site, *, claim: str = "", event: Judgement | None = None
) -> Response:
    """The judged row for a page that swaps it in; for every other browser the page to go on with. `event` is the act
    on an event, which may have another id now."""
    if not request.headers.get("hx-request"):
        return RedirectResponse(local_path(form.get("next"), "/queue"), 303)
    view = form.get("view")
    with site.reading() as store:
        if view == "claim":
            part = shown(store, site.codebook, claims=[claim], texts=True, judged=True)
            if claim in part.known.claims:
                row = part.claim(part.known.claims[claim])
                return render(request, "_claim.html", claim=row, done=True, next=local_path(form.get("next"), "/"))
        if view == "event" and event is not None and (id_ := _event_now(store, event)):
            part = shown(store, site.codebook, events=[id_], texts=True, judged=True)
            now = part.known.events[id_]
            row = part.event(now)
            if id_ != event.on:  # the act that made it another event is still the one to undo
                row["judgements"] = [judgement_row(j) for j in store.judgements_on([event.on])]
            return render(request, "_event.html", event=row, sentences=queued(part, now), done=True)
    answer = Response(status_code=204)
    answer.headers["HX-Redirect"] = local_path(form.get("next"), "/queue")
    return answer


def _event_now(store: ReviewStore, act: Judgement) -> str | None:
    """The event that was judged: without a misread claim it may go by another id."""
    if store.events_by_id([act.on]):
        return act.on
    named = act.change.get("claims")
    homes = store.events_of(named if isinstance(named, list) else ())
    counts = Counter(event for events in homes.values() for event in events)
    return min(counts, key=lambda e: (-counts[e], e), default=None)


# ---------------------------------------------------------------- editing


@router.get("/claims/{id_}/edit")
def edit_form(request: Request, id_: str) -> Response:
    """The form of a claim beside its sentence."""
    must_judge(request)
    return _edit_page(request, id_)


def _edit_page(
    request: Request, id_: str, *, status: int = 200, filled: dict[str, str] | None = None, problem: str = "",
    done: list[dict[str, Any]] | None = None,
) -> Response:  # fmt: skip
    site = site_of(request)
    with site.reading() as store:
        row = found(store.claims_of([id_]), "claim", id_)
        document = store.documents_of([row.document])[0]
        index = RawIndex(document)
        part = shown(store, site.codebook, claims=[id_], texts=True, judged=True)
        near = store.find_claims({"document": row.document}, 200).ids
        beside = shown(store, site.codebook, claims=near)
        entities = {e.id: label(e) for e in sorted(beside.known.entities.values(), key=lambda e: (e.name, e.id))}
        places = {p.id: label(p) for p in sorted(beside.known.places.values(), key=lambda p: (p.name, p.id))}
        event = site.codebook.events.get(row.type)
        return render(
            request, "edit.html", status=status, row=row, claim=part.claim(row), document=document,
            sentence=index.words(row.evidence[0]) if row.evidence else "", trigger=index.words(row.trigger),
            inputs=inputs(row, index.words), entities=entities, places=places, types=choices(site.codebook.events),
            roles=sorted({*(event.actors if event else ()), *(event.things if event else ()),
                          *(r.role for r in row.roles)}),
            items=[(i, site.codebook.materiel[i].name) for i in sorted(site.codebook.materiel)],
            modalities=MODALITIES, filled=filled or {}, problem=problem, done=done or [],
        )  # fmt: skip


@router.post("/claims/{id_}/edit")
def edit(request: Request, id_: str, form: Form) -> Response:
    """Save the form; where another was quicker, show what they did beside what was filled in."""
    user, site = must_judge(request), site_of(request)
    try:
        with site.reading() as store:
            row = found(store.claims_of([id_]), "claim", id_)
            document = store.documents_of([row.document])[0]
            named = with_ids(store, site.codebook, row, form)
        changed = fields(row, document, named)
        if not changed:
            raise UsageError("nothing was changed")
        with site.reviewing(user) as reviewer:
            reviewer.edit(id_, changed, version_of(form, id_), form.get("why", ""))
    except Conflict as error:
        with site.reading() as store:
            done = [judgement_row(j) for j in store.judgements_on([id_])]
        return _edit_page(request, id_, status=409, filled=form, problem=str(error), done=done)
    except TracewireError as error:
        return _edit_page(request, id_, status=400, filled=form, problem=str(error))
    return RedirectResponse(local_path(form.get("next"), f"/claims/{id_}"), 303)


# ---------------------------------------------------------------- many at once


@router.get("/bulk")
def bulk_preview(request: Request) -> Response:
    """What a verdict on all claims of a search would change, before it does."""
    must_judge(request)
    site = site_of(request)
    filters = filters_of(request, *CLAIM_FILTERS) | {"judgement": "none"}
    with site.reading() as store:
        hits = store.find_claims(filters, MOST_BULK)
        part = shown(store, site.codebook, claims=hits.ids)
        rows = [part.claim(c) for c in in_order(part.known.claims.values(), hits.ids)]
        return render(request, "bulk.html", rows=rows, filters=filters, total=hits.total, most=MOST_BULK)


@router.post("/bulk")
def bulk(request: Request, form: Form) -> Response:
    """Judge the claims of the preview that stayed ticked, each with the version that was shown."""
    user, site = must_judge(request), site_of(request)
    what = _verdict(form)
    chosen = [pair.rpartition(":") for pair in form["_all"].split("\x1f") if ":" in pair]
    if not chosen or len(chosen) > MOST_BULK or not all(n.isdigit() and len(n) < 19 for _, _, n in chosen):
        raise HTTPException(400, f"choose between 1 and {MOST_BULK} claims")
    with site.reviewing(user) as reviewer:
        reviewer.claims([id_ for id_, _, _ in chosen], what, {i: int(n) for i, _, n in chosen}, form.get("why", ""))
    return RedirectResponse("/log", 303)


@router.post("/judge/note/{on}")
def note(request: Request, on: str, form: Form) -> Response:
    """A note on a document."""
    user, site = must_judge(request), site_of(request)
    with site.reviewing(user) as reviewer:
        reviewer.note(on, form.get("why", ""))
    return RedirectResponse(local_path(form.get("next"), "/log"), 303)


__all__ = ["router", "user_of"]
