"""Print the scores of `tracewire evaluate`."""

from __future__ import annotations

import json
from pathlib import Path

from tracewire.evaluate import as_dict, evaluate, render, rows


def print_evaluation(claims: Path, gold: Path, *, as_json: bool, per_type: bool) -> None:
    """Score one file against another and print a table, or with `as_json` an object."""
    result = evaluate(claims, gold)
    print(json.dumps(as_dict(result), indent=2) if as_json else render(rows(result, details=per_type)))
