"""Noise keeps the annotation on its words."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from training.augment import NOISES, mistyped, rewritten  # noqa: E402
from training.data import OWN, Example, joined, neighbours, part_of, read_examples  # noqa: E402


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return read_examples(OWN / "own-x.jsonl")


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


@pytest.mark.parametrize("noise", [noise for noise, _ in NOISES if noise is not mistyped])
def test_spans_keep_their_letters(examples: list[Example], noise: object) -> None:
    rnd = random.Random(1)
    for example in examples[:200]:
        noisy = rewritten(example, list(noise(example.text, rnd)))  # type: ignore[operator]
        assert letters(noisy.text) == letters(example.text)
        for before, after in zip(example.claims, noisy.claims, strict=True):
            assert letters(noisy.text[slice(*after.trigger)]) == letters(example.text[slice(*before.trigger)])


def test_two_sentences_as_one_keep_their_spans(examples: list[Example]) -> None:
    one, other = next(neighbours(examples))
    both = joined(one, other)
    assert [both.text[slice(*m.at)] for m in both.mentions] == [
        e.text[slice(*m.at)] for e in (one, other) for m in e.mentions
    ]


def test_own_reports_train_and_a_document_has_one_part(examples: list[Example]) -> None:
    assert {part_of(e) for e in examples} == {"train"}
    real = [Example("real-a", f"d{i // 5}", i, "", (), ()) for i in range(500)]
    parts = {}
    for example in real:
        assert parts.setdefault(example.document, part_of(example)) == part_of(example)
    assert set(parts.values()) == {"train", "dev", "test"}


@pytest.mark.parametrize("path", sorted(OWN.glob("own-*.jsonl")), ids=lambda p: p.stem)
def test_every_quote_of_our_own_annotation_stands_in_its_text(path: Path) -> None:
    assert len(read_examples(path)) > 100
