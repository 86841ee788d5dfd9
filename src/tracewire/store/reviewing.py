"""Write judgements and what follows from them at once, in one transaction; two people never overwrite each other."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from tracewire.errors import Conflict
from tracewire.model import Claim, Event, Judgement, Relation
from tracewire.store.browse import BrowsingStore

_ROW = 'INSERT INTO judgement (id, at, by, what, "on", undone, data) VALUES (?, ?, ?, ?, ?, ?, ?)'
_COLUMNS = "UPDATE claim SET type = ?, modality = ?, polarity = ?, date_start = ?, date_end = ? WHERE id = ?"
_LAST = 'SELECT max(number) FROM judgement WHERE "on" = ?'


class ReviewStore(BrowsingStore):
    """A store for reviewing; what it writes beside the judgements is derived and made again by the next run."""

    def judge(self, judgements: Iterable[Judgement], expected: Mapping[str, int]) -> None:
        """Append judgements (or that they are undone); raises Conflict where the last number on a thing is not the
        one expected."""
        rows = [(j.id, j.at, j.by, j.what, j.on, j.undone, self._encoded(j)) for j in judgements]
        with self._transaction() as connection:
            for on, number in expected.items():
                if (connection.execute(_LAST, (on,)).fetchone()[0] or 0) != number:
                    raise Conflict(self._conflict(connection, on, number))
            connection.executemany(_ROW, rows)

    def _conflict(self, connection: sqlite3.Connection, on: str, number: int) -> str:
        sql = 'SELECT by, what, undone FROM judgement WHERE "on" = ? AND number > ? ORDER BY number'
        rows = connection.execute(sql, (on, number))
        done = [f"{by}: {what}{' undone' if undone else ''}" for by, what, undone in rows]
        return f"{on} was judged meanwhile ({'; '.join(done) or 'it changed'}); nothing of yours was written"

    def save_judged(self, claims: Mapping[str, Claim | None], added: Iterable[Claim] = ()) -> None:
        """Keep judged claims beside the machine's own (None gives the machine's own back), and those people added."""
        with self._transaction() as connection:
            for id_, claim in claims.items():
                data = None if claim is None else self._encoded(claim)
                status = None if claim is None else claim.judgement
                sql = "UPDATE claim SET judged = ?, judgement = ? WHERE id = ?"
                connection.execute(sql, (data, status, id_))
                if claim is not None:
                    connection.execute(_COLUMNS, (*_columns(claim), id_))
                else:
                    self._restore_columns(connection, id_)
            for claim in added:
                data = self._encoded(claim)
                row = (claim.id, claim.document, *_columns(claim), claim.judgement, data, data)
                connection.execute("INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    @staticmethod
    def _restore_columns(connection: sqlite3.Connection, id_: str) -> None:
        connection.execute(
            "UPDATE claim SET type = json_extract(data, '$.type'), modality = json_extract(data, '$.modality'),"
            " polarity = json_extract(data, '$.polarity'), date_start = json_extract(data, '$.date.start'),"
            " date_end = json_extract(data, '$.date.end') WHERE id = ?",
            (id_,),
        )

    def drop_claims(self, ids: Iterable[str]) -> None:
        """Take claims that people added, and undid, out of the derived tables."""
        with self._transaction() as connection:
            for id_ in ids:
                connection.execute("DELETE FROM event_claim WHERE claim = ?", (id_,))
                connection.execute("DELETE FROM claim WHERE id = ?", (id_,))

    def replace_events(
        self, old: Iterable[str], claims: Iterable[str], events: Iterable[Event], relations: Iterable[Relation]
    ) -> None:
        """Put new events in place of old ones, and new relations in place of those among them and their claims."""
        gone, kept = list(old), list(events)
        ends = json.dumps([*gone, *claims])
        with self._transaction() as connection:
            connection.execute(
                "DELETE FROM relation WHERE source IN (SELECT value FROM json_each(?1))"
                " AND target IN (SELECT value FROM json_each(?1))",
                (ends,),
            )
            for id_ in gone:
                connection.execute("DELETE FROM event_claim WHERE event = ?", (id_,))
                connection.execute("DELETE FROM event WHERE id = ?", (id_,))
            connection.executemany(
                "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(e.id, e.type, e.start, e.end, e.place, e.status, self._encoded(e)) for e in kept],
            )
            connection.executemany(
                "INSERT OR IGNORE INTO event_claim VALUES (?, ?)", [(e.id, c) for e in kept for c in e.claims]
            )
            connection.executemany(
                "INSERT INTO relation VALUES (?, ?, ?, ?, ?)",
                [(r.source, r.type, r.target, r.aspect, self._encoded(r)) for r in relations],
            )

    # ---------------------------------------------------------------- what is read for it

    def machine_claims(self, ids: Iterable[str] | None = None) -> Iterator[Claim]:
        """Claims as the machine read them, without those that people added."""
        own = "(judged IS NULL OR judged <> data)"
        if ids is None:
            return self._objects(Claim, f"SELECT data FROM claim WHERE {own} ORDER BY id")
        wanted = json.dumps(sorted(ids))
        sql = f"SELECT data FROM claim WHERE {own} AND id IN (SELECT value FROM json_each(?)) ORDER BY id"
        return self._objects(Claim, sql, wanted)

    def added_claims(self) -> set[str]:
        """Ids of the claims that people added and that stand in the derived tables."""
        return {id_ for (id_,) in self._rows("SELECT id FROM claim WHERE judged = data")}

    def judged_claims(self) -> set[str]:
        """Ids of the machine's claims that stand with a judged version."""
        return {id_ for (id_,) in self._rows("SELECT id FROM claim WHERE judged IS NOT NULL AND judged <> data")}


def _columns(claim: Claim) -> tuple[str | None, ...]:
    return (claim.type, claim.modality, claim.polarity, claim.date.start, claim.date.end)
