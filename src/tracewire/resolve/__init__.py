"""Mentions to entities, places, dates, quantities and items; readings to claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tracewire.codebook import Codebook
from tracewire.lang import load_words
from tracewire.model import Claim, Document, Entity, Judgement, Mention, Origin, Place, Reading
from tracewire.resolve.actor_index import ActorIndex
from tracewire.resolve.actor_links import decisions
from tracewire.resolve.actors import ActorResolver, Found
from tracewire.resolve.attribution import document_chain, named
from tracewire.resolve.claims import ClaimMaker
from tracewire.resolve.context import TextView
from tracewire.resolve.gazetteer import Gazetteer
from tracewire.resolve.materiel import MaterielResolver
from tracewire.resolve.nations import Nations
from tracewire.resolve.places import PlaceResolver

__all__ = ["Gazetteer", "Resolved", "resolve"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Claims and mentions with their entities and places, each sorted by id or by place in the text."""

    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    places: tuple[Place, ...]


def resolve(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    codebook: Codebook,
    gazetteer: Gazetteer,
    origins: Sequence[Origin] = (),
    judgements: Iterable[Judgement] = (),
    cache: Path | None = None,
) -> Resolved:
    """Resolve the readings (by document id) of all documents together; the order of documents does not matter.

    `judgements` merge and split actors; `cache` is a folder for what is made of the codebook.
    """
    demonyms = load_words("en", "demonyms")
    nations = Nations(demonyms, codebook)
    actors = ActorResolver(codebook, nations, ActorIndex(codebook, cache))
    places = PlaceResolver(gazetteer, nations)
    materiel = MaterielResolver(codebook, demonyms)
    read = [d for d in sorted(documents, key=lambda d: d.id) if d.id in readings]
    by_document: dict[str, list[Origin]] = {}
    for origin in origins:
        by_document.setdefault(origin.document, []).append(origin)
    for document in read:
        actors.learn(document, TextView(document), readings[document.id].mentions)
    met: dict[str, dict[int, Found]] = {}
    for document in read:
        view = TextView(document)
        met[document.id] = actors.resolve_document(document, view, readings[document.id], nations.counts(view.text))
        document_chain(document, by_document.get(document.id, []), actors)  # publishers are there to be merged too
    decided = decisions(judgements)
    joined = actors.link(decided)
    claims: list[Claim] = []
    mentions: list[Mention] = []
    for document in read:
        reading, view = readings[document.id], TextView(document)
        counts = nations.counts(view.text)
        found = actors.settle(document, reading.mentions, met[document.id], joined, decided)
        taken = {i for i, m in enumerate(reading.mentions) if m.type == "PLACE" and actors.is_actor(view.words(m.span))}
        weights = actors.countries(found.values(), counts)
        located = places.resolve_document(view, reading.mentions, weights, taken)
        resolved = [
            replace(m, entity=found[i].entity if i in found else None, place=located.get(i))
            for i, m in enumerate(reading.mentions)
        ]
        chain = document_chain(document, by_document.get(document.id, []), actors)
        maker = ClaimMaker(document, view, resolved, found, materiel, actors)
        claims += maker.make(reading.claims, chain, reading.reader)
        mentions += resolved
    entities = actors.entities()
    names = {entity.id: entity.name for entity in entities}
    return Resolved(
        tuple(replace(c, attribution=named(c.attribution, names)) for c in sorted(claims, key=lambda c: c.id)),
        tuple(sorted(mentions, key=lambda m: (m.document, m.span.start, m.span.end, m.type))),
        entities,
        places.places(),
    )
