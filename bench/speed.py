"""How fast the whole line runs: invented reports through every stage, with seconds per stage and peak memory.

    python bench/speed.py [--reports 200] [--words 500]

Exit code 1: more than 60 seconds or 1 GB for 200 reports of 500 words (scaled with the number of reports).
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from tracewire.config import Settings
from tracewire.pipeline import open_case

SECONDS_PER_REPORT = 60 / 200
MAX_GB = 1.0
GROUPS = ("Red Column", "Zahra Front", "Sofa Brigade", "Northern Army", "Desert Guard", "River Militia")
TOWNS = ("Kidal", "Gao", "Aden", "Mocha", "Sirte", "Tobruk", "Idlib", "Raqqa", "Mosul", "Marib")
ITEMS = ("T-72 tanks", "mortars", "anti-tank missiles", "assault rifles", "pickup trucks", "drones")
PATTERNS = (
    "Fighters of the {a} seized {n} {i} from the {b} near {t} on {d}, a security source said.",
    "The {a} denied that it had lost any {i} in {t}.",
    "At least {n} soldiers of the {b} were killed when the {a} attacked a base in {t} on {d}.",
    "A spokesman for the {a} told reporters that the {b} had withdrawn from {t}.",
    "The market in {t} opened late on {d} because of the rain, and traders complained about the road.",
    "According to residents, {n} {i} were handed over to the {a} after talks with elders of {t}.",
    "The {b} may have received {i} from abroad, an analyst said, but the report could not be verified.",
    "If the {a} takes {t}, the {b} will lose the road to the coast.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def report(rng: random.Random, words: int) -> str:
    """One invented report of about so many words, four sentences a paragraph."""
    sentences: list[str] = []
    while sum(len(s.split()) for s in sentences) < words:
        a, b = rng.sample(GROUPS, 2)
        pattern = rng.choice(PATTERNS)
        sentences.append(
            pattern.format(a=a, b=b, n=rng.randint(2, 90), i=rng.choice(ITEMS), t=rng.choice(TOWNS), d=rng.choice(DAYS))
        )
    paragraphs = [" ".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4)]
    return f"{rng.choice(GROUPS)} and {rng.choice(GROUPS)} fight for {rng.choice(TOWNS)}\n\n" + "\n\n".join(paragraphs)


def main() -> int:
    """Run and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--words", type=int, default=500)
    options = parser.parse_args()
    rng = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "reports"
        sources.mkdir()
        rows = ["file,published"]
        for number in range(options.reports):
            name = f"{number:05}.txt"
            (sources / name).write_text(report(rng, options.words), "utf-8")
            rows.append(f"{name},2021-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}")
        (Path(folder) / "metadata.csv").write_text("\n".join(rows), "utf-8")
        return _time(sources, Path(folder), options.reports)


def _time(sources: Path, folder: Path, reports: int) -> int:
    case = open_case(folder / "speed.case", Settings())
    total = 0.0
    for step in ("ingest", "clean", "dedupe", "read", "resolve", "assemble"):
        start = time.perf_counter()
        if step == "ingest":
            case.add(sources, metadata=folder / "metadata.csv")
        else:
            summary = case.run(until=step)
        seconds = time.perf_counter() - start
        total += seconds
        print(f"{step:10} {seconds:7.2f} s")
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{'all':10} {total:7.2f} s  {reports / total:.1f} reports/s  peak {gigabytes:.2f} GB")
    print(f"{summary.documents} documents, {summary.claims} claims, {summary.events} events")
    return int(total > SECONDS_PER_REPORT * reports or (reports <= 200 and gigabytes > MAX_GB))


if __name__ == "__main__":
    sys.exit(main())
