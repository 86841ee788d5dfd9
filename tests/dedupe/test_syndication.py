"""Floors on a small syndication set; bench/copies.py prints the whole table."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench" / "copies.py"


def bench(path: Path = BENCH) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
def test_floors_on_a_seed_that_nothing_was_chosen_on(shared: Path, tmp_path: Path) -> None:
    reports = shared / "data" / "syndication" / "muc3-dev.jsonl.gz"
    if not reports.is_file():
        pytest.skip(f"{reports} is not there")
    made = tmp_path / "set.jsonl"
    tool = [sys.executable, str(shared / "tools" / "syndicate.py"), str(reports), str(made)]
    subprocess.run([*tool, "--seed", "101", "--bases", "60"], check=True, capture_output=True)
    module = bench()
    figures = module.score(module.read_rows(made))
    assert figures.f1 >= 0.978
    assert figures.quotes_as_copies <= 3
    assert figures.relation_right >= 0.92
    assert figures.run_characters >= 0.95


@pytest.mark.shared
def test_floors_on_operators_that_nothing_was_chosen_on(shared: Path, tmp_path: Path) -> None:
    reports = shared / "data" / "syndication" / "muc3-dev.jsonl.gz"
    if not reports.is_file():
        pytest.skip(f"{reports} is not there")
    made = tmp_path / "set.jsonl"
    tool = [sys.executable, str(BENCH.with_name("operators.py")), str(reports), str(made)]
    subprocess.run([*tool, "--seed", "23", "--bases", "40"], check=True, capture_output=True)
    module = bench()
    figures = module.score(module.read_rows(made))
    # a third of its pairs share a statement, a release or quotations: harder than the other set
    assert figures.f1 >= 0.97
    assert figures.relation_right >= 0.92
    assert figures.run_characters >= 0.95


def test_the_table_names_every_figure() -> None:
    module = bench()
    text = "The ferry sank off the cape at noon and all nine of its crew swam ashore, the pilot said."
    rows = [module.Row("a", text, None, "original"), module.Row("a#light", text, "a", "copy")]
    printed = module.table(module.score(rows))
    assert "F1 1.0000" in printed
    assert "quoting reports taken for copies 0" in printed
