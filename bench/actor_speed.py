"""How fast actors are resolved: seconds of processor time to load, memory, mentions a second, a million aliases.

    python bench/actor_speed.py [--aliases 1000000]

Mentions a second are those of the marked reports of bench/actors (dev), resolved again and again as new documents.
Seconds are of the processor, so that a busy machine does not count; the load is measured first from the packs, then
from what the first load kept.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

ROUNDS, TRIES = 30, 3
"""The best of three tries counts, since other work on the machine only slows them."""
LEAST_RATE, MOST_LOAD, MOST_MEMORY = 20_000, 1.0, 200
"""What must be reached: mentions a second, seconds, megabytes (of the whole process)."""


def load(cache: Path) -> None:
    """Print seconds and megabytes of a load of everything that resolving actors needs."""
    start = time.process_time()
    from tracewire.codebook import load_codebook
    from tracewire.lang import load_words
    from tracewire.resolve.actor_index import ActorIndex
    from tracewire.resolve.nations import Nations

    codebook = load_codebook((), cache)
    Nations(load_words("en", "demonyms"), codebook)
    ActorIndex(codebook, cache)
    seconds = time.process_time() - start
    print(f"{seconds:.3f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


def rate() -> float:
    """Mentions a second over the marked reports, each round as new documents in one case."""
    from actor_sets import cases
    from actors import Bench, _reading
    from tracewire.resolve.actors import ActorResolver
    from tracewire.resolve.context import TextView

    bench = Bench()
    reports = [r for case in cases("dev", stories=False) for r in case.reports]
    work = []
    for number in range(ROUNDS):
        for report in reports:
            document = replace(report.document, id=f"{report.document.id}{number}")
            view = TextView(document)
            work.append((document, view, _reading(report, view), bench.nations.counts(view.text)))
    resolver = ActorResolver(bench.codebook, bench.nations, bench.index)
    start = time.process_time()
    for document, view, reading, _ in work:
        resolver.learn(document, view, reading.mentions)
    for document, view, reading, counts in work:
        resolver.resolve_document(document, view, reading, counts)
    resolver.link()
    return sum(len(reading.mentions) for _, _, reading, _ in work) / (time.process_time() - start)


SYLLABLES = ("ka", "ri", "mo", "sul", "ta", "dar", "bin", "zeh", "qas", "lu", "far", "nad", "wi", "hol", "ber", "gan")
KINDS = ("Front", "Brigade", "Movement", "Army", "Battalion", "Council", "Column", "Union", "Alliance", "Guard")


def invented(number: int) -> str:
    """A name of its own for each number."""
    first, second = (SYLLABLES[(number >> shift) & 15] for shift in (0, 4))
    third, fourth = (SYLLABLES[(number >> shift) & 15] for shift in (8, 12))
    fifth = SYLLABLES[(number >> 16) & 15]
    return f"{first}{second}{third} {fourth}{fifth} {KINDS[number % 10]}".title()


def write_pack(path: Path, count: int) -> None:
    """A pack of so many aliases, ten for each actor."""
    with path.open("w", encoding="utf-8") as out:
        for row in range(count // 10):
            names = ", ".join(f'"{invented(row * 10 + i)}"' for i in range(10))
            out.write(f'[[actor]]\nid = "x{row}"\nname = "Actor {row}"\ntype = "group"\nkind = "rebel group"\n')
            out.write(f'aliases = [{names}]\nsource = "bench"\n')


def many(pack: Path, cache: Path) -> None:
    """Print seconds to load a pack of very many aliases, megabytes, and names looked up in a second."""
    from tracewire.codebook import load_codebook
    from tracewire.resolve.actor_index import ActorIndex

    start = time.process_time()
    index = ActorIndex(load_codebook((pack,), cache), cache)
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    names = [invented(number * 37 % (10 * (len(index.actors) - 4000))) for number in range(20_000)]
    start = time.process_time()
    found = sum(bool(index.find(name)) for name in names)
    spent = time.process_time() - start
    assert found == len(names), (found, len(names))
    print(f"{seconds:.2f} {memory:.0f} {len(names) / spent:.0f}")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and end with 1 where something that must be reached is not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aliases", type=int, default=0, help="also index so many aliases")
    parser.add_argument("--pack", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--load", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.load:
        many(options.pack, options.load) if options.pack else load(options.load)
        return 0
    missed = 0
    with tempfile.TemporaryDirectory() as cache:
        for what in ("first load", "later load"):
            command = [sys.executable, __file__, "--load", cache]
            printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            print(f"{what}: {printed[0]} s, {printed[1]} MB")
            missed |= float(printed[0]) > MOST_LOAD or float(printed[1]) > MOST_MEMORY
    reached = max(rate() for _ in range(TRIES))
    print(f"{reached:.0f} mentions a second")
    missed |= reached < LEAST_RATE
    if options.aliases:
        with tempfile.TemporaryDirectory() as cache:
            pack = Path(cache) / "many.toml"
            write_pack(pack, options.aliases)
            for what in ("first load", "later load"):
                command = [sys.executable, __file__, "--load", cache, "--pack", str(pack)]
                printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
                print(
                    f"{options.aliases} aliases, {what}: {printed[0]} s, {printed[1]} MB, {printed[2]} names a second"
                )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
