"""What every store does: keep a case, whole, on one machine.

A store holds facts (pages, documents, readings, judgements) and derived tables, which are replaced at will.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from tracewire.model import (
    Claim,
    Copy,
    Document,
    Entity,
    Event,
    Failure,
    Judgement,
    Mention,
    Origin,
    Place,
    RawPage,
    Reading,
    Record,
    Relation,
    Story,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of a case by kind; `uncleaned` are the pages without a current document."""

    uncleaned: int
    documents: int
    claims: int
    events: int


class Store(Protocol):
    """One case. Methods that write need the store opened with `write=True` and commit before they return.

    A case that cannot be opened or written raises CaseError: CaseLocked while another run writes to it, CaseTooNew,
    or CaseDamaged. `create=True` makes a new case where there is none and implies `write`.
    """

    path: Path

    def __init__(self, path: Path, *, write: bool = False, create: bool = False) -> None: ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    # ---- facts: pages and documents
    def add_page(self, page: RawPage) -> str:
        """Keep bytes and custody row; returns the document id. The same name and bytes twice change nothing,
        except that `given` metadata brought the second time replaces the first and makes the document stale: it loses
        its readings and counts as uncleaned. A failure of stage "ingest" under the name is removed. Raises
        DocumentError for a page that cannot be kept."""
        ...

    def add_pages(self, pages: Iterable[RawPage]) -> list[str]:
        """`add_page` for many, in one commit; a page that cannot be kept becomes a failure of stage "ingest"."""
        ...

    def pages(self, *, uncleaned: bool = False) -> Iterator[RawPage]:
        """Pages in order of document id; with `uncleaned`, those without a current document."""
        ...

    def custody(self) -> Iterator[dict[str, str | None]]:
        """Custody rows: document, name, sha256, size, location, how, retrieved, version; where it came over the network
        url, final_url, status and exchange (JSON with headers and redirects); where its text was taken out of another
        file original_sha256 and original_type."""
        ...

    def check_raw(self) -> Iterator[tuple[str, str, str]]:
        """Pages (and originals) whose kept bytes are gone or no longer have their hash: document name, sha256, problem
        in words."""
        ...

    def save_documents(self, documents: Iterable[Document]) -> None:
        """Keep cleaned documents, each in place of the one with its id, whose readings are dropped (they are stale).
        One that cannot be kept becomes a failure of stage "clean"; the others are kept."""
        ...

    def documents(self) -> Iterator[Document]:
        """All documents by id, with `raw` re-attached from the kept bytes."""
        ...

    def search(self, words: str) -> set[str]:
        """Ids of the documents whose reading text holds all the words, case and accents aside (full-text index)."""
        ...

    def save_failure(self, failure: Failure) -> None:
        """Keep a failure; one row per name and stage. A later success of that stage removes it."""
        ...

    def failures(self) -> Iterator[Failure]: ...

    # ---- facts: readings
    def save_readings(self, readings: Iterable[Reading]) -> None:
        """Keep readings, each in place of the one of the same document and reader. One that cannot be kept becomes
        a failure of stage "read"; the others are kept."""
        ...

    def readings(self, reader: str) -> Iterator[Reading]:
        """Readings of one reader by document id."""
        ...

    def unread(self, reader: str) -> set[str]:
        """Ids of documents that the reader has not read since they were last cleaned."""
        ...

    # ---- facts: judgements
    def add_judgement(self, judgement: Judgement) -> None:
        """Append a judgement. One with an id that is there may differ in `undone` alone (else UsageError)."""
        ...

    def judgements(self) -> Iterator[Judgement]: ...

    # ---- what can be worked out again
    def workings(self, kind: str) -> dict[bytes, bytes]:
        """What a stage keeps in order not to work it out again, by key."""
        ...

    def update_workings(self, kind: str, added: Mapping[bytes, bytes], dropped: Iterable[bytes]) -> None:
        """Keep more of a kind, each in place of what has its key, and drop some keys."""
        ...

    # ---- derived tables, each replaced whole
    def replace_copies(self, copies: Iterable[Copy], origins: Iterable[Origin], stories: Iterable[Story]) -> None: ...

    def replace_resolved(
        self, claims: Iterable[Claim], mentions: Iterable[Mention], entities: Iterable[Entity], places: Iterable[Place]
    ) -> None:
        """Replace claims, mentions, entities and places; events and relations, made of the old claims, are dropped."""
        ...

    def replace_assembled(self, events: Iterable[Event], relations: Iterable[Relation]) -> None: ...

    def copies(self) -> tuple[tuple[Copy, ...], tuple[Origin, ...], tuple[Story, ...]]: ...

    def counts(self) -> Counts:
        """How much the case holds, without reading it."""
        ...

    def record(self) -> Record:
        """Everything, each kind sorted by id."""
        ...

    # ---- state of the case
    def get_meta(self, key: str) -> str | None: ...

    def set_meta(self, key: str, value: str) -> None: ...
