"""The package as a whole: a light bare import, the layers, the shipped data."""

from __future__ import annotations

import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
HEAVY = (
    "trafilatura",
    "lxml",
    "dateparser",
    "onnxruntime",
    "tokenizers",
    "jsonschema",
    "rapidfuzz",
    "numpy",
    "htmldate",
    "httpx",
    "rich",
    "typer",
)


def test_a_bare_import_is_light() -> None:
    code = "import sys, tracewire; print(*sorted(m.partition('.')[0] for m in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert not set(HEAVY) & set(loaded)


def test_a_bare_import_takes_under_three_tenths_of_a_second() -> None:
    def seconds(code: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - start

    bare = min(seconds("pass") for _ in range(3))
    assert min(seconds("import tracewire") for _ in range(3)) - bare < 0.3


def test_layers_hold() -> None:
    done = subprocess.run(["lint-imports"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_shipped_data_are_there() -> None:
    package = files("tracewire")
    for name in (
        "py.typed",
        "demo/metadata.csv",
        "demo/README.md",
        "export/claims.schema.json",
        "codebook/actors.toml",
    ):
        assert (package / name).is_file(), name


def test_no_file_is_too_long() -> None:
    for path in (REPOSITORY / "src").rglob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= 600, path
