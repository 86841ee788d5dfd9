"""Time phrases in context: is the interval right, and where it is not, does it at least hold the truth?

    python bench/dates.py [--part dev|kept] [--show] [--update]

Reads `dates_dev.txt` and `dates_kept.txt` (invented; the second was written before the rules and is only measured).
"equal": both ends and the precision are those of the key. "overlapping": the intervals meet (two unknown ones too) and
the precision is right.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from floors import Floors, run_parts
from tracewire.model import Published
from tracewire.resolve.date_frame import Found
from tracewire.resolve.timeline import Timeline

HERE = Path(__file__).resolve().parent
PARTS = ("dev", "kept")
REPEATS = 3
"""Times that the texts are read, for a speed that is not that of loading."""
_MARK = re.compile(r"\[\[|\]\]")


@dataclass(frozen=True, slots=True)
class Row:
    """A text with its phrases (offsets), the publication day, and the key of each phrase: start, end, precision."""

    text: str
    published: Published | None
    spans: tuple[tuple[int, int], ...]
    key: tuple[tuple[str, str, str], ...]


def rows(part: str) -> Iterator[Row]:
    """The rows of `dates_<part>.txt`."""
    for line in (HERE / f"dates_{part}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            day, marked, key = line.split(" | ")
            published = None if day == "-" else Published(day, day, "bench", True)
            text, spans = unmarked(marked)
            yield Row(text, published, spans, tuple(map(_key, key.split(" ; "))))


def unmarked(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without its [[marks]], and where they stood."""
    text, offsets, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        offsets.append(len(text))
        at = match.end()
    return text + marked[at:], tuple(zip(offsets[::2], offsets[1::2], strict=True))


def _key(text: str) -> tuple[str, str, str]:
    interval, _, precision = text.strip().partition(" ")
    start, dots, end = interval.partition("..")
    return (start, end if dots else start, precision or "day")


def equal(found: Found, key: tuple[str, str, str]) -> bool:
    """Both ends and the precision."""
    return (_iso(found.start), _iso(found.end), found.precision) == key


def overlapping(found: Found, key: tuple[str, str, str]) -> bool:
    """The intervals meet and the precision is right; what is known must not be left open."""
    start, end, precision = key
    if precision != found.precision or bool(start or end) != bool(found.start or found.end):
        return False
    return not (start and _iso(found.end) and start > _iso(found.end)) and not (
        end and _iso(found.start) and end < _iso(found.start)
    )


def _iso(day: object) -> str:
    return str(day) if day else ""


def main(argv: Sequence[str] | None = None) -> int:
    """Score the parts, print, compare with the floors."""
    return run_parts("dates", __doc__, PARTS, score_part, argv)


def score_part(part: str, show: bool, got: Floors) -> None:
    """Score one file into `got` and print its figures."""
    table = list(rows(part))
    begun = time.process_time()
    answers = [Timeline.of(row.text, row.spans, row.published).found for row in table * REPEATS][: len(table)]
    seconds = (time.process_time() - begun) / REPEATS
    pairs = [(row, i, found) for row, all_ in zip(table, answers, strict=True) for i, found in enumerate(all_)]
    right = {name: sum(f(found, row.key[i]) for row, i, found in pairs) for name, f in MEASURES.items()}
    for name, number in right.items():
        got[f"{part}: {name}"] = round(number / len(pairs), 4)
        print(f"{part}: {name} {number}/{len(pairs)} = {number / len(pairs):.3f}")
    print(f"{part}: {len(pairs) / seconds:,.0f} phrases/s", file=sys.stderr)
    for row, i, found in pairs if show else ():
        if not equal(found, row.key[i]):
            words = row.text[slice(*row.spans[i])]
            print(
                f"  {words!r}: {_iso(found.start)}..{_iso(found.end)} {found.precision} ({found.rule}),"
                f" key {row.key[i]}"
            )


MEASURES = {"equal": equal, "overlapping": overlapping}

if __name__ == "__main__":
    sys.exit(main())
