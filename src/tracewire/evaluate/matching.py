"""One-to-one pairing of spans, best overlap first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from tracewire.evaluate.units import Found, Labelled
from tracewire.model import Span

Pairs = list[tuple[int, int]]
"""Index of the predicted, index of the gold."""


def overlapping(predicted: Sequence[Span], gold: Sequence[Span]) -> Iterator[tuple[float, int, int]]:
    """All pairs that share a character: shared part of their union (0 to 1), predicted index, gold index."""
    order = sorted(range(len(gold)), key=lambda g: gold[g].start)
    starts = [gold[g].start for g in order]
    longest = max((span.end - span.start for span in gold), default=0)
    for p, span in enumerate(predicted):
        for at in range(bisect_left(starts, span.start - longest), bisect_left(starts, span.end)):
            other = gold[order[at]]
            shared = min(span.end, other.end) - max(span.start, other.start)
            if shared > 0:
                yield shared / (max(span.end, other.end) - min(span.start, other.start)), p, order[at]


def best_first(candidates: Iterator[tuple[tuple[float, ...], int, int]]) -> Pairs:
    """Greedy one-to-one choice, highest score first; ties go to the earlier gold, then the earlier predicted."""
    ranked = sorted(candidates, key=lambda c: (tuple(-part for part in c[0]), c[2], c[1]))
    taken: set[int] = set()
    matched: dict[int, int] = {}
    for _, p, g in ranked:
        if p not in taken and g not in matched:
            taken.add(p)
            matched[g] = p
    return [(matched[g], g) for g in sorted(matched)]


def pair_labelled(predicted: Sequence[Labelled], gold: Sequence[Labelled]) -> Pairs:
    """Pairs of equal label that share a character."""
    found = overlapping([x.span for x in predicted], [x.span for x in gold])
    return best_first(((share,), p, g) for share, p, g in found if predicted[p].label == gold[g].label)


def pair_claims(predicted: Sequence[Found], gold: Sequence[Found], *, typed: bool) -> Pairs:
    """Claims whose triggers share a character, with `typed` of the same type only.

    Several claims may stand on one trigger: between equal overlaps the type decides, then the arguments in common.
    """
    agree = _agreement(predicted, gold)
    found = overlapping([c.trigger for c in predicted], [c.trigger for c in gold])
    return best_first(
        ((share, same, agree(p, g)), p, g)
        for share, p, g in found
        if (same := predicted[p].type == gold[g].type) or not typed
    )


def _agreement(predicted: Sequence[Found], gold: Sequence[Found]) -> Callable[[int, int], int]:
    def agree(p: int, g: int) -> int:
        return len(pair_labelled(predicted[p].arguments, gold[g].arguments))

    return agree
