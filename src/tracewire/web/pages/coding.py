"""A second coder at work, who sees nothing of the first; and how far two coders agree."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from tracewire.export.view import view
from tracewire.model import MODALITIES, Judgement
from tracewire.review import agreement
from tracewire.review.agreement import coders
from tracewire.store.reviewing import ReviewStore
from tracewire.web.forms import Form
from tracewire.web.pages.common import choices, must_judge, site_of
from tracewire.web.render import render
from tracewire.web.shown import Shown

router = APIRouter()


def _first_coded(store: ReviewStore, name: str) -> tuple[list[str], set[str]]:
    """Claims that others judged, in an order that tells nothing, and those that this coder has done."""
    rows = [j for j in store.judgements() if not j.undone and j.what in ("accept", "reject", "edit")]
    rows = [j for j in rows if j.on.startswith("c")]
    mine = {j.on for j in rows if j.by == name}
    return sorted({j.on for j in rows if j.by != name}), mine


@router.get("/coding")
def coding(request: Request) -> Response:
    """The next claim to code blind, as the machine read it: one that somebody else judged already."""
    user, site = must_judge(request), site_of(request)
    with site.reading() as store:
        wanted, mine = _first_coded(store, user.name)
        left = [id_ for id_ in wanted if id_ not in mine]
        machine = list(store.machine_claims(left[:1]))
        if not machine:
            return render(request, "coding.html", claim=None, left=0, done=len(mine), types=[], modalities=[])
        row = machine[0]
        record = store.part(claims=[row.id], texts=True)
        from dataclasses import replace

        part = Shown(view(replace(record, claims=(row,)), site.codebook), store.document_names([row.document]), {}, {})
        return render(
            request, "coding.html", claim=part.claim(row), left=len(left), done=len(mine),
            types=choices(site.codebook.events), modalities=MODALITIES,
        )  # fmt: skip


@router.post("/coding/{id_}")
def code(request: Request, id_: str, form: Form) -> Response:
    """Keep a blind verdict; it changes nothing of the record until somebody settles it."""
    user, site = must_judge(request), site_of(request)
    if not user.blind:
        raise HTTPException(403, "blind coding is for users with the role coder")
    with site.reviewing(user) as reviewer:
        if form.get("what") == "reject":
            reviewer.claim(id_, "reject", None, form.get("why", ""))
        else:
            with site.reading() as store:
                machine = list(store.machine_claims([id_]))
            if not machine:
                raise HTTPException(404, f"this case has no claim {id_!r}")
            wanted = {k: form[k] for k in ("type", "modality", "polarity") if form.get(k)}
            changed = {k: v for k, v in wanted.items() if v != getattr(machine[0], k)}
            if changed:
                reviewer.edit(id_, changed, None, form.get("why", ""))
            else:
                reviewer.claim(id_, "accept", None, form.get("why", ""))
    return RedirectResponse("/coding", 303)


@router.get("/agreement")
def agreement_page(request: Request) -> Response:
    """Kappa and alpha per field for two coders, and the list of what to settle."""
    site = site_of(request)
    asked = (request.query_params.get("first", ""), request.query_params.get("second", ""))
    with site.reading() as store:
        values = site.kept(store, f"agreement:{asked}", lambda: _agreement(store, *asked))
        return render(request, "agreement.html", **values)


def _agreement(store: ReviewStore, first: str, second: str) -> dict[str, Any]:
    """Who judged claims, and how far two of them agree: the first two where none are named."""
    judgements: list[Judgement] = list(store.judgements())
    names = coders(judgements)
    first = first or (names[0] if names else "")
    second = second or (names[1] if len(names) > 1 else "")
    found = None
    if first and second and first != second:
        judged = {j.on for j in judgements if j.on.startswith("c")}
        claims = {c.id: c for c in store.machine_claims(judged)}
        found = agreement(claims, judgements, first, second)
    return {"names": names, "first": first, "second": second, "found": found}
