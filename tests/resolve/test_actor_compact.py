"""Very many names: the arrays answer as the dicts do, from memory, from a file, and from a broken file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tracewire.codebook import Codebook, load_codebook
from tracewire.resolve import actor_index
from tracewire.resolve.actor_index import ActorIndex

NAMES = ["Hezbollah", "hizbullah", "FSA", "fsa", "Free Syrian Army", "the Free Syria Army", "Wagner", "Nobody at All",
         "Free Syrian Armie", "Jabhat al Nusra", "Nusra Front", "M23", "Reuters", "", "Ansar Allah", "Ansarallah"]  # fmt: skip


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook()


def _answers(index: ActorIndex) -> list[object]:
    found: list[object] = [index.find(name) for name in NAMES]
    found += [index.find(name, True) for name in NAMES]
    found += [index.find_misspelt(name) for name in NAMES]
    return [*found, [index.is_name(name.replace(" ", "").lower()) for name in NAMES]]


def test_arrays_answer_as_dicts(book: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = _answers(ActorIndex(book))
    monkeypatch.setattr(actor_index, "MOST_IN_MEMORY", 10)
    assert _answers(ActorIndex(book)) == wanted
    assert _answers(ActorIndex(book, tmp_path)) == wanted
    files = sorted(tmp_path.glob("names-*.npy"))
    assert len(files) == 2
    assert _answers(ActorIndex(book, tmp_path)) == wanted
    files[0].write_bytes(files[0].read_bytes()[:100])  # a run was killed while it wrote
    assert _answers(ActorIndex(book, tmp_path)) == wanted


def test_other_packs_have_other_files(book: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actor_index, "MOST_IN_MEMORY", 10)
    ActorIndex(book, tmp_path)
    first = {file.name for file in tmp_path.glob("names-*.npy")}
    ActorIndex(replace(book, fingerprint="other"), tmp_path)
    second = {file.name for file in tmp_path.glob("names-*.npy")}
    assert len(second) == 2
    assert not first & second


def test_a_folder_that_cannot_be_written_is_no_fault(
    book: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actor_index, "MOST_IN_MEMORY", 10)
    (tmp_path / "cache").write_text("a file")
    assert ActorIndex(book, tmp_path / "cache").find("Hezbollah")
