"""Assemble a changed record without assembling all of it: only what a change can reach, the rest is kept.

What it makes is what `assemble` makes of the whole record. A change reaches the documents that share a story, a copy,
an event, a relation or a judgement with a changed one, and those with a claim like enough to join one of theirs; from
these on it goes further in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tracewire.assemble.events import joins_event
from tracewire.assemble.grouping import alike, assemble
from tracewire.assemble.likeness import THRESHOLD, keys, likeness
from tracewire.assemble.view import ClaimView, World, make_view, make_world
from tracewire.codebook import Codebook
from tracewire.link import MAX_BLOCK
from tracewire.model import Claim, Event, Judgement, Place, Record, Relation

MOST_REACHED = 0.5
"""Where a change reaches more of the claims than this the whole record is assembled."""


def assemble_anew(record: Record, before: Record, codebook: Codebook) -> tuple[list[Event], list[Relation], int]:
    """Events and relations of a record, and how many claims were assembled for them.

    `before` is a record of the same case with the events and relations that `assemble` made of it.
    """
    reached = _Reach(record, before, codebook).documents()
    inside = [c for c in record.claims if reached is None or c.document in reached]
    if reached is None or len(inside) > MOST_REACHED * len(record.claims):
        return *assemble(record, codebook), len(record.claims)
    events, relations = assemble(_part(record, reached), codebook)
    gone = reached | {d.id for d in before.documents} - {d.id for d in record.documents}
    kept, kept_relations = _outside(before, gone)
    return (
        sorted([*events, *kept], key=lambda e: e.id),
        sorted([*relations, *kept_relations], key=lambda r: (r.source, r.type, r.target, r.aspect or "")),
        len(inside),
    )


def _part(record: Record, documents: set[str]) -> Record:
    return replace(
        record,
        documents=tuple(d for d in record.documents if d.id in documents),
        claims=tuple(c for c in record.claims if c.document in documents),
        copies=tuple(c for c in record.copies if c.document in documents),
        origins=tuple(o for o in record.origins if o.document in documents),
        stories=tuple(s for s in record.stories if documents.issuperset(s.documents)),
    )


def _outside(before: Record, gone: set[str]) -> tuple[list[Event], list[Relation]]:
    """Events and relations of documents that no change reached."""
    dropped = {c.id for c in before.claims if c.document in gone}
    kept = [e for e in before.events if not dropped.intersection(e.claims)]
    ends = {c.id for c in before.claims} - dropped | {e.id for e in kept}
    return kept, [r for r in before.relations if r.source in ends and r.target in ends]


class _Reach:
    """The documents that a change reaches."""

    def __init__(self, record: Record, before: Record, codebook: Codebook) -> None:
        self._record, self._before, self._codebook = record, before, codebook
        self._world = make_world(record, codebook)
        self._beside = _ties(record) | _ties(before)

    def documents(self) -> set[str] | None:
        """Their ids; None where it may reach any (a block of claims grew too large to compare, or shrank)."""
        changed = _changed(self._record, self._before)
        reached = self._with_ties(changed)
        index = _Index(self._record, self._world)
        if index.shifts(changed, self._before, self._codebook):
            return None
        seen: set[str] = set()
        while fresh := reached - seen:
            seen |= fresh
            reached |= self._with_ties(index.links(fresh, reached))
        return reached & self._world.documents.keys()

    def _with_ties(self, documents: set[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(documents)
        while waiting:
            document = waiting.pop()
            if document not in found:
                found.add(document)
                waiting += [d for tie in self._beside.of(document) for d in tie if d not in found]
        return found


class _Ties:
    """Sets of documents that stand or fall together."""

    def __init__(self, ties: Iterable[frozenset[str]]) -> None:
        self._all = frozenset(t for t in ties if len(t) > 1)
        self._of: dict[str, list[frozenset[str]]] = defaultdict(list)
        for tie in self._all:
            for document in tie:
                self._of[document].append(tie)

    def __or__(self, other: _Ties) -> _Ties:
        return _Ties(self._all | other._all)

    def of(self, document: str) -> Sequence[frozenset[str]]:
        """The sets that a document is in."""
        return self._of.get(document, ())


def _ties(record: Record) -> _Ties:
    home = {c.id: c.document for c in record.claims}
    held = {e.id: e.claims for e in record.events}

    def documents(ids: Iterable[str]) -> frozenset[str]:
        return frozenset(home[c] for i in ids for c in held.get(i, (i,)) if c in home)

    def all_ties() -> Iterator[frozenset[str]]:
        yield from (frozenset(s.documents) for s in record.stories)
        yield from (frozenset((c.document, c.other)) for c in record.copies)
        yield from (documents([e.id, e.parent or e.id]) for e in record.events)
        yield from (documents([r.source, r.target]) for r in record.relations)
        yield from (documents(_named(j)) for j in record.judgements)

    return _Ties(all_ties())


def _named(judgement: Judgement) -> list[str]:
    """Claims that a judgement is about."""
    lists = [v for v in judgement.change.values() if isinstance(v, list)]
    return [judgement.on, *(i for found in lists for i in found if isinstance(i, str))]


# ---------------------------------------------------------------- what changed


def _changed(record: Record, before: Record) -> set[str]:
    """Documents with another claim, actor, place, story, copy, origin or judgement than before."""
    rows = _rows_of(record), _rows_of(before)
    found = {d for d in rows[0].keys() | rows[1].keys() if rows[0].get(d) != rows[1].get(d)}
    entities, places = _other(_lines(record), _lines(before)), _other(_by_id(record.places), _by_id(before.places))
    for claim in (*record.claims, *before.claims):
        if not entities.isdisjoint(_actors(claim)) or any(p.place in places for p in claim.places):
            found.add(claim.document)
    judged = _other(_by_id(record.judgements), _by_id(before.judgements))
    home = {c.id: c.document for r in (record, before) for c in r.claims}
    named = [c for r in (record, before) for j in r.judgements if j.id in judged for c in _named(j)]
    return found | {home[c] for c in named if c in home}


def _rows_of(record: Record) -> dict[str, list[object]]:
    """What assembly reads of each document."""
    found: dict[str, list[object]] = {d.id: [(d.published, d.outlet, d.author, d.name)] for d in record.documents}
    for claim in record.claims:
        found[claim.document].append(claim)
    for copy in record.copies:
        for document in (copy.document, copy.other):
            found[document].append(copy)
    for origin in record.origins:
        found[origin.document].append(origin)
    for story in record.stories:
        for document in story.documents:
            found[document].append((story.id, story.documents))
    return found


def _by_id(rows: Iterable[Place | Judgement]) -> dict[str, object]:
    return {row.id: row for row in rows}


def _lines(record: Record) -> dict[str, object]:
    """Each actor with all that it is part of."""
    rows = {e.id: e for e in record.entities}

    def line(id_: str) -> tuple[object, ...]:
        found, seen = [], set()
        while (row := rows.get(id_)) is not None and id_ not in seen:
            seen.add(id_)
            found.append((row.id, row.type, row.name, row.part_of, row.basis))
            id_ = row.part_of or ""
        return tuple(found)

    return {id_: line(id_) for id_ in rows}


def _other(now: Mapping[str, object], then: Mapping[str, object]) -> set[str]:
    return {i for i in now.keys() | then.keys() if now.get(i) != then.get(i)}


def _actors(claim: Claim) -> set[str]:
    return {r.entity for r in claim.roles if r.entity} | {a.entity for a in claim.attribution if a.entity}


# ---------------------------------------------------------------- what could join


class _Index:
    """The blocks in which claims are compared."""

    def __init__(self, record: Record, world: World) -> None:
        self._world = world
        views = [make_view(c, world) for c in sorted(record.claims, key=lambda c: c.id)]
        self._classes = list(alike([v for v in views if joins_event(v)]).values())
        self._of: dict[str, list[int]] = defaultdict(list)
        self._blocks: dict[Hashable, list[int]] = defaultdict(list)
        for number, members in enumerate(self._classes):
            for document in {v.document.id for v in members}:
                self._of[document].append(number)
            for key in dict.fromkeys(keys(members[0])):
                self._blocks[key].append(number)
        self._words: dict[Hashable, set[str]] = defaultdict(set)
        self._said: dict[str, set[Hashable]] = defaultdict(set)
        for view in views:
            said = (view.claim.type, view.claim.trigger.quote.lower(), view.words)
            self._words[said].add(view.document.id)
            self._said[view.document.id].add(said)

    def links(self, fresh: set[str], reached: set[str]) -> set[str]:
        """Documents with a claim that may join one of the fresh ones, or that says it in the same words."""
        found = {d for document in fresh for said in self._said[document] for d in self._words[said]}
        for number in sorted({n for document in fresh for n in self._of[document]}):
            mine = self._classes[number]
            found |= {v.document.id for v in mine}
            others = {o for key in dict.fromkeys(keys(mine[0])) for o in self._block(key)} - {number}
            for other in others:
                theirs = {v.document.id for v in self._classes[other]}
                if not theirs <= reached | found and self._join(mine[0], self._classes[other][0]):
                    found |= theirs
        return found

    def _block(self, key: Hashable) -> Sequence[int]:
        block = self._blocks.get(key, ())
        return block if len(block) <= MAX_BLOCK else ()

    def _join(self, left: ClaimView, right: ClaimView) -> bool:
        result = likeness(left, right, self._world)
        return result is not None and result[0] >= THRESHOLD

    def shifts(self, changed: set[str], before: Record, codebook: Codebook) -> bool:
        """Whether a change may have made a block too large to compare, or small enough."""
        now = [self._classes[n][0] for d in changed for n in self._of[d]]
        world = make_world(before, codebook)
        then = [v for c in before.claims if c.document in changed and joins_event(v := make_view(c, world))]
        touched: dict[Hashable, int] = defaultdict(int)
        for view in (*now, *then):
            for key in dict.fromkeys(keys(view)):
                touched[key] += 1
        return any(abs(len(self._blocks.get(key, ())) - MAX_BLOCK) <= count for key, count in touched.items())
