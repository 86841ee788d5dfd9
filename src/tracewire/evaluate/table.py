"""Scores as rows of text, as a plain table, and as a dict for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tracewire.evaluate.score import MEASURES, Evaluation, Score

HEADER = ("measure", "precision", "recall", "F1", "right", "found", "key")
_DETAILS = ("claim_types", "mention_types", "roles", "modalities")


def rows(evaluation: Evaluation, *, details: bool = False) -> Iterator[tuple[str, ...]]:
    """Header and one row per measure; with `details` one per claim type, mention type, role and modality as well.

    The row "texts" says how many texts stand on both sides, in the prediction, and in the key.
    """
    yield HEADER
    common = evaluation.units - evaluation.missing
    yield _row("texts", Score(common, common + evaluation.ignored, evaluation.units))
    for name, value in evaluation.measures.items():
        yield _row(MEASURES.get(name, name), value)
    for group in _DETAILS if details else ():
        scores: Mapping[str, Score] = getattr(evaluation, group)
        for name, value in sorted(scores.items(), key=lambda item: (-item[1].gold, item[0])):
            yield _row(f"{group.replace('_', ' ')}: {name}", value)


def render(table: Iterable[tuple[str, ...]]) -> str:
    """Rows in columns: the first to the left, figures to the right."""
    lines = list(table)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = ([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])] for line in lines)
    return "".join("  ".join(cells) + "\n" for cells in padded)


def as_dict(evaluation: Evaluation) -> dict[str, Any]:
    """All scores with their counts; a ratio over nothing is None."""
    result: dict[str, Any] = {
        "units": evaluation.units,
        "missing": evaluation.missing,
        "ignored": evaluation.ignored,
    }
    for group in ("measures", *_DETAILS):
        result[group] = {name: _plain(value) for name, value in getattr(evaluation, group).items()}
    return result


def _row(name: str, value: Score) -> tuple[str, ...]:
    ratios = (value.precision, value.recall, value.f1)
    return (name, *map(_percent, ratios), str(value.tp), str(value.predicted), str(value.gold))


def _percent(ratio: float | None) -> str:
    return "-" if ratio is None else f"{100 * ratio:.1f}"


def _plain(value: Score) -> dict[str, int | float | None]:
    ratios = {"precision": value.precision, "recall": value.recall, "f1": value.f1}
    rounded = {name: None if ratio is None else round(ratio, 4) for name, ratio in ratios.items()}
    return {**rounded, "tp": value.tp, "predicted": value.predicted, "gold": value.gold}
