"""The facts of a case: pages with their custody, documents, failures, readings, judgements."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version

from tracewire.errors import DocumentError, UsageError
from tracewire.model import (
    Document,
    Exchange,
    Failure,
    Judgement,
    Metadata,
    Original,
    RawPage,
    Reading,
    document_id,
)
from tracewire.store.codec import as_text, decode, decode_document, encode, encode_document
from tracewire.store.database import CaseDatabase, Row

UNCLEANED = "LEFT JOIN document d ON d.id = p.document WHERE d.id IS NULL OR d.stale"
"""Of the rows of `page p`, those without a current document."""
_CUSTODY = (
    "document", "name", "sha256", "size", "location", "how", "retrieved", "version",
    "url", "final_url", "status", "exchange", "original_sha256", "original_type",
)  # fmt: skip
_SAVE_DOCUMENT = """
INSERT INTO document (id, name, encoding, outlet, language, published_start, published_end, text, data)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
  encoding = excluded.encoding, outlet = excluded.outlet, language = excluded.language,
  published_start = excluded.published_start, published_end = excluded.published_end,
  text = excluded.text, data = excluded.data, stale = 0
"""
_SAVE_FAILURE = "INSERT OR REPLACE INTO failure (name, stage, reason) VALUES (?, ?, ?)"
_DROP_FAILURE = "DELETE FROM failure WHERE name = ? AND stage = ?"
_SAVE_JUDGEMENT = 'INSERT INTO judgement (id, at, by, what, "on", undone, data) VALUES (?, ?, ?, ?, ?, ?, ?)'


@lru_cache(maxsize=1)
def _version() -> str:
    return version("tracewire")


class Facts(CaseDatabase):
    """What cannot be made again from anything else, and what cleaning and reading made of it."""

    # ---------------------------------------------------------------- pages

    def add_page(self, page: RawPage) -> str:
        """Keep bytes and custody row; returns the document id. Raises DocumentError for a page that cannot be kept."""
        with self._transaction() as connection:
            return self._add_page(connection, page)

    def add_pages(self, pages: Iterable[RawPage]) -> list[str]:
        """`add_page` for many, in one commit; a page that cannot be kept becomes a failure of stage "ingest"."""
        ids = []
        with self._transaction() as connection:
            for page in pages:
                try:
                    ids.append(self._add_page(connection, page))
                except DocumentError as error:
                    connection.execute(_SAVE_FAILURE, (as_text(error.name), error.stage, as_text(error.reason)))
        return ids

    def _add_page(self, connection: sqlite3.Connection, page: RawPage) -> str:
        given = _encoded_metadata(page)
        with self._faults():
            digest = self._raw.write(page.data)
            if page.original is not None:
                self._raw.write(page.original.data)
        document = document_id(page.name, digest)
        kept = connection.execute("SELECT given FROM page WHERE document = ?", (document,)).fetchone()
        if kept is None:
            row = (document, page.name, digest, len(page.data), page.media_type, given)
            connection.execute("INSERT INTO page VALUES (?, ?, ?, ?, ?, ?)", row)
            custody = (document, page.location, page.how, page.retrieved, _version(), digest)
            connection.execute("INSERT INTO custody VALUES (?, ?, ?, ?, ?, ?)", custody)
            self._add_provenance(connection, document, page)
        elif page.given != Metadata() and kept[0] != given:
            connection.execute("UPDATE page SET given = ? WHERE document = ?", (given, document))
            connection.execute("UPDATE document SET stale = 1 WHERE id = ?", (document,))
            connection.execute("DELETE FROM reading WHERE document = ?", (document,))
        connection.execute(_DROP_FAILURE, (page.name, "ingest"))
        return document

    def _add_provenance(self, connection: sqlite3.Connection, document: str, page: RawPage) -> None:
        """What a page brings beside its bytes: the exchange with a server, the file its text was taken out of."""
        if (exchange := page.exchange) is not None:
            row = (document, exchange.url, exchange.final, exchange.status, self._encoded(exchange))
            connection.execute("INSERT INTO exchange VALUES (?, ?, ?, ?, ?)", row)
        if page.original is not None:
            size, media_type = len(page.original.data), page.original.media_type
            row_of_it = (document, page.original.sha256, size, media_type)
            connection.execute("INSERT INTO original VALUES (?, ?, ?, ?)", row_of_it)

    def pages(self, *, uncleaned: bool = False) -> Iterator[RawPage]:
        """Pages in order of document id; with `uncleaned`, those without a current document."""
        wanted = UNCLEANED if uncleaned else ""
        rows = self._rows(
            "SELECT p.name, p.sha256, p.media_type, c.location, c.how, c.retrieved, p.given, x.data, o.sha256,"
            " o.media_type FROM page p JOIN custody c USING (document) LEFT JOIN exchange x USING (document)"
            f" LEFT JOIN original o USING (document) {wanted} ORDER BY p.document"
        )
        for name, digest, media_type, location, how, retrieved, given, exchange, source, source_type in rows:
            with self._decoding(f"the metadata of {name}"):
                metadata = decode(given, Metadata)
                met = None if exchange is None else decode(exchange, Exchange)
            original = None if source is None else Original(self._read_raw(name, source), source_type)
            data = self._read_raw(name, digest)
            yield RawPage(name, data, media_type, location, how, retrieved, metadata, met, original)

    def custody(self) -> Iterator[dict[str, str | None]]:
        """Custody rows by document id."""
        rows = self._rows(
            "SELECT c.document, p.name, c.sha256, p.size, c.location, c.how, c.retrieved, c.version,"
            " x.url, x.final, x.status, x.data, o.sha256, o.media_type"
            " FROM custody c JOIN page p USING (document) LEFT JOIN exchange x USING (document)"
            " LEFT JOIN original o USING (document) ORDER BY c.document"
        )
        for row in rows:
            yield dict(zip(_CUSTODY, (None if value is None else str(value) for value in row), strict=True))

    def check_raw(self) -> Iterator[tuple[str, str, str]]:
        """Pages whose kept bytes are gone or changed: document name, sha256, problem in words."""
        for name, digest in self._rows(
            "SELECT name, sha256 FROM page UNION SELECT p.name, o.sha256 FROM original o JOIN page p USING (document)"
            " ORDER BY 1, 2"
        ):
            with self._faults():
                problem = self._raw.problem(digest, self._raw.read(digest))
            if problem:
                yield name, digest, problem

    # ---------------------------------------------------------------- documents

    def save_documents(self, documents: Iterable[Document]) -> None:
        """Keep cleaned documents, each in place of the one with its id, whose readings are dropped."""
        rows: list[Row] = []
        failures: list[Row] = []
        for document in documents:
            try:
                rows.append(_document_row(document))
            except ValueError as error:
                failures.append((as_text(document.name), "clean", as_text(str(error))))
        with self._transaction() as connection:
            connection.executemany(_SAVE_DOCUMENT, rows)
            connection.executemany("DELETE FROM reading WHERE document = ?", [(row[0],) for row in rows])
            connection.executemany(_DROP_FAILURE, [(row[1], "clean") for row in rows])
            connection.executemany(_SAVE_FAILURE, failures)

    def documents(self) -> Iterator[Document]:
        """All documents by id, with `raw` re-attached from the kept bytes."""
        for (id_,) in self._rows("SELECT id FROM document ORDER BY id"):
            yield self._document(id_)

    def _document(self, id_: str) -> Document:
        sql = "SELECT d.name, p.sha256, d.encoding, d.text, d.data FROM document d JOIN page p ON p.document = d.id"
        name, digest, encoding, text, data = self._rows(f"{sql} WHERE d.id = ?", id_)[0]
        content = self._read_raw(name, digest)
        with self._decoding(f"document {name}"):
            return decode_document(data, text, content.decode(encoding, errors="replace"))

    def search(self, words: str) -> set[str]:
        """Ids of the documents whose reading text holds all the words, case and accents aside."""
        # each word is quoted, so that AND, NEAR, * or a quotation mark in it is no full-text syntax
        quoted = ['"' + word.replace('"', '""') + '"' for word in as_text(words).replace("\0", " ").split()]
        if not quoted:
            return set()
        sql = "SELECT d.id FROM document_text t JOIN document d ON d.number = t.rowid WHERE document_text MATCH ?"
        return {id_ for (id_,) in self._rows(sql, " ".join(quoted))}

    def save_failure(self, failure: Failure) -> None:
        """Keep a failure; one row per name and stage."""
        with self._transaction() as connection:
            connection.execute(_SAVE_FAILURE, (as_text(failure.name), failure.stage, as_text(failure.reason)))

    def failures(self) -> Iterator[Failure]:
        """Failures by name and stage."""
        for row in self._rows("SELECT name, stage, reason FROM failure ORDER BY name, stage"):
            yield Failure(*row)

    # ---------------------------------------------------------------- readings

    def save_readings(self, readings: Iterable[Reading]) -> None:
        """Keep readings, each in place of the one of the same document and reader."""
        rows: list[Row] = []
        failures: list[tuple[str, str]] = []
        for reading in readings:
            try:
                rows.append((reading.document, reading.reader, encode(reading)))
            except ValueError as error:
                failures.append((reading.document, as_text(str(error))))
        with self._transaction() as connection:
            names = dict(connection.execute("SELECT id, name FROM document"))
            connection.executemany("INSERT OR REPLACE INTO reading VALUES (?, ?, ?)", rows)
            connection.executemany(_DROP_FAILURE, [(names[row[0]], "read") for row in rows])
            connection.executemany(_SAVE_FAILURE, [(names.get(id_, id_), "read", why) for id_, why in failures])

    def readings(self, reader: str) -> Iterator[Reading]:
        """Readings of one reader by document id."""
        return self._objects(Reading, "SELECT data FROM reading WHERE reader = ? ORDER BY document", reader)

    def unread(self, reader: str) -> set[str]:
        """Ids of documents that the reader has not read since they were last cleaned."""
        sql = "SELECT id FROM document WHERE id NOT IN (SELECT document FROM reading WHERE reader = ?)"
        return {id_ for (id_,) in self._rows(sql, reader)}

    # ---------------------------------------------------------------- judgements

    def add_judgement(self, judgement: Judgement) -> None:
        """Append a judgement; one with an id that is there may differ in `undone` alone (else UsageError)."""
        try:
            data = encode(judgement)
        except ValueError as error:
            raise UsageError(f"judgement {as_text(judgement.id)}: {error}") from error
        latest = "SELECT data FROM judgement WHERE id = ? ORDER BY number DESC LIMIT 1"
        for kept in self._objects(Judgement, latest, judgement.id):
            if kept == judgement:
                return
            if replace(kept, undone=judgement.undone) != judgement:
                raise UsageError(f"judgement {judgement.id} is kept with other content; judgements are never changed")
        row = (judgement.id, judgement.at, judgement.by, judgement.what, judgement.on, judgement.undone, data)
        with self._transaction() as connection:
            connection.execute(_SAVE_JUDGEMENT, row)

    def judgements(self) -> Iterator[Judgement]:
        """Judgements by id, each as it last stood."""
        latest = "SELECT max(number) FROM judgement GROUP BY id"
        return self._objects(Judgement, f"SELECT data FROM judgement WHERE number IN ({latest}) ORDER BY id")


def _encoded_metadata(page: RawPage) -> str:
    try:
        "".join((page.name, page.media_type, page.location, page.how, page.retrieved)).encode()
        return encode(page.given)
    except ValueError as error:
        reason = f"its name or metadata is no text that can be kept: {error}"
        raise DocumentError(as_text(page.name), "ingest", reason) from error


def _document_row(document: Document) -> Row:
    published = document.published
    return (
        document.id,
        document.name,
        document.encoding,
        document.outlet,
        document.language,
        published.start if published else None,
        published.end if published else None,
        document.reading.text,
        encode_document(document),
    )
