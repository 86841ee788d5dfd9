"""How copy detection grows: invented reports in a stream of even density, with seconds, memory and what was found.

    python bench/scale.py [--reports 10000 100000] [--window 14] [--per-day 500] [--without-window]

Each size runs in a process of its own, so that the peak of memory is its own; seconds are of the processor, one core.
A third of the reports are copies, cuts, edits or quotations of one another; every outlet has a footer, and a fifth of
the words stand in stock phrases. The last line compares the time per report of the largest and the smallest size.
It exits with 1 where a floor is missed.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate

from tracewire.codebook import load_codebook
from tracewire.dedupe import find_origins
from tracewire.dedupe.candidates import find_candidates
from tracewire.dedupe.index import CopyIndex
from tracewire.dedupe.words import words_of
from tracewire.model import Copy, Document, Published
from tracewire.testing import make_document

SYLLABLES = ("ba", "ko", "ti", "zu", "mer", "lan", "fos", "gri", "dal", "nim", "rop", "vex", "sha", "ul", "en", "ost")
WORDS = 40_000
STOCK = 4_000
OUTLETS = 60
MEAN_SENTENCES = 16
FLOOR_ALL, FLOOR_CANDIDATES = 1_500, 3_000
MOST_GB, MOST_GROWTH = 2.0, 1.3
"""Floors: reports a second, memory, and the time per report of the largest against the smallest size."""
Sentences = list[str]


class Writer:
    """Invents reports: a vocabulary in which the n-th word is about 1/n as frequent, stock phrases, footers."""

    def __init__(self, seed: int = 7) -> None:
        self.rnd = random.Random(seed)
        names = {"".join(self.rnd.choices(SYLLABLES, k=self.rnd.randint(1, 4))) for _ in range(WORDS)}
        self.vocabulary = sorted(names)
        self.rnd.shuffle(self.vocabulary)
        self.cumulative = list(accumulate(1 / (n + 3) for n in range(len(self.vocabulary))))
        self.stock = [" ".join(self.words(self.rnd.randint(4, 8))) for _ in range(STOCK)]
        self.footers = [" ".join(self.words(self.rnd.randint(12, 40))) for _ in range(OUTLETS)]

    def words(self, n: int) -> list[str]:
        """So many words."""
        return self.rnd.choices(self.vocabulary, cum_weights=self.cumulative, k=n)

    def sentence(self) -> str:
        """About twenty words, in four of five cases with a stock phrase."""
        words = self.words(self.rnd.randint(8, 22))
        if self.rnd.random() < 0.8:
            words.insert(self.rnd.randrange(len(words)), self.rnd.choice(self.stock))
        return " ".join(words).capitalize() + "."

    def report(self) -> Sentences:
        """The sentences of one report."""
        return [self.sentence() for _ in range(self.rnd.randint(MEAN_SENTENCES - 8, MEAN_SENTENCES + 8))]

    def taken(self, base: Sentences) -> Sentences:
        """The sentences of one that copies, cuts, edits or quotes it."""
        kind = self.rnd.random()
        if kind < 0.35:
            return base
        if kind < 0.6:
            return base[: max(3, len(base) // 2)]
        if kind < 0.8:
            return [" ".join(w for w in s.split() if self.rnd.random() > 0.08) for s in base if self.rnd.random() > 0.1]
        own = self.report()
        return [*own[:3], f'"{base[0]}"', f'"{base[-1]}"', *own[3:]]


def stream(reports: int, per_day: int) -> Iterator[Document]:
    """So many reports, so many each day."""
    writer = Writer()
    recent: list[Sentences] = []
    for number in range(reports):
        day = (date(2021, 1, 1) + timedelta(days=number // per_day)).isoformat()
        if recent and writer.rnd.random() < 1 / 3:
            text = writer.taken(writer.rnd.choice(recent))
        else:
            text = writer.report()
            recent.append(text)
        del recent[: -per_day * 2]
        body = " ".join(text) + "\n\n" + writer.footers[number % OUTLETS]
        yield make_document(body, f"{number:07}", published=Published(day, day, "given", True))


def measure(reports: int, per_day: int, window: int | None) -> dict[str, float | int | dict[str, int]]:
    """Figures of one size."""
    documents = list(stream(reports, per_day))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    index = CopyIndex(window)
    begun = time.process_time()
    index.add(documents)
    words = time.process_time() - begun
    copies = index.copies()
    whole = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    origins, origins_s, origins_gb = _origins(documents, copies)
    late = list(stream(reports, per_day))[-1:]
    index.remove([late[0].id])
    index.copies()
    index.add(late)
    begun = time.process_time()
    again = index.copies()
    one = time.process_time() - begun
    assert again == copies
    return {
        "reports": reports, "words_s": words, "whole_s": whole, "one_more_s": one, "documents_gb": before,
        "peak_gb": peak, "origins_s": origins_s, "origins_gb": origins_gb, "origins": origins,
        "relations": dict(sorted(Counter(c.relation for c in copies).items())),
    }  # fmt: skip


def _origins(documents: Sequence[Document], copies: Sequence[Copy]) -> tuple[int, float, float]:
    """How many origins are found, the seconds and the peak of memory that this takes."""
    codebook = load_codebook()
    begun = time.process_time()
    found = find_origins(documents, copies, codebook)
    return len(found), time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def candidates_seconds(reports: int, per_day: int) -> float:
    """Seconds of the words and the index alone, without a window."""
    documents = list(stream(reports, per_day))
    begun = time.process_time()
    find_candidates(words_of(documents))
    return time.process_time() - begun


def main() -> int:
    """Run every size and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--per-day", type=int, default=500)
    parser.add_argument("--window", type=int, default=14)
    parser.add_argument("--without-window", action="store_true")
    parser.add_argument("--candidates", action="store_true", help="words and index alone")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    window = None if options.without_window else options.window
    if options.one:
        if options.candidates:
            seconds = candidates_seconds(options.reports[0], options.per_day)
            print(json.dumps({"reports": options.reports[0], "whole_s": seconds}))
        else:
            print(json.dumps(measure(options.reports[0], options.per_day, window)))
        return 0
    each: list[float] = []
    missed: list[str] = []
    for reports in options.reports:
        command = [sys.executable, __file__, *sys.argv[1:], "--one", "--reports", str(reports)]
        figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        each.append(figures["whole_s"] / reports)
        missed += _missed(figures, FLOOR_CANDIDATES if options.candidates else FLOOR_ALL)
        rounded = {k: round(v, 2) if isinstance(v, float) else v for k, v in figures.items()}
        print(f"{1 / each[-1]:.0f} reports/s", json.dumps(rounded), flush=True)
    print(f"time per report, largest to smallest: {each[-1] / each[0]:.2f}")
    if each[-1] > MOST_GROWTH * each[0]:
        missed.append(f"time per report grows by {each[-1] / each[0]:.2f}, the most is {MOST_GROWTH}")
    for line in missed:
        print(line, file=sys.stderr)
    return 1 if missed else 0


def _missed(figures: Mapping[str, float], floor: float) -> list[str]:
    """The floors that one size misses."""
    speed = figures["reports"] / figures["whole_s"]
    slow = [f"{speed:.0f} reports/s, the floor is {floor:.0f}"] if speed < floor else []
    large = figures.get("peak_gb", 0) > MOST_GB
    return slow + ([f"{figures['peak_gb']:.2f} GB, the most is {MOST_GB}"] if large else [])


if __name__ == "__main__":
    sys.exit(main())
