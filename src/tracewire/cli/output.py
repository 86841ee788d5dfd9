"""Where things go: tables and data to stdout, talk, progress and complaints to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tracewire.pipeline import Progress, Summary

METADATA = (".csv", ".jsonl")
WARNINGS_SHOWN = 10
"""Notes on documents after a run; a crawl has hundreds."""
FAILURES_SHOWN = 20
"""Documents left out that are named after a run: a wrong file of JSON Lines is one for each line."""


def say(words: str) -> None:
    """One line of talk."""
    print(words, file=sys.stderr)


def complain(words: str) -> None:
    """One line that says what went wrong."""
    print(f"error: {words}", file=sys.stderr)


def metadata_beside(sources: Sequence[str]) -> Path | None:
    """A metadata file in one of the folders that are read, which nobody has said to use."""
    folders = [Path(source) for source in sources if Path(source).is_dir()]
    return next((f for folder in folders for f in sorted(folder.glob("metadata.*")) if f.suffix in METADATA), None)


def say_notes(error: BaseException) -> None:
    """What the run noted about an error, such as what was spent until then."""
    for note in getattr(error, "__notes__", ()):
        say(note)


def print_rows(rows: Sequence[dict[str, Any]], columns: Sequence[str], *, as_json: bool) -> None:
    """A table, or with `as_json` one JSON array of all fields; unknown is shown as an empty cell, null in JSON."""
    if as_json:
        print(json.dumps(list(rows), ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    wide = Console(width=None if sys.stdout.isatty() else 200, soft_wrap=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row.get(c))) for c in columns))
    wide.print(table)
    say(f"{len(rows)} row{'' if len(rows) == 1 else 's'}")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return str(value)


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress | None]:
    """A bar per stage on a terminal's stderr; a line per finished stage elsewhere; nothing when quiet."""
    if quiet:
        yield None
    elif not sys.stderr.isatty():
        yield _plain_progress()
    else:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars

        columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Bars(*columns, console=Console(stderr=True)) as bars:
            tasks: dict[str, Any] = {}

            def show(stage: str, done: int, total: int | None) -> None:
                if stage not in tasks:
                    tasks[stage] = bars.add_task(stage, total=total)
                bars.update(tasks[stage], completed=done, total=total)

            yield show


def _plain_progress() -> Progress:
    def show(stage: str, done: int, total: int | None) -> None:
        if total and done == total:
            say(f"{stage}: {done}")

    return show


def print_summary(summary: Summary) -> None:
    """What a run did, on stderr: counts, then each failure with its reason."""
    counts = (("document", summary.documents), ("claim", summary.claims), ("event", summary.events))
    say(", ".join(f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts))
    if summary.until == "ingest" and summary.pages:
        say(f"{summary.pages} kept; the next run without --until cleans and reads what is kept")
    for note in summary.notes:
        say(note)
    for name in summary.unmatched:
        say(f"warning: the metadata file has a row for {name}, which is no document of this case")
    for warning in summary.warnings[:WARNINGS_SHOWN]:
        say(f"note: {warning}")
    if (more := len(summary.warnings) - WARNINGS_SHOWN) > 0:
        say(f"note: {more} more such notes; `tracewire show CASE DOCUMENT` has those of a document")
    if summary.failures:
        say(f"{len(summary.failures)} left out:")
        for failure in summary.failures[:FAILURES_SHOWN]:
            say(f"  {failure.name}: {failure.stage}: {failure.reason.removeprefix(f'{failure.name}: ')}")
        if (more := len(summary.failures) - FAILURES_SHOWN) > 0:
            say(f"  and {more} more; `tracewire report CASE` ends with all of them")
