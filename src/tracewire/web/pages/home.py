"""Overview, sources, log, exports."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import StreamingResponse

from tracewire import plugins
from tracewire.export.only import accepted as accepted_part
from tracewire.export.origins import count_origins
from tracewire.export.view import view
from tracewire.model import Record
from tracewire.pipeline import open_case
from tracewire.store.browse import Hits
from tracewire.store.reviewing import ReviewStore
from tracewire.web.pages.common import page_of, paging, site_of
from tracewire.web.render import render
from tracewire.web.shown import acts, in_order, judgement_row, shown, spread, words_of
from tracewire.web.site import FACET_SECONDS, Site

router = APIRouter()
SHOWN = 8
"""Rows of each kind on the overview."""
LOG_ROWS = 50
OUTLETS = 100
"""Outlets on one page of the sources."""
STORY_DOCUMENTS = 500
"""Documents of a story whose origins are counted at once."""


@router.get("/")
def overview(request: Request) -> Response:
    """What the case holds, what is new, what wants judgement."""
    site = site_of(request)
    with site.reading() as store:
        values = site.kept(store, "overview", lambda: _overview(site, store))
        return render(request, "overview.html", **values)


def _overview(site: Site, store: ReviewStore) -> dict[str, Any]:
    waiting = store.find_events({"status": "candidate"}, SHOWN, order="weight")
    part = shown(store, site.codebook, events=waiting.ids)
    relations = store.contradictions(SHOWN)
    sides = shown(store, site.codebook, claims={x for r in relations for x in (r.source, r.target)}, texts=True)
    stories = [story_row(store, story.id) for story in store.stories(SHOWN)]
    newest = store.find_documents({}, SHOWN)
    last = acts(judgement_row(j) for _, j in store.log(LOG_ROWS) if not j.change.get("blind"))[:SHOWN]
    return {
        "totals": store.totals(),
        "stories": [s for s in stories if s],
        "waiting": [part.event(e) for e in in_order(part.known.events.values(), waiting.ids)],
        "contradictions": [
            (r, sides.claim(sides.known.claims[r.source]), sides.claim(sides.known.claims[r.target]))
            for r in relations
            if r.source in sides.known.claims and r.target in sides.known.claims
        ],
        "newest": [store.document_names(newest.ids)[i] for i in newest.ids],
        "origins": case_origins(store),
        "failures": [(f.name, f.stage, f.reason) for f in list(store.failures())[:SHOWN]],
        "log": last,
        "names": words_of(store, site.codebook, (row["on"] for row in last)),
    }


def case_origins(store: ReviewStore) -> str | None:
    """Independent origins of a small case; None where there are more documents than are counted at once."""
    hits = store.find_documents({}, STORY_DOCUMENTS)
    return _origins(store, hits.ids) if 0 < hits.total <= STORY_DOCUMENTS else None


def _origins(store: ReviewStore, ids: tuple[str, ...]) -> str:
    part = store.part(documents=ids, texts=False)
    record = Record(
        documents=tuple(store.bare_documents(ids)),
        copies=part.copies,
        origins=part.origins,
        entities=tuple(store.entities({o.entity for o in part.origins if o.entity})),
    )
    return spread(*count_origins(view(record), ids))


def story_row(store: ReviewStore, id_: str) -> dict[str, Any] | None:
    """A story with its pages, origins and days."""
    story = store.story(id_)
    if story is None:
        return None
    ids = story.documents[:STORY_DOCUMENTS]
    names = store.document_names(ids).values()
    days = sorted(d for n in names for d in (n["start"], n["end"]) if d)
    return {
        "id": story.id,
        "title": story.title,
        "pages": len(story.documents),
        "origins": _origins(store, ids),
        "outlets": sorted({n["outlet"] for n in names if n["outlet"]}),
        "start": days[0] if days else None,
        "end": days[-1] if days else None,
    }


@router.get("/sources")
def sources(request: Request) -> Response:
    """Outlets with their documents, reliability set by people, and who copies whom."""
    site = site_of(request)
    with site.reading() as store:
        tally = site.kept(store, "outlets", lambda: store.tally("document", "outlet", 500), patience=FACET_SECONDS)
        copying = site.kept(store, "copying", lambda: store.copies_between(200), patience=FACET_SECONDS)
        page = page_of(request)
        chosen = tally[(page - 1) * OUTLETS : page * OUTLETS]
        ons = [f"outlet:{name}" for name, _ in chosen]
        grades: dict[str, Any] = {}
        for judgement in store.judgements_on(ons):
            if not judgement.undone and "reliability" in judgement.change:
                grades[judgement.on] = judgement_row(judgement) | {"grade": judgement.change["reliability"]}
        numbers = store.last_numbers(ons)
        rows = [
            {
                "name": name,
                "documents": count,
                "on": f"outlet:{name}",
                "grade": grades.get(f"outlet:{name}"),
                "version": numbers[f"outlet:{name}"],
                "takes": [(giver, n) for taker, giver, n in copying if taker == name],
                "given": [(taker, n) for taker, giver, n in copying if giver == name],
                "known": _known_outlet(site, name),
            }
            for name, count in chosen
        ]
        return render(request, "sources.html", rows=rows, paging=paging(page, Hits((), len(tally)), OUTLETS))


def _known_outlet(site: Site, name: str) -> str | None:
    for row in site.codebook.outlets.values():
        if name.casefold() in {row.name.casefold(), *(a.casefold() for a in row.aliases)}:
            parts = [row.kind if hasattr(row, "kind") else None, f"party: {row.party}" if row.party else None]
            return ", ".join(p for p in parts if p) or None
    return None


@router.get("/log")
def log(request: Request) -> Response:
    """Every judgement and every undoing, the newest first."""
    site = site_of(request)
    with site.reading() as store:
        page, total = page_of(request), store.judgement_count()
        rows = acts(judgement_row(j) for _, j in store.log(LOG_ROWS, (page - 1) * LOG_ROWS))
        for row in rows:
            last = store.judgement(row["id"])
            row["open"] = last is not None and not last.undone and not row["undone"]
        names = words_of(store, site.codebook, (row["on"] for row in rows))
        return render(request, "log.html", rows=rows, names=names, paging=paging(page, Hits((), total), LOG_ROWS))


MEDIA = {
    ".csv": "text/csv", ".geojson": "application/geo+json", ".html": "text/html", ".json": "application/json",
    ".jsonl": "application/x-ndjson", ".md": "text/markdown", ".pdf": "application/pdf", "": "application/zip",
}  # fmt: skip


@router.get("/exports")
def exports(request: Request) -> Response:
    """The formats that the record leaves in."""
    rows = []
    for name in plugins.names("exporters"):
        exporter = plugins.load("exporters", name)
        words = " ".join((exporter.__doc__ or "").split()).removeprefix("Writes ")
        rows.append({"name": name, "words": words, "suffix": exporter.suffix})
    with site_of(request).reading() as store:
        accepted = site_of(request).kept(store, "totals", store.totals)["accepted"]
    return render(request, "exports.html", rows=rows, accepted=accepted)


@router.get("/exports/{name}")
def download(request: Request, name: str) -> Response:
    """The record in a format, as a file; with `only=accepted` what people accepted, else all of it with its marks."""
    if name not in plugins.names("exporters"):
        raise HTTPException(404, f"no format {name!r}; there are {', '.join(plugins.names('exporters'))}")
    exporter = plugins.load("exporters", name)()
    site = site_of(request)
    record = open_case(site.path, site.settings).record()
    chosen = request.query_params.get("only") == "accepted"
    record = accepted_part(record) if chosen else record
    media = MEDIA.get(exporter.suffix, "text/plain")
    stem = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in site.path.stem) or "case"
    ending = exporter.suffix or ".zip"
    headers = {"Content-Disposition": f'attachment; filename="{stem}-{name}{"-accepted" if chosen else ""}{ending}"'}
    if hasattr(exporter, "save"):
        return Response(_saved(exporter, record), media_type=media, headers=headers)
    code = getattr(exporter, "encoding", "utf-8")
    chunks = (chunk.encode(code) for chunk in exporter.write(record))
    return StreamingResponse(chunks, media_type=f"{media}; charset={code}", headers=headers)


def _saved(exporter: Any, record: Record) -> bytes:
    """The bytes of a format that is written as a file, or as a folder, which leaves as one zip."""
    with TemporaryDirectory() as work:
        path = Path(work) / f"record{exporter.suffix}"
        exporter.save(record, path)
        if path.is_dir():
            path = Path(shutil.make_archive(str(Path(work) / "all"), "zip", path))
        return path.read_bytes()
