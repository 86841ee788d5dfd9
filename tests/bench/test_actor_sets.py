"""The marked reports of bench/actors: every mark is verbatim, every key of a known actor is a row."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tracewire.codebook import load_codebook

BENCH = Path(__file__).resolve().parents[2] / "bench"
FILES = sorted((BENCH / "actors").glob("*/*.txt"))


@pytest.fixture
def sets(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCH))
    import actor_sets

    yield actor_sets
    sys.modules.pop("actor_sets", None)


def test_there_are_ten_wars_and_three_parts() -> None:
    assert len(FILES) >= 10
    assert {path.parent.name for path in FILES} == {"dev", "test", "last"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_marks_are_verbatim_and_keys_are_rows(path: Path, sets: Any) -> None:
    book = load_codebook()
    for report in sets.own_case(path).reports:
        assert report.marked
        assert "{" not in report.document.raw
        for marked in report.marked:
            span = marked.mention.span
            assert report.document.raw[span.start : span.end] == span.quote
            assert span.quote == span.quote.strip()
            key = (marked.key or "").lstrip("~")
            if key.startswith("="):
                assert key[1:] in book.actors, f"{path.name}: {key}"
                assert (book.actors[key[1:]].type == "person") == (marked.mention.type == "PERSON"), key
