"""How far two readings of the same 150 real sentences agree: the ceiling to quote beside any reader's figures.

python -m training.agreement        # the second reading is kept without its text and joined to ../shared here
"""

from __future__ import annotations

import json
import sys

from tracewire.evaluate import render, rows, score
from training.data import ANNOTATED, OWN, Example, read_examples, unquoted
from training.score import gold_unit

SECOND = OWN / "blind-second.notext.jsonl"


def second_reading(texts: dict[tuple[str, int], Example]) -> list[Example]:
    """The second reading with its texts, for the sentences that are in `texts`."""
    read = [json.loads(line) for line in SECOND.read_text("utf-8").splitlines()]
    return [
        unquoted("second", row, texts[row["doc"], row["i"]].text) for row in read if (row["doc"], row["i"]) in texts
    ]


def main() -> int:
    """Print the agreement per field."""
    files = sorted(ANNOTATED.glob("real-*.jsonl"))
    if not files:
        print(f"the annotated sentences are not at {ANNOTATED}", file=sys.stderr)
        return 1
    first = {(e.document, e.number): e for path in files for e in read_examples(path)}
    second = second_reading(first)
    keys = [f"{e.document}#{e.number}" for e in second]
    gold = {k: gold_unit(first[e.document, e.number]) for k, e in zip(keys, second, strict=True)}
    print(render(rows(score({k: gold_unit(e) for k, e in zip(keys, second, strict=True)}, gold), details=True)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
