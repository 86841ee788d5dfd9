"""Which documents are copies of one another, where their text comes from, and which tell of the same occurrences."""

from __future__ import annotations

from tracewire.dedupe.copies import find_copies, shared_runs
from tracewire.dedupe.index import CopyIndex
from tracewire.dedupe.origins import find_origins
from tracewire.dedupe.stories import StoryIndex, find_stories
from tracewire.dedupe.workings import METHOD, Workings, changes

__all__ = [
    "METHOD",
    "CopyIndex",
    "StoryIndex",
    "Workings",
    "changes",
    "find_copies",
    "find_origins",
    "find_stories",
    "shared_runs",
]
