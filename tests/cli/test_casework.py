"""import, merge-cases, diff and stats as a person meets them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]
REPORT = "KIDAL, March 3, 2021 (Northern Courier) - Fighters of the Red Column seized 12 mortars from an army depot near Kidal on Tuesday, a security source said.\n"


def test_out_and_in_again_with_what_changed(run: Run, tmp_path: Path) -> None:
    for name, text in (("a.txt", REPORT), ("b.txt", REPORT + "The army denied it.\n")):
        (tmp_path / name).write_text(text, "utf-8")
        done = run("run", name, "--case", f"{name[0]}.case", "--reader", "rules", "--copy-window", "14", "--quiet")
        assert done.returncode == 0, done.stderr
    assert run("export", "a.case", "--output", "a.jsonl").returncode == 0

    assert run("import", "a.jsonl", "a.txt", "--case", "again.case").returncode == 0
    same = run("diff", "a.jsonl", "again.case", "--json")
    assert json.loads(same.stdout)["changes"] == []

    merged = run("merge-cases", "again.case", "b.case", "--case", "both.case", "--quiet")
    assert merged.returncode == 0, merged.stderr
    told = run("diff", "a.jsonl", "both.case", "--most", "1")
    assert "new document" in told.stdout
    assert "--most" in told.stdout
    figures = run("stats", "both.case")
    assert "documents: all 2" in figures.stdout
    assert json.loads(run("stats", "both.case", "--json").stdout)["documents"]["all"] == 2


def test_another_reader_is_no_change_of_each_claim(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    assert run("run", "a.txt", "--case", "a.case", "--reader", "rules", "--quiet").returncode == 0
    assert run("export", "a.case", "--output", "a.jsonl").returncode == 0
    changed = (tmp_path / "a.jsonl").read_text("utf-8").replace("rules@1", "other@1")
    (tmp_path / "b.jsonl").write_text(changed, "utf-8")
    told = run("diff", "a.jsonl", "b.jsonl").stdout
    assert "only in who read them" in told
    assert "reader: rules@1" not in told


def test_a_decision_on_actors_keeps_the_reader_of_the_claims(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    for reader in ("model", "rules"):
        assert run("run", "a.txt", "--case", "a.case", "--reader", reader, "--quiet").returncode == 0
    assert run("actor", "merge", "a.case", "Red Column", "Northern Courier").returncode == 0
    figures = json.loads(run("stats", "a.case", "--json").stdout)
    assert list(figures["readers"]) == ["rules@1"]
    assert "Read by: rules@1; codebook" in run("report", "a.case").stdout


def test_wrong_use_says_what_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    for arguments, words in (
        (("import", "a.txt", "a.txt", "--case", "x.case"), "line 1: not JSON"),
        (("diff", "a.txt", "none.case"), "no claims file"),
        (("diff", "none.case", "a.txt"), "there is no case and no claims file here"),
        (("merge-cases", "one.case", "--case", "x.case"), "two cases or more"),
    ):
        done = run(*arguments)
        assert (done.returncode, words in done.stderr) == (2, True), done.stderr
    assert run("stats", "none.case").returncode == 3
    assert not (tmp_path / "x.case").exists()
