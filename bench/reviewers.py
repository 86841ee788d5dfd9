"""Many reviewers at once on one served case: judgements per second, codes of the answers, and whether any was lost.

    python bench/reviewers.py CASE [--reviewers 50] [--seconds 120]

CASE is copied first. Each reviewer takes claims at random, reads the page, accepts or rejects with the version that the
page shows, and sometimes undoes. An answer 303 is a judgement that must be in the log; 409 is a conflict that was said.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import httpx

from tracewire.store.reviewing import ReviewStore

_FORM = re.compile(r'action="/judge/claim/\w+">.*?name="csrf" value="(\w+)".*?name="version" value="(\d+)"', re.DOTALL)
_UNDO = re.compile(r'action="/undo/(\w+)".*?name="csrf" value="(\w+)"', re.DOTALL)


class Reviewer(threading.Thread):
    """One reviewer; `codes` counts answers, `written` the acts that the server said it wrote."""

    def __init__(self, address: str, claims: tuple[str, ...], until: float, seed: int) -> None:
        super().__init__()
        self.client = httpx.Client(base_url=address, timeout=60)
        self.claims, self.until, self.rnd = claims, until, random.Random(seed)
        self.codes: Counter[int] = Counter()
        self.written = 0

    def run(self) -> None:
        """Judge until the time is over."""
        while time.monotonic() < self.until:
            claim = self.rnd.choice(self.claims)
            page = self.client.get(f"/claims/{claim}")
            self.codes[page.status_code] += 1
            if form := _FORM.search(page.text):
                what = self.rnd.choice(("accept", "reject"))
                data = {"csrf": form[1], "version": form[2], "what": what}
                self._send(f"/judge/claim/{claim}", data)
            elif undo := _UNDO.search(page.text):
                self._send(f"/undo/{undo[1]}", {"csrf": undo[2], "version": "0"})

    def _send(self, path: str, data: dict[str, str]) -> None:
        answer = self.client.post(path, data=data)
        self.codes[answer.status_code] += 1
        self.written += answer.status_code == 303


def main() -> int:
    """Serve a copy, let the reviewers work, compare the log with what they were told; 1 where anything is lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", type=Path)
    parser.add_argument("--reviewers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        case = Path(shutil.copytree(given.case, Path(folder) / "copy.case"))
        with ReviewStore(case) as store:
            before, claims = store.judgement_count(), store.find_claims({}, 200).ids
        command = [sys.executable, "-m", "tracewire", "serve", str(case), "--port", "0"]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert server.stderr is not None
        address = server.stderr.readline().split(" at ")[1].split()[0]
        until = time.monotonic() + given.seconds
        people = [Reviewer(address, claims, until, n) for n in range(given.reviewers)]
        for person in people:
            person.start()
        for person in people:
            person.join()
        server.terminate()
        server.wait(20)
        with ReviewStore(case) as store:
            logged = store.judgement_count() - before
    codes = sum((p.codes for p in people), Counter[int]())
    written = sum(p.written for p in people)
    print(f"answers {dict(sorted(codes.items()))}; acts told as written {written}, rows in the log {logged}")
    lost = written != logged or any(code >= 500 for code in codes)
    print("something was lost" if lost else "nothing was lost")
    return int(lost)


if __name__ == "__main__":
    sys.exit(main())
