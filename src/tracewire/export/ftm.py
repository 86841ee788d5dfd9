"""FollowTheMoney entities as JSON Lines: documents, actors, events, links of supply and capture, who reports what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tracewire.codebook import Codebook
from tracewire.export.coding.deeds import STATUS, Deed, Deeds, documents, origins_words, summary
from tracewire.export.coding.left import Left
from tracewire.export.coding.nations import nation
from tracewire.export.coding.parties import STATE_KINDS, Side
from tracewire.export.event_phrases import describe_event, items_over
from tracewire.export.jsonl import line
from tracewire.export.phrases import place_name
from tracewire.export.plain import join, sentence_case, unique, writable
from tracewire.export.raw_index import document_title
from tracewire.export.sheet import flat
from tracewire.export.view import View, view
from tracewire.model import Document, Entity, Record, stable_id

Proxy = dict[str, Any]

LINKS = {
    "transfer": "supplied {items} to",
    "capture": "captured {items} from",
    "handover": "handed over {items} to",
    "support": "supported",
}
"""Types of event that become a link between their two sides, and its role in words."""

LONGEST_NAME = 250
"""Longer names make unreadable nodes in a network."""

_LANGUAGES = {"en": "eng", "ar": "ara", "fr": "fra", "ru": "rus", "uk": "ukr", "es": "spa", "de": "deu", "fa": "fas"}


class FtmExporter:
    """Writes FollowTheMoney entities, an entity a line: Article, PublicBody, Organization, Person, Event, links."""

    name = "ftm"
    suffix = ".ftm.json"

    def __init__(self, codebook: Codebook | None = None) -> None:
        self._codebook = codebook
        self.notes: list[str] = []

    def write(self, record: Record) -> Iterator[str]:
        """Documents, then actors, events, links and documentation, each by id; only what told events name."""
        known = view(record, self._codebook)
        left, deeds = Left("event"), Deeds(known)
        told: list[Deed] = []
        for _, deed in deeds:
            left.look()
            if isinstance(deed, str):
                left.out(deed)
            else:
                told.append(deed)
        self.notes = left.lines()
        papers = {d.id: d for deed in told for d in documents(known, deed)}
        actors = _actors(known, told)
        rows = [_article(papers[id_]) for id_ in sorted(papers)]
        rows += [_actor(actors[id_], actors) for id_ in sorted(actors)]
        for deed in sorted(told, key=lambda d: d.event.id):
            rows += [_event(known, deeds, deed), *_links(known, deed), *_documentation(known, deed)]
        yield from (line(row) for row in rows)


def _proxy(id_: str, schema: str, **properties: Iterable[str | None] | str | None) -> Proxy:
    """An entity; every value is a list of strings, empty ones left out."""
    values: dict[str, list[str]] = {}
    for name, given in properties.items():
        cells = [given] if isinstance(given, str) or given is None else list(given)
        found = unique(flat(writable(cell)) for cell in cells if cell)
        if found:
            values[name] = found
    return {"id": id_, "schema": schema, "properties": values}


# ---------------------------------------------------------------- documents, actors


def _article(document: Document) -> Proxy:
    published = document.published
    exact = published is not None and published.start == published.end
    return _proxy(
        document.id,
        "Article",
        fileName=document.name,
        title=document_title(document),
        author=document.author,
        publisher=document.outlet,
        # FollowTheMoney has no intervals: only a day that is known
        publishedAt=published.start if published is not None and exact else None,
        sourceUrl=document.url if (document.url or "").startswith(("http://", "https://")) else None,
        language=_LANGUAGES.get(document.language or ""),
        mimeType=document.media_type,
        retrievedAt=document.retrieved,
    )


def _actors(known: View, told: Iterable[Deed]) -> dict[str, Entity]:
    found: dict[str, Entity] = {}
    todo = [role.entity for deed in told for role in deed.event.roles]
    while todo:
        row = known.entity(todo.pop())
        if row is not None and row.id not in found:
            found[row.id] = row
            todo.append(row.part_of)
    return found


def _actor(entity: Entity, actors: dict[str, Entity]) -> Proxy:
    land = nation(entity.country)
    schema = "Person" if entity.type == "person" else "Organization"
    if entity.type == "state" or entity.kind in STATE_KINDS:
        schema = "PublicBody"
    parent = entity.part_of if entity.part_of in actors and schema != "Person" else None
    above = actors[parent] if parent is not None else None
    return _proxy(
        entity.id,
        schema,
        name=entity.name,
        weakAlias=[form for form in entity.forms if form != entity.name],
        country=None if land is None else land.code.lower(),
        wikidataId=dict(entity.external).get("wikidata") if _is_wikidata(entity) else None,
        topics="gov" if schema == "PublicBody" else None,
        parent=parent if above is not None and above.type != "person" else None,
        notes=None if entity.kind is None else f"kind: {entity.kind}",
    )


def _is_wikidata(entity: Entity) -> bool:
    found = dict(entity.external).get("wikidata") or ""
    return len(found) > 1 and found[0] == "Q" and found[1:].isdigit() and found[1] != "0"


# ---------------------------------------------------------------- events, links


def _event(known: View, deeds: Deeds, deed: Deed) -> Proxy:
    event = deed.event
    place = known.place(event.place)
    land = nation(place.country) if place is not None else None
    told = documents(known, deed)
    return _proxy(
        event.id,
        "Event",
        name=_cut(sentence_case(describe_event(known, event))),
        summary=summary(known, deed),
        startDate=event.start,
        endDate=event.end,
        location=place_name(known, event.place),
        country=None if land is None else land.code.lower(),
        involved=[role.entity for role in event.roles if role.entity in known.entities],
        publisher=[document.outlet for document in told],
        proof=[document.id for document in told],
        recordId=event.id,
        keywords=[event.type, STATUS[event.status]],
        notes=[STATUS[event.status], origins_words(event), *(f"disputed: {words}" for words in deeds.disputes(deed))],
    )


def _links(known: View, deed: Deed) -> Iterator[Proxy]:
    pattern = LINKS.get(deed.event.type)
    if pattern is None:
        return
    items = join(items_over(known, deed.told)) or "materiel"
    for giver in _entities(deed.acting):
        for taker in _entities(deed.suffering):
            if giver != taker:
                yield _proxy(
                    stable_id("l", deed.event.id, giver, taker),
                    "UnknownLink",
                    subject=giver,
                    object=taker,
                    role=_cut(pattern.format(items=items)),
                    startDate=deed.event.start,
                    endDate=deed.event.end,
                    status=STATUS[deed.event.status],
                    summary=summary(known, deed),
                    proof=[document.id for document in documents(known, deed)],
                    recordId=deed.event.id,
                )


def _entities(side: Side) -> list[str]:
    return unique(p.entity.id for p in (side.main, *side.beside) if p is not None and p.entity is not None)


def _documentation(known: View, deed: Deed) -> Iterator[Proxy]:
    for document in documents(known, deed):
        claims = [claim for claim in deed.claims if claim.document == document.id]
        yield _proxy(
            stable_id("n", deed.event.id, document.id),
            "Documentation",
            document=document.id,
            entity=deed.event.id,
            role="reports",
            summary=unique(known.words(claim, span) for claim in claims for span in claim.evidence),
            recordId=[claim.id for claim in claims],
        )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1].rsplit(" ", 1)[0] + "…"
