"""Read a large case page by page: ids by filter, and the part of the record that a page shows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tracewire.model import (
    Claim,
    Copy,
    Document,
    Entity,
    Event,
    Judgement,
    Mention,
    Origin,
    Place,
    Record,
    Relation,
    Story,
)
from tracewire.store.codec import as_text
from tracewire.store.database import Row
from tracewire.store.sqlite import SqliteStore

MOST_COUNTED = 10_000
"""Counting on costs more than it tells; beyond this a page says "more than"."""
SHORTEST_BEGINNING = 3
"""Two letters begin a tenth of all words: nobody reads what they find."""
_RANKED = 2_000
"""Up to so many hits the best come first; ranking more takes longer than a person waits."""
_IN = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Hits:
    """Ids on one page of results, and how many there are in all; `more` says that counting stopped there."""

    ids: tuple[str, ...]
    total: int
    more: bool = False


@dataclass(slots=True)
class _Where:
    """Conditions of a query and their values."""

    parts: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)

    def add(self, condition: str, *values: object) -> None:
        self.parts.append(condition)
        self.values += values

    def __str__(self) -> str:
        return f" WHERE {' AND '.join(self.parts)}" if self.parts else ""


def _match(words: str) -> str:
    """A full-text expression for all of the words, the last one also as a beginning; "" where there are none."""
    each = [word for word in as_text(words).replace("\0", " ").split() if any(c.isalnum() for c in word)]
    quoted = ['"' + word.replace('"', '""') + '"' for word in each]
    return " ".join(quoted) + ("*" if each and len(each[-1]) >= SHORTEST_BEGINNING else "")


class BrowsingStore(SqliteStore):
    """A store whose lists and parts are read without reading the whole case."""

    # ---------------------------------------------------------------- lists

    def find_claims(self, filters: Mapping[str, str], limit: int, offset: int = 0) -> Hits:
        """Claims by date, newest first; filters: type modality polarity judgement document entity source place item
        outlet since until text."""
        source, id_, day, where = _claims(filters)
        if " JOIN " in source:
            return self._once(source, id_, day, where, limit, offset)
        return self._hits(source, id_, where, f"{day} DESC, {id_}", limit, offset)

    def find_events(self, filters: Mapping[str, str], limit: int, offset: int = 0, order: str = "date") -> Hits:
        """Events by date, newest first, or by number of claims (`order="weight"`); the filters of claims and status."""
        where = _Where()
        for column in ("type", "status"):
            if filters.get(column):
                where.add(f"v.{column} = ?", filters[column])
        _dates(where, "v", filters)
        left = {k: v for k, v in filters.items() if k not in ("type", "since", "until", "status")}
        source, id_, _, inner = _claims(left)
        if inner.parts:
            sql = f"SELECT ec.event FROM {source} CROSS JOIN event_claim ec ON ec.claim = {id_}"
            where.add(f"v.id IN ({sql}{inner})", *inner.values)
        by = "v.weight" if order == "weight" else "v.date_start"
        if inner.parts:
            return self._once("event v INDEXED BY event_columns", "v.id", by, where, limit, offset)
        return self._hits("event v", "v.id", where, f"{by} DESC, v.id", limit, offset)

    def find_documents(self, filters: Mapping[str, str], limit: int, offset: int = 0) -> Hits:
        """Documents by day of publication, newest first, or best hits first; filters: outlet since until text story."""
        where = _Where()
        source, order = "document d", "d.published_start DESC, d.id"
        if filters.get("outlet"):
            where.add("d.outlet = ?", filters["outlet"])
        if filters.get("since"):
            where.add("d.published_end >= ?", filters["since"])
        if filters.get("until"):
            where.add("d.published_start <= ?", filters["until"])
        if filters.get("story"):
            where.add("d.id IN (SELECT document FROM story_document WHERE story = ?)", filters["story"])
        if filters.get("text"):
            expression = _match(filters["text"])
            if not expression:
                return Hits((), 0)
            source = "document_text t JOIN document d ON d.number = t.rowid"
            where.add("document_text MATCH ?", expression)
            counted = self._count("document_text t", _Where(["document_text MATCH ?"], [expression]), _RANKED)
            order = "t.rank" if counted < _RANKED else "t.rowid"
        return self._hits(source, "d.id", where, order, limit, offset)

    def _hits(self, source: str, id_: str, where: _Where, order: str, limit: int, offset: int) -> Hits:
        total = self._count(source, where, MOST_COUNTED + 1)
        rows = self._rows(
            f"SELECT {id_} FROM {source}{where} ORDER BY {order} LIMIT ? OFFSET ?", *where.values, limit, offset
        )
        return Hits(tuple(row[0] for row in rows), min(total, MOST_COUNTED), total > MOST_COUNTED)

    def _once(self, source: str, id_: str, by: str, where: _Where, limit: int, offset: int) -> Hits:
        """`_hits` for what no index gives in order: it is looked for once, then counted and sorted."""
        found = f"WITH found AS MATERIALIZED (SELECT {id_} AS id, {by} AS place FROM {source}{where})"
        rows = self._rows(
            f"{found} SELECT id, (SELECT count(*) FROM found) FROM found ORDER BY place DESC, id LIMIT ? OFFSET ?",
            *where.values, limit, offset,
        )  # fmt: skip
        total = int(rows[0][1]) if rows else int(self._rows(f"{found} SELECT count(*) FROM found", *where.values)[0][0])
        return Hits(tuple(row[0] for row in rows), min(total, MOST_COUNTED), total > MOST_COUNTED)

    def _count(self, source: str, where: _Where, most: int) -> int:
        return int(
            self._rows(f"SELECT count(*) FROM (SELECT 1 FROM {source}{where} LIMIT ?)", *where.values, most)[0][0]
        )

    def tally(self, table: str, column: str, most: int = 200) -> list[tuple[str, int]]:
        """How many rows of a table have each value of a column, the most frequent first."""
        if (table, column) not in _TALLIES:
            raise ValueError(f"{table}.{column} is not tallied")
        sql = f"SELECT {column}, count(*) FROM {table} WHERE {column} IS NOT NULL GROUP BY {column} ORDER BY 2 DESC, 1"
        return [(str(value), int(count)) for value, count in self._rows(f"{sql} LIMIT ?", most)]

    def key_tally(self, kind: str, limit: int, offset: int = 0) -> list[tuple[str, int]]:
        """Values of a kind of key with the number of claims, the most frequent first."""
        sql = "SELECT value, count(*) FROM claim_key WHERE kind = ? GROUP BY value ORDER BY 2 DESC, 1 LIMIT ? OFFSET ?"
        return [(value, count) for value, count in self._rows(sql, kind, limit, offset)]

    def totals(self) -> dict[str, int]:
        """Rows of each kind."""
        tables = ("document", "claim", "event", "entity", "place", "story", "failure")
        columns = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
        found = dict(zip(tables, self._rows(f"SELECT {columns}")[0], strict=True))
        for status in ("candidate", "accepted", "rejected"):
            found[status] = self._rows("SELECT count(*) FROM event WHERE status = ?", status)[0][0]
        found["judged"] = self._rows("SELECT count(*) FROM claim WHERE judgement IS NOT NULL")[0][0]
        return found

    # ---------------------------------------------------------------- one kind by ids

    def claims_of(self, ids: Iterable[str]) -> list[Claim]:
        """Claims as judged, by id."""
        sql = f"SELECT coalesce(judged, data) FROM claim WHERE id {_IN} ORDER BY id"
        return list(self._objects(Claim, sql, _json(ids)))

    def events_by_id(self, ids: Iterable[str]) -> list[Event]:
        """Events by id."""
        return list(self._objects(Event, f"SELECT data FROM event WHERE id {_IN} ORDER BY id", _json(ids)))

    def entities(self, ids: Iterable[str]) -> list[Entity]:
        """Entities and all that they are part of."""
        found: dict[str, Entity] = {}
        wanted = set(ids)
        while wanted:
            rows = self._objects(Entity, f"SELECT data FROM entity WHERE id {_IN}", _json(wanted))
            new = {e.id: e for e in rows}
            found.update(new)
            wanted = {e.part_of for e in new.values() if e.part_of} - found.keys()
        return [found[k] for k in sorted(found)]

    def find_entities(self, words: str, limit: int, offset: int = 0) -> Hits:
        """Entities whose name or a form of it holds the words, by name."""
        return self._named("entity", words, limit, offset)

    def find_places(self, words: str, limit: int, offset: int = 0) -> Hits:
        """Places whose name holds the words, by name."""
        return self._named("place", words, limit, offset)

    def _named(self, table: str, words: str, limit: int, offset: int) -> Hits:
        where = _Where()
        if words:
            like = as_text(words).replace("!", "!!").replace("%", "!%").replace("_", "!_")
            where.add("x.data LIKE ? ESCAPE '!'", f"%{like}%")
        return self._hits(f"{table} x", "x.id", where, "x.name, x.id", limit, offset)

    def places(self, ids: Iterable[str]) -> list[Place]:
        """Places by id."""
        return list(self._objects(Place, f"SELECT data FROM place WHERE id {_IN} ORDER BY id", _json(ids)))

    def documents_of(self, ids: Iterable[str]) -> list[Document]:
        """Documents by id, with their texts."""
        known = [id_ for (id_,) in self._rows(f"SELECT id FROM document WHERE id {_IN} ORDER BY id", _json(ids))]
        return [self._document(id_) for id_ in known]

    def bare_documents(self, ids: Iterable[str]) -> list[Document]:
        """Documents by id without their texts: for counting origins and outlets, not for quoting."""
        return list(self._objects(Document, f"SELECT data FROM document WHERE id {_IN} ORDER BY id", _json(ids)))

    def document_names(self, ids: Iterable[str]) -> dict[str, Mapping[str, str | None]]:
        """Name, outlet, title and days of publication of documents, without reading their texts."""
        sql = (
            "SELECT id, name, outlet, published_start, published_end, json_extract(data, '$.title.quote'), language"
            f" FROM document WHERE id {_IN} ORDER BY id"
        )
        columns = ("id", "name", "outlet", "start", "end", "title", "language")
        return {row[0]: dict(zip(columns, row, strict=True)) for row in self._rows(sql, _json(ids))}

    def claim_counts(self, documents: Iterable[str]) -> dict[str, int]:
        """How many claims each of some documents has."""
        sql = f"SELECT document, count(*) FROM claim WHERE document {_IN} GROUP BY document"
        return dict(self._rows(sql, _json(documents)))

    def stories(self, limit: int, offset: int = 0) -> list[Story]:
        """Stories, those with most pages first."""
        sql = "SELECT data FROM story ORDER BY pages DESC, id LIMIT ? OFFSET ?"
        return list(self._objects(Story, sql, limit, offset))

    def story(self, id_: str) -> Story | None:
        """A story by id."""
        return next(self._objects(Story, "SELECT data FROM story WHERE id = ?", id_), None)

    def mentions_of(self, document: str) -> list[Mention]:
        """Mentions of a document in order of the text."""
        sql = 'SELECT data FROM mention WHERE document = ? ORDER BY start, "end"'
        return list(self._objects(Mention, sql, document))

    def story_events(self, story: str, limit: int) -> list[str]:
        """Events that claims of a story's documents tell, those with most claims first."""
        sql = (
            "SELECT ec.event, count(*) n FROM story_document s JOIN claim c ON c.document = s.document"
            " JOIN event_claim ec ON ec.claim = c.id WHERE s.story = ? GROUP BY ec.event ORDER BY n DESC, 1 LIMIT ?"
        )
        return [row[0] for row in self._rows(sql, story, limit)]

    def events_of(self, claims: Iterable[str]) -> dict[str, list[str]]:
        """The events that each of some claims stands in."""
        found: dict[str, list[str]] = {}
        sql = f"SELECT claim, event FROM event_claim WHERE claim {_IN} ORDER BY claim, event"
        for claim, event in self._rows(sql, _json(claims)):
            found.setdefault(claim, []).append(event)
        return found

    def sentence_mates(self, claims: Iterable[str]) -> list[str]:
        """Claims on the sentences of some claims."""
        start = "json_extract(%s.data, '$.evidence[0].start')"
        sql = (
            f"SELECT DISTINCT o.id FROM claim c JOIN claim o ON o.document = c.document WHERE c.id {_IN}"
            f" AND {start % 'o'} = {start % 'c'} ORDER BY o.id"
        )
        return [row[0] for row in self._rows(sql, _json(claims))]

    def story_mates(self, claims: Iterable[str]) -> list[str]:
        """Claims of all documents of the stories that some claims stand in."""
        sql = (
            "SELECT DISTINCT o.id FROM claim c JOIN story_document mine ON mine.document = c.document"
            " JOIN story_document theirs ON theirs.story = mine.story JOIN claim o ON o.document = theirs.document"
            f" WHERE c.id {_IN} ORDER BY o.id"
        )
        return [row[0] for row in self._rows(sql, _json(claims))]

    def children(self, events: Iterable[str]) -> list[str]:
        """Events whose parent is one of these."""
        sql = f"SELECT id FROM event WHERE json_extract(data, '$.parent') {_IN} ORDER BY id"
        return [row[0] for row in self._rows(sql, _json(events))]

    def relations_of(self, ids: Iterable[str], limit: int = 2_000) -> list[Relation]:
        """Relations with one of the ids at either end."""
        wanted = _json(ids)
        sql = f"SELECT data FROM relation WHERE source {_IN} UNION SELECT data FROM relation WHERE target {_IN} LIMIT ?"
        found = self._objects(Relation, sql, wanted, wanted, limit)
        return sorted(found, key=lambda r: (r.source, r.type, r.target, r.aspect or ""))

    def contradictions(self, limit: int) -> list[Relation]:
        """Contradictions of the case, hard ones first."""
        sql = (
            "SELECT data FROM relation WHERE type = 'contradicts'"
            " ORDER BY json_extract(data, '$.severity') <> 'hard', source, target LIMIT ?"
        )
        return list(self._objects(Relation, sql, limit))

    # ---------------------------------------------------------------- judgements

    def last_numbers(self, ons: Iterable[str]) -> dict[str, int]:
        """The number of the last judgement on each of some things; 0 where there is none."""
        wanted = list(ons)
        sql = f'SELECT "on", max(number) FROM judgement WHERE "on" {_IN} GROUP BY "on"'
        return dict.fromkeys(wanted, 0) | dict(self._rows(sql, _json(wanted)))

    def judgements_on(self, ons: Iterable[str]) -> list[Judgement]:
        """Judgements on some things as they last stood, oldest first."""
        latest = f'SELECT max(number) FROM judgement WHERE "on" {_IN} GROUP BY id'
        sql = f"SELECT data FROM judgement WHERE number IN ({latest}) ORDER BY number"
        return list(self._objects(Judgement, sql, _json(ons)))

    def judgement(self, id_: str) -> Judgement | None:
        """A judgement as it last stood."""
        sql = "SELECT data FROM judgement WHERE id = ? ORDER BY number DESC LIMIT 1"
        return next(self._objects(Judgement, sql, id_), None)

    def batch(self, id_: str) -> list[Judgement]:
        """Judgements made in one act, as they last stood."""
        sql = (
            "SELECT data FROM judgement WHERE number IN (SELECT max(number) FROM judgement"
            " WHERE json_extract(data, '$.change.batch') = ? GROUP BY id) ORDER BY number"
        )
        return list(self._objects(Judgement, sql, id_))

    def log(self, limit: int, offset: int = 0) -> list[tuple[int, Judgement]]:
        """Rows of the judgement log, the newest first, with their numbers; an undoing is a row of its own."""
        rows = self._rows("SELECT number, data FROM judgement ORDER BY number DESC LIMIT ? OFFSET ?", limit, offset)
        numbers = [number for number, _ in rows]
        marks = json.dumps(numbers)
        sql = f"SELECT data FROM judgement WHERE number {_IN} ORDER BY number DESC"
        return list(zip(numbers, self._objects(Judgement, sql, marks), strict=True))

    def judgement_count(self) -> int:
        """Rows of the judgement log; none is ever removed, so the last number tells."""
        return int(self._rows("SELECT coalesce(max(number), 0) FROM judgement")[0][0])

    # ---------------------------------------------------------------- a part of the record

    def part(
        self,
        *,
        claims: Iterable[str] = (),
        events: Iterable[str] = (),
        documents: Iterable[str] = (),
        texts: bool = True,
        relations: bool = False,
        family: bool = False,
    ) -> Record:
        """A record of some claims, events (with their claims) and documents, and of all that these name.

        Without `texts` it has no documents: claims then speak in their quotes as they stand in the raw text. With
        `family` it also has the documents that share text with those, but without their texts.
        """
        chosen = self.events_by_id(events)
        found = self.claims_of({*claims, *(c for e in chosen for c in e.claims)})
        ids = {c.document for c in found} | set(documents)
        ends = [c.id for c in found] + [e.id for e in chosen]
        copies, origins, stories = self._lineage(ids)
        rows = self.documents_of(ids) if texts else []
        if family:
            rows += self.bare_documents({d for c in copies for d in (c.document, c.other)} - ids)
        return Record(
            documents=tuple(sorted(rows, key=lambda d: d.id)),
            claims=tuple(found),
            entities=tuple(self.entities(_entities(found, chosen))),
            places=tuple(self.places(_places(found, chosen))),
            events=tuple(chosen),
            relations=tuple(self.relations_of(ends)) if relations else (),
            copies=copies,
            origins=origins,
            stories=stories,
        )

    def _lineage(self, documents: Iterable[str]) -> tuple[tuple[Copy, ...], tuple[Origin, ...], tuple[Story, ...]]:
        """Copies by or of some documents, directly or over others, and the origins and stories of them."""
        seen: set[str] = set()
        wanted = set(documents)
        copies: dict[tuple[str, ...], Copy] = {}
        sql = f"SELECT data FROM copy WHERE document {_IN} UNION SELECT data FROM copy WHERE other {_IN}"
        while wanted and len(copies) < MOST_COUNTED:
            marks = _json(wanted)
            seen |= wanted
            found = self._objects(Copy, sql, marks, marks)
            new: dict[tuple[str, ...], Copy] = {(c.document, c.other, c.relation): c for c in found}
            copies.update(new)
            wanted = {d for c in new.values() for d in (c.document, c.other)} - seen
        marks = _json(seen)
        origins = self._objects(Origin, f"SELECT data FROM origin WHERE document {_IN} ORDER BY document, rowid", marks)
        sql = f"SELECT data FROM story WHERE id IN (SELECT story FROM story_document WHERE document {_IN}) ORDER BY id"
        return tuple(copies[k] for k in sorted(copies)), tuple(origins), tuple(self._objects(Story, sql, marks))

    def custody_of(self, document: str) -> dict[str, str | None]:
        """The custody row of one document; empty where there is none."""
        sql = (
            "SELECT p.name, c.sha256, p.size, c.location, c.how, c.retrieved, c.version, x.url, x.final, x.status,"
            " o.sha256 FROM custody c JOIN page p USING (document) LEFT JOIN exchange x USING (document)"
            " LEFT JOIN original o USING (document) WHERE c.document = ?"
        )
        names = (
            "name", "sha256", "size", "location", "how", "retrieved", "version", "url", "final_url", "status",
            "original_sha256",
        )  # fmt: skip
        rows: list[Row] = self._rows(sql, document)
        return {k: None if v is None else str(v) for row in rows for k, v in zip(names, row, strict=True)}

    def copies_between(self, limit: int) -> list[tuple[str, str, int]]:
        """Outlets that take text from outlets, with the number of documents, most first."""
        sql = (
            "SELECT a.outlet, b.outlet, count(*) FROM copy c"
            " CROSS JOIN document a INDEXED BY document_id_outlet ON a.id = c.document"
            " CROSS JOIN document b INDEXED BY document_id_outlet ON b.id = c.other"
            " WHERE json_extract(c.data, '$.directed') AND c.relation <> 'quotes'"
            " AND a.outlet IS NOT NULL AND b.outlet IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ?"
        )
        return [(taker, giver, count) for taker, giver, count in self._rows(sql, limit)]


_TALLIES = {
    ("claim", "type"), ("claim", "modality"), ("claim", "judgement"), ("event", "type"), ("event", "status"),
    ("document", "outlet"), ("document", "language"),
}  # fmt: skip


_COLUMNS = ("type", "modality", "polarity", "document")
_KEYS = ("entity", "source", "place", "item")


def _claims(filters: Mapping[str, str]) -> tuple[str, str, str, _Where]:
    """The tables that know the claims of some filters, the narrowest first; the column of their id and of their day;
    the conditions. CROSS JOIN keeps that order: without figures on the tables SQLite would guess."""
    keys = [k for k in _KEYS if filters.get(k)]
    words = bool(filters.get("text"))
    where = _Where()
    _columns(where, filters)
    source, id_, day = "claim c", "c.id", "c.date_start"
    first = _Where()
    if keys:
        source, id_, day = "claim_key k", "k.claim", "k.date_start"
        first.add("k.kind = ? AND k.value = ?", keys[0], filters[keys[0]])
    elif words:
        source, id_, day = "claim_text t CROSS JOIN claim_words w ON w.number = t.rowid", "w.claim", "w.date_start"
        first.add("claim_text MATCH ?", _expression(filters["text"]))
    for kind in keys[1:]:
        first.add(f"{id_} IN (SELECT claim FROM claim_key WHERE kind = ? AND value = ?)", kind, filters[kind])
    if keys and words:
        sql = "SELECT w.claim FROM claim_text t CROSS JOIN claim_words w ON w.number = t.rowid WHERE claim_text MATCH ?"
        first.add(f"{id_} IN ({sql})", _expression(filters["text"]))
    if where.parts and (keys or words):
        source += f" CROSS JOIN claim c INDEXED BY claim_columns ON c.id = {id_}"  # its rows are long, and far apart
    return source, id_, day, _Where([*first.parts, *where.parts], [*first.values, *where.values])


def _columns(where: _Where, filters: Mapping[str, str]) -> None:
    """The conditions on a claim's own row."""
    for column in _COLUMNS:
        if filters.get(column):
            where.add(f"c.{column} = ?", filters[column])
    if filters.get("judgement") == "none":
        where.add("c.judgement IS NULL")
    elif filters.get("judgement"):
        where.add("c.judgement = ?", filters["judgement"])
    if filters.get("outlet"):
        where.add("c.document IN (SELECT id FROM document WHERE outlet = ?)", filters["outlet"])
    _dates(where, "c", filters)


def _expression(words: str) -> str:
    """A full-text expression that finds nothing where there is no word to find."""
    return _match(words) or '""'


def _dates(where: _Where, table: str, filters: Mapping[str, str]) -> None:
    """Intervals that overlap the range; unknown dates do not."""
    if filters.get("since"):
        where.add(f"coalesce({table}.date_end, '9999') >= ?", filters["since"])
        where.add(f"({table}.date_start IS NOT NULL OR {table}.date_end IS NOT NULL)")
    if filters.get("until"):
        where.add(f"coalesce({table}.date_start, '') <= ?", filters["until"])
        where.add(f"({table}.date_start IS NOT NULL OR {table}.date_end IS NOT NULL)")


def _json(ids: Iterable[str]) -> str:
    return json.dumps(sorted(set(ids)))


def _entities(claims: Iterable[Claim], events: Iterable[Event]) -> set[str]:
    rows = list(claims)
    found = {r.entity for c in rows for r in c.roles} | {a.entity for c in rows for a in c.attribution}
    found |= {m.supplied_by for c in rows for m in c.materiel} | {r.entity for e in events for r in e.roles}
    return {e for e in found if e}


def _places(claims: Iterable[Claim], events: Iterable[Event]) -> set[str]:
    return {p.place for c in claims for p in c.places if p.place} | {e.place for e in events if e.place}
