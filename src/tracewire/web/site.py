"""The case behind the pages: opened for each request, so that a run beside the server is seen at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
KEPT = 32
"""Figures kept until the case changes: counting all rows of a large case takes longer than a page may."""

Value = TypeVar("Value")


class Site:
    """A case and its codebook. Reads run side by side; writes wait for one another, and shortly for other programs."""

    def __init__(self, path: Path, settings: Settings | None = None) -> None:
        self.path = path
        self.settings = settings or Settings()
        self.codebook: Codebook = load_codebook(user_packs(self.settings))
        self._writing = threading.Lock()
        self._kept: dict[str, tuple[str, object]] = {}

    @contextmanager
    def reading(self) -> Iterator[ReviewStore]:
        """The case as it is now, for one request."""
        store = ReviewStore(self.path)
        try:
            yield store
        finally:
            store.close()

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

    def kept(self, store: ReviewStore, key: str, make: Callable[[], Value]) -> Value:
        """A figure over the whole case, made again once the case has changed."""
        mark = f"{store.get_meta('assembled')}:{store.judgement_count()}:{store.get_meta('deduped')}"
        held = self._kept.get(key)
        if held is None or held[0] != mark:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            held = (mark, make())
            self._kept[key] = held
        return held[1]  # type: ignore[return-value]
