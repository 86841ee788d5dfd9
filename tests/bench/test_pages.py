"""The measures of bench/pages.py and bench/plain.py on texts whose scores are plain to see."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"tracewire_bench_{name}", BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    return load("pages")


def test_shingles_are_parts_of_one_page(pages: ModuleType) -> None:
    assert pages.shingles("one two three four five", "one two three four five") == (1.0, 0.0, 0.0)
    assert pages.shingles("one two three four", "one two three four five") == (0.5, 0.0, 0.5)
    assert pages.shingles("", "one two three four")[2] == 1.0


def test_word_f1(pages: ModuleType) -> None:
    assert pages.word_f1("One two", "one TWO") == 1.0
    assert pages.word_f1("one", "one two three") == 0.5
    assert pages.word_f1("", "") == 1.0


def test_a_corrupted_report_knows_its_lines() -> None:
    plain = load("plain")
    body = [f"Nine trucks left the depot of Tilwa on day {n}, the governor told reporters there." for n in range(8)]
    made = plain.corrupt("x", "Convoy leaves Tilwa at night", body, random.Random(1))
    assert [line for line in made.of("body") if line] == body
    assert made.text().count("Convoy leaves Tilwa at night") >= 1
    scores = plain.score([made], show=False)
    assert scores["body kept"] > 0.95
