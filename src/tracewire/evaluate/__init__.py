"""Score what a case or a reader found against a key: precision, recall and F1 with the count behind each.

The prediction is a claims file or an annotation file; the key may be either, except that a claims file as the key
needs a claims file as the prediction. For an annotation key each sentence is a document named "<doc>#<i>"
(`gold_to_source` makes such a source).
"""

from tracewire.evaluate.differences import Difference, differences
from tracewire.evaluate.files import evaluate, gold_to_source, read_units
from tracewire.evaluate.score import MEASURES, Evaluation, Score, score
from tracewire.evaluate.table import as_dict, render, rows
from tracewire.evaluate.units import Found, Labelled, Unit, unit_of_reading

__all__ = [
    "MEASURES",
    "Difference",
    "Evaluation",
    "Found",
    "Labelled",
    "Score",
    "Unit",
    "as_dict",
    "differences",
    "evaluate",
    "gold_to_source",
    "read_units",
    "render",
    "rows",
    "score",
    "unit_of_reading",
]
