"""Every kind of input from the command line, on loopback and in files; custody, verify and preserve."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
TEXT = "Fighters of the Red Column seized 12 mortars from an army depot near Kidal on Tuesday, a security source said."
PAGE = f"<html><head><title>Depot raided</title></head><body><article><h1>Depot raided</h1><p>{TEXT}</p></article></body></html>"


@pytest.fixture
def run(tmp_path: Path, home: Path) -> Run:
    """Run the command line in a folder of its own."""

    def call(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tracewire", *map(str, arguments)]
        environment = os.environ | {"TRACEWIRE_HOME": str(home), "COLUMNS": "200"}
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, env=environment, check=False, input=stdin
        )

    return call


def add(run: Run, *sources: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return run(
        "run",
        *sources,
        "--case",
        "x.case",
        "--until",
        "clean",
        "--quiet",
        "--allow-private",
        "--delay",
        "0",
        stdin=stdin,
    )


def custody(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("custody", "x.case", "--json").stdout)
    return found


def test_an_address_through_to_claims_verified_and_preserved(run: Run, site: Any, tmp_path: Path) -> None:
    address = site.add("/a.html", PAGE)
    done = run("run", address, "--case", "x.case", "--quiet", "--allow-private", "--delay", "0")
    assert done.returncode == 0, done.stderr
    (row,) = custody(run)
    assert (row["url"], row["status"], row["how"]) == (address, "200", "fetched")
    assert json.loads(run("documents", "x.case", "--json").stdout)[0]["url"] == address
    verified = run("verify", "x.case")
    assert (verified.returncode, "1 document" in verified.stderr) == (0, True)
    assert run("preserve", "x.case", "--warc", "x.warc.gz").returncode == 0
    again = run("run", "x.warc.gz", "--case", "y.case", "--until", "clean", "--quiet")
    assert again.returncode == 0, again.stderr
    one, two = (json.loads(run("custody", c, "--json").stdout)[0] for c in ("x.case", "y.case"))
    assert (one["sha256"], one["name"], one["retrieved"]) == (two["sha256"], two["name"], two["retrieved"])


def test_private_addresses_are_refused_by_default(run: Run, site: Any) -> None:
    done = run("run", site.add("/a", PAGE), "--case", "x.case", "--quiet", "--until", "clean")
    assert done.returncode == 1
    assert "--allow-private" in done.stderr


def test_a_feed(run: Run, site: Any) -> None:
    site.add("/a.html", PAGE)
    rss = f"<rss version='2.0'><channel><title>Dune</title><item><title>A</title><link>{site.address}/a.html</link></item></channel></rss>"
    assert add(run, site.add("/rss", rss, "application/rss+xml")).returncode == 0
    assert [row["how"] for row in custody(run)] == ["fetched"]


def test_an_error_page_is_kept_and_makes_no_text(run: Run, site: Any) -> None:
    site.add("/gone", f"<p>{TEXT}</p>", status=404)
    assert add(run, site.address + "/gone").returncode == 0
    shown = json.loads(run("show", "x.case", site.address + "/gone", "--json").stdout)
    assert any("HTTP 404" in warning for warning in shown["warnings"])
    assert {line.split()[1] for line in shown["segments"]} == {"nav:"}


def test_the_fast_path_cleans_a_crawl(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    done = run("run", "a.html", "--case", "x.case", "--until", "clean", "--quiet", "--clean", "fast")
    assert done.returncode == 0, done.stderr
    shown = json.loads(run("show", "x.case", "a.html", "--json").stdout)
    assert {"title:", "body:"} <= {line.split()[1] for line in shown["segments"]}
    refused = run("run", "a.html", "--case", "x.case", "--clean", "quick")
    assert refused.returncode == 2
    assert "there are best, fast" in refused.stderr


def test_stdin(run: Run) -> None:
    assert add(run, "-", stdin=TEXT).returncode == 0
    assert [row["name"] for row in custody(run)] == ["stdin"]


def test_files_of_many_kinds(run: Run, tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(make_pdf([TEXT]))
    (folder / "b.json").write_text(
        json.dumps({"maintext": TEXT, "title": "Depot raided", "date_publish": "2030-01-02 03:04:05"})
    )
    (folder / "c.jsonl").write_text(json.dumps({"text": TEXT}))
    (folder / "d.md").write_text(f"# Depot raided\n\n{TEXT}\n")
    done = add(run, folder)
    assert done.returncode == 0, done.stderr
    assert [row["name"] for row in sorted(custody(run), key=lambda row: row["name"])] == [
        "a.pdf",
        "b.json",
        "c.jsonl:1",
        "d.md",
    ]
    assert "SHA-256" in run("show", "x.case", "a.pdf").stdout


@pytest.mark.parametrize("change", ["bytes", "gone"])
def test_verify_names_what_changed(run: Run, tmp_path: Path, make_pdf: Callable[..., bytes], change: str) -> None:
    (tmp_path / "a.pdf").write_bytes(make_pdf([TEXT]))
    add(run, "a.pdf")
    digest = custody(run)[0]["original_sha256"]
    raw = tmp_path / "x.case" / "raw" / digest[:2] / digest
    raw.unlink()
    if change == "bytes":
        raw.write_bytes(b"other")
    done = run("verify", "x.case", "--json")
    assert done.returncode == 3
    assert [row["name"] for row in json.loads(done.stdout)] == ["a.pdf"]
