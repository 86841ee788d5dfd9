"""Counts in context: are the bounds right, on the right noun, and is nothing counted that counts nothing?

    python bench/counts.py [--part dev|kept] [--show] [--update]

Reads `counts_dev.txt` and `counts_kept.txt` (invented; the second was written before the rules and is only measured).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from dates import unmarked
from floors import Floors, run_parts
from tracewire.resolve.counting import Counted, counts_in

HERE = Path(__file__).resolve().parent
PARTS = ("dev", "kept")
REPEATS = 3
"""Times that the texts are read, for a speed that is not that of loading."""
Key = tuple[str, str, str] | None


def rows(part: str) -> Iterator[tuple[str, tuple[tuple[int, int], ...], list[Key]]]:
    """Text, marked spans and their keys (None: a number that counts nothing)."""
    for line in (HERE / f"counts_{part}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            marked, _, key = line.partition(" | ")
            yield *unmarked(marked), [_key(k) for k in key.split(" ; ")]


def _key(text: str) -> Key:
    if text.strip() == "none":
        return None
    bounds, rule = text.split()
    low, _, high = bounds.partition("..")
    return low, high, rule


def is_right(found: Sequence[Counted], span: tuple[int, int], key: Key) -> bool:
    """The count of the marked noun (or number) has the key's bounds and rule; a marked trap has none."""
    if key is None:
        return not any(_meet((c.start, c.end), span) for c in found)
    heads = [c for c in found if _meet(c.head, span) or _meet((c.start, c.end), span)]
    return len(heads) == 1 and _as_key(heads[0]) == key


def _as_key(counted: Counted) -> Key:
    low, high = counted.bounds.low, counted.bounds.high
    return "" if low is None else str(low), "" if high is None else str(high), counted.bounds.rule


def _meet(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def main(argv: Sequence[str] | None = None) -> int:
    """Score the parts, print, compare with the floors."""
    return run_parts("counts", __doc__, PARTS, score_part, argv)


def score_part(part: str, show: bool, got: Floors) -> None:
    """Score one file into `got` and print its figures."""
    table = list(rows(part))
    begun = time.process_time()
    answers = [counts_in(text) for text, _, _ in table * REPEATS][: len(table)]
    seconds = (time.process_time() - begun) / REPEATS
    for name, trap in (("counts", False), ("traps", True)):
        right = of = 0
        for (text, spans, keys), found in zip(table, answers, strict=True):
            for span, key in zip(spans, keys, strict=True):
                if (key is None) is not trap:
                    continue
                good = is_right(found, span, key)
                right, of = right + good, of + 1
                if show and not good:
                    made = [(text[c.start : c.end], text[slice(*c.head)], *(_as_key(c) or ())) for c in found]
                    print(f"  {text[slice(*span)]!r} in {text!r}: key {key}, made {made}")
        got[f"{part}: {name}"] = round(right / of, 4)
        print(f"{part}: {name} {right}/{of} = {right / of:.3f}")
    print(f"{part}: {sum(map(len, answers)) / seconds:,.0f} counts/s", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
