"""What one case holds goes into another: pages with custody and metadata, readings, judgements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from tracewire.errors import UsageError
from tracewire.model import Judgement, Metadata, RawPage

if TYPE_CHECKING:
    from tracewire.store.base import Store

BATCH = 256
"""Pages copied in one commit."""


def fill(store: Store, other: Store) -> list[str]:
    """Add what `other` holds to `store`; returns notes on metadata that the two cases give differently."""
    notes: list[str] = []
    known = {(p.name, p.sha256): p.given for p in store.pages()}
    for batch in _batches(other):
        store.add_pages(_merged(page, known, notes) for page in batch)
    have = {d.id for d in store.documents()}
    store.save_documents(d for d in other.documents() if d.id not in have)
    for name in other.record().readers:
        read = {r.document for r in store.readings(name)}
        store.save_readings(r for r in other.readings(name) if r.document not in read)
    for failure in other.failures():
        store.save_failure(failure)
    kept = {j.id: j for j in store.judgements()}
    for judgement in other.judgements():
        store.add_judgement(_agreed(judgement, kept.get(judgement.id)))
    return notes


def _batches(store: Store) -> Iterator[list[RawPage]]:
    batch: list[RawPage] = []
    for page in store.pages():
        batch.append(page)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _merged(page: RawPage, known: dict[tuple[str, str], Metadata], notes: list[str]) -> RawPage:
    """The page with what both cases say of it; where they differ, the first case's word stands and a note says so."""
    before = known.get((page.name, page.sha256))
    if before is None:
        return page
    said = {f.name: (getattr(before, f.name), getattr(page.given, f.name)) for f in fields(Metadata)}
    for field, (mine, theirs) in said.items():
        if mine is not None and theirs is not None and mine != theirs:
            notes.append(f"{page.name}: {field} is {mine!r} in one case and {theirs!r} in another; the first is kept")
    return replace(
        page, given=Metadata(**{f: mine if mine is not None else theirs for f, (mine, theirs) in said.items()})
    )


def _agreed(judgement: Judgement, kept: Judgement | None) -> Judgement:
    """The judgement as it stands in both: undone where it is undone in one."""
    if kept is None:
        return judgement
    if replace(kept, undone=judgement.undone) != judgement:
        raise UsageError(
            f"judgement {judgement.id} of {judgement.by} has other content in another case; merge them by hand"
        )
    return replace(judgement, undone=kept.undone or judgement.undone)
