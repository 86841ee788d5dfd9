"""Whether sources that two reports have in common are inferred: the same quotation, the same figures in one order.

    python bench/inferred.py [--part dev|kept] [--show] [--update]

`inferred.toml` holds invented pairs, half of them scored once after the rules were made. `python bench/inferred.py
--false REPORTS.jsonl ...` prints what is linked among reports that share no text (sets that syndicate.py writes; only
originals are read), to be looked at.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from pathlib import Path

from floors import Floors, run_parts
from tracewire.codebook import load_codebook
from tracewire.dedupe import find_copies, find_origins
from tracewire.model import Document, Origin, Published
from tracewire.testing import make_document

PAIRS = Path(__file__).with_name("inferred.toml")
FILLER = {
    "a": "Traders in the old market kept their shutters half down and sold bread through the gap. A bus for the coast"
    " left with nine people on board, most of them students. The electricity came back for an hour after the noon"
    " prayer, and boys carried telephones to the one barber who owns a generator. Nobody expected the schools to open"
    " before autumn.",
    "b": "Rain had turned the upper streets to mud, and a grader sent by the province stood idle for want of fuel. In"
    " the square a committee handed out candles and tea. Old men argued about the price of barley. The bridge guards"
    " waved through whoever had a paper with a stamp on it; whose stamp that was seemed to matter little to any.",
}
"""What stands around each text of a pair, so that the pair is not two halves of one report."""

DAY = Published("2024-05-14", "2024-05-14", "given", True)


def linked(documents: list[Document]) -> list[Origin]:
    """The inferred origins among some documents."""
    found = find_origins(documents, find_copies(documents), load_codebook())
    return [o for o in found if o.basis == "inferred"]


def score_part(part: str, show: bool, got: Floors) -> None:
    """Score one half of the pairs."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for row in tomllib.loads(PAIRS.read_text("utf-8"))["pair"]:
        if row["part"] != part:
            continue
        pair = [make_document(f"{row[side]}\n\n{FILLER[side]}", side, published=DAY) for side in "ab"]
        found = linked(pair)
        spans_hold = all(
            o.quote and _raw(pair, o.document)[o.quote.start : o.quote.end] == o.quote.quote for o in found
        )
        counts[row["one"], bool(found) and spans_hold] += 1
        if show:
            mark = "ok   " if row["one"] == bool(found) else "WRONG"
            print(mark, row["one"], row["kind"], [(o.name, o.quote and o.quote.quote) for o in found])
    ones, others = counts[True, True] + counts[True, False], counts[False, True] + counts[False, False]
    got[f"{part}: one source found"] = counts[True, True] / ones
    got[f"{part}: chance left alone"] = counts[False, False] / others
    print(f"{part}: {counts[True, True]} of {ones} found, {counts[False, True]} of {others} linked falsely")


def _raw(documents: list[Document], id_: str) -> str:
    return next(d.raw for d in documents if d.id == id_)


def show_false(paths: list[str]) -> int:
    """Print what is linked among the originals of sets."""
    for path in map(Path, paths):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        documents = [make_document(r["text"], r["doc"], published=DAY) for r in rows if not r["of"]]
        found = linked(documents)
        print(f"{path.name}: {len(documents)} originals, {len({o.name for o in found})} sources inferred")
        raws = {d.id: d for d in documents}
        for origin in found:
            if origin.shared and origin.quote:
                there = raws[origin.shared.document]
                print(f"  {raws[origin.document].name} / {there.name}, {origin.shared.why}: {origin.name}")
                print(f"    {' '.join(origin.quote.quote.split())[:160]}")
                print(f"    {' '.join(there.raw[origin.shared.start : origin.shared.end].split())[:160]}")
    return 0


if __name__ == "__main__":
    if "--false" in sys.argv:
        sys.exit(show_false(sys.argv[sys.argv.index("--false") + 1 :]))
    sys.exit(run_parts("inferred", __doc__, ("dev", "kept"), score_part, None))
