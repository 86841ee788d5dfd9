"""Sentences of the shared corpora, by where they stand: annotation is carried along without its text."""

from __future__ import annotations

import functools
import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("TRACEWIRE_SHARED", REPOSITORY.parent / "shared"))
CORPORA = SHARED / "data" / "corpora"


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of one shared corpus; raises SystemExit that names a file that is not there."""
    path = CORPORA / f"{name}.jsonl.gz"
    if not path.is_file():
        raise SystemExit(f"{path} is not there; set TRACEWIRE_SHARED to the folder that holds data/corpora")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def text_at(corpus: str, row: str, start: int | None = None, end: int | None = None) -> str:
    """A sentence row of m2e2-voa or geneva, or characters start to end of a report of muc4-train, begun with a capital.

    Raises KeyError for a corpus or row that is not there.
    """
    text = _texts(corpus)[row]
    if start is None:
        return text
    return text[start].upper() + text[start + 1 : end]


@functools.cache
def _texts(corpus: str) -> dict[str, str]:
    if corpus == "m2e2-voa":
        return {row["sentence_id"]: row["sentence"] for row in rows(corpus)}
    if corpus == "geneva":
        return {row["wnd_id"]: row["sentence"] for part in ("train", "val", "test") for row in rows(f"geneva-{part}")}
    return {row["docid"]: row["doctext"] for row in rows(corpus)}
