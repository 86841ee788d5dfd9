"""A case: one investigation, kept in a folder; the door of the Python API."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from tracewire import plugins
from tracewire.config import Settings
from tracewire.errors import CaseError, UsageError
from tracewire.model import (
    Claim,
    Document,
    Entity,
    Event,
    Failure,
    Judgement,
    Metadata,
    Place,
    RawPage,
    Record,
    stable_id,
)
from tracewire.pipeline.stages import Pipeline, Progress, Stage, Summary, _silent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracewire.query import Hop
    from tracewire.store.base import Store


class Case:
    """An open case. Reads work at any time; `add` and `run` take the case's write lock while they work."""

    def __init__(self, path: str | Path, settings: Settings | None = None) -> None:
        self.path = Path(path)
        self.settings = settings or Settings()
        self._record: Record | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._record = None

    def add(
        self,
        *sources: str | Path,
        metadata: str | Path | Mapping[str, Metadata] | None = None,
        progress: Progress | None = None,
    ) -> Summary:
        """Keep the bytes of files and folders; `metadata` is a CSV or JSONL file, or a mapping by file name."""
        pages, given = self._pages(sources), self._metadata(metadata)
        with self._pipeline(progress, create=True) as pipeline:
            pipeline.ingest(pages, given)
            return pipeline.finish()

    def run(self, *, until: Stage = "assemble", progress: Progress | None = None) -> Summary:
        """Bring the case up to date: every stage that is not current, up to and with `until`."""
        with self._pipeline(progress, create=False) as pipeline:
            return pipeline.run(until)

    def add_and_run(
        self,
        *sources: str | Path,
        metadata: str | Path | Mapping[str, Metadata] | None = None,
        until: Stage = "assemble",
        progress: Progress | None = None,
    ) -> Summary:
        """`add` and `run` under one lock, with one summary."""
        pages, given = self._pages(sources), self._metadata(metadata)
        with self._pipeline(progress, create=True) as pipeline:
            pipeline.ingest(pages, given)
            return pipeline.run(until)

    def import_claims(self, claims: str | Path, *sources: str | Path, progress: Progress | None = None) -> Summary:
        """Make the case of a claims file and of the bytes of its documents: files, folders or the case it was made of.

        Raises UsageError, and makes nothing, where a line is wrong or a quote is not what stands in its document. What
        is read here later takes the place of the imported claims; judgements stay.
        """
        from tracewire.pipeline.importing import fill_case, find_pages, make_documents, read_claims_file

        if self.path.exists() and any(self.path.iterdir()):
            raise UsageError(f"{self.path}: is there already; a claims file is imported into a new case")
        file = read_claims_file(Path(claims))
        pages = find_pages(file, self._bytes_of(sources))
        documents = make_documents(file, pages)
        with self._pipeline(progress, create=True) as pipeline:
            fill_case(file, pages.values(), documents, pipeline)
            return pipeline.finish()

    def merge(self, *cases: str | Path, progress: Progress | None = None) -> Summary:
        """Make the case of what others hold: pages with their custody, readings and judgements; the rest is worked out
        again. Raises UsageError where a judgement has other content in another case."""
        from tracewire.pipeline.merging import fill

        if self.path.exists() and any(self.path.iterdir()):
            raise UsageError(f"{self.path}: is there already; cases are merged into a new one")
        others = [Case(path, self.settings) for path in cases]
        for other in others:
            other.record()
        with self._pipeline(progress, create=True) as pipeline:
            for other in others:
                with other._store(write=False, create=False) as store:
                    pipeline.summary.notes += fill(pipeline.store, store)
            return pipeline.run()

    def _bytes_of(self, sources: Sequence[str | Path]) -> Iterator[RawPage]:
        """The pages of files, folders and cases."""
        from tracewire.pipeline.importing import is_case

        for source in sources:
            if is_case(source):
                with Case(source, self.settings)._store(write=False, create=False) as store:
                    yield from store.pages()
            else:
                yield from (page for page in self._pages([source]) if isinstance(page, RawPage))

    def record(self) -> Record:
        """Everything the case holds; read once and kept until the next `add` or `run`."""
        if self._record is None:
            with self._store(write=False, create=False) as store:
                self._record = store.record()
        return self._record

    # ------------------------------------------------------------ questions

    def documents(self, **filters: Any) -> list[Document]:
        """Documents; filters: outlet, text, since, until."""
        from tracewire import query

        return query.filter_documents(self.record(), **filters)

    def claims(self, **filters: Any) -> list[Claim]:
        """Claims; filters: type, actor, materiel, place, since, until, outlet, modality, polarity, text, document."""
        from tracewire import query

        return query.filter_claims(self.record(), **filters)

    def events(self, **filters: Any) -> list[Event]:
        """Events; the same filters as `claims`."""
        from tracewire import query

        return query.filter_events(self.record(), **filters)

    def actors(self, **filters: Any) -> list[Entity]:
        """Actors; filters: type, text."""
        from tracewire import query

        return query.filter_actors(self.record(), **filters)

    def places(self, **filters: Any) -> list[Place]:
        """Places; filters: text, country."""
        from tracewire import query

        return query.filter_places(self.record(), **filters)

    def flows(self, **filters: Any) -> list[Hop]:
        """Hops of materiel from hand to hand; the same filters as `claims`."""
        from tracewire import query

        return query.flows(self.record(), **filters)

    # ------------------------------------------------------------ leaving

    def export(
        self,
        format: str,
        output: str | Path | None = None,
        *,
        only: Literal["accepted"] | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> str:
        """The record in a format (see `tracewire.plugins.names("exporters")`), also written to `output` if given.

        `only="accepted"` takes what a reviewer accepted; `tell` is called with what was left out and why. Formats that
        are no text (parquet, report-pdf) are only written to `output` and return "".
        """
        from tracewire.export.only import accepted

        exporter = plugins.load("exporters", format)()
        record = accepted(self.record()) if only == "accepted" else self.record()
        text = ""
        if hasattr(exporter, "save"):
            if output is None:
                raise UsageError(f"--format {format} is no text: name a file with --output")
            save_whole(Path(output), lambda path: exporter.save(record, path))
        else:
            text = "".join(exporter.write(record))
            if output is not None:
                write_text(Path(output), text, getattr(exporter, "encoding", "utf-8"))
        for note in getattr(exporter, "notes", ()):
            if tell is not None:
                tell(note)
        return text

    # ------------------------------------------------------------ judging

    def judge(self, what: Any, on: str, change: dict[str, Any], *, why: str = "", by: str | None = None) -> Judgement:
        """Append a signed judgement on an actor; it shows in the record after the next `run`.

        `by` is the login name where it is not given. See `tracewire.resolve.actor_links.decisions` for `change`.
        """
        import getpass

        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        signed = by or getpass.getuser()
        made = Judgement(
            stable_id("j", at, signed, what, on, sorted(change.items())), at, signed, what, on, change, why
        )
        self._record = None
        with self._store(write=True, create=False) as store:
            store.add_judgement(made)
        return made

    def undo(self, judgement: str) -> None:
        """Take a judgement back; UsageError where there is none of that id."""
        self._record = None
        with self._store(write=True, create=False) as store:
            found = next((j for j in store.judgements() if j.id == judgement), None)
            if found is None:
                raise UsageError(f"{judgement}: the case has no judgement of that id")
            store.add_judgement(replace(found, undone=True))

    # ------------------------------------------------------------ keeping

    def custody(self) -> list[dict[str, str | None]]:
        """How each document came: where from, when, by which version, with which hash and what a server answered."""
        with self._store(write=False, create=False) as store:
            return list(store.custody())

    def verify(self) -> list[tuple[str, str, str]]:
        """What no longer is as it was kept: document name, SHA-256 and the problem; empty where all is whole.

        Every kept byte is hashed again, and every document is checked against its text: segments that cover it,
        spans that quote it.
        """
        with self._store(write=False, create=False) as store:
            problems = list(store.check_raw())
            if not problems:
                problems = [(d.name, d.sha256, fault) for d in store.documents() for fault in faults(d)]
        return problems

    def preserve(self, output: str | Path, *, everything: bool = False) -> int:
        """Write what was fetched as a web archive (.warc or .warc.gz); returns how many pages are in it."""
        from tracewire import __version__
        from tracewire.ingest import write_warc

        path = Path(output)
        temporary = path.with_name(path.name + ".part")
        packed = path.name.lower().endswith(".gz")
        with self._store(write=False, create=False) as store:
            try:
                with temporary.open("wb") as stream:
                    software = f"tracewire/{__version__}"
                    count = write_warc(store.pages(), stream, software, packed=packed, everything=everything)
                temporary.replace(path)
            except OSError as error:
                temporary.unlink(missing_ok=True)
                raise CaseError(f"{path}: cannot be written: {error.strerror or error}") from error
        return count

    # ------------------------------------------------------------ parts

    def _pages(self, sources: Sequence[str | Path]) -> Iterator[RawPage | Failure]:
        """The pages of sources that are there; UsageError before anything is made where one is not."""
        from tracewire.ingest import iter_pages

        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return iter_pages(sources, self.settings, retrieved=now)

    def _metadata(self, metadata: str | Path | Mapping[str, Metadata] | None) -> Mapping[str, Metadata] | None:
        if metadata is None or isinstance(metadata, Mapping):
            return metadata
        from tracewire.ingest import load_metadata

        return load_metadata(Path(metadata))

    @contextmanager
    def _store(self, *, write: bool, create: bool) -> Iterator[Store]:
        store: Store = plugins.load("stores", self.settings.store)(self.path, write=write, create=create)
        try:
            yield store
        finally:
            store.close()

    @contextmanager
    def _pipeline(self, progress: Progress | None, *, create: bool) -> Iterator[Pipeline]:
        self._record = None
        with self._store(write=True, create=create) as store:
            yield Pipeline(store, self.settings, progress or _silent)


def open_case(path: str | Path, settings: Settings | None = None) -> Case:
    """The case at `path`; it is made by the first `add`."""
    return Case(path, settings)


def faults(document: Document) -> list[str]:
    """Where a document does not fit its own text; empty where every character has one segment and every span quotes."""
    found = []
    at = 0
    for segment in document.segments:
        if segment.start != at or segment.end <= segment.start:
            found.append(f"its segments leave a gap or overlap at {at}")
        at = segment.end
    if at != len(document.raw):
        found.append(f"its segments cover {at} of {len(document.raw)} characters")
    spans = [document.title, *(credit.span for credit in document.credits)]
    for span in spans:
        if span is not None and document.raw[span.start : span.end] != span.quote:
            found.append(f"its span {span.start}-{span.end} does not quote the text")
    return found


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a text file whole or not at all."""
    save_whole(path, lambda part: _write(part, text, encoding))


def _write(path: Path, text: str, encoding: str) -> None:
    path.write_text(text, encoding, newline="")


def save_whole(path: Path, save: Callable[[Path], object]) -> None:
    """Let `save` write a file or folder beside `path`, and put it there only when it is whole."""
    temporary = path.with_name(path.name + ".part")
    try:
        _remove(temporary)
        save(temporary)
        if temporary.is_dir() and path.is_dir() and any(p.suffix != ".parquet" for p in path.iterdir()):
            raise CaseError(f"{path}: holds other files: give a new folder with --output")
        if temporary.is_dir():
            _remove(path)
        temporary.replace(path)
    except OSError as error:
        raise CaseError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        _remove(temporary)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
