"""How long pages of a large case take: an invented case, the median and the 95th percentile of every page, and memory.

    python bench/web.py [--documents 10000] [--claims 30000] [--case FOLDER] [--rounds 15] [--paint]

Seconds are wall time of one request in this process (no network); `cpu` is the median of what the process computed for
it, which is what the wall time is on a machine that does nothing else. The case is made
once in FOLDER (`web_case.py`) and used again. Limits are those of the issue: 0.3 s at the median, 1 s at the 95th
percentile, 0.2 s for search, 500 MB, 1 MB a page; with `--paint` also 1 s until Chromium has drawn something.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from tracewire.store.reviewing import ReviewStore
from tracewire.web import create_app

MOST_BYTES = 1_000_000
STATIC = 240_000
"""Bytes of scripts and styles of a page with a map."""


def paths_of(path: Path) -> list[str]:
    """One page of each kind, and searches."""
    with ReviewStore(path) as store:
        event = store.find_events({}, 1).ids[0]
        claim = store.claims_of(store.find_claims({}, 1).ids)[0]
        word = claim.evidence[0].quote.split()[1]
        story = store.stories(1)[0].id
        known = store.key_tally("entity", 1)[0][0]
    entity = claim.roles[0].entity
    return [
        "/", "/queue", "/events", "/claims", "/documents", "/stories", "/actors", "/places", "/materiel", "/sources",
        "/log", "/exports", "/agreement", f"/events/{event}", f"/claims/{claim.id}", f"/claims/{claim.id}/edit",
        f"/documents/{claim.document}", f"/stories/{story}", f"/actors/{entity}",
        f"/actors/{known}", f"/claims?entity={known}&type=strike", f"/events?entity={known}",
        "/claims?modality=conditional", "/claims?judgement=none", "/queue?type=clash",
        f"/places/{claim.places[0].place}", "/materiel/atgm", "/events?type=capture&since=2017",
        "/claims?type=strike&outlet=Outlet+7",
        f"/search?text={word}", f"/search?text={word}&kind=documents", f"/search?text={word}&kind=events",
        "/api/v1/claims?limit=50", "/api/v1/events?limit=50",
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """Seconds by the clock, seconds computed, bytes."""

    wall: float
    cpu: float
    size: int


def _timed(client: TestClient, path: str, data: dict[str, str] | None = None) -> Answer:
    begun, computed = time.perf_counter(), time.process_time()
    answer = client.get(path) if data is None else client.post(path, data=data)
    taken = Answer(time.perf_counter() - begun, time.process_time() - computed, len(answer.content))
    assert answer.status_code in (200, 303), (path, answer.status_code)
    return taken


def _row(what: str, answers: list[Answer], limit: float) -> bool:
    """Print a row of the table; True where a limit is broken."""
    times = [a.wall for a in answers]
    middle, late = statistics.median(times), sorted(times)[int(len(times) * 0.95)]
    computed, size = statistics.median(a.cpu for a in answers), max(a.size for a in answers)
    broken = middle > limit or late > 1 or size + STATIC > MOST_BYTES
    figures = f"{times[0]:7.3f} {middle:7.3f} {late:7.3f} {computed:7.3f} {size / 1000:6.0f}"
    print(f"{what[:46]:46} {figures}{' *' if broken else ''}", flush=True)
    return broken


def read_pages(client: TestClient, paths: list[str], rounds: int) -> int:
    """Ask for every page; returns how many broke a limit."""
    broken = 0
    for path in paths:
        made = [_timed(client, path) for _ in range(rounds)]
        limit = 0.2 if path.startswith("/search") else 0.3
        broken += _row(path, made, limit)
    return broken


def judge(client: TestClient, case: Path, rounds: int) -> int:
    """Accept events, look at what a judgement makes stale, take them back; returns how many broke a limit."""
    with ReviewStore(case) as store:
        events = store.find_events({"status": "candidate"}, rounds, order="weight").ids
    mark = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get("/queue").text)
    assert mark
    kinds: dict[str, list[Answer]] = {"accept an event": [], "then /": [], "then a search": [], "undo it": []}
    for event in events:
        with ReviewStore(case) as store:
            data = {"csrf": mark[1], "version": str(store.last_numbers([event])[event]), "what": "accept"}
        kinds["accept an event"].append(_timed(client, f"/judge/event/{event}", data))
        kinds["then /"].append(_timed(client, "/"))
        kinds["then a search"].append(_timed(client, "/search?text=ba"))
        with ReviewStore(case) as store:
            made = store.judgements_on([event])[-1].id
        kinds["undo it"].append(_timed(client, f"/undo/{made}", data))
    return sum(_row(what, made_, 0.2 if "search" in what else 0.3) for what, made_ in kinds.items())


def _painted(page: Any) -> float:
    """Seconds from the request to the first thing drawn."""
    while True:
        found = page.evaluate("performance.getEntriesByName('first-contentful-paint').map(e => e.startTime)")
        if found:
            return float(found[0]) / 1000
        page.wait_for_timeout(20)


def paint(case: Path, paths: list[str]) -> int:
    """Seconds until Chromium has drawn something of a page that a server on loopback gives; how many took over 1 s."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-m", "tracewire", "serve", str(case), "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    address = server.stderr.readline().split(" at ")[1].split()[0].rstrip("/")
    chromium = os.environ.get("TRACEWIRE_CHROMIUM") or shutil.which("chromium")
    late = 0
    try:
        with sync_playwright() as engine:
            browser = engine.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.goto(f"{address}/exports")  # the server's first page loads its templates
            for path in paths:
                page.goto(address + path)
                drawn = _painted(page)
                late += drawn > 1
                print(f"first paint {path[:46]:46} {drawn:7.3f}{' *' if drawn > 1 else ''}", flush=True)
            browser.close()
    finally:
        server.terminate()
        server.wait(20)
    return late


def main() -> int:
    """Make the case where it is not there, ask for every page, print the table; 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=30_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--case", type=Path, default=Path("build/web-bench.case"))
    parser.add_argument("--paint", action="store_true")
    given = parser.parse_args()
    if not (given.case / "case.db").exists():
        # in a process of its own, so that its memory is not taken for the server's
        made = [sys.executable, str(Path(__file__).with_name("web_case.py")), str(given.case)]
        made += [
            "--documents",
            str(given.documents),
            "--claims",
            str(given.claims),
            "--judged",
            str(given.claims // 15),
        ]
        subprocess.run(made, check=True)
    paths = paths_of(given.case)
    with TestClient(create_app(given.case), base_url="http://127.0.0.1", follow_redirects=False) as client:
        print(f"{'page':46} {'first':>7} {'median':>7} {'95 %':>7} {'cpu':>7} {'kB':>6}")
        broken = read_pages(client, paths, given.rounds)
        broken += judge(client, given.case, max(3, given.rounds // 2))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"peak memory of this process: {peak:.0f} MB")
    if given.paint:
        broken += paint(given.case, [p for p in paths if not p.startswith("/api/")])
    return 1 if broken or peak > 500 else 0


if __name__ == "__main__":
    sys.exit(main())
