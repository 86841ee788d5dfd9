"""Does a confidence mean what it says? Claims in bins of confidence, and how many of them are right.

    python bench/reliability.py [--reader model] [--favour recall]

On the real sentences kept apart from training. A claim is right where its trigger overlaps one of the key of the same
type. The last line is the expected calibration error: the mean distance of confidence and share right, by claims.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from quality import KEPT_APART, SETS, load_set
from tracewire import plugins
from tracewire.codebook import load_codebook
from tracewire.evaluate import unit_of_reading
from tracewire.evaluate.matching import pair_claims
from tracewire.read.base import Reader, ReaderContext
from tracewire.resolve.gazetteer import Gazetteer
from tracewire.testing import make_document

BINS = 10
BAR = 40

Judged = list[tuple[float, bool]]


def judged(reader: Reader) -> Judged:
    """(confidence, right) of every claim that the reader makes."""
    found: Judged = []
    for name in sorted(KEPT_APART):
        if not all(path.is_file() for path in SETS[name]):
            continue
        for key, unit in load_set(SETS[name], kept_apart=True).items():
            reading = reader.read(make_document(unit.text or "", key))
            right = {p for p, _ in pair_claims(unit_of_reading(reading).claims, unit.claims, typed=True)}
            found += [(claim.confidence, i in right) for i, claim in enumerate(reading.claims)]
    return found


def diagram(points: Judged) -> str:
    """One line a bin: its bounds, claims, mean confidence, share right as a bar; then the calibration error."""
    lines, error = ["confidence   claims   mean  right"], 0.0
    for low in range(BINS):
        inside = [p for p in points if low <= min(p[0] * BINS, BINS - 1e-9) < low + 1]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            share = sum(ok for _, ok in inside) / len(inside)
            error += len(inside) * abs(mean - share)
            bar = "#" * round(share * BAR)
            lines.append(f".{low:<2}to .{low + 1:<5}{len(inside):>7}   {mean:.2f}   {share:.2f}  {bar}")
    return "\n".join(
        [*lines, f"expected calibration error: {error / max(1, len(points)):.3f} over {len(points)} claims"]
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Print the diagram."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", default="model")
    parser.add_argument("--favour", default="recall", help="the threshold: recall shows the most bins")
    options = parser.parse_args(argv)
    context = ReaderContext(load_codebook(), Gazetteer().contains, options.favour)
    points = judged(plugins.load("readers", options.reader)(context))
    if not points:
        print("reliability: left out, the annotated sentences are not here", file=sys.stderr)
        return 0
    print(diagram(points))
    return 0


if __name__ == "__main__":
    sys.exit(main())
