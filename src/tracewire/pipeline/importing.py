"""A claims file and the bytes of its documents become a case again: the same record, every quote checked first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tracewire.errors import DocumentError, UsageError
from tracewire.model import Copy, Document, Metadata, RawPage, document_id
from tracewire.pipeline import claims_rows
from tracewire.pipeline.stages import Pipeline

if TYPE_CHECKING:
    from tracewire.store.base import Store

FAULTS_SHOWN = 5
"""Faults of a file that are said; the first ones tell what is wrong with the rest."""

Row = dict[str, Any]
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class ClaimsFile:
    """The rows of a sound claims file by kind, and its lines as they stand."""

    path: Path
    lines: tuple[str, ...]
    rows: Mapping[str, Sequence[Row]]

    def make(self, kind: str, build: Callable[[Row], Kind]) -> list[Kind]:
        """The objects of one kind."""
        return [build(row) for row in self.rows[kind]]


def read_claims_file(path: Path) -> ClaimsFile:
    """Read and check a claims file; raises UsageError that names the first lines that are wrong."""
    from tracewire.export.check import KINDS, validate_lines

    try:
        lines = tuple(path.read_text("utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    _refuse(path, list(validate_lines(lines)))
    rows: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    for line in lines:
        row = json.loads(line)
        rows[row["kind"]].append(row)
    return ClaimsFile(path, lines, rows)


def find_pages(file: ClaimsFile, pages: Iterable[RawPage]) -> dict[str, RawPage]:
    """The page of each document of the file, by id, known by its hash; raises UsageError where some are missing."""
    wanted = {row["sha256"] for row in file.rows["document"]}
    found = {page.sha256: page for page in pages if page.sha256 in wanted}
    missing = [f"{r['name']} ({r['sha256'][:12]}…)" for r in file.rows["document"] if r["sha256"] not in found]
    if missing:
        more = f" and {len(missing) - FAULTS_SHOWN} more" if len(missing) > FAULTS_SHOWN else ""
        raise UsageError(
            f"{file.path}: the bytes of {', '.join(missing[:FAULTS_SHOWN])}{more} are in none of the sources;"
            " name the files, folders or the case that the file was made from"
        )
    return {row["id"]: _page(row, found[row["sha256"]], file) for row in file.rows["document"]}


def _page(row: Row, page: RawPage, file: ClaimsFile) -> RawPage:
    if document_id(row["name"], row["sha256"]) != row["id"]:
        raise UsageError(f"{file.path}: {row['id']} is not the id of a document {row['name']} with these bytes")
    published = row["published"] or {}
    said = Metadata(
        published=published.get("start") if published.get("given") else None,
        outlet=row["outlet"] if row["outlet_basis"] == "given" else None,
        url=row["url"],
    )
    given = page.given if page.given != Metadata() else said
    return replace(page, name=row["name"], media_type=row["media_type"], given=given)


def make_documents(file: ClaimsFile, pages: Mapping[str, RawPage]) -> list[Document]:
    """The documents with what the file says of them; raises UsageError where a quote is not what stands there."""
    from tracewire.clean import clean_page
    from tracewire.export.check import check_spans

    documents = []
    for row in file.rows["document"]:
        try:
            cleaned = clean_page(pages[row["id"]])
        except DocumentError as error:
            raise UsageError(f"{file.path}: {error}") from error
        told = claims_rows.segments_of(row)
        if (told[-1].end if told else 0) != len(cleaned.raw):
            raise UsageError(
                f"{file.path}: the segments of {row['name']} do not cover its {len(cleaned.raw)} characters"
            )
        same = [(s.start, s.end, s.label) for s in told] == [(s.start, s.end, s.label) for s in cleaned.segments]
        segments = cleaned.segments if same else told
        documents.append(replace(cleaned, **claims_rows.document_fields(row), segments=segments))
    _refuse(file.path, check_spans(file.lines, {d.sha256: d.raw for d in documents}))
    return documents


def fill_case(file: ClaimsFile, pages: Iterable[RawPage], documents: Sequence[Document], pipeline: Pipeline) -> None:
    """Write all of it into the empty case of a pipeline."""
    store = pipeline.store
    store.add_pages(pages)
    store.save_documents(documents)
    for judgement in file.make("judgement", claims_rows.judgement_of):
        store.add_judgement(judgement)
    pipeline.run("dedupe")
    _keep_copies(file, store)
    store.replace_resolved(
        file.make("claim", claims_rows.claim_of),
        file.make("mention", claims_rows.mention_of),
        file.make("entity", claims_rows.entity_of),
        file.make("place", claims_rows.place_of),
    )
    store.replace_assembled(file.make("event", claims_rows.event_of), file.make("relation", claims_rows.relation_of))
    store.set_meta("imported", json.dumps(file.rows["header"][0]["readers"]))


def _keep_copies(file: ClaimsFile, store: Store) -> None:
    """What the file says of copies and origins stands; where comparing finds the same, with its reasons."""
    copies, _, stories = store.copies()
    found = {_told(copy): copy for copy in copies}
    told = claims_rows.copies_of(file.rows["document"])
    origins = claims_rows.origins_of(file.rows["document"])
    origins.sort(key=lambda o: (o.document, o.basis != "stated", o.basis, o.name))
    store.replace_copies([found.get(_told(copy), copy) for copy in told], origins, stories)


def _told(copy: Copy) -> tuple[str, str, str, float, float | None]:
    """What a claims file tells of a copy: of one with a direction, nothing of the share of the other side."""
    if copy.directed:
        return copy.document, copy.other, copy.relation, copy.share, None
    (first, share), (second, other) = sorted([(copy.document, copy.share), (copy.other, copy.other_share)])
    return first, second, copy.relation, share, other


def _refuse(path: Path, faults: Sequence[str]) -> None:
    if faults:
        more = f"\n  and {len(faults) - FAULTS_SHOWN} more" if len(faults) > FAULTS_SHOWN else ""
        shown = "".join(f"\n  {fault}" for fault in faults[:FAULTS_SHOWN])
        raise UsageError(f"{path}: is no claims file that can be imported:{shown}{more}")


def is_case(path: str | Path) -> bool:
    """Whether a folder is a case."""
    from tracewire.store.opening import DATABASE

    return (Path(path) / DATABASE).is_file()
