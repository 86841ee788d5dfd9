"""Decisions from numbers, chosen on the dev part: thresholds, biases, and a confidence that means what it says."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from tracewire.evaluate import Evaluation
from tracewire.evaluate.matching import pair_claims
from tracewire.read.neural import Decoding, Graphs, NeuralReader
from training.data import Example
from training.score import evaluate, found_unit, gold_unit

GRIDS: tuple[tuple[str, tuple[Any, ...], str], ...] = (
    ("mention_outside", (-0.5, 0.0, 0.5), "mentions_overlap"),
    ("trigger_outside", (0.0, 0.5, 1.0, 1.5, 2.5), "claims"),
    ("valid_weight", (0.0, 0.3, 0.6), "claims"),
    ("role_none", (-1.0, -0.5, 0.0, 0.5), "roles"),
    ("source_none", (-1.0, -0.5, 0.0, 0.5), "source_innermost"),
    ("negative_bias", (-0.5, 0.0, 0.5, 1.0), "negations"),
)
"""One setting after the other, each by the F1 of the measure that it moves; the first best value is kept."""
ASSERTED = (0.0, -0.4, -0.8, -1.2)
TARGETS = {"precision": 0.85, "recall": 0.15}
"""`precision` and `recall` keep claims at least so probable."""
FLAT = 0.0175
"""`balanced` is the lowest threshold whose F1 on dev is within this of the best: a person can reject what is there, and
cannot see what is not."""
LEAST = 0.2
"""But no lower: a claim that is wrong in four of five cases costs more than it brings."""


class Remembered:
    """Graphs that answer the same texts from memory: tuning asks for them again and again."""

    def __init__(self, graphs: Graphs) -> None:
        self._graphs = graphs
        self._tags: dict[bytes, Any] = {}

    def tag(self, *arrays: Any) -> Any:
        """The tags of a batch, computed once."""
        key = arrays[0].tobytes()
        if key not in self._tags:
            self._tags[key] = self._graphs.tag(*arrays)
        return self._tags[key]

    def claims(self, *arrays: Any) -> Any:
        """Passed through."""
        return self._graphs.claims(*arrays)


def tune(reader: NeuralReader, dev: Sequence[Example], log: Callable[[str], None] = print) -> dict[str, float]:
    """Set `reader.decoding`; returns the thresholds by name."""
    reader.decoding = Decoding(threshold=0.0, valid_weight=0.5)
    for name, values, measure in GRIDS:
        _choose(reader, dev, name, values, measure)
        if name in ("trigger_outside", "valid_weight"):
            _set_threshold(reader, dev)
    _choose(reader, dev, "modality_bias", [{"asserted": v} for v in ASSERTED], "hedges")
    temperature, offset = calibrate(reader, dev)
    reader.decoding = replace(reader.decoding, temperature=temperature, offset=offset, threshold=0.0)
    best = max(LEAST, _set_threshold(reader, dev, FLAT))
    reader.decoding = replace(reader.decoding, threshold=best)
    grid = next(values for name, values, _ in GRIDS if name == "trigger_outside")
    _choose(reader, dev, "trigger_outside", grid, "claims", refit=False)  # under this threshold more may be better
    log(f"chosen: {reader.decoding}")
    return {"balanced": best, "precision": max(best, TARGETS["precision"]), "recall": min(best, TARGETS["recall"])}


def _choose(
    reader: NeuralReader, dev: Sequence[Example], name: str, values: Sequence[Any], measure: str, refit: bool = True
) -> None:
    """Set one setting; with `refit`, each number of proposed claims is judged under its own best threshold."""
    start = reader.decoding
    scored = []
    for value in values:
        reader.decoding = replace(start, **{name: value})
        if refit and name in ("trigger_outside", "valid_weight"):
            _set_threshold(reader, dev)
        scored.append(_f1(evaluate(reader, dev), measure))
    best = max(range(len(values)), key=lambda i: (round(scored[i], 4), -i))
    reader.decoding = replace(start, **{name: values[best]})


def _f1(evaluation: Evaluation, measure: str) -> float:
    return evaluation.measures[measure].f1 or 0.0


def _judged(reader: NeuralReader, dev: Sequence[Example]) -> tuple[list[tuple[float, bool]], int]:
    """(confidence, right or not) of every claim that the reader can make, and how many there should be."""
    reader.decoding = replace(reader.decoding, threshold=0.0)
    judged, wanted = [], 0
    for example, reading in zip(dev, reader.read([e.text for e in dev]), strict=True):
        mine, gold = found_unit(example.text, reading).claims, gold_unit(example).claims
        right = {p for p, _ in pair_claims(mine, gold, typed=True)}
        judged += [(c.confidence, i in right) for i, c in enumerate(reading.claims)]
        wanted += len(gold)
    return judged, wanted


def _set_threshold(reader: NeuralReader, dev: Sequence[Example], flat: float = 0.0) -> float:
    """The lowest confidence from which on claims are kept, for an F1 within `flat` of the best."""
    judged, wanted = _judged(reader, dev)
    curve, right = [], 0
    for made, (confidence, ok) in enumerate(sorted(judged, reverse=True), 1):
        right += ok
        curve.append((2 * right / (made + wanted), confidence))
    best = max((f1 for f1, _ in curve), default=0.0)
    threshold = min((c for f1, c in curve if f1 >= best - flat), default=0.5)
    threshold = math.floor(threshold * 100) / 100
    reader.decoding = replace(reader.decoding, threshold=threshold)
    return threshold


def calibrate(reader: NeuralReader, dev: Sequence[Example]) -> tuple[float, float]:
    """Temperature and offset under which a confidence is the share of right claims (logistic fit on dev)."""
    reader.decoding = replace(reader.decoding, temperature=1.0, offset=0.0)
    judged, _ = _judged(reader, dev)
    points = [(math.log(max(c, 1e-6) / max(1 - c, 1e-6)), float(ok)) for c, ok in judged]
    slope, offset = 1.0, 0.0
    for _ in range(2000):
        slope_gradient = offset_gradient = 0.0
        for x, y in points:
            error = 1 / (1 + math.exp(-(slope * x + offset))) - y
            slope_gradient += error * x
            offset_gradient += error
        slope -= 0.05 * slope_gradient / len(points)
        offset -= 0.05 * offset_gradient / len(points)
    return round(1 / max(slope, 0.1), 4), round(offset, 4)
