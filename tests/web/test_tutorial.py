"""The tutorial's last steps in Chromium: from `tracewire demo --serve` to an accepted, exported event.

Each step leaves a picture in build/screenshots. Those that the tutorial shows lie in docs/images with the words of their
buttons, labels and headings (review.json): where the pages say something else now, this fails, and

    TRACEWIRE_DOCS_IMAGES=1 pytest tests/web/test_tutorial.py

takes them anew.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install -e '.[dev]')")
CHROMIUM = os.environ.get("TRACEWIRE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)")
ROOT = Path(__file__).resolve().parents[2]
BUILD, IMAGES = ROOT / "build" / "screenshots", ROOT / "docs" / "images"
STEPS = ("review-queue", "review-event", "review-exports")
SIZE = {"width": 960, "height": 640}
FIXED = "header nav a, main button, thead th, main label:not(.tick), main .panel summary"
"""What a page says whatever the case holds; figures and choices in it are left out."""


@pytest.fixture(scope="module")
def demo(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address that `tracewire demo --serve` prints, and the folder that it was started in."""
    folder = tmp_path_factory.mktemp("tutorial")
    environment = {**os.environ, "TRACEWIRE_HOME": str(home)}
    command = [sys.executable, "-m", "tracewire", "demo", "--serve", "--quiet", "--port", "0"]
    server = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    said = []
    for line in server.stderr:
        said.append(line)
        if found := re.search(r" at (http://127\.0\.0\.1:\d+)/", line):
            yield found[1], folder
            break
    else:
        pytest.fail(f"demo --serve ended before it served: {''.join(said)}")
    server.terminate()
    server.wait(10)
    server.stderr.close()


def _fixed(page: Any) -> list[str]:
    words = page.eval_on_selector_all(
        FIXED, "all => all.map(e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join(' '))"
    )
    return sorted({" ".join(w.split()) for w in words if w.strip()})


def test_from_the_demo_to_an_accepted_exported_event(demo: tuple[str, Path]) -> None:
    address, folder = demo
    BUILD.mkdir(parents=True, exist_ok=True)
    said: dict[str, list[str]] = {}

    def picture(name: str) -> None:
        said[name] = _fixed(page)
        page.screenshot(path=str(BUILD / f"{name}.png"))

    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        page.goto(f"{address}/")
        page.get_by_role("link", name="Judge them one by one").click()
        page.wait_for_url("**/queue")
        first = page.locator("[data-item]").first
        id_, deed = first.get_attribute("id").removeprefix("item-"), first.locator(".deed a").first.inner_text()
        picture("review-queue")
        page.keyboard.press("a")
        page.wait_for_selector(f"#item-{id_}.done")
        page.goto(f"{address}/events/{id_}")
        assert page.locator("h1").inner_text() == deed
        assert page.locator("main .lead .chip").inner_text() == "accepted"
        picture("review-event")
        page.get_by_role("link", name="Exports").click()
        picture("review-exports")
        with page.expect_download() as held:
            page.get_by_role("link", name="claims, accepted only").click()
        saved = folder / held.value.suggested_filename
        held.value.save_as(saved)
        browser.close()
    rows = [json.loads(line) for line in saved.read_text("utf-8").splitlines()]
    assert [r["id"] for r in rows if r.get("kind", r.get("record")) == "event" or r.get("id") == id_] == [id_]
    command = [sys.executable, "-m", "tracewire", "export", "demo.case", "--only", "accepted"]
    printed = subprocess.run(command, cwd=folder, capture_output=True, check=True, encoding="utf-8")
    assert printed.stdout == saved.read_text("utf-8")
    _kept(said)


def _kept(said: dict[str, list[str]]) -> None:
    """The tutorial's pictures are of these pages."""
    kept = IMAGES / "review.json"
    if os.environ.get("TRACEWIRE_DOCS_IMAGES"):
        for name in STEPS:
            shutil.copy(BUILD / f"{name}.png", IMAGES / f"{name}.png")
        kept.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert json.loads(kept.read_text("utf-8")) == said, "docs/images are of other pages: see the head of this file"
    for name in STEPS:
        assert f"images/{name}.png" in (ROOT / "docs" / "tutorial.md").read_text("utf-8")
