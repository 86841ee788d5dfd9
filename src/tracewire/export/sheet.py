"""Rows of a CSV that spreadsheets open safely."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from tracewire.export.plain import writable

Cell = str | int | float | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def row(cells: Iterable[Cell], *, quoting: int = csv.QUOTE_MINIMAL) -> str:
    """One row with its line end; None is an empty cell, line breaks in a cell become spaces."""
    out = io.StringIO()
    safe = ["" if cell is None else guard(flat(cell) if isinstance(cell, str) else cell) for cell in cells]
    csv.writer(out, lineterminator="\n", quoting=quoting).writerow(safe)  # type: ignore[arg-type]
    return out.getvalue()


def flat(text: str) -> str:
    """The text on one line, control characters left out: readers of these formats know no quoted line breaks."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in text).split())


def guard(cell: Cell) -> Cell:
    """The cell, made safe for spreadsheets by a leading apostrophe; numbers stay as they are."""
    if not isinstance(cell, str):
        return cell
    return writable(f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell)
