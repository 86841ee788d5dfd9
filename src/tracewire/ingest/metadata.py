"""Metadata files: what the person who brings reports says of them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

from tracewire.errors import UsageError
from tracewire.model import Metadata

__all__ = ["load_metadata", "unmatched"]

FIELDS = frozenset(field.name for field in fields(Metadata))
_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d(?::?\d\d){0,2}(?:[.,]\d+)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)?)?)?)?"
)


def load_metadata(path: Path) -> dict[str, Metadata]:
    """Rows of a CSV (with a column `file`) or JSON Lines file by file name; an empty field is not said.

    Raises UsageError that names the file, the line and what is wrong: an unknown column, a second row for a file, a
    publication date that is no ISO date.
    """
    found: dict[str, Metadata] = {}
    for number, row in _rows(Path(path)):
        place = f"{path}:{number}"
        name = row.pop("file", "")
        if not name:
            raise UsageError(f"{place}: the row names no file")
        if unknown := sorted(row.keys() - FIELDS):
            raise UsageError(f"{place}: unknown column {unknown[0]!r}; known: file, {', '.join(sorted(FIELDS))}")
        if name in found:
            raise UsageError(f"{place}: a second row for {name}")
        if row.get("published") and not _is_interval(row["published"]):
            raise UsageError(
                f"{place}: {name}: published {row['published']!r} is no date; "
                "write YYYY, YYYY-MM, YYYY-MM-DD, or two of them with / between"
            )
        found[name] = Metadata(**{field: value or None for field, value in row.items()})
    return found


def unmatched(metadata: Iterable[str], names: Iterable[str]) -> list[str]:
    """Files that metadata rows name and that are not among the pages, sorted."""
    return sorted(set(metadata) - set(names))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with their line numbers, values without white space at their ends."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from error
    return _json_rows(path, text) if path.suffix.lower() in (".jsonl", ".ndjson") else _csv_rows(path, text)


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    try:
        for row in reader:
            if not any(value.strip() for value in row):
                continue
            if header is None:
                header = _header(path, [value.strip().lower() for value in row])
                continue
            if len(row) > len(header):
                raise UsageError(f"{path}:{reader.line_num}: {len(row)} values for {len(header)} columns")
            yield reader.line_num, dict(zip(header, map(str.strip, row), strict=False))
    except csv.Error as error:
        raise UsageError(f"{path}:{reader.line_num}: not CSV: {error}") from error
    if header is None:
        raise UsageError(f"{path}: empty; its first line must name the columns, file among them")


def _header(path: Path, names: list[str]) -> list[str]:
    known = f"known: file, {', '.join(sorted(FIELDS))}"
    if "file" not in names:
        raise UsageError(f"{path}: no column file among {', '.join(names)}; {known}")
    for name in names:
        if name != "file" and name not in FIELDS:
            raise UsageError(f"{path}: unknown column {name!r}; {known}")
        if names.count(name) > 1:
            raise UsageError(f"{path}: column {name} stands twice")
    return names


def _json_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{path}:{number}: not JSON: {error}") from error
        if not isinstance(row, dict):
            raise UsageError(f"{path}:{number}: a row is a JSON object")
        for key, value in row.items():
            if isinstance(value, (dict, list, bool, float)):
                raise UsageError(f"{path}:{number}: {key} is {type(value).__name__}, not text")
        yield number, {key: "" if value is None else str(value).strip() for key, value in row.items()}


def _is_interval(text: str) -> bool:
    """Whether text is an ISO date, month, year, date and time, or two of them; one end may be open ("" or "..")."""
    ends = [end.strip() for end in text.split("/")]
    said = [end for end in ends if end not in ("", "..")]
    return bool(said) and len(ends) <= 2 and all(map(_is_date, said)) and said == sorted(said, key=lambda end: end[:10])


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if found is None:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True
