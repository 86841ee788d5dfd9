"""A case in a folder: case.db (SQLite), raw/ (the bytes by hash), write.lock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from tracewire.model import Claim, Copy, Entity, Event, Mention, Origin, Place, Record, Relation, Story
from tracewire.store.base import Counts
from tracewire.store.database import Row
from tracewire.store.facts import UNCLEANED, Facts

_COPIES = ("copy", "origin", "story_document", "story")
_ASSEMBLED = ("event_claim", "relation", "event")
_RESOLVED = (*_ASSEMBLED, "mention", "claim_key", "claim_words", "claim", "entity", "place")
"""Derived tables in the order in which foreign keys let them be emptied."""


class SqliteStore(Facts):
    """The default store: facts, and the tables derived from them, each replaced whole."""

    # ---------------------------------------------------------------- what can be worked out again

    def workings(self, kind: str) -> dict[bytes, bytes]:
        """What a stage keeps in order not to work it out again, by key."""
        return dict(self._rows("SELECT key, value FROM working WHERE kind = ?", kind))

    def update_workings(self, kind: str, added: Mapping[bytes, bytes], dropped: Iterable[bytes]) -> None:
        """Keep more of a kind, each in place of what has its key, and drop some keys."""
        with self._transaction() as connection:
            connection.executemany("DELETE FROM working WHERE kind = ? AND key = ?", [(kind, key) for key in dropped])
            rows = [(kind, *row) for row in added.items()]
            connection.executemany("INSERT OR REPLACE INTO working VALUES (?, ?, ?)", rows)

    # ---------------------------------------------------------------- derived tables

    def replace_copies(self, copies: Iterable[Copy], origins: Iterable[Origin], stories: Iterable[Story]) -> None:
        """Replace copies, origins and stories."""
        rows: dict[str, list[Row]] = {
            "copy": [(c.document, c.other, c.relation, self._encoded(c)) for c in copies],
            "origin": [(o.document, o.name, o.basis, self._encoded(o)) for o in origins],
            "story": [(s.id, s.title, self._encoded(s)) for s in stories],
        }
        self._replace(_COPIES, rows)

    def replace_resolved(
        self, claims: Iterable[Claim], mentions: Iterable[Mention], entities: Iterable[Entity], places: Iterable[Place]
    ) -> None:
        """Replace claims, mentions, entities and places; events and relations, made of the old claims, are dropped."""
        rows: dict[str, list[Row]] = {
            "claim": [_claim_row(c, self._encoded(c)) for c in claims],
            "mention": [
                (m.document, m.span.start, m.span.end, m.type, m.entity, m.place, self._encoded(m)) for m in mentions
            ],
            "entity": [(e.id, e.type, e.name, self._encoded(e)) for e in entities],
            "place": [(p.id, p.name, p.latitude, p.longitude, p.country, self._encoded(p)) for p in places],
        }
        self._replace(_RESOLVED, rows)

    def replace_assembled(self, events: Iterable[Event], relations: Iterable[Relation]) -> None:
        """Replace events and relations."""
        kept = list(events)
        rows: dict[str, list[Row]] = {
            "event": [(e.id, e.type, e.start, e.end, e.place, e.status, self._encoded(e)) for e in kept],
            "event_claim": [(e.id, claim) for e in kept for claim in dict.fromkeys(e.claims)],
            "relation": [(r.source, r.type, r.target, r.aspect, self._encoded(r)) for r in relations],
        }
        self._replace(_ASSEMBLED, rows)

    def _replace(self, tables: Iterable[str], rows: dict[str, list[Row]]) -> None:
        with self._transaction() as connection:
            for table in tables:
                connection.execute(f"DELETE FROM {table}")
            for table, values in rows.items():
                if not values:
                    continue
                marks = ", ".join("?" * len(values[0]))
                connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)

    def copies(self) -> tuple[tuple[Copy, ...], tuple[Origin, ...], tuple[Story, ...]]:
        """Copies and origins by document, stories by id."""
        return (
            tuple(self._objects(Copy, "SELECT data FROM copy ORDER BY document, other, relation, data")),
            tuple(self._objects(Origin, "SELECT data FROM origin ORDER BY document, rowid")),
            tuple(self._objects(Story, "SELECT data FROM story ORDER BY id")),
        )

    def counts(self) -> Counts:
        """How much the case holds, without reading it."""
        tables = (f"page p {UNCLEANED}", "document", "claim", "event")
        columns = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
        return Counts(*self._rows(f"SELECT {columns}")[0])

    def record(self) -> Record:
        """Everything, each kind sorted by id, as it stood at one moment."""
        with self.snapshot():
            copies, origins, stories = self.copies()
            return Record(
                documents=tuple(self.documents()),
                mentions=tuple(
                    self._objects(Mention, 'SELECT data FROM mention ORDER BY document, start, "end", type, data')
                ),
                claims=tuple(self._objects(Claim, "SELECT coalesce(judged, data) FROM claim ORDER BY id")),
                entities=tuple(self._objects(Entity, "SELECT data FROM entity ORDER BY id")),
                places=tuple(self._objects(Place, "SELECT data FROM place ORDER BY id")),
                events=tuple(self._objects(Event, "SELECT data FROM event ORDER BY id")),
                relations=tuple(
                    self._objects(Relation, "SELECT data FROM relation ORDER BY source, type, target, aspect, data")
                ),
                judgements=tuple(self.judgements()),
                copies=copies,
                origins=origins,
                stories=stories,
                failures=tuple(self.failures()),
                readers=self._readers(),
            )

    def _readers(self) -> tuple[str, ...]:
        """Who read the documents: the readers whose readings are kept, and those of imported claims."""
        names = {name for (name,) in self._rows("SELECT DISTINCT reader FROM reading")}
        return tuple(sorted(names | set(json.loads(self.get_meta("imported") or "[]"))))

    # ---------------------------------------------------------------- state of the case

    def get_meta(self, key: str) -> str | None:
        """The value kept under a key; None where there is none."""
        return next((value for (value,) in self._rows("SELECT value FROM meta WHERE key = ?", key)), None)

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value under a key."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def _claim_row(claim: Claim, data: str) -> Row:
    dates = (claim.date.start, claim.date.end)
    return (claim.id, claim.document, claim.type, claim.modality, claim.polarity, *dates, claim.judgement, data, None)
