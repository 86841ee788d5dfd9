"""Annotation that is carried without its text finds it again, and never another."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from training import sources  # noqa: E402
from training.data import OWN, kept_apart, read_examples  # noqa: E402

ROW = {
    "doc": "muc3:R1", "i": 2, "from": ["muc4-train", "R1", 7, 29], "sha256": "49467f3243ce5911",
    "mentions": [["GROUP", "nominal", 4, 10]],
    "claims": [{"type": "CAPTURE", "trigger": [11, 15], "args": {"captor": [[4, 10]]}, "place": [], "time": [],
                "source": [], "cue": None, "modality": "asserted", "polarity": "+"}],
}  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of corpora with one invented report in it."""
    with gzip.open(tmp_path / "muc4-train.jsonl.gz", "wt") as lines:
        lines.write(json.dumps({"docid": "R1", "doctext": "first. the rebels took a hill. last."}) + "\n")
    monkeypatch.setattr(sources, "CORPORA", tmp_path)
    sources._texts.cache_clear()
    yield tmp_path
    sources._texts.cache_clear()


def carried(folder: Path, row: dict[str, object]) -> Path:
    path = folder / "real-z.notext.jsonl"
    path.write_text(json.dumps(row) + "\n")
    return path


def test_offsets_find_their_words_in_the_corpus(corpus: Path) -> None:
    (example,) = read_examples(carried(corpus, ROW))
    assert (example.corpus, example.text) == ("real-z", "The rebels took a hill")
    assert example.text[slice(*example.claims[0].trigger)] == "took"


def test_another_text_is_refused(corpus: Path) -> None:
    with pytest.raises(ValueError, match=r"line 1: the text at .* is another than was annotated"):
        read_examples(carried(corpus, {**ROW, "sha256": "0" * 16}))


def test_a_missing_corpus_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "CORPORA", tmp_path)
    with pytest.raises(SystemExit, match="geneva-train"):
        next(sources.rows("geneva-train"))


CARRIED = sorted(path for path in OWN.glob("*.notext.jsonl") if not path.name.startswith("blind"))


@pytest.mark.parametrize("path", CARRIED, ids=lambda p: p.stem)
def test_no_carried_row_is_of_a_document_that_is_kept_apart(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert len(rows) > 100
    assert not [row["doc"] for row in rows if kept_apart(row["doc"])]
    assert not [row for row in rows if "text" in row]


@pytest.mark.parametrize("path", CARRIED, ids=lambda p: p.stem)
def test_every_carried_row_has_its_text(path: Path, shared: Path) -> None:
    assert all(example.text for example in read_examples(path))
