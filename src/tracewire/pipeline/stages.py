"""The only module that knows the order of the stages; runs them on one machine, resumes where a run stopped."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from tracewire import __version__, plugins
from tracewire.codebook import Codebook, load_codebook
from tracewire.config import Settings
from tracewire.errors import ReaderError, UsageError
from tracewire.model import Copy, Document, Failure, Metadata, RawPage, Reading, Record, stable_id

if TYPE_CHECKING:
    from tracewire.read import Reader
    from tracewire.resolve import Gazetteer
    from tracewire.store.base import Store

Stage = Literal["ingest", "clean", "dedupe", "read", "resolve", "assemble"]
STAGES: tuple[Stage, ...] = ("ingest", "clean", "dedupe", "read", "resolve", "assemble")
BATCH = 32
"""Documents between two commits: what an interruption can cost. Larger batches save under 1 % of the time."""

Progress = Callable[[str, int, int | None], None]
"""Called with stage, done, total (None while it is not known)."""
T = TypeVar("T")


@dataclass(slots=True)
class Summary:
    """What a run did: counts, failed documents, rows of the metadata file that fit no document, what a reader took.

    `warnings` is what must be known of documents that this run cleaned (error pages, stubs of paywalls, PDFs);
    `compared` counts the pairs of texts that it aligned in search of copies, `assembled` the claims that it set
    beside others: those that what is new can reach.
    """

    pages: int = 0
    cleaned: int = 0
    compared: int = 0
    assembled: int = 0
    read: int = 0
    documents: int = 0
    claims: int = 0
    events: int = 0
    failures: list[Failure] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    until: Stage = "assemble"

    @property
    def failed(self) -> bool:
        """Whether a document was left out."""
        return bool(self.failures)


def _silent(stage: str, done: int, total: int | None) -> None:
    """Progress for callers that want none."""


class Pipeline:
    """The stages over one open store. Every step is idempotent: what is current is not done again."""

    def __init__(self, store: Store, settings: Settings, progress: Progress = _silent) -> None:
        self.store = store
        self.settings = settings
        self.progress = progress
        self.summary = Summary()
        self._made: Reader | None = None
        self._before: Record | None = None

    def ingest(self, found: Iterable[RawPage | Failure], metadata: Mapping[str, Metadata] | None = None) -> None:
        """Keep the bytes of every page; `metadata` is by file name and goes over what the source itself says."""
        given = dict(metadata or {})
        used: set[str] = set()
        for batch in _batches(found, BATCH):
            pages = []
            for page in batch:
                if isinstance(page, Failure):
                    self.store.save_failure(page)
                    continue
                key = _metadata_key(page.name, given)
                used.update([key] if key else [])
                pages.append(replace(page, given=_merge(page.given, given[key])) if key else page)
            self.summary.pages += len(self.store.add_pages(pages))
            self.progress("ingest", self.summary.pages, None)
        self._update_known(given, used)

    def _update_known(self, given: Mapping[str, Metadata], used: set[str]) -> None:
        """Rows for documents that are in the case already replace what was said of them; the rest is reported."""
        left = {k: v for k, v in given.items() if k not in used}
        if not left:
            return
        changed: list[RawPage] = []
        for page in self.store.pages():
            key = _metadata_key(page.name, left)
            if key:
                used.add(key)
                merged = _merge(page.given, left[key])
                changed += [replace(page, given=merged)] if merged != page.given else []
        self.store.add_pages(changed)
        self.summary.unmatched = sorted(set(given) - used)

    def run(self, until: Stage = "assemble") -> Summary:
        """All stages after ingest, in order, up to and with `until`."""
        if until not in STAGES:
            raise UsageError(f"there is no stage {until!r}; the stages are {', '.join(STAGES)}")
        self.summary.until = until
        steps: dict[Stage, Callable[[], None]] = {
            "clean": self._clean,
            "dedupe": self._dedupe,
            "read": self._read,
            "resolve": self._resolve,
            "assemble": self._assemble,
        }
        assembled = self.store.get_meta("assembled")
        if until == "assemble" and assembled and assembled == self._assembled_mark():
            self._before = self.store.record()  # events that still are what assembly makes of what is there
        for stage in STAGES[1 : STAGES.index(until) + 1]:
            steps[stage]()
        return self.finish()

    def finish(self) -> Summary:
        """Counts of the case as it stands and the failures it keeps."""
        counts = self.store.counts()
        self.summary.documents = counts.documents
        self.summary.claims = counts.claims
        self.summary.events = counts.events
        self.summary.failures = list(self.store.failures())
        return self.summary

    # ------------------------------------------------------------ stages

    def _clean(self) -> None:
        from tracewire.clean import clean

        total = self.store.counts().uncleaned
        pages = self.store.pages(uncleaned=True)
        done = 0
        for batch in _batches(clean(_undated(pages), self.settings.clean), BATCH):
            cleaned = [d for d in batch if isinstance(d, Document)]
            self.store.save_documents(cleaned)
            self.summary.warnings += [f"{d.name}: {warning}" for d in cleaned for warning in d.warnings]
            for failure in batch:
                if isinstance(failure, Failure):
                    self.store.save_failure(failure)
            done += len(batch)
            self.summary.cleaned = done
            self.progress("clean", done, total)

    def _dedupe(self) -> None:
        documents = list(self.store.documents())
        window = self.settings.copy_window_days
        each = (f"{d.id}:{d.published}:{d.outlet}" for d in documents)
        mark = stable_id("", "dedupe", __version__, window, self._packs_mark(), *each)
        if self.store.get_meta("deduped") == mark:
            return
        from tracewire.dedupe import find_origins, find_stories

        self.progress("dedupe", 0, len(documents))
        copies = self._copies(documents)
        origins = find_origins(documents, copies, self._codebook())
        self.store.replace_copies(copies, origins, find_stories(documents, copies))
        self.store.set_meta("deduped", mark)
        self.progress("dedupe", len(documents), len(documents))

    def _copies(self, documents: Sequence[Document]) -> list[Copy]:
        """Copies among all; pairs that an earlier run compared are not compared again."""
        from tracewire.dedupe import METHOD, Workings, changes, find_copies

        kept = {kind: self.store.workings(kind) for kind in ("words", "pairs")}
        fresh = self.store.get_meta("compared") != METHOD
        workings = Workings() if fresh else Workings(kept["words"], kept["pairs"])
        copies = find_copies(documents, self.settings.copy_window_days, workings)
        for kind, now in (("words", workings.words), ("pairs", workings.judged)):
            added, dropped = changes(kept[kind], now)
            self.store.update_workings(kind, added, dropped)
        self.store.set_meta("compared", METHOD)
        self.summary.compared = workings.compared
        return copies

    def _read(self) -> None:
        reader = self._reader()
        documents = self._to_read(reader)
        if not documents:
            return
        try:
            self._read_all(reader, documents)
        except BaseException as error:
            for line in self._keep_account(reader):  # what a stopped run has spent is spent
                error.add_note(line)
            raise
        self.summary.notes += self._keep_account(reader)
        if (fingerprint := _fingerprint(reader)) is not None:
            self.store.set_meta(f"read:{reader.name}", fingerprint)

    def _to_read(self, reader: Reader) -> list[Document]:
        """What the reader has not read; of one that may leave gaps or change, also what it would now read otherwise."""
        wanted = self.store.unread(reader.name)
        if (fingerprint := _fingerprint(reader)) is not None:
            if self.store.get_meta(f"read:{reader.name}") != fingerprint:
                return list(self.store.documents())
            wanted |= {reading.document for reading in self.store.readings(reader.name) if reading.gaps}
        return [d for d in self.store.documents() if d.id in wanted] if wanted else []

    def _read_all(self, reader: Reader, documents: list[Document]) -> None:
        names = {d.id: d.name for d in documents}
        done = 0
        # Where a reading is waited and paid for, each is kept as soon as it is there.
        for batch in _batches(self._readings(reader, documents), BATCH if _fingerprint(reader) is None else 1):
            self.store.save_readings(r for r in batch if isinstance(r, Reading))
            for found in batch:
                if isinstance(found, Failure):
                    self.store.save_failure(found)
                elif found.gaps:
                    self.store.save_failure(Failure(names[found.document], "read", _in_part(found.gaps)))
            done += len(batch)
            self.summary.read = done
            self.progress("read", done, len(documents))

    def _readings(self, reader: Reader, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        for document in documents:
            try:
                yield reader.read(self._as_read(document))
            except (MemoryError, ImportError, ReaderError):
                raise
            except Exception as error:  # a fault in a reader costs one document, never the run
                yield Failure(document.name, "read", f"unexpected {type(error).__name__}: {error}")

    def _as_read(self, document: Document) -> Document:
        """The document as the reader gets it: with `restore` as its author wrote it, spans still those of the raw."""
        if not self.settings.restore:
            return document
        from tracewire.clean import restored

        names = (n for row in self._codebook().actors.values() for n in (row.name, *row.aliases, *row.exact))
        return replace(document, reading=restored(document, names))

    def _keep_account(self, reader: Reader) -> tuple[str, ...]:
        """Keep what the reading took with the case, one entry a run; returns it in words."""
        from tracewire.read import AccountableReader

        if not isinstance(reader, AccountableReader):
            return ()
        account = reader.account()
        if account.figures is not None:
            kept = json.loads(self.store.get_meta(f"account:{reader.name}") or "[]")
            self.store.set_meta(f"account:{reader.name}", json.dumps([*kept, account.figures], sort_keys=True))
        return account.lines

    def _resolve(self) -> None:
        from tracewire.resolve import resolve

        documents = list(self.store.documents())
        readings = {r.document: r for r in self.store.readings(self._reader_name())}
        _, origins, _ = self.store.copies()
        gazetteer, codebook = self._gazetteer(), self._codebook()
        judged = [j for j in self.store.judgements() if j.what in ("merge", "split") and j.on.startswith("e")]
        mark = stable_id(
            "", "resolve", __version__, self._readings_mark(), gazetteer.fingerprint(), self.store.get_meta("deduped"),
            codebook.fingerprint, *(f"{j.id}:{j.undone}" for j in judged),
            *(f"{d.id}:{d.published}:{d.outlet}:{_size(readings.get(d.id))}" for d in documents),
        )  # fmt: skip
        if self.store.get_meta("resolved") == mark:
            return
        self.progress("resolve", 0, len(documents))
        self.summary.notes += [f"knowledge: {line}" for line in codebook.replaced]
        found = resolve(documents, readings, codebook, gazetteer, origins, judged, self._cache())
        self.store.set_meta("assembled", "")  # replacing the claims drops the events made of them
        self.store.replace_resolved(found.claims, found.mentions, found.entities, found.places)
        self.store.set_meta("imported", "[]")  # claims that came by a file have given way to what was read here
        self.store.set_meta("resolved", mark)
        self.progress("resolve", len(documents), len(documents))

    def _assembled_mark(self) -> str:
        """What events are made from: code, knowledge, claims, copies and judgements."""
        judged = stable_id("", *(f"{j.id}:{j.undone}" for j in self.store.judgements()))
        made_of = self.store.get_meta("resolved"), self.store.get_meta("deduped"), judged
        return stable_id("", "assemble", __version__, self._codebook().fingerprint, *made_of)

    def _assemble(self) -> None:
        from tracewire.assemble import assemble, assemble_anew

        mark = self._assembled_mark()
        if self.store.get_meta("assembled") == mark:
            return
        self._settle()
        record = self.store.record()
        self.progress("assemble", 0, len(record.claims))
        if self._before is None:
            events, relations = assemble(record, self._codebook())
            self.summary.assembled = len(record.claims)
        else:
            events, relations, self.summary.assembled = assemble_anew(record, self._before, self._codebook())
        self.store.replace_assembled(events, relations)
        self.store.set_meta("assembled", mark)
        self.progress("assemble", len(record.claims), len(record.claims))

    def _settle(self) -> None:
        """Lay the judgements of people over claims that were made anew."""
        from tracewire.store.reviewing import ReviewStore

        if isinstance(self.store, ReviewStore):
            from tracewire.review import settle

            settle(self.store)

    # ------------------------------------------------------------ parts

    def _codebook(self) -> Codebook:
        return load_codebook(user_packs(self.settings), self._cache())

    def _cache(self) -> Path:
        return self.settings.data_home() / "cache"

    def _packs_mark(self) -> str:
        """What the user's packs hold: a changed row is a reason to work again."""
        return stable_id("", *(pack.read_bytes().hex() for pack in user_packs(self.settings)))

    def _gazetteer(self) -> Gazetteer:
        from tracewire.resolve import Gazetteer

        gazetteer = Gazetteer(self.settings.data_home())
        if not gazetteer.is_built():
            self.progress("places", 0, 1)
            gazetteer.build()
            self.progress("places", 1, 1)
        return gazetteer

    def _reader_name(self) -> str:
        return self._reader().name

    def _readings_mark(self) -> str:
        """Which readings claims are made of: the reader and, where it has one, its fingerprint."""
        return self._reader_name() + (self.store.get_meta(f"read:{self._reader_name()}") or "")

    def _reader(self) -> Reader:
        if self._made is None:
            from tracewire.read import ReaderContext

            context = ReaderContext(
                self._codebook(),
                self._gazetteer().contains,
                self.settings.favour,
                llm=self.settings.llm,
                home=self.settings.data_home(),
            )
            self._made = plugins.load("readers", self.settings.reader)(context)
        return self._made


def user_packs(settings: Settings) -> tuple[Path, ...]:
    """The user's knowledge packs: `packs/*.toml` in the data folder, by name."""
    return tuple(sorted((settings.data_home() / "packs").glob("*.toml")))


def _fingerprint(reader: Reader) -> str | None:
    """What the readings of a reader outside this package depend on; None for one that its name tells all of."""
    from tracewire.read import AccountableReader

    return reader.fingerprint if isinstance(reader, AccountableReader) else None


def _in_part(gaps: tuple[str, ...]) -> str:
    """Why a document is read only in part; the next run tries again."""
    return f"read in part, {len(gaps)} of its stretches not: {gaps[0]}"


def _size(reading: Reading | None) -> int:
    return len(reading.claims) if reading else -1


def _undated(pages: Iterable[RawPage]) -> Iterator[RawPage]:
    """A file of the user's was retrieved who knows when: the time it was added is custody, not a fact of the text."""
    for page in pages:
        yield page if page.exchange is not None else replace(page, retrieved="")


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _metadata_key(name: str, given: Mapping[str, Metadata]) -> str | None:
    """The metadata row of a page: its name, else the last part of its name."""
    if name in given:
        return name
    base = name.rpartition("/")[2]
    return base if base in given else None


def _merge(own: Metadata, over: Metadata) -> Metadata:
    """What the metadata file says goes over what the source says of itself."""
    said: dict[str, Any] = {f: getattr(over, f) for f in Metadata.__slots__ if getattr(over, f) is not None}
    return replace(own, **said)
