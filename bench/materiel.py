"""Is the right item found for words that name materiel, and none for words that only look like it?

    python bench/materiel.py [--half built|kept|last|final] [--show] [--annotated] [--update]

materiel.tsv holds invented sentences of eighteen conflicts: mentions with their item, maker and supplier, and traps.
A trap is taken when its words resolve to an item in their sentence, or when a search of the sentence finds it.
`--annotated` adds what share of the annotated mentions of materiel get an item (needs ../shared). Exit code 1: a floor
of share_floors.json is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from floors import Floors, check, keep
from tracewire.codebook import load_codebook
from tracewire.resolve.materiel import MaterielResolver

HERE = Path(__file__).resolve().parent
SET = HERE / "materiel.tsv"
ANNOTATED = Path(os.environ.get("TRACEWIRE_SHARED", HERE.parent.parent / "shared")) / "data" / "annotated"
GROUPS = {"resolver": ("built", "kept"), "further": ("last", "final")}
"""What floors hold: the sets that the rules were made on, and those written afterwards."""
ROUNDS = 20
"""Times that the set is resolved for the clock: some 6,000 mentions."""


@dataclass(frozen=True, slots=True)
class Row:
    """A mention in its sentence; `item` is None for a trap, maker and supplier where the words say nothing."""

    half: str
    conflict: str
    item: str | None
    made_in: str | None
    supplied_by: str | None
    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The mention."""
        return self.text[self.start : self.end]

    @property
    def around(self) -> tuple[str, str]:
        """What stands before and after it."""
        return self.text[: self.start], self.text[self.end :]


def read(path: Path = SET) -> list[Row]:
    """The rows of the set."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [_row(*line.split("\t")) for line in lines]


def _row(half: str, conflict: str, item: str, made: str, supplied: str, marked: str) -> Row:
    before, _, rest = marked.partition("[")
    words, _, after = rest.partition("]")
    start = len(before)
    return Row(
        half, conflict, None if item == "-" else item, made or None, supplied or None,
        before + words + after, start, start + len(words),
    )  # fmt: skip


def faults(resolver: MaterielResolver, row: Row, tally: Counter[str]) -> Iterator[str]:
    """What is wrong with one row; counts right ones and all."""
    got = resolver.resolve(row.words, *row.around)
    found = [item for start, end, item in resolver.find(row.text) if start < row.end and row.start < end]
    if row.item is None:
        tally["traps"] += 1
        taken = got.item is not None or bool(found)
        tally["traps taken"] += taken
        if taken:
            yield f"trap taken: {row.words!r} is {got.item}, found {found}"
        return
    tally["items"] += 1
    tally["item right"] += got.item == row.item
    tally["found in running text"] += bool(found)
    if got.item != row.item:
        yield f"{row.words!r} is {got.item}, not {row.item}"
    if not found:
        yield f"{row.words!r} is not found in running text"
    for field, wanted, had in (
        ("made in", row.made_in, got.made_in),
        ("supplied by", row.supplied_by, got.supplied_by),
    ):
        tally[f"{field} of"] += wanted is not None
        tally[field] += wanted is not None and wanted == had
        tally["origin invented"] += wanted is None and had is not None
        if wanted != had:
            yield f"{row.words!r}: {field} {had}, not {wanted}"


def per_second(resolver: MaterielResolver, rows: Sequence[Row]) -> float:
    """Mentions resolved in a second of this process's time, each in its sentence."""
    cases = [(row.words, *row.around) for row in rows]
    start = time.process_time()
    for _ in range(ROUNDS):
        for words, before, after in cases:
            resolver.resolve(words, before, after)
    return ROUNDS * len(cases) / max(1e-9, time.process_time() - start)


def annotated(resolver: MaterielResolver) -> Iterator[tuple[str, str, str | None, str]]:
    """File, words, item and sentence of each annotated mention of materiel."""
    for path in sorted(ANNOTATED.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            unit = json.loads(line)
            text, at = unit["text"], 0
            for mention in unit["mentions"]:
                if mention[0] != "MATERIEL" or (at := text.find(mention[2], at)) < 0:
                    at = max(at, 0)
                    continue
                end = at + len(mention[2])
                yield path.stem, mention[2], resolver.resolve(mention[2], text[:at], text[end:]).item, text
                at = end


def report_annotated(resolver: MaterielResolver, show: bool) -> None:
    """The share of annotated mentions that get an item, by file."""
    if not ANNOTATED.is_dir():
        print(f"annotated mentions: left out, there is nothing at {ANNOTATED}", file=sys.stderr)
        return
    all_, found = Counter[str](), Counter[str]()
    for name, words, item, text in annotated(resolver):
        all_[name] += 1
        found[name] += item is not None
        if show and item is None:
            print(f"[{name}] no item: {words!r} in {text}")
    for name in sorted(all_):
        print(f"{name}: {found[name]} of {all_[name]} mentions of materiel get an item")
    print(f"annotated: {found.total() / max(1, all_.total()):.3f} of {all_.total()}")


def main(argv: Sequence[str] | None = None) -> int:
    """Resolve, count, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("built", "kept", "last", "final"), help="only this half; no floors")
    parser.add_argument("--show", action="store_true", help="print each fault with its sentence")
    parser.add_argument("--annotated", action="store_true", help="also the annotated mentions of ../shared")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached")
    options = parser.parse_args(argv)
    start = time.process_time()
    resolver = MaterielResolver(load_codebook())
    print(f"{time.process_time() - start:.1f} s to load")
    groups = {options.half: (options.half,)} if options.half else GROUPS
    missed = 0
    for group, halves in groups.items():
        got = score(resolver, group, [row for row in read() if row.half in halves], options.show)
        if not options.half:
            missed |= keep("materiel", group, got) if options.update else check("materiel", group, got)
    if options.annotated:
        report_annotated(resolver, options.show)
    return missed


def score(resolver: MaterielResolver, group: str, rows: Sequence[Row], show: bool) -> Floors:
    """Print what is right of some rows; the shares that floors hold."""
    tally: Counter[str] = Counter()
    for row in rows:
        found = list(faults(resolver, row, tally))
        if show and found:
            print(f"[{row.half} {row.conflict}] {row.text}", *(f"    {fault}" for fault in found), sep="\n")
    print(
        f"{group}: items right {tally['item right']}/{tally['items']}, found in text {tally['found in running text']}"
    )
    print(f"traps taken {tally['traps taken']}/{tally['traps']}")
    print("; ".join(f"{f} {tally[f]}/{tally[f'{f} of']}" for f in ("made in", "supplied by")), end="; ")
    print(f"origins invented {tally['origin invented']}")
    print(f"{per_second(resolver, rows):,.0f} mentions a second")
    got: Floors = {f: round(tally[f] / tally["items"], 4) for f in ("item right", "found in running text")}
    got |= {f: round(tally[f] / tally[f"{f} of"], 4) for f in ("made in", "supplied by") if tally[f"{f} of"]}
    got["traps not taken"] = round(1 - tally["traps taken"] / tally["traps"], 4)
    return got


if __name__ == "__main__":
    sys.exit(main())
