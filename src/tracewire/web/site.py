"""The case behind the pages: opened for each request, so that a run beside the server is seen at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tracewire.codebook import Codebook, load_codebook
from tracewire.config import Settings
from tracewire.errors import CaseLocked
from tracewire.pipeline import user_packs
from tracewire.review import Reviewer
from tracewire.store.reviewing import ReviewStore
from tracewire.web.access import User

LOCK_SECONDS = 3.0
"""How long a judgement waits for a run or another program that writes to the case."""
FACET_SECONDS = 30.0
"""How old the figures beside a search may be where people judge all the time: they guide, the list itself is exact."""
KEPT = 32
"""Figures kept until the case changes: counting all rows of a large case takes longer than a page may."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A figure, what the case was like when it was made, and when."""

    mark: str
    at: float
    value: object


class Site:
    """A case and its codebook. Reads run side by side; writes wait for one another, and shortly for other programs."""

    def __init__(self, path: Path, settings: Settings | None = None) -> None:
        self.path = path
        self.settings = settings or Settings()
        self.codebook: Codebook = load_codebook(user_packs(self.settings))
        self._writing = threading.Lock()
        self._kept: dict[str, _Kept] = {}

    @contextmanager
    def reading(self) -> Iterator[ReviewStore]:
        """The case as it is at one moment, for one request: what a run writes meanwhile is on the next page."""
        with ReviewStore(self.path) as store, store.snapshot():
            yield store

    @contextmanager
    def reviewing(self, user: User) -> Iterator[Reviewer]:
        """A reviewer at work; raises CaseLocked where a run holds the case for longer than a person waits."""
        with self._writing:
            store = self._open_to_write()
            try:
                yield Reviewer(store, self.codebook, user.name, blind=user.blind)
            finally:
                store.close()

    def _open_to_write(self) -> ReviewStore:
        end = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                return ReviewStore(self.path, write=True)
            except CaseLocked:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def kept(self, store: ReviewStore, key: str, make: Callable[[], Value], *, patience: float = 0) -> Value:
        """A figure over the whole case, made again once a run or, `patience` seconds later, a judgement changed it."""
        run = f"{store.get_meta('assembled')}:{store.get_meta('deduped')}"
        mark = f"{run}:{store.judgement_count()}"
        held = self._kept.get(key)
        fresh = held is not None and (
            held.mark == mark or (held.mark.startswith(f"{run}:") and time.monotonic() < held.at + patience)
        )
        if held is None or not fresh:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            held = _Kept(mark, time.monotonic(), make())
            self._kept[key] = held
        return held.value  # type: ignore[return-value]
